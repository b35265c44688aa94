//! `calendar.toml`: the week, its hours, and the holidays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::{NaiveDate, NaiveTime, Weekday};
use toml::de::DeTable;

use super::{Named, Section, is_known, sections};
use crate::complaint::CountyId;
use crate::deadlines::calendar::{Calendar, Calendars, Off, number};
use crate::text::toml_file::Report;

const CALENDAR: [&str; 6] = [
    "county",
    "weekend",
    "opens",
    "closes",
    "half_day_ends",
    "sunday_moves",
];
const HOLIDAY: [&str; 5] = ["name", "every", "dates", "half", "counties"];
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

pub(super) fn calendars(
    table: &DeTable<'_>,
    named: Option<&Named<'_>>,
    report: &mut Report<'_>,
) -> Calendars {
    let counties = named.map(|named| named.counties.as_slice());
    let mut of_all: Option<Calendar> = None;
    let mut own: BTreeMap<CountyId, Calendar> = BTreeMap::new();
    for section in sections(table, "calendar", &CALENDAR, report) {
        let is_own = section.get("county").is_some();
        let county = section.name("county", counties, report).map(CountyId::new);
        let calendar = week(&section, report);
        let is_second = match &county {
            Some(county) => own.insert(county.clone(), calendar).is_some(),
            None if is_own => false,
            None => of_all.replace(calendar).is_some(),
        };
        if is_second {
            report.error_with(
                section.at,
                "there is another calendar for the same counties above",
                "keep one of them; one without `county` is for all counties that have none of their own",
            );
        }
    }
    let mut calendars = Calendars {
        of_all: of_all.unwrap_or_default(),
        own,
    };
    for section in sections(table, "holiday", &HOLIDAY, report) {
        holiday(&section, counties, &mut calendars, report);
    }
    calendars
}

/// The week of a calendar.
fn week(section: &Section<'_>, report: &mut Report<'_>) -> Calendar {
    let usual = Calendar::default();
    let weekend: BTreeSet<u32> = section
        .texts("weekend", report)
        .into_iter()
        .filter_map(|(day, at)| weekday(day, at, report))
        .map(number)
        .collect();
    if weekend.len() == DAYS.len() {
        report.error_with(
            section.at.clone(),
            "no day of this week is worked",
            "leave a day out of `weekend`",
        );
    }
    let mut time = |key: &str, usual| time(section, key, report).unwrap_or(usual);
    let calendar = Calendar {
        weekend: if section.get("weekend").is_some() {
            weekend
        } else {
            usual.weekend.clone()
        },
        opens: time("opens", usual.opens),
        closes: time("closes", usual.closes),
        half_day_ends: time("half_day_ends", usual.half_day_ends),
        sunday_moves: section.flag("sunday_moves", report),
        ..usual
    };
    let is_in_order =
        calendar.opens < calendar.half_day_ends && calendar.half_day_ends <= calendar.closes;
    if !is_in_order {
        let told = format!(
            "a day that opens at {}, ends at {} on half days and closes at {} has no hours",
            calendar.opens.format("%H:%M"),
            calendar.half_day_ends.format("%H:%M"),
            calendar.closes.format("%H:%M")
        );
        report.error_with(
            section.at.clone(),
            told,
            "`opens` must be before `half_day_ends`, and that not after `closes`",
        );
    }
    calendar
}

fn weekday(day: &str, at: Range<usize>, report: &mut Report<'_>) -> Option<Weekday> {
    let small = day.trim().to_lowercase();
    match small.parse() {
        Ok(weekday) if DAYS.contains(&small.as_str()) => Some(weekday),
        _ => {
            report.unknown(at, "day", day, DAYS);
            None
        }
    }
}

fn time(section: &Section<'_>, key: &str, report: &mut Report<'_>) -> Option<NaiveTime> {
    let (text, at) = section.text(key, report)?;
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok();
    if time.is_none() {
        report.error_with(
            at,
            format!("`{text}` is no time of day"),
            "write hours and minutes: 08:00",
        );
    }
    time
}

/// Puts a holiday into the calendars that it is for.
fn holiday(
    section: &Section<'_>,
    counties: Option<&[&str]>,
    calendars: &mut Calendars,
    report: &mut Report<'_>,
) {
    if section
        .text("name", report)
        .is_none_or(|(name, _)| name.is_empty())
        && report.is_whole()
    {
        report.error_with(
            section.at.clone(),
            "a holiday without `name`",
            "say what it is called: name = \"Labour Day\"",
        );
    }
    let off = if section.flag("half", report) {
        Off::Half
    } else {
        Off::Whole
    };
    let every = section
        .text("every", report)
        .and_then(|(text, at)| day_of_year(text, at, report));
    let dates: Vec<NaiveDate> = section
        .texts("dates", report)
        .into_iter()
        .filter_map(|(text, at)| date(text, at, report))
        .collect();
    if section.get("every").is_none() && section.get("dates").is_none() {
        let help = "write every = \"06-01\" for the first of June of each year, or dates = [\"2026-03-20\"]";
        report.error_with(section.at.clone(), "this holiday has no day", help);
    }
    let only: Vec<CountyId> = section
        .texts("counties", report)
        .into_iter()
        .filter(|(county, at)| is_known("county", county, at.clone(), counties, report))
        .map(|(county, _)| CountyId::new(county))
        .collect();
    let everywhere = section.get("counties").is_none();
    let note = |calendar: &mut Calendar| {
        calendar.every_year.extend(every.map(|day| (day, off)));
        calendar.dates.extend(dates.iter().map(|day| (*day, off)));
    };
    for county in &only {
        // A county with a holiday of its own has a calendar of its own from then on.
        let calendar = calendars.own.entry(county.clone());
        note(calendar.or_insert_with(|| calendars.of_all.clone()));
    }
    if everywhere {
        note(&mut calendars.of_all);
        calendars.own.values_mut().for_each(note);
    }
}

/// `06-01`, in any year: also 29 February.
fn day_of_year(text: &str, at: Range<usize>, report: &mut Report<'_>) -> Option<(u32, u32)> {
    let parsed = text
        .split_once('-')
        .and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    let there_is =
        parsed.filter(|(month, day)| NaiveDate::from_ymd_opt(2024, *month, *day).is_some());
    if there_is.is_none() {
        report.error_with(
            at,
            format!("`{text}` is no day of a year"),
            "write month and day: 06-01 for the first of June",
        );
    }
    there_is
}

fn date(text: &str, at: Range<usize>, report: &mut Report<'_>) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
    if date.is_none() {
        report.error_with(
            at,
            format!("`{text}` is no date"),
            "write year, month and day: 2026-03-20",
        );
    }
    date
}
