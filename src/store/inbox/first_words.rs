//! The words that opened a complaint, for a list.

use rusqlite::{OptionalExtension, params};

use crate::store::error::StoreError;
use crate::store::message;
use crate::store::reader::Reader;

impl Reader<'_> {
    /// The words that opened a complaint. `None`: there are none, or they do not open; a damaged text must not hide the others of a
    /// list, and is logged.
    pub(super) fn first_words(&self, complaint_id: i64) -> Result<Option<String>, StoreError> {
        let first: Option<(i64, Vec<u8>)> = self
            .connection
            .prepare_cached(message::FIRST_WORDS)?
            .query_row(params![complaint_id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(first.and_then(|(id, sealed)| {
            self.keys
                .open(message::cell(id, "words"), &sealed)
                .inspect_err(|error| tracing::error!(complaint_id, %error, "A complaint's first words cannot be shown"))
                .ok()
        }))
    }
}
