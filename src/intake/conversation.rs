//! What a text means from this phone, now.
//!
//! Questions and their answers, continuations and the verdict at closing will add their states to [`Known`] and their
//! meanings to [`Meaning`]; the decision stays this one function.

use super::reading::Reading;
use super::replies::Keyword;
use crate::complaint::TrackingNumber;
use crate::complaint::tracking_number::NotATrackingNumber;

/// What is known of the phone that bears on the meaning.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// The first number in the text that is of a complaint which this phone filed.
    pub own_number: Option<TrackingNumber>,
    /// Whether the message carries pictures or sound.
    pub has_media: bool,
}

/// What a text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something is wrong: opens a complaint.
    Complaint,
    /// More words on a complaint of the sender's.
    AddTo(TrackingNumber),
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
    pub fn outcome(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::AddTo(_) => "added",
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
pub fn understand(reading: &Reading, known: Known) -> Meaning {
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
    if reading.says_nothing && !known.has_media {
        Meaning::Help
    } else {
        Meaning::Complaint
    }
}
