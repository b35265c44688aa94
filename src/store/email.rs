//! Emails that committed facts owe, and how far each has come.

mod handed_over;
mod listed;
mod owed;
mod sent;

use super::keys::Cell;

pub use handed_over::{ClaimedEmail, EmailLook, EmailSettled, ServerReply};
pub use listed::{EmailCounts, EmailRow};
pub use owed::{EmailFrom, NewEmail};
pub use sent::SentEmail;

/// How far an email has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailState {
    /// To be sent.
    Pending,
    /// On the wire: committed before the first byte leaves.
    Sending,
    /// The mail server has it.
    Sent,
    /// It will not arrive.
    Failed,
    /// It may or may not have left: sent again by hand only.
    Uncertain,
    /// It became too old to be sent.
    Expired,
    /// It was taken back before it left.
    Withheld,
}

impl EmailState {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Uncertain,
        Self::Expired,
        Self::Withheld,
    ];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Sent => "sent",
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

/// A cell of a row that is sealed.
fn cell(row: i64, column: &'static str) -> Cell {
    Cell {
        table: "email",
        row,
        column,
    }
}
