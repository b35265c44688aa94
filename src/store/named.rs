//! Which organisations open complaints name: those that have them, and those that they accuse.

use super::ReadOnly;
use super::error::StoreError;
use crate::complaint::{Named, OrganisationId, Status};

/// Who has them.
const HOLDERS: &str = "SELECT holder, count(*) FROM complaint WHERE status <> ?1 GROUP BY holder";

/// Whom one of their hops accuses: from these they are hidden ever after. What a person gave for a reason may be no JSON.
const ACCUSED: &str = "
    SELECT accused.value, count(DISTINCT complaint.id)
    FROM complaint
    JOIN referral ON referral.complaint_id = complaint.id
    JOIN json_each(iif(json_valid(referral.reason), referral.reason, '{}'), '$.against') AS accused
    WHERE complaint.status <> ?1
    GROUP BY accused.value";

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
