//! What the gateway's answers say, read leniently: ids are opaque, numbers come as integers or as strings, and compatible
//! gateways leave out what they do not have.

use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::complaint::{Delivery, Failure};
use crate::gateway::Outcome;
use crate::gateway::codes::failure_of;

/// Bytes of an answer that are read. A message is under 2 KiB; more is no gateway's.
const LARGEST: usize = 64 * 1024;

/// The longest wait that the gateway can ask for: a wrong header must not silence the line for days.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// A body that did not arrive whole, in words for the log.
#[derive(Debug)]
pub(super) struct Unreadable(&'static str);

/// Reads a JSON body.
pub(super) async fn read(mut response: Response) -> Result<Value, Unreadable> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > LARGEST {
            return Err(Unreadable("the gateway's answer is over 64 KiB"));
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|_| Unreadable("the gateway's answer is no JSON"))
}

fn broken(error: &reqwest::Error) -> Unreadable {
    let why = if error.is_timeout() {
        "time-out within the gateway's answer"
    } else {
        "the gateway's answer broke off"
    };
    Unreadable(why)
}

/// What a 2xx says: taken, if it names the text. Otherwise it may be taken all the same.
pub(super) fn accepted(body: Result<Value, Unreadable>) -> Outcome {
    let message = match body {
        Ok(message) => message,
        Err(Unreadable(why)) => {
            return Outcome::Uncertain {
                why: why.to_owned(),
            };
        }
    };
    let Some(sid) = message.get("sid").and_then(opaque) else {
        return Outcome::Uncertain {
            why: "the gateway's answer names no text".to_owned(),
        };
    };
    // A status that was invented since: it has the text, and a callback will say more.
    let status = message
        .get("status")
        .and_then(Value::as_str)
        .and_then(Delivery::from_word);
    Outcome::Accepted {
        sid,
        status: status.unwrap_or(Delivery::Accepted),
    }
}

/// What a 4xx says. Nothing was taken, even where the body is unreadable.
pub(super) fn refused(status: StatusCode, body: Result<Value, Unreadable>) -> Outcome {
    let code = body.ok().as_ref().and_then(error_code);
    let failure = match status {
        // The credentials, or the account in the path.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => {
            Failure::Misconfigured
        }
        _ => code.map_or(Failure::Permanent, failure_of),
    };
    Outcome::Rejected { code, failure }
}

/// `{"code": 21211}`, or the `{"errors": [{"code": "21211"}]}` of a compatible gateway.
fn error_code(body: &Value) -> Option<u32> {
    let code = body
        .get("code")
        .or_else(|| body.pointer("/errors/0/code"))?;
    opaque(code)?.parse().ok()
}

/// A string, or a number as a string; never empty.
fn opaque(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `Retry-After` in seconds. Its other form, a date, is not used by the gateway.
pub(super) fn seconds(header: &HeaderValue) -> Option<Duration> {
    let seconds = header.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}
