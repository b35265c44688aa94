//! The day that a moment lies in where clocks show a zone's time, for who asks it of a million.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

/// Milliseconds in a day of UTC.
const DAY: i64 = 86_400_000;
/// The days of UTC that are looked up, from 1970 on: those of 2000 to 2100. Of others the zone is asked.
const DAYS: std::ops::Range<i64> = 10_957..47_847;

/// How far a zone's clocks are ahead of UTC on each of [`DAYS`], in milliseconds; `None`: they change on that day. None does so twice.
type Ahead = Arc<[Option<i32>]>;

/// The days of a zone: a table instead of a search for each moment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LocalDays {
    zone: Tz,
    ahead: Ahead,
}

impl LocalDays {
    /// Those of a zone. Its table is made when it is first asked for, in a few milliseconds, and kept.
    pub fn of(zone: Tz) -> Self {
        static KNOWN: LazyLock<Mutex<HashMap<Tz, Ahead>>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let ahead = known.entry(zone).or_insert_with(|| {
            let days = DAYS.map(|day| {
                let [first, last] = [day * DAY, (day + 1) * DAY - 1].map(|ms| ahead(ms, zone));
                (first == last).then_some(first)
            });
            days.collect()
        });
        Self {
            zone,
            ahead: Arc::clone(ahead),
        }
    }

    /// The day of a moment (UTC milliseconds), in days since 1970.
    pub fn number(&self, ms: i64) -> i64 {
        let known = usize::try_from(ms.div_euclid(DAY) - DAYS.start);
        let known = known.ok().and_then(|day| *self.ahead.get(day)?);
        let ahead = known.unwrap_or_else(|| ahead(ms, self.zone));
        ms.saturating_add(ahead.into()).div_euclid(DAY)
    }

    /// The day of a moment (UTC milliseconds).
    pub fn day(&self, ms: i64) -> NaiveDate {
        let day = i32::try_from(self.number(ms)).ok();
        day.and_then(NaiveDate::from_epoch_days).unwrap_or_default()
    }
}

/// How far the clocks of a zone are ahead of UTC at a moment, in milliseconds.
fn ahead(ms: i64, zone: Tz) -> i32 {
    let at = DateTime::from_timestamp_millis(ms).unwrap_or_default();
    let offset = zone.offset_from_utc_datetime(&at.naive_utc());
    offset.fix().local_minus_utc() * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_one_that_the_zone_has() {
        // Clocks that never change, change in spring and autumn, and for Ramadan; and half hours.
        for zone in [
            Tz::Africa__Nairobi,
            Tz::Europe__Berlin,
            Tz::Africa__Casablanca,
            Tz::Africa__Cairo,
            Tz::Asia__Kolkata,
            Tz::America__St_Johns,
        ] {
            let days = LocalDays::of(zone);
            // Every seven hours and a bit from 1999 to 2101, so that all times of the day come up.
            for nth in 0..120_000 {
                let ms = 915_148_800_000 + nth * 26_917_331;
                let at = DateTime::from_timestamp_millis(ms).unwrap();
                let day = at.with_timezone(&zone).date_naive();
                assert_eq!(days.day(ms), day, "{at} in {zone}");
            }
        }
    }

    #[test]
    fn a_day_on_which_clocks_change_has_both_sides_of_midnight() {
        // In Egypt they go forward from midnight to one, and back from midnight to eleven in the evening before.
        let days = LocalDays::of(Tz::Africa__Cairo);
        for (at, day) in [
            ("2026-04-23T21:59:59.999Z", "2026-04-23"),
            ("2026-04-23T22:00:00.000Z", "2026-04-24"),
            ("2026-10-29T20:59:59.999Z", "2026-10-29"),
            ("2026-10-29T21:00:00.000Z", "2026-10-29"),
            ("2026-10-29T22:00:00.000Z", "2026-10-30"),
        ] {
            let ms = at.parse::<DateTime<chrono::Utc>>().unwrap();
            let ms = ms.timestamp_millis();
            assert_eq!(days.day(ms).to_string(), day, "{at}");
        }
    }
}
