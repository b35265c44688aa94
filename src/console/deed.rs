//! What somebody does with a complaint: one form, one deed; and what the phone would show of it, before.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::complaint::{Preview, Typed};
use super::form::Form;
use super::guard::{Visitor, go_to};
use super::look::{self, Calendar};
use super::names::Names;
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use crate::actions::MOST_LETTERS;
use crate::actions::deed::{DeedForm, Outcome, Refusal, carry_out};
use crate::complaint::{LanguageId, OrganisationId, is_id};
use crate::people::{Deed, Sight};
use crate::store::Dossier;
use crate::text::shown::one_line;

#[derive(Template)]
#[template(
    path = "complaint/preview.html",
    config = "src/console/look/askama.toml"
)]
struct PreviewPart<'a> {
    w: &'a Words,
    preview: Option<Preview>,
    is_empty: bool,
}

/// `POST /console/complaints/{number}/{deed}`
pub(super) async fn post(
    console: web::Data<Console>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (number, word) = path.into_inner();
    let deed = Deed::from_word(&word).ok_or(Problem::NotThere)?;
    let dossier = console.dossier(&visitor, &number, None).await?;
    let seen = form.get("seen").parse().ok();
    let outcome = console
        .carry_out(&visitor, dossier.complaint.id, deed, &form, seen)
        .await?;
    let told = match outcome {
        Outcome::Done => {
            let all = console.to_all(&visitor, deed, &form).await?;
            let after = console.after(&visitor, &number, deed, &form).await;
            return Ok(go_to(&format!("{after}{all}")));
        }
        Outcome::NotThere => return Err(Problem::NotThere),
        other => console.not_done(&visitor, &dossier, other, seen)?,
    };
    let typed = Typed {
        deed: Some(deed),
        words: form.get("words").to_owned(),
        to: form.get("to").to_owned(),
        reason: None,
        shows: true,
    };
    let mut page = console
        .complaint_page(&visitor, &dossier, told, &typed)
        .await?;
    *page.status_mut() = match outcome {
        Outcome::MovedOn => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(page)
}

/// `POST /console/complaints/{number}/preview`: the part of the page alone, or without a script the whole page with it.
pub(super) async fn preview(
    console: web::Data<Console>,
    visitor: Visitor,
    number: web::Path<String>,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let dossier = console.dossier(&visitor, &number, None).await?;
    // Who sees their own part only would learn from the text who has it now.
    if dossier.sight != Sight::All {
        return Err(Problem::NotThere);
    }
    let typed = Typed {
        deed: Deed::from_word(form.get("deed")),
        words: form.get("words").to_owned(),
        to: form.get("to").to_owned(),
        reason: None,
        shows: true,
    };
    if !request.headers().contains_key("hx-request") {
        return console
            .complaint_page(&visitor, &dossier, None, &typed)
            .await;
    }
    let names = console.names(&visitor.visit)?;
    let is_empty = one_line(&typed.words).is_empty();
    let preview = typed.deed.filter(|_| !is_empty).and_then(|deed| {
        let now = console.clock.now();
        Preview::of(&names.configuration, &dossier, deed, &typed.words, now)
    });
    look::page(&PreviewPart {
        w: &names.language.words,
        preview,
        is_empty,
    })
}

/// What was done, as the address of the page says it.
pub(super) fn told(query: &Form, words: &Words) -> Option<Told> {
    let w = &words.deed;
    let done = match Deed::from_word(query.get("done"))? {
        Deed::Accept => w.done_accept(),
        Deed::Start => w.done_start(),
        Deed::Update => w.done_update(),
        Deed::Ask => w.done_ask(),
        Deed::Resolve => w.done_resolve(),
        Deed::Return => w.done_send_back(),
        Deed::Refer => w.done_refer(),
        Deed::Note => w.done_note(),
        Deed::Language => w.done_language(),
        Deed::MarkSensitive => w.done_sensitive(),
        Deed::NotAComplaint => w.done_not_a_complaint(),
    };
    Told::done(done)
}

impl Console {
    /// Where the page goes on after a deed: back to the queue where it came from, else to the complaint. Who said that it accuses their
    /// own organisation does not see it any more: back to the list.
    async fn after(&self, visitor: &Visitor, number: &str, deed: Deed, form: &Form) -> String {
        if form.get("from") == "queue" {
            return match form.get("county") {
                county if is_id(county) => format!("/console/queue?done=1&county={county}"),
                _ => "/console/queue?done=1".to_owned(),
            };
        }
        match self.dossier(visitor, number, None).await {
            Err(Problem::NotThere) => "/console/complaints?done=1".to_owned(),
            _ => format!("/console/complaints/{number}?done={}", deed.word()),
        }
    }

    /// Does it, in a transaction of its own.
    pub(super) async fn carry_out(
        &self,
        visitor: &Visitor,
        complaint_id: i64,
        deed: Deed,
        form: &Form,
        seen: Option<i64>,
    ) -> Result<Outcome, Problem> {
        let given = |name| Some(form.get(name).trim()).filter(|value| !value.is_empty());
        let with = DeedForm {
            words: given("words").map(str::to_owned),
            to: given("to").map(OrganisationId::new),
            language: given("to").map(LanguageId::new),
        };
        // Without what they saw nothing is done: 0 is no entry of any history.
        let seen = Some(seen.unwrap_or_default());
        let (configuration, person) = (self.configuration.current(), visitor.person.clone());
        let configuration = Arc::clone(&configuration);
        let done = self.store.write("deed", move |tx| {
            carry_out(tx, &configuration, &person, complaint_id, deed, &with, seen)
        });
        Ok(done.await?)
    }

    /// Why nothing was done, what was kept, and what to do.
    fn not_done(
        &self,
        visitor: &Visitor,
        dossier: &Dossier,
        outcome: Outcome,
        seen: Option<i64>,
    ) -> Result<Option<Told>, Problem> {
        let names = self.names(&visitor.visit)?;
        let calendar = self.calendar(&visitor.visit)?;
        let w = &names.language.words.deed;
        Ok(match outcome {
            Outcome::MovedOn => {
                let mut lines = meanwhile(dossier, seen.unwrap_or_default(), &names, &calendar);
                lines.push(w.moved_on_what());
                Told::wrong(w.moved_on(), lines)
            }
            Outcome::Refused(refusal) => Told::wrong(w.refused(), [why(refusal, &names)]),
            _ => Told::wrong(w.not_theirs(), [w.not_theirs_what()]),
        })
    }
}

/// What others did since they looked.
fn meanwhile(
    dossier: &Dossier,
    seen: i64,
    names: &Names<'_>,
    calendar: &Calendar<'_>,
) -> Vec<String> {
    let entries = dossier.entries.iter().filter(|entry| entry.id > seen);
    entries
        .map(|entry| super::complaint::in_a_line(entry, names, calendar))
        .collect()
}

fn why(refusal: Refusal, names: &Names<'_>) -> String {
    let w = &names.language.words.deed;
    match refusal {
        Refusal::WordsMissing => w.words_missing(),
        Refusal::WordsTooLong => w.words_too_long(MOST_LETTERS),
        Refusal::NobodyNamed => w.nobody_named(),
        Refusal::NoSuchOrganisation => w.no_such_organisation(),
        Refusal::HasItAlready => w.has_it_already(),
        Refusal::Accused => w.is_accused(),
        Refusal::NoSuchLanguage => w.no_such_language(),
        Refusal::NobodyLeft => w.nobody_left(),
    }
}
