//! What the sandbox posts to the service: signed forms, as the real gateway makes them.

use std::fmt;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;

use super::text::{Direction, Status, Text, encoding_of, new_sid};
use super::{Sandbox, carrier};
use crate::clock::Stopwatch;
use crate::gateway::http::{LARGEST_ANSWER, body_of};
use crate::gateway::signature::{Algorithm, sign, signed_url};

/// What came back.
pub(super) struct Answer {
    /// `None`: no answer.
    status: Option<u16>,
    /// The gateway texts a plain answer back to the person.
    plain_text: Option<String>,
    took: Duration,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "{status} in {} ms", self.took.as_millis()),
            None => write!(f, "nothing in {} ms", self.took.as_millis()),
        }
    }
}

impl Sandbox {
    /// Posts a form, signed over the URL and all of it.
    ///
    /// As the real gateway by default: a second attempt where no connection came about, none after anything else.
    pub(super) async fn post_signed(&self, url: &str, form: &[(&'static str, String)]) -> Answer {
        let took = Stopwatch::start();
        let mut answer = self.attempt(url, form).await;
        if answer.as_ref().is_err_and(reqwest::Error::is_connect) {
            answer = self.attempt(url, form).await;
        }
        let Ok(answer) = answer else {
            return Answer {
                status: None,
                plain_text: None,
                took: took.elapsed(),
            };
        };
        let status = answer.status();
        let is_plain = answer
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
        let body = body_of(answer, LARGEST_ANSWER).await.unwrap_or_default();
        let plain_text = String::from_utf8(body).ok();
        let plain_text =
            plain_text.filter(|body| is_plain && status.is_success() && !body.is_empty());
        Answer {
            status: Some(status.as_u16()),
            plain_text,
            took: took.elapsed(),
        }
    }

    async fn attempt(
        &self,
        url: &str,
        form: &[(&'static str, String)],
    ) -> reqwest::Result<reqwest::Response> {
        let key = &self.0.settings.signing_key;
        let params: Vec<_> = form
            .iter()
            .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
            .collect();
        let mut request = self
            .0
            .client
            .post(url)
            .header("user-agent", "TwilioProxy/1.1")
            .header("i-twilio-idempotency-token", new_sid(""))
            .header("x-twilio-signature", sign(key, &signed_url(url), &params));
        if key.algorithm() == Algorithm::Sha256 {
            request = request.header(
                "x-twilio-webhooks-signature-settings",
                "key=sandbox,algorithm=HMAC_SHA256",
            );
        }
        request.form(form).send().await
    }

    /// A text from a phone to the line: kept, then told to the service.
    pub(super) async fn text_the_line(
        self,
        from: String,
        to: String,
        body: String,
    ) -> Option<Text> {
        let now = self.0.clock.now();
        let mut text = Text::new(Direction::Inbound, Some(from), to, body, now);
        let (encoding, segments) = (encoding_of(&text.body), text.segments());
        text.reach(Status::Received, now);
        text.note(
            now,
            "Text from the phone",
            format!("{segments} × {encoding}, by the gateway's id {}.", text.sid),
        );
        let form = self.form(&text);
        text.note(
            now,
            "Webhook to the service",
            format!("Signed POST with {} parameters.", form.len()),
        );
        self.0.ledger.add(text.clone());

        let answer = self.post_signed(&self.0.settings.webhook_url, &form).await;
        let now = self.0.clock.now();
        let text = self.0.ledger.change(&text.sid, |text| {
            text.webhook = Some(answer.status.unwrap_or_default());
            text.note(now, "Webhook answered", format!("With {answer}."));
        })?;
        if let Some(words) = answer.plain_text {
            self.answer_in_words(&text, words);
        }
        Some(text)
    }

    /// A plain answer to a webhook goes to the person as a text: a trap that the real gateway has, too.
    fn answer_in_words(&self, text: &Text, words: String) {
        let (from, to) = (text.to.clone(), text.from.clone().unwrap_or_default());
        let reply = Text::new(
            Direction::OutboundReply,
            Some(from),
            to,
            words,
            self.0.clock.now(),
        );
        let sid = reply.sid.clone();
        self.0.ledger.add(reply);
        tokio::spawn(carrier::carry(self.clone(), sid));
    }

    /// Every parameter that the gateway sends with a text; it looks places up in vain for most numbers.
    fn form(&self, text: &Text) -> Vec<(&'static str, String)> {
        let (from, to) = (text.from.clone().unwrap_or_default(), text.to.clone());
        let country = |number: &str| country_of(number).to_owned();
        let mut form = vec![
            ("ToCountry", country(&to)),
            ("SmsMessageSid", text.sid.clone()),
            ("NumMedia", "0".to_owned()),
            ("SmsSid", text.sid.clone()),
            ("SmsStatus", "received".to_owned()),
            ("Body", text.body.clone()),
            ("FromCountry", country(&from)),
            ("To", to),
            ("NumSegments", text.segments().to_string()),
            ("MessageSid", text.sid.clone()),
            ("AccountSid", self.0.settings.account_sid.clone()),
            ("From", from),
            ("ApiVersion", "2010-04-01".to_owned()),
        ];
        for unknown in [
            "ToState",
            "ToCity",
            "ToZip",
            "FromState",
            "FromCity",
            "FromZip",
        ] {
            form.push((unknown, String::new()));
        }
        form
    }
}

/// The country by its calling code (ITU-T E.164), for the line's neighbourhood.
fn country_of(number: &str) -> &'static str {
    match number.get(..4) {
        Some("+254") => "KE",
        Some("+252") => "SO",
        Some("+251") => "ET",
        Some("+256") => "UG",
        Some("+211") => "SS",
        _ => "",
    }
}
