//! The words of all rules in one automaton: a text is read once, however many rules there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::rules::{Pattern, Role, Rule};
use crate::text::normalise::Normalised;
use crate::text::phrases::{Hit, Phrase, Phrases, TooMany};

/// All phrases of all rules, each with the rules that use it.
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    phrases: Phrases,
    uses: Vec<Vec<Use>>,
    /// What each rule needs, beside that nothing cancels it.
    needs: Vec<Needs>,
}

/// A rule's use of a phrase.
#[derive(Clone, Copy, Debug)]
struct Use {
    rule: usize,
    /// Which of the rule's patterns.
    pattern: usize,
}

#[derive(Clone, Copy, Debug)]
struct Needs {
    /// One of its `any`.
    any: bool,
    /// So many phrases, all that stand in its `all`.
    all: usize,
}

/// A rule whose words are in the text, and none that cancels it.
#[derive(Clone, Debug)]
pub(super) struct Match<'r> {
    /// Its index in the file.
    pub(super) rule: usize,
    /// `1 − Π(1 − sureᵢ)` over its words in the text, each word once however often it is there.
    pub(super) sure: f64,
    /// These words, and where each stands first, in bytes of the original text; in the order of the text.
    pub(super) words: Vec<(&'r Pattern, Range<usize>)>,
}

/// A phrase in the text, as a rule uses it.
struct Found {
    usage: Use,
    phrase: usize,
    at: Range<usize>,
}

impl Matcher {
    /// Makes the automaton.
    ///
    /// # Errors
    /// If there are more words than it can number.
    pub(super) fn new(rules: &[Rule]) -> Result<Self, TooMany> {
        let mut uses: BTreeMap<&Phrase, Vec<Use>> = BTreeMap::new();
        for (rule, patterns) in rules.iter().map(|rule| &rule.patterns).enumerate() {
            for (pattern, written) in patterns.iter().enumerate() {
                uses.entry(&written.phrase)
                    .or_default()
                    .push(Use { rule, pattern });
            }
        }
        Ok(Self {
            phrases: Phrases::new(uses.keys().copied())?,
            uses: uses.into_values().collect(),
            needs: rules.iter().map(Needs::of).collect(),
        })
    }

    /// The rules that the words of a text speak for, in the order of the file.
    pub(super) fn matches<'r>(&self, rules: &'r [Rule], text: &Normalised) -> Vec<Match<'r>> {
        let mut hits: Vec<Hit> = self.phrases.hits(text).collect();
        hits.sort_unstable_by_key(|hit| (hit.phrase, hit.at.start));
        hits.dedup_by_key(|hit| hit.phrase);
        let mut found: Vec<Found> = hits
            .into_iter()
            .flat_map(|Hit { phrase, at }| {
                let uses = self.uses.get(phrase).map(Vec::as_slice).unwrap_or_default();
                uses.iter().map(move |usage| Found {
                    usage: *usage,
                    phrase,
                    at: at.clone(),
                })
            })
            .collect();
        found.sort_unstable_by_key(|found| (found.usage.rule, found.phrase, found.usage.pattern));
        found
            .chunk_by(|a, b| a.usage.rule == b.usage.rule)
            .filter_map(|of_rule| self.weigh(rules, of_rule))
            .collect()
    }

    /// What the phrases found come to for the rule whose they are.
    fn weigh<'r>(&self, rules: &'r [Rule], of_rule: &[Found]) -> Option<Match<'r>> {
        let rule = of_rule.first()?.usage.rule;
        let (patterns, needs) = (&rules.get(rule)?.patterns, self.needs.get(rule)?);
        let (mut any, mut all, mut sure) = (false, 0, 0.0);
        let mut words = Vec::with_capacity(of_rule.len());
        // A phrase that a rule names twice is one word; the surer of the two counts.
        for same in of_rule.chunk_by(|a, b| a.phrase == b.phrase) {
            let named = || {
                same.iter()
                    .filter_map(|found| patterns.get(found.usage.pattern))
            };
            let has = |role| named().any(|pattern| pattern.role == role);
            if has(Role::None) {
                return None;
            }
            any |= has(Role::Any);
            all += usize::from(has(Role::All));
            let surest = named().max_by(|a, b| a.sure.total_cmp(&b.sure))?;
            // The same as 1 − (1 − sure)(1 − surest), and exact for the first word.
            sure += surest.sure * (1.0 - sure);
            words.push((surest, same.first()?.at.clone()));
        }
        words.sort_unstable_by_key(|(_, at)| (at.start, at.end));
        let met = (any || !needs.any) && all == needs.all;
        met.then_some(Match { rule, sure, words })
    }
}

impl Needs {
    fn of(rule: &Rule) -> Self {
        let of_role = |role| {
            rule.patterns
                .iter()
                .filter(move |pattern| pattern.role == role)
        };
        let all: BTreeSet<_> = of_role(Role::All).map(|pattern| &pattern.phrase).collect();
        Self {
            any: of_role(Role::Any).next().is_some(),
            all: all.len(),
        }
    }
}
