//! How many complaints there are in a list.

use chrono::{DateTime, Utc};
use rusqlite::params_from_iter;

use super::{Filter, NOT_ACCUSED, Query, Shelf};
use crate::complaint::OrganisationId;
use crate::store::error::StoreError;
use crate::store::reader::Reader;

/// A count stops here: nobody reads the difference, and a page must not wait for it.
pub const MOST_COUNTED: u32 = 1_000;

impl Reader<'_> {
    /// How many there are on a shelf for a viewer, [`MOST_COUNTED`] at most.
    pub fn count(&self, shelf: &Shelf, viewer: &OrganisationId) -> Result<u32, StoreError> {
        self.counted(all(shelf, viewer))
    }

    /// How many of them are late: what was due before `now` is not done, and it is not the complainant's turn.
    pub fn count_late(
        &self,
        shelf: &Shelf,
        viewer: &OrganisationId,
        now: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        self.counted(late(shelf, viewer, now))
    }

    fn counted(&self, query: Query) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&query.sql)?
            .query_row(params_from_iter(&query.values), |row| row.get(0))?)
    }
}

pub(super) fn all(shelf: &Shelf, viewer: &OrganisationId) -> Query {
    count(Query::along("1", shelf, &Filter::default(), None), viewer)
}

pub(super) fn late(shelf: &Shelf, viewer: &OrganisationId, now: DateTime<Utc>) -> Query {
    let due = Filter {
        due_before: Some(now),
        ..Filter::default()
    };
    let mut query = Query::along("1", shelf, &due, None);
    query.and("c.status <> 'resolved'", []);
    count(query, viewer)
}

/// How many there are of what a query finds, without what accuses the viewer.
fn count(mut found: Query, viewer: &OrganisationId) -> Query {
    found.and(NOT_ACCUSED, [viewer.as_str().to_owned().into()]);
    found.sql = format!("SELECT count(*) FROM ({} LIMIT {MOST_COUNTED})", found.sql);
    found
}
