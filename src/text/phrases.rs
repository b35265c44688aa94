//! Many words and phrases looked for in one pass over a text (Aho and Corasick, 1975), however many they are.
//!
//! They are kept with the spaces around them and looked for in [`Normalised::padded`], so that the automaton itself keeps to
//! whole words; checking the borders after each hit would cost more the shorter the words are. Words that are mistyped are
//! looked up one by one, and only what they may mean is compared with the text around them.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::normalise::{Normalised, Word};
use super::slips::{Letters, Slips, Wanted};

/// A word, a phrase, or the beginning of one, folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phrase {
    padded: String,
    /// For each of its words, whether it is to be as it is written.
    exact: Vec<bool>,
}

/// Stands before a word that is to be as it is written: no typing slip in it is forgiven.
const EXACT: char = '=';

impl Phrase {
    /// These words, whole, one after the other; `None` if there is nothing to read in them. `=` before a word says that no slip
    /// in it is forgiven.
    pub fn whole(words: &str) -> Option<Self> {
        let folded = Normalised::new(words);
        let exact = words.split_whitespace().flat_map(|written| {
            let words = Normalised::new(written).words().len();
            std::iter::repeat_n(written.starts_with(EXACT), words)
        });
        (!folded.is_blank()).then(|| Self {
            exact: exact.collect(),
            padded: folded.padded().to_owned(),
        })
    }

    /// The same, where the last word may go on: `maj` for `maji` and `majini`.
    pub fn beginning(words: &str) -> Option<Self> {
        let mut whole = Self::whole(words)?;
        whole.padded.pop();
        Some(whole)
    }

    /// Its words, folded; of a beginning, the last one is cut off.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.padded.split_whitespace()
    }

    /// Whether the last word may go on.
    pub fn is_beginning(&self) -> bool {
        !self.padded.ends_with(' ')
    }

    fn wanted(&self) -> Vec<Wanted> {
        let mut wanted: Vec<Wanted> = self
            .words()
            .zip(&self.exact)
            .map(|(word, exact)| Wanted {
                text: word.to_owned(),
                begins: false,
                exact: *exact,
            })
            .collect();
        if let Some(last) = wanted.last_mut() {
            last.begins = self.is_beginning();
        }
        wanted
    }
}

/// A phrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which phrase, in the order they were given.
    pub phrase: usize,
    /// The bytes of the original text, whole words.
    pub at: Range<usize>,
    /// Whether a word of it is mistyped there.
    pub slip: bool,
}

/// Phrases to look for.
#[derive(Clone, Debug)]
pub struct Phrases {
    automaton: AhoCorasick,
    /// All their words, each once.
    words: Vec<Wanted>,
    slips: Slips,
    /// For each phrase, its words.
    spelled: Vec<Vec<usize>>,
    /// For each word, the phrases that it stands in, and the how many-th it is there.
    uses: Vec<Vec<(usize, usize)>>,
}

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
        Self::beside(phrases, [])
    }

    /// The same where other words are known too: a text's word that is one of them, folded, or is one of them mistyped, is taken
    /// for it.
    ///
    /// # Errors
    /// If there are too many.
    pub fn beside<'a>(
        phrases: impl IntoIterator<Item = &'a Phrase>,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, TooMany> {
        let phrases: Vec<&Phrase> = phrases.into_iter().collect();
        let padded = phrases.iter().map(|phrase| &phrase.padded);
        let automaton = AhoCorasick::new(padded).map_err(|_| TooMany)?;
        let mut numbers: BTreeMap<Wanted, usize> = BTreeMap::new();
        let mut spelled = Vec::with_capacity(phrases.len());
        let mut uses: Vec<Vec<(usize, usize)>> = Vec::new();
        for (number, phrase) in phrases.iter().enumerate() {
            let words = phrase.wanted().into_iter().enumerate().map(|(at, word)| {
                let next = numbers.len();
                let word = *numbers.entry(word).or_insert(next);
                uses.resize_with(numbers.len(), Vec::new);
                uses.get_mut(word)
                    .into_iter()
                    .for_each(|uses| uses.push((number, at)));
                word
            });
            spelled.push(words.collect());
        }
        let mut words: Vec<(Wanted, usize)> = numbers.into_iter().collect();
        words.sort_unstable_by_key(|(_, number)| *number);
        let words: Vec<Wanted> = words.into_iter().map(|(word, _)| word).collect();
        Ok(Self {
            automaton,
            slips: Slips::new(&words, names),
            words,
            spelled,
            uses,
        })
    }

    /// All their words, each once, folded; of a beginning, the last one is cut off.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.text.as_str())
    }

    /// Those that are in every text that `phrase` is in, itself with them: `maj` and `maji` with `maji safi`.
    pub fn implied_by<'a>(&'a self, phrase: &'a Phrase) -> impl Iterator<Item = usize> + 'a {
        let found = self.automaton.find_overlapping_iter(&phrase.padded);
        found.map(|found| found.pattern().as_usize())
    }

    /// All of them in a text, also those within others, each as often as it stands there: those that are as they are
    /// written by where they end, then those with a slip.
    pub fn hits(&self, text: &Normalised) -> Vec<Hit> {
        let found = self.automaton.find_overlapping_iter(text.padded());
        let mut hits: Vec<Hit> = found
            .map(|found| Hit {
                phrase: found.pattern().as_usize(),
                at: text.original(found.range()),
                slip: false,
            })
            .collect();
        self.add_mistyped(text, &mut hits);
        hits
    }

    /// Adds the phrases of which a word is mistyped.
    fn add_mistyped(&self, text: &Normalised, hits: &mut Vec<Hit>) {
        if self.slips.is_idle() {
            return;
        }
        let mut room = Letters::default();
        let meant: Vec<Vec<usize>> = text
            .words()
            .map(|word| self.slips.meant_by(word.text, &mut room))
            .collect();
        if meant.iter().all(Vec::is_empty) {
            return;
        }
        let words: Vec<Word<'_>> = text.words().collect();
        for (at, meant_here) in meant.iter().enumerate() {
            let uses = meant_here.iter().filter_map(|word| self.uses.get(*word));
            for (phrase, slip) in uses.flatten() {
                let start = at.checked_sub(*slip);
                let found = start.and_then(|start| {
                    self.mistyped(*phrase, *slip, words.get(start..)?, meant.get(start..)?)
                });
                hits.extend(found.map(|at| Hit {
                    phrase: *phrase,
                    at,
                    slip: true,
                }));
            }
        }
    }

    /// Where the phrase is, if the text goes on with it and the first slip is in its word `slip`.
    fn mistyped(
        &self,
        phrase: usize,
        slip: usize,
        text: &[Word<'_>],
        meant: &[Vec<usize>],
    ) -> Option<Range<usize>> {
        let spelled = self.spelled.get(phrase)?;
        let is_there = |(at, wanted): (usize, &usize)| {
            let is = |word: &Word<'_>| {
                self.words
                    .get(*wanted)
                    .is_some_and(|wanted| wanted.is(word.text))
            };
            let may_slip = at >= slip && meant.get(at).is_some_and(|meant| meant.contains(wanted));
            may_slip || (at != slip && text.get(at).is_some_and(is))
        };
        let is_whole = spelled.iter().enumerate().all(is_there);
        let last = text.get(spelled.len().checked_sub(1)?)?;
        is_whole.then(|| text.first().map(|first| first.at.start..last.at.end))?
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
            .into_iter()
            .map(|hit| (hit.phrase, text.get(hit.at).unwrap().to_owned()))
            .collect()
    }

    #[test]
    fn whole_words_phrases_and_beginnings_are_found_where_they_stand() {
        let phrases = [
            Phrase::whole("Máji").unwrap(),
            Phrase::whole("=water =point").unwrap(),
            Phrase::beginning("=point").unwrap(),
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

    fn slips(phrases: &[Phrase], text: &str) -> Vec<(usize, String)> {
        let hits = Phrases::new(phrases).unwrap().hits(&Normalised::new(text));
        let hits = hits.into_iter().filter(|hit| hit.slip);
        hits.map(|hit| (hit.phrase, text.get(hit.at).unwrap().to_owned()))
            .collect()
    }

    #[test]
    fn each_word_of_a_phrase_may_have_a_slip_and_is_found_once() {
        let phrases = [
            Phrase::whole("water point").unwrap(),
            Phrase::beginning("broken point").unwrap(),
            Phrase::whole("the =water").unwrap(),
        ];
        let at = |phrase, words: &str| vec![(phrase, words.to_owned())];
        assert_eq!(slips(&phrases, "The WATTER point!"), at(0, "WATTER point"));
        assert_eq!(slips(&phrases, "the wtaer piont is"), at(0, "wtaer piont"));
        assert_eq!(slips(&phrases, "a brokn pointing"), at(1, "brokn pointing"));
        assert_eq!(slips(&phrases, "water pint"), at(0, "water pint"));
        assert_eq!(slips(&phrases, "the watr"), [], "to be as it is written");
        assert_eq!(
            slips(&phrases, "watter. The point"),
            [],
            "not one after the other"
        );
        assert_eq!(slips(&phrases, "piont"), []);
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
            let mut fast: Vec<_> = Phrases::new(&made).unwrap().hits(&Normalised::new(&text)).into_iter().map(|h| (h.phrase, h.at)).collect();
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
