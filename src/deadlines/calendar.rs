//! Which days and hours are worked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::Span;
use crate::complaint::CountyId;

/// The calendars of an installation: a county's own, or everybody's.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    pub(super) of_all: Calendar,
    pub(super) own: BTreeMap<CountyId, Calendar>,
}

impl Calendars {
    /// The calendar of a county.
    pub fn of(&self, county: &CountyId) -> &Calendar {
        self.own.get(county).unwrap_or(&self.of_all)
    }
}

/// How much of a holiday is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Off {
    /// All of it.
    Whole,
    /// The afternoon: it is a working day until `half_day_ends`.
    Half,
}

/// Which days and hours are worked.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub(super) weekend: BTreeSet<u32>,
    pub(super) opens: NaiveTime,
    pub(super) closes: NaiveTime,
    pub(super) half_day_ends: NaiveTime,
    /// Holidays by month and day.
    pub(super) every_year: BTreeMap<(u32, u32), Off>,
    /// Holidays of one year: those that follow the moon.
    pub(super) dates: BTreeMap<NaiveDate, Off>,
    /// Whether a holiday on a Sunday gives the next day that is none (Kenya: Public Holidays Act, section 4).
    pub(super) sunday_moves: bool,
    /// How many working days there were up to each day, once somebody has asked; nothing is changed after that.
    pub(super) worked: OnceLock<Arc<[u32]>>,
}

impl Default for Calendar {
    /// Monday to Friday, eight to five, without holidays.
    fn default() -> Self {
        let hour = |hour| NaiveTime::MIN + TimeDelta::hours(hour);
        Self {
            weekend: BTreeSet::from([Weekday::Sat, Weekday::Sun].map(number)),
            opens: hour(8),
            closes: hour(17),
            half_day_ends: hour(13),
            every_year: BTreeMap::new(),
            dates: BTreeMap::new(),
            sunday_moves: false,
            worked: OnceLock::new(),
        }
    }
}

pub(super) fn number(day: Weekday) -> u32 {
    day.num_days_from_monday()
}

/// So many days are looked at for one deadline: twice what the longest takes where three days in seven are worked.
const LOOKED_THROUGH: u32 = 4_000;

impl Calendar {
    /// When that span from `from` on is over: of days, the last millisecond of the last of them.
    pub fn after(&self, from: DateTime<Utc>, span: Span, zone: Tz) -> DateTime<Utc> {
        match span {
            Span::Days(days) => {
                let day = from.with_timezone(&zone).date_naive();
                end_of(self.add_working_days(day, days), zone)
            }
            Span::Hours(hours) => self.add_working_hours(from, hours, zone),
        }
    }

    /// When work begins on the day that is that many days after `from`, or goes on after so many hours: when somebody is spoken to again.
    pub fn resumes(&self, from: DateTime<Utc>, span: Span, zone: Tz) -> DateTime<Utc> {
        match span {
            Span::Days(days) => {
                let day = from.with_timezone(&zone).date_naive();
                moment(self.add_working_days(day, days), self.opens, zone)
            }
            Span::Hours(hours) => self.add_working_hours(from, hours, zone),
        }
    }

    /// A deadline put off by the working time from `from` to `to`: one that ends a day by days, one within a day by the hours of work.
    pub fn later(
        &self,
        due: DateTime<Utc>,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        zone: Tz,
    ) -> DateTime<Utc> {
        let day = due.with_timezone(&zone).date_naive();
        if due == end_of(day, zone) {
            let days = self.working_days_left(from, to, zone);
            end_of(self.add_working_days(day, days), zone)
        } else {
            self.add_working_time(due, self.working_time(from, to, zone), zone)
        }
    }

    /// How much of the time between the two is worked.
    fn working_time(&self, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> TimeDelta {
        let first = from.with_timezone(&zone).date_naive();
        let days = (0..LOOKED_THROUGH).filter_map(|n| first.checked_add_days(Days::new(n.into())));
        let mut all = TimeDelta::zero();
        for day in days.take_while(|day| moment(*day, NaiveTime::MIN, zone) < to) {
            if let Some((opens, closes)) = self.hours_of(day) {
                let begins = moment(day, opens, zone).max(from);
                let ends = moment(day, closes, zone).min(to);
                all += (ends - begins).max(TimeDelta::zero());
            }
        }
        all
    }

    /// Whether somebody is at work then.
    pub fn is_working_time(&self, at: DateTime<Utc>, zone: Tz) -> bool {
        let local = at.with_timezone(&zone);
        self.hours_of(local.date_naive())
            .is_some_and(|(opens, closes)| (opens..closes).contains(&local.time()))
    }

    /// When work ends on the day of `now`; `None`: nobody works any more that day.
    pub fn ends_today(&self, now: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let day = now.with_timezone(&zone).date_naive();
        let (_, closes) = self.hours_of(day)?;
        Some(moment(day, closes, zone)).filter(|ends| now < *ends)
    }

    /// How many working days there are after the day of `now`, up to and with the day of `due`; 0 where that day is today or over.
    pub fn working_days_left(&self, now: DateTime<Utc>, due: DateTime<Utc>, zone: Tz) -> u32 {
        let [today, last] = [now, due].map(|at| at.with_timezone(&zone).date_naive());
        let days = u32::try_from((last - today).num_days()).unwrap_or_default();
        let after = (1..=days.min(LOOKED_THROUGH))
            .filter_map(|n| today.checked_add_days(Days::new(n.into())));
        let worked = after.filter(|day| self.is_working_day(*day)).count();
        u32::try_from(worked).unwrap_or(u32::MAX)
    }

    /// The day that is `count` working days after `day`; the day itself does not count.
    fn add_working_days(&self, day: NaiveDate, count: u32) -> NaiveDate {
        let later = (1..=LOOKED_THROUGH).filter_map(|n| day.checked_add_days(Days::new(n.into())));
        let mut worked = later.filter(|day| self.is_working_day(*day));
        let index = usize::try_from(count)
            .unwrap_or(usize::MAX)
            .saturating_sub(1);
        match count {
            0 => day,
            _ => worked.nth(index).unwrap_or(NaiveDate::MAX),
        }
    }

    fn add_working_hours(&self, from: DateTime<Utc>, hours: u32, zone: Tz) -> DateTime<Utc> {
        self.add_working_time(from, TimeDelta::hours(hours.into()), zone)
    }

    fn add_working_time(&self, from: DateTime<Utc>, time: TimeDelta, zone: Tz) -> DateTime<Utc> {
        let first = from.with_timezone(&zone).date_naive();
        let mut left = time;
        let mut end = from;
        for day in (0..LOOKED_THROUGH).filter_map(|n| first.checked_add_days(Days::new(n.into()))) {
            let Some((opens, closes)) = self.hours_of(day) else {
                continue;
            };
            let begins = moment(day, opens, zone).max(from);
            let ends = moment(day, closes, zone);
            if begins >= ends {
                continue;
            }
            if begins + left <= ends {
                return begins + left;
            }
            left -= ends - begins;
            end = ends;
        }
        end
    }

    pub(super) fn is_working_day(&self, day: NaiveDate) -> bool {
        self.hours_of(day).is_some()
    }

    /// From when to when a day is worked; `None`: it is not.
    fn hours_of(&self, day: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
        let is_off = self.weekend.contains(&number(day.weekday()))
            || self.off(day) == Some(Off::Whole)
            || self.stands_in_for_a_sunday(day);
        let closes = match self.off(day) {
            Some(Off::Half) => self.half_day_ends,
            _ => self.closes,
        };
        (!is_off).then_some((self.opens, closes))
    }

    fn off(&self, day: NaiveDate) -> Option<Off> {
        let of_this_year = self.dates.get(&day);
        let yearly = || self.every_year.get(&(day.month(), day.day()));
        of_this_year.or_else(yearly).copied()
    }

    /// Whether it is the first day after a holiday on a Sunday that is none itself.
    fn stands_in_for_a_sunday(&self, day: NaiveDate) -> bool {
        let is_holiday = |day: NaiveDate| self.off(day) == Some(Off::Whole);
        if !self.sunday_moves || is_holiday(day) {
            return false;
        }
        let before = (1..7).filter_map(|n| day.checked_sub_days(Days::new(n)));
        let mut holidays = before.take_while(|day| is_holiday(*day));
        holidays.any(|day| day.weekday() == Weekday::Sun)
    }
}

/// The day's last millisecond: the one before the next day's first moment, which is not midnight where the clocks go
/// forward at midnight.
fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    moment(next, NaiveTime::MIN, zone) - TimeDelta::milliseconds(1)
}

/// When a clock there shows that; where the clocks jump over it, the first moment after.
fn moment(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let wanted = day.and_time(time);
    let there = (0..24).find_map(|hour| {
        let local = wanted + TimeDelta::hours(hour);
        zone.from_local_datetime(&local).latest()
    });
    there.map_or_else(|| wanted.and_utc(), |local| local.with_timezone(&Utc))
}

#[cfg(test)]
mod tests;
