//! Many words and phrases looked for in one pass over a text (Aho and Corasick, 1975), however many they are.
//!
//! They are kept with the spaces around them and looked for in [`Normalised::padded`], so that the automaton itself keeps to
//! whole words; checking the borders after each hit would cost more the shorter the words are.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::normalise::Normalised;

/// A word, a phrase, or the beginning of one, folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phrase(String);

impl Phrase {
    /// These words, whole, one after the other; `None` if there is nothing to read in them.
    pub fn whole(words: &str) -> Option<Self> {
        let words = Normalised::new(words);
        (!words.is_blank()).then(|| Self(words.padded().to_owned()))
    }

    /// The same, where the last word may go on: `maj` for `maji` and `majini`.
    pub fn beginning(words: &str) -> Option<Self> {
        let Self(mut whole) = Self::whole(words)?;
        whole.pop();
        Some(Self(whole))
    }

    /// Its words, folded; of a beginning, the last one is cut off.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split_whitespace()
    }

    /// Whether the last word may go on.
    pub fn is_beginning(&self) -> bool {
        !self.0.ends_with(' ')
    }
}

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which phrase, in the order they were given.
    pub phrase: usize,
    /// The bytes of the original text, whole words.
    pub at: Range<usize>,
}

/// Phrases to look for.
#[derive(Clone, Debug)]
pub struct Phrases(AhoCorasick);

/// More letters in all than an automaton has numbers for: over two thousand million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many words")]
pub struct TooMany;

impl Phrases {
    /// Makes the automaton.
    ///
    /// # Errors
    /// If there are too many.
    pub fn new<'a>(phrases: impl IntoIterator<Item = &'a Phrase>) -> Result<Self, TooMany> {
        let phrases = phrases.into_iter().map(|phrase| &phrase.0);
        AhoCorasick::new(phrases).map(Self).map_err(|_| TooMany)
    }

    /// Those that are in every text that `phrase` is in, itself with them: `maj` and `maji` with `maji safi`.
    pub fn implied_by<'a>(&'a self, phrase: &'a Phrase) -> impl Iterator<Item = usize> + 'a {
        let found = self.0.find_overlapping_iter(&phrase.0);
        found.map(|found| found.pattern().as_usize())
    }

    /// All of them in a text, also those within others, each as often as it stands there, by where they end.
    pub fn hits<'a>(&'a self, text: &'a Normalised) -> impl Iterator<Item = Hit> + 'a {
        self.0
            .find_overlapping_iter(text.padded())
            .map(|found| Hit {
                phrase: found.pattern().as_usize(),
                at: text.original(found.range()),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(phrases: &[Phrase], text: &str) -> Vec<(usize, String)> {
        Phrases::new(phrases)
            .unwrap()
            .hits(&Normalised::new(text))
            .map(|hit| (hit.phrase, text.get(hit.at).unwrap().to_owned()))
            .collect()
    }

    #[test]
    fn whole_words_phrases_and_beginnings_are_found_where_they_stand() {
        let phrases = [
            Phrase::whole("Máji").unwrap(),
            Phrase::whole("water point").unwrap(),
            Phrase::beginning("point").unwrap(),
            Phrase::whole("water").unwrap(),
        ];
        assert_eq!(
            found(
                &phrases,
                "MAJI: the water, point-man's water points. Majini!"
            ),
            [
                (0, "MAJI".to_owned()),
                (3, "water".to_owned()),
                (2, "point".to_owned()),
                (1, "water, point".to_owned()),
                (3, "water".to_owned()),
                (2, "points".to_owned()),
            ]
        );
    }

    #[test]
    fn there_is_nothing_to_find_in_nothing_and_no_phrase_in_signs() {
        assert_eq!(found(&[], "maji"), []);
        assert_eq!(found(&[Phrase::whole("maji").unwrap()], "…"), []);
        assert_eq!(Phrase::whole("?!"), None);
        assert_eq!(Phrase::beginning("\u{200f}"), None);
    }

    proptest! {
        #[test]
        fn it_finds_what_a_naive_search_finds(
            phrases in prop::collection::vec(("[abé]{1,2}( [abé]{1,2}){0,2}", any::<bool>()), 0..8),
            text in "[abAé ,.]{0,40}",
        ) {
            let made: Vec<_> = phrases
                .iter()
                .map(|(words, whole)| if *whole { Phrase::whole(words) } else { Phrase::beginning(words) }.unwrap())
                .collect();
            let mut fast: Vec<_> = Phrases::new(&made).unwrap().hits(&Normalised::new(&text)).map(|h| (h.phrase, h.at)).collect();
            fast.sort_by_key(|(phrase, at)| (*phrase, at.start));

            let normalised = Normalised::new(&text);
            let words: Vec<_> = normalised.words().collect();
            let mut slow = Vec::new();
            for (index, (phrase, whole)) in phrases.iter().enumerate() {
                let phrase = Normalised::new(phrase);
                let phrase: Vec<_> = phrase.words().map(|w| w.text.to_owned()).collect();
                for window in words.windows(phrase.len()) {
                    let last = phrase.len() - 1;
                    let tail = if *whole { window[last].text == phrase[last] } else { window[last].text.starts_with(&phrase[last]) };
                    if tail && (0..last).all(|i| window[i].text == phrase[i]) {
                        slow.push((index, window[0].at.start..window[last].at.end));
                    }
                }
            }
            prop_assert_eq!(fast, slow);
        }
    }
}
