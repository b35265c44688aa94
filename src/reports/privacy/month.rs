//! A month: all its complaints, and what outsiders may see of them.

use std::collections::{HashMap, HashSet};

use super::super::{
    Code, Codes, Count, Days, Fact, Ground, Key, LeftOut, Measure, Period, Question, Statistic,
};
use super::axis::{self, Axis};
use super::few::Part;
use super::hiding::hide;
use super::tables::{FEWEST, Tables};

/// Gathers a month's complaints.
pub(super) struct Month<'a> {
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
    pub(super) fn add(&mut self, fact: &Fact, codes: &mut Codes) {
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

    /// What may be seen of it.
    pub(super) fn protect(self, codes: &Codes) -> Shown {
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
        Shown {
            period: self.period,
            is_hidden,
            left_out: self.count.answer(codes).left_out,
            categories: categories
                .map(|all| all.into_iter().map(word).collect())
                .collect(),
            tables,
        }
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

/// What outsiders may see of a month.
#[derive(Debug)]
pub struct Shown {
    pub(super) period: Period,
    /// There are so few that not even how many is shown.
    pub(super) is_hidden: bool,
    /// What is in no table.
    pub(super) left_out: LeftOut,
    categories: Vec<HashMap<Key, usize>>,
    pub(super) tables: Tables,
}

impl Shown {
    /// Whether the figure of these is shown: of none, of one or of two categories. What nobody is of is shown as that.
    pub(super) fn shows(&self, of: &[(Axis, Key)]) -> bool {
        let spots: Vec<_> = of.iter().map(|(axis, key)| self.spot(*axis, key)).collect();
        let is_shown = |spot: &Option<_>| spot.is_none_or(|spot| !self.tables.one(spot).is_hidden);
        let together = match spots.as_slice() {
            [Some(one), Some(other)] => self
                .tables
                .two(*one, *other)
                .is_some_and(|cell| !cell.is_hidden),
            [] | [_] | [_, _] => true,
            _ => false,
        };
        !self.is_hidden && spots.iter().all(is_shown) && together
    }

    fn spot(&self, axis: Axis, key: &Key) -> Option<(usize, usize)> {
        let number = self.tables.axes.iter().position(|one| *one == axis)?;
        Some((number, *self.categories.get(number)?.get(key)?))
    }

    /// Whether its complaints are told apart by anything.
    pub(super) fn is_told_apart(&self) -> bool {
        !self.tables.axes.is_empty()
    }

    /// The month.
    pub fn month(&self) -> Period {
        self.period
    }

    /// The categories that somebody is of.
    pub(super) fn of(&self, axis: Axis) -> impl Iterator<Item = &Key> {
        let number = self.tables.axes.iter().position(|one| *one == axis);
        let all = number.and_then(|number| self.categories.get(number));
        all.into_iter().flat_map(HashMap::keys)
    }
}
