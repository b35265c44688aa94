//! How many took how long: a column for each span of days, from nought.

use super::drawing::{Area, Drawing, Held};
use super::letters;
use super::scale::{along, at};
use super::{Sheet, Words};
use crate::reports::{Figure, Spread, Value};

/// Above the highest column, for the words at the middle's line and for a figure.
const HEAD: f64 = 52.0;
/// Under the columns: the days, and what they are.
const BELOW: f64 = 52.0;
const GAP: f64 = 2.0;

/// What only this kind of chart says.
#[derive(Clone, Copy, Debug)]
pub struct Lengths<'a> {
    /// What the numbers below are: "working days until it was solved".
    pub axis: &'a str,
    /// What stands at the line that half are before: "half within 8 days".
    pub median: &'a str,
}

/// Durations, drawn.
pub fn histogram(spread: &Spread, lengths: Lengths<'_>, words: &Words<'_>, sheet: Sheet) -> String {
    let mut drawing = Drawing::new(sheet);
    let has_longer = spread.longer.rests_on > 0;
    let columns = at(spread.spans.len() + usize::from(has_longer)).max(1.0);
    let each = ((sheet.width - 12.0) / columns).min(96.0);
    let high = if sheet.is_narrow() { 160.0 } else { 220.0 };
    let foot = HEAD + high;
    let longer = has_longer.then_some(&spread.longer);
    let all: Vec<&Figure> = spread.spans.iter().chain(longer).collect();
    let numbers = all.iter().filter_map(|figure| figure.value.number());
    let largest = numbers.fold(0.0, f64::max);
    let mut figures = Vec::new();
    for (index, figure) in all.iter().enumerate() {
        let height = match figure.value {
            Value::Hidden => 18.0,
            value => along(value.number().unwrap_or_default(), largest, high),
        };
        let area = Area {
            x: at(index) * each,
            y: foot - height,
            width: each - GAP,
            height,
        };
        let is_longer = index == spread.spans.len();
        match (figure.value, is_longer) {
            (Value::Hidden, _) => drawing.hatch(area),
            (_, true) => drawing.rectangle("c-bar", area),
            (_, false) => drawing.rectangle("c-bar c-first", area),
        }
        let told = (words.value)(figure.value);
        if height > 0.0 && letters::width(&told) < each + 4.0 {
            figures.push(((area.x + area.width / 2.0, area.y - 6.0), told));
        }
    }
    days(&mut drawing, spread, each, foot, has_longer);
    let wide = columns * each;
    drawing.path("c-base", &[(0.0, foot), (wide, foot)]);
    drawing.text("c-soft", (0.0, foot + 44.0), Held::Start, lengths.axis);
    median(&mut drawing, spread, each, foot, sheet, lengths.median);
    // After the line: a figure's ground hides what of it runs through the figure.
    for (above, told) in figures {
        drawing.text("c-over", above, Held::Middle, &told);
    }
    drawing.done(foot + BELOW, words)
}

/// The days at the ends of the spans, as many as there is room for.
fn days(drawing: &mut Drawing, spread: &Spread, each: f64, foot: f64, has_longer: bool) {
    let mut free = f64::MIN;
    for index in 0..=spread.spans.len() {
        let days = at(index) * f64::from(spread.width);
        let last = index == spread.spans.len() && has_longer;
        let told = if last {
            // A plus stays behind its number.
            format!("\u{2066}{days}+\u{2069}")
        } else {
            days.to_string()
        };
        let x = at(index) * each;
        let half = letters::width(&told) / 2.0;
        if x - half > free {
            // The first stands at the edge.
            let held = if index == 0 {
                Held::Start
            } else {
                Held::Middle
            };
            drawing.text("c-soft", (x, foot + 22.0), held, &told);
            free = x + half + 6.0;
        }
        drawing.path("c-base", &[(x, foot), (x, foot + 4.0)]);
    }
}

/// The line that half are before.
fn median(drawing: &mut Drawing, spread: &Spread, each: f64, foot: f64, sheet: Sheet, told: &str) {
    let last = at(spread.spans.len()) * each;
    let x = (spread.median / f64::from(spread.width) * each).min(last);
    drawing.path("c-all", &[(x, 22.0), (x, foot)]);
    let half = letters::width(told) / 2.0;
    let (place, held) = if x < half {
        (0.0, Held::Start)
    } else if x + half > sheet.width {
        (sheet.width, Held::End)
    } else {
        (x, Held::Middle)
    };
    drawing.text("c-strong", (place, 15.0), held, told);
}
