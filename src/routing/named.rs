//! Which organisations a text names. Where it tells of misconduct, these are whom it accuses.

use std::collections::BTreeMap;

use crate::complaint::{CountyId, Organisation, OrganisationId};
use crate::text::normalise::Normalised;
use crate::text::phrases::{Phrase, Phrases, TooMany};

/// All names of all organisations.
#[derive(Clone, Debug)]
pub(super) struct Names {
    phrases: Phrases,
    /// For each of the phrases, whose name it is, and in which county.
    bearers: Vec<Vec<(OrganisationId, CountyId)>>,
}

impl Names {
    /// By their names, their short names in every language, and what people call them.
    ///
    /// # Errors
    /// If they are more than can be looked for at once.
    pub(super) fn of(organisations: &[Organisation]) -> Result<Self, TooMany> {
        let mut bearers: BTreeMap<Phrase, Vec<(OrganisationId, CountyId)>> = BTreeMap::new();
        for organisation in organisations {
            let names = organisation.names().filter_map(|name| Phrase::whole(name));
            for name in names {
                let counties = organisation.counties.iter().cloned();
                let bearer = counties.map(|county| (organisation.id.clone(), county));
                bearers.entry(name).or_default().extend(bearer);
            }
        }
        Ok(Self {
            phrases: Phrases::new(bearers.keys())?,
            bearers: bearers.into_values().collect(),
        })
    }

    /// Those of a county that a text names; every county has its water department.
    pub(super) fn named_in<'a>(
        &'a self,
        text: &Normalised,
        county: &'a CountyId,
    ) -> impl Iterator<Item = &'a OrganisationId> {
        let hits = self.phrases.hits(text).into_iter();
        let bearers = hits
            .filter_map(|hit| self.bearers.get(hit.phrase))
            .flatten();
        bearers.filter_map(move |(id, own)| (own == county).then_some(id))
    }
}
