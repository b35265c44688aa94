//! What a text shows by itself, whoever sent it.

use std::ops::Range;

use super::numbers::{self, NumberGroup};
use super::replies::{Choice, Keyword, Replies};
use crate::complaint::LanguageId;
use crate::text::gsm7;
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
    /// What a few words beside these groups say.
    pub beside_numbers: Option<Box<Reading>>,
    /// Whether nothing is said beside these groups, or only a word that asks for status or greets.
    pub only_numbers: bool,
    /// The number of one or two digits that is all of the text: what a question in digits is answered with.
    pub digit: Option<usize>,
    /// The same with words around it that change nothing: "45 years".
    pub number_said: Option<usize>,
    /// Whether it holds nothing to act on: a greeting, thanks, a lone digit, nothing readable.
    pub says_nothing: bool,
    /// The word that the text is, where it can stand for a digit: yes, no, woman.
    pub choice: Option<Choice>,
    /// Whether any of its words is a frequent one of some language: then it is more than a name.
    pub has_a_frequent_word: bool,
    /// How many letters and other characters it has, white space aside.
    pub letters: usize,
    /// Whether it fills a segment, so that it may be a part of a longer text.
    pub fills_a_segment: bool,
    /// The language that its words are of, if they tell.
    pub language: Option<LanguageId>,
    /// Of the command that asks for a language: which, if it says.
    pub language_wanted: Option<LanguageId>,
}

/// So many characters of a text are read; all of it is kept. Gateways join up to 1,600, so that more come from no phone, and
/// what a text costs to read must not grow with what somebody sends.
const READ: usize = 2_000;

/// What stands beside a number and is no longer than this may answer a question; what is longer says more.
const AN_ANSWER: usize = 60;

/// A matter that is told in no more words is told in too few.
const FEW_WORDS: usize = 3;
/// Stands for each byte of a code where numbers are looked for: neither a digit, nor like one, nor what may part digits.
const NO_DIGIT: &str = "x";

/// So many units a part may be shorter, for it was cut at a word.
const LONGEST_WORD: usize = 14;

impl Reading {
    /// Reads a text.
    pub fn of(text: &str, replies: &Replies) -> Self {
        let text = as_far_as_it_is_read(text);
        let words = Normalised::new(text);
        let gist = replies.gist(&words).unwrap_or_default();
        let is_whole = replies.keyword(&words).is_some();
        let command = if is_whole { &words } else { &gist };
        let keyword = replies.keyword(command);
        let digit = lone_digit(&words);
        let reading = Self {
            language: match &keyword {
                Some((_, language)) => language.clone(),
                None => replies.detect(text, &words),
            },
            choice: replies.choice(&words).or_else(|| replies.choice(&gist)),
            number_said: lone_digit(&gist),
            has_a_frequent_word: replies.has_a_frequent_word(&words),
            fills_a_segment: fills_a_segment(text),
            letters: text.chars().filter(|c| !c.is_whitespace()).count(),
            language_wanted: replies.language_wanted(command),
            keyword: keyword.map(|(keyword, _)| keyword),
            // A lone digit answers a question; where none was asked it says nothing.
            says_nothing: words.is_blank() || digit.is_some() || replies.is_only_greeting(&words),
            digit,
            words,
            numbers: Vec::new(),
            beside_numbers: None,
            only_numbers: false,
        };
        reading.with_numbers(numbers::find(text), text, replies)
    }

    /// The same where these parts of the text are codes of pacts: their digits are none of a number.
    pub fn apart_from(
        self,
        codes: impl Iterator<Item = Range<usize>>,
        text: &str,
        replies: &Replies,
    ) -> Self {
        let text = as_far_as_it_is_read(text);
        let mut rest = text.to_owned();
        for code in codes.filter(|code| text.get(code.clone()).is_some()) {
            rest.replace_range(code.clone(), &NO_DIGIT.repeat(code.len()));
        }
        self.with_numbers(numbers::find(&rest), text, replies)
    }

    fn with_numbers(self, numbers: Vec<NumberGroup>, text: &str, replies: &Replies) -> Self {
        let beside = (!numbers.is_empty()).then(|| beside(text, &numbers));
        let only_numbers = beside
            .as_deref()
            .is_some_and(|beside| says_nothing_with_a_number(beside, replies));
        let beside_numbers = beside
            .filter(|beside| beside.len() <= AN_ANSWER)
            .map(|beside| Box::new(Self::of(&beside, replies)));
        Self {
            numbers,
            beside_numbers,
            only_numbers,
            ..self
        }
    }

    /// Whether it is neither a command nor an answer nor a number, and says something.
    pub fn is_of_words_alone(&self) -> bool {
        let is_answer = self.choice.is_some() || self.number_said.is_some();
        self.keyword.is_none() && !is_answer && !self.says_nothing && self.numbers.is_empty()
    }
}

impl Reading {
    /// Whether it may be no complaint: it is told in very few words, or names an address of the web, as adverts do. That no rule and no
    /// place was found in it is for others to say.
    pub fn may_be_no_complaint(&self) -> bool {
        let few = self.words.words().len() <= FEW_WORDS;
        let is_link = ["http", "www"].iter().any(|link| {
            let mut words = self.words.words();
            words.any(|word| word.text == *link)
        });
        few || is_link
    }
}

/// The words of a text, folded: what rules are matched with.
pub fn words_of(text: &str) -> Normalised {
    Normalised::new(as_far_as_it_is_read(text))
}

fn as_far_as_it_is_read(text: &str) -> &str {
    let end = text.char_indices().nth(READ).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Where a long text is cut into parts, each but the last is a segment long, or shorter by a word.
fn fills_a_segment(text: &str) -> bool {
    let count = gsm7::count(text);
    count.units + LONGEST_WORD >= count.encoding.part()
}

fn lone_digit(words: &Normalised) -> Option<usize> {
    let text = words.folded();
    let is_digits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok()).flatten()
}

/// The text without its groups of ten digits.
fn beside(text: &str, numbers: &[NumberGroup]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for group in numbers {
        rest.push_str(text.get(from..group.at.start).unwrap_or_default());
        rest.push(' ');
        from = group.at.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}

/// Whether that, beside a number, adds nothing to the number.
fn says_nothing_with_a_number(beside: &str, replies: &Replies) -> bool {
    let rest = Normalised::new(beside);
    let Some(gist) = replies.gist(&rest) else {
        return false;
    };
    let asks = |words: &Normalised| {
        let keyword = replies.keyword(words);
        keyword.is_some_and(|(keyword, _)| keyword == Keyword::Status)
    };
    gist.is_blank() || replies.is_only_greeting(&rest) || asks(&rest) || asks(&gist)
}
