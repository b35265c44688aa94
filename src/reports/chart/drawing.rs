//! SVG, an element after the other, mirrored where one reads from right to left. All text is escaped here and nowhere else.

use std::fmt::{Display, Write as _};

use super::letters::{self, LINE};
use super::{STYLE, Sheet, Words};

/// The colours of a chart that stands alone.
const GROUND: &str = include_str!("ground.css");
/// Around a chart that stands alone.
const MARGIN: f64 = 24.0;
/// From one line of the title to the next, and how much larger than a label it is.
const TITLE_LINE: f64 = 26.0;
const TITLE_SIZE: f64 = 1.25;
/// From one line of a hatch to the next.
const HATCH: f64 = 6.0;

/// A rectangle: from its start and its top, so wide and so high.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Start,
    Middle,
    End,
}

/// What is drawn so far. Lengths along a line count from where one begins to read.
pub(super) struct Drawing {
    sheet: Sheet,
    width: f64,
    body: String,
}

/// A length, to a tenth of a pixel.
struct Px(f64);

/// A text that cannot be taken for markup.
struct Escaped<'a>(&'a str);

impl Drawing {
    pub(super) fn new(sheet: Sheet) -> Self {
        Self::so_wide(sheet, sheet.width)
    }

    /// One that needs another width than its sheet's: its page lets it scroll.
    pub(super) fn so_wide(sheet: Sheet, width: f64) -> Self {
        Self {
            sheet,
            width,
            body: String::new(),
        }
    }

    fn x(&self, x: f64) -> Px {
        Px(if self.sheet.from_the_right {
            self.width - x
        } else {
            x
        })
    }

    pub(super) fn rectangle(&mut self, class: &str, area: Area) {
        let x = if self.sheet.from_the_right {
            self.width - area.x - area.width
        } else {
            area.x
        };
        self.write(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}"/>"#,
            Px(x),
            Px(area.y),
            Px(area.width),
            Px(area.height)
        ));
    }

    /// Stands for what is not told: strokes across the area, within a thin frame.
    pub(super) fn hatch(&mut self, area: Area) {
        self.rectangle("c-hidden", area);
        let mut strokes = String::new();
        let foot = area.y + area.height;
        let mut from = HATCH;
        while from < area.width + area.height {
            // From the foot or the far side up to the near side or the top.
            let (below, above) = (from.min(area.width), (from - area.height).max(0.0));
            let (low, high) = (foot - (from - below), foot - (from - above));
            let (low_at, high_at) = (self.x(area.x + below), self.x(area.x + above));
            // Writing to a string does not fail.
            let _ = write!(strokes, "M{low_at} {}L{high_at} {}", Px(low), Px(high));
            from += HATCH;
        }
        self.write(format_args!(r#"<path class="c-hatch" d="{strokes}"/>"#));
    }

    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), held: Held, text: &str) {
        let anchor = match held {
            Held::Start => "",
            Held::Middle => r#" text-anchor="middle""#,
            Held::End => r#" text-anchor="end""#,
        };
        let x = self.x(x);
        self.write(format_args!(
            r#"<text class="{class}" x="{x}" y="{}"{anchor}>{}</text>"#,
            Px(y),
            Escaped(text)
        ));
    }

    /// Lines of text below each other; `y` is the foot of the first.
    pub(super) fn lines(&mut self, class: &str, (x, y): (f64, f64), held: Held, lines: &[String]) {
        let mut foot = y;
        for line in lines {
            self.text(class, (x, foot), held, line);
            foot += LINE;
        }
    }

    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let mut d = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let step = if at == 0 { 'M' } else { 'L' };
            let _ = write!(d, "{step}{} {}", self.x(*x), Px(*y));
        }
        self.write(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    pub(super) fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let x = self.x(x);
        self.write(format_args!(
            r#"<circle class="{class}" cx="{x}" cy="{}" r="{}"/>"#,
            Px(y),
            Px(radius)
        ));
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = writeln!(self.body, "{what}");
    }

    /// All of it, so high.
    pub(super) fn done(self, height: f64, words: &Words<'_>) -> String {
        let class = match (self.sheet.is_narrow(), self.width > self.sheet.width) {
            (true, false) => "chart narrow",
            (true, true) => "chart narrow broad",
            (false, false) => "chart wide",
            (false, true) => "chart wide broad",
        };
        let direction = if self.sheet.from_the_right {
            r#" direction="rtl""#
        } else {
            ""
        };
        let (title, description) = (Escaped(words.title), Escaped(words.description));
        let named = format!("<title>{title}</title>\n<desc>{description}</desc>\n");
        if !self.sheet.stands_alone {
            let (width, height) = (Px(self.width), Px(height));
            return format!(
                "<svg class=\"{class}\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"{direction}>\n{named}{}</svg>\n",
                self.body
            );
        }
        let lines = letters::wrapped(words.title, self.width / TITLE_SIZE, 4);
        let start = if self.sheet.from_the_right {
            self.width
        } else {
            0.0
        };
        let mut headed = String::new();
        for (at, line) in lines.iter().enumerate() {
            let y = TITLE_LINE.mul_add(super::scale::at(at), 20.0);
            let _ = writeln!(
                headed,
                r#"<text class="c-title" x="{}" y="{}">{}</text>"#,
                Px(start),
                Px(y),
                Escaped(line)
            );
        }
        let head = TITLE_LINE.mul_add(super::scale::at(lines.len()), 14.0);
        let (width, height) = (
            Px(2.0_f64.mul_add(MARGIN, self.width)),
            Px(2.0_f64.mul_add(MARGIN, height + head)),
        );
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"{direction}>\n{named}<style>\n{GROUND}{STYLE}</style>\n<rect class=\"c-ground\" width=\"100%\" height=\"100%\"/>\n<g transform=\"translate({MARGIN} {MARGIN})\">\n{headed}<g transform=\"translate(0 {})\">\n{}</g>\n</g>\n</svg>\n",
            Px(head),
            self.body
        )
    }
}

impl Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Adding 0 takes the sign off a nought.
        write!(f, "{}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                // XML has no place for the other controls.
                letter if letter.is_control() => f.write_char(' ')?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}
