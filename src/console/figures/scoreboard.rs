//! How each organisation does, side by side. Who had few complaints is not set beside others: chance would rank them.

use super::labels::Labels;
use crate::pages::table::{Row, cell as shown};
use crate::reports::{Answer, Days, Dimension, LEAST, Measure, Stage, Statistic, Value};

/// What is set side by side: how many, then how they fare.
pub(super) const MEASURES: [Measure; 7] = [
    Measure::Complaints,
    Measure::Open,
    Measure::Overdue,
    Measure::Time(Statistic::Median, Days::Working, Stage::Accept),
    Measure::Time(Statistic::Median, Days::Working, Stage::Resolve),
    Measure::InTime(Stage::Resolve),
    Measure::Confirmed,
];

/// The table.
pub(super) struct Scoreboard {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Who had fewer than are compared.
    pub(super) few: Vec<Row>,
    pub(super) least: u64,
    pub(super) all: Row,
}

impl Scoreboard {
    /// From the answers to [`MEASURES`], each by organisation; `None`: nobody has any.
    pub(super) fn of(answers: &[Answer], labels: &Labels<'_>) -> Option<Self> {
        let first = answers.first().filter(|first| !first.is_empty())?;
        let mut rows = Vec::new();
        let mut few = Vec::new();
        for (key, figure) in first.rows.iter().zip(&first.row_totals) {
            let name = labels.name(Dimension::Organisation, key.as_deref());
            let cells = answers
                .iter()
                .map(|answer| shown(&answer.figure(Some(key), None), labels));
            let has_few = match figure.value {
                Value::Count(count) => count < LEAST,
                _ => true,
            };
            if has_few {
                let counts = cells.enumerate().map(|(at, cell)| match MEASURES.get(at) {
                    Some(measure) if measure.is_count() && *measure != Measure::Confirmed => cell,
                    _ => (labels.value(Value::Nothing), true),
                });
                few.push(Row {
                    name,
                    cells: counts.collect(),
                });
            } else {
                rows.push(Row {
                    name,
                    cells: cells.collect(),
                });
            }
        }
        few.sort_by(|one, other| one.name.cmp(&other.name));
        Some(Self {
            columns: MEASURES.map(|measure| labels.measure(measure)).to_vec(),
            rows,
            few,
            least: LEAST,
            all: Row {
                name: labels.names.language.words.report.all(),
                cells: answers
                    .iter()
                    .map(|answer| shown(&answer.total, labels))
                    .collect(),
            },
        })
    }
}
