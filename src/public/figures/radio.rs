//! One sheet that a presenter reads out: you said, this was done; and how to complain.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::kept::Kept;
use super::labels::Labels;
use super::read::{Figures, MEDIAN, is_few};
use super::told::solved;
use super::{Asked, HTML, spoken};
use crate::pages::table::Wording as _;
use crate::public::Public;
use crate::public::county::Line;
use crate::public::look::{Frame, Problem, written};
use crate::reports::{Dimension, Figure, Key, Measure, Value};

/// So many sectors: who listens keeps no more in mind, and they fit the sheet.
const MOST: usize = 6;

#[derive(Template)]
#[template(path = "figures/radio.html", config = "src/public/askama.toml")]
struct RadioPage<'a> {
    frame: Frame<'a>,
    css: String,
    hello: String,
    /// How many there were, or that they are not told of.
    came: String,
    sectors: Vec<Sector>,
    line: Option<Line>,
    free: bool,
    convener: String,
}

/// A sector, and what is said of it.
struct Sector {
    name: String,
    sentences: Vec<String>,
}

/// `/complain/{county}/figures/{month}/radio`
pub(in crate::public) async fn radio(
    public: web::Data<Public>,
    request: HttpRequest,
) -> HttpResponse {
    let page = public.radio_page(&request).await;
    public.answer(&request, page)
}

impl Public {
    async fn radio_page(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let asked = self.asked(request).await?;
        let of = asked.month.ok_or(Problem::NotThere)?;
        let kept = Kept::of(request, &asked);
        if let Some(known) = kept.known() {
            return Ok(known);
        }
        let figures = self.figures_of(&asked, of).await?;
        let (w, labels) = (&asked.language.radio, asked.labels());
        let (county, month) = (&asked.county, labels.month(&of.month));
        let title = w.title(&county.name, &month);
        let page = written(&RadioPage {
            frame: self.frame(request, asked.language, title, Some(county)),
            css: self.figures_css_address(),
            hello: w.hello(&county.name, &month),
            came: came(&figures, &asked),
            sectors: sectors(&figures, &labels),
            line: Line::of(county),
            free: asked.configuration.settings.line.free,
            convener: asked.convener(),
        })?;
        Ok(kept.answer(HTML, page))
    }
}

fn came(figures: &Figures, asked: &Asked<'_>) -> String {
    let (w, labels) = (&asked.language.radio, asked.labels());
    match figures.all(Measure::Complaints).value {
        Value::Count(count) if !figures.are_few() => w.came(spoken::count(count, &labels)),
        _ => w.few(labels.month(&figures.of.month)),
    }
}

/// The largest that are told, the largest first.
fn sectors(figures: &Figures, labels: &Labels<'_>) -> Vec<Sector> {
    let Some(complaints) = figures.by(Dimension::Sector, Measure::Complaints) else {
        return Vec::new();
    };
    let all = complaints.rows.iter().zip(&complaints.row_totals);
    let told = all.filter(|(key, figure)| key.is_some() && !is_few(figure.value));
    let sector = |(key, figure): (&Key, &Figure)| Sector {
        name: labels.name(Dimension::Sector, key.as_deref()),
        sentences: said(figures, key, figure.rests_on, labels),
    };
    told.take(MOST).map(sector).collect()
}

/// What is said of a sector's complaints. What is hidden is not spoken of.
fn said(figures: &Figures, sector: &Key, all: u64, labels: &Labels<'_>) -> Vec<String> {
    let w = &labels.language.radio;
    let of = |measure| {
        let answer = figures.by(Dimension::Sector, measure);
        answer.map(|answer| answer.figure(Some(sector), None))
    };
    let took = of(MEDIAN);
    let done = match took.as_ref().map(|took| solved(took).value) {
        Some(Value::Count(0)) => Some(w.done_none()),
        Some(Value::Count(count)) => Some(w.done(part(count, all, labels))),
        _ => None,
    };
    let confirmed = match of(Measure::Confirmed).map(|figure| figure.value) {
        Some(Value::Count(count @ 1..)) => Some(w.confirmed(part(count, all, labels))),
        _ => None,
    };
    let middle = match took.map(|took| took.value) {
        Some(Value::Days(days)) => Some(w.middle(labels.days(days))),
        _ => None,
    };
    let you_said = w.you_said(spoken::count(all, labels));
    let all = [Some(you_said), done, confirmed, middle];
    all.into_iter().flatten().collect()
}

fn part(count: u64, all: u64, labels: &Labels<'_>) -> String {
    let part = Value::Share(count, all).number().unwrap_or_default();
    spoken::part(part, &labels.language.radio)
}
