//! Emails that committed facts owe, and how far each has come.

mod handed_over;
mod listed;
mod owed;
mod sent;

use super::keys::Cell;
use crate::complaint::OrganisationId;

pub use handed_over::{ClaimedEmail, EmailLook, EmailSettled, ServerReply};
pub use listed::{EmailCounts, EmailKey, EmailRow};
pub use owed::{EmailFrom, NewEmail};
pub use sent::SentEmail;

/// Whose eyes look at a list of emails. A convener's do not see what was written behind its back, from the service's own address to
/// others: that tells of what accuses it.
#[derive(Clone, Debug)]
pub enum Eyes {
    /// Nobody's in particular: an administrator's.
    Any,
    /// Those of an organisation's people.
    Of(OrganisationId),
}

impl Eyes {
    fn of(&self) -> Option<&str> {
        match self {
            Self::Any => None,
            Self::Of(organisation) => Some(organisation.as_str()),
        }
    }
}

/// What [`Eyes`] see, which are `?1`.
const MAY_BE_SEEN: &str = "(?1 IS NULL OR from_address IS NOT NULL OR organisation = ?1)";

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
}

impl EmailState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Pending,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Uncertain,
        Self::Expired,
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
