//! Lists: what is open and what is over, due first, narrowed down, searched.

mod choices;
mod filter;
mod row;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::desk::{Desk, PartLink, at_part};
use super::form::Form;
use super::guard::{Visitor, go_to};
use super::look::{self, Frame};
use super::names::Names;
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use super::{Console, bulk};
use crate::complaint::{CountyId, TrackingNumber};
use crate::intake::numbers;
use crate::store::{Found, MOST_COUNTED, Page, Scope, Shelf};
use choices::{Field, fields};
use filter::Chosen;

pub(super) use filter::places_of;
pub(super) use row::RowView;

#[derive(Template)]
#[template(path = "list/list.html", config = "src/console/look/askama.toml")]
struct ListPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    /// This list's own address.
    here: &'static str,
    /// The same with nothing chosen but the part of the desk.
    clear: String,
    /// The parts of the desk to choose from.
    counties: Vec<PartLink>,
    /// That which is looked at; empty: the first.
    county: String,
    /// What was searched for; empty: nothing.
    searched: String,
    /// What a search found and how far it looked, or how many of the list are late.
    lead: String,
    rows: Vec<RowView>,
    is_closed: bool,
    /// Whether the county's convener looks, who needs to know who has each.
    convenes: bool,
    narrows: bool,
    fields: Vec<Field>,
    /// Where the list goes on.
    next: Option<String>,
    /// Whether it began further on, so that there is a first page.
    is_later_page: bool,
    /// Whether it ended because enough was looked through.
    stopped: bool,
    /// Whom a complaint may be referred to.
    others: Vec<(String, String)>,
    /// What this page was asked with, to come back to.
    back: String,
}

/// `/console/complaints`: what is not over.
pub(super) async fn open(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    console.list(&visitor, &request, Desk::open).await
}

/// `/console/closed`: what is over.
pub(super) async fn closed(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    console.list(&visitor, &request, Desk::closed).await
}

impl Console {
    async fn list(
        &self,
        visitor: &Visitor,
        request: &HttpRequest,
        shelf: impl Fn(&Desk) -> Shelf,
    ) -> Result<HttpResponse, Problem> {
        let query = Form::of_query(request.query_string());
        let chosen = Chosen::read(&query);
        let desk = self.desk_at(&visitor.person, &chosen.county)?;
        let shelf = shelf(&desk);
        if let Some(number) = only_number(&chosen.words) {
            return Ok(go_to(&format!("/console/complaints/{}", number.value())));
        }
        let names = self.names(&visitor.visit)?;
        let words = &names.language.words;
        let is_closed = matches!(shelf, Shelf::ClosedBy(..) | Shelf::ClosedIn(_));
        let (page, lead) = if chosen.words.is_empty() {
            let shelf = of_holder(shelf, &chosen, &names);
            self.page_of(shelf, &chosen, &desk, &names).await?
        } else {
            let found = self.search(&desk, &chosen.words).await?;
            let lead = how_far(words, &found);
            let rows = found.rows;
            (
                Page {
                    rows,
                    ..Page::default()
                },
                lead,
            )
        };
        let title = |words: &Words| match (is_closed, &desk.convenes) {
            _ if !chosen.words.is_empty() => words.list.found(),
            (true, _) => words.nav.closed(),
            (false, Some(_)) => words.nav.complaints(),
            (false, None) => words.nav.inbox(),
        };
        let here = if is_closed {
            "/console/closed"
        } else {
            "/console/complaints"
        };
        let calendar = self.calendar(&visitor.visit)?;
        let rows = page
            .rows
            .iter()
            .map(|row| RowView::new(row, &names, &calendar));
        let next = |key| format!("{here}?{}", chosen.query(Some(key)));
        look::page(&ListPage {
            frame: self.desk_frame(visitor, title).await?,
            told: bulk::told(&query, words),
            here,
            clear: at_part(here, &desk),
            counties: self
                .parts(&desk, &names, here, |waiting| {
                    (!is_closed).then_some(waiting.open)
                })
                .await?,
            county: desk.word().to_owned(),
            lead,
            rows: rows.collect(),
            is_closed,
            convenes: desk.convenes.is_some(),
            narrows: chosen.narrows(),
            fields: fields(&chosen, &names, &desk, is_closed),
            next: page.next.map(next),
            is_later_page: chosen.after.is_some(),
            stopped: page.stopped,
            others: names.others(&desk),
            back: chosen.query(chosen.after),
            searched: look::shown(&chosen.words),
        })
    }

    /// A page of the list, and how many of it are late.
    async fn page_of(
        &self,
        shelf: Shelf,
        chosen: &Chosen,
        desk: &Desk,
        names: &Names<'_>,
    ) -> Result<(Page, String), Problem> {
        let now = self.clock.now();
        let filter = chosen.filter(&names.configuration, now);
        let (own, after) = (desk.own.clone(), chosen.after);
        let is_closed = matches!(shelf, Shelf::ClosedBy(..) | Shelf::ClosedIn(_));
        let read = self.store.read(move |reader| {
            let late = if is_closed {
                0
            } else {
                reader.count_late(&shelf, &own, now)?
            };
            Ok((reader.list_page(&shelf, &own, &filter, after)?, late))
        });
        let (page, late) = read.await?;
        let words = &names.language.words.list;
        let lead = match late {
            0 => String::new(),
            MOST_COUNTED.. => words.many_late(MOST_COUNTED - 1),
            late => words.late(late.into()),
        };
        Ok((page, lead))
    }

    async fn search(&self, desk: &Desk, words: &str) -> Result<Found, Problem> {
        let (desk, words) = (desk.clone(), words.to_owned());
        let found = self.store.read(move |reader| match &desk.convenes {
            Some(county) => reader.search_county(county, &desk.own, &words),
            None => reader.search_held(&desk.own, &words),
        });
        Ok(found.await?)
    }
}

/// The list of one organisation of the county, where the convener chose one.
fn of_holder(shelf: Shelf, chosen: &Chosen, names: &Names<'_>) -> Shelf {
    let known = chosen
        .holder
        .as_ref()
        .and_then(|id| names.configuration.rules.organisation(id));
    let there = |county: &CountyId| known.filter(|holder| holder.works_in(county));
    let scope = |county: &CountyId| Scope::In(county.clone());
    match &shelf {
        Shelf::Open(county) => there(county)
            .map(|holder| Shelf::Held(holder.id.clone(), scope(county)))
            .unwrap_or(shelf),
        Shelf::ClosedIn(county) => there(county)
            .map(|holder| Shelf::ClosedBy(holder.id.clone(), scope(county)))
            .unwrap_or(shelf),
        _ => shelf,
    }
}

/// The tracking number, where it is all that was typed.
fn only_number(typed: &str) -> Option<TrackingNumber> {
    match numbers::find(typed).as_slice() {
        [group] if group.at == (0..typed.len()) => group.number.ok(),
        _ => None,
    }
}

/// How far a search looked.
fn how_far(words: &Words, found: &Found) -> String {
    let count = u64::try_from(found.rows.len()).unwrap_or(u64::MAX);
    let opened = u64::try_from(found.opened).unwrap_or(u64::MAX);
    if found.stopped {
        words.list.found_some(count, opened)
    } else {
        words.list.found_all(count, opened)
    }
}
