//! What came by no text: a form, or a row of a file, handed in once, whatever is sent twice.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::keys::{Cell, Keys};
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{Address, TrackingNumber};

/// How a complaint was handed in.
pub struct NewLodging<'a> {
    /// What it has one effect under: a form's own key, or a file and its row.
    pub key: &'a str,
    /// Tells it from others: see [`Tx::digest_of_lodging`].
    pub digest: [u8; 16],
    /// The complainant's name, if they gave it.
    pub name: Option<&'a str>,
    /// Who brought it on the complainant's behalf, as they said; `None`: the complainant did.
    pub brought_by: Option<&'a str>,
}

/// What is known under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedIn {
    /// Nothing.
    New,
    /// That complaint, with just this content.
    Same(i64),
    /// That complaint, with other content.
    Other(i64),
}

impl Tx<'_> {
    /// Equal for equal phone, facts and words.
    pub fn digest_of_lodging(&self, phone: Option<&Address>, facts: &str, words: &str) -> [u8; 16] {
        digest_of(self.keys, phone, facts, words)
    }

    /// Whether something was handed in under that key. There is one writer, so that nothing can come between this and
    /// [`Tx::add_lodging`]; the unique index stands behind it.
    pub fn handed_in(&self, key: &str, digest: &[u8; 16]) -> Result<HandedIn, StoreError> {
        handed_in(self.connection, key, digest)
    }

    /// Keeps how a complaint was handed in.
    pub fn add_lodging(
        &mut self,
        complaint_id: i64,
        new: &NewLodging<'_>,
    ) -> Result<(), StoreError> {
        let mut seal = |column, value: Option<&str>| {
            value
                .map(|value| self.seal(cell(complaint_id, column), value))
                .transpose()
        };
        let name = seal("name", new.name)?;
        let brought_by = seal("brought_by", new.brought_by)?;
        self.connection
            .prepare_cached(
                "INSERT INTO lodging (complaint_id, key, digest, name, brought_by) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![complaint_id, new.key, new.digest, name, brought_by])?;
        Ok(())
    }

    /// The six digits by which a complaint without a phone is tracked. They are drawn from its number by a key, so that they are kept
    /// nowhere and can be told again.
    pub fn code_of(&self, number: TrackingNumber) -> String {
        self.keys.code(number)
    }

    /// Whether a phone was owed a text about a complaint.
    pub fn was_texted(&self, complaint_id: i64, phone_id: i64) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM outbox WHERE complaint_id = ?1 AND phone_id = ?2)",
            )?
            .query_row(params![complaint_id, phone_id], |row| row.get(0))?)
    }

    /// How many texts that answer none a phone was owed in the last day, about complaints that it had not told of itself.
    pub fn receipts_to_phone(&self, phone_id: i64) -> Result<u32, StoreError> {
        let since = self.now - chrono::TimeDelta::days(1);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM outbox
                 WHERE phone_id = ?1 AND id >= ?2 AND created_at BETWEEN ?3 AND ?4 AND message_id IS NULL AND notice = 0 AND retry_of IS NULL",
            )?
            .query_row(
                params![
                    phone_id,
                    super::ids::first_at(since),
                    since.timestamp_millis(),
                    self.now.timestamp_millis()
                ],
                |row| row.get(0),
            )?)
    }
}

impl Reader<'_> {
    /// What is known under a key, beside that phone, these facts and these words.
    pub fn handed_in(
        &self,
        key: &str,
        phone: Option<&Address>,
        facts: &str,
        words: &str,
    ) -> Result<HandedIn, StoreError> {
        let digest = digest_of(self.keys, phone, facts, words);
        handed_in(self.connection, key, &digest)
    }

    /// How many were handed in under keys that begin so.
    pub fn handed_in_under(&self, beginning: &str) -> Result<usize, StoreError> {
        // No key has this character, which comes after all others.
        let end = format!("{beginning}{}", char::MAX);
        let count: u32 = self
            .connection
            .prepare_cached("SELECT count(*) FROM lodging WHERE key >= ?1 AND key < ?2")?
            .query_row(params![beginning, end], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}

fn digest_of(keys: &Keys, phone: Option<&Address>, facts: &str, words: &str) -> [u8; 16] {
    let phone = phone.map(Address::expose).unwrap_or_default();
    keys.digest([phone, facts, words])
}

fn handed_in(
    connection: &Connection,
    key: &str,
    digest: &[u8; 16],
) -> Result<HandedIn, StoreError> {
    let known: Option<(i64, Vec<u8>)> = connection
        .prepare_cached("SELECT complaint_id, digest FROM lodging WHERE key = ?1")?
        .query_row(params![key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match known {
        None => HandedIn::New,
        Some((complaint, known)) if known == digest => HandedIn::Same(complaint),
        Some((complaint, _)) => HandedIn::Other(complaint),
    })
}

/// The cell that a sealed column of a row is sealed for.
pub(super) fn cell(row: i64, column: &'static str) -> Cell {
    Cell {
        table: "lodging",
        row,
        column,
    }
}
