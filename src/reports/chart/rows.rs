//! Where horizontal bars and their names stand: beside each other, or on a phone the name above its bar.

use super::Sheet;
use super::drawing::{Area, Drawing, Held};
use super::letters::{self, LINE};

/// Between a name and its bar.
const GAP: f64 = 12.0;
/// Between a bar and its figure.
pub(super) const BEHIND: f64 = 8.0;

/// The rows of a chart.
pub(super) struct Rows {
    /// Where all bars begin.
    pub(super) start: f64,
    rows: Vec<Row>,
    /// Where the last one ends.
    pub(super) foot: f64,
    is_narrow: bool,
}

/// A row.
pub(super) struct Row {
    lines: Vec<String>,
    top: f64,
    /// How far its bar can reach.
    pub(super) bar: Area,
}

impl Rows {
    /// Rows of these names, from that height on. Behind each bar there is to be room for its figure, which is so wide; the bar itself has
    /// that part of the longest one's length.
    pub(super) fn new(names: &[String], sheet: Sheet, top: f64, ends: &[(f64, f64)]) -> Self {
        let is_narrow = sheet.is_narrow();
        let most = if is_narrow {
            sheet.width
        } else {
            sheet.width * 0.36
        };
        let wrapped: Vec<Vec<String>> = names
            .iter()
            .map(|name| letters::wrapped(name, most, 2))
            .collect();
        let widths = wrapped.iter().flatten().map(|line| letters::width(line));
        let start = match is_narrow {
            true => 0.0,
            false => widths.fold(0.0, f64::max) + GAP,
        };
        let room = sheet.width - start;
        let fits = ends.iter().map(|(figure, part)| match *part {
            part if part > 0.0 => (room - figure - BEHIND) / part,
            _ => room,
        });
        let width = fits.fold(room, f64::min).max(24.0);
        let mut y = top;
        let mut rows = Vec::new();
        for lines in wrapped {
            let text = LINE * super::scale::at(lines.len());
            let (above, height, below) = if is_narrow {
                (text + 2.0, 18.0, 12.0)
            } else {
                let height = text.max(24.0);
                ((height - 24.0) / 2.0, 24.0, (height - 24.0) / 2.0 + 8.0)
            };
            let bar = Area {
                x: start,
                y: y + above,
                width,
                height,
            };
            rows.push(Row { lines, top: y, bar });
            y += above + height + below;
        }
        Self {
            start,
            rows,
            foot: y,
            is_narrow,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Writes a row's name.
    pub(super) fn name(&self, drawing: &mut Drawing, row: &Row, class: &str) {
        let foot = if self.is_narrow {
            row.top + 16.0
        } else {
            let text = LINE * super::scale::at(row.lines.len());
            row.bar.y + (row.bar.height - text) / 2.0 + 15.0
        };
        drawing.lines(class, (0.0, foot), Held::Start, &row.lines);
    }

    /// The line that all bars stand on.
    pub(super) fn base(&self, drawing: &mut Drawing) {
        let first = self.rows.first().map_or(0.0, |row| row.top);
        if !self.is_narrow {
            let ends = [(self.start, first - 4.0), (self.start, self.foot - 4.0)];
            drawing.path("c-base", &ends);
        }
    }
}

impl Row {
    /// The foot of a text in the middle of its bar.
    pub(super) fn middle(&self) -> f64 {
        self.bar.y + self.bar.height / 2.0 + 5.5
    }
}
