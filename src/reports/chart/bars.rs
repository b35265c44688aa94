//! A bar for each row, from nought, in the answer's order, with its figure at its end.

use super::drawing::{Area, Drawing, Held};
use super::rows::{BEHIND, Row, Rows};
use super::scale::along;
use super::{Sheet, Words, letters};
use crate::reports::{Answer, Dimension, Finding, Value};

/// More rows than these are for the table.
const MOST: usize = 40;
/// How wide the mark of what is hidden is.
const HIDDEN: f64 = 36.0;
/// Above the bars, where the figure of all is named.
const HEAD: f64 = 28.0;

pub(super) fn draw(answer: &Answer, words: &Words<'_>, sheet: Sheet) -> String {
    let mut drawing = Drawing::new(sheet);
    let Some(dimension) = answer.question.rows() else {
        return drawing.done(0.0, words);
    };
    let bars = bars(answer, dimension, words);
    let all = answer.total.value.number().filter(|_| has_line(answer));
    let top = if all.is_some() { HEAD } else { 4.0 };
    let largest = largest(answer, &bars);
    let names: Vec<String> = bars.iter().map(|bar| bar.name.clone()).collect();
    let ends: Vec<(f64, f64)> = bars.iter().map(|bar| bar.end(largest)).collect();
    let rows = Rows::new(&names, sheet, top, &ends);
    if answer.question.measure.is_share() {
        for row in rows.iter() {
            drawing.rectangle("c-track", row.bar);
        }
    }
    let mut ends = Vec::new();
    for (row, bar) in rows.iter().zip(&bars) {
        ends.push(bar.draw(&mut drawing, row, largest));
    }
    rows.base(&mut drawing);
    if let Some(all) = all {
        let text = format!("{} {}", words.all, (words.value)(answer.total.value));
        let width = rows.iter().next().map_or(0.0, |row| row.bar.width);
        let at = rows.start + along(all, largest, width);
        line_of_all(&mut drawing, at, rows.foot, &text);
    }
    for ((row, bar), end) in rows.iter().zip(&bars).zip(ends) {
        rows.name(&mut drawing, row, bar.name_class());
        let class = if bar.is_first {
            "c-over c-strong"
        } else {
            "c-over"
        };
        let at = (end + BEHIND, row.middle());
        drawing.text(class, at, Held::Start, &bar.figure);
    }
    let mut foot = rows.foot;
    if answer.rows.len() > bars.len() {
        let more = (words.more)(answer.rows.len() - bars.len());
        drawing.text("c-soft", (rows.start, foot + 14.0), Held::Start, &more);
        foot += 24.0;
    }
    drawing.done(foot, words)
}

/// A row, with its words.
struct Bar {
    name: String,
    figure: String,
    value: Value,
    is_given: bool,
    /// Whether the title tells of it.
    is_first: bool,
}

/// The rows that are drawn: the first ones, and the one that is not given whatever comes before it.
fn bars(answer: &Answer, dimension: Dimension, words: &Words<'_>) -> Vec<Bar> {
    let finding = Finding::of(answer, None);
    let all = answer.rows.iter().zip(&answer.row_totals);
    let too_many = answer.rows.len() > MOST;
    all.enumerate()
        .filter(|(at, (key, _))| !too_many || *at < MOST - 1 || key.is_none())
        .map(|(_, (key, figure))| Bar {
            name: words.name_of(dimension, key),
            figure: (words.value)(figure.value),
            value: figure.value,
            is_given: key.is_some(),
            is_first: finding.key() == Some(key),
        })
        .collect()
}

/// Of what does not add up, the figure of all says whether a row's is much.
fn has_line(answer: &Answer) -> bool {
    !answer.question.measure.is_count() && answer.rows.len() > 1
}

/// The figure that the longest bar could have: of shares, the whole.
fn largest(answer: &Answer, bars: &[Bar]) -> f64 {
    if answer.question.measure.is_share() {
        return 1.0;
    }
    let numbers = bars.iter().filter_map(|bar| bar.value.number());
    let of_all = answer.total.value.number().filter(|_| has_line(answer));
    numbers.chain(of_all).fold(0.0, f64::max)
}

/// The figure of all, as a line across the bars.
fn line_of_all(drawing: &mut Drawing, at: f64, foot: f64, text: &str) {
    drawing.path("c-all", &[(at, HEAD - 6.0), (at, foot - 4.0)]);
    let fits = at > letters::width(text) / 2.0;
    let held = if fits { Held::Middle } else { Held::Start };
    drawing.text("c-soft", (at, HEAD - 12.0), held, text);
}

impl Bar {
    /// How wide its figure is, and what part of the longest bar it is.
    fn end(&self, largest: f64) -> (f64, f64) {
        let number = self.value.number().unwrap_or_default();
        (letters::width(&self.figure), along(number, largest, 1.0))
    }

    fn class(&self) -> &'static str {
        match (self.is_first, self.is_given) {
            (true, _) => "c-bar c-first",
            (false, true) => "c-bar",
            (false, false) => "c-missing",
        }
    }

    fn name_class(&self) -> &'static str {
        match (self.is_first, self.is_given) {
            (true, _) => "c-over c-strong",
            (false, true) => "c-over",
            (false, false) => "c-over c-soft",
        }
    }

    /// Draws it, and says where it ends.
    fn draw(&self, drawing: &mut Drawing, row: &Row, largest: f64) -> f64 {
        let width = match self.value.number() {
            // The least that is more than nothing can be seen.
            Some(number) if number > 0.0 => along(number, largest, row.bar.width).max(2.0),
            Some(_) => 0.0,
            None if self.value == Value::Hidden => HIDDEN,
            None => 0.0,
        };
        let area = Area { width, ..row.bar };
        if self.value == Value::Hidden {
            drawing.hatch(area);
        } else if width > 0.0 {
            drawing.rectangle(self.class(), area);
        }
        area.x + width
    }
}
