//! `jibu report --outside`: the same question, as who works on the complaints is answered and as everybody is.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

use jibu::reports::privacy::Refused;
use jibu::reports::{Measure, Period, Question};
use serde_json::Value;

use super::town::Town;
use super::{FEW, Seeded};
use crate::process::{jibu, refused, said, shipped};

/// `jibu report` of that county, with the sample's rules.
fn report(folder: &Path, more: &[&str]) -> Output {
    let config = shipped().display().to_string();
    jibu(&[&["report", "--config", &config], more].concat(), folder)
}

/// Each figure by its sector and gender; `None`: it is hidden.
fn figures(told: &str) -> BTreeMap<(String, String), Option<u64>> {
    let told: Value = serde_json::from_str(told).unwrap();
    let figure = |figure: &Value| {
        let word = |name| figure[name].as_str().unwrap_or("not given").to_owned();
        assert_eq!(
            figure["value"].is_null(),
            figure["note"] == "hidden",
            "{figure}"
        );
        assert_eq!(figure["value"], figure["rests_on"], "{figure}");
        ((word("sector"), word("gender")), figure["value"].as_u64())
    };
    told["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(figure)
        .collect()
}

#[tokio::test]
async fn few_are_told_inside_and_hidden_outside() {
    let town = Town::with_months_published().await;
    let report = |more: &[&str]| {
        let asked = ["--by", "sector,gender", "--period", "2026-07"];
        said(&report(town.folder.path(), &[&asked, more].concat()))
    };
    let (inside, outside) = (report(&[]), report(&["--outside"]));
    let of_health = |told: &str| -> Vec<String> {
        let line = told.lines().find(|line| line.starts_with("Health"));
        line.unwrap()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(of_health(&inside), ["Health", "11", "5", "2", "17", "35"]);
    assert_eq!(
        of_health(&outside),
        ["Health", "11", "hidden", "hidden", "hidden", "35"]
    );
    let below = "
For the committee and the public: as complaints stood on 2026-09-15.
hidden: fewer than 5, or such a figure could be worked out by it.
";
    assert!(outside.ends_with(below), "{outside}");
    assert!(
        inside.contains("Not in the table: 2 turned out"),
        "{inside}"
    );
    let json = ["--format", "json"];
    let inside = figures(&report(&json));
    let outside = figures(&report(&[&json[..], &["--outside"]].concat()));
    assert_eq!(inside.len(), outside.len());
    for (of, told) in &outside {
        let known = inside[of].unwrap();
        // One of July is sensitive, of which outsiders are told nothing. Its sector is not known.
        let is_sensitive = ["*", "not given"].contains(&&*of.0);
        match told {
            Some(told) => assert!(
                *told == known || (is_sensitive && told + 1 == known),
                "{of:?}"
            ),
            None => continue,
        }
        assert!(!(1..5).contains(&known), "{of:?}");
    }
}

#[tokio::test]
async fn each_file_says_what_is_hidden_and_the_newest_month_is_asked_without_one() {
    let town = Town::with_months_published().await;
    let folder = town.folder.path();
    let outside = |more: &[&str]| {
        let asked = ["--by", "sector,gender", "--outside"];
        said(&report(folder, &[&asked, more].concat()))
    };
    assert!(outside(&[]).starts_with("complaints, 2026-07-01 to 2026-07-31, county: Wajir\n"));
    let csv = outside(&["--format", "csv"]);
    assert!(
        csv.contains("\r\nhealth,Health,man,man,complaints,,,hidden\r\n"),
        "{csv}"
    );
    let json: Value = serde_json::from_str(&outside(&["--format", "json"])).unwrap();
    assert_eq!(json["counted_at"], "2026-09-15T09:00:00.000Z");
    assert_eq!(json["left_out"]["not_complaints"], Value::Null);
    let svg = outside(&["--format", "svg"]);
    assert!(svg.contains("not shown"), "{svg}");
    let book = folder.join("told.xlsx").display().to_string();
    outside(&["--format", "xlsx", "--out", &book]);
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));
}

#[tokio::test]
async fn before_a_month_is_published_nothing_is_told() {
    let town = Town::new().await;
    let june = Period::from_word("2026-06").unwrap();
    let june = Question::new(&[], Measure::Complaints, june).unwrap();
    assert_eq!(town.told(june).await, Err(Refused::NotPublished));
    let refused = refused(&report(town.folder.path(), &["--outside"]));
    assert!(refused.contains("of Wajir none is yet"), "{refused}");
}

#[tokio::test]
async fn who_is_not_told_hears_what_to_ask_instead() {
    let town = Town::with_months_published().await;
    let outside = |more: &[&str]| {
        refused(&report(
            town.folder.path(),
            &[&["--outside"], more].concat(),
        ))
    };
    let published = "of Wajir these are 2025-03 to 2026-07, and --period 2026-07 is the newest";
    for (asked, instead) in [
        (&["--period", "2026-08"][..], published),
        (&["--period", "2027"], published),
        (&["--period", "2026-07-05"], published),
        (
            &["--by", "day"],
            "nothing is told by day: ask by month or quarter",
        ),
        (
            &["--only", "month=2026-07"],
            "month is no filter: ask for another period instead",
        ),
        (&["--by", "county"], "one county is told at a time"),
        (
            &["--by", "sector,gender", "--only", "kind=delay"],
            "two things at most",
        ),
        (
            &["--by", "sector,gender", "--measure", "open"],
            "leave one out",
        ),
        (
            &["--by", "status", "--measure", "open"],
            "ask for each by itself",
        ),
        (
            &["--by", "ward", "--measure", "open"],
            "told by sector, kind, gender, age_group, sub_county or organisation",
        ),
        (
            &["--only", "county=wajirr"],
            "`wajirr` is no county; did you mean `wajir`?",
        ),
    ] {
        let told = outside(asked);
        assert!(told.contains(instead), "{asked:?}: {told}");
    }
}

#[tokio::test]
async fn of_several_counties_one_is_named() {
    let seeded = Seeded::with(FEW).await;
    let config = seeded.folder.path().join("config").display().to_string();
    let outside = |more: &[&str]| {
        let asked = ["report", "--outside", "--config", &config];
        refused(&jibu(&[&asked, more].concat(), seeded.folder.path()))
    };
    let which = "--only county=wajir or --only county=marsabit";
    let both: &[&str] = &["--only", "county=wajir", "--only", "county=marsabit"];
    for asked in [&[][..], both] {
        let told = outside(asked);
        assert!(told.contains(which), "{told}");
    }
    let told = outside(&["--only", "county=marsabit"]);
    assert!(told.contains("of Marsabit none is yet"), "{told}");
}
