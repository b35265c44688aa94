//! Doors in: the gateway's webhooks. A text that came in, and how far one of ours has come.
//!
//! Size limit, body with a deadline, signature over the raw request, form, one action, an answer. Nothing is answered with
//! 2xx that is not committed, and the body of an answer is always `<Response/>`: the gateway would text anything else to
//! the sender.

mod body;
mod catch_up;
mod form;
mod look_up;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::actions::{self, Receipt, receive_message::Prepared, record_delivery::Recorded};
use crate::configuration::Live;
use crate::gateway::form::{Param, parse_form};
use crate::gateway::signature::Verifier;
use crate::store::{Store, StoreError};

pub use catch_up::{CatchUp, CaughtUp, ListState};
pub use look_up::LookUp;

/// The largest body that is read, in bytes: a text of 1,600 characters with its parameters is a tenth of that.
pub const MAX_BODY: usize = 64 * 1024;

/// What the webhooks need.
pub struct Inbound {
    /// Where texts are taken in.
    pub store: Store,
    /// How they are understood and routed.
    pub configuration: Live,
    /// Who may speak.
    pub verifier: Verifier,
    /// The header that carries the signature.
    pub signature_header: HeaderName,
    /// Our account at the gateway.
    pub account_sid: String,
}

/// Mounts `/gateway/inbound` and `/gateway/status`, for POST and GET.
pub fn configure(inbound: web::Data<Inbound>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |routes| {
        routes
            .app_data(inbound)
            .service(
                web::resource("/gateway/inbound")
                    .route(web::get().to(text_came_in))
                    .route(web::post().to(text_came_in)),
            )
            .service(
                web::resource("/gateway/status")
                    .route(web::get().to(status_came_in))
                    .route(web::post().to(status_came_in)),
            );
    }
}

/// Why a webhook is refused. The words are for whoever reads the gateway's debugger; they repeat nothing of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    TooLarge,
    TooSlow,
    Unreadable,
    NotSigned,
    OtherAccount,
    NoForm,
    FieldMissing(&'static str),
    Unavailable,
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unreadable | Self::NoForm | Self::FieldMissing(_) => StatusCode::BAD_REQUEST,
            Self::NotSigned | Self::OtherAccount => StatusCode::FORBIDDEN,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn words(self) -> String {
        match self {
            Self::TooLarge => format!("the body is over {} KiB", MAX_BODY / 1024),
            Self::TooSlow => "the body did not arrive in time".to_owned(),
            Self::Unreadable => "the body could not be read".to_owned(),
            Self::NotSigned => "no signature of ours: check gateway.signature_keys, and that server.public_url is the \
                                URL as it is configured at the gateway"
                .to_owned(),
            Self::OtherAccount => "AccountSid is not gateway.account_sid".to_owned(),
            Self::NoForm => "the body is no form".to_owned(),
            Self::FieldMissing(field) => format!("the form has no usable {field}"),
            Self::Unavailable => "nothing can be stored now; nothing was taken in".to_owned(),
        }
    }
}

impl From<Refusal> for HttpResponse {
    fn from(refusal: Refusal) -> Self {
        Self::build(refusal.status())
            .content_type("text/plain; charset=utf-8")
            .body(refusal.words())
    }
}

async fn text_came_in(
    request: HttpRequest,
    payload: web::Payload,
    inbound: web::Data<Inbound>,
) -> HttpResponse {
    answer("inbound", inbound.take_text(&request, payload).await)
}

async fn status_came_in(
    request: HttpRequest,
    payload: web::Payload,
    inbound: web::Data<Inbound>,
) -> HttpResponse {
    answer("status", inbound.take_status(&request, payload).await)
}

fn answer(webhook: &'static str, result: Result<(), Refusal>) -> HttpResponse {
    match result {
        Ok(()) => HttpResponse::Ok()
            .content_type("text/xml; charset=utf-8")
            .body("<Response/>"),
        Err(refusal) => {
            tracing::warn!(webhook, refusal = ?refusal, "Refused a webhook");
            refusal.into()
        }
    }
}

impl Inbound {
    async fn take_text(&self, request: &HttpRequest, payload: web::Payload) -> Result<(), Refusal> {
        let params = self.genuine_params(request, payload).await?;
        let message = form::incoming_message(&params)?;
        let sid = message.sid.clone();
        let text = Prepared::new(self.configuration.current(), &message);
        let receipt = self
            .store
            .write("receive_message", move |tx| {
                actions::receive_message(tx, &text, &message)
            })
            .await
            .map_err(|error| unavailable(&error))?;
        match receipt {
            Receipt::Taken => tracing::info!(message.sid = %sid, "Took a text in"),
            Receipt::Redelivered => {
                tracing::info!(message.sid = %sid, "A text was delivered again; nothing was done")
            }
            Receipt::Altered => {
                tracing::error!(message.sid = %sid, "A message id came again with other content; the first one stands");
            }
        }
        Ok(())
    }

    async fn take_status(
        &self,
        request: &HttpRequest,
        payload: web::Payload,
    ) -> Result<(), Refusal> {
        let params = self.genuine_params(request, payload).await?;
        let outbox_id = form::outbox_id(request.query_string());
        // A status that the gateway invented since is no reason to be asked again: it is logged, and all is as it was.
        let Some(report) = form::status_report(&params, outbox_id)? else {
            tracing::warn!("The gateway reported a status that is not known; nothing was changed");
            return Ok(());
        };
        let configuration = self.configuration.current();
        let recorded = self
            .store
            .write("record_delivery", move |tx| {
                actions::record_delivery(tx, &configuration, &report)
            })
            .await
            .map_err(|error| unavailable(&error))?;
        if recorded == Recorded::Unknown {
            tracing::warn!("The gateway reported on a text that is not ours");
        }
        Ok(())
    }

    /// The form of a request that one of our keys signed, for our account.
    async fn genuine_params(
        &self,
        request: &HttpRequest,
        payload: web::Payload,
    ) -> Result<Vec<Param>, Refusal> {
        let body = body::read(payload).await?;
        let target = request
            .uri()
            .path_and_query()
            .map_or("/", |target| target.as_str());
        let presented = request
            .headers()
            .get(&self.signature_header)
            .and_then(|header| header.to_str().ok())
            .ok_or(Refusal::NotSigned)?;
        let form = parse_form(&body);
        if !self.verifier.verify(target, &form, presented) {
            let bound_by_hash =
                !body.is_empty() && self.verifier.verify_body(target, &body, presented);
            return Err(if bound_by_hash {
                Refusal::NoForm
            } else {
                Refusal::NotSigned
            });
        }
        let query = request.query_string();
        let params = if form.is_empty() {
            parse_form(query.as_bytes())
        } else {
            form
        };
        match form::field(&params, "AccountSid") {
            Some(account) if account == self.account_sid => Ok(params),
            Some(_) => Err(Refusal::OtherAccount),
            None => Err(Refusal::FieldMissing("AccountSid")),
        }
    }
}

fn unavailable(error: &StoreError) -> Refusal {
    tracing::error!(%error, "A webhook could not be stored; the gateway was told 503");
    Refusal::Unavailable
}
