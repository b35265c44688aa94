//! How wide words are, and where they break, without the font at hand.
//!
//! Widths are those of DejaVu Sans, about the widest of the fonts that systems bring, between plain and bold: what fits in it fits in the
//! others.

/// The size of all labels, in CSS pixels.
pub(super) const SIZE: f64 = 16.0;
/// How much wider they are in bold.
const WEIGHT: f64 = 1.08;
/// From one line of them to the next.
pub(super) const LINE: f64 = 20.0;

/// About how wide a text is at [`SIZE`].
pub(super) fn width(text: &str) -> f64 {
    text.chars()
        .map(|letter| of_letter(letter) * SIZE * WEIGHT)
        .sum()
}

/// In parts of the size.
fn of_letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | 'I' => 0.3,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'f' | 't' | 'r' | '(' | ')' | '/' | '-' | '\u{a0}'
        | '\u{202f}' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' => 0.98,
        'A'..='Z' => 0.72,
        // Marks, and what only turns the direction, take no room.
        '\u{300}'..='\u{36f}'
        | '\u{64b}'..='\u{65f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2066}'..='\u{2069}' => 0.0,
        '\u{600}'..='\u{6ff}' => 0.58,
        '\u{1100}'.. => 1.0,
        _ => 0.63,
    }
}

/// A text in lines no wider than that; what is left after the last, or is one word too long, ends in an ellipsis.
pub(super) fn wrapped(text: &str, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if line.is_empty() || width(longer.trim_end()) <= most {
            line = longer;
        } else if wrapped.len() + 1 == lines {
            // The last line takes what is left, and is cut.
            line = longer;
        } else {
            wrapped.push(std::mem::replace(&mut line, piece.to_owned()));
        }
    }
    wrapped.push(line);
    wrapped.iter().map(|line| cut(line.trim(), most)).collect()
}

/// The widest of a text's pieces that cannot be broken.
pub(super) fn widest_piece(text: &str) -> f64 {
    pieces(text)
        .map(|piece| width(piece.trim_end()))
        .fold(0.0, f64::max)
}

/// A text taken apart behind spaces, hyphens and strokes.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '/', '-'])
}

fn cut(line: &str, most: f64) -> String {
    if width(line) <= most {
        return line.to_owned();
    }
    let mut kept = String::new();
    for letter in line.chars() {
        if width(&kept) + of_letter(letter) * SIZE * WEIGHT > most - SIZE {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_where_they_may_and_end_in_an_ellipsis() {
        assert_eq!(wrapped("Wajir South", 200.0, 2), ["Wajir South"]);
        assert_eq!(wrapped("Wajir South", 70.0, 2), ["Wajir", "South"]);
        assert_eq!(
            wrapped("Hadado/Athibohol", 90.0, 2),
            ["Hadado/", "Athibohol"]
        );
        assert_eq!(
            wrapped("Ministry of Water and Irrigation", 120.0, 2),
            ["Ministry of", "Water and…"]
        );
        assert_eq!(wrapped("", 70.0, 2), [""]);
    }

    #[test]
    fn marks_take_no_room() {
        assert!((width("e\u{301}") - width("e")).abs() < f64::EPSILON);
        assert!(width("شكاوى") > 30.0);
    }
}
