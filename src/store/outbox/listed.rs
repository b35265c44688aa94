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

/// Rows as people see them.
const ROWS: &str = "SELECT o.id, o.state, o.attempts, c.number, o.code, o.why, o.delivery, o.created_at, o.changed_at
     FROM outbox o LEFT JOIN complaint c ON c.id = o.complaint_id";
/// What waits.
const PENDING: &str = "SELECT count(*) FROM outbox WHERE state = 'pending'";
/// What is on the wire or needs a look, by state.
const TROUBLE: &str = "SELECT state, count(*) FROM outbox WHERE state IN ('sending', 'uncertain', 'failed', 'expired') GROUP BY state";

impl Reader<'_> {
    /// How the outbox stands.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, StoreError> {
        let mut pending = self.connection.prepare_cached(PENDING)?;
        let mut counts = OutboxCounts {
            pending: pending.query_row([], |row| row.get(0))?,
            ..OutboxCounts::default()
        };
        let mut trouble = self.connection.prepare_cached(TROUBLE)?;
        let mut rows = trouble.query([])?;
        while let Some(row) = rows.next()? {
            let count = row.get(1)?;
            match row.get_ref(0)?.as_str().unwrap_or_default() {
                "sending" => counts.sending = count,
                "uncertain" => counts.uncertain = count,
                "failed" => counts.failed = count,
                _ => counts.expired = count,
            }
        }
        Ok(counts)
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
            Some(state) => rows(&self.0, of_state(state), params![state.as_str(), most]),
            None => rows(&self.0, "ORDER BY o.id DESC LIMIT ?1", params![most]),
        }
    }
}

/// The newest of a state, by the index that has its rows, which SQLite takes where its condition is said again. Those that arrived are as
/// many as all: the newest are soon found.
fn of_state(state: TextState) -> &'static str {
    match state {
        TextState::Pending => {
            "WHERE o.state = ?1 AND o.state = 'pending' ORDER BY o.id DESC LIMIT ?2"
        }
        TextState::Sending | TextState::Uncertain | TextState::Failed | TextState::Expired => {
            "WHERE o.state = ?1 AND o.state IN ('sending', 'uncertain', 'failed', 'expired') ORDER BY o.id DESC LIMIT ?2"
        }
        _ => "WHERE o.state = ?1 ORDER BY o.id DESC LIMIT ?2",
    }
}

fn rows(
    connection: &Connection,
    which: &str,
    given: impl rusqlite::Params,
) -> Result<Vec<OutboxRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("{ROWS} {which}"))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plan::plan;

    #[test]
    fn what_needs_a_look_is_found_without_reading_all_that_was_ever_sent() {
        let of = |state: TextState| {
            let values = [state.as_str().to_owned().into(), 5.into()];
            plan(&format!("{ROWS} {}", of_state(state)), &values)
        };
        let steps = [
            plan(PENDING, &[]),
            plan(TROUBLE, &[]),
            of(TextState::Sending),
            of(TextState::Uncertain),
            of(TextState::Failed),
            of(TextState::Expired),
        ];
        for steps in steps {
            let first = &steps[0];
            assert!(
                first.contains("outbox_trouble") || first.contains("outbox_due"),
                "{steps:?}"
            );
        }
    }
}
