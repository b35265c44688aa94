//! The county that comes with the program.

use crate::complaint::{Address, OrganisationId};
use crate::intake::places::Places;
use crate::routing::{Rules, decide};
use crate::text::normalise::Normalised;

fn sample() -> Rules {
    let places = Places::load("places.csv", include_str!("../../../config/places.csv")).unwrap();
    let source = include_str!("../../../config/routing.toml");
    Rules::load("routing.toml", source, Some(&places))
        .unwrap_or_else(|findings| panic!("{findings:#?}"))
}

#[test]
fn it_passes_its_own_tests_and_its_names_fit_a_text_message() {
    let rules = sample();
    assert_eq!(rules.organisations().len(), 11);
    for organisation in rules.organisations() {
        let names =
            std::iter::once(&organisation.short_name).chain(organisation.short_names.values());
        for name in names {
            assert!(name.chars().count() <= 20, "{name} is too long");
        }
    }
}

#[test]
fn a_text_that_accuses_an_organisation_is_hidden_from_it() {
    let rules = sample();
    let wajir = rules
        .county_of_number(&Address::new("+254700100200"))
        .unwrap();
    for (text, accused) in [
        ("hospital staff ask for a bribe", "wajir-hospital"),
        ("mwalimu anachapa watoto", "wajir-education"),
        ("they are selling relief food", "wajir-food-aid"),
        ("isbitaalka laaluush ayay ka qaadaan", "wajir-hospital"),
        ("macalinka ayaa garaacay wiilkayga", "wajir-education"),
        ("raashinkii gargaarka waa la iibiyay", "wajir-food-aid"),
        ("رشوة في المستشفى", "wajir-hospital"),
        ("المعلّم يضرب الأولاد", "wajir-education"),
        (
            "the officer at the water department wants a bribe",
            "wajir-water",
        ),
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
