//! Texts of which nobody knows whether they left: what a look for them in the gateway's list needs.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::words_of;
use crate::complaint::Address;
use crate::store::error::StoreError;
use crate::store::phone::Phone;
use crate::store::reader::Reader;
use crate::store::time;
use crate::store::tx::Tx;

/// So many are looked for at once; after a restore there may be more, whose turn comes later.
const MOST: usize = 1000;

/// A text in doubt.
#[derive(Clone)]
pub struct DoubtedText {
    /// Its row.
    pub id: i64,
    /// To whom it was to go.
    pub to: Address,
    /// The number of ours that it was to leave from.
    pub line: Address,
    /// The words.
    pub words: String,
    /// When it was owed: it was handed over no earlier.
    pub created_at: DateTime<Utc>,
    /// When it came to be in doubt: it was handed over no later.
    pub doubted_at: DateTime<Utc>,
}

impl Reader<'_> {
    /// The newest texts that are in doubt since `since` or later. One that does not open is in doubt for ever.
    pub fn texts_in_doubt(&self, since: DateTime<Utc>) -> Result<Vec<DoubtedText>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.id, o.line, o.words, o.created_at, o.changed_at, o.phone_id, p.address
             FROM outbox o JOIN phone p ON p.id = o.phone_id
             WHERE o.state = 'uncertain' AND o.changed_at >= ?1 ORDER BY o.id DESC",
        )?;
        let mut rows = statement.query(params![since.timestamp_millis()])?;
        let mut texts = Vec::new();
        while texts.len() < MOST
            && let Some(row) = rows.next()?
        {
            let (id, words, phone_id, address): (i64, Vec<u8>, i64, Vec<u8>) =
                (row.get(0)?, row.get(2)?, row.get(5)?, row.get(6)?);
            let words = self.keys.open(words_of(id), &words);
            let address = self.keys.open(Phone::cell(phone_id), &address);
            if let (Ok(words), Ok(address)) = (words, address) {
                texts.push(DoubtedText {
                    id,
                    to: Address::new(&address),
                    line: Address::new(&row.get::<_, String>(1)?),
                    words,
                    created_at: time(row.get(3)?),
                    doubted_at: time(row.get(4)?),
                });
            }
        }
        Ok(texts)
    }

    /// Whether the gateway's id is known to be one of our texts'.
    pub fn is_a_text_of_ours(&self, sid: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE sid = ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![sid], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Whether another text in the same words, to the same phone and from the same number, is on the wire or in doubt: then a
    /// text that the gateway has may be either.
    pub fn has_twin(&self, id: i64) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.id, o.words, it.words FROM outbox it JOIN outbox o ON o.phone_id = it.phone_id AND o.line = it.line
             WHERE it.id = ?1 AND o.id <> ?1 AND o.state IN ('sending', 'uncertain')",
        )?;
        let mut rows = statement.query(params![id])?;
        while let Some(row) = rows.next()? {
            let (other, its, ours): (i64, Vec<u8>, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            // One that does not open may be a twin too.
            let Ok(its) = self.keys.open(words_of(other), &its) else {
                return Ok(true);
            };
            if its == self.keys.open(words_of(id), &ours)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
