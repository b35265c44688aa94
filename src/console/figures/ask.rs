//! A question of one's own: by what, what figure, of which complaints.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::labels::Labels;
use super::shown::Shown;
use super::span::{Choice, Spans};
use super::view::View;
use crate::console::Console;
use crate::console::desk::PartLink;
use crate::console::form::Form;
use crate::console::guard::Visitor;
use crate::console::look::{self, Frame};
use crate::console::names::Names;
use crate::console::page::Told;
use crate::console::problem::Problem;
use crate::intake::places::Level;
use crate::reports::{Dimension, Measure, Period, Question, Wrong};

/// Where the page is.
const HERE: &str = "/console/figures/question";

#[derive(Template)]
#[template(path = "figures/ask.html", config = "src/console/look/askama.toml")]
struct AskPage<'a> {
    frame: Frame<'a>,
    counties: Vec<PartLink>,
    part: String,
    is_outside: bool,
    rows: Vec<Choice>,
    columns: Vec<Choice>,
    measures: Vec<Choice>,
    spans: Vec<Choice>,
    only: Vec<Group>,
    from: String,
    to: String,
    /// The address's query, for the same as a file.
    same: String,
    /// Why it cannot be answered.
    told: Option<Told>,
    shown: Option<Shown>,
}

/// What can be chosen of one dimension.
struct Group {
    label: String,
    choices: Vec<Choice>,
}

/// What an address asks, of whom.
pub(super) struct Asked {
    pub(super) view: View,
    pub(super) question: Result<Question, Wrong>,
    spans: Spans,
    period: Period,
}

impl Asked {
    pub(super) async fn of(
        console: &Console,
        visitor: &Visitor,
        names: &Names<'_>,
        query: &str,
    ) -> Result<Self, Problem> {
        let query = Form::of_query(query);
        let view = View::of(&visitor.person, names, query.get("county"), HERE)?;
        let calendar = console.calendar(&visitor.visit)?;
        let today = calendar.now.with_timezone(&calendar.zone).date_naive();
        let published = console.published(&view).await?;
        let spans = Spans::new(today, view.is_outside, &published);
        let days = days(&query).filter(|_| !view.is_outside);
        let period = days.unwrap_or_else(|| spans.chosen(query.get("period")));
        Ok(Self {
            question: question(&query, period),
            view,
            spans,
            period,
        })
    }
}

/// `/console/figures/question`
pub(in crate::console) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let names = console.names(&visitor.visit)?;
    let labels = Labels { names: &names };
    let Asked {
        view,
        question,
        spans,
        period,
    } = Asked::of(&console, &visitor, &names, request.query_string()).await?;
    let (shown, told) = match question {
        Ok(question) => match console.answers(&view, vec![question]).await? {
            Ok(answers) => {
                let answer = answers.first();
                (answer.map(|answer| Shown::of(answer, None, &labels)), None)
            }
            Err(_) => {
                let w = &names.language.words.report;
                (None, Told::wrong(w.refused(), [w.refused_what()]))
            }
        },
        Err(wrong) => (None, Told::wrong(why(wrong, &labels), [])),
    };
    look::page(&AskPage {
        frame: console
            .frame_with_counts(&visitor, |words| words.nav.figures())
            .await?,
        rows: dimensions(&query, "rows", &view, &labels),
        columns: dimensions(&query, "columns", &view, &labels),
        measures: measures(&query, &labels),
        spans: spans.choices(&period, &labels),
        only: filters(&query, &view, &names, &labels),
        from: query.get("from").to_owned(),
        to: query.get("to").to_owned(),
        same: query.without(&[]),
        told,
        shown,
        is_outside: view.is_outside,
        counties: view.parts,
        part: view.part,
    })
}

/// What the address asks. A word that is none asks for nothing.
fn question(query: &Form, period: Period) -> Result<Question, Wrong> {
    let by = ["rows", "columns"].map(|field| Dimension::from_word(query.get(field)));
    let by: Vec<Dimension> = by.into_iter().flatten().collect();
    let measure = Measure::from_word(query.get("measure")).unwrap_or(Measure::Complaints);
    let by = if query.get("measure").is_empty() && by.is_empty() {
        vec![Dimension::Sector]
    } else {
        by
    };
    let mut question = Question::new(&by, measure, period)?;
    if let Some((dimension, value)) = only(query.get("only")) {
        question = question.only(dimension, value);
    }
    Ok(question)
}

/// `sector:water`, `sector:` for those that have none.
fn only(word: &str) -> Option<(Dimension, Option<&str>)> {
    let (dimension, value) = word.split_once(':')?;
    Some((
        Dimension::from_word(dimension)?,
        Some(value).filter(|value| !value.is_empty()),
    ))
}

fn days(query: &Form) -> Option<Period> {
    let [from, to] = ["from", "to"].map(|field| query.get(field).parse().ok());
    Period::of_days(from?, to?)
}

fn why(wrong: Wrong, labels: &Labels<'_>) -> String {
    let w = &labels.names.language.words.report;
    match wrong {
        Wrong::Twice(_) | Wrong::TooManyDimensions => w.twice(),
        Wrong::NoInhabitants(dimension) => w.no_inhabitants(labels.dimension(dimension)),
    }
}

fn dimensions(query: &Form, field: &str, view: &View, labels: &Labels<'_>) -> Vec<Choice> {
    let usual = match (field, query.get("measure").is_empty()) {
        ("rows", true) => Dimension::Sector.as_str(),
        _ => "",
    };
    let chosen = Some(query.get(field))
        .filter(|word| !word.is_empty())
        .unwrap_or(usual);
    let makes_sense = |one: &Dimension| match one {
        Dimension::County => view.counties.len() > 1,
        Dimension::Day | Dimension::Week => !view.is_outside,
        _ => true,
    };
    Dimension::ALL
        .into_iter()
        .filter(makes_sense)
        .map(|one| Choice {
            value: one.as_str().to_owned(),
            label: labels.dimension(one),
            is_chosen: one.as_str() == chosen,
        })
        .collect()
}

fn measures(query: &Form, labels: &Labels<'_>) -> Vec<Choice> {
    let chosen = Measure::from_word(query.get("measure")).unwrap_or(Measure::Complaints);
    Measure::all()
        .into_iter()
        .map(|one| Choice {
            value: one.word(),
            label: labels.measure(one),
            is_chosen: one == chosen,
        })
        .collect()
}

/// What somebody may want to look at alone.
fn filters(query: &Form, view: &View, names: &Names<'_>, labels: &Labels<'_>) -> Vec<Group> {
    let (rules, places) = (&names.configuration.rules, &names.configuration.places);
    let sectors = rules.sectors().map(|one| one.id.as_str().to_owned());
    let holders = rules.organisations();
    let holders = holders.filter(|one| view.counties.iter().any(|county| one.works_in(county)));
    let holders = holders.map(|one| one.id.as_str().to_owned());
    let within = places.iter().filter(|place| {
        let line = places.ancestry(&place.id);
        let county = line.last().map(|county| county.as_str());
        place.level == Level::SubCounty
            && view.counties.iter().any(|one| Some(one.as_str()) == county)
    });
    let of_people = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let groups: [(Dimension, Vec<String>); 5] = [
        (Dimension::Sector, sectors.collect()),
        (
            Dimension::SubCounty,
            within.map(|place| place.id.as_str().to_owned()).collect(),
        ),
        (
            Dimension::Organisation,
            if view.whom.holder.is_some() {
                Vec::new()
            } else {
                holders.collect()
            },
        ),
        (Dimension::Gender, of_people(&["woman", "man", "other"])),
        (
            Dimension::Channel,
            of_people(&["sms", "web", "walk_in", "paper", "import"]),
        ),
    ];
    let chosen = query.get("only");
    groups
        .into_iter()
        .filter(|(_, keys)| !keys.is_empty())
        .map(|(dimension, keys)| {
            let choice = |key: String| {
                let value = format!("{}:{key}", dimension.as_str());
                Choice {
                    label: labels.name(dimension, Some(key.as_str()).filter(|key| !key.is_empty())),
                    is_chosen: value == chosen,
                    value,
                }
            };
            let missing = dimension.may_be_missing().then(String::new);
            Group {
                label: labels.dimension(dimension),
                choices: keys.into_iter().chain(missing).map(choice).collect(),
            }
        })
        .collect()
}
