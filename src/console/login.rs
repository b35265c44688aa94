//! Email and password, and the way out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form::Form;
use super::guard::{Visit, go_to, next_of, with_next};
use super::look::{self, Frame};
use super::page::Told;
use super::problem::Problem;
use super::{Console, Shown};
use crate::actions::access::{Admitted, LogIn, SecondFactor, log_in as carry_out, plain_email};
use crate::people::Token;

/// What the address of the page may say.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    /// Where to go on from there.
    next: String,
    /// Which account of the demo to fill in.
    #[serde(rename = "as")]
    account: String,
    /// Why they are here: `again`, `out`.
    why: String,
}

#[derive(Template)]
#[template(path = "login.html", config = "src/console/look/askama.toml")]
struct LoginPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    email: &'a str,
    password: &'a str,
    next: &'a str,
    shown: Option<&'a Shown>,
}

pub(super) async fn page(
    console: web::Data<Console>,
    visit: Visit,
    query: web::Query<Query>,
    shown: Option<web::Data<Shown>>,
) -> Result<HttpResponse, Problem> {
    let next = next_of(&query.next);
    if visit.person().is_some() {
        return Ok(go_to(next));
    }
    let words = &console.language(&visit)?.words.login;
    let told = match query.why.as_str() {
        "again" => Told::wrong(words.again(), [words.again_what()]),
        "out" => Told::done(words.out()),
        _ => None,
    };
    let shown = shown.as_deref().map(AsRef::as_ref);
    let account = shown.and_then(|shown| {
        let mut accounts = shown.accounts.iter();
        accounts.find(|account| account.email == query.account)
    });
    look::page(&LoginPage {
        frame: console.frame(&visit, |words| words.login.title())?,
        told,
        email: account.map_or("", |account| &account.email),
        password: account.and(shown).map_or("", |shown| &shown.password),
        next,
        shown,
    })
}

pub(super) async fn log_in(
    request: HttpRequest,
    console: web::Data<Console>,
    visit: Visit,
    form: Form,
    shown: Option<web::Data<Shown>>,
) -> Result<HttpResponse, Problem> {
    if !console.logins.may_try(&request, console.clock.now()) {
        tracing::warn!("A network tried to log in too often");
        return Err(Problem::TooMany);
    }
    let shown = shown.as_deref().map(AsRef::as_ref);
    let second_factor = match shown {
        Some(_) => SecondFactor::OnlyWhereEnrolled,
        None => SecondFactor::Obligatory,
    };
    let token = Token::draw(&mut rand::rng());
    let next = next_of(form.get("next"));
    match console
        .try_to_log_in(&visit, &form, second_factor, &token)
        .await?
    {
        Admitted::In => Ok(console.let_in(&token, next)),
        Admitted::HalfWay => Ok(console.let_in(&token, &with_next("/console/second-factor", next))),
        Admitted::No => {
            let words = &console.language(&visit)?.words.login;
            let mut page = look::page(&LoginPage {
                frame: console.frame(&visit, |words| words.login.title())?,
                told: Told::wrong(words.refused(), [words.refused_what()]),
                email: form.get("email").trim(),
                password: "",
                next,
                shown,
            })?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}

pub(super) async fn log_out(
    console: web::Data<Console>,
    visit: Visit,
) -> Result<HttpResponse, Problem> {
    let hash = visit.token.hash();
    console
        .store
        .write("end_session", move |tx| tx.end_session(hash))
        .await?;
    let token = Token::draw(&mut rand::rng());
    Ok(console.let_in(&token, "/console/login?why=out"))
}

impl Console {
    async fn try_to_log_in(
        &self,
        visit: &Visit,
        form: &Form,
        second_factor: SecondFactor,
        token: &Token,
    ) -> Result<Admitted, Problem> {
        let email = plain_email(form.get("email"));
        let account = self
            .store
            .read(move |reader| reader.account_of(&email))
            .await?;
        let person = account.as_ref().map(|account| account.person.id);
        let stored = account.and_then(|account| account.password);
        let fits = self.passwords.fitting(form.get("password"), stored).await?;
        let login = LogIn {
            person,
            fits,
            second_factor,
            before: visit.token.hash(),
            token: token.hash(),
        };
        let admitted = self
            .store
            .write("log_in", move |tx| carry_out(tx, &login))
            .await?;
        tracing::info!(
            ?admitted,
            person = person.map(|person| person.0),
            "Somebody gave a password"
        );
        Ok(admitted)
    }

    /// Sends the browser there with another token than before.
    pub(super) fn let_in(&self, token: &Token, address: &str) -> HttpResponse {
        let mut response = go_to(address);
        if let Err(error) = response.add_cookie(&self.cookie(token)) {
            tracing::error!(%error, "A cookie could not be set");
        }
        response
    }
}
