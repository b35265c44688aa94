//! Complaints and their history.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::StoreError;
use super::keys::Cell;
use super::milestone::Milestone;
use super::reader::Reader;
use super::tx::Tx;
use super::untextable::Untextable;
use crate::complaint::{
    Address, AgeGroup, Channel, CountyId, Gender, LanguageId, OrganisationId, PlaceId, Priority,
    SectorId, Status, TrackingNumber,
};
use crate::deadlines::{About, Due};
use crate::people::PersonId;

/// A complaint as it is opened.
pub struct NewComplaint<'a> {
    /// The complainant's phone, if one was given.
    pub phone_id: Option<i64>,
    /// How it came.
    pub channel: Channel,
    /// Its county.
    pub county: &'a CountyId,
    /// Where, if recognised.
    pub place: Option<&'a PlaceId>,
    /// The places that its words may mean, where they name several.
    pub place_candidates: &'a [PlaceId],
    /// On what, if a rule decided.
    pub sector: Option<&'a SectorId>,
    /// What kind, if a rule decided.
    pub kind: Option<&'a str>,
    /// How pressing.
    pub priority: &'a str,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
    /// The language of the texts about it.
    pub language: &'a LanguageId,
    /// Who has it from the start.
    pub holder: &'a OrganisationId,
    /// By when what is to happen.
    pub due: Due,
    /// The complainant's gender, if they said so lately.
    pub gender: Option<Gender>,
    /// The same of their age group.
    pub age_group: Option<AgeGroup>,
    /// Why its complainant cannot be told by text.
    pub untextable: Option<Untextable>,
    /// Whether by its first words it may be none.
    pub doubtful: bool,
    /// When it was told: now, or, of what was written down elsewhere, then.
    pub opened_at: DateTime<Utc>,
}

/// A complaint as it stands.
#[derive(Clone, Debug)]
pub struct ComplaintRow {
    /// Its row.
    pub id: i64,
    /// Its tracking number.
    pub number: TrackingNumber,
    /// Its county.
    pub county: CountyId,
    /// Where, if known.
    pub place: Option<PlaceId>,
    /// On what, if known.
    pub sector: Option<SectorId>,
    /// What kind, if a rule decided.
    pub kind: Option<String>,
    /// How pressing.
    pub priority: Priority,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
    /// Where it stands.
    pub status: Status,
    /// Who has it.
    pub holder: OrganisationId,
    /// Since when.
    pub held_since: DateTime<Utc>,
    /// By when what is to happen.
    pub due: Due,
    /// The complainant's phone, if one was given.
    pub phone_id: Option<i64>,
    /// Of the texts about it.
    pub language: LanguageId,
    /// Since when it stands as it does.
    pub status_since: DateTime<Utc>,
    /// How often an organisation sent it back.
    pub returns: u32,
    /// What it shares with others on the same matter.
    pub group_id: Option<i64>,
}

/// An entry in a history.
#[derive(Clone, Copy, Default)]
pub struct NewEvent<'a> {
    /// What happened: `received`, `referred`, `accepted` and so on, as `schema.sql` lists them.
    pub kind: &'a str,
    /// Who did it, as `schema.sql` lists them.
    pub actor: &'a str,
    /// The text that it rests on.
    pub message_id: Option<i64>,
    /// The person who did it.
    pub person: Option<PersonId>,
    /// The organisation of the person; what they noted is for it alone.
    pub organisation: Option<&'a OrganisationId>,
    /// What they wrote.
    pub words: Option<&'a str>,
    /// Of a verdict, which; of a closing, as what.
    pub detail: Option<&'a str>,
}

/// The columns of a [`ComplaintRow`], in the order that `read_complaint` takes them.
pub(super) const COLUMNS: &str = "id, number, county, sensitive, status, holder, held_since, accept_due, first_action_due, resolve_due, place, \
                       phone_id, language, status_since, returns, sector, kind, priority, group_id";

impl ComplaintRow {
    /// What its deadlines depend on, where that organisation has it.
    pub fn with<'a>(&'a self, holder: &'a OrganisationId) -> About<'a> {
        About {
            sector: self.sector.as_ref(),
            kind: self.kind.as_deref(),
            priority: self.priority,
            holder,
        }
    }
}

impl Tx<'_> {
    /// Opens a complaint under a number that was never given before; its row and number. Its first hop is to be added
    /// ([`Tx::add_referral`]) at the same moment, to the same holder: it says from the start that it made one.
    pub fn add_complaint(
        &mut self,
        new: &NewComplaint<'_>,
        status: Status,
    ) -> Result<(i64, TrackingNumber), StoreError> {
        let id = self.next_id();
        // Eight random digits leave room for 800 million numbers: a second draw is rare, a tenth does not happen.
        loop {
            let number = TrackingNumber::draw(&mut self.rng);
            if self.insert_complaint(id, number, new, status)? {
                return Ok((id, number));
            }
        }
    }

    /// Whether the number was free.
    fn insert_complaint(
        &mut self,
        id: i64,
        number: TrackingNumber,
        new: &NewComplaint<'_>,
        status: Status,
    ) -> Result<bool, StoreError> {
        let inserted = self
            .connection
            .prepare_cached(
                "INSERT INTO complaint (id, number, phone_id, channel, county, place, sector, kind, priority, sensitive,
                     language, status, holder, held_since, accept_due, first_action_due, resolve_due, opened_at, place_candidates, next_due, status_since,
                     gender, age_group, untextable, doubtful, remind_at, reminded_of, only_hop_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?21, ?18, ?15, ?14, ?19, ?20, ?22, ?23, ?15, ?15, ?14)
                 ON CONFLICT (number) DO NOTHING",
            )?
            .execute(params![
                id,
                number.value().cast_signed(),
                new.phone_id,
                new.channel.as_str(),
                new.county.as_str(),
                new.place.map(PlaceId::as_str),
                new.sector.map(SectorId::as_str),
                new.kind,
                new.priority,
                new.sensitive,
                new.language.as_str(),
                status.as_str(),
                new.holder.as_str(),
                self.now.timestamp_millis(),
                new.due.accept.timestamp_millis(),
                new.due.first_action.timestamp_millis(),
                new.due.resolve.timestamp_millis(),
                (!new.place_candidates.is_empty()).then(|| to_json(new.place_candidates)),
                new.gender.map(Gender::as_str),
                new.age_group.map(AgeGroup::as_str),
                new.opened_at.timestamp_millis(),
                new.untextable.map(Untextable::as_str),
                new.doubtful,
            ])?;
        Ok(inserted == 1)
    }

    /// It belongs to that group from now on, or to none.
    pub fn set_group(&mut self, complaint_id: i64, group: Option<i64>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET group_id = ?2 WHERE id = ?1")?
            .execute(params![complaint_id, group])?;
        Ok(())
    }

    /// All complaints of a group.
    pub fn group(&self, group: i64) -> Result<Vec<i64>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM complaint WHERE group_id = ?1 ORDER BY id")?;
        let ids = statement.query_map(params![group], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Where a complaint is, known by now.
    pub fn set_place(&mut self, complaint_id: i64, place: &PlaceId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE complaint SET place = ?2, place_candidates = NULL WHERE id = ?1",
            )?
            .execute(params![complaint_id, place.as_str()])?;
        Ok(())
    }

    /// Adds an entry to a complaint's history, after those that are there, whatever the clock says, and notes what it got to thereby.
    pub fn add_event(&mut self, complaint_id: i64, event: &NewEvent<'_>) -> Result<(), StoreError> {
        let id = self
            .next_id()
            .max(self.newest_event(complaint_id)?.saturating_add(1));
        let words = event
            .words
            .map(|words| self.seal(event_words(id), words))
            .transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO event (complaint_id, id, at, kind, actor, message_id, person_id, organisation, words, detail)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                complaint_id,
                id,
                self.now.timestamp_millis(),
                event.kind,
                event.actor,
                event.message_id,
                event.person.map(|person| person.0),
                event.organisation.map(OrganisationId::as_str),
                words,
                event.detail,
            ])?;
        match Milestone::of_event(event.kind) {
            Some(milestone) => self.reach(complaint_id, milestone),
            None => Ok(()),
        }
    }

    /// The last entry of a complaint's history; 0 before the first.
    pub fn newest_event(&self, complaint_id: i64) -> Result<i64, StoreError> {
        newest_event(self.connection, complaint_id)
    }

    /// The complaint of that number, if this phone filed it, by whatever channel; where it was merged into another, that one.
    pub fn own_complaint(
        &self,
        phone: &Address,
        number: TrackingNumber,
    ) -> Result<Option<ComplaintRow>, StoreError> {
        let [by_text, by_whatsapp] = phone.by_each_channel().map(|one| self.keys.lookup(&one));
        let merged: Option<(i64, Option<i64>)> = self
            .connection
            .prepare_cached(
                "SELECT id, merged_into FROM complaint
                 WHERE number = ?1 AND phone_id IN (SELECT id FROM phone WHERE lookup IN (?2, ?3))",
            )?
            .query_row(
                params![number.value().cast_signed(), by_text, by_whatsapp],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        match merged {
            Some((id, into)) => self.complaint(into.unwrap_or(id)),
            None => Ok(None),
        }
    }

    /// The complaint of that row.
    pub fn complaint(&self, id: i64) -> Result<Option<ComplaintRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM complaint WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement
            .query_row(params![id], read_complaint)
            .optional()?
            .transpose()
    }

    /// The phone's latest complaint: the one that was told last, whenever it was taken in.
    pub fn latest_complaint(&self, phone_id: i64) -> Result<Option<ComplaintRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM complaint
             WHERE id = (SELECT coalesce(merged_into, id) FROM complaint WHERE phone_id = ?1 ORDER BY opened_at DESC, id DESC LIMIT 1)"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement
            .query_row(params![phone_id], read_complaint)
            .optional()?
            .transpose()
    }
}

impl Reader<'_> {
    /// The complaint of that number, whoever asks.
    pub(super) fn complaint_numbered(
        &self,
        number: TrackingNumber,
    ) -> Result<Option<ComplaintRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM complaint WHERE number = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement
            .query_row(params![number.value().cast_signed()], read_complaint)
            .optional()?
            .transpose()
    }

    /// The complaint that came last.
    pub fn newest_complaint(&self) -> Result<Option<ComplaintRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM complaint ORDER BY id DESC LIMIT 1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement
            .query_row([], read_complaint)
            .optional()?
            .transpose()
    }

    /// The last entry of a complaint's history; 0 before the first.
    pub(super) fn newest_event(&self, complaint_id: i64) -> Result<i64, StoreError> {
        newest_event(self.connection, complaint_id)
    }

    /// The kinds of a complaint's events in order.
    pub fn event_kinds(&self, complaint_id: i64) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind FROM event WHERE complaint_id = ?1 ORDER BY id")?;
        let rows = statement.query_map(params![complaint_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Places as a column keeps them.
pub(super) fn to_json(places: &[PlaceId]) -> String {
    serde_json::Value::from_iter(places.iter().map(PlaceId::as_str)).to_string()
}

fn newest_event(connection: &Connection, complaint_id: i64) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(id), 0) FROM event WHERE complaint_id = ?1")?
        .query_row(params![complaint_id], |row| row.get(0))?)
}

/// The cell of an entry's words.
pub(super) fn event_words(id: i64) -> Cell {
    Cell {
        table: "event",
        row: id,
        column: "words",
    }
}

pub(super) fn read_complaint(row: &Row<'_>) -> rusqlite::Result<Result<ComplaintRow, StoreError>> {
    let status: String = row.get(4)?;
    let Some(status) = Status::from_word(&status) else {
        return Ok(Err(StoreError::Unknown("complaint.status")));
    };
    let priority: String = row.get(17)?;
    let Some(priority) = Priority::from_word(&priority) else {
        return Ok(Err(StoreError::Unknown("complaint.priority")));
    };
    Ok(Ok(ComplaintRow {
        id: row.get(0)?,
        number: TrackingNumber::from_value(row.get::<_, i64>(1)?.cast_unsigned()),
        county: CountyId::new(row.get::<_, String>(2)?),
        sensitive: row.get(3)?,
        status,
        holder: OrganisationId::new(row.get::<_, String>(5)?),
        held_since: super::time(row.get(6)?),
        due: Due {
            accept: super::time(row.get(7)?),
            first_action: super::time(row.get(8)?),
            resolve: super::time(row.get(9)?),
        },
        place: row.get::<_, Option<String>>(10)?.map(PlaceId::new),
        phone_id: row.get(11)?,
        language: LanguageId::new(row.get::<_, String>(12)?),
        status_since: super::time(row.get(13)?),
        returns: row.get(14)?,
        sector: row.get::<_, Option<String>>(15)?.map(SectorId::new),
        kind: row.get(16)?,
        group_id: row.get(18)?,
        priority,
    }))
}
