//! Texts of strangers on a page. The template escapes what is markup in them; here falls what is none and does harm all the same.

/// Letters of a complaint's words in a list.
const IN_A_LIST: usize = 160;

/// A text with nothing in it that a page cannot show: control characters stand as their pictures (U+2400), so that they are seen
/// and do nothing; line breaks stay. Marks that turn letters around by force fall away (UAX #9, embeddings, overrides and isolates): no phone's
/// keyboard has them, and with them a text reads otherwise than it was searched and routed.
pub(in crate::console) fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The beginning of a text in one line: cut at a word, or in the middle of one that has no end.
pub(in crate::console) fn first_words(text: &str) -> String {
    let line = shown(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(IN_A_LIST) else {
        return line;
    };
    let cut = line.get(..end).unwrap_or(&line);
    let at_a_word = cut.rsplit_once(' ').map(|(words, _)| words);
    let words = at_a_word.filter(|words| words.chars().count() > IN_A_LIST / 2);
    format!("{}…", words.unwrap_or(cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_seen_and_do_nothing() {
        assert_eq!(
            shown("a\u{1b}[31mb\0c\u{7f}\u{85}\r\nd"),
            "a␛[31mb␀c␡\u{fffd} \nd"
        );
    }

    #[test]
    fn nothing_is_turned_around_by_force() {
        assert_eq!(shown("\u{202e}evitisnes\u{202c} ok"), "evitisnes ok");
        assert_eq!(
            shown("\u{2067}البئر\u{2069} \u{200f}مكسور"),
            "البئر \u{200f}مكسور"
        );
    }

    #[test]
    fn a_list_has_the_beginning_in_one_line() {
        assert_eq!(first_words(" Borehole\n\n is  dry "), "Borehole is dry");
        let long = "maji ".repeat(60);
        let cut = first_words(&long);
        assert!(
            cut.ends_with("maji…") && cut.chars().count() <= 161,
            "{cut}"
        );
        assert_eq!(first_words(&"x".repeat(1600)).chars().count(), 161);
        assert_eq!(first_words(&"م".repeat(1600)).chars().count(), 161);
    }
}
