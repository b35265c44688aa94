//! Tables counted from a few complaints.

use super::*;
use crate::deadlines::Calendars;
use crate::intake::places::Places;

mod durations;
mod sample;

pub(super) use sample::{at, rows, some};

const PLACES: &str = "id,name,level,parent,aliases,population,women
wajir,Wajir,county,,,1000000,
wajir-south,Wajir South,sub-county,wajir,,200000,90000
burder,Burder,ward,wajir-south,,,
wajir-north,Wajir North,sub-county,wajir,,,
";

/// What the question comes to over these, on 1 December.
fn asked(
    by: &[Dimension],
    measure: Measure,
    complaints: impl FnOnce(&mut Codes) -> Vec<Fact>,
) -> Answer {
    let question = Question::new(by, measure, Period::from_word("2026").unwrap()).unwrap();
    count(question, false, complaints)
}

fn ground<'a>(places: &'a Places, calendars: &'a Calendars) -> Ground<'a> {
    Ground {
        places,
        counties: vec![(
            crate::complaint::CountyId::new("wajir"),
            chrono_tz::Africa::Nairobi,
        )],
        calendars,
        now: "2026-12-01T09:00:00Z".parse().unwrap(),
        archive: Box::leak(Box::default()),
        pieces: Box::leak(Box::default()),
    }
}

fn count(
    question: Question,
    apart: bool,
    complaints: impl FnOnce(&mut Codes) -> Vec<Fact>,
) -> Answer {
    let places = Places::load("places.csv", PLACES).unwrap();
    let calendars = Calendars::default();
    let mut codes = Codes::default();
    let complaints = complaints(&mut codes);
    let mut count = Count::new(question, ground(&places, &calendars), apart, &mut codes);
    for (id, fact) in (1..).zip(&complaints) {
        count.add(&Fact { id, ..*fact }, &mut codes);
    }
    count.answer(&codes)
}

#[test]
fn not_given_is_always_a_row_and_nobody_is_one_too() {
    let answer = asked(&[Dimension::Gender], Measure::Complaints, |codes| {
        let woman = codes.code("woman");
        let one = some(codes);
        vec![
            Fact {
                gender: Some(woman),
                ..one
            },
            one,
            one,
        ]
    });
    assert_eq!(
        rows(&answer),
        [
            ("woman", Value::Count(1)),
            ("man", Value::Count(0)),
            ("other", Value::Count(0)),
            ("not given", Value::Count(2)),
        ]
    );
    assert_eq!(answer.total.value, Value::Count(3));
}

#[test]
fn a_table_of_two_adds_up_and_has_the_largest_first() {
    let answer = asked(
        &[Dimension::Sector, Dimension::Gender],
        Measure::Complaints,
        |codes| {
            let [woman, health] = ["woman", "health"].map(|word| codes.code(word));
            let one = some(codes);
            let of_health = Fact {
                sector: Some(health),
                gender: Some(woman),
                ..one
            };
            vec![one, of_health, of_health]
        },
    );
    assert_eq!(rows(&answer)[0], ("health", Value::Count(2)));
    let all: Vec<Vec<Value>> = answer
        .cells
        .iter()
        .map(|row| row.iter().map(|figure| figure.value).collect())
        .collect();
    let [none, one, two] = [0, 1, 2].map(Value::Count);
    assert_eq!(
        all,
        [[two, none, none, none], [none, none, none, one], [none; 4]],
        "health, water, not given; each of women, men, others, not given"
    );
}

#[test]
fn what_was_none_or_anothers_words_is_counted_apart() {
    let answer = asked(&[], Measure::Complaints, |codes| {
        let [none, merged] = ["not_a_complaint", "merged"].map(|word| codes.code(word));
        let one = some(codes);
        vec![
            one,
            Fact {
                closed_as: Some(none),
                ..one
            },
            Fact {
                closed_as: Some(merged),
                ..one
            },
        ]
    });
    assert_eq!(answer.total.value, Value::Count(1));
    assert_eq!(
        (answer.left_out.not_complaints, answer.left_out.merged),
        (1, 1)
    );
}

#[test]
fn what_is_sensitive_is_one_figure_for_those_who_do_not_work_on_it() {
    let question = Question::new(
        &[Dimension::Sector],
        Measure::Complaints,
        Period::from_word("2026").unwrap(),
    );
    let complaints = |codes: &mut Codes| {
        let one = some(codes);
        vec![
            one,
            Fact {
                sensitive: true,
                ..one
            },
        ]
    };
    let theirs = count(question.clone().unwrap(), false, complaints);
    let of_others = count(question.unwrap(), true, complaints);
    assert_eq!(theirs.total.value, Value::Count(2));
    assert_eq!(of_others.total.value, Value::Count(1));
    assert_eq!(of_others.left_out.sensitive, 1);
}

#[test]
fn it_belongs_to_the_day_that_it_is_in_its_county() {
    let answer = asked(&[Dimension::Month], Measure::Complaints, |codes| {
        let one = some(codes);
        // In Wajir it is half past midnight on the first.
        vec![Fact {
            opened_at: at("2026-10-31T21:30:00Z"),
            ..one
        }]
    });
    let november = rows(&answer)
        .into_iter()
        .find(|(month, _)| *month == "2026-11");
    assert_eq!(november, Some(("2026-11", Value::Count(1))));
    assert_eq!(
        answer.rows.len(),
        12,
        "months without one stand in the table too"
    );
}

#[test]
fn a_place_is_counted_for_what_it_lies_in() {
    let by = [Dimension::SubCounty, Dimension::Ward];
    let answer = asked(&by, Measure::Complaints, |codes| {
        let [ward, south, north] =
            ["burder", "wajir-south", "wajir-north"].map(|word| Some(codes.code(word)));
        let one = some(codes);
        vec![
            Fact { place: ward, ..one },
            Fact {
                place: south,
                ..one
            },
            Fact {
                place: north,
                ..one
            },
            one,
        ]
    });
    assert_eq!(
        rows(&answer),
        [
            ("wajir-south", Value::Count(2)),
            ("wajir-north", Value::Count(1)),
            ("not given", Value::Count(1)),
        ]
    );
}

#[test]
fn for_each_hundred_thousand_who_live_there_where_that_is_known() {
    let answer = asked(&[Dimension::SubCounty], Measure::PerInhabitants, |codes| {
        let [south, north] = ["wajir-south", "wajir-north"].map(|word| Some(codes.code(word)));
        let one = some(codes);
        vec![
            Fact {
                place: south,
                ..one
            },
            Fact {
                place: south,
                ..one
            },
            Fact {
                place: north,
                ..one
            },
        ]
    });
    assert_eq!(
        rows(&answer),
        [
            ("wajir-south", Value::Rate(1.0)),
            ("wajir-north", Value::Nothing),
            ("not given", Value::Nothing),
        ]
    );
    assert_eq!(answer.total.value, Value::Rate(0.3));
    let by_gender = Question::new(
        &[Dimension::Gender],
        Measure::PerInhabitants,
        Period::from_word("2026").unwrap(),
    );
    assert_eq!(by_gender, Err(Wrong::NoInhabitants(Dimension::Gender)));
}

#[test]
fn figures_of_places_are_seen_beside_who_lives_there() {
    let beside = |by: &[Dimension], measure| {
        let answer = asked(by, measure, |codes| {
            let [woman, south] = ["woman", "wajir-south"].map(|word| Some(codes.code(word)));
            let of_woman = Fact {
                gender: woman,
                place: south,
                ..some(codes)
            };
            vec![of_woman, of_woman]
        });
        let places = Places::load("places.csv", PLACES).unwrap();
        let calendars = Calendars::default();
        ground(&places, &calendars).beside(&answer)
    };
    let rates = beside(&[Dimension::SubCounty], Measure::Complaints).unwrap();
    assert_eq!(rates.question.measure, Measure::PerInhabitants);
    assert_eq!(
        rows(&rates),
        [
            ("wajir-south", Value::Rate(1.0)),
            ("not given", Value::Nothing)
        ]
    );
    let women = beside(&[Dimension::SubCounty], Measure::WomensShare).unwrap();
    assert_eq!(
        rows(&women)[0],
        ("wajir-south", Value::Share(90_000, 200_000))
    );
    // Nobody knows how many women live in the county, nor who lives in a ward.
    for (by, measure) in [
        (&[][..], Measure::WomensShare),
        (&[Dimension::Ward], Measure::Complaints),
        (&[Dimension::Sector], Measure::Complaints),
        (&[Dimension::SubCounty], Measure::Open),
    ] {
        assert_eq!(beside(by, measure), None, "{by:?} {measure:?}");
    }
}

#[test]
fn of_women_and_men_there_is_no_womens_share() {
    let year = Period::from_word("2026").unwrap();
    let by_gender = Question::new(&[Dimension::Gender], Measure::WomensShare, year);
    assert_eq!(by_gender, Err(Wrong::WomenByGender));
    let by_sector = Question::new(&[Dimension::Sector], Measure::WomensShare, year).unwrap();
    for gender in [Some("woman"), Some("man"), None] {
        let of_one = by_sector.clone().only(Dimension::Channel, Some("sms"));
        let of_one = of_one.only(Dimension::Gender, gender);
        assert_eq!(of_one.checked(), Err(Wrong::WomenByGender));
    }
    let by_sms = by_sector.only(Dimension::Channel, Some("sms"));
    assert!(by_sms.checked().is_ok());
}

#[test]
fn in_time_is_counted_of_what_got_there_or_should_have() {
    let answer = asked(&[], Measure::InTime(Stage::Accept), |codes| {
        let one = some(codes);
        let reached = |late| {
            [
                Some(Reached {
                    at: one.opened_at,
                    late,
                }),
                None,
                None,
            ]
        };
        let due = at("2026-12-24T12:00:00Z");
        vec![
            Fact {
                reached: reached(false),
                ..one
            },
            Fact {
                reached: reached(true),
                ..one
            },
            // Its deadline is over and nobody said yes.
            one,
            // Its deadline is to come.
            Fact {
                due: [due; 3],
                ..one
            },
            // It was withdrawn.
            Fact {
                status: codes.code("closed"),
                closed_as: Some(codes.code("withdrawn")),
                ..one
            },
        ]
    });
    assert_eq!(answer.total.value, Value::Share(1, 3));
}

#[test]
fn the_others_of_a_filter_are_not_counted() {
    let question = Question::new(
        &[Dimension::Sector],
        Measure::Complaints,
        Period::from_word("2026-10").unwrap(),
    );
    let question = question
        .unwrap()
        .only(Dimension::Gender, Some("woman"))
        .only(Dimension::Gender, None)
        .only(Dimension::Channel, Some("sms"));
    let answer = count(question, false, |codes| {
        let [woman, man, web] = ["woman", "man", "web"].map(|word| codes.code(word));
        let one = some(codes);
        vec![
            one,
            Fact {
                gender: Some(woman),
                ..one
            },
            Fact {
                gender: Some(man),
                ..one
            },
            Fact {
                channel: web,
                ..one
            },
            Fact {
                opened_at: at("2026-11-05T09:00:00Z"),
                ..one
            },
        ]
    });
    assert_eq!(answer.total.value, Value::Count(2));
}
