//! What a text shows by itself, whoever sent it.

use super::numbers::{self, NumberGroup};
use super::replies::{Keyword, Replies};
use crate::complaint::LanguageId;
use crate::text::normalise::Normalised;

/// What a text shows by itself.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text, folded for matching.
    pub words: Normalised,
    /// The command that the text is, if it is nothing else.
    pub keyword: Option<Keyword>,
    /// Its groups of ten digits.
    pub numbers: Vec<NumberGroup>,
    /// Whether nothing is said beside these groups, or only a word that asks for status or greets.
    pub only_numbers: bool,
    /// Whether it holds nothing to act on: a greeting, thanks, a lone digit, nothing readable.
    pub says_nothing: bool,
    /// The language that its words are of, if they tell.
    pub language: Option<LanguageId>,
}

/// So many characters of a text are read; all of it is kept. Gateways join up to 1,600, so that more come from no phone, and
/// what a text costs to read must not grow with what somebody sends.
const READ: usize = 2_000;

impl Reading {
    /// Reads a text.
    pub fn of(text: &str, replies: &Replies) -> Self {
        let text = match text.char_indices().nth(READ) {
            Some((end, _)) => text.get(..end).unwrap_or_default(),
            None => text,
        };
        let words = Normalised::new(text);
        let keyword = replies.keyword(&words);
        let numbers = numbers::find(text);
        let only_numbers = !numbers.is_empty() && says_nothing_beside(text, &numbers, replies);
        Self {
            language: match &keyword {
                Some((_, language)) => language.clone(),
                None => replies.detect(&words),
            },
            keyword: keyword.map(|(keyword, _)| keyword),
            only_numbers,
            says_nothing: is_small_talk(&words, replies),
            numbers,
            words,
        }
    }
}

/// A lone digit answers a question; where none was asked it says nothing.
fn is_small_talk(words: &Normalised, replies: &Replies) -> bool {
    let is_digits = |word: &str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let lone_digit = words.words().len() == 1 && words.words().all(|word| is_digits(word.text));
    words.is_blank() || lone_digit || replies.is_only_greeting(words)
}

fn says_nothing_beside(text: &str, numbers: &[NumberGroup], replies: &Replies) -> bool {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for group in numbers {
        rest.push_str(text.get(from..group.at.start).unwrap_or_default());
        rest.push(' ');
        from = group.at.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    let rest = Normalised::new(&rest);
    rest.is_blank()
        || replies.is_only_greeting(&rest)
        || replies
            .keyword(&rest)
            .is_some_and(|(keyword, _)| keyword == Keyword::Status)
}
