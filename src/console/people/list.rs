//! The page itself.

use actix_web::HttpResponse;
use askama::Template;

use crate::complaint::OrganisationId;
use crate::console::Console;
use crate::console::form::Form;
use crate::console::guard::Visitor;
use crate::console::look::{self, Calendar, Frame};
use crate::console::page::{Told, role_name};
use crate::console::problem::Problem;
use crate::console::words::Words;
use crate::people::PersonId;
use crate::store::PersonRow;

/// What the page shows besides the list.
#[derive(Default)]
pub(super) struct Extra<'a> {
    pub(super) told: Option<Told>,
    /// A link that was just made.
    pub(super) link: Option<Link>,
    /// What was typed and could not be taken.
    pub(super) typed: Option<&'a Form>,
}

/// A link that was just made.
pub(super) struct Link {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) until: String,
}

#[derive(Template)]
#[template(path = "people.html", config = "src/console/look/askama.toml")]
struct PeoplePage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    alarmed: Option<String>,
    link: Option<Link>,
    count: u64,
    rows: Vec<Row>,
    typed: Typed<'a>,
    roles: Vec<Group>,
}

#[derive(Default)]
struct Typed<'a> {
    name: &'a str,
    email: &'a str,
    role: &'a str,
}

struct Row {
    id: i64,
    name: String,
    email: String,
    role: String,
    scope: String,
    login: String,
    invitation: Option<String>,
    is_self: bool,
    has_left: bool,
}

/// The roles of one kind that somebody may be given.
struct Group {
    label: String,
    choices: Vec<Choice>,
}

struct Choice {
    value: String,
    label: String,
}

impl Console {
    pub(super) async fn people_page(
        &self,
        visitor: &Visitor,
        extra: Extra<'_>,
    ) -> Result<HttpResponse, Problem> {
        let calendar = self.calendar(&visitor.visit)?;
        let people = self
            .store
            .read(move |reader| reader.people(calendar.now))
            .await?;
        let typed = extra.typed.map(|form| Typed {
            name: form.get("name"),
            email: form.get("email"),
            role: form.get("role"),
        });
        look::page(&PeoplePage {
            frame: self.frame(&visitor.visit, |words| words.people.title())?,
            told: extra.told,
            alarmed: self.alarmed(visitor).await?,
            link: extra.link,
            count: people.len().try_into().unwrap_or(u64::MAX),
            rows: people
                .into_iter()
                .map(|row| self.row(row, &calendar, visitor.person.id))
                .collect(),
            typed: typed.unwrap_or_default(),
            roles: self.roles(&calendar.language.words),
        })
    }

    fn row(&self, row: PersonRow, calendar: &Calendar<'_>, own: PersonId) -> Row {
        let words = &calendar.language.words;
        let login = row.last_login.map(|at| calendar.moment(at).ago);
        let invitation = match (row.left_at, row.invited_until) {
            (Some(left), _) => Some(words.people.has_left(calendar.date(left))),
            (None, Some(until)) => Some(words.people.invited_until(calendar.date(until))),
            (None, None) if !row.has_password => Some(words.people.not_invited()),
            (None, None) => None,
        };
        Row {
            id: row.person.id.0,
            is_self: row.person.id == own,
            role: role_name(words, &row.person.role),
            scope: self.scope_name(&row.person.role),
            name: row.person.name,
            email: row.person.email,
            login: login.unwrap_or_else(|| words.people.never()),
            invitation,
            has_left: row.left_at.is_some(),
        }
    }

    /// All roles that the rules have a place for.
    fn roles(&self, words: &Words) -> Vec<Group> {
        let configuration = self.configuration.current();
        let rules = &configuration.rules;
        let choice = |word: &str, id: &str, label: &str| Choice {
            value: format!("{word}:{id}"),
            label: label.to_owned(),
        };
        let convenes = |id: &OrganisationId| rules.counties().any(|county| county.convener == *id);
        let organisations = |word: &'static str, conveners_only: bool| {
            let fitting = rules
                .organisations()
                .filter(move |known| !conveners_only || convenes(&known.id));
            fitting
                .map(|known| choice(word, known.id.as_str(), &known.name))
                .collect()
        };
        let counties = rules.counties();
        vec![
            Group {
                label: words.role.officer(),
                choices: organisations("officer", false),
            },
            Group {
                label: words.role.convener(),
                choices: organisations("convener", true),
            },
            Group {
                label: words.role.committee(),
                choices: counties
                    .map(|county| choice("committee", county.id.as_str(), &county.name))
                    .collect(),
            },
            Group {
                label: words.role.administrator(),
                choices: vec![Choice {
                    value: "administrator".to_owned(),
                    label: words.role.administrator(),
                }],
            },
        ]
    }
}
