//! Words with the code of an integrity pact.

use super::*;

/// Beside the rules.
pub(super) const PACT: &str = r#"[[organisation]]
id = "watch"
name = "Contract Watch"
short_name = "Watch"
email = "watch@example.org"
county = "wajir"
[[pact]]
code = "WJR-2026-014"
title = "Boreholes of the north"
county = "wajir"
authority = "water"
monitor = "watch"
"#;

const TOLD: &str = "WJR-2026-014 they paid for the borehole contract";

/// What the monitor has of that pact already.
fn with_the_monitor() -> OpenComplaint {
    OpenComplaint {
        sensitive: true,
        by_rules: false,
        sector: None,
        holders: vec![OrganisationId::new("watch")],
        accused: vec![OrganisationId::new("water")],
        ..borehole()
    }
}

#[test]
fn words_with_a_code_go_on_only_about_the_same_pact() {
    let same = with_the_monitor();
    assert_eq!(after(&same, TOLD, 5), "went_on");
    let another = OpenComplaint {
        takes_code: false,
        ..with_the_monitor()
    };
    assert_eq!(after(&another, TOLD, 5), "complaint");
    let in_parts = OpenComplaint {
        in_parts: true,
        ..another.clone()
    };
    let told = after(&in_parts, TOLD, 0);
    assert_eq!(told, "complaint", "not as a part either");
    let with_others = OpenComplaint {
        holders: vec![OrganisationId::new("roads")],
        ..with_the_monitor()
    };
    assert_eq!(after(&with_others, TOLD, 5), "complaint");
    assert_eq!(
        after(&another, "they paid for it", 5),
        "went_on",
        "words without a code do"
    );
}

#[test]
fn a_part_with_a_code_moves_what_the_rules_may_still_move() {
    let open = OpenComplaint {
        takes_code: false,
        in_parts: true,
        ..borehole()
    };
    assert_eq!(after(&open, TOLD, 0), "went_on");
    assert_eq!(after(&open, TOLD, 5), "complaint");
    let taken_on = OpenComplaint {
        by_rules: false,
        ..open
    };
    assert_eq!(after(&taken_on, TOLD, 0), "complaint");
}

#[test]
fn words_with_a_code_and_a_number_are_added_only_where_the_accused_never_sees_them() {
    let text = format!("{} {TOLD}", number());
    let with = |takes_code, sensitive| {
        let own = OwnComplaint {
            takes_code,
            sensitive,
            ..own()
        };
        let beside = Beside {
            own: Some(own),
            ..Beside::default()
        };
        outcome(&text, &beside, 1)
    };
    assert_eq!(with(true, true), "added");
    assert_eq!(with(false, true), "complaint");
    assert_eq!(with(true, false), "complaint");
}

#[test]
fn a_code_is_no_answer_but_to_the_officer_of_the_monitor_who_asks_of_that_pact() {
    let asked = asked(Asks::Words);
    let to = |officer, takes_it| {
        let beside = Beside {
            asked: Some(&asked),
            asked_by: Some((officer, takes_it)),
            ..Beside::default()
        };
        outcome(TOLD, &beside, 1)
    };
    assert_eq!(to("watch", true), "answered");
    assert_eq!(to("watch", false), "complaint");
    assert_eq!(to("water", true), "complaint");
    let where_is_it = super::asked(Asks::Place);
    let beside = Beside {
        asked: Some(&where_is_it),
        ..Beside::default()
    };
    assert_eq!(outcome("WJR-2026-014 in Bute", &beside, 1), "complaint");
}
