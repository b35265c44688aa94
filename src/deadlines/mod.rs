//! By when what is to happen: working days, counted in the county's zone.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// By when the holder of a complaint is to have done what. Each is the last millisecond of a working day in the county.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Said yes, or sent it back.
    pub accept: DateTime<Utc>,
    /// Done something, or answered.
    pub first_action: DateTime<Utc>,
    /// Solved it.
    pub resolve: DateTime<Utc>,
}

/// How many working days each may take. The defaults follow what comparable mechanisms promise (LAPOR!: 3 days to refer, 5
/// to act; CPGRAMS: 21 to resolve).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// To accept.
    pub accept: u32,
    /// To act first.
    pub first_action: u32,
    /// To resolve.
    pub resolve: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            accept: 2,
            first_action: 5,
            resolve: 21,
        }
    }
}

impl Terms {
    /// The deadlines of a complaint that the holder got at `from`.
    pub fn due(self, from: DateTime<Utc>, zone: Tz) -> Due {
        let day = from.with_timezone(&zone).date_naive();
        let end = |working_days| end_of(add_working_days(day, working_days), zone);
        Due {
            accept: end(self.accept),
            first_action: end(self.first_action),
            resolve: end(self.resolve),
        }
    }
}

/// The day that is `count` working days after `day`; the day itself does not count.
fn add_working_days(day: NaiveDate, count: u32) -> NaiveDate {
    let mut day = day;
    let mut left = count;
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else {
            return day;
        };
        day = next;
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// How many working days there are after the day of `now`, up to and with the day of `due`; 0 where that day is today or over.
pub fn working_days_left(now: DateTime<Utc>, due: DateTime<Utc>, zone: Tz) -> u32 {
    let [today, last] = [now, due].map(|at| at.with_timezone(&zone).date_naive());
    let days = u64::try_from((last - today).num_days()).unwrap_or_default();
    let rest = (1..=days % 7).filter_map(|after| today.checked_add_days(Days::new(after)));
    let in_weeks = days / 7 * 5;
    let in_rest = rest.filter(|day| is_working_day(*day)).count();
    u32::try_from(in_weeks)
        .unwrap_or(u32::MAX)
        .saturating_add(u32::try_from(in_rest).unwrap_or_default())
}

/// Monday to Friday.
fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The day's last millisecond: the one before the next day's first moment, which is not midnight where the clocks go
/// forward at midnight.
fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day
        .checked_add_days(Days::new(1))
        .unwrap_or(day)
        .and_time(NaiveTime::MIN);
    let next_day = (0..24)
        .find_map(|hour| {
            let local = midnight + TimeDelta::hours(hour);
            zone.from_local_datetime(&local).latest()
        })
        .map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc));
    next_day - TimeDelta::milliseconds(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Africa::{Cairo, Nairobi};

    fn dates(from: &str, zone: Tz) -> [String; 3] {
        let due = Terms::default().due(from.parse().unwrap(), zone);
        [due.accept, due.first_action, due.resolve].map(|at| {
            at.with_timezone(&zone)
                .format("%a %d %b %H:%M:%S%.3f")
                .to_string()
        })
    }

    #[test]
    fn working_days_are_counted_after_the_day_it_came() {
        let monday = [
            "Wed 07 Jan 23:59:59.999",
            "Mon 12 Jan 23:59:59.999",
            "Tue 03 Feb 23:59:59.999",
        ];
        assert_eq!(dates("2026-01-05T09:00:00Z", Nairobi), monday);
        let friday = [
            "Tue 13 Jan 23:59:59.999",
            "Fri 16 Jan 23:59:59.999",
            "Mon 09 Feb 23:59:59.999",
        ];
        assert_eq!(dates("2026-01-09T09:00:00Z", Nairobi), friday);
        assert_eq!(
            dates("2026-01-10T09:00:00Z", Nairobi)[0],
            "Tue 13 Jan 23:59:59.999",
            "lodged on a Saturday"
        );
        assert_eq!(
            dates("2026-01-11T09:00:00Z", Nairobi)[0],
            "Tue 13 Jan 23:59:59.999",
            "lodged on a Sunday"
        );
    }

    #[test]
    fn working_days_left_undo_what_was_added() {
        for day in 0..7 {
            let from: DateTime<Utc> = "2026-01-05T09:00:00Z".parse().unwrap();
            let from = from + TimeDelta::days(day);
            let due = Terms::default().due(from, Nairobi);
            let left = [due.accept, due.first_action, due.resolve]
                .map(|at| working_days_left(from, at, Nairobi));
            assert_eq!(left, [2, 5, 21], "from day {day}");
            assert_eq!(
                working_days_left(due.accept, due.accept, Nairobi),
                0,
                "on the day itself"
            );
            assert_eq!(
                working_days_left(due.resolve, due.accept, Nairobi),
                0,
                "once it is over"
            );
        }
    }

    #[test]
    fn the_day_is_the_countys_not_greenwichs() {
        // 22:00 on Friday in UTC is 01:00 on Saturday in Nairobi.
        assert_eq!(
            dates("2026-01-09T22:00:00Z", Nairobi)[0],
            "Tue 13 Jan 23:59:59.999"
        );
        assert_eq!(
            dates("2026-01-08T22:00:00Z", Nairobi)[0],
            "Tue 13 Jan 23:59:59.999"
        );
    }

    #[test]
    fn a_zone_change_takes_no_day_away() {
        // Cairo's clocks go forward at midnight before Friday 24 April 2026 and back at midnight after Thursday 29 October.
        assert_eq!(
            dates("2026-04-21T09:00:00Z", Cairo)[0],
            "Thu 23 Apr 23:59:59.999"
        );
        assert_eq!(
            dates("2026-10-27T09:00:00Z", Cairo)[0],
            "Thu 29 Oct 23:59:59.999"
        );
    }
}
