//! How sure each clue makes us of each label.
//!
//! The engine takes the label whose `1 − Π(1 − sureᵢ)` is highest, which is the one with the highest sum of
//! `wᵢ = −ln(1 − sureᵢ)`: a linear model whose weights cannot be negative. So it is fitted as one: a softmax over `sharpness`
//! times the sums, by steps down its gradient, each weight kept between 0 and what the clue's own precision is worth. That
//! bound keeps every `sure` an honest figure, never more than the share of its texts that it was right about; the fit takes
//! away what clues that stand together would count twice.
//!
//! Precisions alone, without the fit, decide nearly as well and are far too sure of it: of decisions with 0.95 and more only 7
//! in 10 were right. A noisy-or fitted label by label (expectation maximisation) is right about its sureness and
//! decides worse where labels are close to each other.

use super::sample::Sample;

/// The sums of a text are so much more decided in the fit than in the engine: the lower, the surer and the less honest.
const SHARPNESS: f64 = 4.0;
/// Past these there is nothing to gain on texts that were not seen.
const STEPS: usize = 20;
/// The share of the bound that each weight starts from.
const START: f64 = 0.3;
/// A clue whose odds of a label are not this many times those of any text says too little to be a word of a rule.
const LEAST_ODDS: f64 = 1.3;
/// No word is surer, however often it was right.
const SUREST: f64 = 0.97;

/// What one clue says for one label.
#[derive(Clone, Debug)]
pub(super) struct Weight {
    pub(super) label: usize,
    /// How many of the clue's texts have the label.
    pub(super) right: usize,
    /// How many texts have the clue.
    pub(super) of: usize,
    value: f64,
    most: f64,
    gradient: f64,
}

impl Weight {
    pub(super) fn sure(&self) -> f64 {
        -(-self.value).exp_m1()
    }

    /// In how many texts it makes a difference.
    fn used(&self) -> f64 {
        self.sure() * count(self.of)
    }
}

/// The weights of each clue of a sample.
pub(super) struct Weights(pub(super) Vec<Vec<Weight>>);

impl Weights {
    /// Fits all clues, keeps the most used, about `words` a label, and fits these. `step` is called for each step with how much is done,
    /// 0 to 1.
    pub(super) fn fit(sample: &Sample, words: usize, mut step: impl FnMut(f64)) -> Self {
        let mut weights = Self::start(sample);
        for done in 0..2 * STEPS {
            if done == STEPS {
                weights.keep_most_used(sample.labels.len(), words);
            }
            weights.step(sample);
            step(count(done + 1) / count(2 * STEPS));
        }
        weights
    }

    fn start(sample: &Sample) -> Self {
        let mut of_label = vec![0usize; sample.labels.len()];
        let mut seen: Vec<std::collections::BTreeMap<usize, usize>> =
            vec![Default::default(); sample.clues.len()];
        for text in &sample.texts {
            of_label
                .iter_mut()
                .skip(text.label)
                .take(1)
                .for_each(|all| *all += 1);
            for clue in &text.clues {
                if let Some(labels) = seen.get_mut(*clue) {
                    *labels.entry(text.label).or_default() += 1;
                }
            }
        }
        let all = count(sample.texts.len());
        let weights = seen.into_iter().map(|labels| {
            let of: usize = labels.values().sum();
            labels
                .into_iter()
                .filter_map(|(label, right)| {
                    let usual = count(*of_label.get(label)?) / all;
                    Weight::new(label, right, of, usual)
                })
                .collect()
        });
        Self(weights.collect())
    }

    /// One step down the gradient, each weight's by how many texts have its clue.
    fn step(&mut self, sample: &Sample) {
        let mut chances = Vec::new();
        for text in &sample.texts {
            chances.clear();
            chances.resize(sample.labels.len(), 0.0);
            self.sums(&text.clues, &mut chances);
            softmax(&mut chances);
            for clue in &text.clues {
                for weight in self.0.get_mut(*clue).into_iter().flatten() {
                    let chance = chances.get(weight.label).copied().unwrap_or_default();
                    let wanted = if weight.label == text.label { 1.0 } else { 0.0 };
                    weight.gradient += chance - wanted;
                }
            }
        }
        for weight in self.0.iter_mut().flatten() {
            let to = weight.value - weight.gradient / (count(weight.of) + 2.0);
            weight.value = to.clamp(0.0, weight.most);
            weight.gradient = 0.0;
        }
    }

    /// Adds to each label what the clues of a text say for it.
    pub(super) fn sums(&self, clues: &[usize], sums: &mut [f64]) {
        for weight in clues.iter().filter_map(|clue| self.0.get(*clue)).flatten() {
            if let Some(sum) = sums.get_mut(weight.label) {
                *sum += weight.value;
            }
        }
    }

    /// Each label keeps its most used half; the other half of all words goes to where most is to be told apart, which is not
    /// the same everywhere: a label of half the texts needs more words than one of a hundredth.
    fn keep_most_used(&mut self, labels: usize, words: usize) {
        let mut by_use: Vec<(usize, usize, f64)> = self
            .0
            .iter()
            .enumerate()
            .flat_map(|(clue, weights)| weights.iter().map(move |w| (clue, w.label, w.used())))
            .filter(|(_, _, used)| *used > 0.0)
            .collect();
        by_use.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let mut own = vec![words.div_ceil(2); labels];
        let (first, rest): (Vec<_>, Vec<_>) =
            by_use
                .into_iter()
                .partition(|(_, label, _)| match own.get_mut(*label) {
                    Some(left) if *left > 0 => {
                        *left -= 1;
                        true
                    }
                    _ => false,
                });
        let left = (words * labels).saturating_sub(first.len());
        let kept: std::collections::HashSet<(usize, usize)> = first
            .into_iter()
            .chain(rest.into_iter().take(left))
            .map(|(clue, label, _)| (clue, label))
            .collect();
        for (clue, weights) in self.0.iter_mut().enumerate() {
            weights.retain(|weight| kept.contains(&(clue, weight.label)));
        }
    }
}

impl Weight {
    /// `None` if the clue says too little; `usual` is the label's share of all texts.
    fn new(label: usize, right: usize, of: usize, usual: f64) -> Option<Self> {
        // As if one more text had been seen with the clue, and it were like any text: twice right is not always right.
        let precision = (count(right) + usual) / (count(of) + 1.0);
        let odds = (count(right) + 0.5 * usual) / (count(of - right) + 0.5 * (1.0 - usual));
        // With one label alone there is nothing to tell apart, and every word tells it.
        let tells = usual >= 1.0 || odds / (usual / (1.0 - usual)) >= LEAST_ODDS;
        let most = -(-precision.min(SUREST)).ln_1p();
        tells.then_some(Self {
            label,
            right,
            of,
            value: START * most,
            most,
            gradient: 0.0,
        })
    }
}

fn softmax(sums: &mut [f64]) {
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    sums.iter_mut()
        .for_each(|sum| *sum = (SHARPNESS * (*sum - most)).exp());
    let all: f64 = sums.iter().sum();
    sums.iter_mut().for_each(|chance| *chance /= all);
}

/// Counts of texts are far below what a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(super) fn count(count: usize) -> f64 {
    count as f64
}
