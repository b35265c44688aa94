//! What the reports count: complaints and their hops, one after the other, read from an index that holds all that is asked for.

use std::collections::HashSet;

use rusqlite::{Row, params};

use super::error::StoreError;
use super::reader::Reader;
use crate::complaint::{CountyId, OrganisationId};
use crate::reports::{Answer, Code, Codes, Count, Fact, Field, Ground, Period, Question, Reached};

/// For whom is counted.
#[derive(Clone, Debug, Default)]
pub struct CountedFor {
    /// Only what this organisation has.
    pub holder: Option<OrganisationId>,
    /// Without what accuses this one.
    pub not_accusing: Option<OrganisationId>,
    /// What is sensitive is a figure beside the table: they work on none of it.
    pub sensitive_apart: bool,
}

/// Which complaints are read.
struct Span<'a> {
    whom: &'a CountedFor,
    /// The counties, each with from when to before when (UTC milliseconds) they were lodged.
    counties: Vec<(CountyId, (i64, i64))>,
}

/// The columns of a [`Fact`], in the order that [`fact`] takes them, and for which field each is read; `None`: always.
const COLUMNS: [(&str, Option<Field>); 27] = [
    ("c.id", None),
    ("c.county", None),
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

/// All of them.
pub(super) fn columns() -> String {
    COLUMNS.map(|(column, _)| column).join(", ")
}

/// Which they are, by the index. CROSS JOIN is SQLite's for "in this order".
pub(super) const LODGED: &str =
    "c.county = ?1 AND c.opened_at >= ?2 AND c.opened_at < ?3 AND (?4 IS NULL OR c.holder = ?4)";

/// How often one hears how far it is.
const TOLD_EVERY: u64 = 16_384;

impl Reader<'_> {
    /// The answers to these questions, in their order. Those about the same days are counted in one pass over the complaints. `done` hears
    /// how much of it there is, 0 to 1.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn answers(
        &self,
        questions: &[Question],
        ground: &Ground<'_>,
        whom: &CountedFor,
        mut done: impl FnMut(f64),
    ) -> Result<Vec<Answer>, StoreError> {
        let mut codes = Codes::default();
        let mut passes: Vec<Pass<'_, '_>> = Vec::new();
        for (place, question) in questions.iter().enumerate() {
            let count = Count::new(
                question.clone(),
                ground.clone(),
                whom.sensitive_apart,
                &mut codes,
            );
            match passes.iter_mut().find(|pass| pass.fits(question)) {
                Some(pass) => pass.counts.push((place, count)),
                None => passes.push(Pass::new(question.period, ground, whom, (place, count))),
            }
        }
        let mut told = Told::default();
        for pass in &passes {
            told.of += self.lodged(&pass.span)?;
        }
        let now = ground.now.timestamp_millis();
        let mut answers = Vec::new();
        for mut pass in passes {
            let columns = pass.columns();
            let counts = &mut pass.counts;
            let mut add = |fact: &Fact, codes: &mut Codes| {
                counts
                    .iter_mut()
                    .for_each(|(_, count)| count.add(fact, codes));
                told.one_more(fact.id, &mut done);
            };
            if pass.of_hops {
                self.facts_of_hops(&columns, &pass.span, now, &mut codes, &mut add)?;
            } else {
                self.facts(&columns, &pass.span, &mut codes, &mut add)?;
            }
            let counted = pass.counts.into_iter();
            answers.extend(counted.map(|(place, count)| (place, count.answer(&codes))));
        }
        answers.sort_by_key(|(place, _)| *place);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }

    /// How many there are to read.
    fn lodged(&self, span: &Span<'_>) -> Result<u64, StoreError> {
        let sql =
            format!("SELECT count(*) FROM complaint c INDEXED BY complaint_counted WHERE {LODGED}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let holder = span.whom.holder.as_ref().map(OrganisationId::as_str);
        let mut all = 0;
        for (county, (from, until)) in &span.counties {
            let values = params![county.as_str(), from, until, holder];
            let lodged: u32 = statement.query_row(values, |row| row.get(0))?;
            all += u64::from(lodged);
        }
        Ok(all)
    }

    /// Goes through them, those of a county in the order of their lodging.
    fn facts(
        &self,
        columns: &str,
        counted: &Span<'_>,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {columns} FROM complaint c INDEXED BY complaint_counted WHERE {LODGED}"
        );
        self.each(&sql, counted, codes, |fact, _, codes| {
            visit(&fact, codes);
            Ok(())
        })
    }

    /// The same of their hops: the holder is who had it then, from when to when. What is with somebody still is with them until `now`,
    /// what is solved or over was until then.
    fn facts_of_hops(
        &self,
        columns: &str,
        counted: &Span<'_>,
        now: i64,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {columns}, r.to_holder, r.at FROM complaint c INDEXED BY complaint_counted
             CROSS JOIN referral r ON r.complaint_id = c.id WHERE {LODGED}
             ORDER BY c.county, c.opened_at, c.id, r.id"
        );
        let closed = codes.code("closed");
        let mut had: Option<Fact> = None;
        let until = |fact: &Fact| fact.let_go_at(closed).unwrap_or(now);
        let mut let_go = |fact: Fact, at: i64, codes: &mut Codes| {
            let held = fact.held.map(|(from, _)| (from, at));
            visit(&Fact { held, ..fact }, codes);
        };
        self.each(&sql, counted, codes, |fact, row, codes| {
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
        counted: &Span<'_>,
        codes: &mut Codes,
        mut visit: impl FnMut(Fact, &Row<'_>, &mut Codes) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let accusing = match &counted.whom.not_accusing {
            Some(organisation) => self.accusing(organisation)?,
            None => HashSet::new(),
        };
        let holder = counted.whom.holder.as_ref().map(OrganisationId::as_str);
        let mut statement = self.connection.prepare_cached(sql)?;
        for (county, (from, until)) in &counted.counties {
            let mut rows = statement.query(params![county.as_str(), from, until, holder])?;
            while let Some(row) = rows.next()? {
                let fact = fact(row, codes)?;
                if !accusing.contains(&fact.id) {
                    visit(fact, row, codes)?;
                }
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

/// Questions that are answered together: about the same days, and all of complaints or all of hops.
struct Pass<'a, 'w> {
    period: Period,
    of_hops: bool,
    span: Span<'w>,
    /// Each with its place among the questions.
    counts: Vec<(usize, Count<'a>)>,
}

impl<'a, 'w> Pass<'a, 'w> {
    fn new(
        period: Period,
        ground: &Ground<'_>,
        whom: &'w CountedFor,
        first: (usize, Count<'a>),
    ) -> Self {
        let counties = ground.counties.iter();
        let counties = counties.map(|(county, zone)| (county.clone(), period.in_zone(*zone)));
        Self {
            period,
            of_hops: first.1.question().measure.is_of_hops(),
            span: Span {
                whom,
                counties: counties.collect(),
            },
            counts: vec![first],
        }
    }

    fn fits(&self, question: &Question) -> bool {
        self.period == question.period && self.of_hops == question.measure.is_of_hops()
    }

    /// The columns that its questions look at; in the place of each other stands nothing.
    fn columns(&self) -> String {
        let is_needed = |field: Option<Field>| match field {
            None => true,
            Some(field) => self
                .counts
                .iter()
                .any(|(_, count)| count.question().needs(field)),
        };
        let columns = COLUMNS.map(|(column, field)| if is_needed(field) { column } else { "NULL" });
        columns.join(", ")
    }
}

/// How far it is.
#[derive(Default)]
struct Told {
    of: u64,
    done: u64,
    last: i64,
}

impl Told {
    /// A complaint with several hops is one.
    #[expect(clippy::cast_precision_loss, reason = "a part of the whole, for a bar")]
    fn one_more(&mut self, complaint: i64, done: &mut impl FnMut(f64)) {
        if complaint == self.last {
            return;
        }
        self.last = complaint;
        self.done += 1;
        if self.done.is_multiple_of(TOLD_EVERY) {
            done(self.done as f64 / self.of.max(1) as f64);
        }
    }
}

pub(super) fn fact(row: &Row<'_>, codes: &mut Codes) -> rusqlite::Result<Fact> {
    let mut maybe = |at: usize| -> rusqlite::Result<Option<Code>> {
        Ok(row
            .get_ref(at)?
            .as_str_or_null()?
            .map(|word| codes.code(word)))
    };
    let [place, sector, kind] = [maybe(2)?, maybe(3)?, maybe(4)?];
    let [closed_as, gender, age_group] = [maybe(9)?, maybe(10)?, maybe(11)?];
    let mut word = |at: usize| -> rusqlite::Result<Code> {
        Ok(codes.code(row.get_ref(at)?.as_str_or_null()?.unwrap_or_default()))
    };
    let time = |at: usize| -> rusqlite::Result<i64> {
        Ok(row.get::<_, Option<i64>>(at)?.unwrap_or_default())
    };
    let count = |at: usize| -> rusqlite::Result<u32> {
        Ok(row.get::<_, Option<u32>>(at)?.unwrap_or_default())
    };
    let reached = |at: usize| -> rusqlite::Result<Option<Reached>> {
        let Some(when) = row.get(at)? else {
            return Ok(None);
        };
        let late: Option<bool> = row.get(at + 1)?;
        Ok(Some(Reached {
            at: when,
            late: late.unwrap_or_default(),
        }))
    };
    Ok(Fact {
        id: row.get(0)?,
        county: word(1)?,
        place,
        sector,
        kind,
        channel: word(5)?,
        language: word(6)?,
        status: word(7)?,
        holder: word(8)?,
        closed_as,
        gender,
        age_group,
        sensitive: row.get(12)?,
        opened_at: row.get(13)?,
        next_due: time(14)?,
        due: [time(15)?, time(16)?, time(17)?],
        returns: count(18)?,
        reopens: count(19)?,
        referred_at: row.get(20)?,
        reached: [reached(21)?, reached(23)?, reached(25)?],
        held: None,
    })
}
