//! How each organisation does, side by side. Who had few complaints is not set beside others: chance would rank them.

use super::labels::Labels;
use crate::pages::table::{Row, Wording as _, cell as shown};
use crate::reports::dashboard::SCORES;
use crate::reports::{Answer, Dimension, Figure, Key, LEAST, Measure, Value, together};

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
    /// From the answers to [`SCORES`], each by organisation; `None`: nobody has any. Of those with few complaints only so many are named
    /// that there are no more than `most` in all.
    pub(super) fn of(answers: &[Answer], most: usize, labels: &Labels<'_>) -> Option<Self> {
        let first = answers.first().filter(|first| !first.is_empty())?;
        let all: Vec<&Key> = first.rows.iter().collect();
        let (enough, few): (Vec<&Key>, Vec<&Key>) =
            all.into_iter().partition(|key| has_enough(first, key));
        let room = most.saturating_sub(enough.len());
        // One row for one organisation says its name as well.
        let named = if few.len() > room.saturating_add(1) {
            room
        } else {
            few.len()
        };
        let (named, rest) = few.split_at(named);
        let figures = |key: &&Key| Self::figures(answers, key);
        let row = |key: &&Key, cells| Row {
            name: labels.name(Dimension::Organisation, key.as_deref()),
            cells,
        };
        let mut few: Vec<Row> = named
            .iter()
            .map(|key| row(key, of_few(&figures(key), labels)))
            .collect();
        few.sort_by(|one, other| one.name.cmp(&other.name));
        let rest: Vec<Vec<Figure>> = rest.iter().map(figures).collect();
        few.extend((!rest.is_empty()).then(|| of_rest(&rest, labels)));
        Some(Self {
            columns: SCORES.map(|measure| labels.measure(measure)).to_vec(),
            rows: enough
                .iter()
                .map(|key| {
                    let figures = figures(key);
                    let cells = figures.iter().map(|figure| shown(figure, labels));
                    row(key, cells.collect())
                })
                .collect(),
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

    fn figures(answers: &[Answer], key: &Key) -> Vec<Figure> {
        let of_one = |answer: &Answer| answer.figure(Some(key), None);
        answers.iter().map(of_one).collect()
    }
}

/// Whether it is not known to have too few to be set beside others: what is hidden may have many.
fn has_enough(complaints: &Answer, key: &Key) -> bool {
    let value = complaints.figure(Some(key), None).value;
    matches!(value, Value::Hidden) || matches!(value, Value::Count(count) if count >= LEAST)
}

/// How many, and nothing of how they fare.
fn of_few(figures: &[Figure], labels: &Labels<'_>) -> Vec<(String, bool)> {
    let cells = figures.iter().zip(SCORES);
    let cells = cells.map(|(figure, measure)| {
        if measure.is_count() && measure != Measure::Confirmed {
            shown(figure, labels)
        } else {
            (labels.value(Value::Nothing), true)
        }
    });
    cells.collect()
}

/// Those that are not named, in one row.
fn of_rest(figures: &[Vec<Figure>], labels: &Labels<'_>) -> Row {
    let column = |at: usize| -> Vec<Figure> {
        let of_one = figures.iter().filter_map(|row| row.get(at));
        of_one.copied().collect()
    };
    let columns = (0..SCORES.len()).map(|at| together(&column(at)));
    let count = u64::try_from(figures.len()).unwrap_or(u64::MAX);
    Row {
        name: labels.more(count),
        cells: of_few(&columns.collect::<Vec<Figure>>(), labels),
    }
}
