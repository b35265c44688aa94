//! Emails that left, with all that they say: for the demo, whose mail stays on this machine.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::ClaimedEmail;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::time;

/// An email that the mail server has. `Debug` shows no address and no words.
#[derive(Clone, Debug)]
pub struct SentEmail {
    /// What was handed over.
    pub email: ClaimedEmail,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is read of each.
const COLUMNS: &str = "id, to_address, from_name, from_address, reply_to, subject, plain, html, follows, attempts, changed_at";

impl Reader<'_> {
    /// The `most` emails that left last, the newest first.
    pub fn sent_emails(&self, most: u32) -> Result<Vec<SentEmail>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM email WHERE state = 'sent' ORDER BY changed_at DESC, id DESC LIMIT ?1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![most])?;
        let mut sent = Vec::new();
        while let Some(row) = rows.next()? {
            sent.push(self.open_sent(row)?);
        }
        Ok(sent)
    }

    /// One of them.
    pub fn sent_email(&self, id: i64) -> Result<Option<SentEmail>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM email WHERE state = 'sent' AND id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row(params![id], |row| Ok(self.open_sent(row)));
        found.optional()?.transpose()
    }

    fn open_sent(&self, row: &Row<'_>) -> Result<SentEmail, StoreError> {
        Ok(SentEmail {
            email: ClaimedEmail::open(self.keys, row)?,
            at: time(row.get("changed_at")?),
        })
    }
}
