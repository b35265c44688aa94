//! A bar for each row, of a part for each column, the row's figure at its end.

use super::drawing::{Area, Drawing, Held};
use super::key::{self, Entry};
use super::letters::{self, LINE};
use super::rows::{BEHIND, Row, Rows};
use super::scale::along;
use super::{Sheet, Words};
use crate::reports::{Answer, Figure, Value};

/// How wide a part is that is hidden.
const HIDDEN: f64 = 14.0;
/// Between two parts.
const GAP: f64 = 2.0;
/// So many columns that are given have a colour of their own.
pub(super) const COLOURS: usize = 5;

/// A column, as it is drawn.
struct Column {
    name: String,
    class: String,
    /// The class of a figure on it.
    figure: &'static str,
}

pub(super) fn draw(answer: &Answer, words: &Words<'_>, sheet: Sheet) -> String {
    let mut drawing = Drawing::new(sheet);
    let (Some(by), Some(parts)) = (answer.question.rows(), answer.question.columns()) else {
        return drawing.done(0.0, words);
    };
    let mut given = 0;
    let columns: Vec<Column> = answer
        .columns
        .iter()
        .map(|key| {
            given += usize::from(key.is_some());
            let (class, figure) = match key {
                Some(_) if given % 2 == 1 => (format!("c-part c-{given}"), "c-on-dark"),
                Some(_) => (format!("c-part c-{given}"), "c-on-light"),
                None => ("c-missing".to_owned(), ""),
            };
            Column {
                name: words.name_of(parts, key),
                class,
                figure,
            }
        })
        .collect();
    let names: Vec<String> = answer
        .rows
        .iter()
        .map(|key| words.name_of(by, key))
        .collect();
    let totals: Vec<String> = answer
        .row_totals
        .iter()
        .map(|figure| (words.value)(figure.value))
        .collect();
    let largest = answer.cells.iter().map(|row| sum(row)).fold(0.0, f64::max);
    let ends: Vec<(f64, f64)> = answer
        .cells
        .iter()
        .zip(&totals)
        .map(|(row, total)| {
            let hidden = HIDDEN * super::scale::at(row.iter().filter(is_hidden).count());
            (
                letters::width(total) + hidden,
                along(sum(row), largest, 1.0),
            )
        })
        .collect();
    let first = Rows::new(&names, sheet, 0.0, &ends);
    let top = match over_first(answer, &first, &columns, largest).filter(|_| !sheet.is_narrow()) {
        Some(starts) => {
            for (x, name) in starts {
                drawing.text("", (x, 14.0), Held::Start, &name);
            }
            LINE
        }
        None => key::draw(&mut drawing, &entries(answer, &columns, words), sheet, 0.0) + 12.0,
    };
    let rows = Rows::new(&names, sheet, top, &ends);
    let all = rows.iter().zip(answer.rows.iter().zip(&answer.cells));
    for ((row, (key, cells)), total) in all.zip(&totals) {
        let class = if key.is_some() { "" } else { "c-soft" };
        rows.name(&mut drawing, row, class);
        let end = bar(&mut drawing, row, cells, &columns, largest, words);
        let at = (end + BEHIND, row.middle());
        drawing.text("c-strong", at, Held::Start, total);
    }
    rows.base(&mut drawing);
    drawing.done(rows.foot, words)
}

fn is_hidden(figure: &&Figure) -> bool {
    figure.value == Value::Hidden
}

fn sum(row: &[Figure]) -> f64 {
    row.iter().filter_map(|figure| figure.value.number()).sum()
}

/// How wide a part is.
fn width(figure: &Figure, row: &Row, largest: f64) -> f64 {
    match figure.value.number() {
        Some(number) => along(number, largest, row.bar.width),
        None if is_hidden(&figure) => HIDDEN,
        None => 0.0,
    }
}

/// Draws a row's parts, and says where they end.
fn bar(
    drawing: &mut Drawing,
    row: &Row,
    cells: &[Figure],
    columns: &[Column],
    largest: f64,
    words: &Words<'_>,
) -> f64 {
    let mut x = row.bar.x;
    for (figure, column) in cells.iter().zip(columns) {
        let width = width(figure, row, largest);
        let area = Area {
            x,
            width: (width - GAP).max(width / 2.0),
            ..row.bar
        };
        x += width;
        if is_hidden(&figure) {
            drawing.hatch(area);
        } else if width > 0.0 {
            drawing.rectangle(&column.class, area);
            let told = (words.value)(figure.value);
            if letters::width(&told) + 6.0 <= area.width {
                let at = (area.x + area.width / 2.0, row.middle());
                drawing.text(column.figure, at, Held::Middle, &told);
            }
        }
    }
    x
}

/// Where each column's name can stand above its part of the first bar; `None`: there is no room for them.
fn over_first(
    answer: &Answer,
    rows: &Rows,
    columns: &[Column],
    largest: f64,
) -> Option<Vec<(f64, String)>> {
    let (row, cells) = (rows.iter().next()?, answer.cells.first()?);
    let has_hidden = answer.cells.iter().flatten().any(|one| is_hidden(&one));
    let mut starts = Vec::new();
    let mut x = row.bar.x;
    for ((figure, column), total) in cells.iter().zip(columns).zip(&answer.column_totals) {
        let width = width(figure, row, largest);
        if total.rests_on > 0 {
            if letters::width(&column.name) + 8.0 > width {
                return None;
            }
            starts.push((x, column.name.clone()));
        }
        x += width;
    }
    (!has_hidden).then_some(starts)
}

fn entries(answer: &Answer, columns: &[Column], words: &Words<'_>) -> Vec<Entry> {
    let shown = columns.iter().zip(&answer.column_totals);
    let mut entries: Vec<Entry> = shown
        .filter(|(_, total)| total.rests_on > 0)
        .map(|(column, _)| Entry {
            class: Some(column.class.clone()),
            words: column.name.clone(),
        })
        .collect();
    if answer.cells.iter().flatten().any(|one| is_hidden(&one)) {
        entries.push(Entry {
            class: None,
            words: (words.value)(Value::Hidden),
        });
    }
    entries
}
