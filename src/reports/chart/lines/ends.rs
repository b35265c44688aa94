//! What stands at the ends of the lines, none over the other.

use super::series::{NAMED, Series};
use super::{Drawing, Held, LINE, Plot, Sheet, Words, letters};

/// Between the end of a line and its name.
const GAP: f64 = 12.0;

/// The words at the end of a line.
pub(super) struct End {
    lines: Vec<String>,
    /// The last point that is drawn.
    index: usize,
    number: f64,
    class: &'static str,
    /// Where the words' middle is in the end.
    y: f64,
}

/// The words for each line that has a name, and how many lines have none.
pub(super) fn of(all: &[Series<'_>], words: &Words<'_>, sheet: Sheet) -> (Vec<End>, usize) {
    let most = sheet.width * if sheet.is_narrow() { 0.42 } else { 0.3 };
    let ends = all.iter().take(NAMED).filter_map(|series| {
        let (index, value) = series.last()?;
        let figure = (words.value)(value);
        let mut lines = match series.of {
            Some((dimension, key)) => letters::wrapped(&words.name_of(dimension, key), most, 2),
            None => Vec::new(),
        };
        let beside = match lines.last() {
            // Each keeps its own order of letters.
            Some(last) if sheet.from_the_right => {
                format!("\u{2068}{last}\u{2069} \u{2068}{figure}\u{2069}")
            }
            Some(last) => format!("{last} {figure}"),
            None => figure.clone(),
        };
        if letters::width(&beside) <= most {
            lines.pop();
            lines.push(beside);
        } else {
            lines.push(figure);
        }
        Some(End {
            lines,
            index,
            number: value.number()?,
            class: series.class(),
            y: 0.0,
        })
    });
    (ends.collect(), all.len().saturating_sub(NAMED))
}

/// How much room they take.
pub(super) fn width(ends: &[End]) -> f64 {
    let lines = ends.iter().flat_map(|end| &end.lines);
    GAP + lines.map(|line| letters::width(line)).fold(0.0, f64::max)
}

/// Writes them beside their lines' ends, moved apart where these are near each other.
pub(super) fn draw(drawing: &mut Drawing, plot: &Plot, ends: &mut [End]) {
    for end in ends.iter_mut() {
        end.y = plot.y(end.number);
    }
    ends.sort_by(|one, other| one.y.total_cmp(&other.y));
    part(ends, plot.foot());
    let x = plot.area.x + plot.area.width;
    for end in ends.iter() {
        let from = (plot.x(end.index), plot.y(end.number));
        if (from.1 - end.y).abs() > 4.0 || end.index + 1 < plot.spans {
            drawing.path("c-lead", &[from, (x + GAP - 4.0, end.y)]);
        }
        drawing.dot(&format!("c-dot {}", end.class), from, 5.0);
        let first = end.y - end.height() / 2.0 + 15.0;
        drawing.lines("c-strong", (x + GAP, first), Held::Start, &end.lines);
    }
}

/// Down from the first, then up again from the foot: each keeps its own lines' room.
fn part(ends: &mut [End], foot: f64) {
    let mut free = f64::MIN;
    for end in ends.iter_mut() {
        end.y = end.y.max(free + end.height() / 2.0);
        free = end.y + end.height() / 2.0;
    }
    let mut free = foot + LINE / 2.0;
    for end in ends.iter_mut().rev() {
        end.y = end.y.min(free - end.height() / 2.0);
        free = end.y - end.height() / 2.0;
    }
}

impl End {
    fn height(&self) -> f64 {
        LINE * super::at(self.lines.len())
    }
}
