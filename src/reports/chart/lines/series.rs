//! The figures of one line.

use crate::reports::{Answer, Dimension, Figure, Key, Measure, Value};

/// So many lines are told apart; more are drawn thin and without a name.
pub(super) const NAMED: usize = 5;

/// A line's figures, one for each span of time.
pub(super) struct Series<'a> {
    /// Of what it is; `None`: of all.
    pub(super) of: Option<(Dimension, &'a Key)>,
    /// Its place among all, the largest first.
    pub(super) rank: usize,
    pub(super) figures: Vec<&'a Figure>,
}

/// The spans of time, by their dimension.
pub(super) type Spans<'a> = Option<(Dimension, &'a [Key])>;

/// The lines of an answer, the largest first, over the spans of time among its rows or its columns.
pub(super) fn of(answer: &Answer) -> (Spans<'_>, Vec<Series<'_>>) {
    let (rows, columns) = (answer.question.rows(), answer.question.columns());
    let (spans, mut lines) = match (rows, columns) {
        (Some(time), None) => {
            let all = answer.row_totals.iter().collect();
            (Some((time, answer.rows.as_slice())), vec![(None, 0, all)])
        }
        (Some(time), Some(of)) if time.is_time() => {
            let down = |at: usize| {
                let rows = answer.cells.iter();
                rows.filter_map(|row| row.get(at)).collect::<Vec<_>>()
            };
            let keys = answer.columns.iter().zip(&answer.column_totals).enumerate();
            let lines = keys.map(|(at, (key, total))| (Some((of, key)), total.rests_on, down(at)));
            (Some((time, answer.rows.as_slice())), lines.collect())
        }
        (Some(of), Some(time)) => {
            let keys = answer.rows.iter().zip(&answer.row_totals);
            let lines = keys.zip(&answer.cells).map(|((key, total), cells)| {
                (Some((of, key)), total.rests_on, cells.iter().collect())
            });
            (Some((time, answer.columns.as_slice())), lines.collect())
        }
        _ => (None, Vec::new()),
    };
    // One of nothing at all would lie on the axis.
    lines.retain(|(of, size, _)| of.is_none() || *size > 0);
    lines.sort_by_key(|(_, size, _)| std::cmp::Reverse(*size));
    let ranked = lines.into_iter().enumerate();
    let series = ranked.map(|(rank, (of, _, figures))| Series { of, rank, figures });
    (spans, series.collect())
}

/// A figure of an axis or a key, as what the measure counts.
pub(in crate::reports::chart) fn as_value(measure: Measure, tick: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "round figures that are not negative"
    )]
    let whole = |number: f64| number.round() as u64;
    match measure {
        Measure::Time(..) | Measure::Held(..) => Value::Days(tick),
        Measure::PerInhabitants => Value::Rate(tick),
        measure if measure.is_share() => Value::Share(whole(tick * 100.0), 100),
        _ => Value::Count(whole(tick)),
    }
}

impl Series<'_> {
    pub(super) fn class(&self) -> &'static str {
        ["c-1", "c-2", "c-3", "c-4", "c-5"]
            .get(self.rank)
            .copied()
            .unwrap_or("c-rest")
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> {
        self.figures
            .iter()
            .filter_map(|figure| figure.value.number())
    }

    /// The last point that has a number.
    pub(super) fn last(&self) -> Option<(usize, Value)> {
        let mut points = self.figures.iter().enumerate().rev();
        points
            .find(|(_, figure)| figure.value.number().is_some())
            .map(|(at, figure)| (at, figure.value))
    }

    /// Its points, a piece for each run of spans that have a number.
    pub(super) fn unbroken(&self) -> Vec<Vec<(usize, f64)>> {
        let mut parts: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
        for (at, figure) in self.figures.iter().enumerate() {
            match (figure.value.number(), parts.last_mut()) {
                (Some(number), Some(part)) => part.push((at, number)),
                _ => parts.push(Vec::new()),
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// The spans whose figure is hidden.
    pub(super) fn hidden(&self) -> impl Iterator<Item = usize> {
        let all = self.figures.iter().enumerate();
        all.filter(|(_, figure)| figure.value == Value::Hidden)
            .map(|(at, _)| at)
    }
}
