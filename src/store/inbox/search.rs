//! Looks for words in the texts of complaints. They are sealed, so that each is opened and read, the newest complaint's first.

use rusqlite::params;

use super::{COLUMNS, Listed, PAGE, read};
use crate::complaint::{CountyId, OrganisationId};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::words;
use crate::text::normalise::Normalised;

/// So many texts are opened for one search: about a third of a second where a million complaints are stored.
pub const MOST_OPENED: usize = 2_000;

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The complaints, the newest first, a page at most.
    pub rows: Vec<Listed>,
    /// How many texts were read.
    pub opened: usize,
    /// Whether older complaints were not looked at: enough was read, or the page was full.
    pub stopped: bool,
}

/// All that an organisation has, and what it had last.
pub(super) const HELD: [&str; 2] = [
    "complaint c INDEXED BY complaint_of_holder WHERE c.holder = ?1 AND c.status <> 'closed'",
    "complaint c INDEXED BY complaint_closed WHERE c.holder = ?1 AND c.status = 'closed'",
];
/// All that is open in a county, and what is over.
pub(super) const OF_COUNTY: [&str; 2] = [
    "complaint c INDEXED BY complaint_of_county WHERE c.county = ?1 AND c.status <> 'closed'",
    "complaint c INDEXED BY complaint_closed_of_county WHERE c.county = ?1 AND c.status = 'closed'",
];

/// The newest of both, one more than can be opened, without what accuses the viewer, and without what is kept private:
/// that it has a word would be read without a trace. Each is cut before they are put together, so
/// that no more than twice as many are put in order.
pub(super) fn newest(of: [&str; 2]) -> String {
    let most = MOST_OPENED + 1;
    let cut = |of: &str| {
        format!("SELECT id FROM (SELECT c.id FROM {of} ORDER BY c.id DESC LIMIT {most})")
    };
    let [open, over] = of.map(cut);
    format!(
        "SELECT newest.id FROM (SELECT id FROM ({open} UNION ALL {over}) ORDER BY id DESC LIMIT {most}) newest
         WHERE NOT EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = newest.id AND a.organisation = ?2)
         AND NOT EXISTS (SELECT 1 FROM complaint private WHERE private.id = newest.id AND private.sensitive = 1)
         ORDER BY newest.id DESC"
    )
}

impl Reader<'_> {
    /// The complaints of an organisation with texts that have all these words, or words that begin so, however they are spelt.
    pub fn search_held(
        &self,
        organisation: &OrganisationId,
        words: &str,
    ) -> Result<Found, StoreError> {
        self.search(HELD, organisation.as_str(), organisation, words)
    }

    /// The same for all complaints of a county.
    pub fn search_county(
        &self,
        county: &CountyId,
        viewer: &OrganisationId,
        words: &str,
    ) -> Result<Found, StoreError> {
        self.search(OF_COUNTY, county.as_str(), viewer, words)
    }

    fn search(
        &self,
        of: [&str; 2],
        scope: &str,
        viewer: &OrganisationId,
        words: &str,
    ) -> Result<Found, StoreError> {
        let wanted = Wanted::new(words);
        let mut found = Found::default();
        if wanted.0.is_empty() {
            return Ok(found);
        }
        let mut statement = self.connection.prepare_cached(&newest(of))?;
        let ids =
            statement.query_map(params![scope, viewer.as_str()], |row| row.get::<_, i64>(0))?;
        for id in ids {
            if found.opened >= MOST_OPENED || found.rows.len() == PAGE {
                found.stopped = true;
                break;
            }
            let id = id?;
            if self.texts_have(id, &wanted, &mut found.opened)? {
                found.rows.push(self.listed(id)?);
            }
        }
        Ok(found)
    }

    /// Whether one of a complaint's texts has the words.
    fn texts_have(
        &self,
        complaint_id: i64,
        wanted: &Wanted,
        opened: &mut usize,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT {} FROM {} WHERE event.complaint_id = ?1 AND (event.message_id IS NOT NULL OR event.kind = 'received') ORDER BY event.id",
            words::COLUMNS,
            words::TABLES
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        for text in statement.query_map(params![complaint_id], |row| words::sealed(row, 0))? {
            let Some((cell, sealed)) = text? else {
                continue;
            };
            *opened += 1;
            // One that does not open has no words; the list says so where it is shown.
            let text = self.keys.open(cell, &sealed);
            if text.is_ok_and(|text| wanted.is_in(&text)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn listed(&self, id: i64) -> Result<Listed, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM complaint c WHERE c.id = ?1");
        let mut row = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params![id], read)??;
        row.words = self.first_words(id)?;
        Ok(row)
    }
}

/// What is looked for: beginnings of words, folded, each with the space before it.
struct Wanted(Vec<String>);

impl Wanted {
    fn new(words: &str) -> Self {
        let folded = Normalised::new(words);
        Self(
            folded
                .words()
                .map(|word| format!(" {}", word.text))
                .collect(),
        )
    }

    fn is_in(&self, text: &str) -> bool {
        let text = Normalised::new(text);
        self.0.iter().all(|word| text.padded().contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_beginnings_however_they_are_spelt() {
        let is_in = |words: &str, text: &str| Wanted::new(words).is_in(text);
        assert!(is_in("KISÍMA eldas", "Kisima cha Eldas kimeharibika"));
        assert!(is_in("bore", "The borehole is dry"));
        assert!(
            !is_in("hole", "The borehole is dry"),
            "the beginning of a word"
        );
        assert!(
            !is_in("borehole water", "The borehole is dry"),
            "all of them"
        );
        assert!(is_in("بئر", "البئر بئر جافة"));
    }
}
