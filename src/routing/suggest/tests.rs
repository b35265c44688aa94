//! Whom it names, why, and whom never.

use super::Suggester;
use crate::complaint::OrganisationId;
use crate::intake::places::Places;
use crate::routing::{Rules, decide};
use crate::text::normalise::Normalised;

fn rules() -> Rules {
    let places = Places::load("places.csv", include_str!("../../../config/places.csv")).unwrap();
    let source = include_str!("../../../config/routing.toml");
    Rules::load("routing.toml", source, Some(&places)).unwrap()
}

fn complaints() -> Vec<(Normalised, OrganisationId)> {
    let file = include_str!("../../../tests/rules/learn/complaints.csv");
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        (Normalised::new(&record[0]), OrganisationId::new(&record[1]))
    });
    rows.collect()
}

/// The organisations it names, and the words of the text that it shows for the first.
fn suggested(suggester: &Suggester, text: &str, accused: &[&str]) -> (Vec<String>, Vec<String>) {
    let rules = rules();
    let county = rules.counties().next().unwrap();
    let words = Normalised::new(text);
    let mut decision = decide(&rules, &words, county, &[]);
    decision.against = accused.iter().map(|id| OrganisationId::new(*id)).collect();
    let suggestions = suggester.suggest(&words, &decision);
    let shown = suggestions
        .first()
        .into_iter()
        .flat_map(|first| &first.words);
    let shown = shown.map(|word| text.get(word.at.clone()).unwrap().to_owned());
    let shown = shown.collect();
    let sure: f64 = suggestions.iter().map(|one| one.sure).sum();
    assert!(sure <= 1.0 + 1e-9);
    let named = suggestions.iter().map(|one| one.organisation.to_string());
    (named.collect(), shown)
}

#[test]
fn it_names_three_with_the_words_that_speak_for_them() {
    let history = complaints();
    let suggester = Suggester::default().train(history.iter().map(|(text, id)| (text, id)));
    let (named, words) = suggested(
        &suggester,
        "Please help, the DISPENSARIES near us have no nurses",
        &[],
    );
    assert_eq!(named.len(), 3);
    assert_eq!(named[0], "wajir-health");
    assert!(words.contains(&"DISPENSARIES".to_owned()), "{words:?}");
    assert!(words.len() <= 3);
}

#[test]
fn it_never_names_whom_the_text_accuses() {
    let history = complaints();
    let suggester = Suggester::default().train(history.iter().map(|(text, id)| (text, id)));
    let text = "hospital ward is dirty";
    assert_eq!(suggested(&suggester, text, &[]).0[0], "wajir-hospital");
    let (named, _) = suggested(&suggester, text, &["wajir-hospital"]);
    assert_eq!(named.len(), 3);
    assert!(!named.contains(&"wajir-hospital".to_owned()), "{named:?}");
}

#[test]
fn without_a_history_the_words_of_the_rules_are_all_it_knows_and_it_grows() {
    let rules = rules();
    let county = rules.counties().next().unwrap();
    let mut suggester = Suggester::from_rules(&rules, county);
    assert_eq!(suggested(&suggester, "kisima", &[]).0[0], "wajir-water");
    let text = "the windmill squeaks";
    assert_ne!(suggested(&suggester, text, &[]).0[0], "wajir-roads");
    suggester.add(
        &Normalised::new("Windmill fell"),
        &OrganisationId::new("wajir-roads"),
    );
    let (named, words) = suggested(&suggester, text, &[]);
    assert_eq!(
        (named[0].as_str(), words),
        ("wajir-roads", vec!["windmill".to_owned()])
    );
}

#[test]
fn of_nothing_known_it_names_those_with_the_most_texts_and_of_nothing_nobody() {
    let mut history = complaints();
    history.push((
        Normalised::new("the latrine"),
        OrganisationId::new("wajir-roads"),
    ));
    let suggester = Suggester::default().train(history.iter().map(|(text, id)| (text, id)));
    let (named, words) = suggested(&suggester, "qwzx", &[]);
    assert_eq!(named[0], "wajir-roads");
    assert!(words.is_empty());
    assert!(suggested(&Suggester::default(), "maji", &[]).0.is_empty());
}
