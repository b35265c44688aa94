//! Words that are mistyped.

use super::decisions::{BROKEN, route, told};
use super::{decide_on, rules};
use crate::routing::Reason;

#[test]
fn a_mistyped_word_counts_and_the_decision_says_so() {
    let rules = rules(BROKEN);
    let decision = decide_on(&rules, "The BORHOLE is broken");
    assert_eq!(told(&decision), "broken: water");
    let reason = Reason {
        pattern: "borehole".into(),
        at: 4..11,
        slip: true,
    };
    assert_eq!(decision.reasons, [reason]);
    assert!(
        decision
            .to_json()
            .contains(r#"{"at":[4,11],"pattern":"borehole","slip":true}"#)
    );
    let both = decide_on(&rules, "borhole, I mean borehole");
    let first = both.reasons.first().unwrap();
    assert_eq!(
        (first.at.clone(), first.slip),
        (16..24, false),
        "as it is written, where it is so too"
    );
    assert!(
        (both.sure - 0.8).abs() < 1e-9,
        "one word, once: {}",
        both.sure
    );
    assert_eq!(
        route(&rules, "wter point, and my watter bill"),
        "no rule: ti-wajir",
        "a mistyped word cancels too"
    );
    assert_eq!(route(&rules, "water pont"), "broken: water");
}

#[test]
fn a_word_marked_with_an_equals_sign_is_as_it_is_written() {
    let marked = rules(&BROKEN.replace("\"borehole\"", "\"=borehole\""));
    assert_eq!(route(&marked, "borehole"), "broken: water");
    assert_eq!(route(&marked, "borhole"), "no rule: ti-wajir");
}

#[test]
fn a_place_is_no_slip_of_a_word() {
    let rules = rules("[[rule]]\nid = \"abuse\"\nany = [\"harass*\"]\nto = \"police\"\n");
    assert_eq!(route(&rules, "harrassed by an officer"), "abuse: police");
    assert_eq!(route(&rules, "no water in Habasswein"), "no rule: ti-wajir");
    assert_eq!(route(&rules, "no water in Habassvein"), "no rule: ti-wajir");
}
