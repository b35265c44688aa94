//! Which complaints change: what was counted of the days in which they were lodged is to be counted again.
//!
//! SQLite tells of each row that the writer adds or changes, so that nobody who writes has to think of it; but not of tables without rowid:
//! what is counted of those is noted by who writes it. Rejected: triggers that do the
//! same. Each statement that fires one gets a journal of its own, and SQLite goes through the group's to cut it off behind it: two thousand
//! complaints in one transaction took seconds instead of half a one.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, params};

/// The complaints of the running group, by their rows.
#[derive(Clone, Default)]
pub(super) struct Changed(Arc<Mutex<BTreeSet<i64>>>);

impl Changed {
    /// Hears of all that this connection writes.
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let changed = Self::default();
        let hears = changed.clone();
        connection.update_hook(Some(move |_, _: &str, table: &str, row| {
            if table == "complaint" {
                hears.note(row);
            }
        }))?;
        Ok(changed)
    }

    /// Something that is counted of it changed and stands in another table.
    pub(super) fn note(&self, complaint_id: i64) {
        let mut changed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        changed.insert(complaint_id);
    }

    /// Writes that they changed. One whose adding was undone has no day.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let changed = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut note = connection.prepare_cached(
            "INSERT INTO lodged_day (county, day, changes) SELECT county, opened_at / 86400000, 1 FROM complaint WHERE id = ?1
             ON CONFLICT DO UPDATE SET changes = changes + 1",
        )?;
        for complaint_id in changed {
            note.execute(params![complaint_id])?;
        }
        Ok(())
    }
}
