//! The sender: claims what is due, hands it to the gateway, records what came of it.
//!
//! `sending` is committed before the first byte leaves, and only on proof that a text did not leave is it sent again: after a
//! crash, a time-out or a 5xx a row is `uncertain` and waits. So a text may be late, or in doubt, but is not sent twice.
//! A wake after COMMIT is a hint, the table is the truth.

mod backoff;
mod pace;
mod sender;

pub use pace::GatewayState;
pub use sender::{Sender, SenderSettings};
