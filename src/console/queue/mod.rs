//! What the convener alone sees to: what no rule sent anywhere, what was sent back twice, what was said not to be solved, what is
//! sensitive; and what is late with anybody.

mod suggestions;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::form::Form;
use super::guard::Visitor;
use super::list::RowView;
use super::look::{self, Frame};
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use super::{Console, bulk};
use crate::complaint::Status;
use crate::store::{Filter, Listed, Shelf};

pub(super) use suggestions::Memory;

#[derive(Template)]
#[template(path = "queue/queue.html", config = "src/console/look/askama.toml")]
struct QueuePage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    alarmed: Option<String>,
    parts: Vec<Part>,
}

/// One of its parts.
struct Part {
    id: &'static str,
    title: String,
    what: String,
    /// How many there are, as far as was counted.
    count: String,
    rows: Vec<Waiting>,
    /// How many are not shown.
    more: u64,
}

/// A complaint that waits for the convener.
struct Waiting {
    row: RowView,
    /// Whether somebody else than the convener has it.
    elsewhere: bool,
    /// What is late; empty: another part of the queue says what is to be done.
    late: String,
    /// Whom it may be for, the likeliest first.
    suggested: Vec<Suggested>,
}

/// An organisation that a complaint may be for.
struct Suggested {
    id: String,
    name: String,
    /// The words that speak for it.
    words: String,
}

/// `/console/queue`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let desk = console.desk(&visitor.person)?;
    let names = console.names(&visitor.visit)?;
    let words = &names.language.words;
    let calendar = console.calendar(&visitor.visit)?;
    let shelves = desk.queue().ok_or(Problem::NotThere)?;
    let mut parts = Vec::new();
    let overdue = desk.overdue(calendar.now);
    for shelf in shelves.into_iter().chain(overdue) {
        let (listed, count) = console.part(&shelf, &desk.own).await?;
        let mut rows = Vec::new();
        for one in &listed {
            let suggested = match shelf {
                Shelf::Reopened(_) | Shelf::Sensitive(_) | Shelf::Overdue(..) => Vec::new(),
                _ => console.suggested(one, &names),
            };
            let row = RowView::new(one, &names, &calendar);
            rows.push(Waiting {
                row,
                elsewhere: one.holder != desk.own,
                late: match shelf {
                    Shelf::Overdue(..) => late(one, words),
                    _ => String::new(),
                },
                suggested,
            });
        }
        let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let (id, title, what) = titles(&shelf, words);
        parts.push(Part {
            id,
            title,
            what,
            count: look::counted(count),
            more: u64::from(count).saturating_sub(shown),
            rows,
        });
    }
    look::page(&QueuePage {
        frame: console
            .desk_frame(&visitor, |words| words.nav.queue())
            .await?,
        told: bulk::told(&Form::of_query(request.query_string()), words),
        alarmed: console.alarmed(&visitor).await?,
        parts,
    })
}

fn titles(shelf: &Shelf, words: &Words) -> (&'static str, String, String) {
    let w = &words.queue;
    match shelf {
        Shelf::Disputed(_) => ("disputed", w.disputed(), w.disputed_what()),
        Shelf::Reopened(_) => ("reopened", w.reopened(), w.reopened_what()),
        Shelf::Overdue(..) => ("overdue", w.overdue(), w.overdue_what()),
        Shelf::Sensitive(_) => ("sensitive", w.sensitive(), w.sensitive_what()),
        _ => ("unrouted", w.unrouted(), w.unrouted_what()),
    }
}

/// What was due and is not done.
fn late(listed: &Listed, words: &Words) -> String {
    let w = &words.queue;
    match listed.status {
        Status::Received | Status::Referred | Status::Returned => w.late_accept(),
        Status::Accepted | Status::Reopened => w.late_act(),
        Status::InProgress => w.late_resolve(),
        Status::Resolved | Status::Closed => String::new(),
    }
}

impl Console {
    /// The most pressing of a shelf, and how many there are.
    async fn part(
        &self,
        shelf: &Shelf,
        own: &crate::complaint::OrganisationId,
    ) -> Result<(Vec<Listed>, u32), Problem> {
        let (shelf, own) = (shelf.clone(), own.clone());
        let read = self.store.read(move |reader| {
            let page = reader.list_page(&shelf, &own, &Filter::default(), None)?;
            Ok((page.rows, reader.count(&shelf, &own)?))
        });
        Ok(read.await?)
    }
}
