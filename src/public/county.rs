//! How to complain in a county, on a page and on a poster.

use std::collections::BTreeSet;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Public;
use super::look::{Frame, Problem, shown};
use super::words::{Language, Words};
use crate::complaint::{County, CountyId, Priority};
use crate::configuration::Configuration;
use crate::deadlines::{About, Span};

#[derive(Template)]
#[template(path = "counties.html", config = "src/public/askama.toml")]
struct CountiesPage<'a> {
    frame: Frame<'a>,
    /// Address and name of each.
    counties: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "county.html", config = "src/public/askama.toml")]
struct CountyPage<'a> {
    frame: Frame<'a>,
    county: String,
    /// The number to text, and how a phone dials it; none: the county has none.
    line: Option<Line>,
    free: bool,
    convener: String,
    accept: String,
    act: String,
    resolve: String,
    partners: Vec<String>,
}

#[derive(Template)]
#[template(path = "poster.html", config = "src/public/askama.toml")]
struct PosterPage<'a> {
    frame: Frame<'a>,
    line: Option<Line>,
    free: bool,
    convener: String,
}

/// A number that can be texted.
pub(super) struct Line {
    /// In groups, for people.
    pub(super) shown: String,
    /// As a phone takes it.
    pub(super) dialled: String,
}

impl Line {
    pub(super) fn of(county: &County) -> Option<Self> {
        let dialled = county.line()?.expose().to_owned();
        Some(Self {
            shown: in_groups(&dialled),
            dialled,
        })
    }

    /// The numbers of these counties, each once.
    pub(super) fn of_all<'c>(counties: impl Iterator<Item = &'c County>) -> Vec<Self> {
        let mut known = BTreeSet::new();
        counties
            .filter_map(Self::of)
            .filter(|line| known.insert(line.dialled.clone()))
            .collect()
    }
}

/// `+254 700 100 200`: from the end, in threes.
fn in_groups(number: &str) -> String {
    let mut groups: Vec<&str> = Vec::new();
    let mut rest = number;
    while let Some(at) = rest.len().checked_sub(3).filter(|at| *at > 1)
        && let (Some(head), Some(tail)) = (rest.get(..at), rest.get(at..))
    {
        groups.push(tail);
        rest = head;
    }
    groups.push(rest);
    groups.reverse();
    groups.join(" ")
}

/// `/` and other ways in.
pub(super) async fn to_the_pages() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "/complain"))
        .finish()
}

/// `/complain`: the county, where there is one; else which?
pub(super) async fn counties(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let configuration = public.configuration.current();
    let mut all = configuration.rules.counties();
    if let (Some(only), None) = (all.next(), all.next()) {
        let query = request.query_string();
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{query}")
        };
        return HttpResponse::SeeOther()
            .insert_header((header::LOCATION, format!("/complain/{}{query}", only.id)))
            .finish();
    }
    let page = public.language(&request, None).and_then(|language| {
        let address = |county: &County| format!("/complain/{}?lang={}", county.id, language.id);
        shown(&CountiesPage {
            frame: public.frame(&request, language, language.words.counties(), None),
            counties: configuration
                .rules
                .counties()
                .map(|county| (address(county), county.name.clone()))
                .collect(),
        })
    });
    public.answer(&request, page)
}

/// `/complain/{county}`
pub(super) async fn page(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let page = public.county_page(&request);
    public.answer(&request, page)
}

/// `/complain/{county}/poster`
pub(super) async fn poster(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let page = public.poster_page(&request);
    public.answer(&request, page)
}

/// The county that a page is of.
pub(super) fn county_in<'c>(
    configuration: &'c Configuration,
    request: &HttpRequest,
) -> Result<&'c County, Problem> {
    let id = request.match_info().get("county").unwrap_or_default();
    let county = configuration.rules.county(&CountyId::new(id));
    county.ok_or(Problem::NotThere)
}

/// What the convener of a county is called.
pub(super) fn convener_of(configuration: &Configuration, county: &County) -> String {
    let convener = configuration.rules.organisation(&county.convener);
    convener.map_or_else(String::new, |one| one.short_name.clone())
}

/// Whom one asks in these counties about what is shown to nobody: the conveners, and who oversees them, for a complaint may be about one.
pub(super) fn to_ask<'c>(
    counties: impl Iterator<Item = &'c County>,
    configuration: &Configuration,
    language: &Language,
) -> String {
    let mut known = BTreeSet::new();
    let names: Vec<&str> = counties
        .flat_map(|county| [Some(&county.convener), county.oversight.as_ref()])
        .flatten()
        .filter(|id| known.insert(*id))
        .filter_map(|id| configuration.rules.organisation(id))
        .map(|one| one.short_name_in(&language.id))
        .collect();
    names.join(" / ")
}

impl Public {
    fn county_page(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let configuration = self.configuration.current();
        let county = county_in(&configuration, request)?;
        let language = self.language(request, Some(county))?;
        let w = &language.words;
        let terms = configuration.deadlines.terms(&About {
            sector: None,
            kind: None,
            priority: Priority::default(),
            holder: &county.convener,
        });
        let partners = configuration.rules.organisations();
        let partners = partners.filter(|one| one.works_in(&county.id));
        shown(&CountyPage {
            frame: self.frame(request, language, w.title(&county.name), Some(county)),
            county: county.id.to_string(),
            line: Line::of(county),
            free: configuration.settings.line.free,
            convener: convener_of(&configuration, county),
            accept: span(w, terms.accept),
            act: span(w, terms.first_action),
            resolve: span(w, terms.resolve),
            partners: partners.map(|one| one.name.clone()).collect(),
        })
    }

    fn poster_page(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let configuration = self.configuration.current();
        let county = county_in(&configuration, request)?;
        let language = self.language(request, Some(county))?;
        let title = language.words.poster_title();
        shown(&PosterPage {
            frame: self.frame(request, language, title, Some(county)),
            line: Line::of(county),
            free: configuration.settings.line.free,
            convener: convener_of(&configuration, county),
        })
    }
}

fn span(words: &Words, span: Span) -> String {
    match span {
        Span::Days(days) => words.days(days.into()),
        Span::Hours(hours) => words.hours(hours.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_groups() {
        assert_eq!(in_groups("+254700100200"), "+254 700 100 200");
        assert_eq!(in_groups("21801"), "21 801");
        assert_eq!(in_groups("801"), "801");
        assert_eq!(in_groups(""), "");
    }
}
