//! The REST API: create, list, fetch, redact and delete texts, as the gateway's own SDKs call it.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream;

use super::error::ApiError;
use super::faults::Fault;
use super::listing::{Filter, page};
use super::request::text_of_request;
use super::resource::message;
use super::text::{Fate, Text};
use super::{Sandbox, carrier};
use crate::gateway::form::{parse_form, text_of};

/// Longer than any client waits.
const HANG: Duration = Duration::from_secs(60);

/// Mounts the API; each path with and without `.json`, since clients differ.
pub(super) fn configure(config: &mut ServiceConfig) {
    for suffix in ["", ".json"] {
        let list = format!("/2010-04-01/Accounts/{{account}}/Messages{suffix}");
        let one = format!("/2010-04-01/Accounts/{{account}}/Messages/{{sid:[A-Za-z0-9]+}}{suffix}");
        config.service(web::resource(list).get(index).post(create));
        config.service(web::resource(one).get(fetch).post(redact).delete(delete));
    }
}

async fn create(
    sandbox: Data<Sandbox>,
    account: Path<String>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, ApiError> {
    sandbox.authenticate(&request, &account)?;
    let fault = sandbox.0.faults.take();
    match fault {
        Fault::TooManyRequests { retry_after } => {
            return Err(ApiError::too_many_requests(retry_after));
        }
        Fault::ServerErrorNotAccepted => return Err(ApiError::INTERNAL),
        Fault::Refuse { code } => {
            return Err(ApiError::bad_request(
                code,
                "Refused, as the sandbox was told to",
            ));
        }
        _ => {}
    }
    let text = sandbox.accept(&body, fault)?;
    match fault {
        Fault::AcceptThenServerError => Err(ApiError::INTERNAL),
        Fault::AcceptThenReset | Fault::AcceptUnheard => Ok(broken_answer()),
        Fault::AcceptThenHang => {
            sandbox.hang().await;
            Err(ApiError::INTERNAL)
        }
        _ => Ok(HttpResponse::Created().json(message(&text, &account))),
    }
}

async fn index(
    sandbox: Data<Sandbox>,
    account: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    sandbox.authenticate(&request, &account)?;
    let query = parse_form(request.query_string().as_bytes());
    let filter = Filter::read(&query)?;
    let texts = sandbox.0.ledger.newest_first(|text| filter.wants(text));
    Ok(HttpResponse::Ok().json(page(&texts, &query, &account)))
}

async fn fetch(
    sandbox: Data<Sandbox>,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (account, sid) = path.into_inner();
    sandbox.authenticate(&request, &account)?;
    shown(sandbox.0.ledger.find(&sid), &account)
}

/// `Body=`, empty: the gateway forgets the words. It offers no other change to a text that is not scheduled.
async fn redact(
    sandbox: Data<Sandbox>,
    path: Path<(String, String)>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, ApiError> {
    let (account, sid) = path.into_inner();
    sandbox.authenticate(&request, &account)?;
    if text_of(&parse_form(&body), "Body") != Some("") {
        return Err(ApiError::bad_request(
            20_001,
            "A text can be redacted with an empty 'Body' only",
        ));
    }
    let now = sandbox.0.clock.now();
    let text = sandbox.0.ledger.change(&sid, |text| {
        text.body.clear();
        text.updated = now;
    });
    shown(text, &account)
}

async fn delete(
    sandbox: Data<Sandbox>,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (account, sid) = path.into_inner();
    sandbox.authenticate(&request, &account)?;
    let deleted = sandbox.0.ledger.change(&sid, |text| {
        text.body.clear();
        text.deleted = true;
    });
    deleted
        .map(|_| HttpResponse::NoContent().finish())
        .ok_or(ApiError::NOT_FOUND)
}

fn shown(text: Option<Text>, account: &str) -> Result<HttpResponse, ApiError> {
    let text = text.ok_or(ApiError::NOT_FOUND)?;
    Ok(HttpResponse::Ok().json(message(&text, account)))
}

impl Sandbox {
    /// Basic credentials, and the one account there is.
    fn authenticate(&self, request: &HttpRequest, account: &str) -> Result<(), ApiError> {
        let settings = &self.0.settings;
        let presented = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
            .and_then(|encoded| STANDARD.decode(encoded).ok());
        let expected = format!("{}:{}", settings.auth_user, settings.auth_password.as_str());
        if presented.as_deref() != Some(expected.as_bytes()) {
            return Err(ApiError::UNAUTHENTICATED);
        }
        if account != settings.account_sid {
            return Err(ApiError::NOT_FOUND);
        }
        Ok(())
    }

    /// Takes a text and hands it to the carrier, whatever the answer will be.
    fn accept(&self, body: &[u8], fault: Fault) -> Result<Text, ApiError> {
        let now = self.0.clock.now();
        let mut text = text_of_request(&parse_form(body), &self.0.settings.line_numbers, now)?;
        text.fate = match fault {
            Fault::NoCallbacks | Fault::AcceptUnheard => Fate::Silent,
            Fault::Undelivered { code } => Fate::Undelivered(code),
            _ => Fate::Delivered,
        };
        let outbox_id = text
            .outbox_id()
            .map(|id| format!(" for outbox row {id}"))
            .unwrap_or_default();
        text.note(
            now,
            "Request to the gateway",
            format!("POST Messages.json{outbox_id}: taken as {}.", text.sid),
        );
        self.0.ledger.add(text.clone());
        tokio::spawn(carrier::carry(self.clone(), text.sid.clone()));
        Ok(text)
    }

    async fn hang(&self) {
        let mut progress = self.0.ledger.progress();
        let closed = progress.wait_for(|progress| progress.closed);
        // Either way the wait is over.
        let _ = tokio::time::timeout(HANG, closed).await;
    }
}

/// An answer that breaks off after its head.
fn broken_answer() -> HttpResponse {
    let broken = stream::iter([Err::<Bytes, _>(ApiError::INTERNAL)]);
    HttpResponse::build(StatusCode::CREATED).streaming(broken)
}
