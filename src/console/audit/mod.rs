//! Who did and who read what of sensitive complaints, and who was shown a number: for the administrator, who sees no complaint. And
//! whether that record is whole.

mod walked;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::complaint::deed_name;
use super::form::Form;
use super::guard::Visitor;
use super::look::{self, Calendar, Frame, Moment, shown};
use super::names::Names;
use super::problem::Problem;
use super::words::Words;
use crate::people::PersonId;
use crate::store::{Audited, Chain, Convening, Damage, Trace};

pub(super) use walked::Walked;

const HERE: &str = "/console/audit";

#[derive(Template)]
#[template(path = "audit/audit.html", config = "src/console/look/askama.toml")]
struct AuditPage<'a> {
    frame: Frame<'a>,
    /// Whether the record is whole, and as of when.
    whole: String,
    checked: Moment,
    /// What is wrong with it; empty: nothing.
    damage: String,
    people: Vec<Choice>,
    /// Whether it is narrowed down to one person.
    narrows: bool,
    rows: Vec<Row>,
    /// The counties that were handed over, the latest first.
    hand_overs: Vec<HandOver>,
    /// Where the list goes on.
    next: Option<String>,
    /// Whether it began further on, so that there is a first page.
    is_later_page: bool,
}

/// Somebody whose entries can be picked out.
struct Choice {
    id: i64,
    name: String,
    is_chosen: bool,
}

/// A county that another organisation convenes since.
struct HandOver {
    county: String,
    passed: String,
    what: String,
    at: Moment,
}

struct Row {
    who: String,
    organisation: String,
    what: String,
    number: String,
    why: String,
    at: Moment,
}

/// `/console/audit`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let person = query.get("person").parse().ok().map(PersonId);
    let before = query.get("before").parse().ok();
    let calendar = console.calendar(&visitor.visit)?;
    let now = calendar.now;
    let read = console.store.read(move |reader| {
        let entries = reader.audited(person, before)?;
        Ok((entries, reader.people(now)?, reader.convenings()?))
    });
    let ((entries, more), people, convenings) = read.await?;
    let (checked, chain) = console.audit_chain().await?;
    let names = console.names(&visitor.visit)?;
    let words = &names.language.words;
    let next = entries.last().filter(|_| more).map(|last| match person {
        Some(person) => format!("{HERE}?person={}&before={}", person.0, last.id),
        None => format!("{HERE}?before={}", last.id),
    });
    look::page(&AuditPage {
        frame: console.frame(&visitor.visit, |words| words.nav.audit())?,
        whole: words.audit.whole(chain.entries.unsigned_abs()),
        checked: calendar.moment(checked),
        damage: damage(&chain, words),
        people: people
            .into_iter()
            .map(|row| Choice {
                id: row.person.id.0,
                is_chosen: Some(row.person.id) == person,
                name: row.person.name,
            })
            .collect(),
        narrows: person.is_some(),
        rows: entries
            .iter()
            .map(|entry| Row::new(entry, &names, &calendar))
            .collect(),
        hand_overs: convenings
            .iter()
            .rev()
            .filter_map(|entry| HandOver::new(entry, &names, &calendar))
            .collect(),
        next,
        is_later_page: before.is_some(),
    })
}

impl HandOver {
    /// `None`: who convened it first was handed nothing.
    fn new(entry: &Convening, names: &Names<'_>, calendar: &Calendar<'_>) -> Option<Self> {
        let w = &names.language.words.audit;
        let from = names.organisation(entry.came_from.as_ref()?);
        let moved = entry.moved;
        Some(Self {
            county: names.county(&entry.county),
            passed: w.passed(from, names.organisation(&entry.organisation)),
            what: w.went_along(moved.all, moved.sensitive, moved.overseen),
            at: calendar.moment(entry.at),
        })
    }
}

fn damage(chain: &Chain, words: &Words) -> String {
    let w = &words.audit;
    match chain.damage {
        None => String::new(),
        Some(Damage::Changed(entry)) => w.changed(entry),
        Some(Damage::Missing(entry)) => w.missing(entry),
        Some(Damage::Inserted(entry)) => w.inserted(entry),
        Some(Damage::EndLost) => w.end_lost(),
    }
}

impl Row {
    fn new(entry: &Audited, names: &Names<'_>, calendar: &Calendar<'_>) -> Self {
        let w = &names.language.words.audit;
        Self {
            who: entry.person.clone().unwrap_or_else(|| w.unknown()),
            organisation: names.organisation(&entry.organisation),
            what: match entry.trace {
                Some(Trace::Read) => w.has_read(),
                Some(Trace::Revealed) => w.revealed(),
                Some(Trace::ShownCode) => w.shown_code(),
                Some(Trace::Lodged) => w.lodged(),
                Some(Trace::Imported) => w.imported(),
                Some(Trace::Did(deed)) => w.did(deed_name(deed, &names.language.words)),
                None => w.unknown(),
            },
            number: entry
                .number
                .map_or_else(|| w.unknown(), |number| number.to_string()),
            why: shown(&entry.reason),
            at: calendar.moment(entry.at),
        }
    }
}
