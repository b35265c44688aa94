//! A county with its rules, and the texts that people send it.

use super::*;
use crate::complaint::{
    Address, County, CountyId, OrganisationId, PlaceId, Priority, RuleId, SectorId,
};
use crate::intake::places::{Found, Places};
use crate::text::normalise::Normalised;

const PLACES: &str = "\
id,name,level,parent,aliases,population
wajir,Wajir,county,,,
wajir-south,Wajir South,sub-county,wajir,,
habasswein,Habasswein,ward,wajir-south,,
garissa,Garissa,county,,,
";

const COUNTIES: &str = r#"
[[county]]
id = "wajir"
name = "Wajir"
convener = "ti-wajir"
zone = "Africa/Nairobi"
language = "en"
numbers = ["+254700100200", "21801"]

[[county]]
id = "garissa"
name = "Garissa"
convener = "ti-garissa"
zone = "Africa/Nairobi"
language = "sw"

[[organisation]]
id = "ti-wajir"
name = "Transparency Wajir"
short_name = "Transparency"
email = "ti@wajir.example"
county = "wajir"

[[organisation]]
id = "ti-garissa"
name = "Transparency Garissa"
short_name = "Transparency"
email = "ti@garissa.example"
county = "garissa"

[[organisation]]
id = "water"
name = "Wajir County Water Department"
short_name = "Water Dept"
short_names.sw = "Idara ya Maji"
email = "water@wajir.example"
county = "wajir"

[[organisation]]
id = "police"
name = "Police"
short_name = "Police"
email = "police@wajir.example"
county = "wajir"

[[organisation]]
id = "garissa-water"
name = "Garissa Water"
short_name = "Garissa Water"
email = "water@garissa.example"
county = "garissa"

[[sector]]
id = "water"
name = "Water"
names.sw = "Maji"
"#;

pub(super) fn places() -> Places {
    Places::load("places.csv", PLACES).unwrap()
}

fn rules(rules: &str) -> Rules {
    let source = format!("{COUNTIES}\n{rules}");
    Rules::load("routing.toml", &source, Some(&places())).unwrap()
}

fn decide_in(county: &str, rules: &Rules, text: &str) -> Decision {
    let county = rules.county(&CountyId::new(county)).unwrap();
    let words = Normalised::new(text);
    let ancestry = match places().find(&words, &county.id) {
        Found::One(place) => places().ancestry(&place),
        _ => Vec::new(),
    };
    decide(rules, &words, county, &ancestry)
}

fn decide_on(rules: &Rules, text: &str) -> Decision {
    decide_in("wajir", rules, text)
}

/// Which rule decided, and who gets it.
fn route(rules: &Rules, text: &str) -> (String, String) {
    let decision = decide_on(rules, text);
    let rule = decision
        .rule
        .map_or_else(|| "none".to_owned(), |rule| rule.to_string());
    (rule, decision.to.to_string())
}

const BROKEN: &str = r#"
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

#[test]
fn a_decision_says_who_gets_it_and_why() {
    let rules = rules(BROKEN);
    let decision = decide_on(&rules, "BOREHOLE, hakuna maji! Borehole at Habasswein");
    assert_eq!(
        decision,
        Decision {
            rule: Some(RuleId::new("broken")),
            to: OrganisationId::new("water"),
            sector: Some(SectorId::new("water")),
            kind: Some("service".to_owned()),
            priority: Priority::High,
            sensitive: false,
            against: Vec::new(),
            sure: decision.sure,
            reasons: vec![
                Reason {
                    pattern: "borehole".to_owned(),
                    at: 0..8
                },
                Reason {
                    pattern: "maji*".to_owned(),
                    at: 17..21
                },
            ],
            runners_up: Vec::new(),
            digest: rules.digest().into(),
        }
    );
    assert!(
        (decision.sure - 0.9).abs() < 1e-9,
        "1 − 0.2 × 0.5, however often a word is there: {}",
        decision.sure
    );
    let json = format!(
        r#"{{"digest":"{}","reasons":[{{"at":[0,8],"pattern":"borehole"}},{{"at":[17,21],"pattern":"maji*"}}],"rule":"broken","runners_up":[],"sure":0.9}}"#,
        rules.digest()
    );
    assert_eq!(decision.to_json(), json);
}

#[test]
fn the_sample_county_stands_and_passes_its_own_tests() {
    let places = Places::load("places.csv", include_str!("../../config/places.csv")).unwrap();
    let source = include_str!("../../config/routing.toml");
    let rules = Rules::load("routing.toml", source, Some(&places))
        .unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(rules.organisations().len(), 9);
    for organisation in rules.organisations() {
        let names =
            std::iter::once(&organisation.short_name).chain(organisation.short_names.values());
        for name in names {
            assert!(
                name.is_ascii() && name.len() <= 20,
                "{name} is too long for a text message"
            );
        }
    }
    let wajir = rules
        .county_of_number(&Address::new("+254700100200"))
        .unwrap();
    for (text, accused) in [
        (
            "hospital staff ask for a bribe, asked for money",
            "wajir-hospital",
        ),
        ("mwalimu anachapa watoto", "wajir-education"),
        ("they are selling relief food", "wajir-food-aid"),
    ] {
        let decision = decide(&rules, &Normalised::new(text), wajir, &[]);
        assert!(
            decision.sensitive && decision.to == wajir.convener,
            "{text}"
        );
        assert!(
            decision.against.contains(&OrganisationId::new(accused)),
            "{text}"
        );
    }
}
