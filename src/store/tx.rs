//! What a job of the writer works with: one connection in a savepoint of its own, one time, ids, randomness, keys.

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rusqlite::Connection;

use super::changed::Changed;
use super::error::StoreError;
use super::ids::Ids;
use super::keys::{Cell, Keys};
use super::reader::Reader;
use super::tally::Tallies;
use crate::people::Token;

/// A write transaction, as one job sees it. Its functions stand in the files of their nouns.
pub struct Tx<'a> {
    pub(super) connection: &'a Connection,
    pub(super) keys: &'a Keys,
    pub(super) ids: &'a mut Ids,
    pub(super) rng: &'a mut StdRng,
    pub(super) tallies: &'a mut Tallies,
    pub(super) changed: &'a Changed,
    pub(super) wakes_outbox: bool,
    pub(super) wakes_emails: bool,
    /// The time of all that this transaction does.
    pub now: DateTime<Utc>,
}

impl Tx<'_> {
    /// A new row's id, of any table.
    pub fn next_id(&mut self) -> i64 {
        self.ids.next(self.now)
    }

    /// Writes down what was at another time. Ids go on from where they are.
    pub fn at<T>(&mut self, then: DateTime<Utc>, write: impl FnOnce(&mut Self) -> T) -> T {
        let now = std::mem::replace(&mut self.now, then);
        let written = write(self);
        self.now = now;
        written
    }

    /// A look at all that is there, what this transaction has written included.
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            connection: self.connection,
            keys: self.keys,
        }
    }

    /// A new secret for a browser or a letter.
    pub fn draw_token(&mut self) -> Token {
        Token::draw(&mut self.rng)
    }

    /// Does all of it or nothing: what was written before it failed or said no is undone.
    pub fn whole<T, E>(
        &mut self,
        job: impl FnOnce(&mut Self) -> Result<Result<T, E>, StoreError>,
    ) -> Result<Result<T, E>, StoreError> {
        let (tallies, wakes) = (self.tallies.clone(), (self.wakes_outbox, self.wakes_emails));
        let connection = self.connection;
        let statement = |sql| connection.prepare_cached(sql)?.execute([]);
        statement("SAVEPOINT whole")?;
        let done = job(self);
        if !matches!(done, Ok(Ok(_))) {
            *self.tallies = tallies;
            (self.wakes_outbox, self.wakes_emails) = wakes;
            // On a full disk or an I/O error SQLite may have undone the whole group by itself.
            if connection.is_autocommit() {
                return done;
            }
            statement("ROLLBACK TO whole")?;
        }
        statement("RELEASE whole")?;
        done
    }

    pub(super) fn seal(&mut self, cell: Cell, plain: &str) -> Result<Vec<u8>, StoreError> {
        self.keys.seal(cell, plain.as_bytes(), self.rng)
    }

    /// Writes as much as the largest webhook does, to see whether there is room; [`Tx::give_back_room`] takes it away.
    pub fn take_room(&mut self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('room', zeroblob(65536))",
            )?
            .execute([])?;
        Ok(())
    }

    /// Takes away what [`Tx::take_room`] wrote.
    pub fn give_back_room(&mut self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM meta WHERE key = 'room'")?
            .execute([])?;
        Ok(())
    }
}
