//! Sends through any gateway that speaks Twilio's API: one POST a text, and a careful reading of what came of it.
//!
//! The API takes no idempotency key, so a request that may have been read is never made again (house rule "no blind
//! resend"): whatever is not proven to have failed is [`Outcome::Uncertain`]. That holds for every 5xx, also for 503,
//! which the gateway documents as safe: a proxy in between answers 503 too, after having passed the request on.

mod answer;

use std::fmt;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::{ACCEPT, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url};
use zeroize::Zeroizing;

use super::http::{Timeouts, http_client};
use super::{Outcome, OutgoingText, SmsGateway};
use crate::complaint::{Address, Failure};

/// The account at the gateway, and what each text is sent with.
#[derive(Clone)]
pub struct TwilioSettings {
    /// `https://api.twilio.com`, or another gateway's base, all before `/2010-04-01`.
    pub api_base: String,
    /// The account in the path, `AC…`.
    pub account_sid: String,
    /// User name: the account or, better, an API key, `SK…`.
    pub auth_user: String,
    /// Its secret.
    pub auth_password: Zeroizing<String>,
    /// What a text leaves from that is no answer to one.
    pub sender: Sender,
    /// Where the gateway reports how a text fares: our public URL and `/gateway/status`.
    pub status_callback: String,
    /// Seconds that a text may wait in the gateway's queue, 1 to 36,000; `None` is the gateway's default, ten hours.
    pub validity_seconds: Option<u32>,
}

impl fmt::Debug for TwilioSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioSettings")
            .field("account_sid", &self.account_sid)
            .finish_non_exhaustive()
    }
}

/// What a text leaves from.
#[derive(Clone, Debug)]
pub enum Sender {
    /// A number of ours.
    Number(Address),
    /// A messaging service, `MG…`, which chooses among its numbers.
    Service(String),
}

/// Why no client could be made of the settings.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The API's address cannot be used.
    #[error("gateway.api_base is no http or https URL")]
    ApiBase,
    /// Nor the one for status callbacks.
    #[error("the status callback's URL, made of server.public_url, is no http or https URL")]
    StatusCallback,
    /// TLS is not available.
    #[error("no HTTPS client could be made")]
    Client(#[from] reqwest::Error),
}

/// A gateway with Twilio's API.
#[derive(Debug)]
pub struct TwilioGateway {
    settings: TwilioSettings,
    messages: Url,
    status_callback: Url,
    client: Client,
}

impl TwilioGateway {
    /// Prepares a client; nothing is sent yet.
    ///
    /// # Errors
    /// A URL that is none, or a machine without TLS certificates.
    pub fn new(settings: TwilioSettings, timeouts: Timeouts) -> Result<Self, SetupError> {
        let messages = format!(
            "{}/2010-04-01/Accounts/{}/Messages.json",
            settings.api_base.trim_end_matches('/'),
            settings.account_sid
        );
        Ok(Self {
            messages: http_url(&messages).ok_or(SetupError::ApiBase)?,
            status_callback: http_url(&settings.status_callback)
                .ok_or(SetupError::StatusCallback)?,
            client: http_client(timeouts)?,
            settings,
        })
    }

    /// The form of one text. A reply leaves from the number that was texted, also where a service would choose.
    fn form<'a>(&'a self, text: &'a OutgoingText) -> Vec<(&'static str, String)> {
        let mut callback = self.status_callback.clone();
        callback
            .query_pairs_mut()
            .append_pair("oid", &text.outbox_id.to_string());
        let mut form = vec![
            ("To", text.to.expose().to_owned()),
            ("Body", text.body.clone()),
            ("StatusCallback", callback.into()),
        ];
        match (&text.from, &self.settings.sender) {
            (Some(from), _) | (None, Sender::Number(from)) => {
                form.push(("From", from.expose().to_owned()))
            }
            (None, Sender::Service(_)) => {}
        }
        if let Sender::Service(sid) = &self.settings.sender {
            form.push(("MessagingServiceSid", sid.clone()));
        }
        if let Some(seconds) = self.settings.validity_seconds {
            form.push(("ValidityPeriod", seconds.to_string()));
        }
        form
    }

    async fn post(&self, text: &OutgoingText) -> Outcome {
        let request = self
            .client
            .post(self.messages.clone())
            .basic_auth(
                &self.settings.auth_user,
                Some(self.settings.auth_password.as_str()),
            )
            .header(ACCEPT, "application/json")
            .form(&self.form(text));
        match request.send().await {
            Ok(response) => outcome_of(response).await,
            Err(error) => outcome_of_failure(&error),
        }
    }
}

impl SmsGateway for TwilioGateway {
    fn send<'a>(&'a self, text: &'a OutgoingText) -> BoxFuture<'a, Outcome> {
        self.post(text).boxed()
    }
}

fn http_url(url: &str) -> Option<Url> {
    Url::parse(url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// No answer came. Without a connection nothing left; with one, anything may have.
///
/// The error itself is not shown: it names the URL.
fn outcome_of_failure(error: &reqwest::Error) -> Outcome {
    let (why, proven) = match (error.is_connect(), error.is_timeout()) {
        (true, true) => ("no connection to the gateway: time-out", true),
        (true, false) => (
            "no connection to the gateway: name, TCP or TLS failed",
            true,
        ),
        (false, true) => ("time-out after the request was written", false),
        (false, false) => ("the connection broke after the request was written", false),
    };
    if error.is_builder() {
        Outcome::Rejected {
            code: None,
            failure: Failure::Misconfigured,
        }
    } else if proven {
        Outcome::NotSent {
            why: why.to_owned(),
            retry_after: None,
        }
    } else {
        Outcome::Uncertain {
            why: why.to_owned(),
        }
    }
}

/// The status decides; the body is read for the gateway's id or its error code only.
async fn outcome_of(response: Response) -> Outcome {
    let status = response.status();
    match status {
        StatusCode::TOO_MANY_REQUESTS => Outcome::NotSent {
            why: "the gateway takes no more requests for now (429)".to_owned(),
            retry_after: response
                .headers()
                .get(RETRY_AFTER)
                .and_then(answer::seconds),
        },
        // The gateway or a proxy gave up on a request that it had begun to read.
        StatusCode::REQUEST_TIMEOUT => uncertain(status),
        status if status.is_success() => answer::accepted(answer::read(response).await),
        // A POST that is sent elsewhere loses its form, and our credentials go to a stranger: an address to be mended.
        status if status.is_redirection() => Outcome::Rejected {
            code: None,
            failure: Failure::Misconfigured,
        },
        status if status.is_client_error() => answer::refused(status, answer::read(response).await),
        status => uncertain(status),
    }
}

fn uncertain(status: StatusCode) -> Outcome {
    Outcome::Uncertain {
        why: format!("the gateway answered {}", status.as_u16()),
    }
}

#[cfg(test)]
mod tests;
