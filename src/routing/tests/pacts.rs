//! Texts with the code of an integrity pact, and what may be wrong with one.

use super::findings::found_in;
use super::{COUNTIES, decide_on, load, rules};
use crate::complaint::{CountyId, OrganisationId};
use crate::routing::decide;
use crate::text::normalise::Normalised;

const WATCHED: &str = r#"
[[organisation]]
id = "watch"
name = "Contract Watch"
short_name = "Watch"
email = "watch@wajir.example"
county = "wajir"

[[organisation]]
id = "roads"
name = "Roads Department"
short_name = "Roads"
email = "roads@wajir.example"
county = "wajir"

[[rule]]
id = "pump"
any = ["pump"]
sure = 0.9
to = "water"
[[rule]]
id = "bribe-of-police"
any = ["hongo"]
sure = 0.9
to = "convener"
sensitive = true
against = ["police"]

[[pact]]
code = "WJR-2026-014"
title = "Pumps"
county = "wajir"
authority = "water"
bidders = ["roads", "Desert Drilling Ltd"]
monitor = "watch"
called = ["PUMPS-26-B"]
priority = "high"

[[pact]]
code = "WJR-2026-022"
title = "Roads"
county = "wajir"
authority = "roads"
monitor = "water"
"#;

/// By which pact a text goes, to whom, and whom it accuses.
fn goes(text: &str) -> (String, String, Vec<String>) {
    goes_in(text, "wajir")
}

fn goes_in(text: &str, county: &str) -> (String, String, Vec<String>) {
    let rules = rules(WATCHED);
    let county = rules.county(&CountyId::new(county)).unwrap();
    let decision = decide(&rules, &Normalised::new(text), county, &[]);
    let pact = decision.pact.as_ref().map_or("none", |code| code.as_str());
    assert_eq!(decision.pact.is_some(), decision.sensitive, "{text}");
    let against = decision.against.iter().map(ToString::to_string);
    (pact.to_owned(), decision.to.to_string(), against.collect())
}

fn to_the_watch() -> (String, String, Vec<String>) {
    let against = ["roads", "water"].map(str::to_owned).to_vec();
    ("WJR-2026-014".to_owned(), "watch".to_owned(), against)
}

#[test]
fn a_code_is_found_however_it_is_typed_and_wins_over_every_rule() {
    for text in [
        "WJR-2026-014",
        "wjr2026014 the pump",
        "wjr 2026 014",
        "Wjr2026 - 014.",
        "(WJR/2026/014)",
        "mkataba WJR-٢٠٢٦-٠١٤",
        "the pump of pumps26b",
    ] {
        assert_eq!(goes(text), to_the_watch(), "{text}");
    }
}

#[test]
fn a_slip_a_part_and_more_digits_are_no_code() {
    for text in [
        "wjr 2026 pump",
        "wjr 2026 015 pump",
        "wjr 2026 0144 pump",
        "xwjr 2026 014 pump",
        "wjr 2026 pump 014",
    ] {
        let (pact, to, _) = goes(text);
        assert_eq!((pact.as_str(), to.as_str()), ("none", "water"), "{text}");
    }
}

#[test]
fn an_accused_monitor_does_not_get_it() {
    let convener = |text: &str| {
        let (pact, to, against) = goes(text);
        assert_eq!(to, "ti-wajir", "{text}");
        (pact, against.join(" "))
    };
    let named = convener("WJR-2026-014 Contract Watch was paid");
    assert_eq!(named, ("WJR-2026-014".into(), "roads watch water".into()));
    // Whoever watches the one pact has a part in the other.
    let both = convener("WJR-2026-022 and WJR-2026-014 too");
    assert_eq!(both, ("WJR-2026-022".into(), "roads water".into()));
    let (_, to, against) = goes("hongo, WJR-2026-014");
    let by_rule = ["police", "roads", "water"].map(str::to_owned);
    assert_eq!((to, against), ("watch".to_owned(), by_rule.to_vec()));
}

#[test]
fn texted_to_another_county_it_is_its_conveners() {
    let (pact, to, against) = goes_in("wjr 2026 014", "garissa");
    assert_eq!((pact.as_str(), to.as_str()), ("WJR-2026-014", "ti-garissa"));
    assert_eq!(against, ["roads", "water"]);
}

#[test]
fn what_is_kept_says_by_which_pact_and_how_pressing_it_is() {
    let decision = decide_on(&rules(WATCHED), "the pump, wjr2026014");
    assert_eq!(decision.priority.as_str(), "high");
    assert_eq!(decision.kind.as_deref(), Some("corruption"));
    assert!(decision.is_decided() && decision.rule.is_none());
    let kept = decision.to_json();
    assert_eq!(super::Decision::pact_in(&kept), decision.pact);
    assert_eq!(super::Decision::pact_in("{}"), None);
    assert!(!kept.contains("wjr2026014"), "no word of the text: {kept}");
    let next: Vec<_> = decision
        .runners_up
        .iter()
        .map(|next| next.rule.as_str())
        .collect();
    assert_eq!(next, ["pump"]);
    assert_eq!(
        decision.against,
        ["roads", "water"].map(OrganisationId::new)
    );
}

fn pact(changes: &[(&str, &str)]) -> String {
    let keys = [
        ("code", "\"WJR-2026-014\""),
        ("title", "\"Pumps\""),
        ("county", "\"wajir\""),
        ("authority", "\"water\""),
        ("monitor", "\"police\""),
    ];
    let value = |key: &str| changes.iter().find(|(changed, _)| *changed == key);
    let own = keys
        .iter()
        .map(|(key, usual)| (*key, value(key).map_or(*usual, |(_, own)| *own)));
    let more = changes
        .iter()
        .filter(|(key, _)| keys.iter().all(|(known, _)| known != key));
    let lines = own
        .chain(more.copied())
        .map(|(key, value)| format!("{key} = {value}\n"));
    format!("[[pact]]\n{}", lines.collect::<String>())
}

fn wrong(changes: &[(&str, &str)]) -> String {
    found_in(&pact(changes)).join("\n")
}

#[test]
fn a_pact_that_says_what_it_must_is_taken() {
    assert_eq!(wrong(&[]), "");
    let bidders = "[\"Northern Drilling Ltd\", \"ti-garissa\"]";
    assert_eq!(
        wrong(&[("bidders", bidders), ("until", "\"2027-06-30\"")]),
        ""
    );
}

#[test]
fn whoever_has_a_part_in_it_or_works_elsewhere_does_not_watch_it() {
    let part = "6 `\"water\"`: `water` is to watch a pact that it has a part in (name an organisation that is neither the authority nor a bidder)";
    assert_eq!(wrong(&[("monitor", "\"water\"")]), part);
    let bids = wrong(&[("bidders", "[\"police\"]")]);
    assert!(
        bids.contains("`police` is to watch a pact that it has a part in"),
        "{bids}"
    );
    let elsewhere = wrong(&[("monitor", "\"ti-garissa\"")]);
    assert!(
        elsewhere.contains("works in `garissa`, and the pact is of `wajir`"),
        "{elsewhere}"
    );
}

#[test]
fn a_bidder_that_may_be_meant_for_an_organisation_is_refused() {
    for (bidder, told) in [
        ("polise", "is nearly the organisation `police`"),
        ("WATER DEPT", "is a name of the organisation `water`"),
        ("Idara ya maji", "is a name of the organisation `water`"),
        ("--", "has no letter and no digit"),
    ] {
        let said = wrong(&[("bidders", &format!("[\"{bidder}\"]"))]);
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn a_code_that_could_be_something_else_is_refused() {
    let rule = "[[rule]]\nid = \"pump\"\nany = [\"pump\", \"bore*\"]\nto = \"water\"\n";
    for (code, told) in [
        ("W-1", "has 2 letters and digits"),
        ("WJR-2026-014-2026-0144", "has 18 letters and digits"),
        ("WJR--14", "is no code"),
        ("2026-014", "could be a word or a number of something else"),
        ("W-2026-K", "could be a word or a number of something else"),
        ("WAJIRPACT", "could be a word or a number of something else"),
        ("AB1C2D3E", "changes between letters and digits too often"),
        ("PUMP-2026", "is of words that people use in their texts"),
        ("BOREX-2026", "is of words that people use in their texts"),
        ("WATER-2026", "is of words that people use in their texts"),
        (
            "HABASSWEIN-26",
            "is of words that people use in their texts",
        ),
    ] {
        let said = found_in(&(rule.to_owned() + &pact(&[("code", &format!("\"{code}\""))])));
        assert!(
            said.len() == 1 && said[0].contains(told),
            "{code}: {said:?}"
        );
    }
}

#[test]
fn codes_that_one_text_would_have_both_of_are_refused() {
    for (other, told) in [
        ("WJR-2026-014", "there is another pact `WJR-2026-014` above"),
        ("wjr2026-014", "`wjr2026-014` is typed like another code"),
        (
            "WJR-2026",
            "`WJR-2026` and another code are one within the other",
        ),
        (
            "WJR-2026-014-K",
            "`WJR-2026-014-K` and another code are one within the other",
        ),
    ] {
        let second = pact(&[("code", &format!("\"{other}\""))]);
        let said = found_in(&(pact(&[]) + &second));
        assert!(
            said.len() == 1 && said[0].contains(told),
            "{other}: {said:?}"
        );
    }
    let own = wrong(&[("called", "[\"wjr 2026 014\", \"WJR2026014\"]")]);
    assert!(
        own.contains("is no code") && own.contains("is typed like another code"),
        "{own}"
    );
    let serial = pact(&[("code", "\"WJR-2026-015\"")]);
    assert_eq!(found_in(&(pact(&[]) + &serial)), [""; 0]);
}

#[test]
fn a_last_day_is_a_day() {
    for day in ["2027-6-30", "2027-06-31", "30.06.2027"] {
        let said = wrong(&[("until", &format!("\"{day}\""))]);
        assert!(said.contains(&format!("`{day}` is no day")), "{said}");
    }
}

#[test]
fn a_test_says_by_which_pact() {
    let test = |text: &str| {
        format!(
            "{}[[test]]\ntext = \"{text}\"\nto = \"police\"\npact = \"WJR-2026-014\"\n",
            pact(&[])
        )
    };
    assert_eq!(found_in(&test("wjr 2026 014")), [""; 0]);
    let none = found_in(&test("nothing")).join("\n");
    assert!(none.contains("the text goes to"), "{none}");
}

#[test]
fn a_slip_that_would_lead_to_the_accused_is_warned_of() {
    let other = |code: &str, monitor: &str| {
        let changes = [
            ("code", code),
            ("authority", "\"ti-wajir\""),
            ("monitor", monitor),
        ];
        let source = format!("{COUNTIES}{}{}", pact(&[]), pact(&changes));
        let rules = load(&source);
        let warnings = rules.warnings().iter().map(|one| one.message.clone());
        warnings
            .filter(|one| one.contains("slip"))
            .collect::<Vec<_>>()
    };
    let told = other("\"WJR-2026-015\"", "\"water\"");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("one slip in `WJR-2026-014` makes `WJR-2026-015`"),
        "{told:?}"
    );
    assert_eq!(other("\"WJR-2026-015\"", "\"police\""), [""; 0]);
    assert_eq!(other("\"WJR-2026-025\"", "\"water\""), [""; 0]);
}

#[test]
fn those_of_a_pact_are_not_told_to_be_without_use() {
    let source = format!("{COUNTIES}{}", pact(&[("bidders", "[\"ti-garissa\"]")]));
    let rules = load(&source);
    let told = rules.warnings().iter().map(|one| one.message.as_str());
    let idle: Vec<_> = told
        .filter(|one| one.starts_with("no rule sends to"))
        .collect();
    assert_eq!(idle, ["no rule sends to `garissa-water`"]);
}
