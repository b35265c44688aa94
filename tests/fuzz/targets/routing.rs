//! Any routing.toml is refused with a reason, or decides any text by one of its rules or by the convener.

#![no_main]

use std::sync::LazyLock;

use jibu::intake::places::Places;
use jibu::routing::{Rules, decide};
use jibu::text::normalise::Normalised;
use libfuzzer_sys::fuzz_target;

mod told;

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let source = include_str!("../../rules/every-key/places.csv");
    Places::load("places.csv", source).expect("they are right")
});

fuzz_target!(|source: &str| {
    let rules = match Rules::load("routing.toml", source, Some(&PLACES)) {
        Ok(rules) => rules,
        Err(found) => return told::tell("routing.toml", source, found),
    };
    // A text with all the words of all the rules.
    let text = Normalised::new(source);
    for county in rules.counties() {
        let places = PLACES.ancestry_of(&PLACES.find(&text, &county.id));
        let decision = decide(&rules, &text, county, &places);
        assert!(rules.organisation(&decision.to).is_some());
        assert!(decision.rule.is_some() || decision.to == county.convener);
        assert!(!decision.against.contains(&decision.to) || decision.to == county.convener);
        for reason in &decision.reasons {
            assert!(source.get(reason.at.clone()).is_some());
        }
    }
});
