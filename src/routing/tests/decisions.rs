//! What rules come to, text by text.

use super::{decide_in, decide_on, rules};
use crate::complaint::{Address, CountyId, OrganisationId, PlaceId, Priority, RuleId, SectorId};
use crate::intake::places::Places;
use crate::routing::{Decision, Reason, Rules, RunnerUp};

pub(super) const BROKEN: &str = r#"
[[rule]]
id = "broken"
any = ["borehole", { word = "maji*", sure = 0.5 }, "water point"]
none = ["water bill"]
sure = 0.8
sector = "water"
kind = "service"
to = "water"
priority = "high"
"#;

/// Which rule decided, and who gets it.
pub(super) fn route(rules: &Rules, text: &str) -> String {
    told(&decide_on(rules, text))
}

pub(super) fn told(decision: &Decision) -> String {
    let rule = decision.rule.as_ref().map_or("no rule", RuleId::as_str);
    format!("{rule}: {}", decision.to)
}

#[test]
fn a_decision_says_who_gets_it_and_why() {
    let rules = rules(BROKEN);
    let decision = decide_on(&rules, "BOREHOLE, hakuna maji! Borehole at Habasswein");
    let reason = |pattern: &str, at| Reason {
        pattern: pattern.into(),
        at,
        slip: false,
    };
    assert_eq!(
        decision,
        Decision {
            pact: None,
            rule: Some(RuleId::new("broken")),
            to: OrganisationId::new("water"),
            sector: Some(SectorId::new("water")),
            kind: Some("service".into()),
            place: Some(PlaceId::new("habasswein")),
            priority: Priority::High,
            sensitive: false,
            against: Vec::new(),
            sure: decision.sure,
            reasons: vec![reason("borehole", 0..8), reason("maji*", 17..21)],
            runners_up: Vec::new(),
            place_would_tell: false,
            digest: rules.digest().into(),
        }
    );
    let why = "1 − 0.2 × 0.5, however often a word is there";
    assert!(
        (decision.sure - 0.9).abs() < 1e-9,
        "{why}: {}",
        decision.sure
    );
}

#[test]
fn it_is_kept_as_json_without_a_word_of_the_text() {
    let rules = rules(BROKEN);
    let json = decide_on(&rules, "Borehole imevunjika, majini ni mbaya").to_json();
    let expected = format!(
        r#"{{"against":[],"digest":"{}","pact":null,"place":null,"reasons":[{{"at":[0,8],"pattern":"borehole","slip":false}},{{"at":[21,27],"pattern":"maji*","slip":false}}],"rule":"broken","runners_up":[],"sure":0.9}}"#,
        rules.digest()
    );
    assert_eq!(json, expected);
    assert!(
        decide_on(&rules, "majini ya Habasswein")
            .to_json()
            .contains(r#""place":"habasswein""#)
    );
    assert!(
        decide_on(&rules, "majini")
            .to_json()
            .contains(r#""sure":0.5"#)
    );
    assert!(
        decide_on(&rules, "nothing")
            .to_json()
            .contains(r#""rule":null,"runners_up":[],"sure":0.0"#)
    );
}

#[test]
fn a_word_cancels_a_rule_and_whole_words_count() {
    let rules = rules(BROKEN);
    assert_eq!(route(&rules, "the water point is dry"), "broken: water");
    assert_eq!(
        route(&rules, "the water point and my water bill"),
        "no rule: ti-wajir"
    );
    assert_eq!(route(&rules, "boring holes are dry"), "no rule: ti-wajir");
}

#[test]
fn the_surest_rule_wins_then_the_earlier() {
    let rules = rules(
        r#"
        [[rule]]
        id = "first"
        any = ["pump"]
        to = "water"
        [[rule]]
        id = "second"
        any = ["pump", "dry"]
        to = "police"
        [[rule]]
        id = "third"
        any = ["tap"]
        sure = 0.2
        to = "police"
        "#,
    );
    assert_eq!(route(&rules, "pump"), "first: water");
    let both = decide_on(&rules, "pump dry, tap too");
    assert_eq!(told(&both), "second: police");
    let runners_up: Vec<_> = both
        .runners_up
        .iter()
        .map(|next| (next.rule.as_str(), next.sure))
        .collect();
    assert_eq!(runners_up, [("first", 0.6), ("third", 0.2)]);

    let unsure = decide_on(&rules, "tap");
    assert_eq!(told(&unsure), "no rule: ti-wajir");
    let suggested = RunnerUp {
        rule: RuleId::new("third"),
        sure: 0.2,
    };
    assert_eq!(
        (unsure.runners_up, unsure.reasons),
        (vec![suggested], Vec::new())
    );
}

#[test]
fn how_sure_is_enough_is_for_the_administrator_to_say() {
    let rule = "[[rule]]\nid = \"pump\"\nany = [\"pump\"]\nsure = 0.7\nto = \"water\"\n";
    let decides = |sure_enough: &str| {
        let source = format!("sure_enough = {sure_enough}\n{}\n{rule}", super::COUNTIES);
        let rules = Rules::load("routing.toml", &source, Some(&super::places())).unwrap();
        decide_on(&rules, "pump").rule.is_some()
    };
    assert!(decides("0.7") && decides("0"));
    assert!(!decides("0.71") && !decides("1"));
}

#[test]
fn all_words_of_all_must_be_there_beside_one_of_any() {
    let rules = rules(
        r#"
        [[rule]]
        id = "fees"
        all = ["hospital", "Hospital", { word = "money", sure = 0.3 }]
        any = ["asked", "money"]
        sure = 0.5
        to = "water"
        [[rule]]
        id = "only-all"
        all = ["night", "guard"]
        to = "police"
        "#,
    );
    assert_eq!(route(&rules, "asked at the hospital"), "no rule: ti-wajir");
    assert_eq!(route(&rules, "night"), "no rule: ti-wajir");
    assert_eq!(route(&rules, "no guard at night"), "only-all: police");
    let decision = decide_on(&rules, "hospital money");
    assert_eq!(told(&decision), "fees: water");
    assert!(
        (decision.sure - 0.75).abs() < 1e-9,
        "a word that stands in two lists is one, the surer: {}",
        decision.sure
    );
}

#[test]
fn a_rule_for_a_place_holds_there_only() {
    let rules = rules(
        r#"
        [[rule]]
        id = "south"
        any = ["pump"]
        place = ["wajir-south"]
        to = "water"
        [[rule]]
        id = "county"
        any = ["tap"]
        place = ["wajir"]
        to = "convener"
        sector = "water"
        "#,
    );
    assert_eq!(route(&rules, "pump in Wajir South"), "south: water");
    assert_eq!(route(&rules, "pump in habasswein"), "south: water");
    assert_eq!(route(&rules, "pump"), "no rule: ti-wajir");
    assert_eq!(
        route(&rules, "tap"),
        "county: ti-wajir",
        "the county is known by the number texted"
    );
    assert_eq!(
        told(&decide_in("garissa", &rules, "tap")),
        "no rule: ti-garissa"
    );
}

#[test]
fn it_says_whether_to_know_the_place_would_change_who_gets_it() {
    let rules = rules(
        r#"
        [[rule]]
        id = "anywhere"
        any = ["pump", { word = "pipe", sure = 0.9 }, "tank"]
        to = "water"
        [[rule]]
        id = "south"
        any = [{ word = "pump", sure = 0.9 }, { word = "pipe", sure = 0.5 }, { word = "theft", sure = 0.1 }]
        place = ["wajir-south"]
        to = "police"
        [[rule]]
        id = "south-too"
        any = [{ word = "tank", sure = 0.9 }]
        place = ["wajir-south"]
        to = "water"
        [[rule]]
        id = "south-accused"
        any = [{ word = "tank of the chief", sure = 0.5 }]
        place = ["habasswein"]
        to = "convener"
        against = ["water"]
        "#,
    );
    let would_tell = |text: &str| decide_on(&rules, text).place_would_tell;
    assert!(would_tell("pump"), "in the south it is the police's");
    assert!(!would_tell("pump at Habasswein"), "it is known");
    assert!(!would_tell("pipe"), "the other rule is surer, wherever");
    assert!(!would_tell("theft"), "not sure enough, wherever");
    assert!(!would_tell("tank"), "the same organisation, wherever");
    assert!(
        would_tell("tank of the chief"),
        "not surer, and yet it would take it away from whom it accuses"
    );
    assert!(!would_tell("fire"));
}

#[test]
fn an_organisation_gets_complaints_of_its_own_county_only() {
    let rules = rules(
        r#"
        [[rule]]
        id = "wajir-pump"
        any = ["pump"]
        to = "water"
        [[rule]]
        id = "garissa-pump"
        any = ["pump"]
        to = "garissa-water"
        [[rule]]
        id = "anywhere"
        any = ["fire"]
        to = "convener"
        "#,
    );
    assert_eq!(
        told(&decide_in("wajir", &rules, "pump")),
        "wajir-pump: water"
    );
    let garissa = decide_in("garissa", &rules, "pump");
    assert_eq!(told(&garissa), "garissa-pump: garissa-water");
    assert_eq!(garissa.runners_up, []);
    assert_eq!(
        told(&decide_in("garissa", &rules, "fire")),
        "anywhere: ti-garissa"
    );
}

const ACCUSED: &str = r#"
[[rule]]
id = "night"
any = ["patrol", "night", "street"]
sure = 0.9
to = "police"
[[rule]]
id = "police-bribe"
all = ["police"]
any = ["bribe"]
sensitive = true
against = ["police"]
kind = "corruption"
to = "convener"
[[rule]]
id = "threat"
any = ["threatened"]
sure = 0.9
sensitive = true
to = "police"
[[rule]]
id = "hint"
any = ["envelope"]
sure = 0.4
sensitive = true
against = ["police"]
to = "convener"
"#;

#[test]
fn a_sensitive_rule_wins_over_surer_ones() {
    let rules = rules(ACCUSED);
    let decision = decide_on(&rules, "police on night patrol in our street want a bribe");
    assert_eq!(told(&decision), "police-bribe: ti-wajir");
    assert!(decision.sensitive);
    assert_eq!(decision.against, [OrganisationId::new("police")]);
    assert_eq!(decision.runners_up[0].rule, RuleId::new("night"));
    assert!(decision.runners_up[0].sure > decision.sure);
}

#[test]
fn nothing_goes_to_whom_it_accuses() {
    let rules = rules(ACCUSED);
    assert_eq!(route(&rules, "a neighbour threatened me"), "threat: police");
    let decision = decide_on(&rules, "the police threatened me for a bribe");
    assert_eq!(
        told(&decision),
        "threat: ti-wajir",
        "the surest rule sends to the police, another accuses them"
    );
    assert_eq!(decision.against, [OrganisationId::new("police")]);
}

#[test]
fn a_sensitive_rule_that_is_not_sure_enough_changes_nothing() {
    let rules = rules(ACCUSED);
    let decision = decide_on(&rules, "envelope lost on the street at night");
    assert_eq!(told(&decision), "night: police");
    assert!(!decision.sensitive && decision.against.is_empty());
}

#[test]
fn rules_are_asked_for_what_they_name() {
    let rules = rules(BROKEN);
    let wajir = CountyId::new("wajir");
    for number in ["+254700100200", "21801"] {
        assert_eq!(
            rules.county_of_number(&Address::new(number)).unwrap().id,
            wajir
        );
    }
    assert!(
        rules
            .county_of_number(&Address::new("+254700100201"))
            .is_none()
    );
    let names: Vec<_> = rules
        .counties()
        .map(|county| county.name.as_str())
        .collect();
    assert_eq!(names, ["Wajir", "Garissa"]);
    let water = rules.organisation(&OrganisationId::new("water")).unwrap();
    assert_eq!(
        water.short_names.values().collect::<Vec<_>>(),
        ["Idara ya Maji"]
    );
    assert_eq!(rules.organisations().len(), 5);
    assert_eq!(rules.sector(&SectorId::new("water")).unwrap().name, "Water");
    assert_eq!(
        rules
            .sector(&SectorId::new("fire"))
            .map(|sector| sector.name.as_str()),
        None
    );
}

#[test]
fn each_version_of_the_two_files_has_its_digest() {
    let version = |rules: &str, places: &str| {
        let places = Places::load("places.csv", places).unwrap();
        let source = format!("{}{rules}", super::COUNTIES);
        let rules = Rules::load("routing.toml", &source, Some(&places)).unwrap();
        rules.digest().to_owned()
    };
    let this = version(BROKEN, super::PLACES);
    assert_eq!(this, version(BROKEN, super::PLACES));
    assert_ne!(this, version("", super::PLACES));
    let renamed = super::PLACES.replace(",Habasswein,", ",Habaswein,");
    assert_ne!(this, version(BROKEN, &renamed));
    assert!(this.len() == 64 && this.bytes().all(|byte| byte.is_ascii_hexdigit()));
}
