//! The emails for people: how many wait, and how each that has not left stands. No address, no words.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::EmailState;
use crate::complaint::{EmailFailure, OrganisationId};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::time;

/// An email for people: no address, no words.
#[derive(Clone, Debug)]
pub struct EmailRow {
    /// Its row.
    pub id: i64,
    /// What it is for.
    pub purpose: String,
    /// The organisation that it goes to.
    pub organisation: Option<OrganisationId>,
    /// How far it has come.
    pub state: Option<EmailState>,
    /// How often it was handed over.
    pub attempts: u32,
    /// What came between.
    pub why: Option<EmailFailure>,
    /// The server's last answer.
    pub code: Option<u16>,
    /// The same by RFC 3463.
    pub status: Option<String>,
    /// When it is tried next.
    pub due_at: DateTime<Utc>,
    /// When it was owed.
    pub created_at: DateTime<Utc>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

/// How many emails wait, are on the wire, or need a look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmailCounts {
    /// To be sent.
    pub pending: u32,
    /// On the wire.
    pub sending: u32,
    /// Nobody knows whether they left.
    pub uncertain: u32,
    /// Will not arrive.
    pub failed: u32,
    /// Became too old.
    pub expired: u32,
}

impl Reader<'_> {
    /// How the emails stand.
    pub fn email_counts(&self) -> Result<EmailCounts, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT state, count(*) FROM email WHERE state NOT IN ('sent', 'withheld') GROUP BY state",
        )?;
        let mut rows = statement.query([])?;
        let mut counts = EmailCounts::default();
        while let Some(row) = rows.next()? {
            let count = row.get(1)?;
            match EmailState::from_word(&row.get::<_, String>(0)?) {
                Some(EmailState::Pending) => counts.pending = count,
                Some(EmailState::Sending) => counts.sending = count,
                Some(EmailState::Uncertain) => counts.uncertain = count,
                Some(EmailState::Failed) => counts.failed = count,
                Some(EmailState::Expired) => counts.expired = count,
                Some(EmailState::Sent | EmailState::Withheld) | None => {}
            }
        }
        Ok(counts)
    }

    /// Emails in one state, at most `most`, the newest first. Of those that left or were taken back there are none.
    pub fn emails(&self, state: EmailState, most: u32) -> Result<Vec<EmailRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, purpose, organisation, state, attempts, why, code, status, due_at, created_at, changed_at
             FROM email WHERE state = ?1 AND state NOT IN ('sent', 'withheld') ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![state.as_str(), most], |row| {
            let word = |at: usize| row.get::<_, Option<String>>(at);
            Ok(EmailRow {
                id: row.get(0)?,
                purpose: row.get(1)?,
                organisation: word(2)?.as_deref().map(OrganisationId::new),
                state: word(3)?.as_deref().and_then(EmailState::from_word),
                attempts: row.get(4)?,
                why: word(5)?.as_deref().and_then(EmailFailure::from_word),
                code: row.get(6)?,
                status: row.get(7)?,
                due_at: time(row.get(8)?),
                created_at: time(row.get(9)?),
                changed_at: time(row.get(10)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
