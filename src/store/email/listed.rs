//! The emails for people: how many wait, how each that has not left stands, and which left of late. No address, no words.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::{EmailState, Eyes, MAY_BE_SEEN};
use crate::complaint::{EmailFailure, OrganisationId};
use crate::store::MOST_COUNTED;
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

/// Where a list of emails that left goes on: when the last one that was shown left, and its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailKey {
    /// When.
    pub at: DateTime<Utc>,
    /// Its row.
    pub id: i64,
}

/// What is read of each.
const COLUMNS: &str =
    "id, purpose, organisation, state, attempts, why, code, status, due_at, created_at, changed_at";

impl Reader<'_> {
    /// How the emails stand that these eyes see.
    pub fn email_counts(&self, eyes: &Eyes) -> Result<EmailCounts, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT state, count(*) FROM email WHERE state NOT IN ('sent', 'withheld') AND {MAY_BE_SEEN} GROUP BY state",
        ))?;
        let mut rows = statement.query(params![eyes.of()])?;
        let mut counts = EmailCounts::default();
        while let Some(row) = rows.next()? {
            let count = row.get(1)?;
            match EmailState::from_word(&row.get::<_, String>(0)?) {
                Some(EmailState::Pending) => counts.pending = count,
                Some(EmailState::Sending) => counts.sending = count,
                Some(EmailState::Uncertain) => counts.uncertain = count,
                Some(EmailState::Failed) => counts.failed = count,
                Some(EmailState::Expired) => counts.expired = count,
                Some(EmailState::Sent) | None => {}
            }
        }
        Ok(counts)
    }

    /// Emails in one state, at most `most`, the newest first. Of those that left or were taken back there are none.
    pub fn emails(
        &self,
        state: EmailState,
        most: u32,
        eyes: &Eyes,
    ) -> Result<Vec<EmailRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM email
             WHERE state = ?2 AND state NOT IN ('sent', 'withheld') AND {MAY_BE_SEEN} ORDER BY id DESC LIMIT ?3",
        ))?;
        let rows = statement.query_map(params![eyes.of(), state.as_str(), most], email_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Emails that left since then, at most `most`, those that left last first; from `after` on, where there is one.
    pub fn emails_that_left(
        &self,
        since: DateTime<Utc>,
        after: Option<EmailKey>,
        most: usize,
        eyes: &Eyes,
    ) -> Result<Vec<EmailRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM email INDEXED BY email_sent
             WHERE state = 'sent' AND changed_at >= ?2 AND (changed_at, id) < (?3, ?4) AND {MAY_BE_SEEN}
             ORDER BY changed_at DESC, id DESC LIMIT ?5",
        ))?;
        let (before, id) = after.map_or((i64::MAX, i64::MAX), |key| {
            (key.at.timestamp_millis(), key.id)
        });
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let values = params![eyes.of(), since.timestamp_millis(), before, id, most];
        let rows = statement.query_map(values, email_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many left since then, [`MOST_COUNTED`] at most.
    pub fn count_emails_that_left(
        &self,
        since: DateTime<Utc>,
        eyes: &Eyes,
    ) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM (SELECT 1 FROM email INDEXED BY email_sent
                 WHERE state = 'sent' AND changed_at >= ?2 AND {MAY_BE_SEEN} LIMIT {MOST_COUNTED})",
            ))?
            .query_row(params![eyes.of(), since.timestamp_millis()], |row| {
                row.get(0)
            })?)
    }
}

fn email_row(row: &Row<'_>) -> rusqlite::Result<EmailRow> {
    let word = |at: usize| row.get::<_, Option<String>>(at);
    Ok(EmailRow {
        id: row.get(0)?,
        purpose: row.get(1)?,
        organisation: word(2)?.as_deref().map(OrganisationId::new),
        state: word(3)?.as_deref().and_then(EmailState::from_word),
        attempts: row.get(4)?,
        why: word(5)?.as_deref().and_then(EmailFailure::from_word),
        code: row.get(6)?,
        status: word(7)?,
        due_at: time(row.get(8)?),
        created_at: time(row.get(9)?),
        changed_at: time(row.get(10)?),
    })
}
