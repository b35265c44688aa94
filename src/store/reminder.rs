//! Deadlines that passed: whose they are, and which steps were taken.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::error::StoreError;
use super::reader::Reader;
use super::time;
use super::tx::Tx;
use crate::complaint::{
    County, CountyId, OrganisationId, PlaceId, SectorId, Status, TrackingNumber,
};
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

/// A complaint as a letter names it.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its number.
    pub number: TrackingNumber,
    /// When its next thing is due, or was.
    pub due: DateTime<Utc>,
    /// Who has it.
    pub holder: OrganisationId,
    /// Where it stands: what is asked next.
    pub status: Status,
    /// Where it is, if known.
    pub place: Option<PlaceId>,
    /// On what, if known.
    pub sector: Option<SectorId>,
    /// Whether it takes the track of its own.
    pub sensitive: bool,
    /// Whether it accuses its county's convener, who hears nothing of it.
    pub accuses_convener: bool,
}

/// A step that was taken and still holds.
#[derive(Clone, Debug)]
pub struct Reminded {
    /// Its id: later ones have greater ones.
    pub id: i64,
    /// Which step.
    pub step: Step,
    /// Of which complaint.
    pub complaint: Named,
}

/// What letters tell, each kind up to a step of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// An organisation's own reminders, in the morning.
    Reminders,
    /// The convener's word of all reminders of its county, in the morning.
    Word,
    /// What is told at once, and by itself.
    Alone,
    /// What was referred to an organisation.
    Referrals,
}

impl Telling {
    fn as_str(self) -> &'static str {
        match self {
            Self::Reminders => "reminders",
            Self::Word => "word",
            Self::Alone => "alone",
            Self::Referrals => "referrals",
        }
    }
}

/// So many steps are behind when the last one was taken: those of [`Step::ALL`].
const LAST_STEP: u32 = 4;

/// Steps that are told alone, read at once.
pub const MOST_ALONE: usize = 50;

/// The columns that [`named`] reads, and behind them [`ACCUSES_CONVENER`].
const NAMED: &str = "c.number, c.next_due, c.holder, c.status, c.place, c.sector, c.sensitive";

/// What is told at once and by itself: what is urgent, and what the convener has no part in.
const IS_ALONE: &str = "(c.priority = 'urgent' OR EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?3))";

/// Whether complaint `c` accuses the convener, who is `?3`.
pub(super) const ACCUSES_CONVENER: &str =
    "EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?3)";

/// The newest step of each complaint, where nothing has happened since.
pub(super) const STILL_HOLDS: &str = "c.next_due = r.due_at AND c.holder = r.holder AND c.paused_at IS NULL AND c.status NOT IN ('resolved', 'closed')
     AND NOT EXISTS (SELECT 1 FROM reminder later WHERE later.complaint_id = r.complaint_id AND later.id > r.id)";

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

    /// Letters of a kind have told up to that step.
    pub fn have_told(
        &mut self,
        county: &CountyId,
        organisation: Option<&OrganisationId>,
        telling: Telling,
        up_to: i64,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO told (county, organisation, of, up_to) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (county, organisation, of) DO UPDATE SET up_to = excluded.up_to",
            )?
            .execute(params![
                county.as_str(),
                organisation.map_or("", OrganisationId::as_str),
                telling.as_str(),
                up_to
            ])?;
        Ok(())
    }

    /// The latest step that was taken in a county, whatever became of it; 0: none was.
    pub fn last_step(&self, county: &CountyId) -> Result<i64, StoreError> {
        let last: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(id) FROM reminder WHERE county = ?1")?
            .query_row(params![county.as_str()], |row| row.get(0))?;
        Ok(last.unwrap_or_default())
    }

    /// What an organisation is to be reminded of in a county and was not told up to `after`, but for what is told alone; the longest due first.
    pub fn reminders_of(
        &self,
        county: &County,
        holder: &OrganisationId,
        after: i64,
    ) -> Result<Vec<Reminded>, StoreError> {
        self.reminded(
            &format!("r.county = ?1 AND r.id > ?2 AND r.holder = ?4 AND r.step IN ('first', 'second') AND NOT {IS_ALONE} ORDER BY r.due_at, r.id"),
            "reminder_of_holder",
            params![county.id.as_str(), after, county.convener.as_str(), holder.as_str()],
        )
    }

    /// What the convener is to have word of, the same.
    pub fn reminders_in(&self, county: &County, after: i64) -> Result<Vec<Reminded>, StoreError> {
        self.reminded(
            &format!("r.county = ?1 AND r.id > ?2 AND NOT {IS_ALONE} ORDER BY r.due_at, r.id"),
            "reminder_of_county",
            params![county.id.as_str(), after, county.convener.as_str()],
        )
    }

    /// What is to be told alone, in the order in which it happened; [`MOST_ALONE`] at most.
    pub fn reminders_alone(
        &self,
        county: &County,
        after: i64,
    ) -> Result<Vec<Reminded>, StoreError> {
        self.reminded(
            &format!("r.county = ?1 AND r.id > ?2 AND {IS_ALONE} ORDER BY r.id LIMIT {MOST_ALONE}"),
            "reminder_of_county",
            params![county.id.as_str(), after, county.convener.as_str()],
        )
    }

    fn reminded(
        &self,
        which: &str,
        index: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<Reminded>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {NAMED}, {ACCUSES_CONVENER}, r.id, r.step
             FROM reminder r INDEXED BY {index} CROSS JOIN complaint c ON c.id = r.complaint_id
             WHERE {STILL_HOLDS} AND {which}"
        ))?;
        let mut rows = statement.query(values)?;
        let mut reminded = Vec::new();
        while let Some(row) = rows.next()? {
            let step: String = row.get(9)?;
            reminded.push(Reminded {
                id: row.get(8)?,
                step: Step::from_word(&step).ok_or(StoreError::Unknown("reminder.step"))?,
                complaint: named(row)?,
            });
        }
        Ok(reminded)
    }

    /// What was referred to an organisation in a county by a hop after that one, and it has not accepted yet; each with the hop, the longest
    /// due first.
    pub fn referred_to(
        &self,
        county: &County,
        holder: &OrganisationId,
        after: i64,
    ) -> Result<Vec<(i64, Named)>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {NAMED}, {ACCUSES_CONVENER}, r.id FROM complaint c INDEXED BY complaint_referred
             JOIN referral r ON r.complaint_id = c.id AND r.id = (SELECT max(id) FROM referral WHERE complaint_id = c.id)
             WHERE c.holder = ?4 AND c.status = 'referred' AND c.county = ?1 AND r.id > ?2 ORDER BY c.next_due, c.id"
        ))?;
        let mut rows = statement.query(params![
            county.id.as_str(),
            after,
            county.convener.as_str(),
            holder.as_str()
        ])?;
        let mut referred = Vec::new();
        while let Some(row) = rows.next()? {
            referred.push((row.get(8)?, named(row)?));
        }
        Ok(referred)
    }
}

impl Reader<'_> {
    /// Up to which step letters of a kind have told; `None` for the organisation: those to several.
    pub fn told_up_to(
        &self,
        county: &CountyId,
        organisation: Option<&OrganisationId>,
        telling: Telling,
    ) -> Result<i64, StoreError> {
        let values = params![
            county.as_str(),
            organisation.map_or("", OrganisationId::as_str),
            telling.as_str()
        ];
        let told = self
            .connection
            .prepare_cached(
                "SELECT up_to FROM told WHERE county = ?1 AND organisation = ?2 AND of = ?3",
            )?
            .query_row(values, |row| row.get(0))
            .optional()?;
        Ok(told.unwrap_or_default())
    }
}

fn named(row: &Row<'_>) -> Result<Named, StoreError> {
    let status: String = row.get(3)?;
    Ok(Named {
        number: TrackingNumber::from_value(row.get::<_, i64>(0)?.cast_unsigned()),
        due: time(row.get(1)?),
        holder: OrganisationId::new(row.get::<_, String>(2)?),
        status: Status::from_word(&status).ok_or(StoreError::Unknown("complaint.status"))?,
        place: row.get::<_, Option<String>>(4)?.map(PlaceId::new),
        sector: row.get::<_, Option<String>>(5)?.map(SectorId::new),
        sensitive: row.get(6)?,
        accuses_convener: row.get(7)?,
    })
}
