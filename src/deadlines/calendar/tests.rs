use chrono_tz::Africa::{Cairo, Nairobi};

use super::*;
use crate::deadlines::{Calendars, Terms};

/// Kenya's: the holidays of its Public Holidays Act, and those of 2026 that follow the moon or Easter.
fn kenya() -> Calendar {
    let holidays = [
        "01-01", "05-01", "06-01", "10-10", "10-20", "12-12", "12-25", "12-26",
    ];
    let yearly =
        holidays.map(|day| format!("[[holiday]]\nname = \"of {day}\"\nevery = \"{day}\"\n"));
    let moon = "[[holiday]]\nname = \"Good Friday\"\ndates = [\"2026-04-03\"]\n\
                [[holiday]]\nname = \"Easter Monday\"\ndates = [\"2026-04-06\"]\n\
                [[holiday]]\nname = \"Idd-ul-Fitr\"\ndates = [\"2026-03-20\"]\n\
                [[holiday]]\nname = \"Christmas Eve\"\nevery = \"12-24\"\nhalf = true\n";
    let source = format!(
        "[[calendar]]\nsunday_moves = true\n{}{moon}",
        yearly.concat()
    );
    Calendars::load("calendar.toml", &source, None)
        .unwrap()
        .of(&CountyId::new("wajir"))
        .clone()
}

fn after(calendar: &Calendar, from: &str, span: &str, zone: Tz) -> String {
    let span = Span::parse(span).unwrap();
    let at = calendar.after(from.parse().unwrap(), span, zone);
    at.with_timezone(&zone).format("%a %d %b %H:%M").to_string()
}

#[test]
fn working_days_are_counted_after_the_day_it_came() {
    let plain = Calendar::default();
    for (from, span, ends) in [
        ("2026-01-05T09:00:00Z", "2 days", "Wed 07 Jan 23:59"),
        ("2026-01-05T09:00:00Z", "5 days", "Mon 12 Jan 23:59"),
        ("2026-01-05T09:00:00Z", "21 days", "Tue 03 Feb 23:59"),
        ("2026-01-09T09:00:00Z", "2 days", "Tue 13 Jan 23:59"),
        ("2026-01-10T09:00:00Z", "2 days", "Tue 13 Jan 23:59"),
        ("2026-01-11T09:00:00Z", "2 days", "Tue 13 Jan 23:59"),
        // 22:00 on Friday in UTC is 01:00 on Saturday in Nairobi.
        ("2026-01-09T22:00:00Z", "2 days", "Tue 13 Jan 23:59"),
        ("2026-01-08T22:00:00Z", "2 days", "Tue 13 Jan 23:59"),
    ] {
        assert_eq!(after(&plain, from, span, Nairobi), ends, "{from} {span}");
    }
}

#[test]
fn a_year_of_kenyas_holidays() {
    let kenya = kenya();
    for (from, span, ends, why) in [
        (
            "2025-12-31T09:00:00Z",
            "1 day",
            "Fri 02 Jan 23:59",
            "New Year",
        ),
        (
            "2026-03-19T09:00:00Z",
            "1 day",
            "Mon 23 Mar 23:59",
            "Idd-ul-Fitr on a Friday",
        ),
        (
            "2026-04-02T09:00:00Z",
            "1 day",
            "Tue 07 Apr 23:59",
            "Easter",
        ),
        (
            "2026-04-30T09:00:00Z",
            "1 day",
            "Mon 04 May 23:59",
            "Labour Day",
        ),
        (
            "2026-05-29T09:00:00Z",
            "1 day",
            "Tue 02 Jun 23:59",
            "Madaraka Day on a Monday",
        ),
        (
            "2026-10-09T09:00:00Z",
            "1 day",
            "Mon 12 Oct 23:59",
            "10 October is a Saturday: nothing moves",
        ),
        (
            "2026-10-19T09:00:00Z",
            "1 day",
            "Wed 21 Oct 23:59",
            "Mashujaa Day",
        ),
        (
            "2026-12-23T09:00:00Z",
            "1 day",
            "Thu 24 Dec 23:59",
            "half a day is one",
        ),
        (
            "2026-12-24T09:00:00Z",
            "1 day",
            "Mon 28 Dec 23:59",
            "Christmas, and Boxing Day on a Saturday",
        ),
        (
            "2027-12-24T09:00:00Z",
            "1 day",
            "Tue 28 Dec 23:59",
            "26 December is a Sunday: Monday stands in",
        ),
        (
            "2028-12-29T09:00:00Z",
            "1 day",
            "Tue 02 Jan 23:59",
            "1 January on a Monday",
        ),
        (
            "2033-12-23T09:00:00Z",
            "1 day",
            "Wed 28 Dec 23:59",
            "25 on a Sunday, 26 is a holiday itself: Tuesday stands in",
        ),
    ] {
        assert_eq!(after(&kenya, from, span, Nairobi), ends, "{why}");
    }
}

#[test]
fn hours_are_hours_of_work() {
    let kenya = kenya();
    for (from, span, ends, why) in [
        (
            "2026-01-05T06:00:00Z",
            "4 hours",
            "Mon 05 Jan 13:00",
            "9 o'clock in Nairobi",
        ),
        (
            "2026-01-05T12:00:00Z",
            "4 hours",
            "Tue 06 Jan 10:00",
            "two today, two tomorrow",
        ),
        (
            "2026-01-05T01:00:00Z",
            "4 hours",
            "Mon 05 Jan 12:00",
            "before it opens",
        ),
        (
            "2026-01-05T20:00:00Z",
            "4 hours",
            "Tue 06 Jan 12:00",
            "after it closes",
        ),
        (
            "2026-01-09T13:00:00Z",
            "4 hours",
            "Mon 12 Jan 11:00",
            "one on Friday, three on Monday",
        ),
        (
            "2026-12-24T08:00:00Z",
            "4 hours",
            "Mon 28 Dec 10:00",
            "two before the half day ends",
        ),
        (
            "2026-01-05T05:00:00Z",
            "9 hours",
            "Mon 05 Jan 17:00",
            "a whole day",
        ),
        (
            "2026-01-05T05:00:00Z",
            "10 hours",
            "Tue 06 Jan 09:00",
            "and one more",
        ),
    ] {
        assert_eq!(after(&kenya, from, span, Nairobi), ends, "{why}");
    }
}

#[test]
fn days_left_undo_what_was_added() {
    for calendar in [Calendar::default(), kenya()] {
        for day in 0..400 {
            let from: DateTime<Utc> = "2026-01-01T09:00:00Z".parse().unwrap();
            let from = from + TimeDelta::days(day);
            let due = Terms::default().due(from, &calendar, Nairobi);
            let left = [due.accept, due.first_action, due.resolve]
                .map(|at| calendar.working_days_left(from, at, Nairobi));
            assert_eq!(left, [2, 5, 21], "from day {day}");
            assert_eq!(
                calendar.working_days_left(due.accept, due.accept, Nairobi),
                0
            );
            assert_eq!(
                calendar.working_days_left(due.resolve, due.accept, Nairobi),
                0
            );
        }
    }
}

#[test]
fn a_zone_change_takes_no_day_and_no_hour_away() {
    // Cairo's clocks go forward at midnight before Friday 24 April 2026 and back at midnight after Thursday 29 October.
    let plain = Calendar::default();
    assert_eq!(
        after(&plain, "2026-04-21T09:00:00Z", "2 days", Cairo),
        "Thu 23 Apr 23:59"
    );
    assert_eq!(
        after(&plain, "2026-10-27T09:00:00Z", "2 days", Cairo),
        "Thu 29 Oct 23:59"
    );
    assert_eq!(
        after(&plain, "2026-04-23T14:00:00Z", "2 hours", Cairo),
        "Fri 24 Apr 09:00"
    );
    assert_eq!(
        after(&plain, "2026-10-29T13:00:00Z", "2 hours", Cairo),
        "Fri 30 Oct 09:00"
    );
}

/// What was due on a day is put off by days of work, what was due within one by hours of work.
#[test]
fn a_pause_puts_off_what_is_due_by_the_working_time_that_it_took() {
    for (due, from, to, later) in [
        // Asked on Tuesday, answered on Thursday.
        (
            "2026-05-06T20:59:59.999Z",
            "2026-05-05T09:00:00Z",
            "2026-05-07T09:00:00Z",
            "Fri 08 May 23:59",
        ),
        // Over a weekend: one working day.
        (
            "2026-05-08T20:59:59.999Z",
            "2026-05-08T09:00:00Z",
            "2026-05-11T09:00:00Z",
            "Mon 11 May 23:59",
        ),
        (
            "2026-05-08T20:59:59.999Z",
            "2026-05-08T09:00:00Z",
            "2026-05-08T11:00:00Z",
            "Fri 08 May 23:59",
        ),
        // Due at one; asked at ten, answered at noon: due at three.
        (
            "2026-05-05T10:00:00Z",
            "2026-05-05T07:00:00Z",
            "2026-05-05T09:00:00Z",
            "Tue 05 May 15:00",
        ),
        // Asked an hour before the office closes, answered an hour after it opens.
        (
            "2026-05-05T14:00:00Z",
            "2026-05-05T13:00:00Z",
            "2026-05-06T06:00:00Z",
            "Wed 06 May 10:00",
        ),
    ] {
        let at = |text: &str| text.parse().unwrap();
        let put_off = kenya().later(at(due), at(from), at(to), Nairobi);
        let told = put_off
            .with_timezone(&Nairobi)
            .format("%a %d %b %H:%M")
            .to_string();
        assert_eq!(told, later, "{due}, {from} to {to}");
    }
}
