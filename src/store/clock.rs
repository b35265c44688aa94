//! When the service last looked at the clock: one that jumps must not bring about what is due in a year.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::reader::Reader;
use super::time;
use super::tx::Tx;

/// A service that runs looks each minute: whoever finds the last look longer ago waits for the next.
const LOOKED_LATELY: TimeDelta = TimeDelta::days(1);

/// The last look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSeen {
    /// The latest time that was ever seen and believed.
    pub at: DateTime<Utc>,
    /// Since when it is not believed; `None`: it is.
    pub stopped_at: Option<DateTime<Utc>>,
}

impl Tx<'_> {
    /// It is now, and that is believed.
    pub fn believe_clock(&mut self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO clock (id, seen_at) VALUES (1, ?1)
                 ON CONFLICT (id) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at), stopped_at = NULL",
            )?
            .execute(params![self.now.timestamp_millis()])?;
        Ok(())
    }

    /// It says to be now, and that is not believed: nothing that is due by the clock happens until somebody says that it is right.
    pub fn doubt_clock(&mut self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE clock SET stopped_at = coalesce(stopped_at, ?1) WHERE id = 1")?
            .execute(params![self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Whether what is due by the clock may be done now.
    pub(super) fn is_clock_believed(&self) -> Result<bool, StoreError> {
        let seen = seen(self.connection)?;
        Ok(seen.is_none_or(|seen| seen.stopped_at.is_none() && self.now - seen.at < LOOKED_LATELY))
    }
}

impl Reader<'_> {
    /// The last look; `None`: there was none yet.
    pub fn clock_seen(&self) -> Result<Option<ClockSeen>, StoreError> {
        seen(self.connection)
    }
}

fn seen(connection: &Connection) -> Result<Option<ClockSeen>, StoreError> {
    let seen = connection
        .prepare_cached("SELECT seen_at, stopped_at FROM clock WHERE id = 1")?
        .query_row([], |row| {
            Ok(ClockSeen {
                at: time(row.get(0)?),
                stopped_at: row.get::<_, Option<i64>>(1)?.map(time),
            })
        });
    Ok(seen.optional()?)
}
