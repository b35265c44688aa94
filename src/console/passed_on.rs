//! What an organisation had once: its own part of it stays in its sight.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::form::Form;
use super::guard::Visitor;
use super::look::{self, Frame, Moment, first_words};
use super::problem::Problem;

#[derive(Template)]
#[template(path = "passed_on.html", config = "src/console/look/askama.toml")]
struct PassedOnPage<'a> {
    frame: Frame<'a>,
    rows: Vec<Row>,
    next: Option<i64>,
    is_later_page: bool,
}

struct Row {
    number: String,
    digits: u64,
    words: Option<String>,
    place: String,
    sector: String,
    left: Moment,
}

/// `/console/passed-on`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let desk = console.desk(&visitor.person)?;
    // Who convenes sees all of the county anyway.
    if !desk.counties.is_empty() {
        return Err(Problem::NotThere);
    }
    let before = Form::of_query(request.query_string())
        .get("before")
        .parse()
        .ok();
    let read = console
        .store
        .read(move |reader| reader.passed_on(&desk.own, before));
    let (passed_on, is_more) = read.await?;
    let names = console.names(&visitor.visit)?;
    let calendar = console.calendar(&visitor.visit)?;
    let row = |one: &crate::store::PassedOn| Row {
        number: one.number.to_string(),
        digits: one.number.value(),
        words: one.words.as_deref().map(first_words),
        place: one
            .place
            .as_ref()
            .map(|place| names.place(place))
            .unwrap_or_default(),
        sector: one
            .sector
            .as_ref()
            .map(|sector| names.sector(sector))
            .unwrap_or_default(),
        left: calendar.moment(one.left_at),
    };
    look::page(&PassedOnPage {
        frame: console
            .desk_frame(&visitor, |words| words.nav.passed_on())
            .await?,
        rows: passed_on.iter().map(row).collect(),
        next: passed_on.last().filter(|_| is_more).map(|last| last.id),
        is_later_page: before.is_some(),
    })
}
