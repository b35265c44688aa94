//! Deadlines that passed: whose they are, and which steps were taken.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::error::StoreError;
use super::time;
use super::tx::Tx;
use crate::complaint::{CountyId, OrganisationId};
use crate::deadlines::Step;

/// Who has just acted, late as it was, hears nothing of what is overdue for so long.
const REST: TimeDelta = TimeDelta::days(1);

/// A complaint whose deadline passed, and who has it.
#[derive(Clone, Debug)]
pub struct Overdue {
    /// Its row.
    pub id: i64,
    /// Who has it.
    pub holder: OrganisationId,
    /// The deadline that passed.
    pub due: DateTime<Utc>,
    /// How many steps are behind, those that never come among them.
    pub behind: u32,
    /// Whether its clock stands still: then that it has done so for as long as it may.
    pub is_paused: bool,
}

/// So many steps are behind when the last one was taken: those of [`Step::ALL`].
const LAST_STEP: u32 = 4;

impl Tx<'_> {
    /// What the complaint's next deadline is has changed, or may have: reminders are counted from it. Those of a deadline that stays go
    /// on; after the last of them there is none.
    pub(super) fn remind_of_what_is_due(&mut self, complaint_id: i64) -> Result<(), StoreError> {
        let now = self.now.timestamp_millis();
        self.connection
            .prepare_cached(
                "UPDATE complaint SET
                     remind_at = CASE WHEN status IN ('resolved', 'closed') THEN NULL
                                      WHEN reminded_of = next_due AND reminders >= ?4 THEN NULL
                                      WHEN reminded_of = next_due AND remind_at IS NOT NULL THEN remind_at
                                      ELSE max(next_due, iif(next_due < ?2, ?3, next_due)) END,
                     reminders = iif(reminded_of = next_due, reminders, 0),
                     reminded_of = next_due
                 WHERE id = ?1",
            )?
            .execute(params![
                complaint_id,
                now,
                now + REST.num_milliseconds(),
                LAST_STEP
            ])?;
        Ok(())
    }

    /// Complaints of a county whose next step is due by now, the longest due first; twenty at most, so that no text waits long behind them.
    pub fn overdue(&self, county: &CountyId) -> Result<Vec<Overdue>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, holder, next_due, reminders, paused_at IS NOT NULL FROM complaint INDEXED BY complaint_to_remind
             WHERE county = ?1 AND remind_at IS NOT NULL AND remind_at <= ?2 ORDER BY remind_at, id LIMIT 20",
        )?;
        let rows = statement.query_map(
            params![county.as_str(), self.now.timestamp_millis()],
            |row| {
                Ok(Overdue {
                    id: row.get(0)?,
                    holder: OrganisationId::new(row.get::<_, String>(1)?),
                    due: time(row.get(2)?),
                    behind: row.get(3)?,
                    is_paused: row.get(4)?,
                })
            },
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes a step in a county, and says when the next one is due; `None`: it was the last. `false`: it was taken for this deadline and this
    /// holder before, who had the complaint once more meanwhile, and nothing is told again.
    pub fn take_step(
        &mut self,
        county: &CountyId,
        of: &Overdue,
        step: Step,
        next: Option<DateTime<Utc>>,
    ) -> Result<bool, StoreError> {
        let id = self.next_id();
        let taken = self
            .connection
            .prepare_cached(
                "INSERT INTO reminder (complaint_id, id, step, due_at, holder, at, county) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (complaint_id, due_at, holder, step) DO NOTHING",
            )?
            .execute(params![
                of.id,
                id,
                step.as_str(),
                of.due.timestamp_millis(),
                of.holder.as_str(),
                self.now.timestamp_millis(),
                county.as_str()
            ])?;
        self.connection
            .prepare_cached("UPDATE complaint SET remind_at = ?2, reminders = ?3 WHERE id = ?1")?
            .execute(params![
                of.id,
                next.map(|at| at.timestamp_millis()),
                step.number()
            ])?;
        Ok(taken > 0)
    }

    /// No step is due before then; `None`: none comes any more.
    pub fn put_off(&mut self, id: i64, until: Option<DateTime<Utc>>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET remind_at = ?2 WHERE id = ?1")?
            .execute(params![id, until.map(|at| at.timestamp_millis())])?;
        Ok(())
    }
}
