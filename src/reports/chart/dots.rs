//! A dot for each county along an axis from nought: one is named, the others are not.

use super::drawing::{Drawing, Held};
use super::letters;
use super::scale::{along, at, ticks};
use super::{Sheet, Words};
use crate::reports::Value;

/// Above the dots: a line for the name of the middle, and one for the name of one's own.
const HEAD: f64 = 58.0;
/// Under them, for the figures of the axis.
const BELOW: f64 = 32.0;
const RADIUS: f64 = 8.0;
/// From one dot to the next above it.
const STEP: f64 = 19.0;
/// Beside the ends of the axis, for the half of a dot and of a figure.
const BESIDE: f64 = 20.0;

/// What is set side by side. All are figures of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Dots<'a> {
    /// The own one.
    pub own: Option<Value>,
    /// What it is called.
    pub own_name: &'a str,
    /// The others, from the least on.
    pub others: &'a [Value],
    /// Half of the others are no larger.
    pub middle: Value,
    /// What that is called.
    pub middle_name: &'a str,
}

/// Dots, drawn.
pub fn dots(row: &Dots<'_>, words: &Words<'_>, sheet: Sheet) -> String {
    let mut drawing = Drawing::new(sheet);
    let number = |value: &Value| value.number().unwrap_or_default();
    let all = row.others.iter().chain(&row.own);
    let largest = all.map(number).fold(0.0, f64::max);
    let steps = if sheet.is_narrow() { 3 } else { 5 };
    let ticks = match row.middle {
        // Of a share all that there could be is shown.
        Value::Share(..) => vec![0.0, 0.25, 0.5, 0.75, 1.0],
        _ => ticks(largest, steps, true),
    };
    let end = ticks.last().copied().unwrap_or(1.0);
    let x = |value: f64| BESIDE + along(value, end, 2.0_f64.mul_add(-BESIDE, sheet.width));
    let columns = columns(row);
    let most = columns.iter().map(|(_, dots)| dots.len()).max();
    let foot = STEP.mul_add(at(most.unwrap_or(1)), HEAD);
    let middle = number(&row.middle);
    drawing.path("c-all", &[(x(middle), 22.0), (x(middle), foot)]);
    named(
        &mut drawing,
        "c-soft",
        (x(middle), 16.0),
        sheet,
        row.middle_name,
    );
    drawing.path("c-base", &[(x(0.0), foot), (x(end), foot)]);
    for (value, dots) in &columns {
        for (index, is_own) in dots.iter().enumerate() {
            let y = STEP.mul_add(-at(index), foot - RADIUS - 4.0);
            let class = if *is_own { "c-dot c-1" } else { "c-dot c-bar" };
            drawing.dot(class, (x(*value), y), RADIUS);
        }
    }
    if let Some(own) = row.own {
        let above = columns.iter().find(|(_, dots)| dots.contains(&true));
        let dots = above.map_or(1, |(_, dots)| dots.len());
        let y = STEP.mul_add(-at(dots), foot - 8.0);
        let at = (x(number(&own)), y);
        named(&mut drawing, "c-over c-strong", at, sheet, row.own_name);
    }
    for tick in &ticks {
        let held = if *tick <= 0.0 {
            Held::Start
        } else {
            Held::Middle
        };
        let told = (words.value)(of_kind(row.middle, *tick));
        let place = if *tick <= 0.0 { 0.0 } else { x(*tick) };
        drawing.path("c-base", &[(x(*tick), foot), (x(*tick), foot + 4.0)]);
        let wide = letters::width(&told) / 2.0;
        if *tick <= 0.0 || place + wide <= sheet.width {
            drawing.text("c-soft", (place, foot + 22.0), held, &told);
        } else {
            drawing.text("c-soft", (sheet.width, foot + 22.0), Held::End, &told);
        }
    }
    drawing.done(foot + BELOW, words)
}

/// The dots that stand on each other, and which of them is the own one: it lies on top.
fn columns(row: &Dots<'_>) -> Vec<(f64, Vec<bool>)> {
    let mut columns: Vec<(f64, Vec<bool>)> = Vec::new();
    let others = row.others.iter().map(|value| (value, false));
    for (value, is_own) in others.chain(row.own.iter().map(|value| (value, true))) {
        let Some(value) = value.number() else {
            continue;
        };
        let same = columns
            .iter_mut()
            .find(|(other, _)| (*other - value).abs() < 1e-9);
        match same {
            Some((_, dots)) => dots.push(is_own),
            None => columns.push((value, vec![is_own])),
        }
    }
    columns
}

/// Names a place on the axis, within the sheet.
fn named(drawing: &mut Drawing, class: &str, (x, y): (f64, f64), sheet: Sheet, name: &str) {
    let half = letters::width(name) / 2.0;
    let (place, held) = if x < half {
        (0.0, Held::Start)
    } else if x + half > sheet.width {
        (sheet.width, Held::End)
    } else {
        (x, Held::Middle)
    };
    drawing.text(class, (place, y), held, name);
}

/// A figure of the axis, as those on it are.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of an axis, 0 to 1"
)]
fn of_kind(kind: Value, number: f64) -> Value {
    match kind {
        Value::Share(..) => Value::Share((number * 100.0).round() as u64, 100),
        Value::Rate(_) => Value::Rate(number),
        _ => Value::Days(number),
    }
}
