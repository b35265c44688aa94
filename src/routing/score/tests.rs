//! The figures of a few rows that can be reckoned by hand.

use super::*;
use crate::intake::places::Places;
use crate::routing::decide;
use crate::text::normalise::Normalised;

fn scores(rows: &[(&str, &str)]) -> Scores {
    let places = include_str!("../../../config/places.csv");
    let places = Places::load("places.csv", places).unwrap();
    let rules = include_str!("../../../config/routing.toml");
    let rules = Rules::load("routing.toml", rules, Some(&places)).unwrap();
    let county = rules.counties().next().unwrap();
    let rows = rows
        .iter()
        .map(|(text, label)| Example::new(*text, *label))
        .collect();
    Scores::of(rows, &rules, county, |text| {
        decide(&rules, &Normalised::new(text), county, &[])
    })
}

const ROWS: [(&str, &str); 8] = [
    ("kisima", "wajir-water"),
    ("pampu", "Water Dept"),
    ("barabara", "wajir-water"),
    ("barabara", "wajir-roads"),
    ("zebra", "wajir-roads"),
    ("zebra", "convener"),
    ("kisima", "Ministry of Zebras"),
    ("rushwa", "ti-wajir"),
];

#[test]
fn the_figures_are_those_of_the_book() {
    let scores = scores(&ROWS);
    assert_eq!((scores.texts.len(), scores.right()), (8, 5));
    assert_eq!(scores.decided(), (6, 4));
    assert_eq!(scores.strangers, ["Ministry of Zebras"]);
    let told: Vec<_> = scores
        .organisations()
        .into_iter()
        .map(|one| (one.id.to_string(), one.texts, one.reached, one.right))
        .collect();
    let expected = [
        ("wajir-water", 3, 3, 2),
        ("ti-wajir", 2, 3, 2),
        ("wajir-roads", 2, 2, 1),
        ("ministry-of-zebras", 1, 0, 0),
    ];
    assert_eq!(told, expected.map(|(id, a, b, c)| (id.to_owned(), a, b, c)));
    // F1 of each: 2/3, 4/5, 1/2, 0.
    assert!((scores.macro_f1() - (2.0 / 3.0 + 0.8 + 0.5) / 4.0).abs() < 1e-12);
}

#[test]
fn misses_stand_under_the_rule_that_took_them_and_what_no_rule_took_stands_alone() {
    let scores = scores(&ROWS);
    let misses: Vec<_> = scores
        .misses()
        .iter()
        .map(|taken| {
            let wrong: Vec<_> = taken.wrong.iter().map(|text| text.text.as_str()).collect();
            (taken.rule.map(RuleId::as_str), taken.took, wrong)
        })
        .collect();
    assert_eq!(
        misses,
        [
            (None, 2, vec!["zebra"]),
            (Some("road"), 2, vec!["barabara"]),
            (Some("water-point-broken"), 3, vec!["kisima"]),
        ]
    );
    let sent = scores.sent();
    let [water, roads] = ["wajir-water", "wajir-roads"].map(OrganisationId::new);
    assert_eq!(sent.get(&(&water, Some(&roads))), Some(&1));
    assert_eq!(sent.get(&(&roads, None)), Some(&1));
}

#[test]
fn rows_that_say_nothing_are_counted_and_left_out() {
    let scores = scores(&[
        ("kisima", "wajir-water|wajir-roads"),
        ("kisima", " "),
        ("!?", "wajir-water"),
    ]);
    assert_eq!(
        (scores.texts.len(), scores.several, scores.empty),
        (0, 1, 2)
    );
    assert!(scores.macro_f1().abs() < f64::EPSILON);
}
