//! When people work in each county, day by day, from lists that somebody wrote down by hand: nothing here is worked out by what is tested.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// How long something may take.
#[derive(Clone, Copy, Debug)]
pub(super) enum Span {
    Days(usize),
    Hours(i64),
}

/// A day that is worked.
#[derive(Clone, Copy)]
struct Day {
    date: NaiveDate,
    opens: DateTime<Utc>,
    closes: DateTime<Utc>,
}

/// The days that a county works, the first one first.
pub(super) struct Almanac {
    pub(super) zone: Tz,
    days: Vec<Day>,
}

/// What is written down of a county.
pub(super) struct Week<'a> {
    pub(super) weekend: [Weekday; 2],
    pub(super) opens: &'a str,
    pub(super) half_day_ends: &'a str,
    pub(super) closes: &'a str,
    pub(super) off: &'a [&'a str],
    pub(super) half: &'a [&'a str],
}

impl Almanac {
    pub(super) fn of(zone: Tz, week: &Week<'_>) -> Self {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let dates = first.iter_days().take(500);
        let worked = dates.filter(|date| {
            !week.weekend.contains(&date.weekday()) && !week.off.contains(&&*date.to_string())
        });
        let days = worked.map(|date| {
            let is_half = week.half.contains(&&*date.to_string());
            let ends = if is_half {
                week.half_day_ends
            } else {
                week.closes
            };
            let moment = |text: &str| {
                let local = zone.from_local_datetime(&date.and_time(time(text)));
                local.unwrap().with_timezone(&Utc)
            };
            Day {
                date,
                opens: moment(week.opens),
                closes: moment(ends),
            }
        });
        Self {
            zone,
            days: days.collect(),
        }
    }

    pub(super) fn date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    pub(super) fn works_at(&self, at: DateTime<Utc>) -> bool {
        self.days
            .iter()
            .any(|day| day.opens <= at && at < day.closes)
    }

    /// When the next door opens or shuts.
    pub(super) fn next_door(&self, after: DateTime<Utc>) -> DateTime<Utc> {
        let doors = self.days.iter().flat_map(|day| [day.opens, day.closes]);
        doors.into_iter().find(|at| *at > after).unwrap()
    }

    /// The end of the span: of days, the last millisecond of the last of them.
    pub(super) fn due(&self, from: DateTime<Utc>, span: Span) -> DateTime<Utc> {
        match span {
            Span::Days(days) => self.end_of(self.day_after(self.date(from), days).date),
            Span::Hours(hours) => self.hours_later(from, TimeDelta::hours(hours)),
        }
    }

    /// When people are at work again after so many days.
    pub(super) fn back_at_work(&self, from: DateTime<Utc>, days: usize) -> DateTime<Utc> {
        self.day_after(self.date(from), days).opens
    }

    /// A deadline put off by the time worked between the two.
    pub(super) fn put_off(
        &self,
        due: DateTime<Utc>,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let date = self.date(due);
        if due != self.end_of(date) {
            let shares = self.days.iter().map(|day| {
                let share = day.closes.min(to) - day.opens.max(from);
                share.max(TimeDelta::zero())
            });
            return self.hours_later(due, shares.sum());
        }
        let between = self.date(from)..=self.date(to);
        let worked = self.days.iter().filter(|day| between.contains(&day.date));
        // The day on which it began counts no more than the day on which a deadline is set.
        let first = self.days.iter().any(|day| day.date == *between.start());
        match worked.count() - usize::from(first) {
            0 => due,
            days => self.end_of(self.day_after(date, days).date),
        }
    }

    fn day_after(&self, date: NaiveDate, count: usize) -> Day {
        let mut later = self.days.iter().filter(|day| day.date > date);
        *later.nth(count - 1).unwrap()
    }

    fn hours_later(&self, from: DateTime<Utc>, mut left: TimeDelta) -> DateTime<Utc> {
        for day in self.days.iter().filter(|day| day.closes > from) {
            let begins = day.opens.max(from);
            if begins + left <= day.closes {
                return begins + left;
            }
            left -= day.closes - begins;
        }
        panic!("the almanac ends before that")
    }

    /// Found by looking at the clock on the wall every quarter of an hour until it shows the next day.
    fn end_of(&self, date: NaiveDate) -> DateTime<Utc> {
        let mut at = date.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(15);
        while self.date(at) <= date {
            at += TimeDelta::minutes(15);
        }
        at - TimeDelta::milliseconds(1)
    }
}
