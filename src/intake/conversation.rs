//! What a text means from this phone, now.
//!
//! Continuations and the verdict at closing will add their states to [`Known`] and their meanings to [`Meaning`]; the
//! decision stays this one function.

use chrono::{DateTime, Utc};

use super::places::Found;
use super::question::{Answer, Question};
use super::reading::Reading;
use super::replies::Keyword;
use crate::complaint::TrackingNumber;
use crate::complaint::tracking_number::NotATrackingNumber;

/// What bears on the meaning beside the words.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The first number in the text that is of a complaint which this phone filed.
    pub own_number: Option<TrackingNumber>,
    /// Whether the message carries pictures or sound.
    pub has_media: bool,
    /// What the phone was asked and has not answered.
    pub asked: Option<&'a Question>,
    /// The place that the text names.
    pub named: &'a Found,
    /// Whether a rule decides what the text is about; where the phone was asked about a complaint in words, whether it decides that
    /// somebody else is to have it.
    pub decided: bool,
    /// The time.
    pub now: DateTime<Utc>,
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something is wrong: opens a complaint.
    Complaint,
    /// More words on a complaint of the sender's.
    AddTo(TrackingNumber),
    /// What the phone was asked.
    Answer(Answer),
    /// How does this complaint of the sender's stand?
    StatusOf(TrackingNumber),
    /// How does the sender's latest complaint stand?
    StatusOfLatest,
    /// A number alone that is not the sender's: the same words, whether it exists or not.
    NumberUnknown,
    /// A number alone with a mistyped digit.
    CheckNumber,
    /// What does this line do? Also what a greeting, a thank-you or an empty text gets.
    Help,
    /// No more texts.
    Stop,
    /// Texts again.
    Start,
}

impl Meaning {
    /// The word in the store.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::AddTo(_) => "added",
            Self::Answer(Answer::Place(_)) => "place_told",
            Self::Answer(Answer::Skip) => "place_skipped",
            Self::Answer(Answer::Unclear(_)) => "place_unclear",
            Self::Answer(Answer::Words) => "answered",
            Self::Answer(Answer::Verdict(_)) => "verdict",
            Self::Answer(Answer::UnclearVerdict) => "verdict_unclear",
            Self::StatusOf(_) | Self::StatusOfLatest => "status",
            Self::NumberUnknown => "number_unknown",
            Self::CheckNumber => "check_number",
            Self::Help => "help",
            Self::Stop => "stop",
            Self::Start => "start",
        }
    }
}

/// Decides what a text means. No text is ever refused: what is nothing else is a complaint.
pub fn understand(reading: &Reading, known: Known<'_>) -> Meaning {
    match reading.keyword {
        Some(Keyword::Stop) => return Meaning::Stop,
        Some(Keyword::Start) => return Meaning::Start,
        Some(Keyword::Help) => return Meaning::Help,
        Some(Keyword::Status) => return Meaning::StatusOfLatest,
        None => {}
    }
    match known.own_number {
        Some(number) if reading.only_numbers => return Meaning::StatusOf(number),
        Some(number) => return Meaning::AddTo(number),
        None => {}
    }
    if reading.only_numbers && !known.has_media {
        if reading.numbers.iter().any(|group| group.number.is_ok()) {
            return Meaning::NumberUnknown;
        }
        if reading
            .numbers
            .iter()
            .any(|group| group.number == Err(NotATrackingNumber::CheckDigit))
        {
            return Meaning::CheckNumber;
        }
    }
    let answer = known
        .asked
        .and_then(|asked| asked.answer(reading, known.named, known.decided, known.now));
    match answer {
        Some(answer) => Meaning::Answer(answer),
        None if reading.says_nothing && !known.has_media => Meaning::Help,
        None => Meaning::Complaint,
    }
}
