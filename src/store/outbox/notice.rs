//! Texts that tell of news on a complaint: one leaves at once, what comes soon after it waits and leaves as one.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

use super::words_of;
use crate::complaint::{Address, LanguageId};
use crate::store::complaint::event_words;
use crate::store::error::StoreError;
use crate::store::tally::Owed;
use crate::store::time;
use crate::store::tx::Tx;

/// A text that tells of news.
pub struct NewNotice<'a> {
    /// To whom.
    pub phone_id: i64,
    /// The number of ours that it leaves from.
    pub line: &'a Address,
    /// The complaint that it is about.
    pub complaint_id: i64,
    /// The words.
    pub words: &'a str,
    /// The language that they are in.
    pub language: &'a LanguageId,
    /// How many segments it is billed as.
    pub segments: u32,
}

/// What an officer wrote to the complainant, and no text has told yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// The words.
    pub words: String,
    /// Whether they are a question.
    pub asks: bool,
}

/// What was told last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastNotice {
    /// The last one that has left, or is to leave now.
    pub left: Option<(i64, DateTime<Utc>)>,
    /// The one that still waits, and until when.
    pub waiting: Option<(i64, DateTime<Utc>)>,
}

impl Tx<'_> {
    /// What was told last on a complaint.
    pub fn last_notice(&self, complaint_id: i64) -> Result<LastNotice, StoreError> {
        let now = self.now.timestamp_millis();
        let left = self
            .connection
            .prepare_cached(
                "SELECT id, due_at FROM outbox
                 WHERE complaint_id = ?1 AND notice = 1 AND retry_of IS NULL AND (state <> 'pending' OR due_at <= ?2)
                 ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![complaint_id, now], |row| Ok((row.get(0)?, time(row.get(1)?))))
            .optional()?;
        let waiting = self
            .connection
            .prepare_cached(
                "SELECT id, due_at FROM outbox
                 WHERE complaint_id = ?1 AND notice = 1 AND retry_of IS NULL AND state = 'pending' AND due_at > ?2
                 ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![complaint_id, now], |row| Ok((row.get(0)?, time(row.get(1)?))))
            .optional()?;
        Ok(LastNotice { left, waiting })
    }

    /// Owes a notice: at once, or, so soon after the last one, when that is `merge` ago. One that waits already is written anew. When it leaves.
    pub fn add_notice(
        &mut self,
        new: &NewNotice<'_>,
        merge: TimeDelta,
    ) -> Result<DateTime<Utc>, StoreError> {
        let last = self.last_notice(new.complaint_id)?;
        if let Some((id, due_at)) = last.waiting {
            self.write_anew(id, new.words, new.language, new.segments)?;
            return Ok(due_at);
        }
        let due_at = last
            .left
            .map_or(self.now, |(_, at)| self.now.max(at + merge));
        let id = self.next_id();
        let words = self.seal(words_of(id), new.words)?;
        let now = self.now.timestamp_millis();
        self.connection
            .prepare_cached(
                "INSERT INTO outbox (id, phone_id, line, complaint_id, words, segments, state, due_at, created_at, changed_at, notice, language)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'pending', ?7, ?8, ?8, 1, ?9)",
            )?
            .execute(params![
                id, new.phone_id, new.line.expose(), new.complaint_id, words, new.segments, due_at.timestamp_millis(), now,
                new.language.as_str(),
            ])?;
        self.tally_out(0, new.language.as_str(), new.segments)?;
        self.wakes_outbox = true;
        Ok(due_at)
    }

    /// Writes anew in these words, of that language, whatever about a complaint has not left yet.
    pub fn rewrite_unsent(
        &mut self,
        complaint_id: i64,
        words: &str,
        language: &LanguageId,
        segments: u32,
    ) -> Result<(), StoreError> {
        let ids: Vec<i64> = self
            .connection
            .prepare_cached("SELECT id FROM outbox WHERE complaint_id = ?1 AND state = 'pending'")?
            .query_map(params![complaint_id], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        ids.into_iter()
            .try_for_each(|id| self.write_anew(id, words, language, segments))
    }

    /// Takes back the news of a complaint that have not left: they are news no more.
    pub fn withhold_notices(&mut self, complaint_id: i64) -> Result<(), StoreError> {
        // Due by now, so that the next news wait for nothing.
        self.connection
            .prepare_cached(
                "UPDATE outbox SET state = 'withheld', changed_at = ?2, due_at = min(due_at, ?2)
                 WHERE complaint_id = ?1 AND notice = 1 AND state = 'pending'",
            )?
            .execute(params![complaint_id, self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Puts other words into a text, where it waits.
    pub fn write_anew(
        &mut self,
        id: i64,
        words: &str,
        language: &LanguageId,
        segments: u32,
    ) -> Result<(), StoreError> {
        let was = self
            .connection
            .prepare_cached("SELECT created_at, language, segments FROM outbox WHERE id = ?1")?
            .query_row(params![id], |row| {
                Ok(Owed {
                    at: time(row.get(0)?),
                    language: row.get(1)?,
                    segments: row.get(2)?,
                })
            })?;
        let words = self.seal(words_of(id), words)?;
        let language = language.as_str();
        let written = self
            .connection
            .prepare_cached("UPDATE outbox SET words = ?2, segments = ?3, changed_at = ?4, language = ?5 WHERE id = ?1 AND state = 'pending'")?
            .execute(params![id, words, segments, self.now.timestamp_millis(), language])?;
        if written == 0 {
            return Ok(());
        }
        self.tally_anew(&was, language, segments)
    }

    /// What an officer last wrote to the complainant, if it opens.
    pub fn last_words_told(&self, complaint_id: i64) -> Result<Option<String>, StoreError> {
        let last: Option<(i64, Vec<u8>)> = self
            .connection
            .prepare_cached(
                "SELECT id, words FROM event
                 WHERE complaint_id = ?1 AND kind IN ('updated', 'resolved') AND words IS NOT NULL ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![complaint_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match last {
            Some((id, words)) => self.open_if_whole(event_words(id), &words),
            None => Ok(None),
        }
    }

    /// What officers wrote to the complainant since the notice that left last, in order, as far as it opens.
    pub fn untold(&self, complaint_id: i64) -> Result<Vec<Untold>, StoreError> {
        let since = self.last_notice(complaint_id)?.left.map_or(0, |(id, _)| id);
        let mut statement = self.connection.prepare_cached(
            "SELECT id, words, kind = 'asked' FROM event
             WHERE complaint_id = ?1 AND id > ?2 AND kind IN ('updated', 'asked', 'resolved') AND words IS NOT NULL ORDER BY id",
        )?;
        let mut rows = statement.query(params![complaint_id, since])?;
        let mut untold = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, sealed): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let asks = row.get(2)?;
            let words = self.open_if_whole(event_words(id), &sealed)?;
            untold.extend(words.map(|words| Untold { words, asks }));
        }
        Ok(untold)
    }
}
