//! A question of outsiders: counted, and answered with what they may see.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::answer::order;
use super::super::period::key;
use super::super::{
    Answer, Codes, Count, Dimension, Fact, Figure, Ground, Key, LeftOut, Period, Question, Value,
};
use super::asked::{Refused, may_ask};
use super::axis::Axis;
use super::month::{Month, Shown};
use super::tables::FEWEST;

/// Counts what outsiders ask, as [`Count`] does for others.
///
/// Give it all facts of the county and the period, without a filter of your own: what is hidden depends on all of them. It keeps each
/// complaint of a month that it does not know as 25 numbers until it answers; what it hides then takes about half a second for each,
/// whether that has 300 complaints or 10,000. So months that were protected once are kept ([`Archive`](super::Archive)).
pub struct Outside<'a> {
    asked: Vec<Count<'a>>,
    /// Each month that one of them is about and that is not known.
    months: Vec<Month<'a>>,
    known: Vec<Arc<Shown>>,
}

impl<'a> Outside<'a> {
    /// Nothing is counted yet. The questions are all of complaints, or all of hops; `known` are months of theirs that were protected
    /// before.
    ///
    /// # Errors
    /// Outsiders may not ask one of them.
    pub fn new(
        questions: &[Question],
        ground: &Ground<'a>,
        known: Vec<Arc<Shown>>,
        codes: &mut Codes,
    ) -> Result<Self, Refused> {
        let mut periods: Vec<Period> = Vec::new();
        for question in questions {
            may_ask(question, ground)?;
            periods.extend(question.period.months());
        }
        periods.sort_by_key(|month| month.from);
        periods.dedup();
        periods.retain(|month| known.iter().all(|known| known.period != *month));
        let of_all = questions.first().map(Question::of_all);
        let month = |period: Period| {
            let axes = axes_of(questions, &period);
            let all = of_all.as_ref()?.in_period(period);
            Some(Month::new(all, axes, ground.clone(), codes))
        };
        let months = periods.into_iter().filter_map(month).collect();
        let asked = questions.iter();
        let asked = asked.map(|one| Count::new(one.clone(), ground.clone(), true, codes));
        Ok(Self {
            asked: asked.collect(),
            months,
            known,
        })
    }

    /// Counts one.
    pub fn add(&mut self, fact: &Fact, codes: &mut Codes) {
        self.asked
            .iter_mut()
            .for_each(|asked| asked.add(fact, codes));
        self.months
            .iter_mut()
            .for_each(|month| month.add(fact, codes));
    }

    /// What outsiders may see of each, and the months that are known now. What is sensitive or no complaint is counted over the period,
    /// whatever was asked; 0 may be 1 to 4.
    pub fn answers(self, codes: &Codes) -> (Vec<Answer>, Vec<Arc<Shown>>) {
        let mut months = self.known;
        let protected = self.months.into_iter().map(|month| month.protect(codes));
        months.extend(protected.map(Arc::new));
        let answer = |asked: Count<'_>| {
            let counted = asked.answer(codes);
            let period = counted.question.period;
            let is_in = |month: &&Shown| {
                period.from <= month.period.from && month.period.until <= period.until
            };
            let own: Vec<&Shown> = months.iter().map(|month| &**month).filter(is_in).collect();
            protected_answer(&counted, &own)
        };
        let answers = self.asked.into_iter().map(answer).collect();
        months.retain(|month| month.is_told_apart());
        (answers, months)
    }
}

/// By what the complaints of a month are to be told apart, so that these may be answered: by all, or where nobody asks by anything, by
/// nothing.
fn axes_of(questions: &[Question], month: &Period) -> Vec<Axis> {
    let is_about =
        |one: &&Question| one.period.from <= month.from && month.until <= one.period.until;
    let mut about = questions.iter().filter(is_about).peekable();
    if about.peek().is_some_and(|one| one.measure.is_of_hops()) {
        return vec![Axis::Of(Dimension::Organisation)];
    }
    if about.any(tells_apart) {
        Axis::all()
    } else {
        Vec::new()
    }
}

/// Whether complaints of a month are told apart by it.
fn tells_apart(question: &Question) -> bool {
    let mut by = question.by().iter();
    by.any(|one| !one.is_time())
        || !question.filters().is_empty()
        || Axis::of_measure(question.measure).is_some()
}

/// A counted answer, without what is hidden in the months that it is about.
pub(super) fn protected_answer(counted: &Answer, months: &[&Shown]) -> Answer {
    let question = &counted.question;
    Protected { question, months }.answer(counted)
}

/// A question, and the months that it is about.
struct Protected<'s> {
    question: &'s Question,
    months: &'s [&'s Shown],
}

const HIDDEN: Figure = Figure {
    rests_on: 0,
    value: Value::Hidden,
};

impl Protected<'_> {
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
        heads.extend(months.flat_map(|month| month.of(Axis::Of(dimension)).cloned()));
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
    fn months_at(&self, row: Option<&Key>, column: Option<&Key>) -> Vec<&Shown> {
        let is_at = |month: &&Shown| {
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
