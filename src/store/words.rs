//! What a complainant wrote: in the text that an entry of the history rests on, or, where it came by no text, in the entry itself.

use rusqlite::Row;

use super::complaint::event_words;
use super::keys::Cell;
use super::message;

/// The columns that [`sealed`] takes, in its order; of `event` with the `message` that it rests on.
pub(super) const COLUMNS: &str = "event.id, event.words, message.id, message.words";

/// The tables of these columns.
pub(super) const TABLES: &str = "event LEFT JOIN message ON message.id = event.message_id";

/// A sealed value with its cell.
pub(super) type Sealed = (Cell, Vec<u8>);

/// The words of a row that has [`COLUMNS`] from that one on; `None`: the entry has none.
pub(super) fn sealed(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Sealed>> {
    if let Some(own) = row.get(first + 1)? {
        return Ok(Some((event_words(row.get(first)?), own)));
    }
    let texted: Option<i64> = row.get(first + 2)?;
    let words: Option<Vec<u8>> = row.get(first + 3)?;
    Ok(texted
        .zip(words)
        .map(|(id, words)| (message::cell(id, "words"), words)))
}
