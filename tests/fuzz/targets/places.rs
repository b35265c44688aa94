//! Any places.csv is refused with a reason, or its places are found in texts and lie in each other without end or ring.

#![no_main]

use jibu::intake::places::Places;
use jibu::text::normalise::Normalised;
use libfuzzer_sys::fuzz_target;

mod told;

fuzz_target!(|source: &str| {
    let places = match Places::load("places.csv", source) {
        Ok(places) => places,
        Err(found) => return told::tell("places.csv", source, found),
    };
    let text = Normalised::new(source);
    for place in places.iter() {
        let ancestry = places.ancestry(&place.id);
        assert!((1..=3).contains(&ancestry.len()));
        let county = ancestry.last().expect("it lies in itself");
        let found = places.find(&text, &jibu::complaint::CountyId::new(county.as_str()));
        places.ancestry_of(&found);
    }
});
