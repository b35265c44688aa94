//! What could not be done, as a page that says what happened, what was kept, and what to do.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use askama::Template;

use super::Console;
use super::guard::Visit;
use super::look::{self, Frame};
use super::words::Words;
use crate::store::StoreError;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// There is no such page, or none for them: they are not told which.
    #[error("not there")]
    NotThere,
    /// There is, and it takes no such request.
    #[error("no such method")]
    NoSuchMethod,
    /// A form arrived after the session had ended.
    #[error("logged out")]
    LoggedOut,
    /// A form that is not from a page of ours, or from one that was made before the last login.
    #[error("a form that is not ours")]
    ForeignForm,
    /// A form over the limit.
    #[error("a form that is too large")]
    TooLarge,
    /// A form that did not arrive in time.
    #[error("a form that is too slow")]
    TooSlow,
    /// A form that broke off.
    #[error("a form that broke off")]
    Unreadable,
    /// A network that tried to log in too often.
    #[error("too many tries")]
    TooMany,
    /// A link that is used, replaced, over, or none of ours.
    #[error("no invitation")]
    NoInvitation,
    /// The store cannot be asked now.
    #[error("the store cannot be asked")]
    Unavailable,
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "A page could not be made");
        Self::Unavailable
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::LoggedOut => StatusCode::UNAUTHORIZED,
            Self::ForeignForm => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::NoInvitation => StatusCode::NOT_FOUND,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl Problem {
    /// What happened, and what was kept and is to be done.
    fn words(self, words: &Words) -> (String, String) {
        let w = &words.problem;
        match self {
            Self::NotThere => (w.not_there(), w.not_there_what()),
            Self::NoSuchMethod => (w.no_such_method(), w.no_such_method_what()),
            Self::LoggedOut => (w.logged_out(), w.logged_out_what()),
            Self::ForeignForm => (w.foreign(), w.foreign_what()),
            Self::TooLarge => (w.too_large(), w.too_large_what()),
            Self::TooSlow | Self::Unreadable => (w.broke_off(), w.broke_off_what()),
            Self::TooMany => (w.too_many(), w.too_many_what()),
            Self::NoInvitation => (w.no_invitation(), w.no_invitation_what()),
            Self::Unavailable => (w.unavailable(), w.unavailable_what()),
        }
    }
}

#[derive(Template)]
#[template(path = "problem.html", config = "src/console/look/askama.toml")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    what: String,
}

/// The problem as a page for them. Where even that cannot be made, its number has to do.
pub(super) fn page(console: &Console, visit: &Visit, problem: Problem) -> HttpResponse {
    let status = problem.status_code();
    let page = console.language(visit).and_then(|language| {
        let (happened, what) = problem.words(&language.words);
        let frame = console.frame(visit, |_| happened)?;
        look::page(&ProblemPage { frame, what })
    });
    let mut page = page.unwrap_or_else(|_| HttpResponse::new(status));
    *page.status_mut() = status;
    page
}

/// What a page answered, and in place of a problem the page that tells it.
pub(super) fn shown(
    console: &Console,
    visit: &Visit,
    response: ServiceResponse<BoxBody>,
) -> ServiceResponse<BoxBody> {
    let problem = response.response().error().map(|error| {
        let status = error.as_response_error().status_code();
        let known = error.as_error::<Problem>().copied();
        known.unwrap_or(match status {
            StatusCode::NOT_FOUND => Problem::NotThere,
            status if status.is_client_error() => Problem::Unreadable,
            _ => Problem::Unavailable,
        })
    });
    match problem {
        Some(problem) => response.into_response(page(console, visit, problem)),
        None => response,
    }
}

/// For addresses that no route has.
pub(super) async fn nothing_here() -> Result<HttpResponse, Problem> {
    Err(Problem::NotThere)
}

/// For a route that takes other methods.
pub(super) async fn no_such_method() -> Result<HttpResponse, Problem> {
    Err(Problem::NoSuchMethod)
}
