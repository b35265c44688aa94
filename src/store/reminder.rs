//! Deadlines that passed: whose they are, and which steps were taken.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::error::StoreError;
use super::time;
use super::tx::Tx;
use crate::complaint::{CountyId, OrganisationId, TrackingNumber};
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
    /// How many steps were taken since.
    pub taken: u32,
}

/// A step that was taken and is still to be told.
#[derive(Clone, Debug)]
pub struct Reminded {
    /// The complaint.
    pub complaint_id: i64,
    /// Its place among the complaint's reminders.
    pub id: i64,
    /// Its number.
    pub number: TrackingNumber,
    /// Which step.
    pub step: Step,
    /// The deadline that passed.
    pub due: DateTime<Utc>,
    /// Who had it then.
    pub holder: OrganisationId,
}

impl Tx<'_> {
    /// What the complaint's next deadline is has changed, or may have: reminders are counted from it. Those of a deadline that stays go
    /// on.
    pub(super) fn remind_of_what_is_due(&mut self, complaint_id: i64) -> Result<(), StoreError> {
        let now = self.now.timestamp_millis();
        self.connection
            .prepare_cached(
                "UPDATE complaint SET
                     remind_at = CASE WHEN status IN ('resolved', 'closed') THEN NULL
                                      WHEN reminded_of = next_due AND remind_at IS NOT NULL THEN remind_at
                                      ELSE max(next_due, iif(next_due < ?2, ?3, next_due)) END,
                     reminders = iif(reminded_of = next_due, reminders, 0),
                     reminded_of = next_due
                 WHERE id = ?1",
            )?
            .execute(params![
                complaint_id,
                now,
                now + REST.num_milliseconds()
            ])?;
        Ok(())
    }

    /// Complaints of a county whose next step is due by now, the longest due first; a hundred at most.
    pub fn overdue(&self, county: &CountyId) -> Result<Vec<Overdue>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, holder, next_due, reminders FROM complaint INDEXED BY complaint_to_remind
             WHERE county = ?1 AND remind_at IS NOT NULL AND remind_at <= ?2 ORDER BY remind_at, id LIMIT 100",
        )?;
        let rows = statement.query_map(
            params![county.as_str(), self.now.timestamp_millis()],
            |row| {
                Ok(Overdue {
                    id: row.get(0)?,
                    holder: OrganisationId::new(row.get::<_, String>(1)?),
                    due: time(row.get(2)?),
                    taken: row.get(3)?,
                })
            },
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes a step, and says when the next one is due; `None`: it was the last.
    pub fn take_step(
        &mut self,
        of: &Overdue,
        step: Step,
        next: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let id = self.next_id();
        self.connection
            .prepare_cached(
                "INSERT INTO reminder (complaint_id, id, step, due_at, holder, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (complaint_id, due_at, holder, step) DO NOTHING",
            )?
            .execute(params![
                of.id,
                id,
                step.as_str(),
                of.due.timestamp_millis(),
                of.holder.as_str(),
                self.now.timestamp_millis()
            ])?;
        self.connection
            .prepare_cached("UPDATE complaint SET remind_at = ?2, reminders = ?3 WHERE id = ?1")?
            .execute(params![
                of.id,
                next.map(|at| at.timestamp_millis()),
                of.taken + 1
            ])?;
        Ok(())
    }

    /// Steps that are still to be told, a hundred at most, those of one organisation after the other. Those that were overtaken, for the
    /// complaint has moved on since, are told nobody.
    pub fn untold_steps(&mut self) -> Result<Vec<Reminded>, StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE reminder SET told_at = ?1 WHERE told_at IS NULL AND EXISTS (
                     SELECT 1 FROM complaint c WHERE c.id = reminder.complaint_id
                     AND (c.next_due <> reminder.due_at OR c.holder <> reminder.holder OR c.status IN ('resolved', 'closed')))",
            )?
            .execute(params![self.now.timestamp_millis()])?;
        let mut statement = self.connection.prepare_cached(
            "SELECT r.complaint_id, r.id, c.number, r.step, r.due_at, r.holder
             FROM reminder r INDEXED BY reminder_untold JOIN complaint c ON c.id = r.complaint_id
             WHERE r.told_at IS NULL ORDER BY r.holder, r.id LIMIT 100",
        )?;
        let rows = statement.query_map([], |row| {
            let step: String = row.get(3)?;
            Ok((
                Step::from_word(&step),
                (
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, i64>(2)?,
                    row.get(4)?,
                    row.get::<_, String>(5)?,
                ),
            ))
        })?;
        let mut steps = Vec::new();
        for row in rows {
            let (step, (complaint_id, id, number, due, holder)) = row?;
            steps.push(Reminded {
                complaint_id,
                id,
                number: TrackingNumber::from_value(number.cast_unsigned()),
                step: step.ok_or(StoreError::Unknown("reminder.step"))?,
                due: time(due),
                holder: OrganisationId::new(holder),
            });
        }
        Ok(steps)
    }
}
