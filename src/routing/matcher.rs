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
    /// These words, in the order of the text.
    pub(super) words: Vec<WordFound<'r>>,
}

/// A word of a rule that is in the text.
#[derive(Clone, Debug)]
pub(super) struct WordFound<'r> {
    pub(super) pattern: &'r Pattern,
    /// Where it stands first, in bytes of the original text.
    pub(super) at: Range<usize>,
    /// Whether it stands there with a typing slip, and nowhere without.
    pub(super) slip: bool,
}

/// A phrase in the text, as a rule uses it.
struct Found {
    usage: Use,
    hit: Hit,
}

impl Matcher {
    /// Makes the automaton. `names` are the words of places: `Habassvein` is a place mistyped and no harassment.
    ///
    /// # Errors
    /// If there are more words than it can number.
    pub(super) fn new<'a>(
        rules: &'a [Rule],
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, TooMany> {
        let mut uses: BTreeMap<&'a Phrase, Vec<Use>> = BTreeMap::new();
        for (rule, patterns) in rules.iter().map(|rule| &rule.patterns).enumerate() {
            for (pattern, written) in patterns.iter().enumerate() {
                uses.entry(&written.phrase)
                    .or_default()
                    .push(Use { rule, pattern });
            }
        }
        Ok(Self {
            phrases: Phrases::beside(uses.keys().copied(), names)?,
            uses: uses.into_values().collect(),
            needs: rules.iter().map(Needs::of).collect(),
        })
    }

    /// The rules that the words of a text speak for, in the order of the file.
    pub(super) fn matches<'r>(&self, rules: &'r [Rule], text: &Normalised) -> Vec<Match<'r>> {
        let mut hits = self.phrases.hits(text);
        hits.sort_unstable_by_key(|hit| (hit.phrase, hit.slip, hit.at.start));
        hits.dedup_by_key(|hit| hit.phrase);
        let mut found: Vec<Found> = hits
            .into_iter()
            .flat_map(|hit| {
                let uses = self.uses.get(hit.phrase);
                uses.into_iter().flatten().map(move |usage| Found {
                    usage: *usage,
                    hit: hit.clone(),
                })
            })
            .collect();
        found.sort_unstable_by_key(|found| {
            (found.usage.rule, found.hit.phrase, found.usage.pattern)
        });
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
        for same in of_rule.chunk_by(|a, b| a.hit.phrase == b.hit.phrase) {
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
            let hit = &same.first()?.hit;
            words.push(WordFound {
                pattern: surest,
                at: hit.at.clone(),
                slip: hit.slip,
            });
        }
        words.sort_unstable_by_key(|word| (word.at.start, word.at.end));
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
