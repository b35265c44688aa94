//! Up to when the gateway's list of texts was looked through: where the next look begins, also after a restart or a restore.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::reader::Reader;
use super::time;
use super::tx::Tx;

/// In `meta`, as milliseconds, the most significant byte first.
const CAUGHT_UP: &str = "caught_up";

impl Tx<'_> {
    /// All that the gateway's list had then is taken in, but for what was left to its webhook.
    pub fn set_caught_up(&mut self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
            .execute(params![CAUGHT_UP, at.timestamp_millis().to_be_bytes()])?;
        Ok(())
    }
}

impl Reader<'_> {
    /// Up to when; `None`: the list was never looked through.
    pub fn caught_up(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let kept: Option<[u8; 8]> = self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row(params![CAUGHT_UP], |row| row.get(0))
            .optional()?;
        Ok(kept.map(|kept| time(i64::from_be_bytes(kept))))
    }
}
