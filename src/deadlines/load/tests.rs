use super::*;
use crate::deadlines::Reminders;

fn named() -> Named<'static> {
    Named {
        counties: vec!["wajir"],
        sectors: vec!["water", "health"],
        organisations: vec!["wajir-water"],
        kinds: vec!["delay"],
    }
}

fn told(findings: Vec<Diagnostic>) -> Vec<String> {
    let tell = |finding: Diagnostic| {
        let help = finding.help.unwrap_or_default();
        format!("{}: {help}", finding.message)
    };
    findings.into_iter().map(tell).collect()
}

#[test]
fn each_mistake_in_a_calendar_is_told_with_its_mend() {
    let source = r#"
[[calendar]]
weekend = ["saturday", "sundy"]
opens = "8 o'clock"
closes = "07:00"
[[calendar]]
county = "wajr"
[[holiday]]
every = "13-01"
[[holiday]]
name = "Idd"
date = "2026-03-20"
[[holiday]]
name = "Idd"
dates = ["20 March"]
half = "yes"
"#;
    let told = told(Calendars::load("calendar.toml", source, Some(&named())).unwrap_err());
    for wanted in [
        "unknown day `sundy`: did you mean `sunday`?",
        "`8 o'clock` is no time of day: write hours and minutes: 08:00",
        "a day that opens at 08:00, ends at 13:00 on half days and closes at 07:00 has no hours: `opens` must be before `half_day_ends`, and that not after `closes`",
        "unknown county `wajr`: did you mean `wajir`?",
        "a holiday without `name`: say what it is called: name = \"Labour Day\"",
        "`13-01` is no day of a year: write month and day: 06-01 for the first of June",
        "unknown key `date`: did you mean `dates`?",
        "this holiday has no day: write every = \"06-01\" for the first of June of each year, or dates = [\"2026-03-20\"]",
        "`20 March` is no date: write year, month and day: 2026-03-20",
        "`half` must be true or false, not a text: ",
    ] {
        assert!(told.iter().any(|one| one == wanted), "{wanted}\n{told:#?}");
    }
    assert_eq!(told.len(), 10, "{told:#?}");
}

#[test]
fn a_week_without_a_day_of_work_and_a_second_one_are_refused() {
    let every = r#"["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]"#;
    let source = format!("[[calendar]]\nweekend = {every}\n[[calendar]]\n");
    let told = told(Calendars::load("calendar.toml", &source, None).unwrap_err());
    assert!(
        told[0].starts_with("no day of this week is worked"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("there is another calendar for the same counties above"),
        "{told:?}"
    );
}

#[test]
fn a_county_has_the_holidays_of_all_and_its_own() {
    use crate::complaint::CountyId;
    use crate::deadlines::Span;
    use chrono_tz::Africa::Nairobi;

    let source = r#"
[[holiday]]
name = "Wajir Day"
every = "05-04"
counties = ["wajir"]
[[holiday]]
name = "Of all"
every = "05-05"
"#;
    let calendars = Calendars::load("calendar.toml", source, Some(&named())).unwrap();
    let after = |county: &str| {
        let calendar = calendars.of(&CountyId::new(county));
        let from = "2026-05-01T09:00:00Z".parse().unwrap();
        let at = calendar.after(from, Span::Days(1), Nairobi);
        at.with_timezone(&Nairobi).format("%d %b").to_string()
    };
    assert_eq!(after("wajir"), "06 May");
    assert_eq!(after("garissa"), "04 May");
}

#[test]
fn each_mistake_in_deadlines_is_told_with_its_mend() {
    let source = r#"
[[deadline]]
accept = "2 days"
[[deadline]]
accept = "3 days"
[[deadline]]
sector = "watr"
kind = "dely"
priority = "urgnt"
organisation = "wajir-watr"
resolve = "3 weeks"
[[deadline]]
sector = "health"
"#;
    let told = told(Deadlines::load("deadlines.toml", source, Some(&named())).unwrap_err());
    for wanted in [
        "another [[deadline]] is for just the same complaints: put both into one section, or name a `sector`, `kind`, `priority` or `organisation` more",
        "unknown sector `watr`: did you mean `water`?",
        "unknown kind `dely`: did you mean `delay`?",
        "unknown priority `urgnt`: did you mean `urgent`?",
        "unknown organisation `wajir-watr`: did you mean `wajir-water`?",
        "`3 weeks` is no time that something can take: write a number of working days or hours: \"5 days\", \"4 hours\"; two years are the most",
        "this [[deadline]] has no time in it: write one of them at least: accept = \"2 days\", first_action = \"5 days\", resolve = \"21 days\"",
    ] {
        assert!(told.iter().any(|one| one == wanted), "{wanted}\n{told:#?}");
    }
}

#[test]
fn what_makes_the_urgent_wait_is_a_warning() {
    let source = |more: &str| {
        format!(
            "[[deadline]]\npriority = \"urgent\"\naccept = \"4 hours\"\nresolve = \"5 days\"\n[[deadline]]\nsector = \"health\"\norganisation = \"wajir-water\"\n{more}\n"
        )
    };
    let warnings = |more: &str| {
        let (_, warnings) =
            Deadlines::load("deadlines.toml", &source(more), Some(&named())).unwrap();
        told(warnings)
    };
    assert_eq!(warnings("accept = \"1 day\"").len(), 1);
    assert_eq!(warnings("resolve = \"6 days\"").len(), 1);
    assert_eq!(warnings("resolve = \"5 days\"").len(), 0);
    assert_eq!(
        warnings("priority = \"low\"\nresolve = \"50 days\"").len(),
        0
    );
}

/// What is told of a `[reminders]` section, each with how bad it is.
fn told_of_reminders(lines: &str) -> Vec<String> {
    let source = format!("[reminders]\n{lines}\n");
    let findings = match Deadlines::load("deadlines.toml", &source, Some(&named())) {
        Ok((_, findings)) | Err(findings) => findings,
    };
    let words: Vec<&str> = findings
        .iter()
        .map(|finding| finding.level.word())
        .collect();
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    let told = words.into_iter().zip(told(findings));
    told.map(|(word, told)| format!("{word}: {told}")).collect()
}

#[test]
fn a_step_comes_after_a_time_or_never() {
    use crate::deadlines::{Span, Turn};

    let source = "[reminders]\nfirst_after = \"4 hours\"\nsecond_after = \"never\"\nescalate_after = \"3 days\"\ncommittee_after = \"never\"\n";
    let (deadlines, _) = Deadlines::load("deadlines.toml", source, None).unwrap();
    let wanted = Reminders {
        first: Turn::After(Span::Hours(4)),
        second: Turn::Never,
        escalated: Turn::After(Span::Days(3)),
        committee: Turn::Never,
    };
    assert_eq!(deadlines.reminders, wanted);
    for unsaid in [
        "",
        "[reminders]\n",
        "[reminders]\nfirst_after = \"at once\"\n",
    ] {
        let (deadlines, told) = Deadlines::load("deadlines.toml", unsaid, None).unwrap();
        assert_eq!(deadlines.reminders, Reminders::default(), "{unsaid}");
        assert_eq!(told, []);
    }
}

#[test]
fn what_is_wrong_or_odd_with_reminders_is_told_with_its_mend() {
    for (lines, wanted) in [
        (
            "second_after = \"nevr\"",
            vec![
                "error: `nevr` is no time for a step: write a number of working days or hours, \"5 days\", \"4 hours\", or \"never\"",
            ],
        ),
        (
            "first_after = \"soon\"",
            vec![
                "error: `soon` is no time for a step: write \"at once\", a number of working days or hours, \"1 day\", \"4 hours\", or \"never\"",
            ],
        ),
        (
            "second_after = \"at once\"",
            vec![
                "error: `at once` is no time for a step: write a number of working days or hours, \"5 days\", \"4 hours\", or \"never\"",
            ],
        ),
        (
            "second_after = \"never\"",
            vec![
                "warning: `second_after` is `never`, so that `escalate_after` is counted from what comes before it: write escalate_after = \"never\" if the steps are to end there, or how long it takes",
            ],
        ),
        (
            "second_after = \"never\"\nescalate_after = \"4 days\"",
            vec![
                "note: `second_after` is `never`, so that `escalate_after` is counted from what comes before it: write escalate_after = \"never\" if the steps are to end there, or how long it takes",
            ],
        ),
        (
            "escalate_after = \"never\"\ncommittee_after = \"never\"",
            vec![],
        ),
        ("committee_after = \"never\"", vec![]),
        (
            "first_after = \"never\"\nsecond_after = \"never\"\nescalate_after = \"never\"\ncommittee_after = \"never\"",
            vec![
                "warning: nobody is told of a deadline that passed: all four steps are `never`: leave one of them; the first tells the organisation and the convener",
            ],
        ),
    ] {
        assert_eq!(told_of_reminders(lines), wanted, "{lines}");
    }
}
