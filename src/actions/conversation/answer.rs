//! What the phone was asked is answered.

use super::ask_next::ask_next;
use super::known::asked;
use super::reconsider::{News, reconsider};
use super::verdict::{awaits_verdict, record_verdict};
use super::withdraw::withdraw;
use super::{Asking, Said, Talk, languages, set_language};
use crate::actions::pause::go_on;
use crate::intake::places::Found;
use crate::intake::replies::Template;
use crate::intake::{Answer, Asks, Question, Verdict};
use crate::store::{ComplaintRow, Did, StoreError, Tx};

/// Takes an answer; `about` is the complaint that was asked about.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    answer: &Answer,
    about: Option<ComplaintRow>,
) -> Result<Said, StoreError> {
    let Some(asked) = asked(talk.text, talk.phone) else {
        return Ok(Said::only(Template::Help));
    };
    let question = &asked.question;
    if !matches!(answer, Answer::Unclear(_)) {
        tx.forget_asked(talk.phone.id)?;
    }
    match (answer, about) {
        (Answer::Language(language), _) => set_language(tx, talk, language),
        (Answer::Unclear(_), None) => Ok(languages(talk, question.times.saturating_add(1))),
        (_, None) => Ok(Said::only(Template::Help)),
        (answer, Some(complaint)) => on_complaint(tx, talk, question, answer, complaint),
    }
}

fn on_complaint(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    question: &Question,
    answer: &Answer,
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    match answer {
        Answer::Place(place) => {
            let complaint = reconsider(tx, talk, complaint, News::Place(place))?;
            Ok(Said {
                place: Some(place.clone()),
                ..noted(tx, talk, complaint, Asks::Place)?
            })
        }
        Answer::Sector(sector) => {
            let complaint = reconsider(tx, talk, complaint, News::Sector(sector))?;
            noted(tx, talk, complaint, Asks::Sector)
        }
        Answer::Gender(gender) => {
            tx.set_gender(talk.phone.id, complaint.id, *gender)?;
            thanked(tx, talk, complaint, Asks::Gender)
        }
        Answer::Age(group) => {
            tx.set_age_group(talk.phone.id, complaint.id, *group)?;
            thanked(tx, talk, complaint, Asks::Age)
        }
        Answer::Skip => match question.asks {
            Asks::Place | Asks::Sector => noted(tx, talk, complaint, question.asks),
            asks => thanked(tx, talk, complaint, asks),
        },
        Answer::Words => {
            let complaint = go_on(tx, &talk.text.configuration, complaint)?;
            tx.add_event(complaint.id, &talk.event("answered"))?;
            Ok(Said {
                neutral: talk.text.decision.sensitive,
                // A number answers an officer; by itself it is no complaint.
                did: (!talk.text.reading.says_nothing).then_some(Did::Added),
                ..Said::about(complaint, Template::Added)
            })
        }
        Answer::Verdict(verdict) => judged(tx, talk, *verdict, complaint),
        Answer::Withdraw => withdraw(tx, talk, complaint),
        Answer::Unclear(choices) => again(tx, talk, question, choices, complaint),
        Answer::Language(_) => Ok(Said::only(Template::Help)),
    }
}

/// Whether a complaint is solved is said.
pub(super) fn judged(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    verdict: Verdict,
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    let is_awaited = awaits_verdict(tx, &complaint)?;
    let complaint = record_verdict(tx, talk, complaint, verdict)?;
    let lead = match verdict {
        _ if !is_awaited => Template::Status(complaint.status),
        Verdict::Solved => Template::VerdictSolved,
        Verdict::NotSolved | Verdict::Partly => Template::OpenAgain,
    };
    Ok(Said::about(complaint, lead))
}

/// Where it is or what it is about is settled.
fn noted(
    tx: &Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
    after: Asks,
) -> Result<Said, StoreError> {
    Ok(Said {
        asks: ask_next(tx, talk, &complaint, Some(after), &Found::None)?,
        ..Said::about(complaint, Template::Noted)
    })
}

/// Who the person is is settled, as far as they say.
fn thanked(
    tx: &Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
    after: Asks,
) -> Result<Said, StoreError> {
    let asks = ask_next(tx, talk, &complaint, Some(after), &Found::None)?;
    let lead = match asks {
        Some(_) => Template::Thanks,
        None => Template::Done,
    };
    Ok(Said {
        asks,
        ..Said::about(complaint, lead)
    })
}

fn again(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    question: &Question,
    choices: &[String],
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    if talk.text.reading.digit.is_none() {
        // A name that the gazetteer lacks is for people to read.
        tx.add_event(complaint.id, &talk.event("words_added"))?;
    }
    Ok(Said {
        asks: Some(Asking {
            asks: question.asks,
            choices: choices.to_vec(),
            times: question.times.saturating_add(1),
        }),
        ..Said::about(complaint, Template::Again)
    })
}
