//! jibu ("answer"): a complaint router that people reach by SMS.
//!
//! # The flow of one text
//!
//! 1. [`inbound`] verifies the gateway's signature over the configured public URL and parses the form.
//! 2. [`actions::receive_message`] runs as ONE write transaction: claim the message id, load what is known of the phone,
//!    let [`intake`] say what the text means, [`routing`] who can mend it, [`deadlines`] by when, and insert the message,
//!    the complaint, its events, its referral and the reply in the outbox.
//! 3. COMMIT; only then does the gateway get its `200 <Response/>`.
//! 4. [`outbox`] wakes, claims the reply, sends it through [`gateway`], records the outcome.
//! 5. The gateway's status report comes back through [`inbound`]; [`actions::record_delivery`] moves the row forward.
//!
//! # The rooms, in flow order
//!
//! | room | what lives there |
//! |---|---|
//! | [`cli`] | one file a command: serve, demo, check, outbox, backup |
//! | [`service`] | the wiring: start in order, unwind on failure, stop in reverse |
//! | [`clock`], [`telemetry`] | the only reader of the system clock; logs without numbers or texts |
//! | [`configuration`] | a directory of files, checked in one go, or all that is wrong with it |
//! | [`inbound`] | doors in: the gateway talks to us |
//! | [`actions`] | what happens: one verb, one file, one write transaction |
//! | [`complaint`], [`intake`], [`routing`], [`deadlines`], [`text`] | the core: plain values in, plain values out; no clock, no I/O |
//! | [`store`] | the only SQL: one writer with group commit, `query_only` readers, columns sealed at rest |
//! | [`outbox`], [`gateway`] | doors out: claim, send, record; the gateway's REST API; a sandbox gateway with phones |

pub mod actions;
pub mod cli;
pub mod clock;
pub mod complaint;
pub mod configuration;
pub mod deadlines;
pub mod gateway;
pub mod inbound;
pub mod intake;
pub mod outbox;
pub mod routing;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod text;
