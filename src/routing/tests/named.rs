//! Texts that accuse whom they name.

use super::{COUNTIES, decide_on, load, rules};
use crate::complaint::OrganisationId;
use crate::routing::Decision;

const BRIBE: &str = r#"
[[organisation]]
id = "ombudsman"
name = "Office of the Ombudsman"
short_name = "Ombudsman"
email = "desk@ombudsman.example"
county = "wajir"
called = ["haki yetu"]

[[rule]]
id = "bribe"
any = ["bribe"]
sure = 0.9
to = "convener"
sensitive = true
[[rule]]
id = "bribe-of-police"
any = ["hongo"]
sure = 0.9
to = "police"
sensitive = true
[[rule]]
id = "water"
any = ["pump"]
sure = 0.9
to = "water"
"#;

fn goes(decision: &Decision) -> (&str, Vec<&str>) {
    let against = decision.against.iter().map(OrganisationId::as_str);
    (decision.to.as_str(), against.collect())
}

#[test]
fn where_it_is_sensitive_the_named_are_accused_and_do_not_get_it() {
    let rules = rules(BRIBE);
    let text = "WATER DEPT wants a bribe for the pump";
    assert_eq!(goes(&decide_on(&rules, text)), ("ti-wajir", vec!["water"]));
    let text = "idara ya maji wants a bribe";
    assert_eq!(goes(&decide_on(&rules, text)), ("ti-wajir", vec!["water"]));
    let text = "hongo, the police";
    assert_eq!(goes(&decide_on(&rules, text)), ("ti-wajir", vec!["police"]));
    assert_eq!(goes(&decide_on(&rules, "hongo")), ("police", vec![]));
    let text = "haki yetu, a bribe";
    assert_eq!(
        goes(&decide_on(&rules, text)),
        ("ti-wajir", vec!["ombudsman"])
    );
}

#[test]
fn where_it_is_not_sensitive_a_name_is_only_a_name() {
    let rules = rules(BRIBE);
    let text = "Water Dept has not mended the pump";
    assert_eq!(goes(&decide_on(&rules, text)), ("water", vec![]));
}

#[test]
fn what_accuses_the_convener_goes_to_who_oversees_it() {
    let text = "Transparency Wajir took a bribe";
    let alone = rules(BRIBE);
    assert_eq!(
        goes(&decide_on(&alone, text)),
        ("ti-wajir", vec!["ti-wajir"])
    );
    let convener = "convener = \"ti-wajir\"\n";
    let overseen = COUNTIES.replace(convener, &format!("{convener}oversight = \"ombudsman\"\n"));
    let overseen = load(&(overseen + BRIBE));
    assert_eq!(
        goes(&decide_on(&overseen, text)),
        ("ombudsman", vec!["ti-wajir"])
    );
    let both = "Transparency Wajir and the Ombudsman took a bribe";
    assert_eq!(goes(&decide_on(&overseen, both)).0, "ti-wajir");
}
