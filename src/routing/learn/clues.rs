//! What of a text may tell where it belongs: its words, pairs of words, and the beginnings of words, written as a rule writes
//! them.
//!
//! Beginnings are the tolerance of endings in any language, without a stemmer for each: `barabarani`, `barabara` and
//! `barabaraka` share `baraba*`. Numbers are no clues: a phone number or a tracking number must not become a word of a rule.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::normalise::{Normalised, Word, digit};

/// Of a longer text only so many words are looked at.
const MOST_WORDS: usize = 100;
/// A longer word is no word, but something pasted.
const LONGEST: usize = 32;
/// How many letters of a word are kept in a beginning.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 3..=7;
/// A word with more digits may be part of a phone number.
const MOST_DIGITS: usize = 2;

/// All clues of a text as rules write them, each once, with the bytes of the original text where it stands first.
pub(in crate::routing) fn clues(text: &Normalised) -> BTreeMap<String, Range<usize>> {
    let words: Vec<Word<'_>> = text.words().take(MOST_WORDS).collect();
    let mut clues = BTreeMap::new();
    let mut add = |clue: String, at: Range<usize>| {
        clues.entry(clue).or_insert(at);
    };
    for word in words.iter().filter(|word| tells(word)) {
        add(word.text.to_owned(), word.at.clone());
        for beginning in beginnings(word.text) {
            add(format!("{beginning}*"), word.at.clone());
        }
    }
    for pair in words.windows(2) {
        if let [first, second] = pair
            && tells(first)
            && tells(second)
        {
            let both = format!("{} {}", first.text, second.text);
            add(both, first.at.start..second.at.end);
        }
    }
    clues
}

fn tells(word: &Word<'_>) -> bool {
    let digits = word.text.chars().filter(|c| digit(*c).is_some()).count();
    digits <= MOST_DIGITS && word.text.chars().count() <= LONGEST
}

/// The first letters of a word, up to all of them.
pub(super) fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    let ends = word
        .char_indices()
        .skip(1)
        .map(|(at, _)| at)
        .chain([word.len()]);
    ends.enumerate()
        .filter(|(before, _)| BEGINNINGS.contains(&(before + 1)))
        .filter_map(|(_, end)| word.get(..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        clues(&Normalised::new(text)).into_keys().collect()
    }

    #[test]
    fn words_their_beginnings_and_pairs_are_clues() {
        assert_eq!(
            of("Kisima HAKUNA kisima"),
            [
                "hak*",
                "haku*",
                "hakun*",
                "hakuna",
                "hakuna kisima",
                "hakuna*",
                "kis*",
                "kisi*",
                "kisim*",
                "kisima",
                "kisima hakuna",
                "kisima*",
            ]
        );
        assert_eq!(of("вода же"), ["вод*", "вода", "вода же", "вода*", "же"]);
    }

    #[test]
    fn where_it_stands_are_the_bytes_of_the_text_as_it_was_typed() {
        let text = "«Kisíma»  kimeharibika";
        let clues = clues(&Normalised::new(text));
        assert_eq!(text.get(clues["kisi*"].clone()), Some("Kisíma"));
        assert_eq!(
            text.get(clues["kisima kimeharibika"].clone()),
            Some("Kisíma»  kimeharibika")
        );
    }

    #[test]
    fn no_number_that_could_be_somebodys_is_a_clue_and_nothing_of_any_length() {
        assert_eq!(
            of("0712 345678 482-109-3753 ٤٨٢ 5"),
            ["5"],
            "the last one is a count of days"
        );
        assert!(of(&"x".repeat(10_000)).is_empty());
        assert!(of(&"maji ".repeat(10_000)).len() < 10);
    }
}
