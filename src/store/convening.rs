//! Who convenes each county, and what goes along when that changes.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use super::error::StoreError;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{CountyId, OrganisationId, SectorId};

/// Somebody convenes a county from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convening {
    /// Its place in the order of the entries.
    pub id: i64,
    /// The county.
    pub county: CountyId,
    /// Who convenes it.
    pub organisation: OrganisationId,
    /// Who did before; `None`: nobody that is known of.
    pub came_from: Option<OrganisationId>,
    /// When the service saw it in the rules.
    pub at: DateTime<Utc>,
    /// What went along so far.
    pub moved: Moved,
    /// When first nothing was left to hand over.
    pub done_at: Option<DateTime<Utc>>,
}

/// How many complaints were handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// All of them.
    pub all: u32,
    /// Those that take the track of their own.
    pub sensitive: u32,
    /// Those that accuse the new convener, and went to who oversees the county.
    pub overseen: u32,
}

/// An open complaint, with what says whether its holder has it as convener.
#[derive(Clone, Debug)]
pub struct HeldComplaint {
    /// Its row.
    pub id: i64,
    /// On what, if known.
    pub sector: Option<SectorId>,
    /// Whether it takes the track of its own.
    pub sensitive: bool,
    /// Since when it is held.
    pub held_since: DateTime<Utc>,
    /// Who made the hop that brought it.
    pub actor: String,
    /// Why, as JSON.
    pub reason: String,
    /// Whom it accuses.
    pub accused: Vec<OrganisationId>,
}

/// What is open and held in a county by an organisation.
#[derive(Clone, Copy)]
enum Held {
    /// All of it.
    All,
    /// What was closed and is opened again.
    Reopened,
    /// One complaint, if it is: `?3`.
    One,
}

impl Held {
    /// How to find it: by an index that has few rows beside what is looked for. CROSS JOIN is SQLite's for "in this order".
    fn sql(self) -> String {
        let (index, and) = match self {
            Self::All => ("INDEXED BY complaint_of_holder", ""),
            Self::Reopened => ("INDEXED BY complaint_reopened", "AND c.status = 'reopened'"),
            Self::One => ("", "AND c.id = ?3"),
        };
        format!(
            "SELECT c.id, c.sector, c.sensitive, c.held_since, r.actor, r.reason,
                 (SELECT group_concat(organisation, ' ') FROM accused WHERE complaint_id = c.id)
             FROM complaint c {index} CROSS JOIN referral r ON r.complaint_id = c.id
                 AND r.id = (SELECT max(id) FROM referral WHERE complaint_id = c.id)
             WHERE c.holder = ?1 AND c.county = ?2 AND c.status <> 'closed' {and}"
        )
    }
}

const CONVENINGS: &str =
    "SELECT id, county, organisation, came_from, at, moved, sensitive, overseen, done_at
     FROM convening ORDER BY id";

impl Tx<'_> {
    /// Notes who convenes a county from now on.
    pub fn add_convening(
        &mut self,
        county: &CountyId,
        organisation: &OrganisationId,
        came_from: Option<&OrganisationId>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO convening (county, organisation, came_from, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                county.as_str(),
                organisation.as_str(),
                came_from.map(OrganisationId::as_str),
                self.now.timestamp_millis()
            ])?;
        Ok(())
    }

    /// All entries on who convenes, the first one first.
    pub fn convenings(&self) -> Result<Vec<Convening>, StoreError> {
        convenings(self.connection)
    }

    /// An open complaint, if that organisation holds it in that county.
    pub fn held_complaint(
        &self,
        holder: &OrganisationId,
        county: &CountyId,
        complaint_id: i64,
    ) -> Result<Option<HeldComplaint>, StoreError> {
        let values = params![holder.as_str(), county.as_str(), complaint_id];
        Ok(held(self.connection, Held::One, values)?.pop())
    }

    /// So many more were handed over with an entry.
    pub fn count_handed_over(&mut self, id: i64, moved: Moved) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE convening SET moved = moved + ?2, sensitive = sensitive + ?3, overseen = overseen + ?4 WHERE id = ?1",
            )?
            .execute(params![id, moved.all, moved.sensitive, moved.overseen])?;
        Ok(())
    }

    /// Nothing is left to hand over with an entry.
    pub fn finish_hand_over(&mut self, id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE convening SET done_at = ?2 WHERE id = ?1 AND done_at IS NULL")?
            .execute(params![id, self.now.timestamp_millis()])?;
        Ok(())
    }
}

impl Reader<'_> {
    /// All entries on who convenes, the first one first.
    pub fn convenings(&self) -> Result<Vec<Convening>, StoreError> {
        convenings(self.connection)
    }

    /// All that is open and held by an organisation in a county.
    pub fn held_complaints(
        &self,
        holder: &OrganisationId,
        county: &CountyId,
    ) -> Result<Vec<HeldComplaint>, StoreError> {
        let values = params![holder.as_str(), county.as_str()];
        held(self.connection, Held::All, values)
    }

    /// Of these what was closed and is opened again.
    pub fn reopened_complaints(
        &self,
        holder: &OrganisationId,
        county: &CountyId,
    ) -> Result<Vec<HeldComplaint>, StoreError> {
        let values = params![holder.as_str(), county.as_str()];
        held(self.connection, Held::Reopened, values)
    }
}

fn held(
    connection: &Connection,
    which: Held,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<HeldComplaint>, StoreError> {
    let mut statement = connection.prepare_cached(&which.sql())?;
    let rows = statement.query_map(values, |row| {
        Ok(HeldComplaint {
            id: row.get(0)?,
            sector: row.get::<_, Option<String>>(1)?.map(SectorId::new),
            sensitive: row.get(2)?,
            held_since: super::time(row.get(3)?),
            actor: row.get(4)?,
            reason: row.get(5)?,
            // No id of an organisation has a space.
            accused: row
                .get::<_, Option<String>>(6)?
                .unwrap_or_default()
                .split_whitespace()
                .map(OrganisationId::new)
                .collect(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn convenings(connection: &Connection) -> Result<Vec<Convening>, StoreError> {
    let mut statement = connection.prepare_cached(CONVENINGS)?;
    let rows = statement.query_map([], |row: &Row<'_>| {
        Ok(Convening {
            id: row.get(0)?,
            county: CountyId::new(row.get::<_, String>(1)?),
            organisation: OrganisationId::new(row.get::<_, String>(2)?),
            came_from: row.get::<_, Option<String>>(3)?.map(OrganisationId::new),
            at: super::time(row.get(4)?),
            moved: Moved {
                all: row.get(5)?,
                sensitive: row.get(6)?,
                overseen: row.get(7)?,
            },
            done_at: row.get::<_, Option<i64>>(8)?.map(super::time),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plan::plan;

    #[test]
    fn a_hand_over_reads_no_closed_complaints() {
        let word = |word: &str| word.to_owned().into();
        let two = [word("ti-wajir"), word("wajir")];
        let three = [word("ti-wajir"), word("wajir"), 7.into()];
        for (held, values, begins) in [
            (
                Held::All,
                &two[..],
                "SEARCH c USING INDEX complaint_of_holder (holder=?)",
            ),
            (
                Held::Reopened,
                &two[..],
                "SEARCH c USING INDEX complaint_reopened (county=?)",
            ),
            (
                Held::One,
                &three[..],
                "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)",
            ),
        ] {
            let steps = plan(&held.sql(), values);
            assert!(steps[0].starts_with(begins), "{steps:?}");
        }
    }
}
