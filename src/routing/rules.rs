//! The rules of `routing.toml`, checked: every id in them leads somewhere.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::decision::Decision;
use super::matcher::Matcher;
use super::named::Names;
use super::pact::{Pact, Pacts};
use crate::complaint::{
    Address, County, CountyId, Organisation, OrganisationId, PactCode, PlaceId, Priority, RuleId,
    Sector, SectorId,
};
use crate::text::diagnostic::Diagnostic;
use crate::text::normalise::Normalised;
use crate::text::phrases::Phrase;

/// One version of `routing.toml`.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(super) digest: Arc<str>,
    pub(super) sure_enough: f64,
    pub(super) counties: Vec<County>,
    pub(super) languages: HashMap<CountyId, Range<usize>>,
    pub(super) county_of_number: HashMap<Address, CountyId>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) sectors: Vec<Sector>,
    pub(super) rules: Vec<Rule>,
    pub(super) matcher: Matcher,
    pub(super) names: Names,
    pub(super) pacts: Pacts,
    pub(super) warnings: Vec<Diagnostic>,
}

impl Rules {
    /// Which version these are, in hexadecimal: SHA-256 over the SHA-256 of `routing.toml` and that of `places.csv`, for a
    /// decision rests on both.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// From how sure on a rule decides, 0 to 1.
    pub fn sure_enough(&self) -> f64 {
        self.sure_enough
    }

    /// What the file says and its writer probably does not mean.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// All counties, in the order of the file; at least one.
    pub fn counties(&self) -> impl ExactSizeIterator<Item = &County> {
        self.counties.iter()
    }

    /// The county with that id.
    pub fn county(&self, id: &CountyId) -> Option<&County> {
        self.counties.iter().find(|county| county.id == *id)
    }

    /// The county that texting this number of ours means, by whatever channel.
    pub fn county_of_number(&self, number: &Address) -> Option<&County> {
        let by_each_channel = number.by_each_channel();
        let mut counties = by_each_channel.iter();
        self.county(counties.find_map(|number| self.county_of_number.get(number))?)
    }

    /// Where the language of that county stands in the file.
    pub fn place_of_language(&self, county: &CountyId) -> Option<Range<usize>> {
        self.languages.get(county).cloned()
    }

    /// All organisations, conveners too, in the order of the file.
    pub fn organisations(&self) -> impl ExactSizeIterator<Item = &Organisation> {
        self.organisations.iter()
    }

    /// How many rules there are.
    pub fn count(&self) -> usize {
        self.rules.len()
    }

    /// The integrity pacts, in the order of the file.
    pub fn pacts(&self) -> impl ExactSizeIterator<Item = &Pact> {
        self.pacts.iter()
    }

    /// The pact with that code; codes of pacts that were taken out since may still be on record.
    pub fn pact(&self, code: &PactCode) -> Option<&Pact> {
        self.pacts.iter().find(|pact| pact.code == *code)
    }

    /// The organisation with that id.
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|organisation| organisation.id == *id)
    }

    /// Whom a decision that was kept as JSON sent to by name: its pact, its rule, or, where none decided, the sector that was chosen. `None`: to
    /// the convener; or the rule is no more.
    pub fn named_by(
        &self,
        decision: &str,
        sector: Option<&SectorId>,
        county: &CountyId,
    ) -> Option<&OrganisationId> {
        if let Some(code) = Decision::pact_in(decision) {
            return self.pact(&code).map(|pact| &pact.monitor);
        }
        let kept: serde_json::Value = serde_json::from_str(decision).ok()?;
        let Some(id) = kept.get("rule").and_then(serde_json::Value::as_str) else {
            return self.holder_of(sector?, county);
        };
        let rule = self.rules.iter().find(|rule| rule.id.as_str() == id)?;
        match &rule.to {
            Target::Organisation { id, .. } => Some(id),
            Target::Convener => None,
        }
    }

    /// Whether some rule looks for that word by itself: `maji`, and `majini` where it is written `maji*`.
    pub fn look_for(&self, word: &str) -> bool {
        let patterns = self.rules.iter().flat_map(|rule| &rule.patterns);
        let mut telling = patterns.filter(|pattern| pattern.role != Role::None);
        telling.any(|pattern| {
            let written = Normalised::new(&pattern.written);
            match pattern.written.ends_with('*') {
                true => word.starts_with(written.folded()),
                false => word == written.folded(),
            }
        })
    }

    /// All sectors, in the order of the file.
    pub fn sectors(&self) -> impl ExactSizeIterator<Item = &Sector> {
        self.sectors.iter()
    }

    /// The sector with that id.
    pub fn sector(&self, id: &SectorId) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.id == *id)
    }

    /// The sector whose name, in whatever language, is all of a text.
    pub fn sector_named(&self, text: &Normalised) -> Option<&SectorId> {
        let is_named = |name: &str| Normalised::new(name).folded() == text.folded();
        let named = |sector: &&Sector| {
            is_named(&sector.name) || sector.names.values().any(|name| is_named(name))
        };
        let sector = (text.words().len() <= SECTOR_WORDS)
            .then(|| self.sectors.iter().find(named))
            .flatten();
        sector.map(|sector| &sector.id)
    }

    /// The kinds that its rules give to complaints.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|rule| rule.kind.as_deref())
    }

    /// Who gets a complaint of which only the sector is known, in that county; `None`: nobody by rule.
    pub fn holder_of(&self, sector: &SectorId, county: &CountyId) -> Option<&OrganisationId> {
        let works_there = |id: &&OrganisationId| {
            let organisation = self.organisation(id);
            organisation.is_some_and(|organisation| organisation.works_in(county))
        };
        self.sector(sector)?.to.iter().find(works_there)
    }
}

/// No sector's name has more words.
const SECTOR_WORDS: usize = 4;

/// A rule: these words, so that organisation.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) id: RuleId,
    pub(super) patterns: Vec<Pattern>,
    /// The complaint's place must lie in one of these, if there are any.
    pub(super) place: Vec<PlaceId>,
    pub(super) sector: Option<SectorId>,
    pub(super) kind: Option<Arc<str>>,
    pub(super) to: Target,
    pub(super) sensitive: bool,
    pub(super) against: Vec<OrganisationId>,
    pub(super) priority: Priority,
}

/// A word or phrase of a rule.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// As the administrator wrote it: `maji*`.
    pub(super) written: Arc<str>,
    /// As it is looked for.
    pub(super) phrase: Phrase,
    /// Where it is written, in bytes of `routing.toml`.
    pub(super) at: Range<usize>,
    /// What it does.
    pub(super) role: Role,
    /// How sure it alone makes us, 0 to 1; nothing where it cancels.
    pub(super) sure: f64,
}

/// What a word does in its rule: the list that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// One of these must be in the text, if there are any.
    Any,
    /// Each of these must be.
    All,
    /// None of these may be.
    None,
}

/// Where a rule sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The convener of the complaint's county.
    Convener,
    /// An organisation, for complaints in its own counties.
    Organisation {
        /// Which.
        id: OrganisationId,
        /// Its counties.
        counties: Vec<CountyId>,
    },
}

impl Rule {
    /// Whether it has a say about a complaint in that county.
    pub(super) fn holds_for(&self, county: &CountyId) -> bool {
        match &self.to {
            Target::Convener => true,
            Target::Organisation { counties, .. } => counties.contains(county),
        }
    }

    /// Whether it has a say about a complaint at a place given with all that it lies in.
    ///
    /// The county is known even where the place is not: it is that of the number texted.
    pub(super) fn holds_at(&self, county: &County, places: &[PlaceId]) -> bool {
        let at_place =
            |wanted: &PlaceId| wanted.as_str() == county.id.as_str() || places.contains(wanted);
        self.place.is_empty() || self.place.iter().any(at_place)
    }

    /// Whom it sends a complaint of that county to.
    pub(super) fn organisation<'a>(&'a self, county: &'a County) -> &'a OrganisationId {
        match &self.to {
            Target::Convener => &county.convener,
            Target::Organisation { id, .. } => id,
        }
    }
}
