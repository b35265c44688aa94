//! A text's meaning is done, and what there is to say about it is settled. What rests on the text's own row, the history and
//! the ledger, is written after that.

use crate::complaint::{LanguageId, PlaceId};
use crate::intake::places::Found;
use crate::intake::replies::Template;
use crate::intake::{Answer, Asks, Meaning, Question, Verdict};
use crate::store::{Asked, ComplaintRow, Phone, StoreError, Tx};

use super::open_complaint::open;
use super::receive_message::Prepared;

/// What a meaning came to: what is kept with the message, and what the sender is to be told.
pub(super) struct Done {
    /// The complaint that it is about.
    pub(super) about: Option<ComplaintRow>,
    /// What its history is to say of the text.
    pub(super) event: Option<&'static str>,
    /// Where the complaint is, if the text tells it.
    pub(super) place: Option<PlaceId>,
    /// Whether it is solved, if the text tells it.
    pub(super) verdict: Option<Verdict>,
    /// What was last written to the sender about it, where it is asked how it stands.
    pub(super) last_words: Option<String>,
    pub(super) reply: Template,
    /// Whether the text itself is sensitive, whatever the complaint is.
    pub(super) neutral: bool,
    /// What the reply asks.
    pub(super) asks: Option<Asking>,
}

/// A question: the places to choose from, where it asks for one of several; and how often it is asked by then.
pub(super) struct Asking {
    pub(super) asks: Asks,
    pub(super) choices: Vec<PlaceId>,
    pub(super) times: u32,
}

impl Asking {
    fn place(choices: Vec<PlaceId>, times: u32) -> Self {
        Self {
            asks: Asks::Place,
            choices,
            times,
        }
    }
}

impl Done {
    /// These words, and nothing else.
    fn says(reply: Template) -> Self {
        Self {
            about: None,
            event: None,
            place: None,
            verdict: None,
            last_words: None,
            reply,
            neutral: false,
            asks: None,
        }
    }

    /// These words on a complaint.
    fn about(complaint: ComplaintRow, reply: Template) -> Self {
        Self {
            about: Some(complaint),
            ..Self::says(reply)
        }
    }

    pub(super) fn complaint_id(&self) -> Option<i64> {
        self.about.as_ref().map(|complaint| complaint.id)
    }
}

/// What the phone was asked, where this text can answer it: texting another county's number, people tell of another matter.
pub(super) fn asked<'a>(text: &Prepared, phone: &'a Phone) -> Option<&'a Asked> {
    phone
        .asked
        .as_ref()
        .filter(|asked| asked.county == text.county.id)
}

/// Does what a text means.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    text: &Prepared,
    meaning: &Meaning,
    phone: &Phone,
    language: &LanguageId,
) -> Result<Done, StoreError> {
    Ok(match meaning {
        Meaning::Complaint => {
            let complaint = open(tx, text, phone, language)?;
            acknowledged(tx, text, phone, complaint)
        }
        Meaning::AddTo(number) => match tx.own_complaint(phone.id, *number)? {
            Some(complaint) => added(text, complaint),
            None => Done::says(Template::NumberUnknown),
        },
        Meaning::Answer(answer) => match asked(text, phone) {
            Some(asked) => answered(tx, text, phone, asked, answer)?,
            None => Done::says(Template::Help),
        },
        Meaning::StatusOf(number) => {
            let complaint = tx.own_complaint(phone.id, *number)?;
            status(tx, complaint, Template::NumberUnknown)?
        }
        Meaning::StatusOfLatest => {
            let complaint = tx.latest_complaint(phone.id)?;
            status(tx, complaint, Template::NoComplaint)?
        }
        Meaning::NumberUnknown => Done::says(Template::NumberUnknown),
        Meaning::CheckNumber => Done::says(Template::CheckNumber),
        Meaning::Help => Done::says(Template::Help),
        Meaning::Stop => {
            // A second STOP must not take back the confirmation of the first.
            if !phone.stopped {
                tx.withhold_texts(phone.id)?;
            }
            Done::says(Template::Stopped)
        }
        Meaning::Start => Done::says(Template::Started),
    })
}

fn acknowledged(tx: &Tx<'_>, text: &Prepared, phone: &Phone, complaint: ComplaintRow) -> Done {
    let open = phone.asked.as_ref().map(|asked| &asked.question);
    let asks = Question::to_ask(&text.place, &text.decision, open, tx.now);
    let reply = if asks.is_some() {
        Template::AckWhere
    } else {
        Template::Ack
    };
    Done {
        event: Some("received"),
        asks: asks.map(|choices| Asking::place(choices, 1)),
        ..Done::about(complaint, reply)
    }
}

/// Words on a complaint; they may tell where it is, as long as nobody knows.
fn added(text: &Prepared, complaint: ComplaintRow) -> Done {
    let place = match &text.place {
        Found::One(place) if complaint.place.is_none() && complaint.county == text.county.id => {
            Some(place.clone())
        }
        _ => None,
    };
    Done {
        event: Some("words_added"),
        place,
        neutral: text.decision.sensitive,
        ..Done::about(complaint, Template::Added)
    }
}

fn answered(
    tx: &mut Tx<'_>,
    text: &Prepared,
    phone: &Phone,
    asked: &Asked,
    answer: &Answer,
) -> Result<Done, StoreError> {
    let Some(complaint) = tx.complaint(asked.complaint_id)? else {
        return Ok(Done::says(Template::Help));
    };
    let again = asked.question.times.saturating_add(1);
    Ok(match answer {
        Answer::Place(place) => Done {
            place: Some(place.clone()),
            ..Done::about(complaint, Template::PlaceTold)
        },
        Answer::Skip => {
            tx.forget_question(phone.id, complaint.id)?;
            Done::about(complaint, Template::PlaceTold)
        }
        Answer::Unclear(choices) => Done {
            // A name that the gazetteer lacks is for people to read.
            event: text.reading.digit.is_none().then_some("words_added"),
            asks: Some(Asking::place(choices.clone(), again)),
            ..Done::about(complaint, Template::AskWhere)
        },
        Answer::Words => {
            tx.forget_question(phone.id, complaint.id)?;
            Done {
                event: Some("answered"),
                neutral: text.decision.sensitive,
                ..Done::about(complaint, Template::Added)
            }
        }
        Answer::Verdict(verdict) => {
            tx.forget_question(phone.id, complaint.id)?;
            let reply = match verdict {
                Verdict::Solved => Template::VerdictSolved,
                Verdict::NotSolved | Verdict::Partly => Template::VerdictNotSolved,
            };
            Done {
                verdict: Some(*verdict),
                ..Done::about(complaint, reply)
            }
        }
        Answer::UnclearVerdict => Done {
            asks: Some(Asking {
                asks: Asks::Verdict,
                choices: Vec::new(),
                times: again,
            }),
            ..Done::about(complaint, Template::AskVerdict)
        },
    })
}

fn status(
    tx: &Tx<'_>,
    complaint: Option<ComplaintRow>,
    otherwise: Template,
) -> Result<Done, StoreError> {
    let Some(complaint) = complaint else {
        return Ok(Done::says(otherwise));
    };
    Ok(Done {
        last_words: tx.last_words_told(complaint.id)?,
        ..Done::about(complaint.clone(), Template::Status(complaint.status))
    })
}
