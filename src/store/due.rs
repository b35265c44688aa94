//! What will fall due, and what letters have not told yet: counted, for who minds the service. No number, no place, no word of it.

use rusqlite::{Row, params};

use chrono::{DateTime, Utc};

use super::error::StoreError;
use super::reader::Reader;
use super::telling::{ACCUSES_CONVENER, STILL_HOLDS, Telling};
use super::time;
use crate::complaint::{County, OrganisationId};
use crate::deadlines::Step;

/// So many complaints of a county are counted: more are told as more.
pub const MOST_DUE: u32 = 10_000;

/// How steps of a complaint are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowTold {
    /// With others, in the letter of the morning.
    WithOthers,
    /// At once and by itself: it is urgent.
    Alone,
    /// The same, and the convener, whom it accuses, has no part in it.
    BesideTheConvener,
}

/// Complaints alike, of which the next step is due.
#[derive(Clone, Debug)]
pub struct DueSteps {
    /// Who has them.
    pub holder: OrganisationId,
    /// How many steps are behind.
    pub behind: u32,
    /// Their deadline, where it was asked for and no step is behind.
    pub due: Option<DateTime<Utc>>,
    /// How they are told.
    pub told: HowTold,
    /// How many.
    pub count: u32,
}

/// Steps alike that were taken, hold, and that no letter has told the convener.
#[derive(Clone, Debug)]
pub struct UntoldSteps {
    /// Whose complaints.
    pub holder: OrganisationId,
    /// Which step.
    pub step: Step,
    /// Whether that organisation was not told either.
    pub holder_is_untold: bool,
}

/// How a step on complaint `c` is told; `?3` is the convener.
const TOLD: &str = "CASE WHEN {accuses} THEN 2 WHEN c.priority = 'urgent' THEN 1 ELSE 0 END";

/// A complaint `c` that the convener may know of, or all where `?4` says so.
const MAY_BE_COUNTED: &str = "(?4 OR NOT {accuses})";

fn written(sql: &str) -> String {
    sql.replace("{told}", TOLD)
        .replace("{may}", MAY_BE_COUNTED)
        .replace("{accuses}", ACCUSES_CONVENER)
}

impl Reader<'_> {
    /// Whose next step in a county is due before then, [`MOST_DUE`] at most. `with_deadlines`: those of which none was taken are told apart
    /// by their deadline. `all`: also what accuses the convener.
    pub fn due_steps(
        &self,
        county: &County,
        before: DateTime<Utc>,
        with_deadlines: bool,
        all: bool,
    ) -> Result<Vec<DueSteps>, StoreError> {
        let mut statement = self.connection.prepare_cached(&written(
            "SELECT holder, behind, due, told, count(*) FROM (
                 SELECT c.holder, c.reminders AS behind, iif(?5 AND c.reminders = 0, c.next_due, NULL) AS due, {told} AS told
                 FROM complaint c INDEXED BY complaint_to_remind
                 WHERE c.county = ?1 AND c.remind_at IS NOT NULL AND c.remind_at < ?2 AND c.paused_at IS NULL AND {may}
                 ORDER BY c.remind_at, c.id LIMIT ?6)
             GROUP BY holder, behind, due, told",
        ))?;
        let values = params![
            county.id.as_str(),
            before.timestamp_millis(),
            county.convener.as_str(),
            all,
            with_deadlines,
            MOST_DUE
        ];
        let rows = statement.query_map(values, |row| {
            Ok(DueSteps {
                holder: holder(row)?,
                behind: row.get(1)?,
                due: row.get::<_, Option<i64>>(2)?.map(time),
                told: match row.get::<_, u8>(3)? {
                    0 => HowTold::WithOthers,
                    1 => HowTold::Alone,
                    _ => HowTold::BesideTheConvener,
                },
                count: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Steps in a county that the next letters of the morning tell. An organisation's letter is written before the convener's: what the
    /// convener has had word of was told it, too.
    pub fn untold_steps(&self, county: &County) -> Result<Vec<UntoldSteps>, StoreError> {
        let told = self.mark(&county.id, Some(&county.convener), Telling::Word)?;
        let mut statement = self.connection.prepare_cached(&written(&format!(
            "SELECT r.holder, r.step, r.id > coalesce((SELECT up_to FROM told WHERE county = ?1 AND organisation = r.holder AND of = 'reminders'), 0)
             FROM reminder r INDEXED BY reminder_of_county CROSS JOIN complaint c ON c.id = r.complaint_id
             WHERE r.county = ?1 AND r.id > ?2 AND {STILL_HOLDS} AND {{told}} = 0
             GROUP BY 1, 2, 3"
        )))?;
        let mut rows = statement.query(params![
            county.id.as_str(),
            told.up_to,
            county.convener.as_str()
        ])?;
        let mut untold = Vec::new();
        while let Some(row) = rows.next()? {
            let step: String = row.get(1)?;
            untold.push(UntoldSteps {
                holder: holder(row)?,
                step: Step::from_word(&step).ok_or(StoreError::Unknown("reminder.step"))?,
                holder_is_untold: row.get(2)?,
            });
        }
        Ok(untold)
    }

    /// Whether there is something that was referred to an organisation in a county by a hop after that one, and that it has not accepted
    /// yet. `all`: also what accuses the convener.
    pub fn has_referrals_to_tell(
        &self,
        county: &County,
        holder: &OrganisationId,
        after: i64,
        all: bool,
    ) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&written(
                "SELECT EXISTS (SELECT 1 FROM complaint c INDEXED BY complaint_referred
                 WHERE c.holder = ?5 AND c.status = 'referred' AND c.county = ?1 AND {may}
                   AND ?2 < (SELECT max(id) FROM referral WHERE complaint_id = c.id))",
            ))?
            .query_row(
                params![
                    county.id.as_str(),
                    after,
                    county.convener.as_str(),
                    all,
                    holder.as_str()
                ],
                |row| row.get(0),
            )?)
    }
}

fn holder(row: &Row<'_>) -> rusqlite::Result<OrganisationId> {
    Ok(OrganisationId::new(row.get::<_, String>(0)?))
}
