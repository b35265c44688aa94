//! Shades for figures: five steps at most, each with figures in it.

use crate::reports::Measure;

/// So many shades are told apart.
const MOST: usize = 5;
/// A largest figure of so many times the middle one would leave all others in the first of equal steps.
const LOPSIDED: f64 = 4.0;

/// How figures are parted into steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Each figure is a step of its own: there are few.
    EachItsOwn,
    /// All steps are as wide.
    Equal,
    /// In each step there are about as many figures.
    AsMany,
}

/// What a chart's shades stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// What is measured.
    pub measure: Measure,
    /// How it is parted.
    pub way: Way,
}

/// The steps, from the lowest on: each with the least and the largest figure in it.
pub(super) struct Steps {
    pub(super) way: Way,
    ranges: Vec<(f64, f64)>,
}

impl Steps {
    /// Steps for these figures; nought is in none.
    pub(super) fn new(figures: impl Iterator<Item = f64>) -> Self {
        let mut figures: Vec<f64> = figures.filter(|figure| *figure > 0.0).collect();
        figures.sort_by(f64::total_cmp);
        let mut different = figures.clone();
        different.dedup();
        let (way, parted) = if different.len() <= MOST {
            let parted = different.iter().map(|figure| vec![*figure]).collect();
            (Way::EachItsOwn, parted)
        } else if is_lopsided(&figures) {
            (Way::AsMany, as_many(&figures))
        } else {
            (Way::Equal, equal(&figures))
        };
        let ranges = parted.iter().filter_map(|step: &Vec<f64>| {
            let (least, most) = (step.first()?, step.last()?);
            Some((*least, *most))
        });
        Self {
            way,
            ranges: ranges.collect(),
        }
    }

    /// Which shade a figure has, from 1 for the lowest to 5; nought has 0.
    pub(super) fn shade(&self, figure: f64) -> usize {
        let step = self.ranges.iter().position(|(_, most)| figure <= *most);
        match step {
            _ if figure <= 0.0 => 0,
            Some(step) => self.shade_of(step),
            None => MOST,
        }
    }

    /// Each step's shade, least and largest figure.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, (f64, f64))> {
        let ranges = self.ranges.iter().enumerate();
        ranges.map(|(step, range)| (self.shade_of(step), *range))
    }

    /// Few steps lie as far apart as five: the last is always the strongest.
    fn shade_of(&self, step: usize) -> usize {
        match self.ranges.len() {
            0 | 1 => 3,
            steps => 1 + step * (MOST - 1) / (steps - 1),
        }
    }
}

fn is_lopsided(sorted: &[f64]) -> bool {
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let largest = sorted.last().copied().unwrap_or_default();
    largest > middle * LOPSIDED
}

fn equal(sorted: &[f64]) -> Vec<Vec<f64>> {
    let first = sorted.first().copied().unwrap_or_default();
    let last = sorted.last().copied().unwrap_or_default();
    let wide = (last - first) / super::scale::at(MOST);
    let mut steps = vec![Vec::new(); MOST];
    for figure in sorted {
        let at = (1..MOST)
            .take_while(|at| *figure >= super::scale::at(*at).mul_add(wide, first))
            .count();
        if let Some(step) = steps.get_mut(at) {
            step.push(*figure);
        }
    }
    steps
}

/// Equal figures stay together.
fn as_many(sorted: &[f64]) -> Vec<Vec<f64>> {
    let mut steps: Vec<Vec<f64>> = vec![Vec::new()];
    for (at, figure) in sorted.iter().enumerate() {
        let full = at * MOST / sorted.len().max(1) >= steps.len();
        let is_another = at.checked_sub(1).and_then(|before| sorted.get(before)) != Some(figure);
        match steps.last_mut() {
            Some(step) if !(full && is_another) => step.push(*figure),
            _ => steps.push(vec![*figure]),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shades(figures: &[f64]) -> (Way, Vec<usize>) {
        let steps = Steps::new(figures.iter().copied());
        let shades = figures.iter().map(|figure| steps.shade(*figure));
        (steps.way, shades.collect())
    }

    #[test]
    fn figures_are_parted_into_five_steps_at_most() {
        assert_eq!(shades(&[]), (Way::EachItsOwn, vec![]));
        assert_eq!(shades(&[0.0, 7.0]), (Way::EachItsOwn, vec![0, 3]));
        assert_eq!(
            shades(&[3.0, 3.0, 9.0, 5.0]),
            (Way::EachItsOwn, vec![1, 1, 5, 3])
        );
        let (way, even) = shades(&[10.0, 12.0, 14.0, 20.0, 26.0, 30.0]);
        assert_eq!((way, even), (Way::Equal, vec![1, 1, 2, 3, 5, 5]));
        let (way, odd) = shades(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 400.0]);
        assert_eq!(way, Way::AsMany);
        assert_eq!(odd, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }

    #[test]
    fn equal_figures_have_one_shade() {
        let figures = [1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 90.0];
        let (_, shades) = shades(&figures);
        assert_eq!(shades.get(..4), Some(&[1, 1, 1, 1][..]));
        assert!(shades.is_sorted());
    }
}
