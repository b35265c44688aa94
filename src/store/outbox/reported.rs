//! What the gateway's status reports say of a text: they find its row and move it up.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::TextState;
use crate::complaint::Delivery;
use crate::store::error::StoreError;
use crate::store::time;
use crate::store::tx::Tx;

/// The row that a status report is about.
#[derive(Clone, Debug)]
pub struct ReportedText {
    /// Its row.
    pub id: i64,
    /// Whose phone.
    pub phone_id: i64,
    /// Whether the phone may no longer be texted.
    pub stopped: bool,
    /// The gateway's last word on it.
    pub delivery: Option<Delivery>,
    /// The gateway's id of it, once known.
    pub sid: Option<String>,
    /// The row that this one repeats.
    pub retry_of: Option<i64>,
    /// The complaint that it is about.
    pub complaint_id: Option<i64>,
    /// Whether it tells of news on that.
    pub notice: bool,
    /// When it was due: by then its words were those of how things stood.
    pub due_at: DateTime<Utc>,
}

impl Tx<'_> {
    /// The row that a report is about: by the outbox id of its query, else by the gateway's id.
    pub fn find_text(
        &self,
        id: Option<i64>,
        sid: &str,
    ) -> Result<Option<ReportedText>, StoreError> {
        const WHAT: &str =
            "SELECT o.id, o.phone_id, p.stopped_at IS NOT NULL, o.delivery, o.sid, o.retry_of, o.complaint_id, o.notice, o.due_at
                            FROM outbox o JOIN phone p ON p.id = o.phone_id";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(ReportedText {
                id: row.get(0)?,
                phone_id: row.get(1)?,
                stopped: row.get(2)?,
                delivery: row
                    .get::<_, Option<String>>(3)?
                    .as_deref()
                    .and_then(Delivery::from_word),
                sid: row.get(4)?,
                retry_of: row.get(5)?,
                complaint_id: row.get(6)?,
                notice: row.get(7)?,
                due_at: time(row.get(8)?),
            })
        };
        let found = match id {
            Some(id) => {
                let sql = format!("{WHAT} WHERE o.id = ?1");
                self.connection
                    .prepare_cached(&sql)?
                    .query_row(params![id], read)
            }
            None => {
                let sql = format!("{WHAT} WHERE o.sid = ?1");
                self.connection
                    .prepare_cached(&sql)?
                    .query_row(params![sid], read)
            }
        };
        Ok(found.optional()?)
    }

    /// How often the text of a row was tried before it, as rows of their own.
    pub fn tries_before(&self, row: &ReportedText) -> Result<usize, StoreError> {
        let mut tries = 0;
        let mut before = row.retry_of;
        let mut statement = self
            .connection
            .prepare_cached("SELECT retry_of FROM outbox WHERE id = ?1")?;
        while let Some(id) = before {
            tries += 1;
            before = statement.query_row(params![id], |row| row.get(0))?;
        }
        Ok(tries)
    }

    /// Moves a row up to the gateway's word. The caller has compared the ranks.
    pub fn advance_text(
        &mut self,
        id: i64,
        sid: &str,
        delivery: Delivery,
        code: Option<u32>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE outbox SET state = ?2, delivery = ?3, code = ?4, sid = ?5, why = NULL, changed_at = ?6 WHERE id = ?1",
            )?
            .execute(params![
                id,
                TextState::from(delivery).as_str(),
                delivery.as_str(),
                code,
                sid,
                self.now.timestamp_millis()
            ])?;
        match TextState::from(delivery) {
            TextState::Delivered => self.note_arrival(id, true),
            TextState::Failed => self.note_arrival(id, false),
            _ => Ok(()),
        }
    }
}
