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
    /// It is now, and that is believed. Where it was not, and has come back, what was put off by it is due now: else that would wait
    /// for the wrong time to come, and all later texts to the same phone behind it.
    pub fn believe_clock(&mut self) -> Result<(), StoreError> {
        if seen(self.connection)?.is_some_and(|seen| seen.stopped_at.is_some()) {
            self.bring_back("outbox")?;
            self.bring_back("email")?;
        }
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

    /// Makes due now what waits in that table until a time that a clock which was ahead has said.
    fn bring_back(&mut self, table: &'static str) -> Result<(), StoreError> {
        let now = self.now.timestamp_millis();
        self.connection
            .execute(
                &format!("UPDATE {table} SET due_at = ?1, changed_at = ?1 WHERE state = 'pending' AND due_at > ?1 AND changed_at > ?1"),
                params![now],
            )?;
        Ok(())
    }

    /// What waits since before then is given up; `None`: the clock is not believed, and by it nothing is.
    pub(super) fn too_old(
        &self,
        expires_after: TimeDelta,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let is_believed = seen(self.connection)?
            .is_none_or(|seen| seen.stopped_at.is_none() && self.now - seen.at < LOOKED_LATELY);
        let then = self.now.checked_sub_signed(expires_after);
        Ok(is_believed.then(|| then.unwrap_or(DateTime::UNIX_EPOCH)))
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
