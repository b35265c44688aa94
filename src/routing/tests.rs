//! Two counties with their organisations, for rules to be added to and texts to be sent to.

mod counties;
mod decisions;
mod findings;
mod lint;
mod naive;
mod named;
mod pacts;
mod sample;
mod slips;

use super::{Decision, Rules, decide};
use crate::complaint::CountyId;
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

fn places() -> Places {
    Places::load("places.csv", PLACES).unwrap()
}

fn rules(rules: &str) -> Rules {
    load(&format!("{COUNTIES}\n{rules}"))
}

fn load(source: &str) -> Rules {
    Rules::load("routing.toml", source, Some(&places())).unwrap()
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
