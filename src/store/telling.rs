//! What letters are to tell, and how far they have told.
//!
//! Letters are composed from what a reader saw, so that no text waits while ten thousand reminders are read. The short transaction that
//! puts one into the outbox moves its mark only from where it was read, and asks again for each complaint that it names.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::error::StoreError;
use super::reader::Reader;
use super::time;
use super::tx::Tx;
use crate::complaint::{
    County, CountyId, OrganisationId, PlaceId, SectorId, Status, TrackingNumber,
};
use crate::deadlines::Step;

/// A complaint as a letter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Whether it cannot wait until the morning.
    pub urgent: bool,
}

/// A step that was taken and still holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// Its id: later ones have greater ones.
    pub id: i64,
    /// Which step.
    pub step: Step,
    /// Of which complaint.
    pub complaint: Named,
}

/// A complaint that was referred to an organisation, which has not accepted it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referred {
    /// The hop's id: later ones have greater ones.
    pub hop: i64,
    /// Which complaint.
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

/// How far letters of a kind have told.
#[derive(Clone, Debug)]
pub struct Mark {
    county: CountyId,
    organisation: Option<OrganisationId>,
    telling: Telling,
    /// The last step or hop that was told; 0: none was.
    pub up_to: i64,
}

/// Steps that are told alone, read at once: each is up to three letters, and all of them one transaction.
pub const MOST_ALONE: usize = 10;

/// The columns that [`named`] reads, and behind them [`ACCUSES_CONVENER`].
const NAMED: &str = "c.number, c.next_due, c.holder, c.status, c.place, c.sector, c.sensitive, c.priority = 'urgent'";

/// What is told at once and by itself: what is urgent, and what the convener has no part in.
const IS_ALONE: &str = "(c.priority = 'urgent' OR EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?3))";

/// Whether complaint `c` accuses the convener, who is `?3`.
pub(super) const ACCUSES_CONVENER: &str =
    "EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?3)";

/// The newest step of each complaint, where nothing has happened since.
pub(super) const STILL_HOLDS: &str = "c.next_due = r.due_at AND c.holder = r.holder AND c.paused_at IS NULL AND c.status NOT IN ('resolved', 'closed')
     AND NOT EXISTS (SELECT 1 FROM reminder later WHERE later.complaint_id = r.complaint_id AND later.id > r.id)";

/// The hop by which its holder has it, who has not accepted it.
const STILL_REFERRED: &str =
    "c.status = 'referred' AND r.id = (SELECT max(id) FROM referral WHERE complaint_id = c.id)";

impl Reader<'_> {
    /// How far letters of a kind have told; `None` for the organisation: those to several.
    pub fn mark(
        &self,
        county: &CountyId,
        organisation: Option<&OrganisationId>,
        telling: Telling,
    ) -> Result<Mark, StoreError> {
        let values = params![
            county.as_str(),
            organisation.map_or("", OrganisationId::as_str),
            telling.as_str()
        ];
        let up_to = self
            .connection
            .prepare_cached(
                "SELECT up_to FROM told WHERE county = ?1 AND organisation = ?2 AND of = ?3",
            )?
            .query_row(values, |row| row.get(0))
            .optional()?;
        Ok(Mark {
            county: county.clone(),
            organisation: organisation.cloned(),
            telling,
            up_to: up_to.unwrap_or_default(),
        })
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

    /// What is to be told alone of the steps after the one up to the other, in the order in which it happened; [`MOST_ALONE`] at most.
    pub fn reminders_alone(
        &self,
        county: &County,
        after: i64,
        up_to: i64,
    ) -> Result<Vec<Reminded>, StoreError> {
        self.reminded(
            &format!("r.county = ?1 AND r.id > ?2 AND r.id <= ?4 AND {IS_ALONE} ORDER BY r.id LIMIT {MOST_ALONE}"),
            "reminder_of_county",
            params![county.id.as_str(), after, county.convener.as_str(), up_to],
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
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            steps.push(reminded(row)?);
        }
        Ok(steps)
    }

    /// What was referred to an organisation in a county by a hop after that one, and it has not accepted yet, the longest due first.
    pub fn referred_to(
        &self,
        county: &County,
        holder: &OrganisationId,
        after: i64,
    ) -> Result<Vec<Referred>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {NAMED}, {ACCUSES_CONVENER}, r.id FROM complaint c INDEXED BY complaint_referred JOIN referral r ON r.complaint_id = c.id
             WHERE {STILL_REFERRED} AND c.holder = ?4 AND c.county = ?1 AND r.id > ?2 ORDER BY c.next_due, c.id"
        ))?;
        let mut rows = statement.query(params![
            county.id.as_str(),
            after,
            county.convener.as_str(),
            holder.as_str()
        ])?;
        let mut hops = Vec::new();
        while let Some(row) = rows.next()? {
            hops.push(referred(row)?);
        }
        Ok(hops)
    }
}

impl Tx<'_> {
    /// Letters have told up to there from where that mark was read; `false`: it stands elsewhere by now, and nothing is written.
    pub fn move_mark(&mut self, mark: &Mark, up_to: i64) -> Result<bool, StoreError> {
        let moved = self
            .connection
            .prepare_cached(
                "INSERT INTO told (county, organisation, of, up_to) VALUES (?1, ?2, ?3, ?5)
                 ON CONFLICT (county, organisation, of) DO UPDATE SET up_to = excluded.up_to WHERE told.up_to = ?4",
            )?
            .execute(params![
                mark.county.as_str(),
                mark.organisation
                    .as_ref()
                    .map_or("", OrganisationId::as_str),
                mark.telling.as_str(),
                mark.up_to,
                up_to
            ])?;
        Ok(moved > 0)
    }

    /// Whether a step and its complaint are still as they were read; `convener` is the county's.
    pub fn is_still_reminded(
        &self,
        step: &Reminded,
        convener: &OrganisationId,
    ) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {NAMED}, {ACCUSES_CONVENER}, r.id, r.step FROM complaint c JOIN reminder r ON r.complaint_id = c.id
             WHERE {STILL_HOLDS} AND c.number = ?1 AND r.id = ?2"
        ))?;
        let mut rows =
            statement.query(params![number(&step.complaint), step.id, convener.as_str()])?;
        let now = rows.next()?.map(reminded).transpose()?;
        Ok(now.as_ref() == Some(step))
    }

    /// Whether a hop and its complaint are still as they were read.
    pub fn is_still_referred(
        &self,
        hop: &Referred,
        convener: &OrganisationId,
    ) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {NAMED}, {ACCUSES_CONVENER}, r.id FROM complaint c JOIN referral r ON r.complaint_id = c.id
             WHERE {STILL_REFERRED} AND c.number = ?1 AND r.id = ?2"
        ))?;
        let mut rows =
            statement.query(params![number(&hop.complaint), hop.hop, convener.as_str()])?;
        let now = rows.next()?.map(referred).transpose()?;
        Ok(now.as_ref() == Some(hop))
    }
}

fn number(complaint: &Named) -> i64 {
    complaint.number.value().cast_signed()
}

fn reminded(row: &Row<'_>) -> Result<Reminded, StoreError> {
    let step: String = row.get(10)?;
    Ok(Reminded {
        id: row.get(9)?,
        step: Step::from_word(&step).ok_or(StoreError::Unknown("reminder.step"))?,
        complaint: named(row)?,
    })
}

fn referred(row: &Row<'_>) -> Result<Referred, StoreError> {
    Ok(Referred {
        hop: row.get(9)?,
        complaint: named(row)?,
    })
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
        urgent: row.get(7)?,
        accuses_convener: row.get(8)?,
    })
}
