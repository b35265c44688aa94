//! What the gateway's answers say, read leniently: ids are opaque, numbers come as integers or as strings, and compatible
//! gateways leave out what they do not have.

use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::complaint::{Delivery, Failure};
use crate::gateway::Outcome;
use crate::gateway::codes::failure_of;
use crate::gateway::http::{LARGEST_ANSWER, body_of};

/// The longest wait that the gateway can ask for: a wrong header must not silence the line for days.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// A JSON body, or in words for the log why there is none.
type Body = Result<Value, &'static str>;

/// Reads a body.
pub(super) async fn read(response: Response) -> Body {
    read_up_to(response, LARGEST_ANSWER).await
}

/// Reads a body of at most so many bytes.
pub(super) async fn read_up_to(response: Response, largest: usize) -> Body {
    let body = body_of(response, largest).await?;
    serde_json::from_slice(&body).map_err(|_| "the answer is no JSON")
}

/// What a 2xx says: taken, if it names the text. Otherwise it may be taken all the same.
pub(super) fn accepted(body: Body) -> Outcome {
    let message = match body {
        Ok(message) => message,
        Err(why) => return uncertain(why),
    };
    let Some(sid) = message.get("sid").and_then(opaque) else {
        return uncertain("the answer names no text");
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

/// It may be sent, and may not.
pub(super) fn uncertain(why: &str) -> Outcome {
    Outcome::Uncertain {
        why: format!("the gateway was asked, but {why}"),
    }
}

/// What a 4xx says. Nothing was taken, even where the body is unreadable.
pub(super) fn refused(status: StatusCode, body: Body) -> Outcome {
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
pub(super) fn opaque(value: &Value) -> Option<String> {
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
