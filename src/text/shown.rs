//! Texts of others as a screen, a log or a remark can hold them.

use super::normalise::digit;

/// A text with so many digits may hold somebody's number.
const DIGITS_OF_A_NUMBER: usize = 6;

/// At most so many characters.
pub fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The same, with a sign where there was more.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_some() {
        cut(text, most.saturating_sub(1)) + "…"
    } else {
        text.to_owned()
    }
}

/// Whether it ends a line, hides, or turns the direction of what follows.
fn is_unseen(c: char) -> bool {
    let marks = matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    // Letters by their kind that show nothing, and tags.
    let blanks = matches!(
        c,
        '\u{ad}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e007f}'
    );
    marks || blanks || c.is_control()
}

/// A text without anything that ends a line, hides, or turns the direction of what follows.
pub fn one_line(text: &str) -> String {
    let shown = text.chars().map(|c| if is_unseen(c) { ' ' } else { c });
    let shown: String = shown.collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same where just that may be what is wrong with it: such characters are spelled out, and the middle of more than so many is
/// left out, for there is something to be read at both ends.
pub fn spelled_out(text: &str, most: usize) -> String {
    let spell = |c: char| {
        let spelled = is_unseen(c).then(|| c.escape_unicode());
        spelled
            .into_iter()
            .flatten()
            .chain((!is_unseen(c)).then_some(c))
    };
    let left_out = text.chars().count().saturating_sub(most);
    if left_out == 0 {
        return text.chars().flat_map(spell).collect();
    }
    let end = most / 4;
    let first = text.chars().take(most - end).flat_map(spell);
    let last = text.chars().skip(most - end + left_out).flat_map(spell);
    first.chain(['…']).chain(last).collect()
}

/// The beginning of a text, on one line, without the digits of what may be a number.
pub fn quotation(text: &str, most: usize) -> String {
    let text = one_line(text);
    let digits = text.chars().filter(|c| digit(*c).is_some()).count();
    let veil = |c| if digit(c).is_some() { '·' } else { c };
    let shown: String = if digits < DIGITS_OF_A_NUMBER {
        text
    } else {
        text.chars().map(veil).collect()
    };
    shortened(&shown, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_one_line_without_what_a_terminal_obeys_and_without_numbers() {
        assert_eq!(
            quotation("No\nwater \u{1b}[31m\u{202e}here", 60),
            "No water [31m here"
        );
        assert_eq!(quotation("call 0711000001", 60), "call ··········");
        assert_eq!(quotation("5 days, 40 people", 60), "5 days, 40 people");
    }

    #[test]
    fn what_hides_is_spelled_out_and_what_is_long_keeps_both_its_ends() {
        assert_eq!(
            spelled_out("unknown key `a\u{1b}[31m\n\u{200b}b`, Máji مياه", 99),
            "unknown key `a\\u{1b}[31m\\u{a}\\u{200b}b`, Máji مياه"
        );
        let long = format!("there is no `{}`: mend it", "é".repeat(500_000));
        let told = spelled_out(&long, 100);
        assert!(told.starts_with("there is no `éé") && told.ends_with("éé`: mend it"));
        assert!(
            told.contains("é…é") && told.chars().count() == 101,
            "{told}"
        );
        assert_eq!(spelled_out("مياه", 4), "مياه");
    }

    #[test]
    fn what_is_cut_says_so_and_no_letter_is_cut_in_two() {
        assert_eq!(shortened("مياه", 4), "مياه");
        assert_eq!(shortened("المياه", 4), "الم…");
        assert_eq!(shortened("abc", 0), "…");
    }
}
