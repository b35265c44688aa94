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

/// Which columns are read, and where each stands among those that are: to fetch an empty one takes as long as a full one.
pub(super) struct Wanted {
    /// In the order of [`COLUMNS`]; `None`: that is not read.
    places: [Option<usize>; COLUMNS.len()],
    /// The place of the first column after them.
    pub(super) after: usize,
}

impl Wanted {
    /// All of them.
    pub(super) fn all() -> Self {
        Self::of(|_| true)
    }

    /// Those whose field is looked at.
    pub(super) fn of(is_needed: impl Fn(Field) -> bool) -> Self {
        let mut after = 0;
        let places = COLUMNS.map(|(_, field)| {
            let is_read = field.is_none_or(&is_needed);
            is_read.then(|| {
                after += 1;
                after - 1
            })
        });
        Self { places, after }
    }

    /// For a SELECT.
    pub(super) fn columns(&self) -> String {
        let columns = COLUMNS.iter().zip(self.places);
        let columns = columns.filter_map(|((column, _), place)| place.map(|_| *column));
        columns.collect::<Vec<_>>().join(", ")
    }

    fn place(&self, at: usize) -> Option<usize> {
        self.places.get(at).copied().flatten()
    }
}

/// Which they are, by the index.
pub(super) const LODGED: &str =
    "c.county = ?1 AND c.opened_at >= ?2 AND c.opened_at < ?3 AND (?4 IS NULL OR c.holder = ?4)";

/// Since when nobody has anything to do with a complaint any more: it is solved, or over; NULL: somebody has.
pub(super) const LET_GO_AT: &str = "coalesce(resolved_at, iif(status = 'closed', next_due, NULL))";

fn of_complaints(wanted: &Wanted) -> String {
    let columns = wanted.columns();
    format!("SELECT {columns} FROM complaint c INDEXED BY complaint_counted WHERE {LODGED}")
}

/// Where there was one hop, its complaint knows it, and the join finds nothing: only of more the ledger is asked.
fn of_hops(wanted: &Wanted) -> String {
    let columns = wanted.columns();
    format!(
        "SELECT {columns}, coalesce(r.to_holder, c.holder), coalesce(r.at, c.only_hop_at) AS hop_at, {LET_GO_AT}
         FROM complaint c INDEXED BY complaint_counted
         LEFT JOIN referral r ON r.complaint_id = iif(c.only_hop_at IS NULL, c.id, NULL)
         WHERE {LODGED} AND hop_at IS NOT NULL ORDER BY c.opened_at, c.id, r.id"
    )
}

impl Reader<'_> {
    /// Goes through them, in the order of their lodging.
    pub(super) fn facts(
        &self,
        wanted: &Wanted,
        span: Span<'_>,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = of_complaints(wanted);
        let accusing = self.accusing(span.whom)?;
        let county = codes.code(span.county.as_str());
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(span.parameters())?;
        while let Some(row) = rows.next()? {
            if !accuses(row, wanted, accusing.as_ref())? {
                visit(&fact(row, wanted, county, codes)?, codes);
            }
        }
        Ok(())
    }

    /// The same of their hops: the holder is who had it then, from when to when. What is with somebody still is with them until `now`,
    /// what is solved or over was until then.
    pub(super) fn facts_of_hops(
        &self,
        wanted: &Wanted,
        span: Span<'_>,
        now: i64,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = of_hops(wanted);
        let accusing = self.accusing(span.whom)?;
        let county = codes.code(span.county.as_str());
        let mut let_go = |hop: Fact, at: i64, codes: &mut Codes| {
            let held = hop.held.map(|(from, _)| (from, at));
            visit(&Fact { held, ..hop }, codes);
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(span.parameters())?;
        // The newest hop, and when its complaint is let go.
        let mut last: Option<(Fact, i64)> = None;
        while let Some(row) = rows.next()? {
            if accuses(row, wanted, accusing.as_ref())? {
                continue;
            }
            let at: i64 = row.get(wanted.after + 1)?;
            let hop = Fact {
                holder: word(row, wanted.after, codes)?.unwrap_or_default(),
                held: Some((at, at)),
                ..fact(row, wanted, county, codes)?
            };
            let until: Option<i64> = row.get(wanted.after + 2)?;
            if let Some((before, until)) = last.replace((hop, until.unwrap_or(now))) {
                let goes_on = before.id == hop.id;
                let_go(before, if goes_on { at } else { until }, codes);
            }
        }
        if let Some((last, until)) = last {
            let_go(last, until, codes);
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
fn accuses(
    row: &Row<'_>,
    wanted: &Wanted,
    accusing: Option<&HashSet<i64>>,
) -> rusqlite::Result<bool> {
    let Some(ids) = accusing else {
        return Ok(false);
    };
    let id = wanted
        .place(0)
        .ok_or(rusqlite::Error::InvalidColumnIndex(0))?;
    Ok(ids.contains(&row.get::<_, i64>(id)?))
}

/// The code of a column's word.
pub(super) fn word(row: &Row<'_>, at: usize, codes: &mut Codes) -> rusqlite::Result<Option<Code>> {
    let word = row.get_ref(at)?.as_bytes_or_null()?;
    Ok(word.map(|word| codes.code_of_bytes(word)).transpose()?)
}

/// A complaint of that county.
pub(super) fn fact(
    row: &Row<'_>,
    wanted: &Wanted,
    county: Code,
    codes: &mut Codes,
) -> rusqlite::Result<Fact> {
    let mut maybe = |at: usize| match wanted.place(at) {
        Some(at) => word(row, at, codes),
        None => Ok(None),
    };
    let [place, sector, kind] = [maybe(1)?, maybe(2)?, maybe(3)?];
    let words = [maybe(4)?, maybe(5)?, maybe(6)?, maybe(7)?];
    let [channel, language, status, holder] = words.map(Option::unwrap_or_default);
    let [closed_as, gender, age_group] = [maybe(8)?, maybe(9)?, maybe(10)?];
    let time = |at: usize| -> rusqlite::Result<Option<i64>> {
        wanted.place(at).map_or(Ok(None), |at| row.get(at))
    };
    let count =
        |at: usize| -> rusqlite::Result<u32> { wanted.place(at).map_or(Ok(0), |at| row.get(at)) };
    let is = |at: usize| -> rusqlite::Result<bool> {
        let known: Option<bool> = wanted.place(at).map_or(Ok(None), |at| row.get(at))?;
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
        opened_at: time(12)?.unwrap_or_default(),
        next_due: time(13)?.unwrap_or_default(),
        due: due.map(Option::unwrap_or_default),
        returns: count(17)?,
        reopens: count(18)?,
        referred_at: time(19)?,
        reached: [reached(20)?, reached(22)?, reached(24)?],
        held: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plan::plan;

    /// A million rows are read for one table: in their order, and from indexes that hold all of it.
    #[test]
    fn what_is_counted_is_read_from_indexes_alone() {
        let all = Wanted::all();
        let values = ["wajir", "1", "2", "wajir-water"].map(|value| value.to_owned().into());
        let complaints = "SEARCH c USING COVERING INDEX complaint_counted (county=? AND opened_at>? AND opened_at<?)";
        assert_eq!(plan(&of_complaints(&all), &values), [complaints]);
        let hops = "SEARCH r USING COVERING INDEX referral_held (complaint_id=?) LEFT-JOIN";
        assert_eq!(plan(&of_hops(&all), &values), [complaints, hops]);
    }
}
