//! What the convener alone sees to: what no rule sent anywhere, what was sent back twice, what was said not to be solved, what its
//! organisation was reminded of twice, what is sensitive, what may be no complaint; and what others have that a convener follows: the overdue, and those whom no text reaches.

mod suggestions;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::desk::PartLink;
use super::form::Form;
use super::guard::Visitor;
use super::list::RowView;
use super::look::{self, Frame, counted};
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use super::{Console, bulk};
use crate::complaint::Next;
use crate::store::{Filter, Listed, Shelf, Untextable};

pub(super) use suggestions::Memory;

#[derive(Template)]
#[template(path = "queue/queue.html", config = "src/console/look/askama.toml")]
struct QueuePage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    alarmed: Option<String>,
    parts: Vec<Part>,
    /// The counties to choose from, where the organisation convenes several.
    counties: Vec<PartLink>,
    /// That which is looked at; empty: the first.
    county: String,
}

/// One of its parts.
struct Part {
    id: &'static str,
    title: String,
    what: String,
    rows: Vec<Waiting>,
    /// How many there are, as far as was counted: `7`, `999+`.
    count: String,
    /// How many are not shown.
    more: u64,
    /// Whether each may be put away as no complaint with one button.
    puts_away: bool,
}

/// A complaint that waits for the convener.
struct Waiting {
    row: RowView,
    /// Whether somebody else than the convener has it.
    elsewhere: bool,
    /// Whom it may be for, the likeliest first.
    suggested: Vec<Suggested>,
    /// What is late, in the part of that; empty: another part says what is to be done.
    late: String,
    /// Why no text reaches its complainant, in the part of that.
    unreached: String,
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
    let query = Form::of_query(request.query_string());
    let desk = console.desk_at(&visitor.person, query.get("county"))?;
    let names = console.names(&visitor.visit)?;
    let words = &names.language.words;
    let calendar = console.calendar(&visitor.visit)?;
    let own = desk.queue().ok_or(Problem::NotThere)?;
    let followed = desk.followed(calendar.now).ok_or(Problem::NotThere)?;
    let mut parts = Vec::new();
    for shelf in own.iter().chain(&followed) {
        let (listed, count) = console.part(shelf, &desk.own).await?;
        let rows: Vec<Waiting> = listed
            .iter()
            .map(|one| Waiting {
                row: RowView::new(one, &names, &calendar),
                elsewhere: one.holder != desk.own,
                suggested: if matches!(shelf, Shelf::Unrouted(..) | Shelf::Disputed(_)) {
                    console.suggested(one, &names)
                } else {
                    Vec::new()
                },
                late: match shelf {
                    Shelf::Overdue(..) | Shelf::Escalated(_) => late(one, words),
                    _ => String::new(),
                },
                unreached: match shelf {
                    Shelf::Untextable(_) => unreached(one, words),
                    _ => String::new(),
                },
            })
            .collect();
        let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let (id, title, what) = titles(shelf, words);
        parts.push(Part {
            id,
            title,
            what,
            count: counted(count),
            more: u64::from(count).saturating_sub(shown),
            puts_away: matches!(shelf, Shelf::Doubtful(..)),
            rows,
        });
    }
    look::page(&QueuePage {
        frame: console
            .desk_frame(&visitor, |words| words.nav.queue())
            .await?,
        told: bulk::told(&query, words),
        alarmed: console.alarmed(&visitor).await?,
        parts,
        counties: console
            .parts(&desk, &names, "/console/queue", |waiting| {
                Some(waiting.queue)
            })
            .await?,
        county: desk.word().to_owned(),
    })
}

fn titles(shelf: &Shelf, words: &Words) -> (&'static str, String, String) {
    let w = &words.queue;
    match shelf {
        Shelf::Disputed(_) => ("disputed", w.disputed(), w.disputed_what()),
        Shelf::Reopened(_) => ("reopened", w.reopened(), w.reopened_what()),
        Shelf::Sensitive(_) => ("sensitive", w.sensitive(), w.sensitive_what()),
        Shelf::Doubtful(..) => ("doubtful", w.doubtful(), w.doubtful_what()),
        Shelf::Escalated(_) => ("escalated", w.escalated(), w.escalated_what()),
        Shelf::Overdue(..) => ("overdue", w.overdue(), w.overdue_what()),
        Shelf::Untextable(_) => ("untextable", w.untextable(), w.untextable_what()),
        _ => ("unrouted", w.unrouted(), w.unrouted_what()),
    }
}

/// What was due and is not done.
fn late(listed: &Listed, words: &Words) -> String {
    let w = &words.queue;
    match listed.status.next() {
        Some(Next::Accept) => w.late_accept(),
        Some(Next::Act) => w.late_act(),
        Some(Next::Resolve) => w.late_resolve(),
        Some(Next::Verdict) | None => String::new(),
    }
}

/// Why no text reaches whose complaint it is.
fn unreached(listed: &Listed, words: &Words) -> String {
    let w = &words.queue;
    match listed.untextable {
        Some(Untextable::NoPhone) => w.no_phone(),
        Some(Untextable::Stopped) => w.stopped(),
        Some(Untextable::Failed) => w.failed(),
        None => String::new(),
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
