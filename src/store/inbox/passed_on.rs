//! What an organisation had once and has no more: its own part of it stays in its sight.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::{PAGE, READ};
use crate::complaint::{OrganisationId, PlaceId, SectorId, TrackingNumber};
use crate::store::error::StoreError;
use crate::store::reader::Reader;
use crate::store::time;

/// A complaint that an organisation passed on. Who has it now and how it stands is not its part.
#[derive(Clone, Debug)]
pub struct PassedOn {
    /// Its row: the page goes on after it.
    pub id: i64,
    /// Its number.
    pub number: TrackingNumber,
    /// Where, if known.
    pub place: Option<PlaceId>,
    /// On what, if known.
    pub sector: Option<SectorId>,
    /// When it left them last.
    pub left_at: DateTime<Utc>,
    /// The words that opened it; `None`: they do not open.
    pub words: Option<String>,
}

/// One more than a page holds, to know whether there is another.
pub(super) const SQL: &str = "SELECT DISTINCT c.id, c.number, c.place, c.sector,
            (SELECT max(out.at) FROM referral out WHERE out.complaint_id = c.id AND out.from_holder = ?1)
     FROM referral r JOIN complaint c ON c.id = r.complaint_id
     WHERE r.to_holder = ?1 AND r.complaint_id < ?2 AND c.holder <> ?1
         AND NOT EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?1)
     ORDER BY r.complaint_id DESC LIMIT ?3";

impl Reader<'_> {
    /// What an organisation passed on, the newest complaint first, before the row `before`; and whether there is more.
    pub fn passed_on(
        &self,
        organisation: &OrganisationId,
        before: Option<i64>,
    ) -> Result<(Vec<PassedOn>, bool), StoreError> {
        let mut statement = self.connection.prepare_cached(SQL)?;
        let before = before.unwrap_or(i64::MAX);
        let rows = statement.query_map(params![organisation.as_str(), before, READ], |row| {
            Ok(PassedOn {
                id: row.get(0)?,
                number: TrackingNumber::from_value(row.get::<_, i64>(1)?.cast_unsigned()),
                place: row.get::<_, Option<String>>(2)?.map(PlaceId::new),
                sector: row.get::<_, Option<String>>(3)?.map(SectorId::new),
                left_at: time(row.get::<_, Option<i64>>(4)?.unwrap_or_default()),
                words: None,
            })
        })?;
        let mut rows: Vec<PassedOn> = rows.collect::<Result<_, _>>()?;
        let is_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        for row in &mut rows {
            row.words = self.first_words(row.id)?;
        }
        Ok((rows, is_more))
    }
}
