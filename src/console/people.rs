//! Who can log in: the administrator's list, invitations, and who has left.

mod list;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::Console;
use super::form::Form;
use super::guard::Visitor;
use super::invitation::link as invitation_link;
use super::page::Told;
use super::problem::Problem;
use crate::actions::access::{
    Invitation, Invited, Left, Newcomer, Odd, invite as carry_out, invite_again as make_link,
    leave as let_go, role_in,
};
use crate::people::{PersonId, Role};
use list::{Extra, Link};

pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    console.people_page(&visitor, Extra::default()).await
}

pub(super) async fn invite(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let words = &console.language(&visitor.visit)?.words.people;
    let refused = async |line: String| {
        let extra = Extra {
            told: Told::wrong(words.wrong(), [line]),
            typed: Some(&form),
            link: None,
        };
        let mut page = console.people_page(&visitor, extra).await?;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(page)
    };
    let Some(role) = console.role_chosen(form.get("role")) else {
        return refused(words.bad_role()).await;
    };
    let newcomer = match Newcomer::new(form.get("name"), form.get("email"), role) {
        Ok(newcomer) => newcomer,
        Err(Odd::Name) => return refused(words.bad_name()).await,
        Err(Odd::Email) => return refused(words.bad_email()).await,
    };
    let name = newcomer.name.clone();
    let invited = console
        .store
        .write("invite", move |tx| carry_out(tx, &newcomer))
        .await?;
    match invited {
        Invited::Yes(invitation) => {
            tracing::info!(
                by = visitor.person.id.0,
                person = invitation.person.0,
                "Invited somebody"
            );
            console.link_page(&visitor, name, &invitation).await
        }
        Invited::EmailTaken(known) => refused(words.email_taken(known.name)).await,
    }
}

pub(super) async fn invite_again(
    console: web::Data<Console>,
    visitor: Visitor,
    person: web::Path<i64>,
) -> Result<HttpResponse, Problem> {
    let person = PersonId(*person);
    let made = console
        .store
        .write("invite_again", move |tx| {
            let account = tx.account(person)?;
            Ok(make_link(tx, person)?.zip(account))
        })
        .await?;
    let Some((invitation, account)) = made else {
        return Err(Problem::NotThere);
    };
    tracing::info!(
        by = visitor.person.id.0,
        person = person.0,
        "Made a new invitation"
    );
    console
        .link_page(&visitor, account.person.name, &invitation)
        .await
}

pub(super) async fn leave(
    console: web::Data<Console>,
    visitor: Visitor,
    person: web::Path<i64>,
) -> Result<HttpResponse, Problem> {
    let person = PersonId(*person);
    let (left, account) = console
        .store
        .write("leave", move |tx| {
            let account = tx.account(person)?;
            Ok((let_go(tx, person)?, account))
        })
        .await?;
    let words = &console.language(&visitor.visit)?.words.people;
    let scope = account
        .as_ref()
        .map(|account| console.scope_name(&account.person.role));
    let name = account.map(|account| account.person.name);
    let (told, status) = match left {
        Left::NotThere => return Err(Problem::NotThere),
        Left::Yes { unseen } => {
            tracing::info!(
                by = visitor.person.id.0,
                person = person.0,
                "Somebody has left"
            );
            (
                Told::done(words.left(name.unwrap_or_default())).map(|told| Told {
                    lines: (unseen > 0)
                        .then(|| words.left_unseen(scope.unwrap_or_default(), unseen))
                        .into_iter()
                        .collect(),
                    ..told
                }),
                StatusCode::OK,
            )
        }
        Left::LastAdministrator => {
            let (what, then) = (words.last_administrator(), words.last_administrator_what());
            (Told::wrong(what, [then]), StatusCode::CONFLICT)
        }
    };
    let extra = Extra {
        told,
        ..Extra::default()
    };
    let mut page = console.people_page(&visitor, extra).await?;
    *page.status_mut() = status;
    Ok(page)
}

impl Console {
    /// The role of a choice of the form, `officer:wajir-water`.
    fn role_chosen(&self, choice: &str) -> Option<Role> {
        let (word, scope) = choice.split_once(':').unwrap_or((choice, ""));
        role_in(&self.configuration.current().rules, word, scope).ok()
    }

    /// The list with the link, this once.
    async fn link_page(
        &self,
        visitor: &Visitor,
        name: String,
        invitation: &Invitation,
    ) -> Result<HttpResponse, Problem> {
        let until = self.calendar(&visitor.visit)?.date(invitation.until);
        let address = invitation_link(&self.origin, &invitation.token);
        let extra = Extra {
            link: Some(Link {
                name,
                address,
                until,
            }),
            ..Extra::default()
        };
        self.people_page(visitor, extra).await
    }
}
