//! What was handed over to be taken in, and by whom: it stands beside the rows while they wait, and leaves a trace with the first of them.

use serde::{Deserialize, Serialize};

use crate::people::PersonId;
use crate::store::{StoreError, Trace, Tx};

/// What was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The import's name.
    pub name: String,
    /// How many rows there are.
    pub rows: usize,
    /// Who handed it over in the console; `None`: somebody at the command line, who is no person of the console's.
    pub by: Option<By>,
}

/// A person of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Who.
    pub person: i64,
    /// How many entries the audit had before.
    pub after: i64,
}

impl Order {
    pub(super) fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// What stands there; `None`: an earlier version wrote it, or nobody did.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// As the audit tells it: its name, and how many rows.
    pub fn told(&self) -> String {
        format!("{}: {}", self.name, self.rows)
    }

    /// Whether a person handed it over.
    pub fn is_by(&self, person: PersonId) -> bool {
        self.by.is_some_and(|by| by.person == person.0)
    }

    /// Who imported what is on record in the transaction of the first complaint that comes of it, once, however often it is gone on with.
    pub(super) fn leave_trace(&self, tx: &mut Tx<'_>, complaint_id: i64) -> Result<(), StoreError> {
        let Some(by) = self.by else {
            return Ok(());
        };
        let person = PersonId(by.person);
        if tx.has_imported(person, by.after)? {
            return Ok(());
        }
        // Who is not here any more, as after an older backup was put in place, cannot be put on record.
        let account = tx.account(person)?.ok_or(StoreError::Damaged)?;
        let person = account.person;
        tx.leave_trace(&person, complaint_id, Trace::Imported, Some(&self.told()))
    }
}
