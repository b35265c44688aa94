//! What every page has in common: the frame around it for who looks at it, and a word on what was just done.

use super::Console;
use super::guard::{Visit, Visitor};
use super::look::{Calendar, Frame, Link, Who};
use super::problem::Problem;
use super::words::{Language, Words};
use crate::complaint::OrganisationId;
use crate::people::{Person, Role, RoleKind};

/// A word above a page: what was done, or what was wrong with a form and is to be mended.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) is_wrong: bool,
    pub(super) what: String,
    /// What to do, a line each.
    pub(super) lines: Vec<String>,
}

impl Told {
    /// What was done.
    pub(super) fn done(what: String) -> Option<Self> {
        Some(Self {
            is_wrong: false,
            what,
            lines: Vec::new(),
        })
    }

    /// What was not done, and what to do.
    pub(super) fn wrong(what: String, lines: impl Into<Vec<String>>) -> Option<Self> {
        Some(Self {
            is_wrong: true,
            what,
            lines: lines.into(),
        })
    }
}

/// The list of what is open, and the convener's queue: how many wait there stands beside their names.
const OPEN: &str = "/console/complaints";
const QUEUE: &str = "/console/queue";
/// A complaint that somebody takes down.
const INTAKE: &str = "/console/intake";
/// What the line carries and costs.
const TEXTS: &str = "/console/texts";
/// Which emails have not left.
const EMAILS: &str = "/console/emails";

impl Console {
    /// The frame of a page of somebody who works on complaints, with how many wait.
    pub(super) async fn desk_frame(
        &self,
        visitor: &Visitor,
        title: impl FnOnce(&Words) -> String,
    ) -> Result<Frame<'_>, Problem> {
        let waiting = self.waiting(&self.desk(&visitor.person)?).await?;
        let mut frame = self.frame(&visitor.visit, title)?;
        for link in &mut frame.nav {
            link.count = match link.href {
                OPEN => Some(waiting.open),
                QUEUE => Some(waiting.queue),
                _ => None,
            };
        }
        Ok(frame)
    }

    /// The frame of a page that is not for those alone who work on complaints: with how many wait, for who does.
    pub(super) async fn frame_with_counts(
        &self,
        visitor: &Visitor,
        title: impl FnOnce(&Words) -> String,
    ) -> Result<Frame<'_>, Problem> {
        match visitor.person.role {
            Role::Convener(_) | Role::Officer(_) => self.desk_frame(visitor, title).await,
            Role::Administrator | Role::Committee(_) => self.frame(&visitor.visit, title),
        }
    }

    /// The language that they chose, or that their browser asks for.
    pub(super) fn language(&self, visit: &Visit) -> Result<&Language, Problem> {
        let chosen = visit.person().and_then(|person| person.language.as_ref());
        let language = self.languages.choose(chosen, &visit.accepted);
        language.ok_or(Problem::Unavailable)
    }

    /// The frame of a page, whose title is given in its language.
    pub(super) fn frame(
        &self,
        visit: &Visit,
        title: impl FnOnce(&Words) -> String,
    ) -> Result<Frame<'_>, Problem> {
        let language = self.language(visit)?;
        let words = &language.words;
        let mut frame = Frame::outside(language, &self.assets, title(words));
        frame.csrf = visit.csrf();
        if let Some(person) = visit.person() {
            frame.scope = self.scope_name(&person.role);
            frame.person = Some(Who {
                name: person.name.clone(),
                role: role_name(words, &person.role),
            });
            frame.nav = nav(words, person, self.convenes(person), &visit.path);
        }
        Ok(frame)
    }

    /// Writes times for them: in their language, in the zone of their county.
    pub(super) fn calendar(&self, visit: &Visit) -> Result<Calendar<'_>, Problem> {
        let configuration = self.configuration.current();
        let rules = &configuration.rules;
        let role = visit.person().map(|person| &person.role);
        let own = match role {
            Some(Role::Convener(id) | Role::Officer(id)) => rules
                .organisation(id)
                .and_then(|organisation| rules.county(organisation.counties.first()?)),
            Some(Role::Committee(id)) => rules.county(id),
            Some(Role::Administrator) | None => None,
        };
        let county = own.or_else(|| rules.counties().next());
        Ok(Calendar {
            language: self.language(visit)?,
            zone: county.map_or(chrono_tz::UTC, |county| county.zone),
            worked: county.map_or_else(Default::default, |county| {
                configuration.calendars.of(&county.id).clone()
            }),
            now: self.clock.now(),
        })
    }

    /// The name of the organisation or county that a role is in; its id where the rules no longer have it.
    pub(super) fn scope_name(&self, role: &Role) -> String {
        let configuration = self.configuration.current();
        let rules = &configuration.rules;
        let organisation = |id: &OrganisationId| {
            let known = rules.organisation(id);
            known.map_or_else(|| id.to_string(), |known| known.name.clone())
        };
        match role {
            Role::Administrator => String::new(),
            Role::Convener(id) | Role::Officer(id) => organisation(id),
            Role::Committee(id) => rules
                .county(id)
                .map_or_else(|| id.to_string(), |known| known.name.clone()),
        }
    }
}

/// What somebody is, in the page's language.
pub(super) fn role_name(words: &Words, role: &Role) -> String {
    match role.kind() {
        RoleKind::Administrator => words.role.administrator(),
        RoleKind::Convener => words.role.convener(),
        RoleKind::Officer => words.role.officer(),
        RoleKind::Committee => words.role.committee(),
    }
}

/// Where a person can go.
fn nav(words: &Words, person: &Person, convenes: bool, here: &str) -> Vec<Link> {
    let w = &words.nav;
    let places: Vec<(&'static str, String)> = match person.role.kind() {
        RoleKind::Administrator => vec![
            ("/console/people", w.people()),
            (TEXTS, w.texts()),
            (EMAILS, w.emails()),
            ("/console/audit", w.audit()),
        ],
        RoleKind::Convener if convenes => vec![
            (QUEUE, w.queue()),
            (OPEN, w.complaints()),
            ("/console/closed", w.closed()),
            ("/console/figures", w.figures()),
            (TEXTS, w.texts()),
            (EMAILS, w.emails()),
            (INTAKE, w.intake()),
        ],
        RoleKind::Convener | RoleKind::Officer => vec![
            (OPEN, w.inbox()),
            ("/console/passed-on", w.passed_on()),
            ("/console/closed", w.closed()),
            ("/console/figures", w.figures()),
            (INTAKE, w.intake()),
        ],
        RoleKind::Committee => vec![("/console/figures", w.figures())],
    };
    let link = |(href, label): (&'static str, String)| Link {
        is_here: here == href,
        href,
        label,
        count: None,
    };
    places.into_iter().map(link).collect()
}
