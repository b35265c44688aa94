//! The code of the second factor, for who has given the password.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::Console;
use super::form::Form;
use super::guard::{Visit, go_to, next_of};
use super::look::{self, Frame};
use super::page::Told;
use super::problem::Problem;
use crate::actions::access::{CodeGiven, Proved, give_code};
use crate::people::Token;

/// What the address of the page may say.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    /// Where to go on from there.
    next: String,
}

#[derive(Template)]
#[template(path = "second_factor.html", config = "src/console/look/askama.toml")]
struct CodePage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    next: &'a str,
}

pub(super) async fn page(
    console: web::Data<Console>,
    visit: Visit,
    query: web::Query<Query>,
) -> Result<HttpResponse, Problem> {
    look::page(&CodePage {
        frame: console.frame(&visit, |words| words.code.title())?,
        told: None,
        next: next_of(&query.next),
    })
}

pub(super) async fn prove(
    console: web::Data<Console>,
    visit: Visit,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let token = Token::draw(&mut rand::rng());
    let given = CodeGiven {
        code: form.get("code").to_owned(),
        half_way: visit.token.hash(),
        token: token.hash(),
    };
    let proved = console
        .store
        .write("give_code", move |tx| give_code(tx, &given))
        .await?;
    tracing::info!(?proved, "Somebody gave a code");
    let next = next_of(form.get("next"));
    match proved {
        Proved::Yes => Ok(console.let_in(&token, next)),
        Proved::TooLate => Ok(go_to("/console/login?why=again")),
        Proved::No => {
            let words = &console.language(&visit)?.words.code;
            let mut page = look::page(&CodePage {
                frame: console.frame(&visit, |words| words.code.title())?,
                told: Told::wrong(words.wrong(), [words.wrong_what()]),
                next,
            })?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}
