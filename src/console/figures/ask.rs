//! A question of one's own: by what, what figure, of which complaints.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};

use super::labels::Labels;
use super::lasting;
use super::looking::Looking;
use super::shown::Shown;
use super::span::{Choice, Spans};
use super::view::View;
use crate::complaint::{Channel, Gender};
use crate::console::Console;
use crate::console::desk::PartLink;
use crate::console::form::Form;
use crate::console::guard::Visitor;
use crate::console::look::{self, Frame};
use crate::console::names::Names;
use crate::console::page::Told;
use crate::console::problem::Problem;
use crate::intake::places::Level;
use crate::reports::{Answer, Dimension, Ground, Measure, Period, Question, Spread, Wrong};

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
    /// How long all of them took, where that was asked.
    lasted: Option<Shown>,
}

/// What can be chosen of one dimension.
struct Group {
    label: String,
    choices: Vec<Choice>,
}

/// What an address asks, of whom. A word that is none asks for nothing.
pub(super) struct Asked {
    pub(super) view: View,
    /// The address's query.
    query: Form,
    /// By what the rows are, then the columns.
    by: [Option<Dimension>; 2],
    measure: Measure,
    spans: Spans,
    period: Period,
    /// As of when it is answered.
    now: DateTime<Utc>,
}

impl Asked {
    pub(super) async fn of(
        console: &Console,
        visitor: &Visitor,
        names: &Names<'_>,
        query: &str,
    ) -> Result<Self, Problem> {
        let Looking {
            query,
            view,
            calendar,
            published,
            spans,
        } = Looking::at(HERE, query, console, visitor, names).await?;
        let days = days(&query).filter(|_| !view.is_outside);
        let mut by = ["rows", "columns"].map(|field| Dimension::from_word(query.get(field)));
        if query.get("measure").is_empty() && by == [None; 2] {
            by[0] = Some(Dimension::Sector);
        }
        let period = days.unwrap_or_else(|| spans.chosen(query.get("period")));
        Ok(Self {
            view,
            by,
            measure: Measure::from_word(query.get("measure")).unwrap_or(Measure::Complaints),
            period,
            spans,
            query,
            now: published
                .iter()
                .rfind(|one| one.month.until <= period.until)
                .map_or(calendar.now, |newest| newest.taken_at),
        })
    }

    /// What its answer is counted by.
    pub(super) fn ground<'n>(&self, names: &'n Names<'_>) -> Ground<'n> {
        let Self { view, now, .. } = self;
        names.configuration.ground(&view.counties, *now)
    }

    pub(super) fn question(&self) -> Result<Question, Wrong> {
        let by: Vec<Dimension> = self.by.into_iter().flatten().collect();
        let question = Question::new(&by, self.measure, self.period)?;
        match only(self.query.get("only")) {
            Some((dimension, value)) => question.only(dimension, value).checked(),
            None => Ok(question),
        }
    }
}

/// `/console/figures/question`
pub(in crate::console) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let names = console.names(&visitor.visit)?;
    let labels = Labels { names: &names };
    let asked = Asked::of(&console, &visitor, &names, request.query_string()).await?;
    let mut told = None;
    let answered = match asked.question() {
        Ok(question) => {
            let answered = console.answered(&asked.view, question).await?;
            if answered.is_none() {
                let w = &names.language.words.report;
                told = Told::wrong(w.refused(), [w.refused_what()]);
            }
            answered
        }
        Err(wrong) => {
            told = Told::wrong(why(wrong, &labels), []);
            None
        }
    };
    let lasted = answered.as_ref().and_then(|(answer, spread)| {
        let spread = spread.as_ref()?;
        Some(lasting::shown(spread, &answer.question, &labels))
    });
    let ground = asked.ground(&names);
    let shown = answered.map(|(answer, _)| Shown::of(&answer, None, &ground, &labels));
    look::page(&AskPage {
        frame: console
            .frame_with_counts(&visitor, |words| words.nav.figures())
            .await?,
        rows: dimensions(asked.by[0], &asked.view, &labels),
        columns: dimensions(asked.by[1], &asked.view, &labels),
        measures: measures(asked.measure, &labels),
        spans: asked.spans.choices(&asked.period, &labels),
        only: filters(asked.query.get("only"), &asked.view, &names, &labels),
        from: asked.query.get("from").to_owned(),
        to: asked.query.get("to").to_owned(),
        same: asked.query.without(&[]),
        told,
        shown,
        lasted,
        is_outside: asked.view.is_outside,
        counties: asked.view.parts,
        part: asked.view.part,
    })
}

impl Console {
    /// The answer, and how long all took for who works on them; `None`: it may not be known.
    async fn answered(
        &self,
        view: &View,
        question: Question,
    ) -> Result<Option<(Answer, Option<Spread>)>, Problem> {
        if let Some(insider) = view.insider() {
            return self.answer_and_spread(insider, question).await;
        }
        let answers = self.answers(view, vec![question]).await?;
        let answer = answers.ok().and_then(|mut answers| answers.pop());
        Ok(answer.map(|answer| (answer, None)))
    }
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
    let [from, to] = ["from", "to"].map(|field| query.get(field).parse::<NaiveDate>().ok());
    Period::from_word(&format!("{}..{}", from?, to?))
}

fn why(wrong: Wrong, labels: &Labels<'_>) -> String {
    let w = &labels.names.language.words.report;
    match wrong {
        Wrong::Twice(_) | Wrong::TooManyDimensions => w.twice(),
        Wrong::WomenByGender => w.women_by_gender(),
        Wrong::NoInhabitants(dimension) => w.no_inhabitants(labels.dimension(dimension)),
    }
}

fn dimensions(chosen: Option<Dimension>, view: &View, labels: &Labels<'_>) -> Vec<Choice> {
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
            is_chosen: Some(one) == chosen,
        })
        .collect()
}

fn measures(chosen: Measure, labels: &Labels<'_>) -> Vec<Choice> {
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
fn filters(chosen: &str, view: &View, names: &Names<'_>, labels: &Labels<'_>) -> Vec<Group> {
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
        (
            Dimension::Gender,
            Gender::ALL.map(|one| one.as_str().to_owned()).to_vec(),
        ),
        (
            Dimension::Channel,
            Channel::ALL.map(|one| one.as_str().to_owned()).to_vec(),
        ),
    ];
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
