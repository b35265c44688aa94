//! What the reports count: complaints and their hops, one after the other, read from an index that holds all that is asked for.

use std::collections::HashSet;

use rusqlite::{Params, Row, params};

use super::error::StoreError;
use super::reader::Reader;
use crate::complaint::{CountyId, OrganisationId};
use crate::reports::{Code, Codes, CountedFor, Fact, Field, Reached, Stage};

/// Which complaints are read: a county's of a span of time.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    pub(super) whom: &'a CountedFor,
    pub(super) county: &'a CountyId,
    /// From when to before when (UTC milliseconds) they were lodged.
    pub(super) lodged: (i64, i64),
}

impl Span<'_> {
    /// Those of [`LODGED`].
    fn parameters(&self) -> impl Params {
        let holder = self.whom.holder.as_ref().map(OrganisationId::as_str);
        let (from, until) = self.lodged;
        (self.county.as_str(), from, until, holder)
    }
}

/// The columns of a [`Fact`], in the order that [`fact`] takes them, and for which field each is read; `None`: always.
const COLUMNS: [(&str, Option<Field>); 26] = [
    ("c.id", Some(Field::Id)),
    ("c.place", Some(Field::Place)),
    ("c.sector", Some(Field::Sector)),
    ("c.kind", Some(Field::Kind)),
    ("c.channel", Some(Field::Channel)),
    ("c.language", Some(Field::Language)),
    ("c.status", Some(Field::Status)),
    ("c.holder", Some(Field::Holder)),
    ("c.closed_as", None),
    ("c.gender", Some(Field::Gender)),
    ("c.age_group", Some(Field::AgeGroup)),
    ("c.sensitive", Some(Field::Sensitive)),
    ("c.opened_at", None),
    ("c.next_due", Some(Field::NextDue)),
    ("c.accept_due", Some(Field::Due(Stage::Accept))),
    ("c.first_action_due", Some(Field::Due(Stage::Act))),
    ("c.resolve_due", Some(Field::Due(Stage::Resolve))),
    ("c.returns", Some(Field::Returns)),
    ("c.reopens", Some(Field::Reopens)),
    ("c.referred_at", Some(Field::Reached(Stage::Refer))),
    ("c.accepted_at", Some(Field::Reached(Stage::Accept))),
    ("c.accepted_late", Some(Field::Late(Stage::Accept))),
    ("c.acted_at", Some(Field::Reached(Stage::Act))),
    ("c.acted_late", Some(Field::Late(Stage::Act))),
    ("c.resolved_at", Some(Field::Reached(Stage::Resolve))),
    ("c.resolved_late", Some(Field::Late(Stage::Resolve))),
];

/// The place of the first column after those of a [`Fact`].
pub(super) const AFTER: usize = COLUMNS.len();

/// Which columns are read, a bit each: to fetch an empty cell takes as long as a full one.
#[derive(Clone, Copy)]
pub(super) struct Wanted(u32);

impl Wanted {
    /// All of them.
    pub(super) const ALL: Self = Self(u32::MAX);

    /// Those whose field is looked at.
    pub(super) fn of(is_needed: impl Fn(Field) -> bool) -> Self {
        let bits = COLUMNS.iter().enumerate().map(|(at, (_, field))| {
            let is_wanted = field.is_none_or(&is_needed);
            u32::from(is_wanted) << at
        });
        Self(bits.fold(0, |all, bit| all | bit))
    }

    fn has(self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }

    /// For a SELECT; in the place of each other column stands nothing.
    pub(super) fn columns(self) -> String {
        let columns = COLUMNS.iter().enumerate();
        let columns = columns.map(|(at, (column, _))| if self.has(at) { *column } else { "NULL" });
        columns.collect::<Vec<_>>().join(", ")
    }
}

/// Which they are, by the index. CROSS JOIN is SQLite's for "in this order".
pub(super) const LODGED: &str =
    "c.county = ?1 AND c.opened_at >= ?2 AND c.opened_at < ?3 AND (?4 IS NULL OR c.holder = ?4)";

impl Reader<'_> {
    /// Goes through them, in the order of their lodging.
    pub(super) fn facts(
        &self,
        wanted: Wanted,
        span: Span<'_>,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {} FROM complaint c INDEXED BY complaint_counted WHERE {LODGED}",
            wanted.columns()
        );
        let accusing = self.accusing(span.whom)?;
        let county = codes.code(span.county.as_str());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(span.parameters())?;
        while let Some(row) = rows.next()? {
            if !accuses(row, accusing.as_ref())? {
                visit(&fact(row, wanted, county, codes)?, codes);
            }
        }
        Ok(())
    }

    /// The same of their hops: the holder is who had it then, from when to when. What is with somebody still is with them until `now`,
    /// what is solved or over was until then.
    pub(super) fn facts_of_hops(
        &self,
        wanted: Wanted,
        span: Span<'_>,
        now: i64,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {}, r.to_holder, r.at FROM complaint c INDEXED BY complaint_counted
             CROSS JOIN referral r ON r.complaint_id = c.id WHERE {LODGED}
             ORDER BY c.opened_at, c.id, r.id",
            wanted.columns()
        );
        let accusing = self.accusing(span.whom)?;
        let [county, closed] = [span.county.as_str(), "closed"].map(|word| codes.code(word));
        let until = |fact: &Fact| fact.let_go_at(closed).unwrap_or(now);
        let mut let_go = |hop: Fact, at: i64, codes: &mut Codes| {
            let held = hop.held.map(|(from, _)| (from, at));
            visit(&Fact { held, ..hop }, codes);
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(span.parameters())?;
        let mut last: Option<Fact> = None;
        while let Some(row) = rows.next()? {
            if accuses(row, accusing.as_ref())? {
                continue;
            }
            let id: i64 = row.get(0)?;
            let at: i64 = row.get(AFTER + 1)?;
            let complaint = match last.take() {
                // The other columns of the next hop are those of the one before.
                Some(before) if before.id == id => {
                    let_go(before, at, codes);
                    before
                }
                before => {
                    if let Some(before) = before {
                        let_go(before, until(&before), codes);
                    }
                    fact(row, wanted, county, codes)?
                }
            };
            let holder = row.get_ref(AFTER)?.as_str();
            last = Some(Fact {
                holder: codes.code(holder.map_err(rusqlite::Error::from)?),
                held: Some((at, at)),
                ..complaint
            });
        }
        if let Some(last) = last {
            let_go(last, until(&last), codes);
        }
        Ok(())
    }

    /// The complaints that accuse an organisation which is not to see them; `None`: they see all.
    fn accusing(&self, whom: &CountedFor) -> Result<Option<HashSet<i64>>, StoreError> {
        let Some(organisation) = &whom.not_accusing else {
            return Ok(None);
        };
        let mut statement = self
            .connection
            .prepare_cached("SELECT complaint_id FROM accused WHERE organisation = ?1")?;
        let ids = statement.query_map(params![organisation.as_str()], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

/// Whether a complaint is one of these. Where that is asked, a row without its id is an error, and not somebody's who accuses nobody.
fn accuses(row: &Row<'_>, accusing: Option<&HashSet<i64>>) -> rusqlite::Result<bool> {
    accusing.map_or(Ok(false), |ids| Ok(ids.contains(&row.get::<_, i64>(0)?)))
}

/// A complaint of that county.
pub(super) fn fact(
    row: &Row<'_>,
    wanted: Wanted,
    county: Code,
    codes: &mut Codes,
) -> rusqlite::Result<Fact> {
    let mut maybe = |at: usize| -> rusqlite::Result<Option<Code>> {
        if !wanted.has(at) {
            return Ok(None);
        }
        Ok(row
            .get_ref(at)?
            .as_str_or_null()?
            .map(|word| codes.code(word)))
    };
    let [place, sector, kind] = [maybe(1)?, maybe(2)?, maybe(3)?];
    let words = [maybe(4)?, maybe(5)?, maybe(6)?, maybe(7)?];
    let [channel, language, status, holder] = words.map(Option::unwrap_or_default);
    let [closed_as, gender, age_group] = [maybe(8)?, maybe(9)?, maybe(10)?];
    let time = |at: usize| -> rusqlite::Result<Option<i64>> {
        if wanted.has(at) {
            row.get(at)
        } else {
            Ok(None)
        }
    };
    let count =
        |at: usize| -> rusqlite::Result<u32> { if wanted.has(at) { row.get(at) } else { Ok(0) } };
    let is = |at: usize| -> rusqlite::Result<bool> {
        let known: Option<bool> = if wanted.has(at) { row.get(at)? } else { None };
        Ok(known.unwrap_or_default())
    };
    let reached = |at: usize| -> rusqlite::Result<Option<Reached>> {
        let Some(when) = time(at)? else {
            return Ok(None);
        };
        let late = is(at + 1)?;
        Ok(Some(Reached { at: when, late }))
    };
    let due = [time(14)?, time(15)?, time(16)?];
    Ok(Fact {
        id: time(0)?.unwrap_or_default(),
        county,
        place,
        within: None,
        sector,
        kind,
        channel,
        language,
        status,
        holder,
        closed_as,
        gender,
        age_group,
        sensitive: is(11)?,
        opened_at: row.get(12)?,
        next_due: time(13)?.unwrap_or_default(),
        due: due.map(Option::unwrap_or_default),
        returns: count(17)?,
        reopens: count(18)?,
        referred_at: time(19)?,
        reached: [reached(20)?, reached(22)?, reached(24)?],
        held: None,
    })
}
