//! What complaints are about, where, from whom and how long they take: a page for the monthly meeting, and one to ask anything.

mod ask;
mod compare;
mod files;
mod labels;
mod lasting;
mod looking;
mod picture;
mod report;
mod scoreboard;
mod shown;
mod span;
mod view;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::desk::PartLink;
use super::guard::Visitor;
use super::look::{self, Frame};
use super::problem::Problem;
use crate::reports::dashboard::{self, KEY_FIGURES, SHOWN_BY};
use crate::reports::{Answer, Finding, Period};

pub(super) use ask::page as ask;
pub(super) use compare::page as compare;
pub(super) use files::file;
pub use picture::picture;
pub(super) use report::page as report;

use labels::Labels;
use looking::Looking;
use scoreboard::Scoreboard;
use shown::Shown;
use span::Choice;
use view::View;

/// Where the page is.
const HERE: &str = "/console/figures";

#[derive(Template)]
#[template(path = "figures/figures.html", config = "src/console/look/askama.toml")]
struct FiguresPage<'a> {
    frame: Frame<'a>,
    counties: Vec<PartLink>,
    part: String,
    is_outside: bool,
    spans: Vec<Choice>,
    /// What is looked at, and what it is set beside.
    span: String,
    before: String,
    /// Outside: as of which day the figures are; empty: as of now.
    as_of: String,
    /// Outside: no month is published yet.
    is_unpublished: bool,
    /// Whether there are counties to be set beside theirs, for who may see that.
    has_others: bool,
    is_empty: bool,
    /// What changed, in sentences.
    changes: Vec<String>,
    /// What is in none of the tables.
    apart: Vec<String>,
    /// The figures at the top.
    key_figures: Vec<KeyFigure>,
    shown: Vec<Shown>,
    scoreboard: Option<Scoreboard>,
    /// The reports of its months.
    reports: Vec<Report>,
}

/// A month's report to print.
struct Report {
    href: String,
    month: String,
}

struct KeyFigure {
    label: String,
    value: String,
    before: String,
}

/// `/console/figures`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let names = console.names(&visitor.visit)?;
    let labels = Labels { names: &names };
    let looking = Looking::at(HERE, request.query_string(), &console, &visitor, &names);
    let Looking {
        query,
        view,
        calendar,
        published,
        spans,
    } = looking.await?;
    let period = spans.chosen(query.get("period"));
    let newest = published.iter().find(|one| one.month.until == period.until);
    let has_scores = view.whom.holder.is_none();
    let questions = dashboard::questions(&period, has_scores);
    let answers = console.answers(&view, questions).await?;
    // All of them may be asked by anybody, as soon as a month is published.
    let mut answers = answers.unwrap_or_default().into_iter();
    let key: Vec<Answer> = answers.by_ref().take(KEY_FIGURES.len()).collect();
    let key_before: Vec<Answer> = answers.by_ref().take(KEY_FIGURES.len()).collect();
    let by: Vec<Answer> = answers.by_ref().take(SHOWN_BY.len()).collect();
    let by_before: Vec<Answer> = answers.by_ref().take(SHOWN_BY.len()).collect();
    let trend = answers.next();
    let scores: Vec<Answer> = answers.collect();
    let ground = names.configuration.ground(&view.counties, calendar.now);
    let shown = by.iter().zip(&by_before);
    // What became of all of them since is said once, above the first.
    let shown = shown.enumerate().map(|(at, (answer, before))| {
        Shown::of(answer, (at == 0).then_some(before), &ground, &labels)
    });
    let trend = trend
        .iter()
        .map(|answer| Shown::of(answer, None, &ground, &labels));
    look::page(&FiguresPage {
        frame: console
            .frame_with_counts(&visitor, |words| words.nav.figures())
            .await?,
        spans: spans.choices(&period, &labels),
        span: labels.span(&period),
        before: labels.span(&period.before()),
        as_of: newest.map_or_else(String::new, |one| labels.as_of(one, calendar.zone)),
        has_others: view.whom.holder.is_none() && names.configuration.rules.counties().len() > 1,
        is_unpublished: view.is_outside && published.is_empty(),
        is_empty: key.first().is_none_or(Answer::is_empty),
        changes: changes(&by, &by_before, &labels),
        key_figures: key_figures(&key, &key_before, &labels),
        apart: key
            .first()
            .map_or_else(Vec::new, |all| shown::apart(all, &labels)),
        shown: trend.chain(shown).collect(),
        scoreboard: Scoreboard::of(&scores, usize::MAX, &labels),
        reports: reports(&period, &view, &labels),
        is_outside: view.is_outside,
        counties: view.parts,
        part: view.part,
    })
}

/// The reports of the months that are looked at, the latest first.
fn reports(period: &Period, view: &View, labels: &Labels<'_>) -> Vec<Report> {
    let months = period.months().into_iter().rev();
    let months = months.filter_map(|month| Period::month_of(month.from));
    months
        .map(|month| Report {
            href: report::address(&view.part, &month),
            month: labels.span(&month),
        })
        .collect()
}

/// What changed since the period before: where anything did.
fn changes(by: &[Answer], before: &[Answer], labels: &Labels<'_>) -> Vec<String> {
    let largest = by.iter().zip(before).take(1).flat_map(|(now, before)| {
        let dimension = now.question.rows();
        now.rows.iter().filter_map(move |key| {
            let [figure, then] = [now, before].map(|answer| answer.figure(Some(key), None));
            let question = now.question.clone().only(dimension?, key.as_deref());
            let finding = Finding::of_row(&figure, &then);
            (key.is_some() && finding.has_changed()).then_some((finding, question))
        })
    });
    largest
        .map(|(finding, question)| labels.finding(&finding, &question))
        .collect()
}

fn key_figures(key: &[Answer], before: &[Answer], labels: &Labels<'_>) -> Vec<KeyFigure> {
    let figures = key.iter().zip(before);
    figures
        .map(|(answer, before)| KeyFigure {
            label: labels.measure(answer.question.measure),
            value: labels.value(answer.total.value),
            before: labels.value(before.total.value),
        })
        .collect()
}
