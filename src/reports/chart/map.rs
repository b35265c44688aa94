//! A map of equal tiles: each place is as large as any other, bears its name and its figures, and lies about where it is.

mod places;

use super::drawing::{Area, Drawing, Held};
use super::key;
use super::letters::{self, LINE};
use super::steps::Steps;
use super::{Beside, Sheet, Words, bars, heat};
use crate::reports::{Answer, Key, Measure, Value};
use places::{Laid, laid_out};

const GAP: f64 = 4.0;
/// The widest that a tile gets.
const WIDEST: f64 = 152.0;
/// Within a tile, on both sides.
const WITHIN: f64 = 8.0;
/// Above the tiles of a county, where there are several, for its name.
const HEAD: f64 = 28.0;

/// The figures of a place.
struct OfPlace {
    count: Value,
    rate: Option<Value>,
}

pub(super) fn draw(
    answer: &Answer,
    beside: &Beside<'_>,
    words: &Words<'_>,
    sheet: Sheet,
) -> String {
    let counties = laid_out(answer, beside.places);
    let across = counties.iter().map(Laid::columns).max().unwrap_or(1);
    let across = super::scale::at(across.into());
    let width = ((sheet.width + GAP) / across - GAP).min(WIDEST);
    let mut tiles = counties.iter().flat_map(|county| &county.tiles);
    let fit = |name: &str| letters::widest_piece(name) + WITHIN <= width;
    if counties.is_empty() || !tiles.all(|(place, _)| fit(&place.name)) {
        // A name that is cut says nothing, and on a phone many would be.
        return bars::draw(answer, words, sheet);
    }
    let rates = beside.rates;
    let height = if rates.is_some() { 112.0 } else { 92.0 };
    let steps = Steps::new(
        rates
            .unwrap_or(answer)
            .rows
            .iter()
            .filter(|key| key.is_some())
            .filter_map(|key| figure(rates.unwrap_or(answer), key)?.number()),
    );
    let mut drawing = Drawing::new(sheet);
    let mut top = 0.0;
    for county in &counties {
        if counties.len() > 1 {
            drawing.text("c-strong", (0.0, top + 16.0), Held::Start, county.name);
            top += HEAD;
        }
        for (place, (column, row)) in &county.tiles {
            // West stays on the left also where one reads from the right.
            let column = match sheet.from_the_right {
                true => county.columns() - 1 - column,
                false => *column,
            };
            let area = Area {
                x: f64::from(column) * (width + GAP),
                y: f64::from(*row).mul_add(height + GAP, top),
                width,
                height,
            };
            let key: Key = Some(place.id.as_str().into());
            let of_place = OfPlace {
                count: figure(answer, &key).unwrap_or_else(|| none(answer)),
                rate: rates.map(|rates| figure(rates, &key).unwrap_or(Value::Nothing)),
            };
            of_place.draw(&mut drawing, area, &place.name, &steps, words);
        }
        top += f64::from(county.rows()) * (height + GAP) + 12.0;
    }
    let not_given = answer.question.rows().zip(figure(answer, &None));
    if let Some((dimension, value)) = not_given.filter(|(_, value)| *value != Value::Nothing) {
        let name = words.name_of(dimension, &None);
        let text = beside_each_other(&name, &(words.value)(value), sheet);
        drawing.text("", (0.0, top + 14.0), Held::Start, &text);
        top += LINE + 8.0;
    }
    let measure = rates.map_or(answer.question.measure, |_| Measure::PerInhabitants);
    let has_hidden = answer
        .row_totals
        .iter()
        .any(|figure| figure.value == Value::Hidden);
    let foot = key::of_steps(
        &mut drawing,
        &steps,
        measure,
        words,
        sheet,
        (top, has_hidden),
    );
    drawing.done(foot, words)
}

fn figure(answer: &Answer, key: &Key) -> Option<Value> {
    let at = answer.rows.iter().position(|one| one == key)?;
    answer.row_totals.get(at).map(|figure| figure.value)
}

/// The figure of a place that no complaint is from.
fn none(answer: &Answer) -> Value {
    if answer.question.measure.is_count() {
        Value::Count(0)
    } else {
        Value::Nothing
    }
}

/// A name and its figure, each in its own order of letters.
fn beside_each_other(name: &str, figure: &str, sheet: Sheet) -> String {
    if sheet.from_the_right {
        format!("\u{2068}{name}\u{2069}: \u{2068}{figure}\u{2069}")
    } else {
        format!("{name}: {figure}")
    }
}

impl OfPlace {
    fn draw(
        &self,
        drawing: &mut Drawing,
        area: Area,
        name: &str,
        steps: &Steps,
        words: &Words<'_>,
    ) {
        let told = self.rate.unwrap_or(self.count);
        let is_hidden = self.count == Value::Hidden || told == Value::Hidden;
        let shade = told.number().map_or(0, |number| steps.shade(number));
        let class = if is_hidden {
            drawing.hatch(area);
            "c-over"
        } else {
            drawing.rectangle(&format!("c-step-{shade}"), area);
            heat::on_shade(shade)
        };
        let x = area.x + WITHIN;
        let lines = letters::wrapped(name, area.width - WITHIN, 2);
        let of_name = if shade == 0 && !is_hidden { "" } else { class };
        drawing.lines(of_name, (x, area.y + 21.0), Held::Start, &lines);
        let foot = area.y + area.height;
        let figures = [Some(self.count), self.rate.filter(|_| !is_hidden)];
        let figures: Vec<Value> = figures.into_iter().flatten().collect();
        for (at, value) in figures.iter().rev().enumerate() {
            let weight = if at + 1 == figures.len() && class != "c-soft" {
                format!("{class} c-strong")
            } else {
                class.to_owned()
            };
            let y = LINE.mul_add(-super::scale::at(at), foot - 10.0);
            let told = letters::wrapped(&(words.value)(*value), area.width - WITHIN, 1);
            drawing.lines(&weight, (x, y), Held::Start, &told);
        }
    }
}
