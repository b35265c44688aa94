//! How much was sent, by minute and by day: in the store, so that a restart does not forget.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::tx::Tx;

/// A span of the tally.
#[derive(Clone, Copy)]
pub(super) enum Span {
    Minute,
    Day,
}

impl Span {
    fn word(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Day => "day",
        }
    }

    fn start(self, at: DateTime<Utc>) -> i64 {
        let length = match self {
            Self::Minute => TimeDelta::minutes(1),
            Self::Day => TimeDelta::days(1),
        };
        let length = length.num_milliseconds();
        at.timestamp_millis().div_euclid(length) * length
    }
}

impl Tx<'_> {
    /// Automatic replies of this minute.
    pub fn replies_this_minute(&self) -> Result<u32, StoreError> {
        self.tallied(
            "SELECT replies FROM tally WHERE span = ?1 AND start = ?2",
            Span::Minute,
        )
    }

    /// Segments of this day (UTC).
    pub fn segments_today(&self) -> Result<u32, StoreError> {
        self.tallied(
            "SELECT segments FROM tally WHERE span = ?1 AND start = ?2",
            Span::Day,
        )
    }

    fn tallied(&self, sql: &'static str, span: Span) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row(params![span.word(), span.start(self.now)], |row| row.get(0))
            .optional()?
            .unwrap_or(0))
    }

    /// Counts a text that was put into the outbox.
    pub(super) fn tally(&mut self, replies: u32, segments: u32) -> Result<(), StoreError> {
        for span in [Span::Minute, Span::Day] {
            self.connection
                .prepare_cached(
                    "INSERT INTO tally (span, start, replies, segments) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET replies = replies + excluded.replies, segments = segments + excluded.segments",
                )?
                .execute(params![span.word(), span.start(self.now), replies, segments])?;
        }
        // Minutes are only ever asked for while they last; days stay, for the figures of the operator.
        self.connection
            .prepare_cached("DELETE FROM tally WHERE span = 'minute' AND start < ?1")?
            .execute(params![Span::Minute.start(self.now - TimeDelta::hours(1))])?;
        Ok(())
    }
}
