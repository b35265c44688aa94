//! What a phone's last text was taken for and may not have been meant: a 9 turns it into the other.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Row, params};

use super::error::StoreError;
use super::tx::Tx;

/// So long it can be turned: as long as a question stays open.
const TURNS_FOR: TimeDelta = TimeDelta::hours(48);

/// What a text did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Its words went to a complaint.
    Added,
    /// It opened one beside another that was open.
    Opened {
        /// The other, that the words may belong to.
        beside: i64,
    },
    /// It withdrew one.
    Withdrew,
}

impl Did {
    fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Opened { .. } => "opened",
            Self::Withdrew => "withdrew",
        }
    }
}

/// A text that can be turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turnable {
    /// What it did.
    pub did: Did,
    /// The text.
    pub message_id: i64,
    /// The complaint that it was added to, opened or withdrew.
    pub complaint_id: i64,
    /// When.
    pub at: DateTime<Utc>,
}

impl Turnable {
    /// Whether it is not too late.
    pub fn can_turn(&self, now: DateTime<Utc>) -> bool {
        now < self.at + TURNS_FOR
    }
}

impl Tx<'_> {
    /// Remembers what the phone's last text did, instead of what one before it did.
    pub fn set_turnable(&mut self, phone_id: i64, did: &Turnable) -> Result<(), StoreError> {
        let beside = match did.did {
            Did::Opened { beside } => Some(beside),
            Did::Added | Did::Withdrew => None,
        };
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO turnable (phone_id, did, message_id, complaint_id, other_id, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                phone_id,
                did.did.as_str(),
                did.message_id,
                did.complaint_id,
                beside,
                did.at.timestamp_millis()
            ])?;
        Ok(())
    }

    /// Nothing can be turned any more.
    pub fn forget_turnable(&mut self, phone_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM turnable WHERE phone_id = ?1")?
            .execute(params![phone_id])?;
        Ok(())
    }
}

/// Reads it from its columns, which begin with `first`; `None` where they hold none.
pub(super) fn read_turnable(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Turnable>> {
    let Some(did) = row.get::<_, Option<String>>(first)? else {
        return Ok(None);
    };
    let beside: Option<i64> = row.get(first + 3)?;
    let did = match (did.as_str(), beside) {
        ("opened", Some(beside)) => Did::Opened { beside },
        ("withdrew", _) => Did::Withdrew,
        _ => Did::Added,
    };
    Ok(Some(Turnable {
        did,
        message_id: row.get(first + 1)?,
        complaint_id: row.get(first + 2)?,
        at: super::time(row.get(first + 4)?),
    }))
}
