//! Labelled texts as the arithmetic sees them: each text a list of numbered clues and a numbered label.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::clues::{beginnings, clues};
use super::fit::count;
use crate::complaint::TrackingNumber;
use crate::text::normalise::Normalised;

/// A text, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// As it was typed.
    pub text: String,
    /// By its own name: whatever the file calls an organisation.
    pub label: String,
    /// Of the complaint that it is: such a text is a citizen's, and is told of by this number and never quoted. `None`: it is the
    /// reader's own.
    pub number: Option<TrackingNumber>,
}

impl Example {
    /// A text of the reader's own.
    pub fn new(text: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            label: label.into(),
            number: None,
        }
    }
}

/// The clues that several texts share, and which text has which.
pub(super) struct Sample {
    /// All labels, in the order of the alphabet.
    pub(super) labels: Vec<String>,
    /// The clues as rules write them, in the order of the alphabet.
    pub(super) clues: Vec<String>,
    pub(super) texts: Vec<Labelled>,
}

/// One text.
pub(super) struct Labelled {
    /// Which of the examples it is.
    pub(super) example: usize,
    pub(super) label: usize,
    pub(super) clues: Vec<usize>,
}

/// The examples without those that say nothing new: the same words under the same label are one witness, however often they
/// were sent.
pub(super) fn distinct(examples: &[Example]) -> Vec<(usize, Normalised)> {
    let mut seen = HashSet::new();
    let read = examples.iter().enumerate().map(|(at, example)| {
        let text = Normalised::new(&example.text);
        let is_new = !text.is_blank() && seen.insert((text.folded().to_owned(), &example.label));
        is_new.then_some((at, text))
    });
    read.flatten().collect()
}

impl Sample {
    /// Keeps the clues that at least so many texts have. Of those that stand in exactly the same texts one is kept: together
    /// they would count one witness several times.
    pub(super) fn new(examples: &[Example], texts: &[&(usize, Normalised)], least: usize) -> Self {
        let label_of = |at: usize| {
            examples
                .get(at)
                .map_or("", |example| example.label.as_str())
        };
        let labels: Vec<String> = {
            let sorted: std::collections::BTreeSet<_> =
                texts.iter().map(|(at, _)| label_of(*at)).collect();
            sorted.into_iter().map(str::to_owned).collect()
        };
        let kept = kept(texts, least);
        let texts = texts
            .iter()
            .map(|(at, text)| Labelled {
                example: *at,
                label: labels
                    .binary_search_by(|label| label.as_str().cmp(label_of(*at)))
                    .unwrap_or_default(),
                clues: clues(text)
                    .keys()
                    .filter_map(|clue| kept.get(clue).copied())
                    .collect(),
            })
            .collect();
        Self {
            labels,
            clues: kept.into_keys().collect(),
            texts,
        }
    }
}

/// The clues to keep, numbered.
fn kept(texts: &[&(usize, Normalised)], least: usize) -> BTreeMap<String, usize> {
    let mut seen: HashMap<String, (usize, u64)> = HashMap::new();
    for (at, text) in texts {
        let print = fingerprint(*at);
        for clue in clues(text).into_keys() {
            let (count, sum) = seen.entry(clue).or_default();
            *count += 1;
            *sum = sum.wrapping_add(print);
        }
    }
    seen.retain(|_, (count, _)| *count >= least);
    for clue in restatements(&seen) {
        seen.remove(&clue);
    }
    let mut plainest: HashMap<(usize, u64), String> = HashMap::new();
    for (clue, same_texts) in seen {
        match plainest.get(&same_texts) {
            Some(other) if plainness(other) <= plainness(&clue) => {}
            _ => {
                plainest.insert(same_texts, clue);
            }
        }
    }
    let sorted: std::collections::BTreeSet<String> = plainest.into_values().collect();
    sorted.into_iter().zip(0..).collect()
}

/// A longer form is kept beside a shorter one where the shorter has this many times its texts, and so says something else.
const SAYS_ELSE: f64 = 1.25;

/// Words and beginnings that stand in nearly the same texts as another form of the word: of `discrimination`, `discrim*`, `discri*`
/// and `dis*` a rule needs two.
fn restatements(seen: &HashMap<String, (usize, u64)>) -> HashSet<String> {
    let texts = |clue: &str| seen.get(clue).map(|(texts, _)| count(*texts));
    let mut restated = HashSet::new();
    for word in seen.keys().filter(|clue| !clue.contains([' ', '*'])) {
        let mut shorter: Vec<String> = beginnings(word).map(|start| format!("{start}*")).collect();
        shorter.reverse();
        let mut kept = word.clone();
        for form in shorter {
            let (Some(of_form), Some(of_kept)) = (texts(&form), texts(&kept)) else {
                continue;
            };
            if of_form >= SAYS_ELSE * of_kept {
                kept = form;
            } else if kept == *word {
                // The beginning also finds endings that were not seen yet.
                restated.insert(std::mem::replace(&mut kept, form));
            } else {
                restated.insert(form);
            }
        }
    }
    restated
}

/// The sum of these over a clue's texts tells which texts they are.
fn fingerprint(text: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Of clues that stand in the same texts, the first is kept: one word rather than two, a beginning rather than the word, as it
/// also finds what was not seen yet, and the longest of these.
fn plainness(clue: &str) -> (bool, bool, std::cmp::Reverse<usize>, &str) {
    (
        clue.contains(' '),
        !clue.ends_with('*'),
        std::cmp::Reverse(clue.len()),
        clue,
    )
}
