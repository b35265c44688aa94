//! Organisations that work in several counties.

use super::decisions::told;
use super::findings::found_in;
use super::{decide_in, rules};
use crate::complaint::{CountyId, OrganisationId, SectorId};

const NATIONAL: &str = r#"
[[organisation]]
id = "national"
name = "National Water Authority"
short_name = "Water Authority"
email = "water@national.example"
counties = ["garissa", "wajir"]
"#;

#[test]
fn a_partner_of_several_counties_gets_what_the_rules_send_it_from_each() {
    let rules = rules(&format!(
        r#"{NATIONAL}
        [[sector]]
        id = "dams"
        name = "Dams"
        to = ["national"]
        [[rule]]
        id = "dam"
        any = ["dam"]
        sector = "dams"
        to = "national"
        [[rule]]
        id = "wajir-pump"
        any = ["pump"]
        to = "water"
        [[rule]]
        id = "garissa-canal"
        any = ["canal"]
        place = ["garissa"]
        to = "national"
        [[rule]]
        id = "bribe"
        any = ["bribe"]
        sensitive = true
        to = "convener"
        [[test]]
        text = "canal"
        to = "national"
        "#
    ));
    for (county, text, to) in [
        ("wajir", "dam", "dam: national"),
        ("garissa", "dam", "dam: national"),
        ("wajir", "pump", "wajir-pump: water"),
        ("garissa", "pump", "no rule: ti-garissa"),
        ("garissa", "canal", "garissa-canal: national"),
        ("wajir", "canal", "no rule: ti-wajir"),
    ] {
        let decision = decide_in(county, &rules, text);
        assert_eq!(told(&decision), to, "{text} in {county}");
        let (sector, county) = (SectorId::new("dams"), CountyId::new(county));
        let national = OrganisationId::new("national");
        assert_eq!(rules.holder_of(&sector, &county), Some(&national));
    }
    for county in ["wajir", "garissa"] {
        let accused = decide_in(county, &rules, "bribe at the water authority");
        assert_eq!(accused.against, [OrganisationId::new("national")]);
    }
}

#[test]
fn what_is_wrong_with_the_counties_of_an_organisation_is_told() {
    let told = found_in(
        r#"
[[organisation]]
id = "a"
name = "A"
short_name = "A"
email = "a@a.example"
county = "wajir"
counties = ["wajir", "garisa", "wajir"]
[[organisation]]
id = "b"
name = "B"
short_name = "B"
email = "b@b.example"
[[organisation]]
id = "c"
name = "C"
short_name = "C"
email = "c@c.example"
counties = []
[[sector]]
id = "dams"
name = "Dams"
to = ["a", "water"]
[[rule]]
id = "r"
any = ["pump"]
place = ["garissa"]
to = "a"
"#,
    );
    assert_eq!(
        told,
        [
            "8 `[\"wajir\", \"garisa\", \"wajir\"]`: `county` and `counties` say the same (take out `county`, and name all of them in `counties`)",
            "8 `\"garisa\"`: there is no county `garisa` (did you mean `garissa`?)",
            "8 `\"wajir\"`: `wajir` stands there twice (take one of the two out)",
            "9 `[[organisation]]`: an organisation needs a `county`, or several `counties` (add a line such as county = \"wajir\", or counties = [\"wajir\", \"marsabit\"])",
            "19 `[]`: `counties` names no county (write the ids of those that it works in)",
            "23 `\"water\"`: `water` and `a` both work in `wajir` (leave it to one of them, and write rules for the other)",
            "27 `\"garissa\"`: `garissa` lies in `garissa`, and `a` works in `wajir`: the rule could never match (name a place of that county, or an organisation of this one)",
        ]
    );
}
