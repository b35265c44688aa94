//! What a phone is asked, and what answers it: about the complaint, about the person, how it goes.
//!
//! Nothing waits for an answer: the complaint is opened and routed at once. One question is open at a time, so that a digit means one
//! thing.

mod next;
mod place;

use chrono::{DateTime, TimeDelta, Utc};

pub use next::{Missing, next};

use super::conversation::Known;
use super::reading::Reading;
use super::replies::Choice;
use crate::complaint::{AgeGroup, Gender, LanguageId, PlaceId, SectorId};

/// A question lapses: it is not asked again, and another may take its place. Until one does, its answer still counts.
const LAPSES_AFTER: TimeDelta = TimeDelta::hours(48);
/// How often it is asked: once, and twice more after an answer that cannot be used.
const TIMES: u32 = 3;
/// More places or sectors make no menu that is read.
pub const MENU: usize = 6;
/// The digit that takes a complaint back, where its status is told. Not 1 to 6, which people type from habit, and not 9, which is for
/// what was not meant.
const WITHDRAW: usize = 8;
/// From so many on, a number that answers the question of age is the age itself.
const AN_AGE: usize = 10;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Where is it?
    Place,
    /// What is it about? Where no rule could tell.
    Sector,
    /// Are you a woman or a man?
    Gender,
    /// How old are you?
    Age,
    /// What an officer wants to know, in words.
    Words,
    /// Is it solved? 1 yes, 2 no, 3 partly.
    Verdict,
    /// Which language?
    Language,
    /// Shall it be taken back? Offered beside a status, and not waited for.
    Withdraw,
}

impl Asks {
    /// All of them.
    const ALL: [Self; 8] = [
        Self::Place,
        Self::Sector,
        Self::Gender,
        Self::Age,
        Self::Words,
        Self::Verdict,
        Self::Language,
        Self::Withdraw,
    ];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Sector => "sector",
            Self::Gender => "gender",
            Self::Age => "age",
            Self::Words => "words",
            Self::Verdict => "verdict",
            Self::Language => "language",
            Self::Withdraw => "withdraw",
        }
    }

    /// What that word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asks| asks.as_str() == word)
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
    const ALL: [Self; 3] = [Self::Solved, Self::NotSolved, Self::Partly];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::NotSolved => "not_solved",
            Self::Partly => "partly",
        }
    }
}

/// A question, as a phone was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it asks.
    pub asks: Asks,
    /// The ids that the digits from 1 on mean, of places, sectors or languages; empty where they mean none of these.
    pub choices: Vec<String>,
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
    /// It is about this.
    Sector(SectorId),
    /// The complainant's gender.
    Gender(Gender),
    /// The complainant's age group.
    Age(AgeGroup),
    /// What the officer wanted to know.
    Words,
    /// Whether it is solved.
    Verdict(Verdict),
    /// Texts are to be in this language.
    Language(LanguageId),
    /// The complaint is taken back.
    Withdraw,
    /// 0: none of these, not known, not to be told.
    Skip,
    /// It is like an answer and tells nothing: to be asked again, with these to choose from.
    Unclear(Vec<String>),
}

impl Question {
    /// What a text answers to it; `None`: it is no answer, but what it says.
    pub(super) fn answer(&self, text: &Reading, known: &Known<'_>) -> Option<Answer> {
        // Nobody has read it yet: what comes now answers something else.
        if known.now < self.asked_at {
            return None;
        }
        let answer = match self.asks {
            Asks::Place => return self.place(text, known),
            Asks::Words => return self.words(text, known),
            Asks::Sector => {
                let named = known.sector_named.cloned();
                named
                    .or_else(|| self.chosen(text).map(SectorId::new))
                    .map(Answer::Sector)
            }
            Asks::Language => self
                .chosen(text)
                .map(|id| Answer::Language(LanguageId::new(id))),
            Asks::Gender => gender(text).map(Answer::Gender),
            Asks::Age => age(text).map(Answer::Age),
            Asks::Verdict => verdict(text).map(Answer::Verdict),
            Asks::Withdraw => return (text.digit == Some(WITHDRAW)).then_some(Answer::Withdraw),
        };
        answer.or_else(|| self.skipped(text)).or_else(|| {
            let digit = text.digit.is_some();
            self.unclear(known.now, &self.choices).filter(|_| digit)
        })
    }

    /// The choice behind the digit.
    fn chosen(&self, text: &Reading) -> Option<&str> {
        let at = text.digit?.checked_sub(1)?;
        self.choices.get(at).map(String::as_str)
    }

    /// Only the person knows whether it is solved, and a menu of languages has no way out but another.
    fn skipped(&self, text: &Reading) -> Option<Answer> {
        let can_be = !matches!(self.asks, Asks::Verdict | Asks::Language);
        (can_be && text.digit == Some(0)).then_some(Answer::Skip)
    }

    fn words(&self, text: &Reading, known: &Known<'_>) -> Option<Answer> {
        // Whoever asked may be who sensitive words accuse.
        let is_theirs = known.asked_by.is_some_and(|(holder, sensitive)| {
            *holder == known.decision.to && (sensitive || !known.decision.sensitive)
        });
        let is_other_matter = known.decision.is_decided() && !is_theirs;
        let says = text.digit.is_some() || !text.says_nothing;
        let answers = self.is_open(known.now) && !is_other_matter && says;
        answers.then_some(Answer::Words)
    }

    /// To be asked again, with these to choose from; `None`: it was asked often enough.
    fn unclear(&self, now: DateTime<Utc>, choices: &[String]) -> Option<Answer> {
        let again = self.is_open(now) && self.times < TIMES;
        again.then(|| Answer::Unclear(choices.to_vec()))
    }

    /// Whether it may still be asked again, and keeps other questions away.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.asks != Asks::Withdraw && now < self.asked_at + LAPSES_AFTER
    }
}

/// The one that a digit from 1 on means.
fn of_digit<T: Copy>(all: &[T], text: &Reading) -> Option<T> {
    all.get(text.digit?.checked_sub(1)?).copied()
}

fn gender(text: &Reading) -> Option<Gender> {
    of_digit(&Gender::ALL, text).or_else(|| match text.choice? {
        Choice::Woman => Some(Gender::Woman),
        Choice::Man => Some(Gender::Man),
        _ => None,
    })
}

/// What a text says of a solution, by digit or by word.
pub(super) fn verdict(text: &Reading) -> Option<Verdict> {
    of_digit(&Verdict::ALL, text).or_else(|| match text.choice? {
        Choice::Yes => Some(Verdict::Solved),
        Choice::No => Some(Verdict::NotSolved),
        Choice::Partly => Some(Verdict::Partly),
        _ => None,
    })
}

/// A digit of the menu, or the years themselves, also in words: "45 years".
fn age(text: &Reading) -> Option<AgeGroup> {
    match text.number_said? {
        years if years >= AN_AGE => Some(AgeGroup::of(years)),
        _ => of_digit(&AgeGroup::ALL, text),
    }
}

#[cfg(test)]
mod tests;
