//! Sends through any gateway that speaks Twilio's API: one POST a text, and a careful reading of what came of it.
//!
//! The API takes no idempotency key, so a request that may have been read is never made again (no blind
//! resend): whatever is not proven to have failed is [`Outcome::Uncertain`]. That holds for every 5xx, also for 503,
//! which the gateway documents as safe: a proxy in between answers 503 too, after having passed the request on.

mod answer;
mod list;

use std::fmt;
use std::time::Duration;

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
    /// Where the gateway reports how a text fares: our public URL and `/gateway/status`, and behind a `#` how hard it tries.
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
    /// No certificates to trust.
    #[error(
        "no HTTP client could be made: are the certificates of the operating system (ca-certificates) there?"
    )]
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
    /// A URL that is none, or `https` on a machine without certificates.
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
            client: http_client(&settings.api_base, timeouts)?,
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
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => not_sent("no connection to the gateway in time", None),
        (true, false) => not_sent(
            "no connection to the gateway: name, TCP or TLS failed",
            None,
        ),
        (false, true) => answer::uncertain("no answer came in time"),
        (false, false) => answer::uncertain("the connection broke before an answer"),
    }
}

fn not_sent(why: &str, retry_after: Option<Duration>) -> Outcome {
    Outcome::NotSent {
        why: why.to_owned(),
        retry_after,
    }
}

/// The status decides; the body is read for the gateway's id or its error code only.
async fn outcome_of(response: Response) -> Outcome {
    let status = response.status();
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            let wait = response
                .headers()
                .get(RETRY_AFTER)
                .and_then(answer::seconds);
            not_sent("the gateway takes no more requests for now (429)", wait)
        }
        status if status.is_success() => answer::accepted(answer::read(response).await),
        // A POST that is sent elsewhere loses its form, and our credentials go to a stranger: an address to be mended.
        status if status.is_redirection() => Outcome::Rejected {
            code: None,
            failure: Failure::Misconfigured,
        },
        // 408: it gave up on a request that it had begun to read.
        status if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT => {
            answer::refused(status, answer::read(response).await)
        }
        status => answer::uncertain(&format!("it answered {}", status.as_u16())),
    }
}

#[cfg(test)]
mod tests;
