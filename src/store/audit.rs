//! Who did and who read what of sensitive complaints, and who was shown a phone number: a chain of entries, added to at its end.
//!
//! Rejected: a log file, which is not in the transaction of what it tells and not in the backup; a plain hash, which anybody who can
//! write to the database can make anew for all that follows.

mod chain;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::keys::Cell;
use super::phone::Phone;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{Address, OrganisationId, TrackingNumber};
use crate::people::{Deed, Person, PersonId};
use chain::{Head, Link};

pub(super) use chain::begin;
pub use chain::{Chain, Damage};

/// Entries on a page.
const PAGE: usize = 50;
/// Read for a page, to know whether there are more.
const READ: i64 = 51;

/// The word of an import.
const IMPORTED: &str = "imported";
/// Before a deed's word.
const DID: &str = "did:";

/// What somebody did that leaves a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// Opened the page of a sensitive complaint.
    Read,
    /// Was shown the complainant's number.
    Revealed,
    /// Was shown the code of a complaint without a phone.
    ShownCode,
    /// Took it down for somebody, and it turned out to be sensitive.
    Lodged,
    /// Brought complaints in from a file, of which this was the first.
    Imported,
    /// Did that with a sensitive complaint.
    Did(Deed),
}

impl Trace {
    fn word(self) -> String {
        match self {
            Self::Read => "read".to_owned(),
            Self::Revealed => "revealed".to_owned(),
            Self::ShownCode => "shown_code".to_owned(),
            Self::Lodged => "lodged".to_owned(),
            Self::Imported => IMPORTED.to_owned(),
            Self::Did(deed) => format!("{DID}{}", deed.word()),
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        match word {
            "read" => Some(Self::Read),
            "revealed" => Some(Self::Revealed),
            "shown_code" => Some(Self::ShownCode),
            "lodged" => Some(Self::Lodged),
            IMPORTED => Some(Self::Imported),
            word => Deed::from_word(word.strip_prefix(DID)?).map(Self::Did),
        }
    }
}

/// An entry, as the administrator reads it: no word of the complaint.
#[derive(Clone, Debug)]
pub struct Audited {
    /// Its place in the chain.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None`: there is no such person, for the entry was meddled with.
    pub person: Option<String>,
    /// The organisation that they were of then.
    pub organisation: OrganisationId,
    /// What; `None`: nothing that this version knows.
    pub trace: Option<Trace>,
    /// Of which complaint; `None`: there is no such complaint.
    pub number: Option<TrackingNumber>,
    /// Why, as they said. Empty: they were not asked, or it does not open.
    pub reason: String,
}

impl Tx<'_> {
    /// Adds an entry to the chain.
    ///
    /// # Errors
    /// SQLite's; or the chain has lost its end: to go on from another would hide what was taken off.
    pub fn leave_trace(
        &mut self,
        who: &Person,
        complaint_id: i64,
        trace: Trace,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let head = Head::read(self.connection, self.keys)?.ok_or(StoreError::AuditDamaged)?;
        let id = head.count.saturating_add(1);
        let reason = reason.map(|reason| self.seal(reason_of(id), reason));
        let (deed, reason) = (trace.word(), reason.transpose()?);
        let link = Link {
            id,
            at: self.now.timestamp_millis(),
            person: who.id.0,
            organisation: who.role.scope(),
            deed: &deed,
            complaint: complaint_id,
            reason: reason.as_deref(),
            previous: &head.hash,
        };
        let hash = link.hash(self.keys);
        self.connection
            .prepare_cached(
                "INSERT INTO audit (id, at, person_id, organisation, deed, complaint_id, reason, previous, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                link.id,
                link.at,
                link.person,
                link.organisation,
                link.deed,
                link.complaint,
                link.reason,
                link.previous,
                hash
            ])?;
        let head = Head { count: id, hash };
        Ok(head.write(self.connection, self.keys)?)
    }

    /// The same of who opens a complaint's page, unless they did so within `within`: one reading may be several pages.
    pub fn leave_trace_of_reading(
        &mut self,
        who: &Person,
        complaint_id: i64,
        within: TimeDelta,
    ) -> Result<(), StoreError> {
        let known = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM audit WHERE person_id = ?1 AND at > ?2 AND complaint_id = ?3 AND deed = ?4)",
            )?
            .query_row(
                params![
                    who.id.0,
                    (self.now - within).timestamp_millis(),
                    complaint_id,
                    Trace::Read.word()
                ],
                |row| row.get(0),
            )?;
        if known {
            Ok(())
        } else {
            self.leave_trace(who, complaint_id, Trace::Read, None)
        }
    }

    /// How many numbers and codes somebody was shown within `within`.
    pub fn revealed_to(&self, who: PersonId, within: TimeDelta) -> Result<u32, StoreError> {
        let since = (self.now - within).timestamp_millis();
        let count = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM audit WHERE person_id = ?1 AND at > ?2 AND deed IN (?3, ?4)",
            )?
            .query_row(
                params![
                    who.0,
                    since,
                    Trace::Revealed.word(),
                    Trace::ShownCode.word()
                ],
                |row| row.get(0),
            )?;
        Ok(count)
    }

    /// Whether somebody imported complaints since the audit had so many entries.
    pub fn has_imported(&self, who: PersonId, after: i64) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM audit WHERE id > ?1 AND person_id = ?2 AND deed = ?3)",
            )?
            .query_row(params![after, who.0, IMPORTED], |row| row.get(0))?)
    }

    /// The number of a phone.
    pub fn address(&self, phone_id: i64) -> Result<Option<Address>, StoreError> {
        let sealed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT address FROM phone WHERE id = ?1")?
            .query_row(params![phone_id], |row| row.get(0))
            .optional()?;
        let open = |sealed: Vec<u8>| self.keys.open(Phone::cell(phone_id), &sealed);
        let address = sealed.map(open).transpose()?;
        Ok(address.as_deref().map(Address::new))
    }
}

impl Reader<'_> {
    /// The entries before one, or the newest, of everybody or one person, the newest first; and whether there are more.
    pub fn audited(
        &self,
        person: Option<PersonId>,
        before: Option<i64>,
    ) -> Result<(Vec<Audited>, bool), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, a.at, p.name, a.organisation, a.deed, c.number, a.reason
             FROM audit a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN complaint c ON c.id = a.complaint_id
             WHERE a.id < ?1 AND (?2 IS NULL OR a.person_id = ?2) ORDER BY a.id DESC LIMIT ?3",
        )?;
        let values = params![
            before.unwrap_or(i64::MAX),
            person.map(|person| person.0),
            READ
        ];
        let rows = statement.query_map(values, |row| self.audited_row(row))?;
        let mut entries = rows.collect::<Result<Vec<_>, _>>()?;
        let more = entries.len() > PAGE;
        entries.truncate(PAGE);
        Ok((entries, more))
    }

    /// How many entries there are.
    pub fn audit_entries(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(id), 0) FROM audit";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// What somebody imported last, as they were told, and when; `None`: nothing yet.
    pub fn last_import(
        &self,
        who: PersonId,
    ) -> Result<Option<(DateTime<Utc>, String)>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT id, at, reason FROM audit WHERE person_id = ?1 AND deed = ?2 ORDER BY id DESC LIMIT 1",
            )?
            .query_row(params![who.0, IMPORTED], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?))
            })
            .optional()?;
        let told = found.map(|(id, at, sealed)| {
            let told = self.keys.open(reason_of(id), &sealed)?;
            Ok((super::time(at), told))
        });
        told.transpose()
    }

    fn audited_row(&self, row: &Row<'_>) -> rusqlite::Result<Audited> {
        let id = row.get(0)?;
        let sealed: Option<Vec<u8>> = row.get(6)?;
        // One that does not open was altered, which the chain says.
        let reason = sealed.and_then(|sealed| self.keys.open(reason_of(id), &sealed).ok());
        Ok(Audited {
            id,
            at: super::time(row.get(1)?),
            person: row.get(2)?,
            organisation: OrganisationId::new(row.get::<_, String>(3)?),
            trace: Trace::from_word(&row.get::<_, String>(4)?),
            number: row
                .get::<_, Option<i64>>(5)?
                .map(|number| TrackingNumber::from_value(number.cast_unsigned())),
            reason: reason.unwrap_or_default(),
        })
    }
}

fn reason_of(id: i64) -> Cell {
    Cell {
        table: "audit",
        row: id,
        column: "reason",
    }
}
