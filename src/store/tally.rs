//! How much was sent, by minute and by day: in the store, so that a restart does not forget.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

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

/// What was put into the outbox of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Automatic replies of this minute.
    pub replies_this_minute: u32,
    /// Segments of this day (UTC).
    pub segments_today: u32,
}

impl Tx<'_> {
    /// What was put into the outbox of late.
    pub fn tallied(&self) -> Result<Tally, StoreError> {
        let tally = self
            .connection
            .prepare_cached(
                "SELECT coalesce((SELECT replies FROM tally WHERE span = 'minute' AND start = ?1), 0),
                        coalesce((SELECT segments FROM tally WHERE span = 'day' AND start = ?2), 0)",
            )?
            .query_row(
                params![Span::Minute.start(self.now), Span::Day.start(self.now)],
                |row| {
                    Ok(Tally {
                        replies_this_minute: row.get(0)?,
                        segments_today: row.get(1)?,
                    })
                },
            )?;
        Ok(tally)
    }

    /// Counts a text that was put into the outbox.
    pub(super) fn tally(&mut self, replies: u32, segments: u32) -> Result<(), StoreError> {
        self.add_to(Span::Day, replies, segments)?;
        let counted = self.add_to(Span::Minute, replies, segments)?;
        // Minutes are only asked for while they last, so each new one takes the old ones away; days stay, for the figures
        // of the operator.
        if counted == segments {
            self.connection
                .prepare_cached("DELETE FROM tally WHERE span = 'minute' AND start < ?1")?
                .execute(params![Span::Minute.start(self.now)])?;
        }
        Ok(())
    }

    /// Adds to a span; its segments from now on.
    fn add_to(&mut self, span: Span, replies: u32, segments: u32) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "INSERT INTO tally (span, start, replies, segments) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET replies = replies + excluded.replies, segments = segments + excluded.segments
                 RETURNING segments",
            )?
            .query_row(
                params![span.word(), span.start(self.now), replies, segments],
                |row| row.get(0),
            )?)
    }
}
