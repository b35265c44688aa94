//! Answers drawn as SVG: bars, lines over time, stacked bars, a table in shades, a histogram, dots along an axis, a map of tiles.
//!
//! All are drawn at the size at which they are read, 16 px letters and up, so that a page shows one of two widths ([`Sheet::WIDE`],
//! [`Sheet::NARROW`]) and scales neither. Colours are the page's, by the classes of [`STYLE`]; one that stands alone brings its own.
//! Nothing is told by colour alone: bars, cells and tiles bear their figures, lines their names at their ends and dashes of their own,
//! what is hidden is hatched. A table for those who do not see it belongs beside each on its page.
//!
//! Rejected: plotters and its kind, which draw axes and legends for engineers, know no right-to-left and no style sheet of a page.

mod bars;
mod dots;
mod drawing;
mod heat;
mod histogram;
mod key;
mod letters;
mod lines;
mod map;
mod rows;
mod scale;
mod stacked;
mod steps;

use super::{Answer, Dimension, Key, Value};
use crate::intake::places::Places;

pub use dots::{Dots, dots};
pub use histogram::{Lengths, histogram};
pub use steps::{Shades, Way};

/// The classes of all charts, over the page's own `--ink`, `--soft`, `--rule`, `--paper` and `--accent`; to stand in the page's style sheet.
pub const STYLE: &str = include_str!("chart.css");

/// What a chart says, in the reader's language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// What it shows, as a finding.
    pub title: &'a str,
    /// What kind of picture of what it is, for those who do not see it.
    pub description: &'a str,
    /// What a row or a column is called; the key `None`: it is not given.
    pub name: &'a dyn Fn(Dimension, Option<&str>) -> String,
    /// A figure with its unit, as short as a label; of one that is hidden, that it is.
    pub value: &'a dyn Fn(Value) -> String,
    /// What stands at the line of the figure of all.
    pub all: &'a str,
    /// That there are so many more that are not drawn.
    pub more: &'a dyn Fn(usize) -> String,
    /// What shades stand for, and on a map with rates that these are the figures under the counts. In the dark more is not darker: speak of
    /// stronger ones.
    pub shades: &'a dyn Fn(Shades) -> String,
}

/// What it is drawn on.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// How wide it is, in CSS pixels.
    pub width: f64,
    /// Whether it is read from right to left.
    pub from_the_right: bool,
    /// Whether it is a file of its own, with its title on it and its own colours.
    pub stands_alone: bool,
}

/// How an answer can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A bar for each row.
    Bars,
    /// A line over time, or one for each row or column.
    Lines,
    /// A bar for each row, with a part for each column.
    Stacked,
    /// A table in shades.
    Heat,
    /// A tile for each place.
    Map,
}

impl Sheet {
    /// The width for a page, a projector and paper.
    pub const WIDE: f64 = 720.0;
    /// The width beside the table of what is drawn.
    pub const HALF: f64 = 480.0;
    /// The width for a phone.
    pub const NARROW: f64 = 312.0;

    /// Whether names stand above what they name, and not beside it.
    fn is_narrow(self) -> bool {
        self.width < 480.0
    }
}

/// What a map needs besides its figures.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// Where they are, and what they are called.
    pub places: &'a Places,
    /// The same question's figures for each 100,000 inhabitants: where there are any they are what the shades tell.
    pub rates: Option<&'a Answer>,
}

/// The kind that suits an answer; `None`: it is one figure, or nothing, and a picture would say no more.
pub fn fitting(answer: &Answer) -> Option<Kind> {
    let rows = answer.question.rows().filter(|_| !answer.is_empty())?;
    let columns = answer.question.columns();
    let spans = match (rows.is_time(), columns.is_some_and(Dimension::is_time)) {
        (true, false) => answer.rows.len(),
        (false, true) => answer.columns.len(),
        _ => 0,
    };
    let given = |keys: &[Key]| keys.iter().flatten().count();
    let Some(columns) = columns else {
        return Some(if spans > 2 {
            Kind::Lines
        } else if rows.is_place() && given(&answer.rows) > 2 {
            Kind::Map
        } else {
            Kind::Bars
        });
    };
    let lines = if rows.is_time() {
        given(&answer.columns)
    } else {
        given(&answer.rows)
    };
    let is_part_of_it = answer.question.measure.is_count() && !columns.is_time();
    Some(if spans > 2 && lines <= lines::MOST {
        Kind::Lines
    } else if is_part_of_it && given(&answer.columns) <= stacked::COLOURS {
        Kind::Stacked
    } else {
        Kind::Heat
    })
}

/// The answer, drawn.
pub fn draw(
    kind: Kind,
    answer: &Answer,
    beside: &Beside<'_>,
    words: &Words<'_>,
    sheet: Sheet,
) -> String {
    match kind {
        Kind::Bars => bars::draw(answer, words, sheet),
        Kind::Lines => lines::draw(answer, words, sheet),
        Kind::Stacked => stacked::draw(answer, words, sheet),
        Kind::Heat => heat::draw(answer, words, sheet),
        Kind::Map => map::draw(answer, beside, words, sheet),
    }
}

impl Words<'_> {
    /// What a row or a column is called.
    fn name_of(&self, dimension: Dimension, key: &Key) -> String {
        (self.name)(dimension, key.as_deref())
    }
}
