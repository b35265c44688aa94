//! Integrity pacts: an authority and those who bid for its contract have signed not to bribe, and an independent monitor watches. Whoever
//! texts the pact's code is heard by the monitor.
//!
//! A code is one thing however it is typed: `WJR-2026-014`, `wjr 2026 014`, `WJR2026014`. So each of these spellings is looked for, all of all
//! pacts in one pass. A slip is not forgiven: it might be the code of another pact. Regular expressions would read a text once a pact.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::complaint::{CountyId, OrganisationId, PactCode, Priority};
use crate::text::normalise::Normalised;
use crate::text::phrases::{Phrase, Phrases, TooMany};

/// An integrity pact.
#[derive(Clone, Debug)]
pub struct Pact {
    /// Its code, as the administrator writes it.
    pub code: PactCode,
    /// What it is about, for people.
    pub title: Arc<str>,
    /// The county whose monitor and authority these are.
    pub county: CountyId,
    /// Who gives the contract out.
    pub authority: OrganisationId,
    /// Who bids for it.
    pub bidders: Vec<Bidder>,
    /// Who watches, and gets what is texted with the code.
    pub monitor: OrganisationId,
    /// How pressing such complaints are.
    pub priority: Priority,
    /// Its code and what else it goes by.
    pub(super) codes: Vec<Code>,
    /// Its last day, and where that is written.
    pub(super) until: Option<(NaiveDate, Range<usize>)>,
}

/// Who bids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bidder {
    /// A partner, from which such complaints are hidden.
    Partner(OrganisationId),
    /// A company that is no partner, by its name.
    Company(Arc<str>),
}

impl Pact {
    /// Whom a complaint with its code accuses, of the partners.
    pub fn accused(&self) -> impl Iterator<Item = &OrganisationId> {
        let partners = self.bidders.iter().filter_map(|bidder| match bidder {
            Bidder::Partner(id) => Some(id),
            Bidder::Company(_) => None,
        });
        std::iter::once(&self.authority).chain(partners)
    }

    /// Its code and what else it goes by, each with where it is written.
    pub fn codes(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.codes
            .iter()
            .map(|code| (&*code.written, code.at.clone()))
    }

    /// Its last day and where that is written, if it has one.
    pub fn until(&self) -> Option<(NaiveDate, Range<usize>)> {
        self.until.clone()
    }
}

/// A code that people text.
#[derive(Clone, Debug)]
pub(super) struct Code {
    /// As the administrator writes it.
    pub(super) written: Arc<str>,
    /// Where.
    pub(super) at: Range<usize>,
    /// Its parts, each of letters or of digits alone: `wjr`, `2026`, `014`.
    pub(super) parts: Vec<String>,
}

impl Code {
    pub(super) fn new(written: &str, at: Range<usize>) -> Self {
        Self {
            written: written.into(),
            at,
            parts: Self::parts_of(written),
        }
    }

    fn parts_of(code: &str) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for word in Normalised::new(code).words() {
            let mut before = None;
            for c in word.text.chars() {
                let is_digit = c.is_ascii_digit();
                match parts.last_mut().filter(|_| before == Some(is_digit)) {
                    Some(part) => part.push(c),
                    None => parts.push(c.to_string()),
                }
                before = Some(is_digit);
            }
        }
        parts
    }

    /// All of it with nothing between: `wjr2026014`.
    pub(super) fn joined(&self) -> String {
        self.parts.concat()
    }

    /// Each way to key it in: with something between two parts, or nothing.
    fn spellings(&self) -> Vec<String> {
        let mut spellings = vec![String::new()];
        for part in &self.parts {
            let apart = |spelling: &String| format!("{spelling} ={part}");
            let together = |spelling: &String| format!("{spelling}{part}");
            spellings = match spellings.first().is_some_and(String::is_empty) {
                true => vec![format!("={part}")],
                false => spellings
                    .iter()
                    .flat_map(|spelling| [apart(spelling), together(spelling)])
                    .collect(),
            };
        }
        spellings
    }
}

/// All pacts, to be found by their codes.
#[derive(Clone, Debug)]
pub(super) struct Pacts {
    all: Vec<Pact>,
    phrases: Phrases,
    /// For each of the phrases, whose spelling it is.
    of: Vec<usize>,
}

/// A pact whose code is in a text.
#[derive(Clone, Debug)]
pub(super) struct Named<'p> {
    pub(super) pact: &'p Pact,
    /// Bytes of the original text.
    pub(super) at: Range<usize>,
}

impl Pacts {
    /// Makes them ready to be looked for.
    ///
    /// # Errors
    /// If they are more than can be looked for at once.
    pub(super) fn new(all: Vec<Pact>) -> Result<Self, TooMany> {
        let mut spellings: BTreeMap<Phrase, usize> = BTreeMap::new();
        for (pact, of) in all.iter().zip(0..) {
            let written = pact.codes.iter().flat_map(Code::spellings);
            spellings.extend(written.filter_map(|one| Some((Phrase::whole(&one)?, of))));
        }
        Ok(Self {
            phrases: Phrases::new(spellings.keys())?,
            of: spellings.into_values().collect(),
            all,
        })
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Pact> {
        self.all.iter()
    }

    /// Those whose codes are in a text, each once, the first in the text first.
    pub(super) fn named_in(&self, text: &Normalised) -> Vec<Named<'_>> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let mut hits = self.phrases.hits(text);
        hits.sort_unstable_by_key(|hit| hit.at.start);
        let mut named: Vec<Named<'_>> = Vec::new();
        for hit in hits {
            let pact = self.of.get(hit.phrase).and_then(|of| self.all.get(*of));
            let pact = pact.filter(|pact| named.iter().all(|it| it.pact.code != pact.code));
            named.extend(pact.map(|pact| Named { pact, at: hit.at }));
        }
        named
    }
}
