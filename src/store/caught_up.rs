//! Up to when the gateway's list of texts was looked through: where the next look begins, also after a restart or a restore.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::time;
use super::tx::Tx;

/// In `meta`, as milliseconds, the most significant byte first.
const CAUGHT_UP: &str = "caught_up";
/// The same: what came before then was never ours to answer.
const CATCHES_UP_FROM: &str = "catches_up_from";

impl Tx<'_> {
    /// Since when the list's texts are ours, and up to when it was looked through, if ever. Where the first is not known, it is noted: since
    /// the last text that was taken in, or since now.
    pub fn begin_catching_up(
        &mut self,
    ) -> Result<(DateTime<Utc>, Option<DateTime<Utc>>), StoreError> {
        let last = self.noted(CAUGHT_UP)?;
        if let Some(first) = self.noted(CATCHES_UP_FROM)? {
            return Ok((first, last));
        }
        let taken: Option<i64> = self
            .connection
            .prepare_cached("SELECT received_at FROM message ORDER BY id DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let first = taken.map_or(self.now, time);
        self.note(CATCHES_UP_FROM, first)?;
        Ok((first, last))
    }

    /// All that the gateway's list had then is taken in, but for what was left to its webhook. A clock that is behind takes nothing back.
    pub fn set_caught_up(&mut self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let at = self.noted(CAUGHT_UP)?.map_or(at, |last| last.max(at));
        self.note(CAUGHT_UP, at)
    }

    fn note(&mut self, key: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
            .execute(params![key, at.timestamp_millis().to_be_bytes()])?;
        Ok(())
    }

    fn noted(&self, key: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
        let kept: Option<[u8; 8]> = self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row(params![key], |row| row.get(0))
            .optional()?;
        Ok(kept.map(|kept| time(i64::from_be_bytes(kept))))
    }
}
