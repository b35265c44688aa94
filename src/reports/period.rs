//! From which day to which.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::Dimension;

/// Years that somebody can mean. Of all that a date can be there are too many months to go through.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Days on which complaints were lodged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
}

/// Why a word is no span of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPeriod {
    /// It is nothing that is known.
    #[error(
        "`{0}` is no span of time: write 2026, 2026-Q4, 2026-10, 2026-10-05, or from one to another: 2025-11..2026-10"
    )]
    Unknown(String),
    /// It ends before it begins.
    #[error("{1} comes before {0}: write the earlier one first")]
    Reversed(String, String),
}

impl FromStr for Period {
    type Err = NoPeriod;

    fn from_str(word: &str) -> Result<Self, NoPeriod> {
        let unknown = || NoPeriod::Unknown(word.to_owned());
        let Some((first, last)) = word.split_once("..") else {
            return Self::from_one_word(word).ok_or_else(unknown);
        };
        let ends = Self::from_one_word(first).zip(Self::from_one_word(last));
        let (begins, ends) = ends.ok_or_else(unknown)?;
        Self::of_days(begins.from, ends.last())
            .ok_or_else(|| NoPeriod::Reversed(first.to_owned(), last.to_owned()))
    }
}

impl Period {
    /// From a day up to and with another; `None`: the last lies before the first.
    pub fn of_days(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let until = last.checked_add_days(Days::new(1))?;
        (first <= last).then_some(Self { from: first, until })
    }

    /// A year, a quarter, a month or a day: `2026`, `2026-Q4`, `2026-10`, `2026-10-05`; or from one to another: `2025-11..2026-10`.
    pub fn from_word(word: &str) -> Option<Self> {
        word.parse().ok()
    }

    /// One that has no other end.
    fn from_one_word(word: &str) -> Option<Self> {
        if let Ok(day) = word.parse::<NaiveDate>() {
            return Self::of_days(day, day).filter(|_| YEARS.contains(&day.year()));
        }
        let (year, part) = word.split_once('-').unwrap_or((word, ""));
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        let (month, months) = match part.strip_prefix(['Q', 'q']) {
            Some(quarter) => {
                let quarter: u32 = quarter.parse().ok()?;
                let quarter = (1..=4).contains(&quarter).then_some(quarter)?;
                (quarter * 3 - 2, 3)
            }
            None if part.is_empty() && !word.contains('-') => (1, 12),
            None => (part.parse().ok()?, 1),
        };
        Self::of_months(year, month, months)
    }

    /// A word that [`Period::from_word`] knows again. What is no month, quarter or year of the calendar is named by both of its ends.
    pub fn word(&self) -> String {
        let month = |day| key(Dimension::Month, day);
        match self.whole_months() {
            Some(12) if self.from.month() == 1 => self.from.year().to_string(),
            Some(3) if self.from.month0().is_multiple_of(3) => key(Dimension::Quarter, self.from),
            Some(1) => month(self.from),
            Some(_) => format!("{}..{}", month(self.from), month(self.last())),
            None => format!("{}..{}", self.from, self.last()),
        }
    }

    /// So many months from that one on.
    pub fn of_months(year: i32, month: u32, months: u32) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        let until = from.checked_add_months(Months::new(months))?;
        Some(Self { from, until })
    }

    /// The newest month, quarter or year that is over when that day begins: `months` is 1, 3 or 12.
    pub fn newest_whole(day: NaiveDate, months: u32) -> Option<Self> {
        let begun = day.month0().checked_div(months)? * months;
        let until = Self::of_months(day.year(), begun + 1, months)?;
        Some(until.before())
    }

    /// The month that a day lies in.
    pub fn month_of(day: NaiveDate) -> Option<Self> {
        Self::of_months(day.year(), day.month(), 1)
    }

    /// The same; one that is not over ends with today.
    #[must_use]
    pub fn so_far(self, today: NaiveDate) -> Self {
        let tomorrow = today.succ_opt().unwrap_or(today);
        Self {
            until: self.until.min(tomorrow),
            ..self
        }
    }

    /// The last day.
    pub fn last(&self) -> NaiveDate {
        self.until.pred_opt().unwrap_or(self.until)
    }

    /// What came as long before: of whole months as many months, else as many days.
    pub fn before(&self) -> Self {
        let from = match self.whole_months() {
            Some(months) => self.from.checked_sub_months(Months::new(months)),
            None => {
                let days = (self.until - self.from).num_days();
                let days = Days::new(u64::try_from(days).unwrap_or_default());
                self.from.checked_sub_days(days)
            }
        };
        Self {
            from: from.unwrap_or(NaiveDate::MIN),
            until: self.from,
        }
    }

    /// How many whole months it is; `None`: it begins or ends within one.
    pub fn whole_months(&self) -> Option<u32> {
        let months = (self.until.year() - self.from.year()) * 12 + self.until.month().cast_signed()
            - self.from.month().cast_signed();
        let is_whole = self.from.day() == 1 && self.until.day() == 1 && months > 0;
        is_whole.then_some(months.cast_unsigned())
    }

    /// So many months up to its end, the month that it ends in counted.
    pub fn months_to_its_end(&self, months: u32) -> Self {
        let last = Self::month_of(self.last()).unwrap_or(*self);
        let back = Months::new(months.saturating_sub(1));
        Self {
            from: last.from.checked_sub_months(back).unwrap_or(last.from),
            until: self.until,
        }
    }

    /// Each of its months; those at its ends may be parts of one.
    pub fn months(&self) -> Vec<Self> {
        let mut months = Vec::new();
        let mut from = self.from;
        while from < self.until {
            let until = Self::month_of(from).map_or(self.until, |month| month.until);
            let until = until.min(self.until);
            months.push(Self { from, until });
            from = until;
        }
        months
    }

    /// From which millisecond (UTC) up to before which, where clocks show that zone's time.
    pub fn in_zone(&self, zone: Tz) -> (i64, i64) {
        (begins(self.from, zone), begins(self.until, zone))
    }

    /// The words of its days, weeks, months or quarters, in order; none for what is no time. Of years of days there are too many to
    /// show: those that have no complaint are left out then.
    pub(super) fn keys(&self, dimension: Dimension) -> Vec<String> {
        const MOST: i64 = 400;
        if !dimension.is_time() || (self.until - self.from).num_days() > MOST {
            return Vec::new();
        }
        let days = self.from.iter_days().take_while(|day| *day < self.until);
        let mut keys: Vec<String> = days.map(|day| key(dimension, day)).collect();
        keys.dedup();
        keys
    }
}

/// `2026-10`, `2026-01-01 to 2026-03-31`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.last())
    }
}

/// The word of the day, week, month or quarter that a day lies in: `2026-10-05`, `2026-W41`, `2026-10`, `2026-Q4`. They sort by time.
pub(super) fn key(dimension: Dimension, day: NaiveDate) -> String {
    match dimension {
        Dimension::Week => {
            let week = day.week(Weekday::Mon).first_day().iso_week();
            format!("{}-W{:02}", week.year(), week.week())
        }
        Dimension::Month => format!("{}-{:02}", day.year(), day.month()),
        Dimension::Quarter => format!("{}-Q{}", day.year(), day.month0() / 3 + 1),
        _ => day.to_string(),
    }
}

/// When a day begins there, in UTC milliseconds; where the clocks jump over midnight, the first moment after.
fn begins(day: NaiveDate, zone: Tz) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN);
    let there = (0..24).find_map(|hour| {
        let local = midnight + chrono::TimeDelta::hours(hour);
        zone.from_local_datetime(&local).earliest()
    });
    there
        .map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc))
        .timestamp_millis()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time_are_taken_as_people_write_them() {
        for (word, from_to) in [
            ("2026", "2026-01-01 to 2026-12-31"),
            ("2026-Q4", "2026-10-01 to 2026-12-31"),
            ("2026-02", "2026-02-01 to 2026-02-28"),
            ("2028-02", "2028-02-01 to 2028-02-29"),
            ("2026-10-05", "2026-10-05 to 2026-10-05"),
        ] {
            let period = Period::from_word(word).unwrap();
            assert_eq!(period.to_string(), from_to);
        }
        for word in [
            "",
            "2026-",
            "2026-13",
            "2026-Q5",
            "2026-Q0",
            "2026-Q4294967295",
            "-5",
            "+262142-12-31",
            "last year",
            "20260",
        ] {
            assert_eq!(Period::from_word(word), None, "{word}");
        }
    }

    #[test]
    fn the_newest_that_is_over_is_named_by_months_quarters_and_years() {
        for (day, newest) in [
            ("2026-07-31", ["2026-06", "2026-Q2", "2025"]),
            ("2026-12-31", ["2026-11", "2026-Q3", "2025"]),
            ("2027-01-01", ["2026-12", "2026-Q4", "2026"]),
        ] {
            let newest_whole = |months| Period::newest_whole(day.parse().unwrap(), months);
            let words = [1, 3, 12].map(|months| newest_whole(months).unwrap().word());
            assert_eq!(words, newest, "{day}");
        }
    }

    #[test]
    fn a_span_is_named_by_a_word_of_its_own() {
        for word in [
            "2026",
            "2026-Q4",
            "2026-10",
            "2025-11..2026-10",
            "2026-02..2026-04",
            "2026-10-05..2026-10-18",
        ] {
            assert_eq!(Period::from_word(word).unwrap().word(), word);
        }
        let year = Period::from_word("2026-01..2026-12").unwrap();
        assert_eq!(year.word(), "2026");
        for word in [
            "2026-10..",
            "..2026-10",
            "2026-10..2026-09",
            "..",
            "2026..2026..2026",
        ] {
            assert_eq!(Period::from_word(word), None, "{word}");
        }
    }

    #[test]
    fn what_came_before_is_as_long() {
        for (word, before) in [
            ("2026-03", "2026-02-01 to 2026-02-28"),
            ("2026-Q1", "2025-10-01 to 2025-12-31"),
            ("2026-10-05", "2026-10-04 to 2026-10-04"),
        ] {
            let period = Period::from_word(word).unwrap();
            assert_eq!(period.before().to_string(), before);
        }
    }

    #[test]
    fn a_week_across_new_year_is_one() {
        let days = Period::from_word("2026-Q4").unwrap().before();
        let weeks = Period {
            until: NaiveDate::from_ymd_opt(2027, 1, 9).unwrap(),
            from: NaiveDate::from_ymd_opt(2026, 12, 28).unwrap(),
        };
        assert_eq!(weeks.keys(Dimension::Week), ["2026-W53", "2027-W01"]);
        assert_eq!(
            days.keys(Dimension::Month),
            ["2026-07", "2026-08", "2026-09"]
        );
    }
}
