//! Working days between any two moments, for who asks it of a million.

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Calendar;

/// The years that are looked up; beyond them no day counts as worked.
const YEARS: std::ops::Range<i32> = 2000..2101;

/// How many working days there were up to each day: what [`Calendar::working_days_left`] counts day by day, looked up.
#[derive(Clone, Debug)]
pub struct WorkingDays {
    zone: Tz,
    /// The day of the first entry, in days of the common era.
    first: i32,
    /// How many there were up to and with each day.
    up_to: Arc<[u32]>,
}

impl WorkingDays {
    /// How many there are after the day of `from`, up to and with the day of `to`, both UTC milliseconds; 0 where that is not later.
    pub fn between(&self, from: i64, to: i64) -> u32 {
        self.up_to(to).saturating_sub(self.up_to(from))
    }

    fn up_to(&self, ms: i64) -> u32 {
        let at: DateTime<Utc> = DateTime::from_timestamp_millis(ms).unwrap_or_default();
        let day = at.with_timezone(&self.zone).date_naive().num_days_from_ce() - self.first;
        let index = usize::try_from(day).unwrap_or_default();
        let known = self.up_to.get(index).or(self.up_to.last());
        known.copied().unwrap_or_default()
    }
}

impl Calendar {
    /// Its working days, to be looked up. They are counted once; who asks again gets the same.
    pub fn working_days(&self, zone: Tz) -> WorkingDays {
        let first = NaiveDate::from_ymd_opt(YEARS.start, 1, 1).unwrap_or_default();
        let count = || {
            let days = first.iter_days().take_while(|day| day.year() < YEARS.end);
            let up_to = days.scan(0_u32, |worked, day| {
                *worked += u32::from(self.is_working_day(day));
                Some(*worked)
            });
            up_to.collect()
        };
        WorkingDays {
            zone,
            first: first.num_days_from_ce(),
            up_to: Arc::clone(self.worked.get_or_init(count)),
        }
    }
}
