//! What a text means from this phone, now: one function of the text and of what is known of the phone.

use chrono::{DateTime, Utc};

use super::continuation::OpenComplaint;
use super::places::Found;
use super::question::{Answer, Question, Verdict, verdict};
use super::reading::Reading;
use super::replies::Keyword;
use crate::complaint::tracking_number::NotATrackingNumber;
use crate::complaint::{LanguageId, OrganisationId, SectorId, TrackingNumber};
use crate::routing::Decision;

/// That is not what I meant.
const NOT_MEANT: usize = 9;

/// What bears on the meaning beside the words.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The complaint that this phone filed and whose number is in the text; the first of several.
    pub own: Option<OwnComplaint>,
    /// Whether the message carries pictures or sound.
    pub has_media: bool,
    /// What the phone was asked and has not answered.
    pub asked: Option<&'a Question>,
    /// The organisation whose officer asked, where the question is an officer's, and whether sensitive words may be added to the complaint.
    pub asked_by: Option<(&'a OrganisationId, bool)>,
    /// The complaint that the phone last talked about, while it is open.
    pub open: Option<&'a OpenComplaint>,
    /// Whether what its last text was taken for can be turned.
    pub can_turn: bool,
    /// The place that the text names.
    pub named: &'a Found,
    /// The sector whose name is all of the text.
    pub sector_named: Option<&'a SectorId>,
    /// Whom the rules send the text to.
    pub decision: &'a Decision,
    /// The time.
    pub now: DateTime<Utc>,
}

/// A complaint of the sender's, named by its number.
#[derive(Clone, Copy, Debug)]
pub struct OwnComplaint {
    /// The number.
    pub number: TrackingNumber,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
    /// Whether the sender is still to say if it is solved.
    pub awaits_verdict: bool,
    /// Whether what the phone was asked is about it.
    pub is_asked_about: bool,
    /// Whether the text accuses who has it.
    pub holder_is_accused: bool,
    /// Whether the code of a pact in the text, if there is one, does not keep the words from it.
    pub takes_code: bool,
}

impl OwnComplaint {
    fn must_not_have(&self, words: &Decision) -> bool {
        let is_too_sensitive = words.sensitive && (!self.sensitive || self.holder_is_accused);
        is_too_sensitive || !self.takes_code
    }
}

/// What a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Something is wrong: opens a complaint.
    Complaint,
    /// More words on a complaint of the sender's, which they name.
    AddTo(TrackingNumber),
    /// More words on the complaint that was last talked about.
    GoOn(TrackingNumber),
    /// What the phone was asked.
    Answer(Answer),
    /// Whether that complaint is solved, of which the phone was not asked last.
    VerdictOn(TrackingNumber, Verdict),
    /// The last text was not meant as it was taken.
    NotMeant,
    /// How does this complaint of the sender's stand?
    StatusOf(TrackingNumber),
    /// How does the sender's latest complaint stand?
    StatusOfLatest,
    /// A number alone that is not the sender's: the same words, whether it exists or not.
    NumberUnknown,
    /// A number alone with a mistyped digit.
    CheckNumber,
    /// Which languages are there?
    Languages,
    /// Texts are to be in this language.
    SetLanguage(LanguageId),
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
            Self::GoOn(_) => "went_on",
            Self::Answer(answer) => match answer {
                Answer::Place(_) => "place_told",
                Answer::Sector(_) => "sector_told",
                Answer::Gender(_) => "gender_told",
                Answer::Age(_) => "age_told",
                Answer::Words => "answered",
                Answer::Verdict(_) => "verdict",
                Answer::Language(_) => "language",
                Answer::Withdraw => "withdrawn",
                Answer::Skip => "skipped",
                Answer::Unclear(_) => "unclear",
            },
            Self::VerdictOn(..) => "verdict",
            Self::NotMeant => "not_meant",
            Self::StatusOf(_) | Self::StatusOfLatest => "status",
            Self::NumberUnknown => "number_unknown",
            Self::CheckNumber => "check_number",
            Self::Languages | Self::SetLanguage(_) => "language",
            Self::Help => "help",
            Self::Stop => "stop",
            Self::Start => "start",
        }
    }
}

/// Decides what a text means. No text is ever refused: what is nothing else is a complaint.
pub fn understand(text: &Reading, known: &Known<'_>) -> Meaning {
    if let Some(meaning) = command(text) {
        return meaning;
    }
    if text.digit == Some(NOT_MEANT) && known.can_turn {
        return Meaning::NotMeant;
    }
    if let Some(meaning) = by_number(text, known) {
        return meaning;
    }
    let answer = known.asked.and_then(|asked| asked.answer(text, known));
    match (answer, known.open) {
        (Some(answer), _) => Meaning::Answer(answer),
        (None, _) if text.says_nothing && !known.has_media => Meaning::Help,
        (None, Some(open)) if open.goes_on(text, known) => Meaning::GoOn(open.number),
        (None, _) => Meaning::Complaint,
    }
}

fn command(text: &Reading) -> Option<Meaning> {
    Some(match text.keyword? {
        Keyword::Stop => Meaning::Stop,
        Keyword::Start => Meaning::Start,
        Keyword::Help => Meaning::Help,
        Keyword::Status => Meaning::StatusOfLatest,
        Keyword::Language => match &text.language_wanted {
            Some(language) => Meaning::SetLanguage(language.clone()),
            None => Meaning::Languages,
        },
    })
}

/// What a text with a tracking number in it means; `None`: its numbers are just words.
fn by_number(text: &Reading, known: &Known<'_>) -> Option<Meaning> {
    if let Some(own) = known.own {
        return Some(if text.only_numbers {
            Meaning::StatusOf(own.number)
        } else if own.must_not_have(known.decision) {
            // Whoever has that complaint, or gets it yet, is or may be who these words accuse.
            Meaning::Complaint
        } else {
            answer_with_number(text, &own, known).unwrap_or(Meaning::AddTo(own.number))
        });
    }
    if !text.only_numbers || known.has_media {
        return None;
    }
    let any = |is: fn(&Result<TrackingNumber, NotATrackingNumber>) -> bool| {
        text.numbers.iter().any(|group| is(&group.number))
    };
    if any(Result::is_ok) {
        Some(Meaning::NumberUnknown)
    } else if any(|number| *number == Err(NotATrackingNumber::CheckDigit)) {
        Some(Meaning::CheckNumber)
    } else {
        None
    }
}

/// A digit or its word beside a number answers for that complaint: "482 109 3753 2".
fn answer_with_number(text: &Reading, own: &OwnComplaint, known: &Known<'_>) -> Option<Meaning> {
    let said = text.beside_numbers.as_deref()?;
    if said.number_said.is_none() && said.choice.is_none() {
        return None;
    }
    let asked = known.asked.filter(|_| own.is_asked_about);
    let answer = asked.and_then(|asked| asked.answer(said, known));
    match answer {
        Some(Answer::Unclear(_)) | None => {
            let verdict = verdict(said).filter(|_| own.awaits_verdict)?;
            Some(Meaning::VerdictOn(own.number, verdict))
        }
        Some(answer) => Some(Meaning::Answer(answer)),
    }
}

#[cfg(test)]
mod tests;
