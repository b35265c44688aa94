//! Complaints that may be on the same matter as one, and those that were put together with it.

use rusqlite::params;

use super::{Listed, NOT_ACCUSED};
use crate::complaint::OrganisationId;
use crate::intake::Gist;
use crate::intake::words_of;
use crate::store::ComplaintRow;
use crate::store::error::StoreError;
use crate::store::reader::Reader;

/// So many of the same place and sector are looked at, the latest: each has its text opened.
const LOOKED_AT: usize = 300;
/// So many are proposed.
const PROPOSED: usize = 12;
/// From how alike on they are.
const ALIKE: f64 = 0.5;
/// No group has more: they are shown on one page, and answered at once.
pub const MOST_IN_A_GROUP: usize = 100;

impl Reader<'_> {
    /// Open complaints of the same place and sector with a text much like its own, the likeliest first, that the viewer may see: all of
    /// the county's, or, with `held_by`, those that this organisation has. None of its own group.
    pub fn alike(
        &self,
        complaint: &ComplaintRow,
        viewer: &OrganisationId,
        held_by: Option<&OrganisationId>,
    ) -> Result<Vec<Listed>, StoreError> {
        let Some(own) = self.first_words(complaint.id)? else {
            return Ok(Vec::new());
        };
        let own = Gist::of(&words_of(&own));
        let mut statement = self.connection.prepare_cached(&alike_sql())?;
        let ids = statement.query_map(
            params![
                complaint.county.as_str(),
                complaint.sector.as_ref().map(|sector| sector.as_str()),
                complaint.place.as_ref().map(|place| place.as_str()),
                complaint.id,
                held_by.map(OrganisationId::as_str),
                complaint.group_id,
                viewer.as_str(),
            ],
            |row| row.get::<_, i64>(0),
        )?;
        let mut found = Vec::new();
        for id in ids {
            let id = id?;
            let likeness = match self.first_words(id)? {
                Some(words) => own.likeness(&Gist::of(&words_of(&words))),
                None => 0.0,
            };
            if likeness >= ALIKE {
                found.push((likeness, id));
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        found.truncate(PROPOSED);
        found.into_iter().map(|(_, id)| self.listed(id)).collect()
    }

    /// The open complaints of its group that the viewer may see, itself left out, the oldest first.
    pub fn of_its_group(
        &self,
        complaint: &ComplaintRow,
        viewer: &OrganisationId,
        held_by: Option<&OrganisationId>,
    ) -> Result<Vec<Listed>, StoreError> {
        let Some(group) = complaint.group_id else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare_cached(&group_sql())?;
        let given = params![
            group,
            complaint.id,
            held_by.map(OrganisationId::as_str),
            viewer.as_str()
        ];
        let ids = statement.query_map(given, |row| row.get::<_, i64>(0))?;
        ids.map(|id| self.listed(id?)).collect()
    }
}

pub(super) fn alike_sql() -> String {
    format!(
        "SELECT c.id FROM complaint c INDEXED BY complaint_alike
         WHERE c.county = ?1 AND c.sector IS ?2 AND c.place IS ?3 AND c.status <> 'closed' AND c.sensitive = 0
           AND c.id <> ?4 AND c.holder = coalesce(?5, c.holder) AND (?6 IS NULL OR c.group_id IS NOT ?6)
           AND {} ORDER BY c.id DESC LIMIT {LOOKED_AT}",
        NOT_ACCUSED.replace('?', "?7")
    )
}

pub(super) fn group_sql() -> String {
    format!(
        "SELECT c.id FROM complaint c INDEXED BY complaint_of_group
         WHERE c.group_id = ?1 AND c.status <> 'closed' AND c.sensitive = 0 AND c.id <> ?2 AND c.holder = coalesce(?3, c.holder)
           AND {} ORDER BY c.id LIMIT {MOST_IN_A_GROUP}",
        NOT_ACCUSED.replace('?', "?4")
    )
}
