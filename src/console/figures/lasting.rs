//! How many took how long, as a page shows it.

use super::labels::Labels;
use super::shown::Shown;
use crate::pages::table::{Row, SHEETS, Table, both_widths, cell};
use crate::reports::chart::{Lengths, histogram};
use crate::reports::{Days, Figure, Measure, Question, Spread, Value};

/// The durations that a question's answer is of.
pub(super) fn shown(spread: &Spread, question: &Question, labels: &Labels<'_>) -> Shown {
    let w = &labels.names.language.words.lengths;
    let (axis, counted) = match question.measure {
        Measure::Held(_, days) => (w.held(labels.days(days)), w.times_held()),
        Measure::Time(_, days, stage) => (
            w.until(labels.stage(stage), labels.days(days)),
            labels.measure(Measure::Complaints),
        ),
        other => (labels.measure(other), labels.measure(Measure::Complaints)),
    };
    let half = w.half(labels.value(Value::Days(spread.median)));
    let title = w.title(&axis, &half);
    let report = &labels.names.language.words.report;
    let caption = report.caption_by(&counted, &axis, labels.span(&question.period));
    let lengths = Lengths {
        axis: &axis,
        median: &half,
    };
    Shown {
        charts: both_widths(SHEETS, &title, &caption, labels, |words, sheet| {
            histogram(spread, lengths, words, sheet)
        }),
        table: table(spread, axis.clone(), counted, labels),
        apart: Vec::new(),
        title,
        caption,
    }
}

fn table(spread: &Spread, corner: String, counted: String, labels: &Labels<'_>) -> Table {
    let row = |name: String, figure: &Figure| Row {
        name,
        cells: vec![cell(figure, labels)],
    };
    let spans = (0..).zip(&spread.spans);
    let mut rows: Vec<Row> = spans
        .map(|(at, figure)| row(days(spread, at, labels), figure))
        .collect();
    let end = spread.width * u32::try_from(spread.spans.len()).unwrap_or_default();
    if spread.longer.rests_on > 0 {
        let w = &labels.names.language.words.lengths;
        rows.push(row(w.or_longer(end), &spread.longer));
    }
    let all = spread.spans.iter().chain([&spread.longer]);
    let all = all.map(|figure| figure.rests_on).sum();
    let all = Figure {
        rests_on: all,
        value: Value::Count(all),
    };
    Table {
        corner,
        columns: vec![counted],
        all_columns: None,
        rows,
        foot: Some(row(labels.names.language.words.report.all(), &all)),
    }
}

/// Which days a span has. Working days are whole, so that its last can be named.
fn days(spread: &Spread, at: u32, labels: &Labels<'_>) -> String {
    let w = &labels.names.language.words.lengths;
    let (from, until) = (at * spread.width, (at + 1) * spread.width);
    match (spread.days, spread.width) {
        (Days::Calendar, _) => w.to_less_than(from, until),
        (Days::Working, 1) => from.to_string(),
        (Days::Working, _) => w.to(from, until - 1),
    }
}
