//! One turn of a conversation: what is known of the phone, what the text means with that, what is done, and what there is to say.

mod add_words;
mod answer;
mod ask_next;
mod known;
mod not_meant;
mod reconsider;
mod status;
mod verdict;
mod withdraw;

use chrono::{DateTime, Utc};

use crate::complaint::{LanguageId, PlaceId, TrackingNumber};
use crate::intake::replies::Template;
use crate::intake::{Asks, Meaning};
use crate::store::{ComplaintRow, Did, NewEvent, Phone, StoreError, Tx};

use super::open_complaint;
use super::receive_message::Prepared;

pub(super) use known::what_is_known;

/// A text in its conversation.
pub(super) struct Talk<'a> {
    pub(super) text: &'a Prepared,
    pub(super) phone: &'a Phone,
    /// The complaint that was last talked about, while it is open; as it was before the text.
    pub(super) open: Option<&'a ComplaintRow>,
    /// The text's row.
    pub(super) message_id: i64,
}

impl Talk<'_> {
    /// The language of texts to this phone: its own by now, where the text or a choice told one.
    pub(super) fn language(&self) -> &LanguageId {
        let own = self.phone.language.as_ref();
        own.unwrap_or(&self.text.county.language)
    }

    /// Whether that can be asked about the complaint: nothing else is open, or it is just this.
    fn may_be_asked(&self, asks: Asks, about: &ComplaintRow, now: DateTime<Utc>) -> bool {
        self.phone.asked.as_ref().is_none_or(|asked| {
            let of = asked.about.as_ref().map(|about| about.complaint_id);
            let is_this = of == Some(about.id) && asked.question.asks == asks;
            is_this || !asked.question.is_open(now)
        })
    }

    /// An entry in a complaint's history that rests on the text.
    fn event<'e>(&self, kind: &'e str) -> NewEvent<'e> {
        NewEvent {
            kind,
            actor: "complainant",
            message_id: Some(self.message_id),
            ..NewEvent::default()
        }
    }
}

/// What there is to say, and what the phone may do with it.
pub(super) struct Said {
    /// The complaint that it is about.
    pub(super) about: Option<ComplaintRow>,
    pub(super) lead: Template,
    /// What it asks behind that.
    pub(super) asks: Option<Asking>,
    /// The place that was noted.
    pub(super) place: Option<PlaceId>,
    /// The complaint that the words may belong to instead.
    pub(super) other: Option<TrackingNumber>,
    /// What was last written to the sender about it.
    pub(super) last_words: Option<String>,
    /// Whether the text itself is sensitive, whatever the complaint is.
    pub(super) neutral: bool,
    /// The language that was chosen just now.
    pub(super) language: Option<LanguageId>,
    /// What a 9 would turn.
    pub(super) did: Option<Did>,
}

/// A question: the ids to choose from, where it offers any; and how often it is asked by then.
pub(super) struct Asking {
    pub(super) asks: Asks,
    pub(super) choices: Vec<String>,
    pub(super) times: u32,
}

impl Asking {
    fn first(asks: Asks, choices: Vec<String>) -> Self {
        Self {
            asks,
            choices,
            times: 1,
        }
    }
}

impl Said {
    /// These words, and nothing else.
    fn only(lead: Template) -> Self {
        Self {
            about: None,
            lead,
            asks: None,
            place: None,
            other: None,
            last_words: None,
            neutral: false,
            language: None,
            did: None,
        }
    }

    /// These words on a complaint.
    fn about(complaint: ComplaintRow, lead: Template) -> Self {
        Self {
            about: Some(complaint),
            ..Self::only(lead)
        }
    }

    pub(super) fn complaint_id(&self) -> Option<i64> {
        self.about.as_ref().map(|complaint| complaint.id)
    }
}

/// Does what a text means; `subject` is the complaint that it is about.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    meaning: &Meaning,
    subject: Option<ComplaintRow>,
) -> Result<Said, StoreError> {
    Ok(match (meaning, subject) {
        (Meaning::Complaint, Some(complaint)) => {
            let received = talk.event("received");
            open_complaint::receive(tx, complaint.id, &received, &talk.text.decision)?;
            ask_next::acknowledge(tx, talk, talk.text, complaint)?
        }
        (Meaning::AddTo(_), Some(complaint)) => {
            add_words::add(tx, talk, complaint, Template::Added)?
        }
        (Meaning::GoOn(_), Some(complaint)) => {
            add_words::add(tx, talk, complaint, Template::WentOn)?
        }
        (Meaning::Answer(answer), subject) => answer::answer(tx, talk, answer, subject)?,
        (Meaning::VerdictOn(_, verdict), Some(complaint)) => {
            answer::judged(tx, talk, *verdict, complaint)?
        }
        (Meaning::NotMeant, Some(complaint)) => not_meant::turn(tx, talk, complaint)?,
        (Meaning::StatusOf(_) | Meaning::StatusOfLatest, Some(complaint)) => {
            status::status(tx, talk, complaint)?
        }
        (Meaning::StatusOfLatest, None) => Said::only(Template::NoComplaint),
        (Meaning::StatusOf(_) | Meaning::AddTo(_) | Meaning::NumberUnknown, _) => {
            Said::only(Template::NumberUnknown)
        }
        (Meaning::CheckNumber, _) => Said::only(Template::CheckNumber),
        (Meaning::Languages, _) => languages(talk, 1),
        (Meaning::SetLanguage(language), _) => set_language(tx, talk, language)?,
        (Meaning::Stop, _) => {
            // A second STOP must not take back the confirmation of the first.
            if !talk.phone.stopped {
                tx.withhold_texts(talk.phone.id)?;
            }
            Said::only(Template::Stopped)
        }
        (Meaning::Start, _) => Said::only(Template::Started),
        (
            Meaning::VerdictOn(..)
            | Meaning::Help
            | Meaning::Complaint
            | Meaning::GoOn(_)
            | Meaning::NotMeant,
            _,
        ) => Said::only(Template::Help),
    })
}

/// Asks for the language, for the so-manieth time.
fn languages(talk: &Talk<'_>, times: u32) -> Said {
    let languages = talk.text.configuration.replies.languages();
    let choices = languages.map(|language| language.id.as_str().to_owned());
    Said {
        asks: Some(Asking {
            times,
            ..Asking::first(Asks::Language, choices.collect())
        }),
        ..Said::only(Template::AskLanguage)
    }
}

fn set_language(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    language: &LanguageId,
) -> Result<Said, StoreError> {
    tx.choose_language(talk.phone.id, language)?;
    Ok(Said {
        language: Some(language.clone()),
        ..Said::only(Template::LanguageSet)
    })
}
