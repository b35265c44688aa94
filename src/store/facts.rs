//! What the reports count: complaints and their hops, one after the other, read from an index that holds all that is asked for.

use std::collections::HashSet;

use rusqlite::{Row, params};

use super::error::StoreError;
use super::reader::Reader;
use crate::complaint::{CountyId, OrganisationId};
use crate::reports::{Code, Codes, CountedFor, Fact, Field, Reached};

/// Which complaints are read: a county's of a span of time.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    pub(super) whom: &'a CountedFor,
    pub(super) county: &'a CountyId,
    /// From when to before when (UTC milliseconds) they were lodged.
    pub(super) lodged: (i64, i64),
}

/// The columns of a [`Fact`], in the order that [`fact`] takes them, and for which field each is read; `None`: always.
const COLUMNS: [(&str, Option<Field>); 27] = [
    ("c.id", None),
    ("county", None),
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
    ("c.sensitive", None),
    ("c.opened_at", None),
    ("c.next_due", Some(Field::Status)),
    ("c.accept_due", Some(Field::Due)),
    ("c.first_action_due", Some(Field::Due)),
    ("c.resolve_due", Some(Field::Due)),
    ("c.returns", Some(Field::Turns)),
    ("c.reopens", Some(Field::Turns)),
    ("c.referred_at", Some(Field::Referred)),
    ("c.accepted_at", Some(Field::Reached)),
    ("c.accepted_late", Some(Field::Reached)),
    ("c.acted_at", Some(Field::Reached)),
    ("c.acted_late", Some(Field::Reached)),
    ("c.resolved_at", Some(Field::Reached)),
    ("c.resolved_late", Some(Field::Reached)),
];

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
        self.each(&sql, wanted, span, codes, |fact, _, codes| {
            visit(&fact, codes);
            Ok(())
        })
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
        let closed = codes.code("closed");
        let mut had: Option<Fact> = None;
        let until = |fact: &Fact| fact.let_go_at(closed).unwrap_or(now);
        let mut let_go = |fact: Fact, at: i64, codes: &mut Codes| {
            let held = fact.held.map(|(from, _)| (from, at));
            visit(&Fact { held, ..fact }, codes);
        };
        self.each(&sql, wanted, span, codes, |fact, row, codes| {
            let holder = codes.code(row.get_ref(27)?.as_str()?);
            let at: i64 = row.get(28)?;
            if let Some(before) = had.take() {
                let end = if before.id == fact.id {
                    at
                } else {
                    until(&before)
                };
                let_go(before, end, codes);
            }
            had = Some(Fact {
                holder,
                held: Some((at, at)),
                ..fact
            });
            Ok(())
        })?;
        if let Some(last) = had {
            let_go(last, until(&last), codes);
        }
        Ok(())
    }

    fn each(
        &self,
        sql: &str,
        wanted: Wanted,
        span: Span<'_>,
        codes: &mut Codes,
        mut visit: impl FnMut(Fact, &Row<'_>, &mut Codes) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let accusing = match &span.whom.not_accusing {
            Some(organisation) => self.accusing(organisation)?,
            None => HashSet::new(),
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let holder = span.whom.holder.as_ref().map(OrganisationId::as_str);
        let (from, until) = span.lodged;
        let mut rows = statement.query(params![span.county.as_str(), from, until, holder])?;
        while let Some(row) = rows.next()? {
            let fact = fact(row, wanted, codes)?;
            if !accusing.contains(&fact.id) {
                visit(fact, row, codes)?;
            }
        }
        Ok(())
    }

    fn accusing(&self, organisation: &OrganisationId) -> Result<HashSet<i64>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT complaint_id FROM accused WHERE organisation = ?1")?;
        let ids = statement.query_map(params![organisation.as_str()], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

pub(super) fn fact(row: &Row<'_>, wanted: Wanted, codes: &mut Codes) -> rusqlite::Result<Fact> {
    let mut maybe = |at: usize| -> rusqlite::Result<Option<Code>> {
        if !wanted.has(at) {
            return Ok(None);
        }
        Ok(row
            .get_ref(at)?
            .as_str_or_null()?
            .map(|word| codes.code(word)))
    };
    let [place, sector, kind] = [maybe(2)?, maybe(3)?, maybe(4)?];
    let [closed_as, gender, age_group] = [maybe(9)?, maybe(10)?, maybe(11)?];
    let words = [maybe(1)?, maybe(5)?, maybe(6)?, maybe(7)?, maybe(8)?];
    let [county, channel, language, status, holder] = words.map(Option::unwrap_or_default);
    let time = |at: usize| -> rusqlite::Result<Option<i64>> {
        if wanted.has(at) {
            row.get(at)
        } else {
            Ok(None)
        }
    };
    let count =
        |at: usize| -> rusqlite::Result<u32> { if wanted.has(at) { row.get(at) } else { Ok(0) } };
    let reached = |at: usize| -> rusqlite::Result<Option<Reached>> {
        let Some(when) = time(at)? else {
            return Ok(None);
        };
        let late: Option<bool> = row.get(at + 1)?;
        Ok(Some(Reached {
            at: when,
            late: late.unwrap_or_default(),
        }))
    };
    let due = [time(15)?, time(16)?, time(17)?];
    Ok(Fact {
        id: row.get(0)?,
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
        sensitive: row.get(12)?,
        opened_at: row.get(13)?,
        next_due: time(14)?.unwrap_or_default(),
        due: due.map(Option::unwrap_or_default),
        returns: count(18)?,
        reopens: count(19)?,
        referred_at: time(20)?,
        reached: [reached(21)?, reached(23)?, reached(25)?],
        held: None,
    })
}
