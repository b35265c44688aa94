//! Complaints, one after the other, for who looks back over all of them: with the words that opened each, and where it
//! is by now.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use super::error::{OpenError, StoreError};
use super::ids::first_at;
use super::keys::{self, Keys};
use super::reader::Reader;
use super::referral::BY_PERSON;
use super::spool::{self, Spool};
use super::{StorePaths, connection, schema, words};
use crate::complaint::{CountyId, OrganisationId, PlaceId, Status, TrackingNumber};

/// Complaints read at once: between two pages the writer can fold its log into the database.
const PAGE: u32 = 1000;

/// A complaint, looked back at.
#[derive(Clone, Debug)]
pub struct PastComplaint {
    /// Its tracking number.
    pub number: TrackingNumber,
    /// Its county.
    pub county: CountyId,
    /// Where it is, if known by now.
    pub place: Option<PlaceId>,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
    /// Who has it.
    pub holder: OrganisationId,
    /// Whom a person last referred it to, if one did.
    pub referred_to: Option<OrganisationId>,
    /// Whether who has it has said that it is solved.
    pub resolved: bool,
    /// The words that opened it.
    pub words: String,
}

/// A database opened for reading only, with its keys.
pub struct Unsealed {
    connection: Connection,
    keys: Arc<Keys>,
    database: PathBuf,
}

/// Opens an existing database and its keys for reading only, beside a running service or without one.
///
/// # Errors
/// There is no database, or it is of a newer jibu, or of an older one that no service has brought up to date; its keys are missing or another database's.
pub fn open_with_keys(paths: &StorePaths) -> Result<Unsealed, OpenError> {
    let unsealed = open_for_audit(paths)?;
    schema::refuse_older(&unsealed.connection)?;
    Ok(unsealed)
}

/// The same for the audit alone, which stands in older ones as it does now.
///
/// # Errors
/// There is no database, or it was made by a newer jibu; its keys are missing or another database's.
pub fn open_for_audit(paths: &StorePaths) -> Result<Unsealed, OpenError> {
    let connection = connection::open_read_only(&paths.database)?;
    schema::refuse_unreadable(&connection, &paths.database)?;
    let keys = keys::open(paths)?;
    keys::check(&connection, &keys)?;
    Ok(Unsealed {
        connection,
        keys: Arc::new(keys),
        database: paths.database.clone(),
    })
}

impl Unsealed {
    /// A look at what is committed.
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            connection: &self.connection,
            keys: &self.keys,
        }
    }

    /// Begins to lay ready what whoever owns the database is to take in.
    ///
    /// # Errors
    /// Another import is under way; or the disk's.
    pub fn spool(&self) -> Result<Spool, StoreError> {
        spool::begin(&self.database, Arc::clone(&self.keys))
    }
}

/// A page of complaints from an id on, in the order that `read` takes the columns. CROSS JOIN is SQLite's for "in this order": its
/// planner would begin with the events, and sort all that follow for every page.
const PAST: &str = "
    SELECT complaint.id, complaint.number, complaint.county, complaint.place, complaint.sensitive, complaint.holder,
           (SELECT to_holder FROM referral WHERE complaint_id = complaint.id AND actor = ?3 ORDER BY id DESC LIMIT 1),
           EXISTS (SELECT 1 FROM event AS said WHERE said.complaint_id = complaint.id AND said.kind = ?4
                   AND said.id > (SELECT max(id) FROM referral WHERE complaint_id = complaint.id)),
           event.id, event.words, message.id, message.words
    FROM complaint
    CROSS JOIN event ON event.complaint_id = complaint.id AND event.kind = 'received'
    LEFT JOIN message ON message.id = event.message_id
    WHERE complaint.id >= ?1
    ORDER BY complaint.id LIMIT ?2";

impl Reader<'_> {
    /// Goes through the complaints that came since then (`None`: ever), the oldest first. `visit` is told how much is
    /// done with each, 0 to 1.
    ///
    /// # Errors
    /// SQLite's own; or words do not open.
    pub fn past_complaints(
        &self,
        since: Option<DateTime<Utc>>,
        mut visit: impl FnMut(PastComplaint, f64),
    ) -> Result<(), StoreError> {
        let mut from = since.map_or(i64::MIN, first_at);
        let all: u32 = self
            .connection
            .prepare_cached("SELECT count(*) FROM complaint WHERE id >= ?1")?
            .query_row([from], |row| row.get(0))?;
        let mut done = 0_u32;
        loop {
            let page = self.page(from)?;
            let Some((last, ..)) = page.last() else {
                return Ok(());
            };
            from = last + 1;
            for (_, complaint, sealed) in page {
                let words = sealed.map(|(cell, words)| self.keys.open(cell, &words));
                let words = words.transpose()?.unwrap_or_default();
                done = done.saturating_add(1);
                let part = f64::from(done) / f64::from(all.max(1));
                visit(PastComplaint { words, ..complaint }, part.min(1.0));
            }
        }
    }

    fn page(&self, from: i64) -> Result<Vec<Sealed>, StoreError> {
        let mut statement = self.connection.prepare_cached(PAST)?;
        let rows = statement.query_map(
            params![from, PAGE, BY_PERSON, Status::Resolved.as_str()],
            read,
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// A complaint's row, and the sealed words that opened it.
type Sealed = (i64, PastComplaint, Option<words::Sealed>);

fn read(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    let complaint = PastComplaint {
        number: TrackingNumber::from_value(row.get::<_, i64>(1)?.cast_unsigned()),
        county: CountyId::new(row.get::<_, String>(2)?),
        place: row.get::<_, Option<String>>(3)?.map(PlaceId::new),
        sensitive: row.get(4)?,
        holder: OrganisationId::new(row.get::<_, String>(5)?),
        referred_to: row.get::<_, Option<String>>(6)?.map(OrganisationId::new),
        resolved: row.get(7)?,
        words: String::new(),
    };
    Ok((row.get(0)?, complaint, words::sealed(row, 8)?))
}
