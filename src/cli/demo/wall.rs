//! The clock on the county's wall: what it shows, whether anybody is at work, and when they come again.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::configuration::Configuration;
use crate::deadlines::{Calendar, Span};

const DAY: TimeDelta = TimeDelta::days(1);

pub(super) struct Wall {
    /// The county's name.
    pub(super) place: String,
    zone: Tz,
    calendar: Calendar,
}

impl Wall {
    /// That of the first county, which in the demo is the only one.
    pub(super) fn of(configuration: &Configuration) -> Option<Self> {
        let county = configuration.rules.counties().next()?;
        Some(Self {
            place: county.name.clone(),
            zone: county.zone,
            calendar: configuration.calendars.of(&county.id).clone(),
        })
    }

    /// `Sat 28 Nov 2026, 09:14`
    pub(super) fn shows(&self, at: DateTime<Utc>) -> String {
        self.written(at, "%a %-d %b %Y, %H:%M")
    }

    /// Whether anybody is at work, as far as it says whether reminders leave.
    pub(super) fn at_work(&self, at: DateTime<Utc>) -> String {
        let short = |at| self.written(at, "%a %-d %b, %H:%M");
        let works = |at| self.calendar.is_working_time(at, self.zone);
        match (works(at), works(at + DAY)) {
            (true, true) => "People are at work: reminders leave.".to_owned(),
            (true, false) => format!(
                "People are at work: reminders leave. A day later nobody is, until {}.",
                short(self.next_morning(at + DAY))
            ),
            (false, _) => format!(
                "Nobody is at work: reminders leave from {} on.",
                short(self.next_morning(at))
            ),
        }
    }

    /// When work next begins.
    pub(super) fn next_morning(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let opens = |days| self.calendar.resumes(at, Span::Days(days), self.zone);
        let today = opens(0);
        if today > at && self.calendar.is_working_time(today, self.zone) {
            today
        } else {
            opens(1)
        }
    }

    fn written(&self, at: DateTime<Utc>, form: &str) -> String {
        at.with_timezone(&self.zone).format(form).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall() -> Wall {
        let folder = tempfile::tempdir().unwrap();
        Wall::of(&Configuration::sample(folder.path(), &[]).unwrap()).unwrap()
    }

    /// A time as Wajir's clocks show it.
    fn wajir(time: &str) -> DateTime<Utc> {
        format!("{time}:00+03:00").parse().unwrap()
    }

    #[test]
    fn it_shows_the_countys_own_time() {
        let at = "2026-11-28T06:14:59Z".parse().unwrap();
        assert_eq!(wall().shows(at), "Sat 28 Nov 2026, 09:14");
    }

    #[test]
    fn the_next_morning_is_one_that_is_worked() {
        for (now, next) in [
            ("2026-11-26T06:00", "2026-11-26T08:00"),
            ("2026-11-26T08:00", "2026-11-27T08:00"),
            ("2026-11-26T19:00", "2026-11-27T08:00"),
            ("2026-11-27T12:00", "2026-11-30T08:00"),
            ("2026-11-28T06:00", "2026-11-30T08:00"),
            // Christmas is a Friday, Boxing Day a Saturday.
            ("2026-12-24T12:00", "2026-12-28T08:00"),
        ] {
            assert_eq!(wall().next_morning(wajir(now)), wajir(next), "{now}");
        }
    }

    #[test]
    fn it_says_whether_reminders_leave_now_and_a_day_later() {
        for (now, said) in [
            ("2026-11-26T09:00", "People are at work: reminders leave."),
            (
                "2026-11-27T09:00",
                "People are at work: reminders leave. A day later nobody is, until Mon 30 Nov, 08:00.",
            ),
            (
                "2026-11-28T09:00",
                "Nobody is at work: reminders leave from Mon 30 Nov, 08:00 on.",
            ),
            (
                "2026-11-26T19:00",
                "Nobody is at work: reminders leave from Fri 27 Nov, 08:00 on.",
            ),
        ] {
            assert_eq!(wall().at_work(wajir(now)), said, "{now}");
        }
    }
}
