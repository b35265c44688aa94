//! What an officer wrote, made to fit into a text.

use crate::text::gsm7::{self, Encoding};

/// What word processors put for a plain sign, and would take the whole text to UCS-2; on one line.
pub(super) fn plain(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '’' | '‘' | '`' | '´' | 'ʼ' => plain.push('\''),
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            '–' | '—' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            'ç' => plain.push('c'),
            c if c.is_whitespace() => plain.push(' '),
            c if c.is_control() || is_invisible(c) => {}
            c => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of direction and joining: they cost the encoding, and could turn the rest of the text around.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// One segment in GSM-7, two in UCS-2, where each holds less than half as much.
pub(super) fn fits_a_notice(text: &str) -> bool {
    let count = gsm7::count(text);
    let allowed = match count.encoding {
        Encoding::Gsm7 => 1,
        Encoding::Ucs2 => 2,
    };
    count.segments <= allowed
}

/// The words whole, then ever shorter ones: cut behind a word, at last within the first.
pub(super) fn cuts(words: &str) -> impl Iterator<Item = String> + '_ {
    let ends_of_words = words.rmatch_indices(' ').map(|(at, _)| at);
    let first = words.split(' ').next().unwrap_or_default();
    let within_the_first = first.char_indices().rev().map(|(at, _)| at);
    let cut = |at: usize| format!("{}...", words.get(..at).unwrap_or_default());
    std::iter::once(words.to_owned()).chain(ends_of_words.chain(within_the_first).map(cut))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_word_processor_and_lines_become_plain() {
        assert_eq!(
            plain("It’s “done” –\nsee you…"),
            "It's \"done\" - see you..."
        );
        assert_eq!(plain("a\u{202e}b\u{7}\t c"), "ab c");
    }

    #[test]
    fn words_are_cut_at_a_word_and_a_long_one_within() {
        let all: Vec<String> = cuts("one two").collect();
        assert_eq!(all, ["one two", "one...", "on...", "o...", "..."]);
    }
}
