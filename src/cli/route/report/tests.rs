//! Pages for few and many organisations.

use super::*;
use crate::complaint::RuleId;

/// A text of each of so many organisations; the rule of each takes its own and that of the one before.
fn scores(organisations: usize) -> Scores {
    let id = |number: usize| format!("an-organisation-with-a-long-name-and-the-number-{number:02}");
    let scored = |label: usize, to: usize| Scored {
        text: "maji ".repeat(40),
        label: OrganisationId::new(id(label)),
        to: OrganisationId::new(id(to)),
        rule: Some(RuleId::new(id(to))),
    };
    let rows = (0..organisations)
        .flat_map(|own| [scored(own, own), scored(own, (own + 1) % organisations)]);
    Scores {
        texts: rows.collect(),
        several: 1234,
        empty: 1,
        strangers: vec!["Ministry of\nZebras".to_owned()],
    }
}

#[test]
fn no_line_is_wider_than_a_terminal_however_many_organisations_there_are() {
    for organisations in [2, MOST_COLUMNS, MOST_COLUMNS + 1, 40] {
        let told = told(&scores(organisations));
        let widest = told.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(WIDTH), "{organisations}: {told}");
    }
}

#[test]
fn many_organisations_have_no_table_but_their_largest_confusions_in_words() {
    let few = told(&scores(MOST_COLUMNS));
    assert!(
        few.contains("sent to") && !few.contains("confusions"),
        "{few}"
    );
    let many = told(&scores(40));
    assert!(!many.contains("sent to"), "{many}");
    assert!(
            many.contains(
                "\n      1  of an-organisation-wit…me-and-the-number-00 go to an-organisation-wit…me-and-the-number-01"
            ),
            "{many}"
        );
    for rest in [
        "… and 28 more organisations",
        "… and 28 more confusions",
        "… and 28 more rules",
    ] {
        assert!(many.contains(rest), "{rest}: {many}");
    }
}

#[test]
fn what_was_left_out_and_what_can_never_be_right_is_told() {
    let told = told(&scores(2));
    let expected = "\
Texts        4; left out: 1,234 rows with several labels, 1 row without a text or a label
Right        2 (50 %) reach whom their label names
Decided      4 (100 %) are decided by a rule; 2 (50 %) of these are right
Macro-F1     0.500, the mean over the 2 organisations that labels name
Unknown      Ministry of Zebras: no organisation has such a name, so no rule can be right there
";
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn the_examples_are_of_different_organisations_where_there_are_several() {
    let scores = scores(3);
    let wrong: Vec<&Scored> = [0, 0, 0, 2, 4]
        .iter()
        .map(|at| &scores.texts[*at])
        .collect();
    let labels: Vec<_> = spread(&wrong)
        .iter()
        .map(|text| text.label.as_str())
        .collect();
    let ends: Vec<_> = labels
        .iter()
        .filter_map(|label| label.split('-').next_back())
        .collect();
    assert_eq!(ends, ["00", "01", "02"]);
}
