//! What came by no text: a form, or a row of a file, handed in once, whatever is sent twice.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::keys::{Cell, Keys};
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{Address, TrackingNumber};
use crate::text::hex::hex;

/// The key of a row of a file begins so; it goes on with the import's name, a colon, and the row's id there.
pub const IMPORT: &str = "import:";
/// In the place of an id: here begins a digest of all that stands in the row.
pub const BY_CONTENT: char = '=';
/// The same as it is kept: here begins what the key file makes of that digest.
const KEYED: char = '~';
/// In `meta`, once no digest without a key is kept any more.
const ROWS_KEYED: &str = "rows_keyed";

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
        handed_in(self.connection, self.keys, key, digest)
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
            .execute(params![
                complaint_id,
                kept(self.keys, new.key),
                new.digest,
                name,
                brought_by
            ])?;
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
        handed_in(self.connection, self.keys, key, &digest)
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
    keys: &Keys,
    key: &str,
    digest: &[u8; 16],
) -> Result<HandedIn, StoreError> {
    // As it is handed in it is kept where no jibu of this version has opened the database for writing yet.
    let known: Option<(i64, Vec<u8>)> = connection
        .prepare_cached("SELECT complaint_id, digest FROM lodging WHERE key IN (?1, ?2)")?
        .query_row(params![kept(keys, key), key], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(match known {
        None => HandedIn::New,
        Some((complaint, known)) if known == digest => HandedIn::Same(complaint),
        Some((complaint, _)) => HandedIn::Other(complaint),
    })
}

/// A key as it is kept: of a row that is known by its content nothing can be guessed by it.
fn kept<'a>(keys: &Keys, key: &'a str) -> Cow<'a, str> {
    let row = key.strip_prefix(IMPORT).and_then(|row| row.split_once(':'));
    match row {
        Some((name, content)) if content.starts_with(BY_CONTENT) => {
            Cow::Owned(format!("{IMPORT}{name}:{KEYED}{}", hex(&keys.row(content))))
        }
        _ => Cow::Borrowed(key),
    }
}

/// Once: earlier versions kept the digests of rows as they are, and who had the database and no keys could try what stood in a row.
pub(super) fn key_rows(connection: &mut Connection, keys: &Keys) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let done = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = ?1)";
    if transaction.query_row(done, [ROWS_KEYED], |row| row.get(0))? {
        return Ok(());
    }
    {
        let open = format!("{IMPORT}*:{BY_CONTENT}*");
        let mut found =
            transaction.prepare("SELECT complaint_id, key FROM lodging WHERE key GLOB ?1")?;
        let found = found
            .query_map([open], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut keep =
            transaction.prepare("UPDATE lodging SET key = ?2 WHERE complaint_id = ?1")?;
        for (complaint, key) in found {
            keep.execute(params![complaint, kept(keys, &key)])?;
        }
    }
    transaction.execute(
        "INSERT INTO meta (key, value) VALUES (?1, x'01')",
        [ROWS_KEYED],
    )?;
    transaction.commit()
}

/// The cell that a sealed column of a row is sealed for.
pub(super) fn cell(row: i64, column: &'static str) -> Cell {
    Cell {
        table: "lodging",
        row,
        column,
    }
}
