//! The history of a complaint, as far as somebody sees it.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::{MOST_ENTRIES, Spans};
use crate::complaint::OrganisationId;
use crate::store::complaint::event_words;
use crate::store::error::StoreError;
use crate::store::keys::Cell;
use crate::store::message;
use crate::store::reader::Reader;
use crate::store::time;

/// An entry of the history.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the history.
    pub id: i64,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened, as `schema.sql` lists them: `received`, `accepted`, `updated`.
    pub kind: String,
    /// Who: `complainant`, `rules`, `person`, `clock`.
    pub actor: String,
    /// The name of the person of the console.
    pub person: Option<String>,
    /// Their organisation at that time.
    pub organisation: Option<OrganisationId>,
    /// What was written: the complainant's text, or the person's words.
    pub words: Option<String>,
    /// Whether there are words that do not open.
    pub is_damaged: bool,
    /// The MIME types of what came with a text.
    pub media: Vec<String>,
    /// Of a verdict, which; of a closing, as what.
    pub detail: Option<String>,
}

/// Newest first, before one; the first entry of all has the words that opened the complaint. Words that turned out to be about another
/// are there, and not here any more.
const SQL: &str = "SELECT e.id, e.at, e.kind, e.actor, p.name, e.organisation, e.words, e.detail, m.id, m.words, m.media
     FROM event e LEFT JOIN person p ON p.id = e.person_id LEFT JOIN message m ON m.id = e.message_id AND m.complaint_id = e.complaint_id
     WHERE e.complaint_id = ?1 AND e.id < ?2 ORDER BY e.id DESC";
/// What opened it.
const FIRST: &str = "SELECT e.id, e.at, e.kind, e.actor, p.name, e.organisation, e.words, e.detail, m.id, m.words, m.media
     FROM event e LEFT JOIN person p ON p.id = e.person_id LEFT JOIN message m ON m.id = e.message_id
     WHERE e.complaint_id = ?1 ORDER BY e.id LIMIT 1";

impl Reader<'_> {
    /// What opened a complaint, and the newest entries in these spans before one; and whether there are more in between. What colleagues
    /// of another organisation noted is not there.
    pub(super) fn entries(
        &self,
        complaint_id: i64,
        viewer: &OrganisationId,
        spans: &Spans,
        before: Option<i64>,
    ) -> Result<(Vec<Entry>, bool), StoreError> {
        let mut statement = self.connection.prepare_cached(FIRST)?;
        let first = statement.query_row(params![complaint_id], |row| Ok(self.entry(row)))??;
        let sees = |entry: &Entry| {
            let in_span = spans
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&entry.id));
            let is_theirs = entry.kind != "noted" || entry.organisation.as_ref() == Some(viewer);
            in_span && is_theirs && entry.id != first.id
        };
        let mut statement = self.connection.prepare_cached(SQL)?;
        let before = before.unwrap_or(i64::MAX);
        let rows = statement.query_map(params![complaint_id, before], |row| Ok(self.entry(row)))?;
        let mut entries = Vec::new();
        let mut is_cut = false;
        for row in rows {
            let entry = row??;
            if sees(&entry) && entries.len() < MOST_ENTRIES {
                entries.push(entry);
            } else if sees(&entry) {
                is_cut = true;
                break;
            }
        }
        entries.push(first);
        entries.reverse();
        Ok((entries, is_cut))
    }

    fn entry(&self, row: &Row<'_>) -> Result<Entry, StoreError> {
        let id = row.get(0)?;
        let message: Option<i64> = row.get(8)?;
        let own = row
            .get::<_, Option<Vec<u8>>>(6)?
            .map(|sealed| (event_words(id), sealed));
        let of_message = |column, name| -> Result<Option<(Cell, Vec<u8>)>, StoreError> {
            let sealed: Option<Vec<u8>> = row.get(column)?;
            Ok(message
                .zip(sealed)
                .map(|(id, sealed)| (message::cell(id, name), sealed)))
        };
        let sealed = match own {
            Some(own) => Some(own),
            None => of_message(9, "words")?,
        };
        let opened = sealed.map(|(cell, sealed)| self.keys.open(cell, &sealed));
        let is_damaged = matches!(opened, Some(Err(_)));
        if let Some(Err(error)) = &opened {
            tracing::error!(%error, entry = id, "Words of a history cannot be shown");
        }
        let media =
            of_message(10, "media")?.and_then(|(cell, sealed)| self.keys.open(cell, &sealed).ok());
        Ok(Entry {
            id,
            at: time(row.get(1)?),
            kind: row.get(2)?,
            actor: row.get(3)?,
            person: row.get(4)?,
            organisation: row.get::<_, Option<String>>(5)?.map(OrganisationId::new),
            words: opened.and_then(Result::ok),
            is_damaged,
            media: media.as_deref().map(types_of).unwrap_or_default(),
            detail: row.get(7)?,
        })
    }
}

/// The MIME types in the kept list of media.
fn types_of(media: &str) -> Vec<String> {
    let list: Vec<serde_json::Value> = serde_json::from_str(media).unwrap_or_default();
    let types = list.iter().filter_map(|one| one.get("type")?.as_str());
    types.map(str::to_owned).collect()
}
