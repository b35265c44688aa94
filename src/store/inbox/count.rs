//! How many complaints there are, of a list and of a county.

use chrono::{DateTime, Utc};
use rusqlite::{Params, params, params_from_iter};

use super::{Filter, NOT_ACCUSED, Query, Shelf};
use crate::complaint::{CountyId, OrganisationId, Status};
use crate::store::error::StoreError;
use crate::store::reader::Reader;

/// A count stops here: nobody reads the difference, and a page must not wait for it.
pub const MOST_COUNTED: u32 = 1_000;

/// How many of a county's complaints an organisation has that stand so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who has them.
    pub holder: OrganisationId,
    /// How they stand.
    pub status: Status,
    /// How many.
    pub count: u64,
}

impl Reader<'_> {
    /// How many there are on a shelf for a viewer, [`MOST_COUNTED`] at most.
    pub fn count(&self, shelf: &Shelf, viewer: &OrganisationId) -> Result<u32, StoreError> {
        let query = Query::along("1", shelf, &Filter::default(), None);
        self.counted(query, viewer)
    }

    /// How many of them are late: what was due before `now` is not done, and it is not the complainant's turn.
    pub fn count_late(
        &self,
        shelf: &Shelf,
        viewer: &OrganisationId,
        now: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        let late = Filter {
            due_before: Some(now),
            ..Filter::default()
        };
        let mut query = Query::along("1", shelf, &late, None);
        query.and("c.status <> 'resolved'", []);
        self.counted(query, viewer)
    }

    fn counted(&self, mut query: Query, viewer: &OrganisationId) -> Result<u32, StoreError> {
        query.and(NOT_ACCUSED, [viewer.as_str().to_owned().into()]);
        let sql = format!("SELECT count(*) FROM ({} LIMIT {MOST_COUNTED})", query.sql);
        Ok(self
            .connection
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&query.values), |row| row.get(0))?)
    }

    /// How many complaints of a county each organisation has, by how they stand; without those that accuse the viewer, if it is one
    /// that can be accused.
    pub fn standings(
        &self,
        county: &CountyId,
        viewer: Option<&OrganisationId>,
    ) -> Result<Vec<Standing>, StoreError> {
        let mut all = self.standings_of(STANDINGS, params![county.as_str()])?;
        if let Some(viewer) = viewer {
            let hidden = self.standings_of(ACCUSING, params![county.as_str(), viewer.as_str()])?;
            for one in &mut all {
                let same =
                    |other: &&Standing| other.holder == one.holder && other.status == one.status;
                let less = hidden.iter().find(same).map_or(0, |other| other.count);
                one.count = one.count.saturating_sub(less);
            }
            all.retain(|one| one.count > 0);
        }
        Ok(all)
    }

    fn standings_of(&self, sql: &str, given: impl Params) -> Result<Vec<Standing>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(given, |row| {
            let (holder, status): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(match Status::from_word(&status) {
                Some(status) => Ok(Standing {
                    holder: OrganisationId::new(holder),
                    status,
                    count: row.get::<_, i64>(2)?.unsigned_abs(),
                }),
                None => Err(StoreError::Unknown("complaint.status")),
            })
        })?;
        rows.collect::<Result<Result<_, StoreError>, rusqlite::Error>>()?
    }
}

/// All of a county.
pub(super) const STANDINGS: &str = "SELECT holder, status, count(*) FROM complaint INDEXED BY complaint_standing WHERE county = ?1 GROUP BY holder, status";
/// Those of them that accuse an organisation.
pub(super) const ACCUSING: &str =
    "SELECT c.holder, c.status, count(*) FROM accused a JOIN complaint c ON c.id = a.complaint_id
     WHERE a.organisation = ?2 AND c.county = ?1 GROUP BY c.holder, c.status";
