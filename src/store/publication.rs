//! Months that are to be published: copied from the complaints as they stand, a few hundred at a time. What becomes of the copy:
//! `published.rs`.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::facts::LET_GO_AT;
use super::reader::Reader;
use super::time;
use super::tx::Tx;
use crate::complaint::CountyId;
use crate::reports::Period;

/// So many complaints are taken at once: texts come in between.
const STEP: u32 = 200;

/// A complaint's columns but for its deadlines, as they are copied.
const COPIED: &str = "place, sector, kind, channel, language, status, holder, closed_as, gender, age_group, sensitive, opened_at, returns, reopens,
     referred_at, accepted_at, accepted_late, acted_at, acted_late, resolved_at, resolved_late";

/// The next complaints of a county's month: after `?4`, `?5`, before `?6`, `?7` at most.
const NEXT: &str = "FROM complaint INDEXED BY complaint_counted
     WHERE county = ?3 AND (opened_at, id) > (?4, ?5) AND opened_at < ?6 ORDER BY opened_at, id LIMIT ?7";

/// One that is being copied.
#[derive(Clone, Debug)]
pub struct Unfinished {
    id: i64,
    county: CountyId,
    month: Period,
    taken_at: i64,
    /// The last complaint that was taken: when it was lodged, and its row.
    last: (i64, i64),
}

impl Unfinished {
    /// Of which county.
    pub fn county(&self) -> &CountyId {
        &self.county
    }

    /// Of which month.
    pub fn month(&self) -> Period {
        self.month
    }
}

impl Reader<'_> {
    /// When a county's first complaint was lodged; `None`: it has none. What is sensitive does not count: a month of nothing else would tell
    /// of it.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn first_lodged(&self, county: &CountyId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT min(opened_at) FROM complaint INDEXED BY complaint_counted WHERE county = ?1 AND sensitive = 0";
        let mut statement = self.connection.prepare_cached(sql)?;
        let first: Option<i64> = statement.query_row(params![county.as_str()], |row| row.get(0))?;
        Ok(first.map(time))
    }

    /// What was begun and is not whole; at most one at a time is.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn unfinished_publication(&self) -> Result<Option<Unfinished>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, county, month, taken_at, last_at, last_id FROM publication WHERE NOT is_whole ORDER BY id LIMIT 1",
        )?;
        let unfinished = statement.query_row([], |row| {
            let month = Period::from_word(row.get_ref(2)?.as_str()?);
            Ok(month.map(|month| -> rusqlite::Result<Unfinished> {
                Ok(Unfinished {
                    id: row.get(0)?,
                    county: CountyId::new(row.get_ref(1)?.as_str()?),
                    month,
                    taken_at: row.get(3)?,
                    last: (row.get(4)?, row.get(5)?),
                })
            }))
        });
        Ok(unfinished.optional()?.flatten().transpose()?)
    }
}

impl Tx<'_> {
    /// Begins to take a month's figures, as they are now. `begins_at`: when the month does, UTC milliseconds.
    ///
    /// # Errors
    /// SQLite's own; and where it was begun before.
    pub fn begin_publication(
        &mut self,
        county: &CountyId,
        month: &Period,
        begins_at: i64,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO publication (county, month, taken_at, last_at, last_id) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                county.as_str(),
                month.word(),
                self.now.timestamp_millis(),
                begins_at - 1,
                i64::MAX
            ])?;
        Ok(())
    }

    /// Copies the next complaints; with the last of them it is whole. `ends_at`: when its month does, UTC milliseconds.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn publish_some(&mut self, of: &Unfinished, ends_at: i64) -> Result<(), StoreError> {
        let next = params![
            of.id,
            of.taken_at,
            of.county.as_str(),
            of.last.0,
            of.last.1,
            ends_at,
            STEP
        ];
        let hops = format!(
            "INSERT INTO published_hop
             SELECT ?1, r.complaint_id, r.id, r.to_holder, r.at,
                    coalesce(lead(r.at) OVER (PARTITION BY r.complaint_id ORDER BY r.id), c.let_go_at, ?2)
             FROM (SELECT id, {LET_GO_AT} AS let_go_at {NEXT}) c
             CROSS JOIN referral r ON r.complaint_id = c.id AND r.at <= ?2"
        );
        self.connection.prepare_cached(&hops)?.execute(next)?;
        let far = i64::MAX;
        let ahead = |due: &str| format!("iif({due} < ?2, {due}, {far}) AS {due}");
        let dues = ["accept_due", "first_action_due", "resolve_due"].map(ahead);
        let complaints = format!(
            "INSERT INTO published_complaint (publication_id, id, {COPIED}, next_due, accept_due, first_action_due, resolve_due)
             SELECT ?1, id, {COPIED}, iif(status = 'closed' OR next_due < ?2, next_due, {far}), {} {NEXT}
             RETURNING opened_at, id",
            dues.join(", ")
        );
        let mut statement = self.connection.prepare_cached(&complaints)?;
        let mut taken = 0;
        let mut last = None;
        let mut rows = statement.query(next)?;
        while let Some(row) = rows.next()? {
            last = last.max(Some((row.get(0)?, row.get(1)?)));
            taken += 1;
        }
        let last = last.unwrap_or(of.last);
        let is_whole = taken < STEP;
        self.connection
            .prepare_cached(
                "UPDATE publication SET last_at = ?2, last_id = ?3, is_whole = ?4 WHERE id = ?1",
            )?
            .execute(params![of.id, last.0, last.1, is_whole])?;
        Ok(())
    }
}
