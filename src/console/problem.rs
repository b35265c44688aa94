//! What could not be done, as a page that says what happened, what was kept, and what to do.

use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use super::guard::Visit;
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
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// The problem as a page for them.
pub(super) fn page(visit: &Visit, problem: &Problem) -> HttpResponse {
    let _ = visit;
    HttpResponse::build(problem.status_code())
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html><title>{problem}</title><p>{problem}"
        ))
}

/// What a page answered, and in place of a problem the page that tells it.
pub(super) fn shown(visit: &Visit, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let problem = response.response().error().map(|error| {
        error.as_error::<Problem>().copied().unwrap_or(
            match error.as_response_error().status_code() {
                StatusCode::NOT_FOUND => Problem::NotThere,
                status if status.is_client_error() => Problem::Unreadable,
                _ => Problem::Unavailable,
            },
        )
    });
    match problem {
        Some(problem) => response.into_response(page(visit, &problem)),
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
