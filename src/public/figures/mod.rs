//! What a county is told of its complaints: the figures of a month, as answers to questions, to take along, and to be read out.
//!
//! All of it are published figures, as outsiders may know them: nobody is known by one. An address without a language says what the
//! browser asks for; links name it, so that whoever keeps a page keeps one for all who read that language.

mod data;
mod kept;
mod labels;
mod radio;
mod read;
mod spoken;
mod told;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Public;
use super::county::{convener_of, county_in};
use super::look::{Frame, Problem, written};
use super::words::Language;
use crate::complaint::County;
use crate::configuration::{Configuration, State};
use crate::reports::{Period, Publication};
pub(super) use data::{csv, json};
pub(super) use radio::radio;

use kept::Kept;
use labels::Labels;
use read::Figures;
use told::Told;

pub(super) const CSS: &str = concat!(
    include_str!("figures.css"),
    include_str!("../../reports/chart/chart.css"),
);

const HTML: &str = "text/html; charset=utf-8";
/// So many other months are linked: two years.
const MONTHS: usize = 24;

#[derive(Template)]
#[template(path = "figures/figures.html", config = "src/public/askama.toml")]
struct FiguresPage<'a> {
    frame: Frame<'a>,
    css: String,
    /// `/complain/wajir/figures`
    here: String,
    /// Which month is shown; `None`: none is published yet.
    shown: Option<Shown>,
    /// The others, by address and name, the newest first.
    months: Vec<(String, String)>,
    convener: String,
    licence: (&'static str, &'static str),
}

/// A month's figures.
struct Shown {
    /// `2026-10`
    word: String,
    /// As of which day.
    as_of: String,
    /// None where there are so few that nothing is told.
    told: Vec<Told>,
}

/// `/complain/{county}/figures`: the newest month that is told.
pub(super) async fn newest(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let page = public.figures_page(&request).await;
    public.answer(&request, page)
}

/// `/complain/{county}/figures/{month}`
pub(super) async fn month(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let page = public.figures_page(&request).await;
    public.answer(&request, page)
}

/// What somebody asks for: a county's months, and one of them.
struct Asked<'a> {
    configuration: Arc<Configuration>,
    /// Which version of it.
    edition: u128,
    county: County,
    language: &'a Language,
    /// The newest first.
    published: Vec<Publication>,
    /// The one that the address names, or else the newest; `None`: there is none.
    month: Option<Publication>,
}

impl Asked<'_> {
    fn labels(&self) -> Labels<'_> {
        Labels {
            configuration: &self.configuration,
            language: self.language,
        }
    }

    fn convener(&self) -> String {
        convener_of(&self.configuration, &self.county)
    }

    /// `/complain/wajir/figures`
    fn here(&self) -> String {
        format!("/complain/{}/figures", self.county.id)
    }

    /// As of which day figures are.
    fn as_of(&self, of: &Publication) -> String {
        let w = &self.language.figures;
        let taken = of.taken_at.with_timezone(&self.county.zone).date_naive();
        w.as_of(self.language.date(taken))
    }
}

impl Public {
    async fn asked(&self, request: &HttpRequest) -> Result<Asked<'_>, Problem> {
        let State {
            configuration,
            edition,
            ..
        } = State::clone(&self.configuration.state());
        let county = county_in(&configuration, request)?.clone();
        let language = self.language(request, Some(&county))?;
        let published = self.published(&county.id).await?;
        let month = match request.match_info().get("month") {
            None => published.first().copied(),
            Some(named) => {
                let mut known = published.iter();
                let found = known.find(|one| one.month.word() == named);
                Some(found.copied().ok_or(Problem::NotThere)?)
            }
        };
        Ok(Asked {
            configuration,
            edition,
            county,
            language,
            published,
            month,
        })
    }

    fn figures_css_address(&self) -> String {
        format!("/complain/assets/{}", self.figures_css.name)
    }

    async fn figures_of(&self, asked: &Asked<'_>, of: Publication) -> Result<Figures, Problem> {
        let (configuration, county) = (&asked.configuration, &asked.county.id);
        self.figures(configuration, county, of, &asked.published)
            .await
    }

    async fn figures_page(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let asked = self.asked(request).await?;
        let kept = Kept::of(request, &asked);
        if let Some(known) = kept.known() {
            return Ok(known);
        }
        let w = &asked.language.figures;
        let (name, labels) = (&asked.county.name, asked.labels());
        let shown = match asked.month {
            None => None,
            Some(of) => {
                let figures = self.figures_of(&asked, of).await?;
                Some(Shown {
                    word: of.month.word(),
                    as_of: asked.as_of(&of),
                    told: if figures.are_few() {
                        Vec::new()
                    } else {
                        Told::of(&figures, &labels)
                    },
                })
            }
        };
        let title = asked.month.map_or_else(
            || w.title_none(name),
            |of| w.title(name, labels.month(&of.month)),
        );
        let others = asked.published.iter().map(|one| one.month);
        let others = others.filter(|month| asked.month.is_none_or(|shown| shown.month != *month));
        let address = |month: &Period| {
            let language = &asked.language.id;
            format!("{}/{}?lang={language}", asked.here(), month.word())
        };
        let page = written(&FiguresPage {
            frame: self.frame(request, asked.language, title, Some(&asked.county)),
            css: self.figures_css_address(),
            here: asked.here(),
            shown,
            months: others
                .take(MONTHS)
                .map(|month| (address(&month), labels.month(&month)))
                .collect(),
            convener: asked.convener(),
            licence: (data::LICENCE, data::LICENCE_NAME),
        })?;
        Ok(kept.answer(HTML, page))
    }
}
