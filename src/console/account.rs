//! Somebody's own page: their name and language, their password, where they are logged in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::Console;
use super::form::Form;
use super::guard::{Visitor, go_to};
use super::invitation::wrong_with;
use super::look::{self, Frame, Moment};
use super::page::Told;
use super::problem::Problem;
use super::words::Language;
use crate::actions::access::{NewPassword, PasswordChanged, change_password, plain_name};
use crate::complaint::LanguageId;
use crate::people::{Person, Token};

/// What the address of the page may say.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    /// What was just done: `saved`, `changed`, `ended`.
    done: String,
}

#[derive(Template)]
#[template(path = "account.html", config = "src/console/look/askama.toml")]
struct AccountPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    person: &'a Person,
    languages: Vec<&'a Language>,
    sessions: Vec<Place>,
}

/// Where they are logged in.
struct Place {
    is_this: bool,
    since: Moment,
    seen: Moment,
}

pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    query: web::Query<Query>,
) -> Result<HttpResponse, Problem> {
    let words = &console.language(&visitor.visit)?.words.account;
    let told = match query.done.as_str() {
        "saved" => Told::done(words.saved()),
        "changed" => Told::done(words.changed()),
        "ended" => Told::done(words.ended()),
        _ => None,
    };
    console.account_page(&visitor, told).await
}

pub(super) async fn save(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let Some(name) = plain_name(form.get("name")) else {
        let words = &console.language(&visitor.visit)?.words.account;
        return console
            .refused(&visitor, words.name_missing(), Vec::new())
            .await;
    };
    let mut known = console.languages.iter();
    let language = known.find(|language| language.id.as_str() == form.get("language"));
    let (person, language) = (
        visitor.person.id,
        language.map(|language: &Language| language.id.clone()),
    );
    console
        .store
        .write("set_profile", move |tx| {
            tx.set_profile(person, &name, language.as_ref().map(|id: &LanguageId| id))
        })
        .await?;
    Ok(go_to("/console/account?done=saved"))
}

pub(super) async fn set_password(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let words = &console.language(&visitor.visit)?.words;
    let wrong = wrong_with(words, &form, &visitor.person);
    if !wrong.is_empty() {
        return console
            .refused(&visitor, words.password.wrong(), wrong)
            .await;
    }
    let token = Token::draw(&mut rand::rng());
    match console.try_new_password(&visitor, &form, &token).await? {
        PasswordChanged::Yes => Ok(console.let_in(&token, "/console/account?done=changed")),
        PasswordChanged::WrongPassword => {
            console
                .refused(&visitor, words.account.wrong_current(), Vec::new())
                .await
        }
        PasswordChanged::Locked => {
            console
                .refused(&visitor, words.account.locked(), Vec::new())
                .await
        }
    }
}

pub(super) async fn end_others(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let (person, this) = (visitor.person.id, visitor.visit.token.hash());
    console
        .store
        .write("end_sessions", move |tx| {
            tx.end_sessions(person, Some(this))
        })
        .await?;
    Ok(go_to("/console/account?done=ended"))
}

impl Console {
    async fn try_new_password(
        &self,
        visitor: &Visitor,
        form: &Form,
        token: &Token,
    ) -> Result<PasswordChanged, Problem> {
        let person = visitor.person.id;
        let account = self
            .store
            .read(move |reader| reader.account(person))
            .await?;
        let stored = account.and_then(|account| account.password);
        let new = NewPassword {
            person,
            fits: self.passwords.fitting(form.get("current"), stored).await?,
            password: self.passwords.hash(form.get("password")).await?,
            token: token.hash(),
        };
        let changed = self
            .store
            .write("change_password", move |tx| change_password(tx, &new))
            .await?;
        tracing::info!(?changed, person = person.0, "Somebody set another password");
        Ok(changed)
    }

    /// The page again, with what was wrong.
    async fn refused(
        &self,
        visitor: &Visitor,
        what: String,
        lines: Vec<String>,
    ) -> Result<HttpResponse, Problem> {
        let mut page = self.account_page(visitor, Told::wrong(what, lines)).await?;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(page)
    }

    async fn account_page(
        &self,
        visitor: &Visitor,
        told: Option<Told>,
    ) -> Result<HttpResponse, Problem> {
        let calendar = self.calendar(&visitor.visit)?;
        let person = visitor.person.id;
        let sessions = self
            .store
            .read(move |reader| reader.sessions_of(person))
            .await?;
        let this = visitor.visit.token.hash();
        let lasting = sessions
            .into_iter()
            .filter(|(_, session)| session.proven && session.lasts(calendar.now));
        let sessions = lasting.map(|(token, session)| Place {
            is_this: token == this,
            since: calendar.moment(session.made_at),
            seen: calendar.moment(session.seen_at),
        });
        look::page(&AccountPage {
            frame: self.frame(&visitor.visit, |words| words.account.title())?,
            told,
            person: &visitor.person,
            languages: self.languages.iter().collect(),
            sessions: sessions.collect(),
        })
    }
}
