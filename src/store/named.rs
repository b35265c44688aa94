//! What open complaints name: the organisations that have them, those that they accuse, and the counties that they are in.

use super::ReadOnly;
use super::error::StoreError;
use crate::complaint::{CountyId, Named, OrganisationId, Status};

/// Who has them.
const HOLDERS: &str = "SELECT holder, count(*) FROM complaint WHERE status <> ?1 GROUP BY holder";

/// Where they are.
const COUNTIES: &str = "SELECT county, count(*) FROM complaint WHERE status <> ?1 GROUP BY county";

/// Whom they accuse: from these they are hidden ever after.
const ACCUSED: &str = "
    SELECT accused.organisation, count(*) FROM accused JOIN complaint ON complaint.id = accused.complaint_id
    WHERE complaint.status <> ?1 GROUP BY accused.organisation";

impl ReadOnly {
    /// The organisations and counties that open complaints name, each with how many do. Needs no keys.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn named_by_open_complaints(&self) -> Result<Named, StoreError> {
        let mut named = Named::default();
        let organisations = &mut named.organisations;
        for (id, count) in self.counts(HOLDERS)? {
            let id = OrganisationId::new(id);
            organisations.entry(id).or_default().with = count;
        }
        for (id, count) in self.counts(ACCUSED)? {
            let id = OrganisationId::new(id);
            organisations.entry(id).or_default().against = count;
        }
        let counties = self.counts(COUNTIES)?.into_iter();
        named.counties = counties
            .map(|(id, count)| (CountyId::new(id), count))
            .collect();
        Ok(named)
    }

    fn counts(&self, sql: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let mut statement = self.0.prepare(sql)?;
        let rows = statement.query_map([Status::Closed.as_str()], |row| {
            let (id, count): (String, i64) = (row.get(0)?, row.get(1)?);
            Ok((id, count.cast_unsigned()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
