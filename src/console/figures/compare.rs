//! How the own county does beside others, which are not named: what to ask them, and what to tell them.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::Months;

use super::labels::Labels;
use super::shown::Shown;
use super::span::Choice;
use super::view::View;
use crate::complaint::CountyId;
use crate::console::Console;
use crate::console::desk::PartLink;
use crate::console::form::Form;
use crate::console::guard::Visitor;
use crate::console::look::{self, Frame};
use crate::console::problem::Problem;
use crate::pages::table::{Row, SHEETS, Table, both_widths};
use crate::reports::chart;
use crate::reports::comparison::{self, Behind, Compared, FEWEST_OTHERS, Lesson, OfCounty, Others};
use crate::reports::{Dimension, LEAST, Measure, Period, Publication, Value};

/// Where the page is.
const HERE: &str = "/console/figures/compare";

#[derive(Template)]
#[template(path = "figures/compare.html", config = "src/console/look/askama.toml")]
struct ComparePage<'a> {
    frame: Frame<'a>,
    counties: Vec<PartLink>,
    part: String,
    spans: Vec<Choice>,
    span: String,
    least: u64,
    /// Sentences on the sectors in which others do better.
    ask_about: Vec<String>,
    shown: Vec<Shown>,
    /// What cannot be set beside others, a sentence each.
    alone: Vec<String>,
}

/// `/console/figures/compare`
pub(in crate::console) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let names = console.names(&visitor.visit)?;
    let labels = Labels { names: &names };
    let view = View::of(&visitor.person, &names, query.get("county"), HERE)?;
    // Who convenes none has no county of their own.
    let own = match (&view.whom.holder, view.counties.as_slice()) {
        (None, [own]) => own,
        _ => return Err(Problem::NotThere),
    };
    let published = console.published(&View::outside(own.clone())).await?;
    let spans = spans(&published);
    let period = chosen(&spans, query.get("period"));
    let mut all = Vec::new();
    for county in names.configuration.rules.counties() {
        if let Some(period) = period {
            all.push((county.id == *own, console.county(&county.id, period).await?));
        }
    }
    let of_own = all.iter().find(|(is_own, _)| *is_own);
    let of_own = of_own.and_then(|(_, own)| own.clone());
    let of_own = of_own.unwrap_or_else(|| OfCounty::new(Vec::new()));
    let others = all.into_iter().filter(|(is_own, _)| !is_own);
    let others: Vec<OfCounty> = others.filter_map(|(_, other)| other).collect();
    let said = Said {
        labels: &labels,
        own: names.county(own),
        span: period.map_or_else(String::new, |period| labels.span(&period)),
    };
    let compared = comparison::compare(&of_own, &others);
    look::page(&ComparePage {
        frame: console
            .frame_with_counts(&visitor, |words| words.compare.title())
            .await?,
        spans: spans
            .iter()
            .map(|one| Choice {
                value: one.word(),
                label: labels.span(one),
                is_chosen: Some(*one) == period,
            })
            .collect(),
        least: LEAST,
        ask_about: comparison::behind(&of_own, &others)
            .iter()
            .map(|behind| said.behind(behind))
            .collect(),
        shown: compared.iter().filter_map(|one| said.shown(one)).collect(),
        alone: compared.iter().filter_map(|one| said.alone(one)).collect(),
        span: said.span,
        counties: view.parts,
        part: view.part,
    })
}

/// The last whole quarter of those months, if all of it is among them; and the last twelve, or as many as there are.
fn spans(published: &[Publication]) -> Vec<Period> {
    let (Some(first), Some(newest)) = (published.first(), published.last()) else {
        return Vec::new();
    };
    let (first, newest) = (first.month.from, newest.month.until);
    let quarter = Period::newest_whole(newest, 3).filter(|quarter| first <= quarter.from);
    let year = newest
        .checked_sub_months(Months::new(12))
        .map(|from| Period {
            from: from.max(first),
            until: newest,
        });
    let mut spans: Vec<Period> = quarter.into_iter().chain(year).collect();
    spans.dedup();
    spans
}

/// The one that the address names; else the first.
fn chosen(spans: &[Period], word: &str) -> Option<Period> {
    let named = spans.iter().find(|one| one.word() == word);
    named.or(spans.first()).copied()
}

impl Console {
    /// What outsiders may know of a county; `None`: not all of these months are published there.
    async fn county(&self, id: &CountyId, period: Period) -> Result<Option<OfCounty>, Problem> {
        let outside = View::outside(id.clone());
        let published = self.published(&outside).await?;
        if published
            .first()
            .is_none_or(|first| period.from < first.month.from)
        {
            return Ok(None);
        }
        let answers = self.answers(&outside, comparison::questions(period));
        Ok(answers.await?.ok().map(OfCounty::new))
    }
}

/// What the page says.
struct Said<'a> {
    labels: &'a Labels<'a>,
    /// The own county's name.
    own: String,
    span: String,
}

impl Said<'_> {
    fn lesson(&self, lesson: Lesson) -> String {
        let w = &self.labels.names.language.words.compare;
        match lesson {
            Lesson::InTime(stage) => self.labels.measure(Measure::InTime(stage)),
            Lesson::DaysToResolve => self.labels.measure(comparison::DAYS),
            Lesson::ConfirmedOfResolved => w.confirmed(),
            Lesson::Returned => w.returned(),
            Lesson::Women => self.labels.measure(Measure::WomensShare),
            Lesson::PerInhabitants => w.rate(),
        }
    }

    /// A lesson in which the own county stands beside others.
    fn shown(&self, compared: &Compared) -> Option<Shown> {
        let w = &self.labels.names.language.words.compare;
        let others = compared.others.as_ref()?;
        let title = self.title(compared, others);
        let caption = format!("{}. {}", self.lesson(compared.lesson), self.span);
        let own_name = match compared.own {
            Some(own) => w.named(&self.own, self.labels.value(own)),
            None => String::new(),
        };
        let middle_name = w.named(w.middle(), self.labels.value(others.middle));
        let dots = chart::Dots {
            own: compared.own,
            own_name: &own_name,
            others: &others.figures,
            middle: others.middle,
            middle_name: &middle_name,
        };
        Some(Shown {
            charts: both_widths(SHEETS, &title, &caption, self.labels, |words, sheet| {
                chart::dots(&dots, words, sheet)
            }),
            table: self.table(compared, others),
            apart: Vec::new(),
            title,
            caption,
        })
    }

    fn title(&self, compared: &Compared, others: &Others) -> String {
        let w = &self.labels.names.language.words.compare;
        let value = |value| self.labels.value(value);
        let what = self.lesson(compared.lesson);
        match (compared.own, others.best, compared.is_best()) {
            (None, ..) => w.too_few(what),
            (Some(own), _, Some(true)) => w.is_best(what, value(own)),
            (Some(own), Some(best), _) if compared.lesson == Lesson::DaysToResolve => {
                w.days_best(value(best), value(own))
            }
            (Some(own), Some(best), _) => w.best(what, value(best), value(own)),
            (Some(own), None, _) => w.beside(what, value(own), value(others.middle)),
        }
    }

    fn table(&self, compared: &Compared, others: &Others) -> Table {
        let w = &self.labels.names.language.words.compare;
        let row = |name: String, value: Value| Row {
            name,
            cells: vec![(self.labels.value(value), false)],
        };
        let own = compared.own.map(|own| row(self.own.clone(), own));
        let other = others
            .figures
            .iter()
            .map(|figure| row(w.another(), *figure));
        Table {
            corner: self.labels.dimension(Dimension::County),
            columns: vec![self.lesson(compared.lesson)],
            all_columns: None,
            rows: own.into_iter().chain(other).collect(),
            foot: Some(row(w.middle(), others.middle)),
        }
    }

    /// A lesson that cannot be set beside others.
    fn alone(&self, compared: &Compared) -> Option<String> {
        if compared.others.is_some() {
            return None;
        }
        let w = &self.labels.names.language.words.compare;
        let what = self.lesson(compared.lesson);
        Some(match compared.own {
            Some(own) => w.few_others(what, self.labels.value(own), FEWEST_OTHERS),
            None => w.too_few(what),
        })
    }

    fn behind(&self, behind: &Behind) -> String {
        let w = &self.labels.names.language.words.compare;
        let sector = self
            .labels
            .name(Dimension::Sector, behind.sector.as_deref());
        let value = |value| self.labels.value(value);
        w.behind(sector, value(behind.own), value(behind.middle))
    }
}
