//! Complaints and hops as rows of a CSV file, a page at a time: ids as they stand in the configuration, words that
//! `jibu report` has too, no number of a phone, no name and nothing that anybody wrote.
//!
//! Times are ISO 8601 in UTC, to the millisecond; beside them stands the day that it was in the county, which is what a spreadsheet can
//! count by. What is not known, or did not happen, is an empty cell; yes and no are 1 and 0.

use std::io::{self, Write};

use chrono::{DateTime, Datelike, Timelike};

use super::cell::{MARK, rows, text};
use crate::reports::key::Keys;
use crate::reports::{Code, Codes, ComplaintRow, Dimension, Ground, HopRow, Period, Reached};

/// The columns of a complaint.
pub const COMPLAINT: [&str; 36] = [
    "number",
    "county",
    "sub_county",
    "ward",
    "place",
    "sector",
    "kind",
    "channel",
    "language",
    "gender",
    "age_group",
    "status",
    "outcome",
    "organisation",
    "sensitive",
    "returns",
    "reopens",
    "opened_at",
    "opened_on",
    "referred_at",
    "referred_on",
    "accepted_at",
    "accepted_on",
    "accepted_late",
    "acted_at",
    "acted_on",
    "acted_late",
    "resolved_at",
    "resolved_on",
    "resolved_late",
    "closed_at",
    "closed_on",
    "accept_due",
    "act_due",
    "resolve_due",
    "next_due",
];

/// The columns of a hop.
pub const HOP: [&str; 9] = [
    "number",
    "hop",
    "county",
    "organisation",
    "from",
    "until",
    "sent_by",
    "returned",
    "made_by",
];

/// Writes rows.
pub struct RowWriter<'a> {
    keys: Keys<'a>,
    closed: Code,
}

/// Begins a file with these columns.
///
/// # Errors
/// The writer's.
pub fn begin(out: &mut impl Write, columns: &[&str]) -> io::Result<()> {
    out.write_all(MARK.as_bytes())?;
    let mut header = rows(out);
    header.write_record(columns)?;
    header.flush()
}

impl<'a> RowWriter<'a> {
    /// For complaints of these counties, lodged in that period.
    pub fn new(ground: Ground<'a>, period: Period, codes: &mut Codes) -> Self {
        Self {
            keys: Keys::new(ground, period, codes),
            closed: codes.code("closed"),
        }
    }

    /// Adds complaints.
    ///
    /// # Errors
    /// The writer's.
    pub fn complaints(
        &mut self,
        out: impl Write,
        page: &[ComplaintRow],
        codes: &mut Codes,
    ) -> io::Result<()> {
        let mut line = Line::new(out);
        for row in page {
            self.complaint(&mut line, row, codes)?;
        }
        line.csv.flush()
    }

    fn complaint<W: Write>(
        &mut self,
        line: &mut Line<W>,
        ComplaintRow { number, fact }: &ComplaintRow,
        codes: &mut Codes,
    ) -> io::Result<()> {
        let [sub_county, ward] = [Dimension::SubCounty, Dimension::Ward]
            .map(|dimension| self.keys.key(dimension, fact, codes));
        line.number(number.value())?;
        for code in [
            Some(fact.county),
            sub_county,
            ward,
            fact.place,
            fact.sector,
            fact.kind,
            Some(fact.channel),
            Some(fact.language),
            fact.gender,
            fact.age_group,
            Some(fact.status),
            fact.closed_as,
            Some(fact.holder),
        ] {
            line.word(code, codes)?;
        }
        line.number(fact.sensitive.into())?;
        line.number(fact.returns.into())?;
        line.number(fact.reopens.into())?;
        let moment = |line: &mut Line<W>, at: Option<i64>| {
            line.time(at)?;
            line.day(at.map(|at| self.keys.day(fact.county, at)))
        };
        moment(line, Some(fact.opened_at))?;
        moment(line, fact.referred_at)?;
        for reached in fact.reached {
            moment(line, reached.map(|reached| reached.at))?;
            line.late(reached)?;
        }
        let is_closed = fact.status == self.closed;
        moment(line, is_closed.then_some(fact.next_due))?;
        for due in fact.due {
            line.time(Some(due))?;
        }
        line.time((!is_closed).then_some(fact.next_due))?;
        line.end()
    }

    /// Adds hops.
    ///
    /// # Errors
    /// The writer's.
    pub fn hops(&self, out: impl Write, page: &[HopRow], codes: &Codes) -> io::Result<()> {
        let mut line = Line::new(out);
        for hop in page {
            line.number(hop.number.value())?;
            line.number(hop.nth.into())?;
            line.word(Some(hop.county), codes)?;
            line.word(Some(hop.holder), codes)?;
            line.time(Some(hop.from))?;
            line.time(hop.until)?;
            line.word(hop.sent_by, codes)?;
            line.number(hop.returned.into())?;
            line.word(Some(hop.actor), codes)?;
            line.end()?;
        }
        line.csv.flush()
    }
}

/// A row that is being written.
struct Line<W: Write> {
    csv: ::csv::Writer<W>,
    /// Used again for each cell.
    cell: Vec<u8>,
}

impl<W: Write> Line<W> {
    fn new(out: W) -> Self {
        Self {
            csv: rows(out),
            cell: Vec::with_capacity(32),
        }
    }

    fn word(&mut self, code: Option<Code>, codes: &Codes) -> io::Result<()> {
        let word = code.map(|code| codes.word(code)).unwrap_or_default();
        Ok(self.csv.write_field(text(&word).as_bytes())?)
    }

    fn number(&mut self, number: u64) -> io::Result<()> {
        self.put(|cell| write!(cell, "{number}"))
    }

    fn late(&mut self, reached: Option<Reached>) -> io::Result<()> {
        match reached {
            Some(reached) => self.number(reached.late.into()),
            None => self.put(|_| Ok(())),
        }
    }

    fn time(&mut self, at: Option<i64>) -> io::Result<()> {
        let at = at.and_then(DateTime::from_timestamp_millis);
        self.put(|cell| match at {
            None => Ok(()),
            // By hand: chrono's own, made for any format, takes longer than reading the row.
            Some(at) => write!(
                cell,
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                at.year(),
                at.month(),
                at.day(),
                at.hour(),
                at.minute(),
                at.second(),
                at.timestamp_subsec_millis()
            ),
        })
    }

    fn day(&mut self, day: Option<chrono::NaiveDate>) -> io::Result<()> {
        self.put(|cell| match day {
            None => Ok(()),
            Some(day) => write!(
                cell,
                "{:04}-{:02}-{:02}",
                day.year(),
                day.month(),
                day.day()
            ),
        })
    }

    fn put(&mut self, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<()> {
        self.cell.clear();
        write(&mut self.cell)?;
        Ok(self.csv.write_field(&self.cell)?)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(self.csv.write_record(None::<&[u8]>)?)
    }
}
