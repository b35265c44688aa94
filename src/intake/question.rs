//! What a phone is asked, and what answers it: where is it, what an officer wants to know, is it solved.
//!
//! Nothing waits for an answer: the complaint is opened and routed at once.

use chrono::{DateTime, TimeDelta, Utc};

use super::places::Found;
use super::reading::Reading;
use crate::complaint::PlaceId;
use crate::routing::Decision;

/// A question lapses: it is not asked again, and another may take its place. Until one does, its answer still counts.
const LAPSES_AFTER: TimeDelta = TimeDelta::hours(48);
/// How often it is asked: once, and twice more after an answer that cannot be used.
const TIMES: u32 = 3;
/// More places make no menu that is read: then the question is asked in words.
const MENU: usize = 6;
/// A text of so many words at most, with a place's name among them, tells a place: "it is in Habasswein".
const WORDS_OF_A_PLACE: usize = 5;
/// A text of so many words at most, none of them known, is taken for a name that the gazetteer lacks: "Bulla Power". Its
/// words go to the complaint, so that nothing is lost where it was another matter in two words.
const WORDS_OF_A_NAME: usize = 2;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Where is it?
    Place,
    /// What an officer wants to know, in words.
    Words,
    /// Is it solved? 1 yes, 2 no, 3 partly.
    Verdict,
}

impl Asks {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Words => "words",
            Self::Verdict => "verdict",
        }
    }

    /// What that word means.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Place, Self::Words, Self::Verdict]
            .into_iter()
            .find(|asks| asks.as_str() == word)
    }
}

/// What the complainant says of a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is solved.
    Solved,
    /// It is not.
    NotSolved,
    /// In part.
    Partly,
}

impl Verdict {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::NotSolved => "not_solved",
            Self::Partly => "partly",
        }
    }

    fn of(digit: usize) -> Option<Self> {
        match digit {
            1 => Some(Self::Solved),
            2 => Some(Self::NotSolved),
            3 => Some(Self::Partly),
            _ => None,
        }
    }
}

/// A question, as a phone was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it asks.
    pub asks: Asks,
    /// The places that the digits from 1 on mean; empty where digits mean none.
    pub choices: Vec<PlaceId>,
    /// When it was last asked.
    pub asked_at: DateTime<Utc>,
    /// How often it was asked.
    pub times: u32,
}

/// What a text answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is here.
    Place(PlaceId),
    /// 0: none of these, not known, not to be told.
    Skip,
    /// It is like an answer and tells no place: to be asked again, with these places to choose from.
    Unclear(Vec<PlaceId>),
    /// What the officer wanted to know.
    Words,
    /// Whether it is solved.
    Verdict(Verdict),
    /// A digit that is no verdict: to be asked again.
    UnclearVerdict,
}

impl Question {
    /// The places to offer with the answer to a new complaint, none of them for a question in words; `None`: nothing is to be
    /// asked. It is asked where the text names several places, and where to know the place could change who gets it; never
    /// about a sensitive matter, and never beside a question that is open.
    pub fn to_ask(
        named: &Found,
        decision: &Decision,
        asked: Option<&Self>,
        now: DateTime<Utc>,
    ) -> Option<Vec<PlaceId>> {
        if decision.sensitive || asked.is_some_and(|asked| asked.is_open(now)) {
            return None;
        }
        match named {
            Found::Ambiguous(candidates) => Some(menu(candidates)),
            Found::None => decision.place_would_tell.then(Vec::new),
            Found::One(_) => None,
        }
    }

    /// What a text answers to it; `None`: it is no answer. `named` is the place in the text, `decided` whether a rule decides
    /// what the text is about: then it says more than where, and may be another matter.
    pub(super) fn answer(
        &self,
        text: &Reading,
        named: &Found,
        decided: bool,
        now: DateTime<Utc>,
    ) -> Option<Answer> {
        match self.asks {
            Asks::Place => self.place(text, named, decided, now),
            Asks::Words => {
                (self.is_open(now) && !decided && !text.says_nothing).then_some(Answer::Words)
            }
            Asks::Verdict => {
                let digit = text.digit?;
                let again = self.is_open(now) && self.times < TIMES;
                let unclear = || again.then_some(Answer::UnclearVerdict);
                Verdict::of(digit).map(Answer::Verdict).or_else(unclear)
            }
        }
    }

    fn place(
        &self,
        text: &Reading,
        named: &Found,
        decided: bool,
        now: DateTime<Utc>,
    ) -> Option<Answer> {
        let again = self.is_open(now) && self.times < TIMES;
        let unclear = |places: &[PlaceId]| again.then(|| Answer::Unclear(menu(places)));
        if let Some(digit) = text.digit {
            return match digit.checked_sub(1) {
                None => Some(Answer::Skip),
                Some(at) => match self.choices.get(at) {
                    Some(place) => Some(Answer::Place(place.clone())),
                    None => unclear(&self.choices),
                },
            };
        }
        let words = text.words.words().len();
        if decided || text.says_nothing || words > WORDS_OF_A_PLACE {
            return None;
        }
        match named {
            Found::One(place) => Some(Answer::Place(place.clone())),
            Found::Ambiguous(candidates) => unclear(candidates),
            Found::None if is_like_a_name(text) => unclear(&self.choices),
            Found::None => None,
        }
    }

    /// Whether it may still be asked again, and keeps other questions away.
    fn is_open(&self, now: DateTime<Utc>) -> bool {
        now < self.asked_at + LAPSES_AFTER
    }
}

fn is_like_a_name(text: &Reading) -> bool {
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    text.words.words().len() <= WORDS_OF_A_NAME
        && !text.words.words().any(|word| has_digit(word.text))
}

/// As many places as a menu takes, or none.
fn menu(places: &[PlaceId]) -> Vec<PlaceId> {
    if places.len() > MENU {
        Vec::new()
    } else {
        places.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::places::Places;
    use crate::intake::replies::Replies;

    const PLACES: &str = "id,name,level,parent,aliases,population
wajir,Wajir,county,,,
wajir-east,Wajir East,sub-county,wajir,,
wagberi,Wagberi,ward,wajir-east,Jogoo,
township,Township,ward,wajir-east,Jogoo|Wajir town,
khorof,Khorof/Harar,ward,wajir-east,Harar,
";

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    fn ids(names: &[&str]) -> Vec<PlaceId> {
        names.iter().map(|name| PlaceId::new(*name)).collect()
    }

    fn menu_asked(times: u32) -> Question {
        Question {
            asks: Asks::Place,
            choices: ids(&["wagberi", "township"]),
            asked_at: at(0),
            times,
        }
    }

    /// What a text that no rule decides answers, so many hours later.
    fn answer(question: &Question, text: &str, hour: i64) -> Option<Answer> {
        let en = include_str!("../../config/replies/en.toml").to_owned();
        let replies = Replies::load(&[("replies/en.toml".to_owned(), en)], &[], &[]).unwrap();
        let reading = Reading::of(text, &replies);
        let places = Places::load("places.csv", PLACES).unwrap();
        let named = places.find(&reading.words, &crate::complaint::CountyId::new("wajir"));
        question.answer(&reading, &named, false, at(hour))
    }

    fn place(id: &str) -> Option<Answer> {
        Some(Answer::Place(PlaceId::new(id)))
    }

    #[test]
    fn a_digit_or_a_known_name_in_a_few_words_answers() {
        let asked = menu_asked(1);
        assert_eq!(answer(&asked, "1", 1), place("wagberi"));
        assert_eq!(answer(&asked, " 2. ", 1), place("township"));
        assert_eq!(answer(&asked, "٢", 1), place("township"));
        assert_eq!(answer(&asked, "0", 1), Some(Answer::Skip));
        assert_eq!(answer(&asked, "We are in Wajir town", 1), place("township"));
        assert_eq!(
            answer(&asked, "Harar", 1),
            place("khorof"),
            "a place that was not offered"
        );
    }

    #[test]
    fn what_is_like_an_answer_and_tells_no_place_is_asked_again_twice() {
        let again = |places: &[&str]| Some(Answer::Unclear(ids(places)));
        let asked = menu_asked(1);
        assert_eq!(answer(&asked, "3", 1), again(&["wagberi", "township"]));
        assert_eq!(
            answer(&asked, "Makoror", 1),
            again(&["wagberi", "township"])
        );
        let in_words = Question {
            choices: Vec::new(),
            ..menu_asked(2)
        };
        assert_eq!(answer(&in_words, "1", 1), again(&[]));
        assert_eq!(
            answer(&in_words, "Jogoo", 1),
            again(&["wagberi", "township"])
        );
        assert_eq!(answer(&menu_asked(3), "3", 1), None);
        assert_eq!(answer(&menu_asked(3), "Makoror", 1), None);
        assert_eq!(answer(&menu_asked(3), "1", 1), place("wagberi"));
    }

    #[test]
    fn any_other_text_is_what_it_says() {
        for text in [
            "",
            "thank you",
            "They chased us away from Wajir town last night",
            "Somebody beat my brother",
            "Makoror 5",
        ] {
            assert_eq!(answer(&menu_asked(1), text, 1), None, "{text}");
        }
    }

    #[test]
    fn it_lapses_after_two_days_and_a_good_answer_still_counts() {
        let asked = menu_asked(1);
        assert!(answer(&asked, "3", 47).is_some());
        assert_eq!(answer(&asked, "3", 48), None);
        assert_eq!(answer(&asked, "Makoror", 48), None);
        assert_eq!(answer(&asked, "2", 48), place("township"));
    }
}
