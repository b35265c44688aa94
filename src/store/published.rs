//! Months as outsiders are told of them: what is hidden of each, and where its places lay, is decided once and kept.

use rusqlite::{OptionalExtension, Row, params};
use rustc_hash::FxHashMap;

use super::error::StoreError;
use super::facts::{Wanted, fact, word};
use super::log;
use super::reader::Reader;
use super::time;
use super::tx::Tx;
use crate::complaint::{CountyId, PlaceId};
use crate::reports::privacy::{Allowed, Month, Outside, Protection};
use crate::reports::{Answer, Code, Codes, Fact, Field, Ground, Period, Publication};

/// Complaints that are read in one look.
const PAGE: u32 = 4_000;

/// A published month's county, and where its places lay.
struct Lay {
    county: Code,
    /// The sub-county and the ward of each.
    within: FxHashMap<Code, [Option<Code>; 2]>,
}

/// What is decided of a month that is copied, and not kept yet: until then nobody is told of it.
#[derive(Clone, Debug)]
pub struct Decided {
    publication: i64,
    /// Each place that a complaint names, with its sub-county and its ward.
    places: Vec<(String, [Option<PlaceId>; 2])>,
    of_complaints: Protection,
    of_hops: Protection,
}

impl Lay {
    /// No place is known yet.
    fn new(county: &CountyId, codes: &mut Codes) -> Self {
        Self {
            county: codes.code(county.as_str()),
            within: FxHashMap::default(),
        }
    }
}

impl Reader<'_> {
    /// What outsiders are told of a county: the earliest month first.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn published(&self, county: &CountyId) -> Result<Vec<Publication>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT p.id, p.month, p.taken_at FROM publication p
             JOIN published_tables t ON t.publication_id = p.id WHERE p.county = ?1 ORDER BY p.month",
        )?;
        let rows = statement.query_map(params![county.as_str()], publication)?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Works out what is told of the ground's county next, by the gazetteer as it is: of its earliest month that is copied and not told, as
    /// before the first that is told nobody complained. This takes about a second. `None`: there is no such month, or no such county.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn decide_next(&self, ground: &Ground<'_>) -> Result<Option<Decided>, StoreError> {
        let [(county, _)] = ground.counties.as_slice() else {
            return Ok(None);
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT p.id, p.month, p.taken_at FROM publication p
             LEFT JOIN published_tables t ON t.publication_id = p.id
             WHERE p.county = ?1 AND p.is_whole AND t.publication_id IS NULL ORDER BY p.month LIMIT 1",
        )?;
        let copied = statement.query_row(params![county.as_str()], publication);
        let Some(copied) = copied.optional()?.flatten() else {
            return Ok(None);
        };
        let ground = Ground {
            now: copied.taken_at,
            ..ground.clone()
        };
        self.decide(county, &copied, &ground).map(Some)
    }

    fn decide(
        &self,
        county: &CountyId,
        copied: &Publication,
        ground: &Ground<'_>,
    ) -> Result<Decided, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT place FROM published_complaint WHERE publication_id = ?1 AND place IS NOT NULL",
        )?;
        let named = statement.query_map(params![copied.id], |row| row.get(0))?;
        let named = named.collect::<Result<Vec<String>, _>>()?;
        let within = |place: String| {
            let within = ground.within(&PlaceId::new(place.as_str()));
            (place, within)
        };
        let places: Vec<_> = named.into_iter().map(within).collect();
        let mut codes = Codes::default();
        let mut lay = Lay::new(county, &mut codes);
        for (place, within) in &places {
            let within = within.each_ref();
            let within = within.map(|id| id.as_ref().map(|id| codes.code(id.as_str())));
            lay.within.insert(codes.code(place), within);
        }
        let mut protect = |of_hops: bool| {
            let mut month = match of_hops {
                false => Month::of_complaints(copied.month, ground.clone(), &mut codes),
                true => Month::of_hops(copied.month, ground.clone(), &mut codes),
            };
            let add = |fact: &Fact, codes: &mut Codes| month.add(fact, codes);
            self.published_facts(copied.id, of_hops, &Wanted::all(), &lay, &mut codes, add)?;
            Ok::<_, StoreError>(month.protect(&codes))
        };
        Ok(Decided {
            publication: copied.id,
            of_complaints: protect(false)?,
            of_hops: protect(true)?,
            places,
        })
    }

    /// What outsiders are told of these months.
    pub(super) fn answers_of_published(
        &self,
        allowed: &Allowed<'_>,
        about: &[&Publication],
        ground: &Ground<'_>,
    ) -> Result<Vec<Answer>, StoreError> {
        // As of then: a clock that was set back would take deadlines off those that were missed.
        let taken_at = about.iter().map(|one| one.taken_at).max();
        let ground = Ground {
            now: taken_at.unwrap_or(ground.now),
            ..ground.clone()
        };
        let mut codes = Codes::default();
        let mut outside = Outside::new(allowed, &ground, &mut codes);
        for of_hops in [false, true] {
            let asked = allowed.questions().iter();
            let asked: Vec<_> = asked
                .filter(|one| one.measure.is_of_hops() == of_hops)
                .collect();
            if asked.is_empty() {
                continue;
            }
            let wanted = Wanted::of(|field| {
                field == Field::Sensitive || asked.iter().any(|one| one.needs(field))
            });
            for publication in about {
                outside.hide(of_hops, self.protection(publication, of_hops)?);
                let lay = self.lay(publication.id, allowed.county(), &mut codes)?;
                let add = |fact: &Fact, codes: &mut Codes| outside.add(fact, codes);
                self.published_facts(publication.id, of_hops, &wanted, &lay, &mut codes, add)?;
            }
        }
        Ok(outside.answers(&codes))
    }

    /// What was decided to be hidden of a month.
    fn protection(&self, of: &Publication, of_hops: bool) -> Result<Protection, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT iif(?2, of_hops, of_complaints) FROM published_tables WHERE publication_id = ?1",
        )?;
        let kept: String = statement.query_row(params![of.id, of_hops], |row| row.get(0))?;
        Protection::of_kept(of.month, &kept).ok_or(StoreError::Unknown("published_tables"))
    }

    fn lay(
        &self,
        publication: i64,
        county: &CountyId,
        codes: &mut Codes,
    ) -> Result<Lay, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT place, sub_county, ward FROM published_place WHERE publication_id = ?1",
        )?;
        let mut rows = statement.query(params![publication])?;
        let mut lay = Lay::new(county, codes);
        while let Some(row) = rows.next()? {
            let mut word = |at: usize| word(row, at, codes);
            let [place, sub_county, ward] = [word(0)?, word(1)?, word(2)?];
            lay.within
                .insert(place.unwrap_or_default(), [sub_county, ward]);
        }
        Ok(lay)
    }

    /// Goes through the complaints of a published month, as they stood; or through their hops, whose holder is who had it then.
    fn published_facts(
        &self,
        publication: i64,
        of_hops: bool,
        wanted: &Wanted,
        lay: &Lay,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let (held, hops) = if of_hops {
            (
                ", h.holder, h.held_from, h.held_until",
                "CROSS JOIN published_hop h ON h.publication_id = c.publication_id AND h.complaint_id = c.id",
            )
        } else {
            ("", "")
        };
        let sql = format!(
            "SELECT {}{held} FROM published_complaint c {hops}
             WHERE c.publication_id = ?1 AND c.id > ?2 AND c.id <= ?3",
            wanted.columns()
        );
        let mut ends = self.connection.prepare_cached(
            "SELECT max(id) FROM (SELECT id FROM published_complaint WHERE publication_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3)",
        )?;
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut after = 0;
        let mut end_after = |after: i64| -> rusqlite::Result<Option<i64>> {
            ends.query_row(params![publication, after, PAGE], |row| row.get(0))
        };
        while let Some(last) = end_after(after)? {
            log::make_way(self.connection)?;
            let mut rows = statement.query(params![publication, after, last])?;
            while let Some(row) = rows.next()? {
                let mut fact = fact(row, wanted, lay.county, codes)?;
                let within = fact.place.and_then(|place| lay.within.get(&place));
                fact.within = Some(within.copied().unwrap_or_default());
                if of_hops {
                    fact.holder = word(row, wanted.after, codes)?.unwrap_or_default();
                    fact.held = Some((row.get(wanted.after + 1)?, row.get(wanted.after + 2)?));
                }
                visit(&fact, codes);
            }
            after = last;
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// Keeps what was decided of a month: from now on it is told.
    ///
    /// # Errors
    /// SQLite's own; and where it was decided before.
    pub fn publish(&mut self, decided: &Decided) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO published_place (publication_id, place, sub_county, ward) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (place, [sub_county, ward]) in &decided.places {
            let [sub_county, ward] = [sub_county, ward].map(|id| id.as_ref().map(PlaceId::as_str));
            statement.execute(params![decided.publication, place, sub_county, ward])?;
        }
        self.connection
            .prepare_cached(
                "INSERT INTO published_tables (publication_id, of_complaints, of_hops) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![
                decided.publication,
                decided.of_complaints.to_kept(),
                decided.of_hops.to_kept()
            ])?;
        Ok(())
    }
}

/// One of them; `None`: its month is none.
fn publication(row: &Row<'_>) -> rusqlite::Result<Option<Publication>> {
    let month = Period::from_word(row.get_ref(1)?.as_str()?);
    let (id, taken_at) = (row.get(0)?, time(row.get(2)?));
    Ok(month.map(|month| Publication {
        id,
        month,
        taken_at,
    }))
}
