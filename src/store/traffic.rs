//! How many texts come and go, by day (UTC) and language: the operator's figures.
//!
//! What the jobs of a group add is kept in memory and added to the rows once, in the group's own transaction: after a restart
//! nothing is to be read, and the rows are always those of what was committed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, params};

use super::error::StoreError;
use super::reader::Reader;
use super::tally::start_of;
use super::time;
use crate::complaint::LanguageId;

/// What is to be added to the rows, by the day's begin and the language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unwritten(BTreeMap<(i64, String), Change>);

/// What changes in a row. A text that is written anew takes back what it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Change {
    texts_in: i64,
    texts_out: i64,
    segments: i64,
}

impl Unwritten {
    /// A text came in; `language` as it was recognised in its words.
    pub(super) fn came_in(&mut self, at: DateTime<Utc>, language: Option<&LanguageId>) {
        self.row(at, language.map_or("", LanguageId::as_str))
            .texts_in += 1;
    }

    /// A text was put into the outbox.
    pub(super) fn goes_out(&mut self, at: DateTime<Utc>, language: &str, segments: u32) {
        let row = self.row(at, language);
        row.texts_out += 1;
        row.segments += i64::from(segments);
    }

    /// A text that was put into the outbox is to be counted otherwise.
    pub(super) fn take_back(&mut self, at: DateTime<Utc>, language: &str, segments: u32) {
        let row = self.row(at, language);
        row.texts_out -= 1;
        row.segments -= i64::from(segments);
    }

    /// Adds it to the rows.
    pub(super) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        for ((day, language), change) in std::mem::take(&mut self.0) {
            connection
                .prepare_cached(
                    "INSERT INTO traffic (day, language, texts_in, texts_out, segments) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT DO UPDATE SET texts_in = texts_in + excluded.texts_in,
                                               texts_out = texts_out + excluded.texts_out,
                                               segments = segments + excluded.segments",
                )?
                .execute(params![day, language, change.texts_in, change.texts_out, change.segments])?;
        }
        Ok(())
    }

    fn row(&mut self, at: DateTime<Utc>, language: &str) -> &mut Change {
        let day = start_of(TimeDelta::days(1), at);
        self.0.entry((day, language.to_owned())).or_default()
    }
}

/// The texts of a day in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// When the day began: at midnight UTC.
    pub day: DateTime<Utc>,
    /// The language; `None` for texts in which none was recognised.
    pub language: Option<LanguageId>,
    /// Texts that came in.
    pub texts_in: u64,
    /// Texts that were put into the outbox, retries too, whatever became of them.
    pub texts_out: u64,
    /// Segments of these.
    pub segments: u64,
}

impl Reader<'_> {
    /// The texts of the days that began at `since` or later, by day and language.
    pub fn traffic(&self, since: DateTime<Utc>) -> Result<Vec<Traffic>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT day, language, texts_in, texts_out, segments FROM traffic WHERE day >= ?1 ORDER BY day, language",
        )?;
        let count = |row: &rusqlite::Row<'_>, at| {
            Ok::<_, rusqlite::Error>(u64::try_from(row.get::<_, i64>(at)?).unwrap_or_default())
        };
        let rows = statement.query_map(params![since.timestamp_millis()], |row| {
            let language: String = row.get(1)?;
            Ok(Traffic {
                day: time(row.get(0)?),
                language: (!language.is_empty()).then(|| LanguageId::new(language)),
                texts_in: count(row, 2)?,
                texts_out: count(row, 3)?,
                segments: count(row, 4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
