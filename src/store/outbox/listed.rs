//! The outbox for people: how many texts wait, and how each row stands. No number, no words.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{TextState, words_of};
use crate::complaint::TrackingNumber;
use crate::store::ReadOnly;
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::time;

/// A row of the outbox for people: no number, no words.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its row.
    pub id: i64,
    /// How far it has come.
    pub state: String,
    /// How often it was handed over.
    pub attempts: u32,
    /// The complaint that it is about.
    pub number: Option<TrackingNumber>,
    /// The gateway's code.
    pub code: Option<u32>,
    /// What went wrong.
    pub why: Option<String>,
    /// The gateway's last word.
    pub delivery: Option<String>,
    /// When it was owed.
    pub created_at: DateTime<Utc>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

/// How many texts wait, are on the wire, or need a look. The others are not counted: they are as many as were ever sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
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
    /// How the outbox stands.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let count = |sql| {
            self.connection
                .prepare_cached(sql)?
                .query_row([], |row| row.get(0))
        };
        Ok(OutboxCounts {
            pending: count("SELECT count(*) FROM outbox WHERE state = 'pending'")?,
            sending: count("SELECT count(*) FROM outbox WHERE state = 'sending'")?,
            uncertain: count("SELECT count(*) FROM outbox WHERE state = 'uncertain'")?,
            failed: count("SELECT count(*) FROM outbox WHERE state = 'failed'")?,
            expired: count("SELECT count(*) FROM outbox WHERE state = 'expired'")?,
        })
    }

    /// The rows that reply to a text.
    pub fn replies_to(&self, message_id: i64) -> Result<Vec<OutboxRow>, StoreError> {
        rows(
            self.connection,
            "WHERE o.id IN (SELECT id FROM outbox WHERE phone_id = (SELECT phone_id FROM message WHERE id = ?1) AND message_id = ?1) ORDER BY o.id",
            params![message_id],
        )
    }

    /// The words of a row.
    pub fn text_words(&self, id: i64) -> Result<String, StoreError> {
        let sealed: Vec<u8> = self
            .connection
            .prepare_cached("SELECT words FROM outbox WHERE id = ?1")?
            .query_row(params![id], |row| row.get(0))?;
        self.keys.open(words_of(id), &sealed)
    }
}

impl ReadOnly {
    /// The newest rows, at most `most`; of one state, or of all.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn outbox(
        &self,
        state: Option<TextState>,
        most: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        match state {
            Some(state) => rows(
                &self.0,
                "WHERE o.state = ?1 ORDER BY o.id DESC LIMIT ?2",
                params![state.as_str(), most],
            ),
            None => rows(&self.0, "ORDER BY o.id DESC LIMIT ?1", params![most]),
        }
    }
}

fn rows(
    connection: &Connection,
    which: &str,
    given: impl rusqlite::Params,
) -> Result<Vec<OutboxRow>, StoreError> {
    let sql = format!(
        "SELECT o.id, o.state, o.attempts, c.number, o.code, o.why, o.delivery, o.created_at, o.changed_at
         FROM outbox o LEFT JOIN complaint c ON c.id = o.complaint_id {which}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(given, |row| {
        Ok(OutboxRow {
            id: row.get(0)?,
            state: row.get(1)?,
            attempts: row.get(2)?,
            number: row
                .get::<_, Option<i64>>(3)?
                .map(|number| TrackingNumber::from_value(number.cast_unsigned())),
            code: row.get(4)?,
            why: row.get(5)?,
            delivery: row.get(6)?,
            created_at: time(row.get(7)?),
            changed_at: time(row.get(8)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
