//! A directory of files, checked in one go: all of it holds, or all that is wrong with it is told. While the service runs it is
//! watched, and an edit takes effect in the same way.

mod files;
mod ground;
mod live;
mod look;
mod named;
pub mod secret;
pub mod settings;
mod time;
mod watch;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::complaint::{Address, County, CountyId, OrganisationId, PlaceId};
use crate::deadlines::{About, Calendars, Deadlines, Due};
use crate::intake::Reading;
use crate::intake::places::{Found, Places};
use crate::intake::replies::Replies;
use crate::letters::Letters;
use crate::reports::Pieces;
use crate::reports::privacy::Archive;
use crate::routing::{self, Decision, Pact, Rules};
use crate::text::diagnostic::{Diagnostic, Level};
use crate::text::findings::Findings;
use crate::text::normalise::Normalised;

pub use live::{Live, Refused, State};
pub use secret::Secret;
pub use settings::Settings;
pub use watch::Watch;

use files::{Files, Versions};
use settings::veil::veil;

const ROUTING: &str = "routing.toml";
const PLACES: &str = "places.csv";
const CALENDAR: &str = "calendar.toml";
const DEADLINES: &str = "deadlines.toml";

/// The sample county, whole: what `demo` runs.
const SAMPLE: Sample = Sample {
    routing: include_str!("../../config/routing.toml"),
    places: include_str!("../../config/places.csv"),
    calendar: include_str!("../../config/calendar.toml"),
    deadlines: include_str!("../../config/deadlines.toml"),
    replies: &[
        (
            "replies/ar.toml",
            include_str!("../../config/replies/ar.toml"),
        ),
        (
            "replies/en.toml",
            include_str!("../../config/replies/en.toml"),
        ),
        (
            "replies/fr.toml",
            include_str!("../../config/replies/fr.toml"),
        ),
        (
            "replies/so.toml",
            include_str!("../../config/replies/so.toml"),
        ),
        (
            "replies/sw.toml",
            include_str!("../../config/replies/sw.toml"),
        ),
    ],
};

struct Sample {
    routing: &'static str,
    places: &'static str,
    calendar: &'static str,
    deadlines: &'static str,
    replies: &'static [(&'static str, &'static str)],
}

/// One version of everything that an administrator sets.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// How the service runs.
    pub settings: Settings,
    /// The gazetteer.
    pub places: Places,
    /// Who answers what.
    pub rules: Rules,
    /// What people are answered.
    pub replies: Replies,
    /// What organisations, conveners and committees are written.
    pub letters: Letters,
    /// Which days are worked.
    pub calendars: Calendars,
    /// How long what may take.
    pub deadlines: Deadlines,
    /// What is worth a look and refuses nothing: warnings and notes.
    pub findings: Findings,
    /// The county that a text is for where its number names none.
    first_county: County,
    versions: Versions,
    /// What outsiders were told by how many live in these places, and by these calendars.
    archive: Arc<Archive>,
    /// What was counted by them before.
    pieces: Arc<Pieces>,
}

impl Configuration {
    /// Reads a directory; `environment` is all of the process's variables.
    ///
    /// # Errors
    /// All that is wrong with any of the files and variables.
    pub fn from_directory(
        directory: &Path,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Findings> {
        let files = Files::read(directory).map_err(|finding| Findings::from_iter([finding]))?;
        Self::from_files(directory, files, environment)
    }

    fn from_files(
        directory: &Path,
        files: Files,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, Findings> {
        let settings = Settings::load(directory, files.service.as_deref(), environment, &[]);
        Self::build(settings, files)
    }

    /// How the service runs, and nothing else: for commands that look at its data. A mistake in the rules must not stand in the
    /// way of a backup.
    ///
    /// # Errors
    /// All that is wrong with `service.toml` and the variables.
    pub fn settings_alone(
        directory: &Path,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Settings, Findings> {
        let service =
            files::service(directory).map_err(|finding| Findings::from_iter([finding]))?;
        Settings::load(directory, service.as_deref(), environment, &[]).map_err(|found| {
            let mut findings = Findings::default();
            if let Some(text) = &service {
                findings.take_source(settings::FILE, &veil(text));
            }
            findings.add(found);
            findings
        })
    }

    /// The sample county with settings of the caller's own: pairs such as `gateway.api_base` and a value as an environment
    /// variable would spell it. Relative paths are relative to `directory`.
    ///
    /// # Errors
    /// What is wrong with these settings: the sample itself is right.
    pub fn sample(directory: &Path, fixed: &[(&str, String)]) -> Result<Self, Findings> {
        let named = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        let files = Files {
            service: None,
            routing: Some(SAMPLE.routing.to_owned()),
            places: Some(SAMPLE.places.to_owned()),
            calendar: Some(SAMPLE.calendar.to_owned()),
            deadlines: Some(SAMPLE.deadlines.to_owned()),
            letters: Vec::new(),
            replies: Some(SAMPLE.replies.iter().map(named).collect()),
            findings: Vec::new(),
        };
        Self::build(Settings::load(directory, None, [], fixed), files)
    }

    /// The county that a text to this number is for. One to a number that no county names is the first's: it came, and is
    /// not dropped.
    pub fn county_of(&self, line: &Address) -> &County {
        self.rules
            .county_of_number(line)
            .unwrap_or(&self.first_county)
    }

    /// The county with that id; where it was taken out since, the first.
    pub fn county_or_first(&self, id: &CountyId) -> &County {
        self.rules.county(id).unwrap_or(&self.first_county)
    }

    /// Who gets a complaint in these words, texted to a number of that county, and the place that they name.
    pub fn decide(&self, words: &Normalised, county: &County) -> (Decision, Found) {
        let place = self.places.find(words, &county.id);
        let places = self.places.ancestry_of(&place);
        let mut decision = routing::decide(&self.rules, words, county, &places);
        // What all of them lie in is known, and which of them it is could still tell.
        if matches!(place, Found::Ambiguous(_)) && !places.is_empty() {
            let unknown = routing::decide(&self.rules, words, county, &[]);
            decision.place_would_tell = unknown.place_would_tell;
        }
        (decision, place)
    }

    /// What a text to a number of that county shows by itself, who gets it, and the place that it names. The digits of a pact's code are
    /// part of the code: no other number begins or ends in it.
    pub fn read(&self, text: &str, county: &County) -> (Reading, Decision, Found) {
        let reading = Reading::of(text, &self.replies);
        let (decision, place) = self.decide(&reading.words, county);
        let reading = match decision.pact {
            Some(_) => {
                let codes = decision.reasons.iter().map(|code| code.at.clone());
                reading.apart_from(codes, text, &self.replies)
            }
            None => reading,
        };
        (reading, decision, place)
    }

    /// Who convenes the county of a complaint. One that is no more in routing.toml is convened by nobody else than who has the complaint:
    /// another county's convener has no part in it.
    pub fn convener_of<'c>(
        &'c self,
        county: &CountyId,
        holder: &'c OrganisationId,
    ) -> &'c OrganisationId {
        let known = self.rules.county(county);
        known.map_or(holder, |county| &county.convener)
    }

    /// Who gets it where the place is known already.
    pub fn decide_at(&self, words: &Normalised, county: &County, place: &PlaceId) -> Decision {
        let places = self.places.ancestry(place);
        routing::decide(&self.rules, words, county, &places)
    }

    /// By when what of a complaint of that county is to happen, from `from` on.
    pub fn due(&self, county: &County, about: &About<'_>, from: DateTime<Utc>) -> Due {
        let calendar = self.calendars.of(&county.id);
        self.deadlines.terms(about).due(from, calendar, county.zone)
    }

    /// This version as a service takes it up that runs by another: what only a start can change stays as it is running, and
    /// the findings say so.
    fn while_running(mut self, running: &Self) -> Self {
        let waiting = self.settings.waiting_for_a_start(&running.settings);
        self.findings.add(waiting);
        self.settings = self.settings.while_running(&running.settings);
        self
    }

    /// The files that differ between the two, for people.
    fn changed_from(&self, other: &Self) -> String {
        let names = self.versions.keys().chain(other.versions.keys());
        let changed: BTreeSet<_> = names
            .filter(|name| self.versions.get(*name) != other.versions.get(*name))
            .map(String::as_str)
            .collect();
        Vec::from_iter(changed).join(", ")
    }

    fn build(settings: Result<Settings, Vec<Diagnostic>>, files: Files) -> Result<Self, Findings> {
        let versions = files.versions();
        let mut found = files.findings.clone();
        let settings = keep(Some(settings), &mut found);
        let places = keep(
            files
                .places
                .as_deref()
                .map(|text| Places::load(PLACES, text)),
            &mut found,
        );
        let rules = files
            .routing
            .as_deref()
            .map(|text| Rules::load(ROUTING, text, places.as_ref()));
        let rules = keep(rules, &mut found);
        found.extend(rules.iter().flat_map(|rules| rules.warnings().to_vec()));
        let organisations: Vec<_> = rules
            .iter()
            .flat_map(|rules| rules.organisations())
            .collect();
        let sectors: Vec<_> = rules.iter().flat_map(|rules| rules.sectors()).collect();
        let place_names: Vec<_> = places
            .iter()
            .flat_map(Places::iter)
            .map(|place| place.name.as_str())
            .collect();
        let (calendars, deadlines) = time::load(&files, rules.as_ref(), &mut found);
        let replies = files
            .replies
            .as_deref()
            .map(|files| Replies::load(files, &organisations, &sectors, &place_names));
        let replies = keep(replies, &mut found);
        let letters = keep(Some(Letters::load(&files.letters)), &mut found);
        found.extend(letters.iter().flat_map(|letters| letters.notes().to_vec()));
        if let (Some(rules), Some(replies)) = (&rules, &replies) {
            found.extend(counties_without_words(rules, replies));
            found.extend(codes_that_say_something_else(rules, replies));
        }
        found.extend(settings.as_ref().and_then(Settings::secrets_missing));

        let mut findings = Findings::default();
        files
            .service
            .iter()
            .for_each(|text| findings.take_source(settings::FILE, &veil(text)));
        files
            .routing
            .iter()
            .for_each(|text| findings.take_source(ROUTING, text));
        for (name, text) in [
            (PLACES, &files.places),
            (CALENDAR, &files.calendar),
            (DEADLINES, &files.deadlines),
        ] {
            text.iter()
                .for_each(|text| findings.take_source(name, text));
        }
        files
            .replies
            .iter()
            .flatten()
            .chain(&files.letters)
            .for_each(|(name, text)| findings.take_source(name, text));
        findings.add(found);
        let first_county = rules
            .as_ref()
            .and_then(|rules| rules.counties().next().cloned());
        let time = calendars.zip(deadlines);
        let texts = replies.zip(letters);
        match (settings, places, rules, texts, time, first_county) {
            (
                Some(settings),
                Some(places),
                Some(rules),
                Some((replies, letters)),
                Some((calendars, deadlines)),
                Some(first_county),
            ) if findings.count(Level::Error) == 0 => Ok(Self {
                settings,
                places,
                rules,
                replies: replies.led_by(&first_county.language),
                letters,
                calendars,
                deadlines,
                findings,
                first_county,
                versions,
                archive: Arc::default(),
                pieces: Arc::default(),
            }),
            _ => Err(findings),
        }
    }
}

/// What was loaded; what was found instead goes to the others.
fn keep<T>(loaded: Option<Result<T, Vec<Diagnostic>>>, found: &mut Vec<Diagnostic>) -> Option<T> {
    loaded?.map_err(|findings| found.extend(findings)).ok()
}

/// Codes of pacts that a text is taken for something else by, or whose letters alone are: a command, an answer, a greeting, a number.
fn codes_that_say_something_else(rules: &Rules, replies: &Replies) -> Vec<Diagnostic> {
    let is_code = |code: &str| {
        let letters = code.replace(|c: char| !c.is_alphabetic(), " ");
        let mut read = [code, &letters].into_iter();
        read.all(|words| Reading::of(words, replies).is_of_words_alone())
    };
    let codes = rules.pacts().flat_map(Pact::codes);
    let taken = codes.filter(|(code, _)| !is_code(code));
    taken
        .map(|(code, at)| {
            let message =
                format!("`{code}` would be taken for an answer, a command, a greeting or a number");
            Diagnostic::error(ROUTING, at, message)
                .help("put letters in it that are no word of replies/: WJR-2026-014")
        })
        .collect()
}

/// Counties whose language has no texts: their people would be answered in another's.
fn counties_without_words(rules: &Rules, replies: &Replies) -> Vec<Diagnostic> {
    let languages: Vec<_> = replies
        .languages()
        .map(|language| language.id.as_str())
        .collect();
    let without = rules
        .counties()
        .filter(|county| replies.language(&county.language).is_none());
    without
        .map(|county| {
            let (county, language) = (&county.id, &county.language);
            let place = rules.place_of_language(county);
            let message = format!("people of `{county}` are to be answered in `{language}`, and there is no replies/{language}.toml");
            Diagnostic::error(ROUTING, place, message).help(format!("there are: {}", languages.join(", ")))
        })
        .collect()
}
