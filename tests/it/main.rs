//! The integration tests, in one binary.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod anew;
mod audit;
mod catch_up;
mod channels;
mod charts;
mod command_line;
mod console;
mod counties;
mod damaged;
mod deeds;
mod demo;
mod desk;
mod dialogues;
mod disk;
mod edited;
mod editor;
mod emails;
mod export;
mod faults;
mod figures;
mod hostile;
mod import;
mod labelled;
mod learn;
mod ledger;
mod limits;
mod lodge;
mod look_up;
mod masses;
mod meanings;
mod named;
mod once;
mod operate;
mod patient;
mod places;
mod plug;
mod process;
mod public;
mod reload;
mod reminders;
mod replay;
mod replies;
mod reports;
mod route;
mod schema;
mod sender;
mod sensitive;
mod served;
mod soak;
mod stage;
mod talks;
mod traffic;
mod webhooks;
mod world;
mod writer;
