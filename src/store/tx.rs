//! What a job of the writer works with: one connection in a savepoint of its own, one time, ids, randomness, keys.

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rusqlite::Connection;

use super::error::StoreError;
use super::ids::Ids;
use super::keys::{Cell, Keys};

/// A write transaction, as one job sees it. Its functions stand in the files of their nouns.
pub struct Tx<'a> {
    pub(super) connection: &'a Connection,
    pub(super) keys: &'a Keys,
    pub(super) ids: &'a mut Ids,
    pub(super) rng: &'a mut StdRng,
    pub(super) wakes_outbox: bool,
    /// The time of all that this transaction does.
    pub now: DateTime<Utc>,
}

impl Tx<'_> {
    /// A new row's id, of any table.
    pub fn next_id(&mut self) -> i64 {
        self.ids.next(self.now)
    }

    pub(super) fn seal(&mut self, cell: Cell, plain: &str) -> Result<Vec<u8>, StoreError> {
        self.keys.seal(cell, plain.as_bytes(), self.rng)
    }

    /// Writes something that changes nothing: succeeds if, and only if, a commit can.
    pub fn touch(&mut self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE meta SET value = value WHERE key = 'keys'")?
            .execute([])?;
        Ok(())
    }
}
