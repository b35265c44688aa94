//! A month: all its complaints, and what is hidden of them.

use std::collections::{HashMap, HashSet};

use super::super::{
    Code, Codes, Count, Days, Dimension, Fact, Ground, Measure, Period, Question, Statistic,
};
use super::axis::{self, Axis};
use super::few::Part;
use super::hiding::hide;
use super::protection::Protection;
use super::tables::{FEWEST, Tables};

/// Gathers a month's complaints, or their hops, each as some twenty numbers; to work out what is hidden of them takes about half a second then,
/// whether they are 300 or 10,000.
pub struct Month<'a> {
    period: Period,
    count: Count<'a>,
    axes: Vec<Axis>,
    /// The number of each category, as they come.
    categories: Vec<HashMap<Option<Code>, usize>>,
    /// Each one's category of each axis.
    complaints: Vec<Vec<usize>>,
    /// Of hops: who had which of them.
    had: HashSet<(Code, i64)>,
}

impl<'a> Month<'a> {
    /// A month's complaints; none is gathered yet.
    pub fn of_complaints(month: Period, ground: Ground<'a>, codes: &mut Codes) -> Self {
        Self::new(Question::of_all(month), Axis::all(), ground, codes)
    }

    /// The hops of a month's complaints; none is gathered yet.
    pub fn of_hops(month: Period, ground: Ground<'a>, codes: &mut Codes) -> Self {
        let by = vec![Axis::Of(Dimension::Organisation)];
        Self::new(Question::of_all(month), by, ground, codes)
    }

    /// Nothing is gathered yet. `all`: the question of all complaints, in that month.
    pub(super) fn new(
        all: Question,
        axes: Vec<Axis>,
        ground: Ground<'a>,
        codes: &mut Codes,
    ) -> Self {
        Self {
            period: all.period,
            count: Count::new(all, ground, true, codes),
            categories: vec![HashMap::new(); axes.len()],
            axes,
            complaints: Vec::new(),
            had: HashSet::new(),
        }
    }

    /// Takes one in, if it was lodged in the month.
    pub fn add(&mut self, fact: &Fact, codes: &mut Codes) {
        if !self.count.takes(fact, codes) {
            return;
        }
        // Who had one complaint five times is no fewer than one.
        if fact.held.is_some() && !self.had.insert((fact.holder, fact.id)) {
            return;
        }
        let mut complaint = Vec::with_capacity(self.axes.len());
        for (axis, categories) in self.axes.iter().zip(&mut self.categories) {
            let of = match axis {
                Axis::Of(dimension) => self.count.keys.key(*dimension, fact, codes),
                Axis::Whether(measure) => {
                    axis::word(&self.count.measured(*measure, fact)).map(|word| codes.code(word))
                }
                Axis::Got(stage) => {
                    let took = Measure::Time(Statistic::Median, Days::Calendar, *stage);
                    let got = self.count.measured(took, fact);
                    let in_time = self.count.measured(Measure::InTime(*stage), fact);
                    axis::word_of_deadline(&got, &in_time).map(|word| codes.code(word))
                }
            };
            let next = categories.len();
            complaint.push(*categories.entry(of).or_insert(next));
        }
        self.complaints.push(complaint);
    }

    /// What is hidden of it.
    pub fn protect(self, codes: &Codes) -> Protection {
        let sizes: Vec<usize> = self.categories.iter().map(HashMap::len).collect();
        let mut tables = Tables::new(self.axes, &sizes, &self.complaints);
        let all = u32::try_from(self.complaints.len()).unwrap_or(u32::MAX);
        let is_hidden = (1..FEWEST).contains(&all);
        if !is_hidden {
            let together = together(&tables.axes, &self.categories, codes);
            hide(&mut tables, &self.complaints, &together);
        }
        let word =
            |(code, number): (Option<Code>, usize)| (code.map(|code| codes.word(code)), number);
        let categories = self.categories.into_iter();
        let categories = categories.map(|all| all.into_iter().map(word).collect());
        Protection::of_tables(
            self.period,
            is_hidden,
            self.count.answer(codes).left_out,
            categories.collect(),
            &tables,
        )
    }
}

/// The categories that are told together.
fn together(
    axes: &[Axis],
    categories: &[HashMap<Option<Code>, usize>],
    codes: &Codes,
) -> Vec<Part> {
    let mut together = Vec::new();
    for (number, (axis, categories)) in axes.iter().zip(categories).enumerate() {
        for words in axis.together() {
            let is_told = |code: &Option<Code>| {
                let word = code.map(|code| codes.word(code));
                word.is_some_and(|word| words.contains(&&*word))
            };
            let told = categories.iter().filter(|(code, _)| is_told(code));
            together.push(told.map(|(_, category)| (number, *category)).collect());
        }
    }
    together
}
