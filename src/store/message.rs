//! Texts that came in.

use chrono::TimeDelta;
use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::keys::Cell;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{Address, LanguageId};

/// Whether a message id is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Never seen.
    New,
    /// Delivered before, the same in all that counts.
    Redelivered,
    /// Delivered before with another sender, line or words.
    Altered,
}

/// A text as it is kept.
pub struct NewMessage<'a> {
    /// The gateway's id.
    pub sid: &'a str,
    /// Tells it from others: see [`Tx::digest`].
    pub digest: [u8; 16],
    /// Who texted.
    pub phone_id: i64,
    /// The number of ours that was texted.
    pub line: &'a Address,
    /// The text.
    pub words: &'a str,
    /// The language that was recognised in it.
    pub language: Option<&'a LanguageId>,
    /// The media's addresses and types, as JSON.
    pub media: Option<&'a str>,
    /// What it was taken for.
    pub outcome: &'a str,
    /// The complaint that it opened, added to, answered for or asked for.
    pub complaint_id: Option<i64>,
    /// Why it gets no reply.
    pub silence: Option<&'a str>,
}

impl Tx<'_> {
    /// Equal for equal sender, line and words.
    pub fn digest(&self, from: &Address, line: &Address, words: &str) -> [u8; 16] {
        self.keys.digest([from.expose(), line.expose(), words])
    }

    /// Whether the text with that id was taken in before. There is one writer, so that nothing can come between this and
    /// [`Tx::add_message`]; the unique index stands behind it.
    pub fn claim_message(&self, sid: &str, digest: &[u8; 16]) -> Result<Claim, StoreError> {
        let known: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT digest FROM message WHERE sid = ?1")?
            .query_row(params![sid], |row| row.get(0))
            .optional()?;
        Ok(match known {
            None => Claim::New,
            Some(known) if known == digest => Claim::Redelivered,
            Some(_) => Claim::Altered,
        })
    }

    /// Keeps a text under the row `id`.
    pub fn add_message(&mut self, id: i64, new: &NewMessage<'_>) -> Result<(), StoreError> {
        let words = self.seal(cell(id, "words"), new.words)?;
        let media = new
            .media
            .map(|media| self.seal(cell(id, "media"), media))
            .transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO message (id, sid, digest, phone_id, line, words, media, received_at, outcome, complaint_id, silence)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                id,
                new.sid,
                new.digest,
                new.phone_id,
                new.line.expose(),
                words,
                media,
                self.now.timestamp_millis(),
                new.outcome,
                new.complaint_id,
                new.silence,
            ])?;
        self.tally_in(new.language);
        Ok(())
    }

    /// How many replies of the last ten minutes to this phone answer texts of that digest.
    pub fn replies_to_equal_texts(
        &self,
        phone_id: i64,
        digest: &[u8; 16],
    ) -> Result<u32, StoreError> {
        let since = self.now - TimeDelta::minutes(10);
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM outbox JOIN message ON message.id = outbox.message_id
                 WHERE outbox.phone_id = ?1 AND outbox.id >= ?2 AND outbox.created_at BETWEEN ?4 AND ?5 AND message.digest = ?3",
            )?
            .query_row(
                params![
                    phone_id,
                    super::ids::first_at(since),
                    digest,
                    since.timestamp_millis(),
                    self.now.timestamp_millis()
                ],
                |row| row.get(0),
            )?)
    }
}

/// What became of a text, for the page that shows what happens inside.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its row.
    pub id: i64,
    /// What it was taken for.
    pub outcome: String,
    /// Why it got no reply.
    pub silence: Option<String>,
    /// The complaint that it opened, added to, answered for or asked for.
    pub complaint_id: Option<i64>,
    /// When it was taken in, UTC milliseconds.
    pub received_at: i64,
    /// The text.
    pub words: String,
}

impl Reader<'_> {
    /// Whether the text with that id was taken in.
    pub fn is_taken(&self, sid: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE sid = ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![sid], |row| row.get(0))?)
    }

    /// The text with that id.
    pub fn message(&self, sid: &str) -> Result<Option<MessageRow>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT id, outcome, silence, complaint_id, received_at, words FROM message WHERE sid = ?1")?
            .query_row(params![sid], |row| {
                let words: Vec<u8> = row.get(5)?;
                Ok((
                    MessageRow {
                        id: row.get(0)?,
                        outcome: row.get(1)?,
                        silence: row.get(2)?,
                        complaint_id: row.get(3)?,
                        received_at: row.get(4)?,
                        words: String::new(),
                    },
                    words,
                ))
            })
            .optional()?;
        let Some((mut message, sealed)) = found else {
            return Ok(None);
        };
        message.words = self.keys.open(cell(message.id, "words"), &sealed)?;
        Ok(Some(message))
    }
}

/// The cell that a sealed column of a row is sealed for.
pub(super) fn cell(row: i64, column: &'static str) -> Cell {
    Cell {
        table: "message",
        row,
        column,
    }
}
