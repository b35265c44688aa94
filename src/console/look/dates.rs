//! When something was or is to be: the date with its weekday, and how far that is from now, in the county's zone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::console::words::Language;
use crate::deadlines;

/// Writes times for one reader: in their language, from now, in the county's zone.
#[derive(Clone, Debug)]
pub(in crate::console) struct Calendar<'a> {
    /// The reader's language.
    pub(in crate::console) language: &'a Language,
    /// The county's zone.
    pub(in crate::console) zone: Tz,
    /// Which days are worked there.
    pub(in crate::console) worked: deadlines::Calendar,
    /// When the page is made.
    pub(in crate::console) now: DateTime<Utc>,
}

/// A time that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::console) struct Moment {
    /// For machines, in UTC.
    pub(in crate::console) iso: String,
    /// `Wed 14 Oct, 14:05`.
    pub(in crate::console) at: String,
    /// `2 days ago`.
    pub(in crate::console) ago: String,
}

/// A time by which something is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::console) struct DueText {
    /// For machines, in UTC.
    pub(in crate::console) iso: String,
    /// `Wed 14 Oct`.
    pub(in crate::console) date: String,
    /// `in 3 working days`, `2 days late`.
    pub(in crate::console) distance: String,
    /// How it is marked.
    pub(in crate::console) pressing: Pressing,
}

/// How near a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Pressing {
    /// It is over.
    Late,
    /// Today or on the next working day.
    Soon,
    /// Later.
    Later,
}

impl Pressing {
    /// The class of the style sheet.
    pub(in crate::console) fn class(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

impl Calendar<'_> {
    /// A time that is over, with its distance.
    pub(in crate::console) fn moment(&self, at: DateTime<Utc>) -> Moment {
        Moment {
            iso: iso(at),
            at: self.language.words.dates.at(self.date(at), self.time(at)),
            ago: self.ago(at),
        }
    }

    /// The day that it is in the county.
    pub(in crate::console) fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }

    /// When the county's day began.
    pub(in crate::console) fn today_began(&self) -> DateTime<Utc> {
        let local = self.now.with_timezone(&self.zone);
        let midnight = local.date_naive().and_time(NaiveTime::MIN);
        // Where the clocks skip midnight, the hours that its clock shows are as near as can be.
        let began = self.zone.from_local_datetime(&midnight).earliest();
        began.map_or_else(
            || self.now - (local.time() - NaiveTime::MIN),
            |began| began.with_timezone(&Utc),
        )
    }

    /// The time of the day: `14:05`.
    pub(in crate::console) fn time(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// A deadline, with its distance: the working days that are left, or the days since it was over.
    pub(in crate::console) fn due(&self, at: DateTime<Utc>) -> DueText {
        let words = &self.language.words.dates;
        let left = self.worked.working_days_left(self.now, at, self.zone);
        let (distance, pressing) = if at < self.now {
            let distance = match self.days_between(at, self.now) {
                // It was one of hours.
                0 => words.late_today(self.time(at)),
                days => words.late(days),
            };
            (distance, Pressing::Late)
        } else if self.days_between(self.now, at) == 0 {
            (words.due_today(), Pressing::Soon)
        } else if self.days_between(self.now, at) == 1 {
            (words.due_tomorrow(), Pressing::Soon)
        } else if left <= 1 {
            (words.due_in(left.max(1).into()), Pressing::Soon)
        } else {
            (words.due_in(left.into()), Pressing::Later)
        };
        DueText {
            iso: iso(at),
            date: self.date(at),
            distance,
            pressing,
        }
    }

    /// The date with its weekday, and with its year where that is not this one.
    pub(in crate::console) fn date(&self, at: DateTime<Utc>) -> String {
        let day = at.with_timezone(&self.zone);
        let name = |names: &[String], index: u32| {
            let index = usize::try_from(index).unwrap_or_default();
            names.get(index).cloned().unwrap_or_default()
        };
        let weekday = name(
            &self.language.weekdays,
            day.weekday().num_days_from_monday(),
        );
        let month = name(&self.language.months, day.month0());
        let words = &self.language.words.dates;
        if day.year() == self.today().year() {
            words.date(weekday, day.day(), month)
        } else {
            words.date_of_year(weekday, day.day(), month, day.year())
        }
    }

    /// How long something took: its two largest units, days and hours or hours and minutes; from two weeks on, days alone.
    pub(in crate::console) fn span(&self, time: TimeDelta) -> String {
        let words = &self.language.words.dates;
        let minutes = u64::try_from(time.num_minutes()).unwrap_or_default();
        let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
        match (days, hours, minutes % 60) {
            (0, 0, minutes) => words.minutes(minutes),
            (0, hours, 0) => words.hours(hours),
            (0, hours, minutes) => words.and(words.hours(hours), words.minutes(minutes)),
            (1..14, 1.., _) => words.and(words.days(days), words.hours(hours)),
            (days, _, _) => words.days(days),
        }
    }

    fn ago(&self, at: DateTime<Utc>) -> String {
        let words = &self.language.words.dates;
        let minutes = u64::try_from((self.now - at).num_minutes()).unwrap_or_default();
        match (self.days_between(at, self.now), minutes) {
            (_, 0) => words.just_now(),
            (_, 1..60) => words.minutes_ago(minutes),
            (0, minutes) => words.hours_ago(minutes / 60),
            (1, _) => words.yesterday(),
            (days, _) => words.days_ago(days),
        }
    }

    /// How many midnights of the county lie between the two.
    fn days_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> u64 {
        let [from, to] = [from, to].map(|at| at.with_timezone(&self.zone).date_naive());
        u64::try_from((to - from).num_days()).unwrap_or_default()
    }
}

fn iso(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Africa::Nairobi;

    use super::*;
    use crate::complaint::LanguageId;
    use crate::console::words::Languages;

    /// What is said on Wednesday 14 October 2026 at 12:00 in Nairobi.
    fn said<T>(language: &str, what: impl Fn(&Calendar<'_>) -> T) -> T {
        let languages = Languages::load().unwrap();
        let language = languages
            .choose(Some(&LanguageId::new(language)), "")
            .unwrap();
        what(&Calendar {
            language,
            zone: Nairobi,
            worked: deadlines::Calendar::default(),
            now: time("2026-10-14T09:00:00Z"),
        })
    }

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn due(language: &str, at: &str) -> (String, String, Pressing) {
        let due = said(language, |calendar| calendar.due(time(at)));
        (due.date, due.distance, due.pressing)
    }

    #[test]
    fn a_deadline_says_its_weekday_and_how_far_it_is() {
        let told =
            |date: &str, distance: &str, pressing| (date.to_owned(), distance.to_owned(), pressing);
        assert_eq!(
            due("en", "2026-10-14T20:59:59Z"),
            told("Wed 14 Oct", "today", Pressing::Soon)
        );
        assert_eq!(
            due("en", "2026-10-15T20:59:59Z"),
            told("Thu 15 Oct", "tomorrow", Pressing::Soon)
        );
        assert_eq!(
            due("en", "2026-10-19T20:59:59Z"),
            told("Mon 19 Oct", "in 3 working days", Pressing::Later)
        );
        assert_eq!(
            due("en", "2026-10-13T20:59:59Z"),
            told("Tue 13 Oct", "1 day late", Pressing::Late)
        );
        assert_eq!(
            due("sw", "2026-10-12T20:59:59Z"),
            told("Jtt 12 Okt", "imechelewa siku 2", Pressing::Late)
        );
        assert_eq!(due("en", "2027-01-04T20:59:59Z").0, "Mon 4 Jan 2027");
    }

    #[test]
    fn each_language_has_its_own_days_and_months() {
        let (date, distance, _) = due("fr", "2026-10-19T20:59:59Z");
        assert_eq!(
            (date.as_str(), distance.as_str()),
            ("lun. 19 oct.", "dans 3 jours ouvrables")
        );
        // What keeps the order of letters is not read.
        let plain = |text: String| text.replace(['\u{200f}', '\u{2068}', '\u{2069}'], "");
        for (at, date, distance) in [
            (
                "2026-10-13T20:59:59Z",
                "الثلاثاء 13 أكتوبر",
                "متأخرة يومًا واحدًا",
            ),
            ("2026-10-12T20:59:59Z", "الاثنين 12 أكتوبر", "متأخرة يومين"),
            ("2026-10-01T20:59:59Z", "الخميس 1 أكتوبر", "متأخرة 13 يومًا"),
            ("2026-10-19T20:59:59Z", "الاثنين 19 أكتوبر", "بعد 3 أيام عمل"),
            (
                "2027-01-04T20:59:59Z",
                "الاثنين 4 يناير 2027",
                "بعد 58 يوم عمل",
            ),
        ] {
            let told = due("ar", at);
            assert_eq!(
                (plain(told.0), plain(told.1)),
                (date.to_owned(), distance.to_owned())
            );
        }
        let at = said("ar", |calendar| {
            calendar.moment(time("2026-10-14T08:02:00Z"))
        });
        assert_eq!(
            (plain(at.at), plain(at.ago)),
            (
                "الأربعاء 14 أكتوبر، 11:02".to_owned(),
                "قبل 58 دقيقة".to_owned()
            )
        );
    }

    #[test]
    fn what_is_over_is_told_in_the_countys_days() {
        let ago = |at: &str| said("en", |calendar| calendar.moment(time(at)).ago);
        assert_eq!(ago("2026-10-14T08:59:40Z"), "just now");
        assert_eq!(ago("2026-10-14T08:59:00Z"), "1 minute ago");
        assert_eq!(ago("2026-10-14T06:30:00Z"), "2 hours ago");
        assert_eq!(ago("2026-10-13T20:59:00Z"), "yesterday");
        assert_eq!(
            ago("2026-10-12T21:01:00Z"),
            "yesterday",
            "00:01 on the 13th in Nairobi"
        );
        assert_eq!(ago("2026-10-07T09:00:00Z"), "7 days ago");
        let at = said("en", |calendar| {
            calendar.moment(time("2026-10-12T21:01:00Z"))
        });
        assert_eq!(
            (at.at.as_str(), at.iso.as_str()),
            ("Tue 13 Oct, 00:01", "2026-10-12T21:01Z")
        );
    }

    #[test]
    fn a_span_has_two_units_at_most() {
        let span = |minutes| said("en", |calendar| calendar.span(TimeDelta::minutes(minutes)));
        let spans = [
            0,
            25,
            60,
            250,
            24 * 60,
            52 * 60 + 59,
            16 * 24 * 60 + 300,
            -5,
        ]
        .map(span);
        assert_eq!(
            spans,
            [
                "0 min",
                "25 min",
                "1 h",
                "4 h 10 min",
                "1 day",
                "2 days 4 h",
                "16 days",
                "0 min"
            ]
        );
    }
}
