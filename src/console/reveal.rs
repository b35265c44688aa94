//! The complainant's number, for who may call, or their code: shown on the answer to a form, and on no page after it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::Console;
use super::complaint::Typed;
use super::form::Form;
use super::guard::Visitor;
use super::look::shown;
use super::names;
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use crate::actions::MOST_LETTERS;
use crate::actions::deed::{MOST_REVEALED, Refusal, Revealed, reveal};

/// `POST /console/complaints/{number}/reveal`
pub(super) async fn post(
    console: web::Data<Console>,
    visitor: Visitor,
    number: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let dossier = console.dossier(&visitor, &number, None).await?;
    let reason = form.get("reason").trim().to_owned();
    let (configuration, person) = (console.configuration.current(), visitor.person.clone());
    let (configuration, id) = (Arc::clone(&configuration), dossier.complaint.id);
    let given = reason.clone();
    let write = console.store.write("reveal", move |tx| {
        reveal(tx, &configuration, &person, id, &given)
    });
    let revealed = write.await?;
    if revealed == Revealed::NotThere {
        return Err(Problem::NotThere);
    }
    let status = match revealed {
        Revealed::Yes(_) | Revealed::Code(_) => StatusCode::OK,
        Revealed::TooMany => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let typed = Typed {
        reason: (status != StatusCode::OK).then(|| reason.clone()),
        ..Typed::default()
    };
    let told = told(&revealed, &reason, &console.language(&visitor.visit)?.words);
    let mut page = console
        .complaint_page(&visitor, &dossier, told, &typed)
        .await?;
    *page.status_mut() = status;
    Ok(page)
}

/// The number and what is on record; or why it is not shown.
fn told(revealed: &Revealed, reason: &str, words: &Words) -> Option<Told> {
    let w = &words.reveal;
    let done = |what: String| {
        let lines = vec![w.recorded(shown(reason)), w.not_again()];
        Told::done(what).map(|told| Told { lines, ..told })
    };
    let why = match revealed {
        Revealed::Yes(address) => return done(w.number(address.expose())),
        Revealed::Code(code) => return done(w.code(names::code(code))),
        Revealed::TooMany => w.too_many(MOST_REVEALED),
        Revealed::NoPhone => words.complaint.no_phone(),
        Revealed::Refused(Refusal::WordsTooLong) => words.deed.words_too_long(MOST_LETTERS),
        Revealed::Refused(_) => w.reason_missing(),
        Revealed::NotThere | Revealed::NotTheirs => w.convener_calls(),
    };
    Told::wrong(w.not_shown(), [why])
}
