//! How much was sent, by minute and by day: in the store, so that a restart does not forget.
//!
//! The writer keeps the running minute and day in memory and writes them once a group, in the group's own transaction: every
//! text is counted, and the rows are always those of what was committed. What came and went by language goes the same way.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::reader::Reader;
use super::traffic::Unwritten;
use super::tx::Tx;
use crate::complaint::LanguageId;

/// The running minute and day, and what is to be added to the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tallies {
    minute: Span,
    day: Span,
    traffic: Unwritten,
}

/// A span of time, and what was put into the outbox in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    word: &'static str,
    length: TimeDelta,
    start: i64,
    replies: u32,
    segments: u32,
}

impl Tallies {
    /// What the database says of the minute and the day that `now` lies in.
    pub(super) fn read(connection: &Connection, now: DateTime<Utc>) -> rusqlite::Result<Self> {
        Ok(Self {
            minute: Span::read(connection, "minute", TimeDelta::minutes(1), now)?,
            day: Span::read(connection, "day", TimeDelta::days(1), now)?,
            traffic: Unwritten::default(),
        })
    }

    /// Writes all. Minutes are only asked for while they last, so the old ones go; days are few.
    pub(super) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        connection
            .prepare_cached("DELETE FROM tally WHERE span = 'minute' AND start <> ?1")?
            .execute(params![self.minute.start])?;
        for span in [self.minute, self.day] {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO tally (span, start, replies, segments) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![span.word, span.start, span.replies, span.segments])?;
        }
        self.traffic.write(connection)
    }

    /// Begins a new minute or day where `now` lies in another.
    fn turn(&mut self, connection: &Connection, now: DateTime<Utc>) -> rusqlite::Result<()> {
        for span in [&mut self.minute, &mut self.day] {
            if span.start != start_of(span.length, now) {
                *span = Span::read(connection, span.word, span.length, now)?;
            }
        }
        Ok(())
    }
}

impl Span {
    fn read(
        connection: &Connection,
        word: &'static str,
        length: TimeDelta,
        now: DateTime<Utc>,
    ) -> rusqlite::Result<Self> {
        let start = start_of(length, now);
        let known = connection
            .prepare_cached("SELECT replies, segments FROM tally WHERE span = ?1 AND start = ?2")?
            .query_row(params![word, start], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (replies, segments) = known.unwrap_or_default();
        Ok(Self {
            word,
            length,
            start,
            replies,
            segments,
        })
    }

    fn add(&mut self, replies: u32, segments: u32) {
        self.replies = self.replies.saturating_add(replies);
        self.segments = self.segments.saturating_add(segments);
    }
}

/// When the span of that length began which `now` lies in; in UTC.
pub(super) fn start_of(length: TimeDelta, now: DateTime<Utc>) -> i64 {
    let length = length.num_milliseconds();
    now.timestamp_millis().div_euclid(length) * length
}

impl Tx<'_> {
    /// Automatic replies of this minute, over all phones.
    pub fn replies_this_minute(&mut self) -> Result<u32, StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        Ok(self.tallies.minute.replies)
    }

    /// Segments of this day (UTC), over all phones.
    pub fn segments_today(&mut self) -> Result<u32, StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        Ok(self.tallies.day.segments)
    }

    /// Counts a text that came in; `language` as it was recognised in its words.
    pub(super) fn tally_in(&mut self, language: Option<&LanguageId>) {
        self.tallies.traffic.came_in(self.now, language);
    }

    /// Counts a text that was put into the outbox; `replies`: how many automatic replies it is.
    pub(super) fn tally_out(
        &mut self,
        replies: u32,
        language: &str,
        segments: u32,
    ) -> Result<(), StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        self.tallies.minute.add(replies, segments);
        self.tallies.day.add(replies, segments);
        self.tallies.traffic.goes_out(self.now, language, segments);
        Ok(())
    }

    /// Counts a text of the outbox that was written anew: as what it is now, in the day in which it was first put there.
    pub(super) fn tally_anew(
        &mut self,
        was: &Owed,
        language: &str,
        segments: u32,
    ) -> Result<(), StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        let day = &mut self.tallies.day;
        if start_of(day.length, was.at) == day.start {
            day.segments = day
                .segments
                .saturating_sub(was.segments)
                .saturating_add(segments);
        }
        let traffic = &mut self.tallies.traffic;
        // One of a version that did not count by language is counted now.
        if !was.language.is_empty() {
            traffic.take_back(was.at, &was.language, was.segments);
        }
        traffic.goes_out(was.at, language, segments);
        Ok(())
    }
}

/// A text of the outbox as it was counted.
pub(super) struct Owed {
    /// When it was put there.
    pub(super) at: DateTime<Utc>,
    pub(super) language: String,
    pub(super) segments: u32,
}

impl Reader<'_> {
    /// Segments of the day (UTC) that `now` lies in, over all phones: what is held against `limits.segments_per_day`.
    pub fn segments_today(&self, now: DateTime<Utc>) -> Result<u32, StoreError> {
        Ok(Span::read(self.connection, "day", TimeDelta::days(1), now)?.segments)
    }
}
