//! Refusals, in the gateway's form.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

/// A refusal: `{"code", "message", "more_info", "status"}`.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct ApiError {
    pub(super) status: StatusCode,
    pub(super) code: u32,
    pub(super) message: &'static str,
    /// Seconds for `Retry-After`.
    pub(super) retry_after: Option<u32>,
}

impl ApiError {
    const fn new(status: StatusCode, code: u32, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            retry_after: None,
        }
    }

    /// 400: the request cannot be carried out as it is.
    pub(super) const fn bad_request(code: u32, message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 401: no credentials, or wrong ones.
    pub(super) const UNAUTHENTICATED: Self =
        Self::new(StatusCode::UNAUTHORIZED, 20_003, "Authenticate");

    /// 404.
    pub(super) const NOT_FOUND: Self = Self::new(
        StatusCode::NOT_FOUND,
        20_404,
        "The requested resource was not found",
    );

    /// 500, whatever became of the text.
    pub(super) const INTERNAL: Self = Self::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        20_500,
        "An internal server error has occurred",
    );

    /// 429: nothing was read.
    pub(super) const fn too_many_requests(retry_after: Option<u32>) -> Self {
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, 20_429, "Too Many Requests");
        Self {
            retry_after,
            ..error
        }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if self.status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"Sandbox API\""));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        response.json(json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status.as_u16(),
        }))
    }
}
