//! Lines over time from nought, each with its name and its last figure at its end.

mod ends;
mod series;

use super::drawing::{Area, Drawing, Held};
use super::letters::{self, LINE};
use super::scale::{along, at, ticks};
use super::{Sheet, Words};
use crate::reports::{Answer, Finding, Shape};

use series::Series;
pub(super) use series::as_value;

/// More lines than these are a table in shades.
pub(super) const MOST: usize = 8;
/// Above the highest line, where a figure can stand.
const HEAD: f64 = 28.0;
/// From the axis to the foot of the words below it.
const BELOW: f64 = 28.0;
/// More points than these are a line without dots.
const DOTS: usize = 31;

/// Where the lines are drawn.
struct Plot {
    area: Area,
    /// How many spans of time there are.
    spans: usize,
    /// The figure at the top.
    largest: f64,
}

pub(super) fn draw(answer: &Answer, words: &Words<'_>, sheet: Sheet) -> String {
    let mut drawing = Drawing::new(sheet);
    let (Some((time, spans)), all) = series::of(answer) else {
        return drawing.done(0.0, words);
    };
    let ticks = axis(answer, &all);
    let tick_words: Vec<String> = ticks
        .iter()
        .map(|tick| (words.value)(as_value(answer.question.measure, *tick)))
        .collect();
    let widest = |words: &[String]| {
        let widths = words.iter().map(|word| letters::width(word));
        widths.fold(0.0, f64::max)
    };
    let start = widest(&tick_words) + 10.0;
    let (mut named, left_out) = ends::of(&all, words, sheet);
    let names: Vec<String> = spans.iter().map(|key| words.name_of(time, key)).collect();
    // The last span's name stands half beyond the line's end.
    let last = names.last().map_or(0.0, |name| letters::width(name) / 2.0);
    let end_width = ends::width(&named).max(last);
    let plot = Plot {
        area: Area {
            x: start,
            y: HEAD,
            width: (sheet.width - start - end_width).max(40.0),
            height: if sheet.is_narrow() { 220.0 } else { 300.0 },
        },
        spans: spans.len(),
        largest: ticks.last().copied().unwrap_or(1.0),
    };
    grid(&mut drawing, &plot, &ticks, &tick_words);
    below(&mut drawing, &plot, &names);
    // The lines that are named are drawn over the others.
    for one in all.iter().rev() {
        line(&mut drawing, &plot, one);
    }
    peak(&mut drawing, &plot, answer, words, &all);
    ends::draw(&mut drawing, &plot, &mut named);
    let mut foot = plot.foot() + BELOW + 4.0;
    if left_out > 0 {
        let more = (words.more)(left_out);
        drawing.text("c-soft", (start, foot + 14.0), Held::Start, &more);
        foot += 24.0;
    }
    drawing.done(foot, words)
}

/// The round figures of the axis: of shares always the whole.
fn axis(answer: &Answer, all: &[Series<'_>]) -> Vec<f64> {
    if answer.question.measure.is_share() {
        return vec![0.0, 0.5, 1.0];
    }
    let numbers = all.iter().flat_map(|one| one.numbers());
    let largest = numbers.fold(0.0, f64::max);
    ticks(largest, 4, answer.question.measure.is_count())
}

fn grid(drawing: &mut Drawing, plot: &Plot, ticks: &[f64], words: &[String]) {
    let start = plot.area.x;
    for (at, (tick, word)) in ticks.iter().zip(words).enumerate() {
        let y = plot.y(*tick);
        let class = if at == 0 { "c-base" } else { "c-grid" };
        drawing.path(class, &[(start, y), (start + plot.area.width, y)]);
        drawing.text("c-soft", (start - 8.0, y + 5.5), Held::End, word);
    }
}

/// The names of the spans of time, as many as there is room for.
fn below(drawing: &mut Drawing, plot: &Plot, names: &[String]) {
    let widest = names
        .iter()
        .map(|name| letters::width(name))
        .fold(0.0, f64::max);
    let apart = plot.area.width / at(plot.spans.max(2) - 1);
    let mut every = 1;
    while apart * at(every) < widest + 12.0 && every < names.len() {
        every += 1;
    }
    let last = names.len().saturating_sub(1);
    for (index, name) in names.iter().enumerate() {
        // The last is always named, and those before it keep away from it.
        if (last - index).is_multiple_of(every) {
            let x = plot.x(index);
            let half = letters::width(name) / 2.0;
            let held_at = x.max(half.min(plot.area.x + half));
            let foot = plot.foot() + BELOW - 6.0;
            drawing.text("c-soft", (held_at, foot), Held::Middle, name);
            drawing.path("c-base", &[(x, plot.foot()), (x, plot.foot() + 5.0)]);
        }
    }
}

fn line(drawing: &mut Drawing, plot: &Plot, series: &Series<'_>) {
    let class = series.class();
    for part in series.unbroken() {
        let points: Vec<(f64, f64)> = part
            .iter()
            .map(|(index, number)| (plot.x(*index), plot.y(*number)))
            .collect();
        drawing.path(&format!("c-line {class}"), &points);
        let is_alone = points.len() == 1;
        if is_alone || (series.of.is_none() && plot.spans <= DOTS) {
            for point in points {
                drawing.dot(&format!("c-dot {class}"), point, 4.0);
            }
        }
    }
    for index in series.hidden() {
        let width = (plot.area.width / at(plot.spans.max(1)) * 0.6).clamp(4.0, 20.0);
        drawing.hatch(Area {
            x: plot.x(index) - width / 2.0,
            y: plot.foot() - 20.0,
            width,
            height: 20.0,
        });
    }
}

/// The figure at the peak that the title tells of; that of the last span stands at the line's end anyway.
fn peak(
    drawing: &mut Drawing,
    plot: &Plot,
    answer: &Answer,
    words: &Words<'_>,
    all: &[Series<'_>],
) {
    let Shape::Peak { key, value, .. } = Finding::of(answer, None).shape else {
        return;
    };
    let index = answer.rows.iter().position(|one| *one == key);
    let (Some(index), Some(number), [_]) = (index, value.number(), all) else {
        return;
    };
    if index + 1 < plot.spans {
        let text = (words.value)(value);
        let half = letters::width(&text) / 2.0;
        let x = plot.x(index).max(plot.area.x + half);
        let at = (x, plot.y(number) - 12.0);
        drawing.text("c-strong", at, Held::Middle, &text);
    }
}

impl Plot {
    fn x(&self, index: usize) -> f64 {
        match self.spans {
            0 | 1 => self.area.x + self.area.width / 2.0,
            spans => at(index).mul_add(self.area.width / at(spans - 1), self.area.x),
        }
    }

    fn y(&self, number: f64) -> f64 {
        self.foot() - along(number, self.largest, self.area.height)
    }

    fn foot(&self) -> f64 {
        self.area.y + self.area.height
    }
}
