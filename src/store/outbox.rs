//! Texts that committed facts owe, and how far each has come.

mod anew;
mod doubted;
mod handed_over;
mod listed;
mod notice;
mod owed;
mod reported;

use super::keys::Cell;
use crate::complaint::Delivery;

pub use doubted::DoubtedText;
pub use handed_over::{Claimed, Look, Settled};
pub use listed::{OutboxCounts, OutboxRow};
pub use notice::{LastNotice, NewNotice, Untold};
pub use owed::{NewText, RepliesToPhone};
pub use reported::ReportedText;

/// How far a text has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    /// To be sent.
    Pending,
    /// In the gateway's hands or on the wire to it: committed before the first byte leaves.
    Sending,
    /// The gateway has it.
    Accepted,
    /// The carrier has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// It will not arrive.
    Failed,
    /// It may or may not have left: never sent again without proof.
    Uncertain,
    /// It became too old to be sent.
    Expired,
    /// The person asked for no more texts before it left.
    Withheld,
}

impl TextState {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Pending,
        Self::Sending,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Failed,
        Self::Uncertain,
        Self::Expired,
        Self::Withheld,
    ];

    /// The word in the store and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
            Self::Expired => "expired",
            Self::Withheld => "withheld",
        }
    }

    /// The state with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// The state that the gateway's word amounts to.
impl From<Delivery> for TextState {
    fn from(delivery: Delivery) -> Self {
        match delivery {
            Delivery::Scheduled | Delivery::Accepted | Delivery::Queued | Delivery::Sending => {
                Self::Accepted
            }
            Delivery::Sent => Self::Sent,
            Delivery::Delivered | Delivery::Read => Self::Delivered,
            Delivery::Undelivered | Delivery::Failed | Delivery::Canceled => Self::Failed,
        }
    }
}

/// The cell that the words of a row are sealed for.
pub(super) fn words_of(row: i64) -> Cell {
    Cell {
        table: "outbox",
        row,
        column: "words",
    }
}
