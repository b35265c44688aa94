//! A question of outsiders: counted, and answered with what they may see.

use std::collections::HashSet;

use super::super::answer::order;
use super::super::period::key;
use super::super::{
    Answer, Codes, Count, Dimension, Fact, Figure, Ground, Key, LeftOut, Question, Value,
};
use super::asked::Allowed;
use super::axis::Axis;
use super::protection::Protection;
use super::tables::FEWEST;

/// Counts what outsiders ask, as [`Count`] does for others, and answers without what is hidden of the months that it is about.
pub struct Outside<'a> {
    asked: Vec<Count<'a>>,
    /// Of complaints, and of hops.
    months: [Vec<Protection>; 2],
}

impl<'a> Outside<'a> {
    /// Nothing is counted yet.
    pub fn new(allowed: &Allowed<'_>, ground: &Ground<'a>, codes: &mut Codes) -> Self {
        let asked = allowed.questions.iter();
        let asked = asked.map(|one| Count::new(one.clone(), ground.clone(), true, codes));
        Self {
            asked: asked.collect(),
            months: Default::default(),
        }
    }

    /// What is hidden of a month whose complaints, or hops, are counted. Without it none of them may be.
    pub fn hide(&mut self, of_hops: bool, month: Protection) {
        let [of_complaints, of_their_hops] = &mut self.months;
        let months = if of_hops {
            of_their_hops
        } else {
            of_complaints
        };
        months.push(month);
    }

    /// Counts a complaint, or a hop of one, where it is asked for.
    pub fn add(&mut self, fact: &Fact, codes: &mut Codes) {
        let is_hop = fact.held.is_some();
        let asked = self.asked.iter_mut();
        asked
            .filter(|asked| asked.question().measure.is_of_hops() == is_hop)
            .for_each(|asked| asked.add(fact, codes));
    }

    /// What outsiders may see of each. What is sensitive or no complaint is counted over the period, whatever was asked; 0 may be 1 to 4.
    pub fn answers(self, codes: &Codes) -> Vec<Answer> {
        let [of_complaints, of_hops] = &self.months;
        let answer = |asked: Count<'_>| {
            let counted = asked.answer(codes);
            let question = &counted.question;
            let months = if question.measure.is_of_hops() {
                of_hops
            } else {
                of_complaints
            };
            let own = months.iter();
            let own = own.filter(|month| month.is_within(&question.period));
            protected_answer(&counted, &own.collect::<Vec<_>>())
        };
        self.asked.into_iter().map(answer).collect()
    }
}

/// A counted answer, without what is hidden in the months that it is about.
pub(super) fn protected_answer(counted: &Answer, months: &[&Protection]) -> Answer {
    let question = &counted.question;
    Answering { question, months }.answer(counted)
}

/// A question, and the months that it is about.
struct Answering<'s> {
    question: &'s Question,
    months: &'s [&'s Protection],
}

const HIDDEN: Figure = Figure {
    rests_on: 0,
    value: Value::Hidden,
};

impl Answering<'_> {
    /// The counted answer, without what is hidden.
    fn answer(&self, counted: &Answer) -> Answer {
        let figure = |row: Option<&Key>, column: Option<&Key>| {
            if self.shows(row, column) {
                self.shown(counted.figure(row, column))
            } else {
                HIDDEN
            }
        };
        let [by_row, by_column] = [self.question.rows(), self.question.columns()];
        let rows = self.heads(by_row, &counted.rows, |row| figure(Some(row), None));
        let columns = self.heads(by_column, &counted.columns, |column| {
            figure(None, Some(column))
        });
        let cells = rows.iter().map(|row| {
            let columns = columns.iter();
            let cells = columns.map(|column| figure(Some(row), Some(column)));
            cells.collect()
        });
        Answer {
            cells: cells.collect(),
            row_totals: rows.iter().map(|row| figure(Some(row), None)).collect(),
            column_totals: columns
                .iter()
                .map(|column| figure(None, Some(column)))
                .collect(),
            total: figure(None, None),
            left_out: self.left_out(),
            rows,
            columns,
            question: self.question.clone(),
        }
    }

    /// The rows, or the columns: all categories that somebody is of, asked for or not, so that none that is missing says that nobody is;
    /// in an order that says nothing of what is hidden.
    fn heads(
        &self,
        dimension: Option<Dimension>,
        counted: &[Key],
        figure: impl Fn(&Key) -> Figure,
    ) -> Vec<Key> {
        let Some(dimension) = dimension else {
            return Vec::new();
        };
        if dimension.is_time() {
            return counted.to_vec();
        }
        let own: Vec<String> = dimension.order().into_iter().map(str::to_owned).collect();
        let mut heads: HashSet<Key> = own.iter().map(|word| Some(word.as_str().into())).collect();
        if dimension.may_be_missing() {
            heads.insert(None);
        }
        let months = self.months.iter().filter(|month| !month.is_hidden);
        heads.extend(months.flat_map(|month| month.categories(Axis::Of(dimension)).cloned()));
        let sized = heads.into_iter().map(|head| (figure(&head).rests_on, head));
        let mut sized: Vec<(u64, Key)> = sized.collect();
        sized.sort_by(|(size, one), (other_size, other)| {
            order(dimension, &own, (one, *size), (other, *other_size))
        });
        sized.into_iter().map(|(_, head)| head).collect()
    }

    /// Whether each month shows all that the figure is the sum of. Of hops only what one organisation had of one month: with its parts, a
    /// mean of several or a count to five below tells how many hops they have, and so how many complaints were passed on.
    fn shows(&self, row: Option<&Key>, column: Option<&Key>) -> bool {
        let of = self.sum_of(row, column);
        let months = self.months_at(row, column);
        let is_of_one = matches!(of.as_slice(), [of] if of.len() == 1) && months.len() == 1;
        if self.question.measure.is_of_hops() && !is_of_one {
            return false;
        }
        months
            .into_iter()
            .all(|month| of.iter().all(|of| month.shows(of)))
    }

    /// The figures of tables by one or by two that a figure is the sum of.
    fn sum_of(&self, row: Option<&Key>, column: Option<&Key>) -> Vec<Vec<(Axis, Key)>> {
        let mut axes: Vec<(Axis, Vec<Key>)> = Vec::new();
        for (dimension, value) in self.question.filters() {
            let value: Key = value.as_deref().map(Into::into);
            let known = axes
                .iter_mut()
                .find(|(axis, _)| *axis == Axis::Of(*dimension));
            match known {
                Some((_, values)) => values.push(value),
                None => axes.push((Axis::Of(*dimension), vec![value])),
            }
        }
        for (dimension, key) in self.heads_at(row, column) {
            let known = axes
                .iter_mut()
                .find(|(axis, _)| *axis == Axis::Of(dimension));
            match known {
                _ if dimension.is_time() => {}
                Some((_, values)) => values.retain(|value| value == key),
                None => axes.push((Axis::Of(dimension), vec![key.clone()])),
            }
        }
        let measure = self.question.measure;
        axes.extend(Axis::of_measure(measure).map(|axis| (axis, axis.asked_of(measure))));
        axes.into_iter()
            .fold(vec![Vec::new()], |sums, (axis, values)| {
                let with = |value: &Key| {
                    sums.iter()
                        .map(|of| {
                            let mut of: Vec<_> = of.clone();
                            of.push((axis, value.clone()));
                            of
                        })
                        .collect::<Vec<_>>()
                };
                values.iter().flat_map(with).collect()
            })
    }

    /// The dimension of the row, and of the column, where there is one.
    fn heads_at<'k>(
        &self,
        row: Option<&'k Key>,
        column: Option<&'k Key>,
    ) -> impl Iterator<Item = (Dimension, &'k Key)> + use<'k> {
        let rows = self.question.rows().zip(row);
        rows.into_iter().chain(self.question.columns().zip(column))
    }

    /// The months that a row or a column is about, where it is a span of time; else all.
    fn months_at(&self, row: Option<&Key>, column: Option<&Key>) -> Vec<&Protection> {
        let is_at = |month: &&Protection| {
            let mut spans = self.heads_at(row, column).filter(|(one, _)| one.is_time());
            spans.all(|(span, word)| word.as_deref() == Some(&*key(span, month.period.from)))
        };
        self.months.iter().copied().filter(is_at).collect()
    }

    /// A figure that may be shown, as exact as it may be.
    fn shown(&self, figure: Figure) -> Figure {
        let few = u64::from(FEWEST);
        if (1..few).contains(&figure.rests_on) {
            return HIDDEN;
        }
        let value = match figure.value {
            Value::Days(days) => Value::Days((days * 10.0).round() / 10.0),
            value => value,
        };
        // Hops are no complaints: the two together would tell how many were passed on.
        let rests_on = match self.question.measure.is_of_hops() {
            true => figure.rests_on / few * few,
            false => figure.rests_on,
        };
        Figure { rests_on, value }
    }

    fn left_out(&self) -> LeftOut {
        let sum = |of: fn(&LeftOut) -> u64| {
            let months = self.months.iter().map(|month| of(&month.left_out));
            let is_shown = |count: &u64| !(1..u64::from(FEWEST)).contains(count);
            if months.clone().all(|count| is_shown(&count)) {
                months.sum()
            } else {
                0
            }
        };
        LeftOut {
            not_complaints: sum(|left| left.not_complaints),
            merged: sum(|left| left.merged),
            sensitive: sum(|left| left.sensitive),
        }
    }
}
