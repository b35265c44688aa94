//! Rows that leave the system: complaints, and their hops, a short page at a time.
//!
//! Between two pages nothing is held open: the writer folds its log into the database however long the whole takes. Which complaints are
//! in it is fixed when it begins, so that it ends while others come in; each is told as it stands when its page is read.

use rusqlite::{CachedStatement, Row, Rows, params};

use super::error::StoreError;
use super::facts::{LET_GO_AT, Wanted, fact, word};
use super::log;
use super::reader::Reader;
use crate::complaint::{CountyId, OrganisationId, TrackingNumber};
use crate::reports::{Code, Codes, ComplaintRow, Field, HopRow};

/// Complaints on a page.
const PAGE: u32 = 2_000;

/// A county's complaints that are exported.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The county.
    pub county: CountyId,
    /// From when to before when they were lodged, UTC milliseconds.
    pub lodged: (i64, i64),
    /// Only those that this organisation has.
    pub holder: Option<OrganisationId>,
    /// Without those that accuse this one.
    pub not_accusing: Option<OrganisationId>,
    /// Also those that take the track of their own.
    pub with_sensitive: bool,
}

/// An export under way.
#[derive(Debug)]
pub struct Exporting {
    /// What is still to be read, the next last.
    parts: Vec<Part>,
    /// The newest complaint that is in it.
    up_to: i64,
    /// How many counties there are.
    counties: usize,
}

/// A county of it.
#[derive(Debug)]
struct Part {
    what: Exported,
    /// When its first and its last complaint were lodged.
    lodged: (i64, i64),
    /// The last complaint that was read: when it was lodged, and its row.
    after: (i64, i64),
}

impl Exporting {
    /// How much is done, 0 to 1, by the days that were read: to count the complaints beforehand is a long look.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a piece of the whole, for a bar"
    )]
    pub fn done(&self) -> f64 {
        let of_it = self.parts.last().map_or(0.0, |part| {
            let (first, last) = part.lodged;
            (part.after.0 - first).max(0) as f64 / (last - first).max(1) as f64
        });
        (self.counties.saturating_sub(self.parts.len()) as f64 + of_it)
            / self.counties.max(1) as f64
    }

    /// A page was read, up to that complaint; fewer than a page's are the last of their part.
    fn read(&mut self, complaints: u32, last: Option<(i64, i64)>) {
        match (self.parts.last_mut(), last) {
            (Some(part), Some(last)) if complaints == PAGE => part.after = last,
            _ => {
                self.parts.pop();
            }
        }
    }
}

/// A page of a part, in the order of the index.
const OF_PART: &str = "FROM complaint c INDEXED BY complaint_counted
     WHERE c.county = ?1 AND (c.opened_at, c.id) > (?2, ?3) AND c.opened_at < ?4 AND c.id <= ?5 AND (?6 IS NULL OR c.holder = ?6)
       AND (?7 OR c.sensitive = 0)
       AND NOT EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?8)
     ORDER BY c.opened_at, c.id LIMIT ?9";

impl Reader<'_> {
    /// Begins an export of these, in their order.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn begin_export(&self, what: Vec<Exported>) -> Result<Exporting, StoreError> {
        let newest = "SELECT coalesce(max(id), 0) FROM complaint";
        let up_to = self.connection.query_row(newest, [], |row| row.get(0))?;
        let sql = "SELECT (SELECT min(opened_at) FROM complaint INDEXED BY complaint_counted WHERE county = ?1 AND opened_at >= ?2),
             (SELECT max(opened_at) FROM complaint INDEXED BY complaint_counted WHERE county = ?1 AND opened_at < ?3)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let counties = what.len();
        let parts = what.into_iter().rev().map(|what| {
            let (from, until) = what.lodged;
            let values = params![what.county.as_str(), from, until];
            let lodged = statement.query_row(values, |row| {
                let at = |at: usize| row.get::<_, Option<i64>>(at).map(Option::unwrap_or_default);
                Ok((at(0)?, at(1)?))
            })?;
            let after = (from, i64::MIN);
            Ok(Part {
                what,
                lodged,
                after,
            })
        });
        Ok(Exporting {
            parts: parts.collect::<Result<_, StoreError>>()?,
            up_to,
            counties,
        })
    }

    /// The next complaints; none: that was all.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn export_complaints(
        &self,
        exporting: &mut Exporting,
        codes: &mut Codes,
    ) -> Result<Vec<ComplaintRow>, StoreError> {
        let wanted = Wanted::all();
        let sql = format!("SELECT {}, c.number {OF_PART}", wanted.columns());
        log::make_way(self.connection)?;
        let mut page = Vec::new();
        while let (true, Some(part)) = (page.is_empty(), exporting.parts.last()) {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = query(&mut statement, part, exporting.up_to)?;
            let county = codes.code(part.what.county.as_str());
            while let Some(row) = rows.next()? {
                page.push(ComplaintRow {
                    number: number(row, wanted.after)?,
                    fact: fact(row, &wanted, county, codes)?,
                });
            }
            let last = page.last().map(|row| (row.fact.opened_at, row.fact.id));
            exporting.read(u32::try_from(page.len()).unwrap_or(PAGE), last);
        }
        Ok(page)
    }

    /// The hops of the next complaints, those of a complaint one after the other; none: that was all.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn export_hops(
        &self,
        exporting: &mut Exporting,
        codes: &mut Codes,
    ) -> Result<Vec<HopRow>, StoreError> {
        let wanted = Wanted::of(|field| field == Field::Id);
        let sql = format!(
            "SELECT {}, c.number, r.from_holder, r.to_holder, r.at, r.actor, r.returned, {LET_GO_AT}
             FROM (SELECT * {OF_PART}) c LEFT JOIN referral r ON r.complaint_id = c.id
             ORDER BY c.opened_at, c.id, r.id",
            wanted.columns()
        );
        log::make_way(self.connection)?;
        let mut hops: Vec<HopRow> = Vec::new();
        while let (true, Some(part)) = (hops.is_empty(), exporting.parts.last()) {
            let (mut complaints, mut last) = (0, None);
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = query(&mut statement, part, exporting.up_to)?;
            let county = codes.code(part.what.county.as_str());
            while let Some(row) = rows.next()? {
                let complaint = fact(row, &wanted, county, codes)?;
                let key = Some((complaint.opened_at, complaint.id));
                let is_first = last.replace((complaint.opened_at, complaint.id)) != key;
                complaints += u32::from(is_first);
                let Some(mut hop) = hop(row, wanted.after, county, codes)? else {
                    continue;
                };
                hop.until = row.get(wanted.after + 6)?;
                if let Some(before) = hops.last_mut().filter(|_| !is_first) {
                    before.until = Some(hop.from);
                    hop.nth = before.nth + 1;
                }
                hops.push(hop);
            }
            exporting.read(complaints, last);
        }
        Ok(hops)
    }
}

fn query<'s>(
    statement: &'s mut CachedStatement<'_>,
    Part { what, after, .. }: &Part,
    up_to: i64,
) -> rusqlite::Result<Rows<'s>> {
    statement.query(params![
        what.county.as_str(),
        after.0,
        after.1,
        what.lodged.1,
        up_to,
        what.holder.as_ref().map(OrganisationId::as_str),
        what.with_sensitive,
        what.not_accusing.as_ref().map(OrganisationId::as_str),
        PAGE,
    ])
}

/// After a [`Fact`](crate::reports::Fact)'s columns.
fn number(row: &Row<'_>, after: usize) -> rusqlite::Result<TrackingNumber> {
    let number: i64 = row.get(after)?;
    Ok(TrackingNumber::from_value(number.cast_unsigned()))
}

/// A hop as if it were the first and the last; `None`: there was none.
fn hop(
    row: &Row<'_>,
    after: usize,
    county: Code,
    codes: &mut Codes,
) -> rusqlite::Result<Option<HopRow>> {
    let Some(holder) = word(row, after + 2, codes)? else {
        return Ok(None);
    };
    Ok(Some(HopRow {
        number: number(row, after)?,
        county,
        nth: 1,
        sent_by: word(row, after + 1, codes)?,
        holder,
        from: row.get(after + 3)?,
        until: None,
        actor: word(row, after + 4, codes)?.unwrap_or_default(),
        returned: row.get(after + 5)?,
    }))
}
