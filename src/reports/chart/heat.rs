//! A table whose cells are the darker the more, with its figure in each.

use super::drawing::{Area, Drawing, Held};
use super::letters::{self, LINE};
use super::scale::at;
use super::steps::Steps;
use super::{Sheet, Words, key};
use crate::reports::{Answer, Figure, Key, Value};

const HEIGHT: f64 = 36.0;
const GAP: f64 = 2.0;

pub(super) fn draw(answer: &Answer, words: &Words<'_>, sheet: Sheet) -> String {
    let (Some(by), Some(across)) = (answer.question.rows(), answer.question.columns()) else {
        return Drawing::new(sheet).done(0.0, words);
    };
    let named = |key: &Key| words.name_of(across, key);
    let heads: Vec<String> = answer.columns.iter().map(named).collect();
    let figures: Vec<Vec<String>> = answer
        .cells
        .iter()
        .map(|row| row.iter().map(|figure| cell_words(figure, words)).collect())
        .collect();
    let names: Vec<Vec<String>> = answer
        .rows
        .iter()
        .map(|key| letters::wrapped(&words.name_of(by, key), sheet.width * 0.32, 2))
        .collect();
    let widest = |lines: &mut dyn Iterator<Item = f64>| lines.fold(0.0, f64::max);
    let start = widest(&mut names.iter().flatten().map(|line| letters::width(line))) + 12.0;
    let needed = widest(&mut heads.iter().map(|head| letters::widest_piece(head))).max(widest(
        &mut figures.iter().flatten().map(|told| letters::width(told)),
    )) + 12.0;
    let columns = at(heads.len().max(1));
    let each = needed.max(((sheet.width - start) / columns).min(112.0));
    let mut drawing = Drawing::so_wide(sheet, columns.mul_add(each, start).max(sheet.width));

    let heads: Vec<Vec<String>> = heads
        .iter()
        .map(|head| letters::wrapped(head, each - 8.0, 3))
        .collect();
    let head = LINE * at(heads.iter().map(Vec::len).max().unwrap_or(1));
    for (index, (lines, key)) in heads.iter().zip(&answer.columns).enumerate() {
        let x = at(index).mul_add(each, start) + each / 2.0;
        let y = head - LINE * at(lines.len()) + 14.0;
        let class = if key.is_some() { "" } else { "c-soft" };
        drawing.lines(class, (x, y), Held::Middle, lines);
    }
    let numbers = answer.cells.iter().flatten();
    let steps = Steps::new(numbers.filter_map(|figure| figure.value.number()));
    let mut y = head + 6.0;
    let rows = answer.rows.iter().zip(&names).zip(&answer.cells);
    for (((key, lines), cells), told) in rows.zip(&figures) {
        let foot = y + (HEIGHT - LINE * at(lines.len())) / 2.0 + 15.0;
        let class = if key.is_some() { "" } else { "c-soft" };
        drawing.lines(class, (0.0, foot), Held::Start, lines);
        for (index, (figure, told)) in cells.iter().zip(told).enumerate() {
            let area = Area {
                x: at(index).mul_add(each, start),
                y,
                width: each - GAP,
                height: HEIGHT - GAP,
            };
            cell(&mut drawing, area, figure, &steps, told);
        }
        y += HEIGHT.max(LINE * at(lines.len()) + 4.0);
    }
    let has_hidden = (answer.cells.iter().flatten()).any(|figure| figure.value == Value::Hidden);
    let measure = answer.question.measure;
    let under = (y + 14.0, has_hidden);
    let foot = key::of_steps(&mut drawing, &steps, measure, words, sheet, under);
    drawing.done(foot, words)
}

/// What is hidden is hatched, and the key says so: its words are too long for a cell.
fn cell_words(figure: &Figure, words: &Words<'_>) -> String {
    match figure.value {
        Value::Hidden => String::new(),
        value => (words.value)(value),
    }
}

fn cell(drawing: &mut Drawing, area: Area, figure: &Figure, steps: &Steps, told: &str) {
    if figure.value == Value::Hidden {
        drawing.hatch(area);
        return;
    }
    let shade = figure
        .value
        .number()
        .map_or(0, |number| steps.shade(number));
    drawing.rectangle(&format!("c-step-{shade}"), area);
    let at = (area.x + area.width / 2.0, area.y + area.height / 2.0 + 5.5);
    drawing.text(on_shade(shade), at, Held::Middle, told);
}

/// The class of words on a shade.
pub(super) fn on_shade(shade: usize) -> &'static str {
    match shade {
        0 => "c-soft",
        1..=3 => "",
        _ => "c-on-dark",
    }
}
