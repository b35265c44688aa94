//! What the words learnt from some texts do to texts that they were not learnt from.

use sha2::{Digest, Sha256};

use super::clues::clues;
use super::fit::Weights;
use super::sample::{Example, Sample};
use super::{Limits, Progress};
use crate::routing::score::share;
use crate::text::normalise::Normalised;

/// Texts are dealt into so many parts by what they say, so that the same text is never on both sides.
const PARTS: u8 = 5;
/// So many texts are tried one part after the other; of more, one part is enough to know.
const ENOUGH: usize = 20_000;
/// What may be proposed as `sure_enough`.
const THRESHOLDS: [f64; 4] = [0.5, 0.4, 0.3, 0.2];

/// Texts that were held out, and what became of each.
#[derive(Clone, Debug, Default)]
pub struct HeldOut {
    /// How sure the surest label was, and whether it was the right one.
    tried: Vec<(f64, bool)>,
}

/// What a `sure_enough` would do to the texts held out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The `sure_enough`.
    pub sure_enough: f64,
    /// The share of the texts that a rule decides, 0 to 1.
    pub decided: f64,
    /// The share of these that it decides rightly, 0 to 1.
    pub right_of_decided: f64,
}

impl HeldOut {
    pub(super) fn try_out(
        examples: &[Example],
        texts: &[(usize, Normalised)],
        limits: Limits,
        progress: &mut Progress<'_>,
    ) -> Self {
        let parts = parts_to_try(texts.len());
        let mut tried = Vec::new();
        for part in 0..parts {
            let (held, learnt): (Vec<_>, Vec<_>) =
                texts.iter().partition(|(_, text)| part_of(text) == part);
            let sample = Sample::new(examples, &learnt, limits.texts);
            let weights = Weights::fit(&sample, limits.words, |done| progress.step(done));
            tried.extend(held.into_iter().map(|(at, text)| {
                let (sure, label) = surest(&sample, &weights, text);
                let right = examples.get(*at).map(|example| example.label.as_str());
                (sure, label.is_some() && label == right)
            }));
        }
        Self { tried }
    }

    /// How many texts were held out.
    pub fn count(&self) -> usize {
        self.tried.len()
    }

    /// What each threshold would do, the strictest first.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> + '_ {
        THRESHOLDS.into_iter().map(|at| self.outcome(at))
    }

    /// What would become of the texts with that `sure_enough`.
    pub fn outcome(&self, sure_enough: f64) -> Outcome {
        let decided = self.tried.iter().filter(|(sure, _)| *sure >= sure_enough);
        let right = decided.clone().filter(|(_, right)| *right).count();
        let decided = decided.count();
        Outcome {
            sure_enough,
            decided: share(decided, self.tried.len()),
            right_of_decided: share(right, decided),
        }
    }

    /// The strictest threshold by which hardly fewer texts find their way than by any other: within 2 in 100.
    pub fn best(&self) -> Outcome {
        let right = |outcome: &Outcome| outcome.decided * outcome.right_of_decided;
        let most = self
            .outcomes()
            .map(|outcome| right(&outcome))
            .fold(0.0, f64::max);
        let mut good = self
            .outcomes()
            .filter(|outcome| right(outcome) >= 0.98 * most);
        good.next().unwrap_or_else(|| self.outcome(0.5))
    }
}

/// How many times the texts are learnt from to try this out.
pub(super) fn parts_to_try(texts: usize) -> u8 {
    if texts <= ENOUGH { PARTS } else { 1 }
}

fn part_of(text: &Normalised) -> u8 {
    let digest = Sha256::digest(text.folded());
    digest.first().copied().unwrap_or_default() % PARTS
}

/// The label whose words make surest, as the engine reckons; none where the text has no word of any.
fn surest<'s>(sample: &'s Sample, weights: &Weights, text: &Normalised) -> (f64, Option<&'s str>) {
    let known: Vec<usize> = clues(text)
        .keys()
        .filter_map(|clue| sample.clues.binary_search(clue).ok())
        .collect();
    let mut sums = vec![0.0; sample.labels.len()];
    weights.sums(&known, &mut sums);
    let surest = sums
        .iter()
        .zip(&sample.labels)
        .rev()
        .max_by(|a, b| a.0.total_cmp(b.0));
    match surest {
        Some((sum, label)) if *sum > 0.0 => (-(-sum).exp_m1(), Some(label)),
        _ => (0.0, None),
    }
}
