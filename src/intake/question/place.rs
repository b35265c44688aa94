//! What answers the question where it is.

use super::{Answer, MENU, Question};
use crate::complaint::PlaceId;
use crate::intake::conversation::Known;
use crate::intake::places::Found;
use crate::intake::reading::Reading;

/// A text of so many words at most, with a place's name among them, tells a place: "it is in Habasswein".
const WORDS_OF_A_PLACE: usize = 5;
/// A text of so many words at most, none of them known, is taken for a name that the gazetteer lacks: "Bulla Power". Its
/// words go to the complaint, so that nothing is lost where it was another matter in two words.
const WORDS_OF_A_NAME: usize = 2;

impl Question {
    pub(super) fn place(&self, text: &Reading, known: &Known<'_>) -> Option<Answer> {
        let unclear = |choices: &[String]| self.unclear(known.now, choices);
        if let Some(digit) = text.digit {
            let chosen = self.chosen(text).map(|id| Answer::Place(PlaceId::new(id)));
            return match digit {
                0 => Some(Answer::Skip),
                _ => chosen.or_else(|| unclear(&self.choices)),
            };
        }
        let words = text.words.words().len();
        // Where a rule decides what it is about, it says more than where, and may be another matter.
        if known.decision.is_decided() || text.says_nothing || words > WORDS_OF_A_PLACE {
            return None;
        }
        match known.named {
            Found::One(place) => Some(Answer::Place(place.clone())),
            Found::Ambiguous(candidates) => unclear(&menu(candidates)),
            Found::None if is_like_a_name(text) => unclear(&self.choices),
            Found::None => None,
        }
    }
}

fn is_like_a_name(text: &Reading) -> bool {
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    text.words.words().len() <= WORDS_OF_A_NAME
        && !text.has_a_frequent_word
        && !text.words.words().any(|word| has_digit(word.text))
}

/// As many places as a menu takes, or none: then it is asked in words.
pub(super) fn menu(places: &[PlaceId]) -> Vec<String> {
    if places.len() > MENU {
        return Vec::new();
    }
    places
        .iter()
        .map(|place| place.as_str().to_owned())
        .collect()
}
