//! What shades and patterns stand for, in rows of a patch and its words.

use super::drawing::{Area, Drawing, Held};
use super::letters::{self, LINE};
use super::steps::{Shades, Steps};
use super::{Sheet, Words, lines};
use crate::reports::{Measure, Value};

const PATCH: f64 = 20.0;
const GAP: f64 = 6.0;
/// Between one and the next.
const APART: f64 = 20.0;

/// A patch with its words.
pub(super) struct Entry {
    /// Its class; of what is hidden none.
    pub(super) class: Option<String>,
    pub(super) words: String,
}

/// Draws them from that height on, and says where they end.
pub(super) fn draw(drawing: &mut Drawing, entries: &[Entry], sheet: Sheet, top: f64) -> f64 {
    let (mut x, mut y) = (0.0, top);
    for entry in entries {
        let width = PATCH + GAP + letters::width(&entry.words);
        if x > 0.0 && x + width > sheet.width {
            x = 0.0;
            y += LINE + 4.0;
        }
        let patch = Area {
            x,
            y: y + 2.0,
            width: PATCH,
            height: 14.0,
        };
        match &entry.class {
            Some(class) => drawing.rectangle(class, patch),
            None => drawing.hatch(patch),
        }
        let at = (x + PATCH + GAP, y + 14.5);
        drawing.text("", at, Held::Start, &entry.words);
        x += width + APART;
    }
    y + LINE
}

/// What the shades of these steps stand for, and how they were made; says where it ends.
pub(super) fn of_steps(
    drawing: &mut Drawing,
    steps: &Steps,
    measure: Measure,
    words: &Words<'_>,
    sheet: Sheet,
    (top, has_hidden): (f64, bool),
) -> f64 {
    let told = |number: f64| (words.value)(lines::as_value(measure, number));
    let mut entries: Vec<Entry> = steps
        .iter()
        .map(|(shade, (least, most))| {
            let (least, most) = (told(least), told(most));
            Entry {
                class: Some(format!("c-step-{shade}")),
                words: if least == most {
                    least
                } else {
                    format!("{least} – {most}")
                },
            }
        })
        .collect();
    if has_hidden {
        entries.push(Entry {
            class: None,
            words: (words.value)(Value::Hidden),
        });
    }
    let mut foot = draw(drawing, &entries, sheet, top) + 4.0;
    let way = Shades {
        measure,
        way: steps.way,
    };
    for line in letters::wrapped(&(words.shades)(way), sheet.width, 3) {
        drawing.text("c-soft", (0.0, foot + 14.5), Held::Start, &line);
        foot += LINE;
    }
    foot
}
