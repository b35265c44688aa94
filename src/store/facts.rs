//! What the reports count: complaints and their hops, one after the other, read from an index that holds all that is asked for.

use std::collections::HashSet;

use rusqlite::{Row, params};

use super::error::StoreError;
use super::reader::Reader;
use crate::complaint::{CountyId, OrganisationId};
use crate::reports::{Code, Codes, Fact, Reached};

/// Which complaints are counted.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// The counties, each with from when to before when (UTC milliseconds) they were lodged.
    pub counties: Vec<(CountyId, (i64, i64))>,
    /// Only those that this organisation has.
    pub holder: Option<OrganisationId>,
    /// Without those that accuse this one.
    pub not_accusing: Option<OrganisationId>,
}

/// The columns of a [`Fact`], in the order that [`fact`] takes them.
const COLUMNS: &str = "c.id, c.county, c.place, c.sector, c.kind, c.channel, c.language, c.status, c.holder, c.closed_as, c.gender, c.age_group, \
     c.sensitive, c.opened_at, c.next_due, c.accept_due, c.first_action_due, c.resolve_due, c.returns, c.reopens, c.referred_at, \
     c.accepted_at, c.accepted_late, c.acted_at, c.acted_late, c.resolved_at, c.resolved_late";

/// Which they are, by the index. CROSS JOIN is SQLite's for "in this order".
const LODGED: &str =
    "c.county = ?1 AND c.opened_at >= ?2 AND c.opened_at < ?3 AND (?4 IS NULL OR c.holder = ?4)";

impl Reader<'_> {
    /// Goes through them, those of a county in the order of their lodging.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn facts(
        &self,
        counted: &Counted,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM complaint c INDEXED BY complaint_counted WHERE {LODGED}"
        );
        self.each(&sql, counted, codes, |fact, _, codes| {
            visit(&fact, codes);
            Ok(())
        })
    }

    /// The same of their hops: the holder is who had it then, from when to when. What is with somebody still is with them until `now`,
    /// what is solved or over was until then.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn facts_of_hops(
        &self,
        counted: &Counted,
        now: i64,
        codes: &mut Codes,
        mut visit: impl FnMut(&Fact, &mut Codes),
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, r.to_holder, r.at FROM complaint c INDEXED BY complaint_counted
             CROSS JOIN referral r ON r.complaint_id = c.id WHERE {LODGED}
             ORDER BY c.county, c.opened_at, c.id, r.id"
        );
        let closed = codes.code("closed");
        let mut had: Option<Fact> = None;
        let until = |fact: &Fact| match fact.reached[2] {
            Some(resolved) => resolved.at,
            None if fact.status == closed => fact.next_due,
            None => now,
        };
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
        counted: &Counted,
        codes: &mut Codes,
        mut visit: impl FnMut(Fact, &Row<'_>, &mut Codes) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let accusing = match &counted.not_accusing {
            Some(organisation) => self.accusing(organisation)?,
            None => HashSet::new(),
        };
        let holder = counted.holder.as_ref().map(OrganisationId::as_str);
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

fn fact(row: &Row<'_>, codes: &mut Codes) -> rusqlite::Result<Fact> {
    let mut maybe = |at: usize| -> rusqlite::Result<Option<Code>> {
        Ok(row
            .get_ref(at)?
            .as_str_or_null()?
            .map(|word| codes.code(word)))
    };
    let [place, sector, kind] = [maybe(2)?, maybe(3)?, maybe(4)?];
    let [closed_as, gender, age_group] = [maybe(9)?, maybe(10)?, maybe(11)?];
    let mut word =
        |at: usize| -> rusqlite::Result<Code> { Ok(codes.code(row.get_ref(at)?.as_str()?)) };
    let reached = |at: usize| -> rusqlite::Result<Option<Reached>> {
        let when: Option<i64> = row.get(at)?;
        let late: Option<bool> = row.get(at + 1)?;
        Ok(when.map(|at| Reached {
            at,
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
        next_due: row.get(14)?,
        due: [row.get(15)?, row.get(16)?, row.get(17)?],
        returns: row.get(18)?,
        reopens: row.get(19)?,
        referred_at: row.get(20)?,
        reached: [reached(21)?, reached(23)?, reached(25)?],
        held: None,
    })
}
