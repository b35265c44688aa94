//! A table of figures.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Dimension, Figure, Question, Value};

/// What a row or a column is of: an id or a word of the store; `None`: not given.
pub type Key = Option<Arc<str>>;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// What the rows are of, in the order in which they are shown, "not given" last.
    pub rows: Vec<Key>,
    /// The same of the columns; none where it is asked by one dimension.
    pub columns: Vec<Key>,
    /// Each row's figures, as many as there are columns.
    pub cells: Vec<Vec<Figure>>,
    /// Each row's figure over all columns: of one dimension, the answer.
    pub row_totals: Vec<Figure>,
    /// Each column's figure over all rows.
    pub column_totals: Vec<Figure>,
    /// The figure of all.
    pub total: Figure,
    /// What the question is about and the table is not.
    pub left_out: LeftOut,
}

/// What is counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// It turned out to be no complaint.
    pub not_complaints: u64,
    /// It turned out to be another's words.
    pub merged: u64,
    /// It takes the track of its own, and the reader works on none of these.
    pub sensitive: u64,
}

impl Answer {
    /// The figure of a row, of a column, of both, or of all; where nobody is, what nobody comes to.
    pub fn figure(&self, row: Option<&Key>, column: Option<&Key>) -> Figure {
        let place = |keys: &[Key], key: &Key| keys.iter().position(|one| one == key);
        let row = row.map(|row| place(&self.rows, row));
        let column = column.map(|column| place(&self.columns, column));
        let found = match (row, column) {
            (None, None) => Some(&self.total),
            (Some(row), None) => row.and_then(|row| self.row_totals.get(row)),
            (None, Some(column)) => column.and_then(|column| self.column_totals.get(column)),
            (Some(row), Some(column)) => row
                .and_then(|row| self.cells.get(row))
                .zip(column)
                .and_then(|(cells, column)| cells.get(column)),
        };
        found.copied().unwrap_or(Figure {
            rests_on: 0,
            value: match self.question.measure.is_count() {
                true => Value::Count(0),
                false => Value::Nothing,
            },
        })
    }

    /// Whether there is nothing that it is about. What is hidden is something.
    pub fn is_empty(&self) -> bool {
        self.total.rests_on == 0 && self.total.value != Value::Hidden
    }
}

impl LeftOut {
    pub(super) fn all(self) -> u64 {
        self.not_complaints + self.merged + self.sensitive
    }

    pub(super) fn join(&mut self, other: Self) {
        self.not_complaints += other.not_complaints;
        self.merged += other.merged;
        self.sensitive += other.sensitive;
    }

    /// What is counted apart and there is some of, for people at a command line.
    pub fn told(self) -> impl Iterator<Item = (u64, &'static str)> {
        let all = [
            (self.not_complaints, "turned out to be no complaint"),
            (self.merged, "turned out to be another's words"),
            (self.sensitive, "sensitive"),
        ];
        all.into_iter().filter(|(count, _)| *count > 0)
    }
}

/// Which of two rows comes first: by their own order, or by time, else the larger; "not given" is the last.
pub(super) fn order(
    dimension: Dimension,
    always: &[String],
    (one, size): (&Key, u64),
    (other, other_size): (&Key, u64),
) -> Ordering {
    let (Some(one), Some(other)) = (one, other) else {
        return one.is_none().cmp(&other.is_none());
    };
    let place = |word: &str| always.iter().position(|own| own == word);
    if dimension.is_time() {
        return one.cmp(other);
    }
    match (place(one), place(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => other_size.cmp(&size).then_with(|| one.cmp(other)),
    }
}
