//! From labelled texts to the words that tell where a text belongs, each with how sure it makes us: proposed rules, for a
//! person to review. Nothing here applies them.
//!
//! `clues` says what of a text may be a word of a rule, `sample` counts them, `fit` says how sure each makes us, `held_out` tries
//! that on texts it was not learnt from, `labels` finds whom a label means, and `proposal` writes it all as a `routing.toml`.

mod clues;
mod fit;
mod held_out;
pub(super) mod labels;
mod proposal;
mod sample;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use fit::Weights;
use held_out::parts_to_try;
use sample::Sample;

pub(super) use clues::clues;
pub use held_out::{HeldOut, Outcome};
pub use proposal::Proposal;
pub use sample::Example;

/// The most that a proposal may hold, and the least it may rest on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Words in a rule, on average: those with more to tell apart get more of them.
    pub words: usize,
    /// Different texts that a word must stand in.
    pub texts: usize,
}

/// What was learnt.
#[derive(Clone, Debug)]
pub struct Learnt {
    /// The labels, in the order of the alphabet.
    pub labels: Vec<LearntLabel>,
    /// Different texts that it rests on.
    pub texts: usize,
    /// What such words do to texts that they were not learnt from.
    pub held_out: HeldOut,
}

/// The words of one label.
#[derive(Clone, Debug)]
pub struct LearntLabel {
    /// By its own name.
    pub label: String,
    /// Different texts with this label.
    pub texts: usize,
    /// Its words, the most used first; there may be none.
    pub words: Vec<LearntWord>,
}

/// A word, as a rule writes it.
#[derive(Clone, Debug)]
pub struct LearntWord {
    /// `kisima`, `water point` or `barabar*`.
    pub word: String,
    /// How sure it makes us, 0 to 1, in hundredths.
    pub sure: f64,
    /// How many texts of this label have it.
    pub right: usize,
    /// How many texts have it.
    pub of: usize,
    /// The first text of this label that has it: which of the examples.
    pub example: usize,
}

/// The work grows with the labels times the texts, and nobody reads so many rules.
const MOST_LABELS: usize = 1000;

/// Why nothing can be learnt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NothingToLearn {
    /// No row has a text and a label.
    #[error("there is no text with a label to learn from")]
    NoTexts,
    /// There is nothing to tell apart.
    #[error(
        "all texts have the label `{0}`: words are learnt from what tells one label from another"
    )]
    OneLabel(String),
    /// A column of numbers, or the texts themselves.
    #[error(
        "there are {0} different labels, and {most} are the most: is it the column with whom each text is for?",
        most = MOST_LABELS
    )]
    TooManyLabels(usize),
    /// No word is common to enough texts.
    #[error("no word stands in {0} texts and tells a label: more texts are needed")]
    NoWords(usize),
}

/// Learns from examples. The same examples in whatever order of labels give the same words. `progress` is called with how much is done, 0 to 1.
///
/// # Errors
/// If there is nothing to learn.
pub fn learn(
    examples: &[Example],
    limits: Limits,
    mut progress: impl FnMut(f64),
) -> Result<Learnt, NothingToLearn> {
    let texts = sample::distinct(examples);
    let sample = Sample::new(examples, &texts.iter().collect::<Vec<_>>(), limits.texts);
    match sample.labels.as_slice() {
        [] => return Err(NothingToLearn::NoTexts),
        [one] => return Err(NothingToLearn::OneLabel(one.clone())),
        many if many.len() > MOST_LABELS => return Err(NothingToLearn::TooManyLabels(many.len())),
        _ => {}
    }
    let mut progress = Progress {
        stages: f64::from(parts_to_try(texts.len())) + 1.0,
        before: 0.0,
        tell: &mut progress,
    };
    let weights = Weights::fit(&sample, limits.words, |done| progress.step(done));
    let labels = labels_of(&sample, &weights);
    if labels.iter().all(|label| label.words.is_empty()) {
        return Err(NothingToLearn::NoWords(limits.texts));
    }
    Ok(Learnt {
        labels,
        texts: texts.len(),
        held_out: HeldOut::try_out(examples, &texts, limits, &mut progress),
    })
}

/// Tells how much of all stages is done.
struct Progress<'p> {
    stages: f64,
    before: f64,
    tell: &'p mut dyn FnMut(f64),
}

impl Progress<'_> {
    fn step(&mut self, done: f64) {
        (self.tell)((self.before + done) / self.stages);
        if done >= 1.0 {
            self.before += 1.0;
        }
    }
}

/// Sureness below this is nothing that a rule should hold.
const LEAST_SURE: f64 = 0.1;

fn labels_of(sample: &Sample, weights: &Weights) -> Vec<LearntLabel> {
    let mut labels: Vec<LearntLabel> = sample
        .labels
        .iter()
        .map(|label| LearntLabel {
            label: label.clone(),
            texts: 0,
            words: Vec::new(),
        })
        .collect();
    let firsts = first_examples(sample, weights);
    for text in &sample.texts {
        if let Some(label) = labels.get_mut(text.label) {
            label.texts += 1;
        }
    }
    for ((clue, word), weights) in sample.clues.iter().enumerate().zip(&weights.0) {
        for weight in weights {
            let sure = (weight.sure() * 100.0).round() / 100.0;
            let example = firsts.get(&(clue, weight.label));
            if let (Some(label), Some(example)) = (labels.get_mut(weight.label), example)
                && sure >= LEAST_SURE
            {
                label.words.push(LearntWord {
                    word: word.clone(),
                    sure,
                    right: weight.right,
                    of: weight.of,
                    example: *example,
                });
            }
        }
    }
    for label in &mut labels {
        label.words.sort_by(|a, b| {
            (b.right, b.sure)
                .partial_cmp(&(a.right, a.sure))
                .unwrap_or(std::cmp::Ordering::Equal)
                .then_with(|| a.word.cmp(&b.word))
        });
    }
    labels
}

/// The first text of each label that has each clue which speaks for it.
fn first_examples(sample: &Sample, weights: &Weights) -> HashMap<(usize, usize), usize> {
    let mut firsts = HashMap::new();
    for text in &sample.texts {
        for clue in &text.clues {
            let speaks = weights.0.get(*clue).into_iter().flatten();
            if speaks.clone().any(|weight| weight.label == text.label) {
                firsts.entry((*clue, text.label)).or_insert(text.example);
            }
        }
    }
    firsts
}
