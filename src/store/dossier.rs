//! All about one complaint for its page, as far as the person who looks may see it. Whether they may is asked here, so that nothing of a
//! complaint can be read past it.

mod entries;
mod hops;
mod origin;
mod texts;

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::error::StoreError;
use super::reader::Reader;
use super::{ComplaintRow, time};
use crate::complaint::{AgeGroup, CountyId, Gender, OrganisationId, SectorId, TrackingNumber};
use crate::people::{Concern, Person, Sight, may_read_names, sight};

pub use entries::Entry;
pub use hops::Hop;
pub use origin::Origin;
pub use texts::TextOut;

/// Entries of a history on a page, and as many texts: a page must stay readable, and under its weight, whatever was texted.
pub const MOST_ENTRIES: usize = 60;
/// Read for a page, to know whether there are more.
const READ: i64 = 61;

/// A complaint with what is known of it.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The complaint as it stands.
    pub complaint: ComplaintRow,
    /// What else its row says.
    pub about: About,
    /// Who complained and who brought it; of a text, or where that is not theirs to read, there is nothing in it.
    pub origin: Origin,
    /// How much of it the person sees.
    pub sight: Sight,
    /// Who convenes its county.
    pub convener: OrganisationId,
    /// Whom it accuses.
    pub accused: Vec<OrganisationId>,
    /// All who have or had it.
    pub held_by: Vec<OrganisationId>,
    /// The last entry of the history, shown or not: what a deed is done on.
    pub newest_event: i64,
    /// The entries, the oldest first.
    pub entries: Vec<Entry>,
    /// Whether there are older ones than the second of these; the first is always there.
    pub is_cut: bool,
    /// The ledger, the first hop first.
    pub hops: Vec<Hop>,
    /// What was texted to the complainant, the oldest first.
    pub texts: Vec<TextOut>,
}

impl Dossier {
    /// What of it bears on who may do what with it.
    pub fn concern(&self) -> Concern<'_> {
        Concern {
            convener: &self.convener,
            holder: &self.complaint.holder,
            held_before: &self.held_by,
            accused: &self.accused,
            status: self.complaint.status,
            sensitive: self.complaint.sensitive,
        }
    }
}

/// What a complaint's row says besides.
#[derive(Clone, Debug)]
pub struct About {
    /// On what, if known.
    pub sector: Option<SectorId>,
    /// What kind, if known.
    pub kind: Option<String>,
    /// How pressing: `low`, `normal`, `high`, `urgent`.
    pub priority: String,
    /// How it came, by the word of [`Channel`](crate::complaint::Channel).
    pub channel: String,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// When the next thing is due.
    pub next_due: DateTime<Utc>,
    /// Whether its clock stands still: a question is with the complainant.
    pub is_paused: bool,
    /// As what it was closed.
    pub closed_as: Option<String>,
    /// The complainant's gender, if they said so.
    pub gender: Option<Gender>,
    /// The same of their age group.
    pub age_group: Option<AgeGroup>,
    /// The complaint that it turned out to be about.
    pub merged_into: Option<TrackingNumber>,
    /// Since when the complainant cannot be texted.
    pub stopped_at: Option<DateTime<Utc>>,
}

/// Which rows of a complaint a person sees: ids from one on, up to and with another.
type Spans = Vec<(i64, i64)>;

impl Reader<'_> {
    /// The complaint of that number for a person; `None`: there is none, or none for them. `convener` is who convenes a county. Of a long
    /// history the entries before `earlier` are read, or the newest.
    pub fn dossier(
        &self,
        number: TrackingNumber,
        person: &Person,
        convener: impl FnOnce(&CountyId, &OrganisationId) -> OrganisationId,
        earlier: Option<i64>,
    ) -> Result<Option<Dossier>, StoreError> {
        let (Some(complaint), Some(viewer)) =
            (self.complaint_numbered(number)?, person.role.organisation())
        else {
            return Ok(None);
        };
        let id = complaint.id;
        let convener = convener(&complaint.county, &complaint.holder);
        let accused = self.accused(id)?;
        let mut hops = self.hops(id)?;
        let held_by: Vec<OrganisationId> = hops.iter().map(|hop| hop.to.clone()).collect();
        let concern = Concern {
            convener: &convener,
            holder: &complaint.holder,
            held_before: &held_by,
            accused: &accused,
            status: complaint.status,
            sensitive: complaint.sensitive,
        };
        let sight = sight(person, &concern);
        let spans = match sight {
            Sight::Nothing => return Ok(None),
            Sight::All => vec![(i64::MIN, i64::MAX)],
            Sight::OwnPart => {
                let spans = hops::spans_of(&hops, viewer);
                hops = hops::part_of(hops, viewer);
                spans
            }
        };
        let (entries, is_cut) = self.entries(id, viewer, &spans, earlier)?;
        let origin = if may_read_names(person, &concern) {
            self.origin(id, entries.first())?
        } else {
            Origin::default()
        };
        Ok(Some(Dossier {
            about: self.about(id)?,
            origin,
            sight,
            newest_event: self.newest_event(id)?,
            entries,
            is_cut,
            texts: self.texts_out(id, &spans)?,
            complaint,
            convener,
            accused,
            held_by,
            hops,
        }))
    }

    fn about(&self, id: i64) -> Result<About, StoreError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT c.sector, c.kind, c.priority, c.channel, c.opened_at, c.next_due, c.closed_as, p.stopped_at,
                        c.gender, c.age_group, other.number, c.paused_at IS NOT NULL
                 FROM complaint c LEFT JOIN phone p ON p.id = c.phone_id LEFT JOIN complaint other ON other.id = c.merged_into
                 WHERE c.id = ?1",
            )?
            .query_row(params![id], |row| {
                Ok(About {
                    sector: row.get::<_, Option<String>>(0)?.map(SectorId::new),
                    kind: row.get(1)?,
                    priority: row.get(2)?,
                    channel: row.get(3)?,
                    opened_at: time(row.get(4)?),
                    next_due: time(row.get(5)?),
                    is_paused: row.get(11)?,
                    closed_as: row.get(6)?,
                    stopped_at: row.get::<_, Option<i64>>(7)?.map(time),
                    gender: row.get::<_, Option<String>>(8)?.as_deref().and_then(Gender::from_word),
                    age_group: row.get::<_, Option<String>>(9)?.as_deref().and_then(AgeGroup::from_word),
                    merged_into: row
                        .get::<_, Option<i64>>(10)?
                        .map(|number| TrackingNumber::from_value(number.cast_unsigned())),
                })
            })?;
        Ok(row)
    }
}
