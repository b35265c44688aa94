//! What stands around every public page, and the pages that say that something did not work.

use actix_web::http::header::{self, ACCEPT_LANGUAGE};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Public;
use super::words::{Language, Words};
use crate::actions::MOST_LETTERS;
use crate::complaint::{County, LanguageId};
use crate::pages::{Form, KEPT, Unread};
use crate::store::StoreError;

pub(super) const CSS: &str = include_str!("public.css");

/// What the layout shows around a page.
pub(super) struct Frame<'a> {
    pub(super) language: &'a Language,
    pub(super) title: String,
    pub(super) css: String,
    /// Where one gets back to: the county's page; empty: nowhere yet.
    pub(super) home: String,
    /// The same page in the other languages: address and name. None of what answers a form: an address asks anew, and what was typed or
    /// told would be gone.
    pub(super) others: Vec<(String, String, String)>,
}

/// Why a page could not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    NotThere,
    BrokeOff,
    TooLong,
    Foreign,
    TooMany,
    Unavailable,
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "A public page could not be made");
        Self::Unavailable
    }
}

impl From<Unread> for Problem {
    fn from(why: Unread) -> Self {
        match why {
            Unread::TooLarge => Self::TooLong,
            Unread::TooSlow | Unread::BrokeOff => Self::BrokeOff,
        }
    }
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::BrokeOff => StatusCode::BAD_REQUEST,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn words(self, w: &Words) -> (String, String) {
        match self {
            Self::NotThere => (w.not_there(), w.not_there_what()),
            Self::BrokeOff => (w.broke_off(), w.broke_off_what()),
            Self::TooLong => (w.wrong(), w.lacks_fewer(MOST_LETTERS)),
            Self::Foreign => (w.foreign(), w.foreign_what()),
            Self::TooMany => (w.too_many(), w.too_many_what()),
            Self::Unavailable => (w.unavailable(), w.unavailable_what()),
        }
    }
}

#[derive(Template)]
#[template(path = "problem.html", config = "src/public/askama.toml")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    what: String,
}

impl Public {
    /// The language of a page for who asks; `None` only if there is none at all, which a test holds that there is.
    pub(super) fn language(
        &self,
        request: &HttpRequest,
        county: Option<&County>,
    ) -> Result<&Language, Problem> {
        let query = Form::of_query(request.query_string());
        let chosen = Some(query.get("lang"))
            .filter(|chosen| !chosen.is_empty())
            .map(LanguageId::new);
        let accepted = request.headers().get(ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok());
        let of_county = county.map(|county| &county.language);
        self.languages
            .choose(chosen.as_ref(), accepted.unwrap_or_default(), of_county)
            .ok_or(Problem::Unavailable)
    }

    pub(super) fn frame<'a>(
        &'a self,
        request: &HttpRequest,
        language: &'a Language,
        title: String,
        county: Option<&County>,
    ) -> Frame<'a> {
        let is_asked_anew = request.method() != Method::POST;
        let others = self.languages.iter();
        let others = others.filter(|one| is_asked_anew && one.id != language.id);
        Frame {
            title,
            css: format!("/complain/assets/{}", self.css.name),
            home: county
                .map(|county| format!("/complain/{}?lang={}", county.id, language.id))
                .unwrap_or_default(),
            others: others
                .map(|one| {
                    let address = format!("{}?lang={}", request.path(), one.id);
                    (address, one.id.to_string(), one.name.clone())
                })
                .collect(),
            language,
        }
    }

    /// The page, or in its place one that says what did not work.
    pub(super) fn answer(
        &self,
        request: &HttpRequest,
        page: Result<HttpResponse, Problem>,
    ) -> HttpResponse {
        let problem = match page {
            Ok(page) => return page,
            Err(problem) => problem,
        };
        let told = self.language(request, None).and_then(|language| {
            let (title, what) = problem.words(&language.words);
            shown(&ProblemPage {
                frame: Frame {
                    home: "/complain".to_owned(),
                    ..self.frame(request, language, title, None)
                },
                what,
            })
        });
        let mut page = told.unwrap_or_else(|_| HttpResponse::new(problem.status()));
        *page.status_mut() = problem.status();
        match problem {
            Problem::TooMany => too_many(&mut page),
            Problem::Unavailable => {
                page.headers_mut().insert(header::RETRY_AFTER, A_MINUTE);
            }
            _ => {}
        }
        page
    }
}

/// Seconds within which one more of what was used up comes back, whatever it is.
const SOON: header::HeaderValue = header::HeaderValue::from_static("120");

/// Seconds after which what did not work may work again, as its page says.
const A_MINUTE: header::HeaderValue = header::HeaderValue::from_static("60");

/// Too much came: it may be tried again soon.
pub(super) fn too_many(page: &mut HttpResponse) {
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    page.headers_mut().insert(header::RETRY_AFTER, SOON);
}

/// A page of a template, as text.
pub(super) fn written(template: &impl askama::Template) -> Result<String, Problem> {
    template.render().map_err(|error| {
        tracing::error!(%error, "A public page could not be written");
        Problem::Unavailable
    })
}

/// A page of a template.
pub(super) fn shown(template: &impl askama::Template) -> Result<HttpResponse, Problem> {
    let page = written(template)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(page))
}

/// `/complain/assets/{name}`
pub(super) async fn asset(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let name = request.match_info().get("name").unwrap_or_default();
    let mut known = [&public.css, &public.figures_css].into_iter();
    let Some(asset) = known.find(|asset| asset.name == name) else {
        return public.answer(&request, Err(Problem::NotThere));
    };
    HttpResponse::Ok()
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, KEPT))
        .body(asset.body)
}

/// For addresses that no page has.
pub(super) async fn nothing_here(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    public.answer(&request, Err(Problem::NotThere))
}
