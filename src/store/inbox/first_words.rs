//! The words that opened a complaint, for a list.

use rusqlite::{OptionalExtension, params};

use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::words;

impl Reader<'_> {
    /// The words that opened a complaint. `None`: there are none, or they do not open; a damaged text must not hide the others of a
    /// list, and is logged.
    pub(super) fn first_words(&self, complaint_id: i64) -> Result<Option<String>, StoreError> {
        let sql = format!(
            "SELECT {} FROM {} WHERE event.complaint_id = ?1 AND event.kind = 'received' ORDER BY event.id LIMIT 1",
            words::COLUMNS,
            words::TABLES
        );
        let first = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params![complaint_id], |row| words::sealed(row, 0))
            .optional()?
            .flatten();
        Ok(first.and_then(|(cell, sealed)| {
            self.keys
                .open(cell, &sealed)
                .inspect_err(|error| tracing::error!(complaint_id, %error, "A complaint's first words cannot be shown"))
                .ok()
        }))
    }
}
