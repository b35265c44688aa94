//! Codes of which a slip of the thumb makes another's, whose monitor the text is to be hidden from.
//!
//! Serial codes, -014 and -015, are what administrators give out, and mostly a slip between them is no harm: whoever watches one pact can
//! send on what is about another. Only where the monitor of one has a part in the other would the accused read it.

use std::collections::BTreeMap;

use super::File;
use crate::complaint::OrganisationId;
use crate::routing::pact::{Code, Pact};
use crate::text::toml_file::Report;

pub(super) fn tell(file: &File<'_>, report: &mut Report<'_>) {
    let mut watched: BTreeMap<&OrganisationId, Vec<&Pact>> = BTreeMap::new();
    for pact in file.rules.pacts() {
        watched.entry(&pact.monitor).or_default().push(pact);
    }
    for pact in file.rules.pacts() {
        let theirs = pact.accused().filter_map(|id| watched.get(id)).flatten();
        for (own, other) in theirs.filter_map(|other| slip(pact, other)) {
            let line = file.lines.number(other.at.start);
            let (own_code, other) = (&own.written, &other.written);
            let message = format!(
                "one slip in `{own_code}` makes `{other}` (line {line}), whose monitor has a part in this pact"
            );
            let told = report.warning_at(own.at.clone(), message);
            report.tell(told.help(
                "add a letter to one of the codes, WJR-2026-014K, or give the next number by tens",
            ));
        }
    }
}

/// A code of each between which there is one letter or digit mistyped, left out, added or swapped.
fn slip<'p>(pact: &'p Pact, other: &'p Pact) -> Option<(&'p Code, &'p Code)> {
    let pairs = pact
        .codes
        .iter()
        .flat_map(|own| other.codes.iter().map(move |code| (own, code)));
    let mut near =
        pairs.filter(|(one, other)| strsim::osa_distance(&one.joined(), &other.joined()) == 1);
    near.next()
}
