//! What was texted about a complaint, and how far each text came.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{READ, Spans};
use crate::store::error::StoreError;
use crate::store::outbox::words_of;
use crate::store::reader::Reader;
use crate::store::{TextState, time};

/// A text to the complainant.
#[derive(Clone, Debug)]
pub struct TextOut {
    /// Its row.
    pub id: i64,
    /// The words; `None`: they do not open.
    pub words: Option<String>,
    /// How many segments it is billed as.
    pub segments: u32,
    /// How far it came.
    pub state: TextState,
    /// What went wrong, for people.
    pub why: Option<String>,
    /// When it was owed.
    pub created_at: DateTime<Utc>,
    /// Not before then.
    pub due_at: DateTime<Utc>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
    /// Whether it tells of news, and answers no text, for the first time: what is sent anew tells nothing that was not told before.
    pub notice: bool,
}

impl Reader<'_> {
    /// The newest texts about a complaint in these spans, the oldest first.
    pub(super) fn texts_out(
        &self,
        complaint_id: i64,
        spans: &Spans,
    ) -> Result<Vec<TextOut>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, words, segments, state, why, created_at, due_at, changed_at, notice = 1 AND retry_of IS NULL
             FROM outbox WHERE complaint_id = ?1 AND id BETWEEN ?2 AND ?3 ORDER BY id DESC LIMIT ?4",
        )?;
        let mut texts = Vec::new();
        for (from, to) in spans {
            let rows = statement.query_map(params![complaint_id, from, to, READ], |row| {
                let (id, sealed, state): (i64, Vec<u8>, String) =
                    (row.get(0)?, row.get(1)?, row.get(3)?);
                let Some(state) = TextState::from_word(&state) else {
                    return Ok(Err(StoreError::Unknown("outbox.state")));
                };
                Ok(Ok(TextOut {
                    id,
                    words: self.keys.open(words_of(id), &sealed).ok(),
                    segments: row.get(2)?,
                    state,
                    why: row.get(4)?,
                    created_at: time(row.get(5)?),
                    due_at: time(row.get(6)?),
                    changed_at: time(row.get(7)?),
                    notice: row.get(8)?,
                }))
            })?;
            texts.extend(rows.collect::<Result<Result<Vec<_>, StoreError>, rusqlite::Error>>()??);
        }
        texts.sort_by_key(|text| text.id);
        Ok(texts)
    }
}
