//! A table for a paper that has no room for all of its rows.

use super::{Answer, Figure, Key, Value};

/// The rows that there is no room for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// How many rows.
    pub rows: u64,
    /// What they come to together.
    pub figure: Figure,
}

impl Answer {
    /// The same with so many rows at most, beside "not given": the first, which are the largest, and the one that is named. What has an
    /// order of its own, or two dimensions, stays as it is; so does a table of which one row would be the rest.
    pub fn shortened(&self, most: usize, named: Option<&Key>) -> (Self, Option<Rest>) {
        let is_open = |by: super::Dimension| !by.is_time() && by.order().is_empty();
        let is_by_one = self.question.columns().is_none();
        let given = self.rows.iter().flatten().count();
        if given <= most.saturating_add(1)
            || !is_by_one
            || !self.question.rows().is_some_and(is_open)
        {
            return (self.clone(), None);
        }
        let named = named.and_then(|named| self.rows.iter().position(|key| key == named));
        let first = match named {
            Some(at) if at >= most => most.saturating_sub(1),
            _ => most,
        };
        let is_kept = |at: usize, key: &Key| at < first || named == Some(at) || key.is_none();
        let mut short = Self {
            rows: Vec::new(),
            row_totals: Vec::new(),
            cells: Vec::new(),
            ..self.clone()
        };
        let mut rest = Vec::new();
        let all = self.rows.iter().zip(&self.row_totals);
        for (at, (key, figure)) in all.enumerate() {
            if is_kept(at, key) {
                short.rows.push(key.clone());
                short.row_totals.push(*figure);
                short.cells.push(Vec::new());
            } else {
                rest.push(*figure);
            }
        }
        let rest = Rest {
            rows: u64::try_from(rest.len()).unwrap_or(u64::MAX),
            figure: together(&rest),
        };
        (short, Some(rest))
    }
}

/// What figures come to together. Where one of them is hidden so is this: the others would give it away. What is no count adds up to nothing.
pub fn together(figures: &[Figure]) -> Figure {
    let mut sum = 0;
    let mut value = None;
    for figure in figures {
        match figure.value {
            Value::Hidden => value = Some(Value::Hidden),
            Value::Count(count) => sum += count,
            _ => value = value.or(Some(Value::Nothing)),
        }
    }
    match value {
        Some(value) => Figure { rests_on: 0, value },
        None => Figure {
            rests_on: sum,
            value: Value::Count(sum),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{Dimension, LeftOut, Measure, Period, Question};

    fn answer(by: Dimension, values: &[Value]) -> Answer {
        let period = Period::from_word("2026-10").unwrap();
        let figure = |value: &Value| Figure {
            rests_on: value.number().map_or(0, |_| 20),
            value: *value,
        };
        let (last, given) = values.split_last().unwrap();
        let keys = (0..given.len()).map(|at| Some(format!("row-{at}").as_str().into()));
        Answer {
            question: Question::new(&[by], Measure::Complaints, period).unwrap(),
            rows: keys.chain([None]).collect(),
            columns: Vec::new(),
            cells: values.iter().map(|_| Vec::new()).collect(),
            row_totals: given.iter().chain([last]).map(figure).collect(),
            column_totals: Vec::new(),
            total: figure(&Value::Count(100)),
            left_out: LeftOut::default(),
        }
    }

    fn counts(counts: &[u64]) -> Answer {
        let values: Vec<Value> = counts.iter().map(|count| Value::Count(*count)).collect();
        answer(Dimension::Kind, &values)
    }

    fn short(answer: &Answer, named: Option<&str>) -> (Vec<String>, Option<(u64, Value)>) {
        let named: Option<Key> = named.map(|named| Some(named.into()));
        let (short, rest) = answer.shortened(3, named.as_ref());
        let names = short.rows.iter();
        let names = names.map(|key| key.as_deref().unwrap_or("-").to_owned());
        assert_eq!(short.total, answer.total);
        assert_eq!(short.rows.len(), short.row_totals.len());
        (
            names.collect(),
            rest.map(|rest| (rest.rows, rest.figure.value)),
        )
    }

    #[test]
    fn the_largest_stay_and_the_rest_are_told_together() {
        let all = counts(&[9, 8, 7, 3, 2, 1, 5]);
        let (names, rest) = short(&all, None);
        assert_eq!(names, ["row-0", "row-1", "row-2", "-"]);
        assert_eq!(rest, Some((3, Value::Count(6))));
        let (names, rest) = short(&all, Some("row-4"));
        assert_eq!(
            names,
            ["row-0", "row-1", "row-4", "-"],
            "the title names it"
        );
        assert_eq!(rest, Some((3, Value::Count(11))));
    }

    #[test]
    fn what_fits_or_has_an_order_of_its_own_stays() {
        let fits = counts(&[9, 8, 7, 3, 5]);
        assert_eq!(fits.shortened(3, None), (fits.clone(), None));
        let ages = answer(Dimension::AgeGroup, &[Value::Count(1); 8]);
        assert_eq!(ages.shortened(3, None), (ages.clone(), None));
        let months = answer(Dimension::Month, &[Value::Count(1); 13]);
        assert_eq!(months.shortened(3, None), (months.clone(), None));
    }

    #[test]
    fn nothing_that_is_hidden_is_given_away_and_days_are_not_added_up() {
        let count = Value::Count(9);
        let hidden = [count, count, count, Value::Hidden, count, count, count];
        let (_, rest) = short(&answer(Dimension::Sector, &hidden), None);
        assert_eq!(rest, Some((3, Value::Hidden)));
        let days = [Value::Days(3.0); 7];
        let (_, rest) = short(&answer(Dimension::Sector, &days), None);
        assert_eq!(rest, Some((3, Value::Nothing)));
    }
}
