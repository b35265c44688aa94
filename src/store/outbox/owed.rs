//! What a fact owes: put into the outbox in the fact's own transaction, and taken back when a person wants no more texts.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::words_of;
use crate::complaint::{Address, LanguageId};
use crate::store::error::StoreError;
use crate::store::ids;
use crate::store::tx::Tx;

/// A text to be sent.
pub struct NewText<'a> {
    /// To whom.
    pub phone_id: i64,
    /// The number of ours that it leaves from.
    pub line: &'a Address,
    /// The text that it replies to.
    pub message_id: Option<i64>,
    /// The complaint that it is about.
    pub complaint_id: Option<i64>,
    /// The words.
    pub words: &'a str,
    /// The language that they are in.
    pub language: &'a LanguageId,
    /// How many segments it is billed as.
    pub segments: u32,
    /// It may wait until then, and lets pass by what its phone is owed meanwhile; `None`: it is due at once.
    pub not_before: Option<DateTime<Utc>>,
}

/// How many automatic replies a phone was owed of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepliesToPhone {
    /// In the last day.
    pub in_a_day: u32,
    /// In the last ten minutes.
    pub in_ten_minutes: u32,
}

impl Tx<'_> {
    /// Puts a text into the outbox; the sender wakes after COMMIT.
    pub fn add_text(&mut self, new: &NewText<'_>) -> Result<i64, StoreError> {
        let id = self.next_id();
        let words = self.seal(words_of(id), new.words)?;
        let now = self.now.timestamp_millis();
        let due_at = new
            .not_before
            .map_or(now, |at| at.timestamp_millis().max(now));
        self.connection
            .prepare_cached(
                "INSERT INTO outbox (id, phone_id, line, message_id, complaint_id, words, segments, state, due_at, created_at, changed_at, language)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', ?10, ?8, ?8, ?9)",
            )?
            .execute(params![
                id, new.phone_id, new.line.expose(), new.message_id, new.complaint_id, words, new.segments, now,
                new.language.as_str(), due_at,
            ])?;
        self.tally_out(
            u32::from(new.message_id.is_some()),
            new.language.as_str(),
            new.segments,
        )?;
        self.wakes_outbox = true;
        Ok(id)
    }

    /// How many replies this phone was owed in the last day, and how many of these in the last ten minutes. No more rows are
    /// read than `limits.replies_per_phone_day` let in. (A bound LIMIT would make SQLite prepare the statement anew for each
    /// value.) Ids alone do not tell: those given by a clock that was ahead stay ahead, and so do all after them.
    pub fn replies_to_phone(&self, phone_id: i64) -> Result<RepliesToPhone, StoreError> {
        let since = |ago| self.now - ago;
        let day = since(TimeDelta::days(1));
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*), coalesce(sum(created_at >= ?4), 0) FROM outbox
                 WHERE phone_id = ?1 AND id >= ?2 AND created_at BETWEEN ?3 AND ?5 AND message_id IS NOT NULL AND retry_of IS NULL",
            )?
            .query_row(
                params![
                    phone_id,
                    ids::first_at(day),
                    day.timestamp_millis(),
                    since(TimeDelta::minutes(10)).timestamp_millis(),
                    self.now.timestamp_millis(),
                ],
                |row| {
                    Ok(RepliesToPhone {
                        in_a_day: row.get(0)?,
                        in_ten_minutes: row.get(1)?,
                    })
                },
            )?)
    }

    /// Takes back what is still to be sent to a phone.
    pub fn withhold_texts(&mut self, phone_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE outbox SET state = 'withheld', changed_at = ?2 WHERE phone_id = ?1 AND state = 'pending'")?
            .execute(params![phone_id, self.now.timestamp_millis()])?;
        Ok(())
    }
}
