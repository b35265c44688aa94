//! What is proposed from texts, good and hostile, and what it does once it is loaded.

use super::{Example, Limits, NothingToLearn, Proposal};
use crate::complaint::TrackingNumber;
use crate::intake::places::Places;
use crate::routing::{Rules, decide};
use crate::text::normalise::Normalised;

const LIMITS: Limits = Limits {
    words: 100,
    texts: 2,
};

/// 160 complaints in English, Kiswahili and Somali, labelled with the sample's organisations.
fn complaints() -> Vec<Example> {
    let file = include_str!("../../../tests/rules/learn/complaints.csv");
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            example(&record[0], &record[1])
        })
        .collect()
}

fn example(text: &str, label: &str) -> Example {
    Example::new(text, label)
}

fn sample() -> (Rules, Places) {
    let places = Places::load("places.csv", include_str!("../../../config/places.csv")).unwrap();
    let source = include_str!("../../../config/routing.toml");
    let rules = Rules::load("routing.toml", source, Some(&places)).unwrap();
    (rules, places)
}

fn propose(rows: Vec<Example>) -> Result<Proposal, NothingToLearn> {
    Proposal::new(rows, None, LIMITS, |_| {})
}

/// The whole file, proposed in the sample's county.
fn complete(rows: Vec<Example>) -> String {
    let (rules, _) = sample();
    let county = rules.counties().next().unwrap();
    let convener = rules.organisation(&county.convener).unwrap();
    propose(rows).unwrap().to_complete_toml(county, convener)
}

fn load(toml: &str) -> Rules {
    let (_, places) = sample();
    Rules::load("routing.toml", toml, Some(&places))
        .unwrap_or_else(|findings| panic!("{findings:#?}\n{toml}"))
}

/// Every other text, to learn from, and the others.
fn every_other(rows: Vec<Example>) -> (Vec<Example>, Vec<Example>) {
    let (learnt, tried): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .enumerate()
        .partition(|(at, _)| (at / 8) % 2 == 0);
    let rows = |half: Vec<(usize, Example)>| half.into_iter().map(|(_, row)| row).collect();
    (rows(learnt), rows(tried))
}

#[test]
fn the_proposal_goes_with_the_file_whose_organisations_it_names() {
    let (rules, _) = sample();
    let proposal = Proposal::new(complaints(), Some(&rules), LIMITS, |_| {}).unwrap();
    let (ours, _tests) = include_str!("../../../config/routing.toml")
        .split_once("\n[[test]]")
        .unwrap();
    let both = load(&(ours.to_owned() + "\n" + &proposal.to_toml()));
    assert_eq!(both.count(), rules.count() + 8);
}

#[test]
fn learnt_rules_route_texts_that_they_were_not_learnt_from() {
    let (learnt, tried) = every_other(complaints());
    let rules = load(&complete(learnt));
    let county = rules.counties().next().unwrap();
    let right = tried.iter().filter(|row| {
        let decision = decide(&rules, &Normalised::new(&row.text), county, &[]);
        decision.rule.is_some() && decision.to.as_str() == row.label
    });
    let right = right.count();
    // Always the same organisation would be right about 10 of the 80.
    assert!(right >= 40, "{right} of {}", tried.len());
}

#[test]
fn the_same_texts_give_the_same_proposal_and_nothing_is_gained_by_repeating_one() {
    let once = propose(complaints()).unwrap();
    let mut repeated = complaints();
    repeated.extend(complaints());
    repeated.extend(vec![
        example(
            "BOREHOLE at Habasswein is broken; no water 5 days!",
            "wajir-water"
        );
        50
    ]);
    let repeated = propose(repeated).unwrap();
    let rules = |proposal: &Proposal| {
        let toml = proposal.to_toml();
        toml.split_once("# To use it").unwrap().1.to_owned()
    };
    assert_eq!(rules(&once), rules(&repeated));
}

#[test]
fn what_was_seen_twice_is_not_certain_and_no_word_is_surer_than_its_precision() {
    let learnt = super::learn(&complaints(), LIMITS, |_| {}).unwrap();
    let words: Vec<_> = learnt
        .labels
        .iter()
        .flat_map(|label| &label.words)
        .collect();
    assert!(words.len() > 100);
    for word in words {
        let (right, of) = (super::fit::count(word.right), super::fit::count(word.of));
        assert!(word.of >= 2, "{word:?}");
        assert!(word.sure <= (right + 0.2) / (of + 1.0), "{word:?}");
        assert!(word.of > 2 || word.sure < 0.75, "{word:?}");
    }
}

#[test]
fn a_rule_holds_about_as_many_words_as_were_asked_for() {
    let few = Limits { words: 5, texts: 2 };
    let learnt = super::learn(&complaints(), few, |_| {}).unwrap();
    let words: usize = learnt.labels.iter().map(|label| label.words.len()).sum();
    assert!((20..=40).contains(&words), "{words}");
    assert!(learnt.labels.iter().all(|label| !label.words.is_empty()));
}

#[test]
fn whatever_stands_in_a_text_or_a_label_the_file_is_what_it_says() {
    let pasted = "x".repeat(10_000);
    let hostile = [
        "\"quotes\" and 'others' \"\"\" '''",
        "a line\nto = \"wajir-food-aid\"\n[[rule]]",
        "back\\slash \\u0041 \\",
        "bell\u{7} null\u{0} \u{202e}backwards\u{2028}next\r\nlast",
        "# remark ] } {",
        pasted.as_str(),
    ];
    let mut rows = complaints();
    for text in hostile {
        for label in [
            "wajir-water",
            "a \"label\"\n[[rule]]\nid = \"x\"",
            "'''\u{7}",
            "قسم المياه",
        ] {
            rows.push(example(&format!("{text} {label} kisima"), label));
            rows.push(example(&format!("again {text} {label}"), label));
        }
    }
    let toml = complete(rows);
    let rules = load(&toml);
    assert_eq!(rules.organisations().len(), 1 + 8 + 3, "{toml}");
    assert!(toml.lines().all(|line| line.len() < 400));
    assert!(toml.chars().all(|c| c == '\n' || !c.is_control()));
    for organisation in rules.organisations() {
        assert!(crate::text::gsm7::count(&organisation.short_name).units <= 20);
    }
}

#[test]
fn numbers_of_people_are_no_words_of_a_rule_and_are_not_quoted() {
    let mut rows = complaints();
    for days in 1..9 {
        rows.push(example(
            &format!("Call 0711000001 or 482 109 3753 day {days}"),
            "wajir-roads",
        ));
    }
    let toml = complete(rows);
    for number in ["0711000001", "0711", "482", "109", "3753"] {
        assert!(!toml.contains(number), "{number}");
    }
    assert!(toml.contains(": Call ·········· or"), "{toml}");
}

#[test]
fn a_citizens_text_is_told_of_by_its_number() {
    let number = Some(TrackingNumber::from_value(4_821_093_753));
    let of_citizens = complaints()
        .into_iter()
        .map(|row| Example { number, ..row });
    let (rules, _) = sample();
    let proposal = Proposal::new(of_citizens.collect(), Some(&rules), LIMITS, |_| {}).unwrap();
    let toml = proposal.to_toml();
    assert!(!toml.contains("Borehole at"), "{toml}");
    assert!(toml.contains("},  # 6 of 6: 482 109 3753\n"), "{toml}");
}

#[test]
fn a_label_is_an_organisation_by_any_of_its_names() {
    let (rules, _) = sample();
    let rows = complaints().into_iter().enumerate().map(|(at, row)| {
        let label = match (row.label.as_str(), at % 3) {
            ("wajir-water", 0) => "Water Dept",
            ("wajir-water", 1) => " idara ya MAJI ",
            ("wajir-water", _) => "Wajir County Water Department",
            ("wajir-roads", _) => "Roads & Bridges",
            ("wajir-education", _) => "convener",
            (other, _) => other,
        };
        example(&row.text, label)
    });
    let rows = rows.chain([
        example("no label", " "),
        example("two", "wajir-water|wajir-roads"),
    ]);
    let toml = Proposal::new(rows.collect(), Some(&rules), LIMITS, |_| {})
        .unwrap()
        .to_toml();
    assert_eq!(toml.matches("\nto = \"wajir-water\"").count(), 1);
    assert_eq!(toml.matches("[[organisation]]").count(), 1);
    assert!(toml.contains(
        "\nid = \"roads-bridges\"\nname = \"Roads & Bridges\"\nshort_name = \"Roads & Bridges\"\n"
    ));
    assert!(toml.contains("\nto = \"convener\""));
    assert!(toml.contains(
        "# Left out: 1 row with several labels.\n# Left out: 1 row with no text or no label.\n"
    ));
}

#[test]
fn labels_that_would_have_one_id_get_two() {
    let rows = complaints().into_iter().map(|row| {
        let label = match row.label.as_str() {
            "wajir-water" => "Water (town)",
            "wajir-roads" => "ti wajir",
            "wajir-utility" => "Water town!",
            "wajir-health" => "水",
            "wajir-hospital" => "火",
            other => other,
        };
        example(&row.text, label)
    });
    let rules = load(&complete(rows.collect()));
    let mut ids: Vec<_> = rules.organisations().map(|one| one.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        [
            "organisation",
            "organisation-2",
            "ti-wajir",
            "wajir-drought",
            "wajir-education",
            "wajir-food-aid",
            "water-town",
        ],
        "two spellings of one name are one organisation"
    );
}

#[test]
fn where_there_is_nothing_to_learn_it_is_said() {
    let said = |rows: Vec<Example>| propose(rows).unwrap_err();
    assert_eq!(said(Vec::new()), NothingToLearn::NoTexts);
    assert_eq!(
        said(vec![example("!?", "water"), example("x", "")]),
        NothingToLearn::NoTexts
    );
    assert_eq!(
        said(vec![example("maji", "water")]),
        NothingToLearn::OneLabel("water".to_owned())
    );
    assert_eq!(
        said(vec![example("maji", "water"), example("njaa", "food")]),
        NothingToLearn::NoWords(2)
    );
    let in_greek = |number: usize| -> String {
        let letters = "αβγδεζηθικ".chars().collect::<Vec<_>>();
        let digits = number.to_string();
        digits
            .bytes()
            .map(|digit| letters[usize::from(digit - b'0')])
            .collect()
    };
    let numbered = (0..20_000).map(|row| example("maji", &in_greek(row)));
    assert_eq!(
        said(numbered.collect()),
        NothingToLearn::TooManyLabels(20_000),
        "at once, though no id can be made of their letters"
    );
}
