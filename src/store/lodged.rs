//! How many complaints were lodged: the database counts them by itself in less than half of the time that reading them takes.

use rusqlite::params;

use super::error::StoreError;
use super::facts::{LODGED, Span};
use super::reader::Reader;
use crate::complaint::OrganisationId;
use crate::reports::{Codes, Count, LeftOut, Period};

/// Those that are no complaint, those that are another's words, those that are sensitive: each is left out for the first of these reasons.
const COUNTED: &str = "SELECT count(*), count(*) FILTER (WHERE closed_as = 'not_a_complaint'), count(*) FILTER (WHERE closed_as = 'merged'),
       count(*) FILTER (WHERE sensitive AND ?5 AND coalesce(closed_as, '') NOT IN ('not_a_complaint', 'merged'))
     FROM complaint c INDEXED BY complaint_counted";

impl Reader<'_> {
    /// Counts those of a span that lies within a month, for a question of lodging alone.
    pub(super) fn count_lodged(
        &self,
        count: &mut Count<'_>,
        span: Span<'_>,
        month: &Period,
        codes: &mut Codes,
    ) -> Result<(), StoreError> {
        let whom = span.whom;
        let accusing = match whom.not_accusing {
            Some(_) => "AND id NOT IN (SELECT complaint_id FROM accused WHERE organisation = ?6)",
            None => "AND ?6 IS NULL",
        };
        let sql = format!("{COUNTED} WHERE {LODGED} {accusing}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let [holder, accused] =
            [&whom.holder, &whom.not_accusing].map(|one| one.as_ref().map(OrganisationId::as_str));
        let ((from, until), apart) = (span.lodged, whom.sensitive_apart);
        let values = params![span.county.as_str(), from, until, holder, apart, accused];
        let (all, left_out) = statement.query_row(values, |row| {
            let number = |at: usize| row.get::<_, u32>(at).map(u64::from);
            let left_out = LeftOut {
                not_complaints: number(1)?,
                merged: number(2)?,
                sensitive: number(3)?,
            };
            Ok((number(0)?, left_out))
        })?;
        count.add_lodged(month, all, left_out, codes);
        Ok(())
    }
}
