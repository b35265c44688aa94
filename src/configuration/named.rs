//! What a good `routing.toml` says that time or the complaints went past: pacts that are over; what open complaints name and `routing.toml` does not: those of such an organisation are with nobody who could answer, those of such a
//! county in no convener's list.

use chrono::{DateTime, Utc};

use super::{Configuration, ROUTING};
use crate::complaint::{Named, Naming};
use crate::text::diagnostic::{Diagnostic, Level};

impl Configuration {
    /// Warnings on pacts whose last day is over.
    pub fn pacts_over(&self, now: DateTime<Utc>) -> Vec<Diagnostic> {
        let over = self.rules.pacts().filter_map(|pact| {
            let county = self.rules.county(&pact.county)?;
            let (until, at) = pact.until()?;
            let is_over = now.with_timezone(&county.zone).date_naive() > until;
            let message = format!("the pact `{}` was over on {until}, and texts with its code still go to its monitor", pact.code);
            let told = Diagnostic::new(Level::Warning, ROUTING, at, message);
            is_over.then(|| told.help("take the pact out once nobody has its code any more, or write another day"))
        });
        over.collect()
    }

    /// Warnings on those that this version does not have.
    pub fn missing_of(&self, named: &Named) -> Vec<Diagnostic> {
        let organisations = named.organisations.iter();
        let organisations = organisations
            .filter(|(id, _)| self.rules.organisation(id).is_none())
            .map(|(id, naming)| {
                let mend = "until they are closed, or refer them to others first";
                warning(complaints(*naming), id.as_str(), mend)
            });
        let counties = named.counties.iter();
        let counties = counties
            .filter(|(id, _)| self.rules.county(id).is_none())
            .map(|(id, count)| {
                let mend = "until they are closed: no convener finds them in a list";
                warning(format!("{} in the county", are(*count)), id.as_str(), mend)
            });
        organisations.chain(counties).collect()
    }
}

/// `3 open complaints are`
fn are(count: u64) -> String {
    match count {
        1 => "1 open complaint is".to_owned(),
        more => format!("{more} open complaints are"),
    }
}

/// `3 open complaints are with`
fn complaints(naming: Naming) -> String {
    match naming {
        Naming { with, against: 0 } => format!("{} with", are(with)),
        Naming { with: 0, against } => format!("{} against", are(against)),
        Naming { with, against } => format!("{} with, and {against} against,", are(with)),
    }
}

fn warning(complaints: String, id: &str, mend: &str) -> Diagnostic {
    let told = format!("{complaints} `{id}`, which {ROUTING} no longer names");
    Diagnostic::new(Level::Warning, ROUTING, None, told).help(format!("put `{id}` back {mend}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::complaint::{CountyId, OrganisationId};

    #[test]
    fn a_pact_that_is_over_is_told_from_the_day_after_in_its_county() {
        let sample = Configuration::sample(Path::new("."), &[]).unwrap();
        let told = |now: &str| {
            let over = sample.pacts_over(now.parse().unwrap());
            let told = over.into_iter().map(|finding| finding.message);
            told.collect::<Vec<_>>()
        };
        assert_eq!(told("2030-12-31T20:59:59Z"), [""; 0]);
        assert_eq!(
            told("2030-12-31T21:00:00Z"),
            [
                "the pact `WJR-2026-014` was over on 2030-12-31, and texts with its code still go to its monitor"
            ]
        );
    }

    #[test]
    fn who_is_named_and_missing_is_told_with_how_many_complaints() {
        let sample = Configuration::sample(Path::new("."), &[]).unwrap();
        let named = [
            ("wajir-water", 7, 7),
            ("zebra-a", 3, 0),
            ("zebra-b", 0, 1),
            ("zebra-c", 1, 2),
        ];
        let named =
            named.map(|(id, with, against)| (OrganisationId::new(id), Naming { with, against }));
        let counties = [("wajir", 9), ("garissa", 2)];
        let named = Named {
            organisations: named.into(),
            counties: counties
                .map(|(id, count)| (CountyId::new(id), count))
                .into(),
        };
        let told: Vec<String> = sample
            .missing_of(&named)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            told,
            [
                "3 open complaints are with `zebra-a`, which routing.toml no longer names",
                "1 open complaint is against `zebra-b`, which routing.toml no longer names",
                "1 open complaint is with, and 2 against, `zebra-c`, which routing.toml no longer names",
                "2 open complaints are in the county `garissa`, which routing.toml no longer names",
            ]
        );
    }
}
