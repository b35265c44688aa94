//! Whom the convener may think of where no rule is sure enough: the likeliest organisations, each with the words that it rests on.
//!
//! Complement naive Bayes (Rennie, Shih, Teevan and Karger, 2003) over words, pairs of words and beginnings of words. It counts,
//! so it is trained by reading each text once and grows by one text at a time; it holds on few texts and with organisations that have many
//! more texts than others. A logistic regression is no better at naming three on short texts, and would be a dependency that has to
//! be trained anew.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde_json::{Value, json};

use super::decision::rounded;
use super::learn::clues;
use super::rules::{Role, Rules, Target};
use super::{Decision, Reason};
use crate::complaint::{County, OrganisationId};
use crate::text::normalise::Normalised;

/// How many organisations are named, and how many words for each.
const MOST: usize = 3;
/// What every clue is counted beside its texts, for what was not seen yet.
const SMOOTHING: f64 = 1.0;

/// An organisation that a text may be for.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub organisation: OrganisationId,
    /// How likely, 0 to 1, beside all others.
    pub sure: f64,
    /// What speaks for it, at most three that do not overlap, in the order of the text; none where nothing of the text is known.
    pub words: Vec<Reason>,
}

impl Suggestion {
    /// `organisation`, `sure`, `words` as the reasons of a decision are written.
    pub fn to_value(&self) -> Value {
        json!({
            "organisation": self.organisation.as_str(),
            "sure": rounded(self.sure),
            "words": self.words.iter().map(Reason::to_value).collect::<Vec<_>>(),
        })
    }
}

/// What was seen of the texts of each organisation.
#[derive(Clone, Debug, Default)]
pub struct Suggester {
    organisations: Vec<Seen>,
    /// How many texts of each organisation have a clue.
    clues: HashMap<String, BTreeMap<usize, f64>>,
    /// All clues of all texts.
    all: f64,
}

#[derive(Clone, Debug)]
struct Seen {
    id: OrganisationId,
    texts: usize,
    /// All clues of its texts.
    clues: f64,
}

/// A clue of a text, and what it says for each organisation.
struct Said {
    pattern: String,
    at: Range<usize>,
    of_each: Vec<f64>,
}

impl Suggester {
    /// Knows nothing but the words of the rules: what it says of a first day's texts. Each word counts as one text.
    pub fn from_rules(rules: &Rules, county: &County) -> Self {
        let mut suggester = Self::default();
        for rule in &rules.rules {
            let of_county = match &rule.to {
                Target::Convener => true,
                Target::Organisation { counties, .. } => counties.contains(&county.id),
            };
            let words = rule.patterns.iter().filter(|word| word.role != Role::None);
            for word in words.filter(|_| of_county) {
                let text = Normalised::new(&word.written);
                suggester.add(&text, rule.organisation(county));
            }
        }
        suggester
    }

    /// Takes in texts with the organisations that they were for.
    pub fn train<'a>(
        mut self,
        examples: impl IntoIterator<Item = (&'a Normalised, &'a OrganisationId)>,
    ) -> Self {
        for (text, organisation) in examples {
            self.add(text, organisation);
        }
        self
    }

    /// Takes in one more.
    pub fn add(&mut self, text: &Normalised, organisation: &OrganisationId) {
        let known = self
            .organisations
            .iter()
            .position(|seen| seen.id == *organisation);
        let index = known.unwrap_or_else(|| {
            self.organisations.push(Seen {
                id: organisation.clone(),
                texts: 0,
                clues: 0.0,
            });
            self.organisations.len() - 1
        });
        let Some(seen) = self.organisations.get_mut(index) else {
            return;
        };
        seen.texts += 1;
        for clue in clues(text).into_keys() {
            seen.clues += 1.0;
            self.all += 1.0;
            *self
                .clues
                .entry(clue)
                .or_default()
                .entry(index)
                .or_default() += 1.0;
        }
    }

    /// The likeliest organisations for a text that was decided so, at most three, the likeliest first; never one that the decision is
    /// against.
    pub fn suggest(&self, text: &Normalised, decision: &Decision) -> Vec<Suggestion> {
        let said: Vec<Said> = clues(text)
            .into_iter()
            .filter_map(|(pattern, at)| self.said(pattern, at))
            .collect();
        let mut sums = vec![0.0; self.organisations.len()];
        for one in &said {
            sums.iter_mut()
                .zip(&one.of_each)
                .for_each(|(sum, weight)| *sum += weight);
        }
        let chances = chances(&sums);
        let mut likeliest: Vec<(usize, &Seen, f64)> = self
            .organisations
            .iter()
            .enumerate()
            .zip(chances)
            .map(|((index, seen), chance)| (index, seen, chance))
            .filter(|(_, seen, _)| !decision.against.contains(&seen.id))
            .collect();
        // Where nothing tells them apart, the one with the most texts is the likeliest.
        likeliest.sort_by(|a, b| {
            b.2.total_cmp(&a.2)
                .then(b.1.texts.cmp(&a.1.texts))
                .then(a.1.id.cmp(&b.1.id))
        });
        let named = likeliest.into_iter().take(MOST);
        named
            .map(|(index, seen, sure)| Suggestion {
                organisation: seen.id.clone(),
                sure,
                words: strongest(index, &said),
            })
            .collect()
    }

    /// What a clue says for each organisation: the rarer it is in the texts of all others, the more.
    fn said(&self, pattern: String, at: Range<usize>) -> Option<Said> {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let kinds = self.clues.len() as f64;
        let counts = self.clues.get(&pattern)?;
        let everywhere: f64 = counts.values().sum();
        let of_each = self.organisations.iter().enumerate().map(|(index, seen)| {
            let own = counts.get(&index).copied().unwrap_or_default();
            let elsewhere =
                (everywhere - own + SMOOTHING) / (self.all - seen.clues + SMOOTHING * kinds);
            -elsewhere.ln()
        });
        let of_each = of_each.collect();
        Some(Said {
            pattern,
            at,
            of_each,
        })
    }
}

/// From sums to chances. Clues overlap, so that the sums say each thing several times, and the more organisations there are, the
/// less the texts of all others differ: a fifth of ln(organisations) fitted best on short texts with 2 to 77 labels in three languages.
fn chances(sums: &[f64]) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let scale = (sums.len() as f64).ln() / 5.0;
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let odds: Vec<f64> = sums
        .iter()
        .map(|sum| (scale * (sum - most)).exp())
        .collect();
    let all: f64 = odds.iter().sum();
    odds.into_iter().map(|one| one / all).collect()
}

/// The clues that speak most for that organisation, beside what they say for any.
fn strongest(organisation: usize, said: &[Said]) -> Vec<Reason> {
    let mut speaking: Vec<(f64, &Said)> = said
        .iter()
        .filter_map(|one| {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let usual = one.of_each.iter().sum::<f64>() / one.of_each.len() as f64;
            Some((one.of_each.get(organisation)? - usual, one))
        })
        .filter(|(more, _)| *more > 0.0)
        .collect();
    // Of clues that say the same, the one that shows most of the text.
    speaking.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.1.pattern.len().cmp(&a.1.pattern.len()))
            .then(a.1.pattern.cmp(&b.1.pattern))
    });
    let mut words: Vec<Reason> = Vec::new();
    for (_, one) in speaking {
        let overlaps = |word: &Reason| word.at.start < one.at.end && one.at.start < word.at.end;
        if words.len() < MOST && !words.iter().any(overlaps) {
            words.push(Reason {
                pattern: one.pattern.as_str().into(),
                at: one.at.clone(),
                slip: false,
            });
        }
    }
    words.sort_by_key(|word| word.at.start);
    words
}

#[cfg(test)]
mod tests;
