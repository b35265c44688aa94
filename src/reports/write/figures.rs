//! An answer as a list of figures, one a line, as CSV and JSON have it: a table that other programs turn as they like.
//!
//! Each has the key of its row and of its column: an id, or a word of the store. An empty one is "not given"; [`ALL`] is all of them
//! together. That total is no sum of the others where the figure is a median or a share, so it is told too.

use crate::reports::{Answer, Dimension, Figure, Key, Value};

/// The key of a total: no id has such a sign.
pub(super) const ALL: &str = "*";

/// What keys are called.
pub struct Labels<'a> {
    /// A row's or a column's name; of none, what "not given" is called.
    pub key: &'a dyn Fn(Dimension, &Key) -> String,
    /// What a total is called.
    pub all: &'a str,
}

/// A figure in its place.
pub(super) struct Line<'a> {
    /// Its row and its column, as many as the question has dimensions; `None`: all of them.
    pub(super) at: Vec<(Dimension, Option<&'a Key>)>,
    pub(super) figure: Figure,
}

impl Line<'_> {
    /// Of each dimension its word, the key in a file (`None`: not given), and what that is called.
    pub(super) fn places(
        &self,
        labels: &Labels<'_>,
    ) -> impl Iterator<Item = (&'static str, Option<&str>, String)> {
        self.at.iter().map(|(dimension, key)| match key {
            None => (dimension.as_str(), Some(ALL), labels.all.to_owned()),
            Some(key) => (
                dimension.as_str(),
                key.as_deref(),
                (labels.key)(*dimension, key),
            ),
        })
    }

    /// How many complaints it rests on, unless that would give away what is hidden.
    pub(super) fn rests_on(&self) -> Option<u64> {
        (self.figure.value != Value::Hidden).then_some(self.figure.rests_on)
    }

    /// Why there is no value.
    pub(super) fn note(&self) -> Option<&'static str> {
        match self.figure.value {
            Value::Hidden => Some("hidden"),
            value => rounded(value).is_none().then_some("nothing"),
        }
    }
}

/// All figures, row by row, each row with its total, and at last the totals of the columns and that of all.
pub(super) fn lines(answer: &Answer) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (at, row) in answer.rows.iter().enumerate() {
        let cells = answer.cells.get(at).into_iter().flatten();
        for (column, figure) in answer.columns.iter().zip(cells) {
            lines.push(line(answer, [Some(row), Some(column)], *figure));
        }
        if let Some(total) = answer.row_totals.get(at) {
            lines.push(line(answer, [Some(row), None], *total));
        }
    }
    for (column, total) in answer.columns.iter().zip(&answer.column_totals) {
        lines.push(line(answer, [None, Some(column)], *total));
    }
    lines.push(line(answer, [None, None], answer.total));
    lines
}

fn line<'a>(answer: &Answer, at: [Option<&'a Key>; 2], figure: Figure) -> Line<'a> {
    let by = answer.question.by().iter().copied();
    Line {
        at: by.zip(at).collect(),
        figure,
    }
}

/// The number as files have it: counts whole, all else to four digits after the point, the nearest of them: of days, that is nine seconds;
/// of a share (a part of 1), a hundredth of a percent. What a computation in another order gives besides is no knowledge.
pub(super) fn rounded(value: Value) -> Option<f64> {
    format!("{:.4}", value.number()?).parse().ok()
}
