//! Whose complainants cannot be told by text, and why.

use rusqlite::params;

use super::error::StoreError;
use super::tx::Tx;

/// Why a complainant cannot be told by text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untextable {
    /// No phone was given.
    NoPhone,
    /// They asked for no more texts.
    Stopped,
    /// The last text about it did not arrive.
    Failed,
}

impl Untextable {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPhone => "no_phone",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    /// The reason with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::NoPhone, Self::Stopped, Self::Failed]
            .into_iter()
            .find(|reason| reason.as_str() == word)
    }
}

impl Tx<'_> {
    /// The phone wants no more texts, or wants them again: so it is with all of its complaints that are open.
    pub(super) fn note_stop(&mut self, phone_id: i64, stopped: bool) -> Result<(), StoreError> {
        let reason = stopped.then_some(Untextable::Stopped.as_str());
        self.connection
            .prepare_cached(
                "UPDATE complaint SET untextable = ?2 WHERE phone_id = ?1 AND status <> 'closed'",
            )?
            .execute(params![phone_id, reason])?;
        Ok(())
    }

    /// A text arrived, or will not: so it is with the complaint that it is about.
    pub(super) fn note_arrival(&mut self, outbox_id: i64, arrived: bool) -> Result<(), StoreError> {
        let (now, before) = if arrived {
            (None, Some(Untextable::Failed.as_str()))
        } else {
            (Some(Untextable::Failed.as_str()), None)
        };
        self.connection
            .prepare_cached(
                "UPDATE complaint SET untextable = ?2
                 WHERE id = (SELECT complaint_id FROM outbox WHERE id = ?1) AND untextable IS ?3",
            )?
            .execute(params![outbox_id, now, before])?;
        Ok(())
    }
}
