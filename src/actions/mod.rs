//! What happens: one verb, one file, one write transaction.

pub mod access;
mod close_unconfirmed;
mod conversation;
pub mod deed;
pub mod hand_over_county;
mod letters;
pub mod lodge_complaint;
mod notify;
mod open_complaint;
mod pause;
pub mod publish_month;
mod raise_reminders;
pub mod receive_message;
pub mod record_delivery;
mod record_found;
mod reply;
mod settle_text;
mod values;
mod wording;

pub use close_unconfirmed::close_unconfirmed;
pub use letters::{
    Draft, Due, DueLetter, DueRow, ToTell, due_today, monthly_to_tell, referrals_to_tell,
    reminders_to_tell, tell,
};
pub use lodge_complaint::{
    Imported, Lacks, Lodged, Lodging, PreparedLodging, Receipt as LodgingReceipt, lodge_complaint,
};
pub use raise_reminders::raise_reminders;
pub use receive_message::{
    IncomingMessage, Media, Receipt, receive_message, receive_missed_message,
};
pub use record_delivery::{StatusReport, record_delivery};
pub use record_found::record_found;
pub use settle_text::settle_text;

/// No more letters than this are taken of what a person writes, be it a complaint or a word on one: some twelve texts.
pub const MOST_LETTERS: usize = 2_000;
