//! Working days between any two moments, for who asks it of a million.

use chrono::{Datelike, NaiveDate};

use super::{Calendar, LocalDays};

/// The years that are looked up; beyond them no day counts as worked.
const YEARS: std::ops::Range<i32> = 2000..2101;

/// How many working days there were up to each day: what [`Calendar::working_days_left`] counts day by day, looked up.
#[derive(Clone, Debug)]
pub struct WorkingDays<'a> {
    calendar: &'a Calendar,
    days: LocalDays,
}

impl WorkingDays<'_> {
    /// How many there are after the day of `from`, up to and with the day of `to`, both UTC milliseconds; 0 where that is not later.
    pub fn between(&self, from: i64, to: i64) -> u32 {
        self.up_to(to).saturating_sub(self.up_to(from))
    }

    fn up_to(&self, ms: i64) -> u32 {
        let first = i64::from(first().to_epoch_days());
        let index = usize::try_from(self.days.number(ms) - first).unwrap_or_default();
        let worked = self.calendar.worked_up_to();
        let known = worked.get(index).or(worked.last());
        known.copied().unwrap_or_default()
    }
}

impl Calendar {
    /// Its working days, to be looked up. They are counted when they are first asked for, and kept as long as the calendar.
    pub fn working_days(&self, days: LocalDays) -> WorkingDays<'_> {
        let calendar = self;
        WorkingDays { calendar, days }
    }

    /// How many there were up to and with each day, from the first of these years on.
    fn worked_up_to(&self) -> &[u32] {
        self.worked.get_or_init(|| {
            let days = first().iter_days().take_while(|day| day.year() < YEARS.end);
            let up_to = days.scan(0_u32, |worked, day| {
                *worked += u32::from(self.is_working_day(day));
                Some(*worked)
            });
            up_to.collect()
        })
    }
}

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(YEARS.start, 1, 1).unwrap_or_default()
}
