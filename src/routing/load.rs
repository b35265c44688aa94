//! `routing.toml`, read and checked in one go: the shape of each section, where its ids lead, then its own tests.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

use super::lint::{File, lint};
use super::matcher::Matcher;
use super::named::Names;
use super::pact::Pacts;
use super::rules::Rules;
use crate::complaint::{Address, CountyId, OrganisationId};
use crate::intake::places::Places;
use crate::text::diagnostic::Diagnostic;
use crate::text::hex::hex;
use crate::text::lines::Lines;
use crate::text::toml_file::{self, Report};

mod codes;
mod ids;
pub(super) mod keys;
mod pact;
mod partners;
mod rule;
mod section;
mod trial;

use codes::Codes;
pub(super) use ids::Ids;
use section::{Section, sections};

/// What `to` says for the convener of the complaint's county, whichever that is.
pub(super) const CONVENER: &str = "convener";

impl Rules {
    /// Reads `routing.toml`, whose places are those of `places`; `None` where these could not be read: then nothing is said
    /// about places, and all else is checked. `file` is its name for findings.
    ///
    /// # Errors
    /// All that is wrong with the file. Where it is no TOML throughout, what only seems to be missing is not told. Its own
    /// tests are run once all else is right.
    pub fn load(
        file: &str,
        source: &str,
        places: Option<&Places>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let closed = toml_file::close(source);
        let (table, mut report) = toml_file::read_closed(file, &closed);
        let table = table.get_ref();
        report.names(
            "section",
            table,
            None,
            &keys::names(keys::FILE),
            &keys::needed(keys::FILE),
        );
        let read = Sections::of(table, &mut report);
        let mut loading = Loading::new(&read, source, places, report);
        let rules = loading.rules(&read, table, source);
        let trials: Vec<_> = read
            .tests
            .iter()
            .filter_map(|one| loading.trial(one))
            .collect();
        if let Some(rules) = rules.as_ref().filter(|_| loading.report.is_clean()) {
            loading.try_out(&trials, rules);
            if loading.report.is_clean() {
                loading.lint(rules, source);
            }
        }
        let is_clean = loading.report.is_clean();
        let findings = loading.report.into_findings();
        match rules {
            Some(rules) if is_clean => Ok(Self {
                warnings: findings,
                ..rules
            }),
            _ => Err(findings),
        }
    }
}

/// All sections of a file.
struct Sections<'t> {
    counties: Vec<Section<'t>>,
    organisations: Vec<Section<'t>>,
    sectors: Vec<Section<'t>>,
    rules: Vec<Section<'t>>,
    pacts: Vec<Section<'t>>,
    tests: Vec<Section<'t>>,
}

impl<'t> Sections<'t> {
    fn of(table: &'t DeTable<'t>, report: &mut Report<'_>) -> Self {
        Self {
            counties: sections(table, "county", report),
            organisations: sections(table, "organisation", report),
            sectors: sections(table, "sector", report),
            rules: sections(table, "rule", report),
            pacts: sections(table, "pact", report),
            tests: sections(table, "test", report),
        }
    }
}

/// A file while it is checked.
struct Loading<'a> {
    report: Report<'a>,
    places: Option<&'a Places>,
    counties: Ids<'a>,
    organisations: Ids<'a>,
    sectors: Ids<'a>,
    rules: Ids<'a>,
    pacts: Ids<'a>,
    /// The counties that each organisation works in, of those that could be read.
    works_in: HashMap<OrganisationId, Vec<CountyId>>,
    conveners: Vec<OrganisationId>,
    /// Where each county's language stands.
    languages: HashMap<CountyId, Range<usize>>,
    /// The numbers of the counties read so far.
    numbers: HashSet<Address>,
}

impl<'a> Loading<'a> {
    fn new(
        read: &Sections<'a>,
        source: &'a str,
        places: Option<&'a Places>,
        mut report: Report<'a>,
    ) -> Self {
        Self {
            places,
            rules: Ids::of("rule", "id", &read.rules, source, &mut report),
            pacts: Ids::of("pact", "code", &read.pacts, source, &mut report),
            counties: Ids::of("county", "id", &read.counties, source, &mut report),
            organisations: Ids::of(
                "organisation",
                "id",
                &read.organisations,
                source,
                &mut report,
            ),
            sectors: Ids::of("sector", "id", &read.sectors, source, &mut report),
            works_in: HashMap::new(),
            conveners: Vec::new(),
            languages: HashMap::new(),
            numbers: HashSet::new(),
            report,
        }
    }

    /// The rules. What could not be read is left out: the rest is checked all the same.
    fn rules(&mut self, read: &Sections<'a>, table: &DeTable<'_>, source: &str) -> Option<Rules> {
        let sure_enough = section::sure(table, "sure_enough", &mut self.report);
        let organisations: Vec<_> = read
            .organisations
            .iter()
            .filter_map(|one| self.organisation(one))
            .collect();
        let works_in = organisations
            .iter()
            .map(|one| (one.id.clone(), one.counties.clone()));
        self.works_in = works_in.collect();
        let counties: Vec<_> = read
            .counties
            .iter()
            .filter_map(|one| self.county(one))
            .collect();
        self.conveners = counties
            .iter()
            .map(|county| county.convener.clone())
            .collect();
        let sectors = read
            .sectors
            .iter()
            .filter_map(|one| self.sector(one))
            .collect();
        let rules: Vec<_> = read.rules.iter().filter_map(|one| self.rule(one)).collect();
        let places = self.places.into_iter().flat_map(Places::name_words);
        let matcher = Matcher::new(&rules, places);
        let names = Names::of(&organisations);
        let pacts = Pacts::new(self.pacts(
            &read.pacts,
            Codes::beside(&rules, &organisations, self.places),
            &organisations,
        ));
        let too_many = [
            matcher.as_ref().err(),
            names.as_ref().err(),
            pacts.as_ref().err(),
        ];
        if let Some(error) = too_many.into_iter().flatten().next() {
            self.report
                .error_in_file(error.to_string(), "take some out");
        }
        let county_of_number = counties.iter().flat_map(|county| {
            county
                .numbers
                .iter()
                .map(|number| (number.clone(), county.id.clone()))
        });
        Some(Rules {
            digest: version(source, self.places).into(),
            sure_enough: sure_enough.unwrap_or(keys::SURE_ENOUGH),
            county_of_number: county_of_number.collect(),
            languages: std::mem::take(&mut self.languages),
            counties,
            organisations,
            sectors,
            rules,
            matcher: matcher.ok()?,
            names: names.ok()?,
            pacts: pacts.ok()?,
            warnings: Vec::new(),
        })
    }

    /// Tells what a correct file says and its writer probably does not mean.
    fn lint(&mut self, rules: &Rules, source: &str) {
        let file = File {
            rules,
            places: self.places,
            lines: &Lines::of(source),
            counties: &self.counties,
            organisations: &self.organisations,
            sectors: &self.sectors,
            rule_ids: &self.rules,
        };
        lint(&file, &mut self.report);
    }
}

/// See [`Rules::digest`].
fn version(source: &str, places: Option<&Places>) -> String {
    let mut both = Sha256::new_with_prefix(Sha256::digest(source));
    if let Some(places) = places {
        both.update(places.digest());
    }
    hex(&both.finalize())
}
