//! How much was sent, by minute and by day: in the store, so that a restart does not forget.
//!
//! The writer keeps the running minute and day in memory and writes them once a group, in the group's own transaction: every
//! text is counted, and the rows are always those of what was committed.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::tx::Tx;

/// The running minute and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tallies {
    minute: Span,
    day: Span,
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
        })
    }

    /// Writes both. Minutes are only asked for while they last, so the old ones go; days stay, for the operator's figures.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
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
        Ok(())
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
fn start_of(length: TimeDelta, now: DateTime<Utc>) -> i64 {
    let length = length.num_milliseconds();
    now.timestamp_millis().div_euclid(length) * length
}

impl Tx<'_> {
    /// Automatic replies of this minute, over all phones.
    pub fn replies_this_minute(&mut self) -> Result<u32, super::StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        Ok(self.tallies.minute.replies)
    }

    /// Segments of this day (UTC), over all phones.
    pub fn segments_today(&mut self) -> Result<u32, super::StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        Ok(self.tallies.day.segments)
    }

    /// Counts a text that was put into the outbox.
    pub(super) fn tally(&mut self, replies: u32, segments: u32) -> Result<(), super::StoreError> {
        self.tallies.turn(self.connection, self.now)?;
        self.tallies.minute.add(replies, segments);
        self.tallies.day.add(replies, segments);
        Ok(())
    }
}
