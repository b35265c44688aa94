//! Which organisations open complaints name: those that have them, and those that they accuse.

use super::ReadOnly;
use super::error::StoreError;
use crate::complaint::{Named, OrganisationId, Status};

/// Who has them.
const HOLDERS: &str = "SELECT holder, count(*) FROM complaint WHERE status <> ?1 GROUP BY holder";

/// Whom they accuse: from these they are hidden ever after.
const ACCUSED: &str = "
    SELECT accused.organisation, count(*) FROM accused JOIN complaint ON complaint.id = accused.complaint_id
    WHERE complaint.status <> ?1 GROUP BY accused.organisation";

impl ReadOnly {
    /// The organisations that open complaints name, each with how many do. Needs no keys.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn named_by_open_complaints(&self) -> Result<Named, StoreError> {
        let mut named = Named::new();
        for (id, count) in self.counts(HOLDERS)? {
            named.entry(id).or_default().with = count;
        }
        for (id, count) in self.counts(ACCUSED)? {
            named.entry(id).or_default().against = count;
        }
        Ok(named)
    }

    fn counts(&self, sql: &str) -> Result<Vec<(OrganisationId, u64)>, StoreError> {
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([Status::Closed.as_str()], |row| {
            let (id, count): (String, i64) = (row.get(0)?, row.get(1)?);
            Ok((OrganisationId::new(id), count.cast_unsigned()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
