//! What an invitation leads to: a password, an authenticator that is proven to work, and in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::form::Form;
use super::guard::Visit;
use super::look::{self, Frame};
use super::page::Told;
use super::problem::Problem;
use super::qr;
use super::words::{Language, Words};
use crate::actions::access::{TakeUp, TakenUp, take_up as carry_out};
use crate::people::password::{LONGEST, SHORTEST, Weak, weakness};
use crate::people::{Authenticator, Person, Token};

#[derive(Template)]
#[template(path = "invitation.html", config = "src/console/look/askama.toml")]
struct InvitationPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    person: &'a Person,
    qr: String,
    /// In groups of four, as one reads it off.
    secret: String,
    address: String,
}

pub(super) async fn page(
    console: web::Data<Console>,
    visit: Visit,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (invitation, person) = console.invited(&token).await?;
    console.invitation_page(&visit, &invitation, &person, None)
}

pub(super) async fn take_up(
    request: HttpRequest,
    console: web::Data<Console>,
    visit: Visit,
    token: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    if !console.logins.may_try(&request, console.clock.now()) {
        return Err(Problem::TooMany);
    }
    let (invitation, person) = console.invited(&token).await?;
    let words = &console.language(&visit)?.words;
    let again = |told| {
        let mut page = console.invitation_page(&visit, &invitation, &person, told)?;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(page)
    };
    let wrong = wrong_with(words, &form, &person);
    if !wrong.is_empty() {
        return again(Told::wrong(words.password.wrong(), wrong));
    }
    let authenticator = Authenticator::enrolled(&invitation, &visit.token);
    let session = Token::draw(&mut rand::rng());
    let given = TakeUp {
        invitation: invitation.hash(),
        password: console.passwords.hash(form.get("password")).await?,
        authenticator: authenticator.ok_or(Problem::Unavailable)?,
        code: form.get("code").to_owned(),
        before: visit.token.hash(),
        token: session.hash(),
    };
    let taken_up = console
        .store
        .write("take_up", move |tx| carry_out(tx, &given))
        .await?;
    tracing::info!(
        ?taken_up,
        person = person.id.0,
        "Somebody followed an invitation"
    );
    match taken_up {
        TakenUp::Yes => Ok(console.let_in(&session, "/console")),
        TakenUp::NoInvitation => Err(Problem::NoInvitation),
        TakenUp::WrongCode => again(Told::wrong(
            words.invitation.wrong_code(),
            [words.invitation.wrong_code_what()],
        )),
    }
}

/// The link that carries the token of an invitation. `public_url` is `server.public_url`.
pub fn link(public_url: &str, invitation: &Token) -> String {
    format!("{public_url}/console/invitation/{}", invitation.expose())
}

/// What is wrong with a new password and its repetition, a line each.
pub(super) fn wrong_with(words: &Words, form: &Form, person: &Person) -> Vec<String> {
    let (password, w) = (form.get("password"), &words.password);
    let weak = weakness(password, &person.name, &person.email).map(|weak| match weak {
        Weak::Short => w.short(SHORTEST),
        Weak::Long => w.long(LONGEST),
        Weak::OwnName => w.own_name(),
        Weak::Plain => w.plain(),
        Weak::Common => w.common(),
    });
    let differ = (password != form.get("again")).then(|| w.differ());
    weak.into_iter().chain(differ).collect()
}

/// Four letters, a space, four letters.
fn in_groups(secret: &str) -> String {
    let letters = secret.chars().enumerate();
    letters.fold(String::new(), |mut grouped, (at, letter)| {
        if at > 0 && at % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(letter);
        grouped
    })
}

impl Console {
    /// The token of a link, and whom it is for.
    async fn invited(&self, token: &str) -> Result<(Token, Person), Problem> {
        let invitation = Token::parse(token).ok_or(Problem::NoInvitation)?;
        let (hash, now) = (invitation.hash(), self.clock.now());
        let person = self
            .store
            .read(move |reader| reader.invited(hash, now))
            .await?;
        Ok((invitation, person.ok_or(Problem::NoInvitation)?))
    }

    fn invitation_page(
        &self,
        visit: &Visit,
        invitation: &Token,
        person: &Person,
        told: Option<Told>,
    ) -> Result<HttpResponse, Problem> {
        let Language { words, .. } = self.language(visit)?;
        let authenticator =
            Authenticator::enrolled(invitation, &visit.token).ok_or(Problem::Unavailable)?;
        let address = authenticator.address(&person.email);
        let qr = qr::svg(&address, &words.invitation.picture()).ok_or(Problem::Unavailable)?;
        look::page(&InvitationPage {
            frame: self.frame(visit, |words| words.invitation.title(&person.name))?,
            told,
            person,
            qr,
            secret: in_groups(&authenticator.secret()),
            address,
        })
    }
}
