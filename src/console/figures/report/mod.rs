//! The report of a month, for a meeting: read on paper and on a projector, by partners who see each other's figures there.

mod asked;
mod method;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::KeyFigure;
use super::labels::Labels;
use super::looking::Looking;
use super::scoreboard::Scoreboard;
use super::shown::Shown;
use super::span::Choice;
use super::view::View;
use crate::console::Console;
use crate::console::desk::PartLink;
use crate::console::guard::Visitor;
use crate::console::look::{self, Frame};
use crate::console::page::Told;
use crate::console::problem::Problem;
use crate::pages::table::{Row, Table};
use crate::reports::chart::Sheet;
use crate::reports::{Answer, Dimension, Finding, Ground, Measure, Period, Question, Stage, Value};
use asked::{Answers, KEY_FIGURES, TIMES, UNTIL_SOLVED, questions};

/// Where the page is.
const HERE: &str = "/console/figures/report";

/// A picture beside its table, and on a phone above it.
const BESIDE_ITS_TABLE: [f64; 2] = [Sheet::HALF, Sheet::NARROW];
/// So many sectors, kinds and places are on the paper one by one, and so many organisations: it is a handout. The figures have all of them.
const MOST_ROWS: usize = 8;
const MOST_ORGANISATIONS: usize = 12;

#[derive(Template)]
#[template(
    path = "figures/report/report.html",
    config = "src/console/look/askama.toml"
)]
struct ReportPage<'a> {
    frame: Frame<'a>,
    counties: Vec<PartLink>,
    part: String,
    months: Vec<Choice>,
    /// Why there is none of that month.
    told: Option<Told>,
    report: Option<Report>,
}

/// What stands on the paper.
struct Report {
    month: String,
    /// The month before.
    before: String,
    /// Whose complaints it tells of, and to whom.
    whose: String,
    /// When it was counted, and how far.
    counted: Vec<String>,
    is_empty: bool,
    /// The month in sentences.
    sentences: Vec<String>,
    key_figures: Vec<KeyFigure>,
    trend: Option<Shown>,
    /// What complaints are about, where, from whom, how they came: each with its name.
    chapters: Vec<Chapter>,
    until_solved: Option<Shown>,
    stages: Table,
    standing: Vec<Shown>,
    scoreboard: Option<Scoreboard>,
    /// How it was counted.
    method: Vec<String>,
}

struct Chapter {
    title: String,
    shown: Vec<Shown>,
}

/// `/console/figures/report`
pub(in crate::console) async fn page(
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
    let wished = wished(query.get("month"), spans.today).ok_or(Problem::NotThere)?;
    let month = spans.so_far(wished);
    let answers = if spans.may_choose(&wished) {
        let questions = questions(&month, &view).map_err(|_| Problem::NotThere)?;
        console.answers(&view, questions).await?.ok()
    } else {
        None
    };
    let w = &names.language.words.monthly;
    let told = match answers {
        Some(_) => None,
        None => Told::wrong(w.not_yet(labels.span(&wished)), [w.not_yet_what()]),
    };
    let ground = names.configuration.ground(&view.counties, calendar.now);
    let report = answers.map(|answers| {
        let counted = match published.iter().find(|one| one.month == wished) {
            Some(published) => labels.as_of(published, calendar.zone),
            None => w.counted(calendar.moment(calendar.now).at),
        };
        let so_far = (month != wished).then(|| w.so_far(labels.span(&wished)));
        Report {
            counted: std::iter::once(counted).chain(so_far).collect(),
            ..Report::of(
                &Answers::new(month, answers),
                wished,
                &view,
                &ground,
                &labels,
            )
        }
    });
    let title = w.title_of(view.county_names(&names), labels.span(&wished));
    look::page(&ReportPage {
        frame: console.frame_with_counts(&visitor, |_| title).await?,
        months: spans.months(&wished, &labels),
        told,
        report,
        counties: view.parts,
        part: view.part,
    })
}

/// The month that an address names, or else the last one; `None`: it names something else.
fn wished(word: &str, today: NaiveDate) -> Option<Period> {
    let month = match word {
        "" => Period::month_of(today)?.before(),
        word => Period::from_word(word)?,
    };
    (month.whole_months() == Some(1)).then_some(month)
}

/// Where the report of a month is.
pub(super) fn address(part: &str, month: &Period) -> String {
    let month = month.word();
    match part {
        "" => format!("{HERE}?month={month}"),
        part => format!("{HERE}?county={part}&month={month}"),
    }
}

impl Report {
    fn of(
        answers: &Answers,
        month: Period,
        view: &View,
        ground: &Ground<'_>,
        labels: &Labels<'_>,
    ) -> Self {
        let w = &labels.names.language.words.monthly;
        let all = answers.total(Measure::Complaints);
        let by = |dimension| shown_by(answers, dimension, ground, labels);
        let chapter = |title, dimensions: &[Dimension]| Chapter {
            title,
            shown: dimensions.iter().filter_map(|one| by(*one)).collect(),
        };
        let alone = |answer: &Answer| {
            Shown::shortened(
                (BESIDE_ITS_TABLE, MOST_ROWS),
                answer,
                &Finding::of(answer, None),
                ground,
                labels,
            )
        };
        let trend = answers.trend();
        let until_solved = answers.by(Dimension::Sector, UNTIL_SOLVED);
        Self {
            month: labels.span(&month),
            before: labels.span(&all.map_or(month, |all| all.question.period).before()),
            whose: match (&view.whom.holder, view.is_outside) {
                (_, true) => w.for_outside(),
                (Some(holder), _) => w.of_holder(labels.names.organisation(holder)),
                (None, _) => w.of_all(),
            },
            counted: Vec::new(),
            is_empty: all.is_none_or(Answer::is_empty),
            sentences: sentences(answers, labels),
            key_figures: key_figures(answers, labels),
            trend: trend.map(alone),
            chapters: vec![
                chapter(w.what(), &[Dimension::Sector, Dimension::Kind]),
                chapter(w.place(), &[Dimension::SubCounty]),
                chapter(w.who(), &[Dimension::Gender, Dimension::AgeGroup]),
                chapter(w.way(), &[Dimension::Channel]),
            ],
            until_solved: until_solved.map(alone),
            stages: stages(answers, labels),
            standing: [Dimension::Status, Dimension::Outcome]
                .into_iter()
                .filter_map(by)
                .collect(),
            scoreboard: Scoreboard::of(&answers.scores(), MOST_ORGANISATIONS, labels),
            method: method::method(view, all, labels),
        }
    }
}

/// Complaints by one thing, with who stands out.
fn shown_by(
    answers: &Answers,
    dimension: Dimension,
    ground: &Ground<'_>,
    labels: &Labels<'_>,
) -> Option<Shown> {
    let answer = answers.by(dimension, Measure::Complaints)?;
    let (finding, _) = answers.who_stands_out(dimension)?;
    Some(Shown::shortened(
        (BESIDE_ITS_TABLE, MOST_ROWS),
        answer,
        &finding,
        ground,
        labels,
    ))
}

/// How many, on what, where, how long it took, how many are solved.
fn sentences(answers: &Answers, labels: &Labels<'_>) -> Vec<String> {
    let told: [Option<(Finding, &Question)>; 4] = [
        answers.who_stands_out(Dimension::Sector),
        answers.who_stands_out(Dimension::SubCounty),
        answers.finding(UNTIL_SOLVED),
        answers.finding(Measure::Confirmed),
    ];
    let told = told.into_iter().flatten();
    let told = told.map(|(finding, question)| labels.finding(&finding, question));
    how_many(answers, labels).into_iter().chain(told).collect()
}

fn how_many(answers: &Answers, labels: &Labels<'_>) -> Option<String> {
    let all = answers.total(Measure::Complaints)?;
    let before = answers.total_before(Measure::Complaints)?;
    let [month, month_before] = [all, before].map(|of| labels.span(&of.question.period));
    Some(match all.total.value {
        Value::Count(count) => {
            let w = &labels.names.language.words.monthly;
            let figure = labels.value(before.total.value);
            w.lodged(count, month, month_before, figure)
        }
        _ => labels.finding(&Finding::of(all, Some(before)), &all.question),
    })
}

fn key_figures(answers: &Answers, labels: &Labels<'_>) -> Vec<KeyFigure> {
    let figure = |measure| {
        let value = |answer: &Answer| labels.value(answer.total.value);
        Some(KeyFigure {
            label: labels.measure(measure),
            value: answers.total(measure).map(value)?,
            before: answers.total_before(measure).map(value)?,
        })
    };
    KEY_FIGURES.into_iter().filter_map(figure).collect()
}

/// How long each stage took, and how many got that far in time.
fn stages(answers: &Answers, labels: &Labels<'_>) -> Table {
    let words = &labels.names.language.words;
    let (w, nothing) = (&words.monthly, words.report.nothing());
    let cell = |measure: Option<Measure>| {
        let answer = measure.and_then(|measure| answers.total(measure));
        answer.map_or((nothing.clone(), true), |answer| {
            let total = &answer.total;
            (labels.value(total.value), total.rests_on == 0)
        })
    };
    let row = |stage: Stage| {
        let times = TIMES.map(|(statistic, days)| Measure::Time(statistic, days, stage));
        let has_deadline = Stage::WITH_DEADLINE.contains(&stage);
        let in_time = has_deadline.then_some(Measure::InTime(stage));
        let measures = times.into_iter().map(Some).chain([in_time]);
        Row {
            name: labels.stage(stage),
            cells: measures.map(cell).collect(),
        }
    };
    let column = |(statistic, days)| w.column(labels.statistic(statistic), labels.days(days));
    Table {
        corner: w.until(),
        columns: TIMES.into_iter().map(column).chain([w.in_time()]).collect(),
        all_columns: None,
        rows: Stage::ALL.map(row).into(),
        foot: None,
    }
}
