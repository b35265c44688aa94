//! Organisations that open complaints name and `routing.toml` does not: their complaints are with nobody who could answer.

use super::{Configuration, ROUTING};
use crate::complaint::{Named, Naming, OrganisationId};
use crate::text::diagnostic::{Diagnostic, Level};

impl Configuration {
    /// Warnings on those that this version does not have.
    pub fn missing_of(&self, named: &Named) -> Vec<Diagnostic> {
        let missing = named
            .iter()
            .filter(|(id, _)| self.rules.organisation(id).is_none());
        missing
            .map(|(id, naming)| {
                let told = format!(
                    "{} `{id}`, which {ROUTING} no longer names",
                    complaints(*naming)
                );
                Diagnostic::new(Level::Warning, ROUTING, None, told).help(mend(id))
            })
            .collect()
    }
}

/// `3 open complaints are with`
fn complaints(naming: Naming) -> String {
    let are = |count: u64| match count {
        1 => "1 open complaint is".to_owned(),
        more => format!("{more} open complaints are"),
    };
    match naming {
        Naming { with, against: 0 } => format!("{} with", are(with)),
        Naming { with: 0, against } => format!("{} against", are(against)),
        Naming { with, against } => format!("{} with, and {against} against,", are(with)),
    }
}

fn mend(id: &OrganisationId) -> String {
    format!("put `{id}` back until they are closed, or refer them to others first")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

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
        let told: Vec<String> = sample
            .missing_of(&named.into())
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            told,
            [
                "3 open complaints are with `zebra-a`, which routing.toml no longer names",
                "1 open complaint is against `zebra-b`, which routing.toml no longer names",
                "1 open complaint is with, and 2 against, `zebra-c`, which routing.toml no longer names",
            ]
        );
    }
}
