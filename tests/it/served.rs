//! The real service with a sandbox gateway, both over real HTTP in this process.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use jibu::clock::Clock;
use jibu::configuration::{Configuration, Live};
use jibu::gateway::form::parse_form;
use jibu::gateway::http::{Timeouts, http_client};
use jibu::gateway::sandbox::{Sandbox, SandboxSettings};
use jibu::gateway::signature::{SigningKey, sign};
use jibu::service::Service;
use reqwest::{Client, Response, StatusCode};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::world::LINE;

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const PASSWORD: &str = "sandbox-password";
pub(crate) const KEY: &str = "sandbox-signing-key";

/// How long anything that is waited for may take on a slow machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Served {
    pub service: Option<Service>,
    pub sandbox: Sandbox,
    pub url: String,
    pub client: Client,
    pub folder: TempDir,
}

impl Served {
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With settings of its own, `("limits.replies_per_minute", "…")`.
    pub(crate) async fn start_with(changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::start_in(folder, changes).await
    }

    pub(crate) async fn start_in(folder: TempDir, changes: &[(&str, &str)]) -> Self {
        Self::start_by(folder, changes, Clock::system()).await
    }

    /// By a clock that the test moves ahead.
    pub(crate) async fn start_moved(changes: &[(&str, &str)]) -> (Self, Clock) {
        let clock = Clock::ahead(TimeDelta::zero());
        let folder = tempfile::tempdir().unwrap();
        let served = Self::start_by(folder, changes, clock.clone()).await;
        (served, clock)
    }

    async fn start_by(folder: TempDir, changes: &[(&str, &str)], clock: Clock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let configuration = Arc::new(configuration(folder.path(), &url, &url, changes));
        let live = Live::new(configuration, clock.now());
        Self::start_at(folder, listener, live, clock).await
    }

    /// By whatever version is in force.
    pub(crate) async fn start_live(folder: TempDir, listener: TcpListener, live: Live) -> Self {
        Self::start_at(folder, listener, live, Clock::system()).await
    }

    /// By another clock than the system's.
    pub(crate) async fn start_at(
        folder: TempDir,
        listener: TcpListener,
        live: Live,
        clock: Clock,
    ) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = sandbox(&url);
        let gateway = sandbox.clone();
        let service = Service::start(listener, live, clock, |_| {
            move |routes: &mut actix_web::web::ServiceConfig| gateway.configure(routes)
        })
        .await
        .unwrap();
        Self {
            service: Some(service),
            sandbox,
            url,
            client: client(),
            folder,
        }
    }

    /// Delivers a text as the gateway does.
    pub(crate) async fn deliver(&self, sid: &str, from: &str, body: &str) -> StatusCode {
        let form = form(sid, from, body);
        post(&self.client, &self.url, "/gateway/inbound", &form, KEY)
            .await
            .status()
    }

    pub(crate) async fn health(&self) -> serde_json::Value {
        let answer = self.ask_for_health().await;
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    pub(crate) async fn health_status(&self) -> StatusCode {
        self.ask_for_health().await.status()
    }

    async fn ask_for_health(&self) -> Response {
        let request = self.client.get(format!("{}/health", self.url));
        request.send().await.unwrap()
    }

    /// Waits until nothing is to be sent or on the wire any more.
    pub(crate) async fn settled(&self) -> serde_json::Value {
        wait_for("the outbox to settle", async || {
            let health = self.health().await;
            let outbox = &health["store"]["outbox"];
            (outbox["pending"] == 0 && outbox["sending"] == 0).then_some(health)
        })
        .await
    }

    /// What the gateway accepted.
    pub(crate) async fn accepted(&self) -> Vec<serde_json::Value> {
        accepted(&self.client, &self.url).await
    }

    pub(crate) async fn stop(mut self) -> TempDir {
        self.sandbox.close();
        if let Some(service) = self.service.take() {
            service.stop().await;
        }
        self.folder
    }
}

pub(crate) fn client() -> Client {
    http_client(
        "http:",
        Timeouts {
            connect: PATIENCE,
            total: PATIENCE,
        },
    )
    .unwrap()
}

/// The sample county's configuration, for a service at `url` whose gateway is at `api_base`.
pub(crate) fn configuration(
    folder: &Path,
    url: &str,
    api_base: &str,
    changes: &[(&str, &str)],
) -> Configuration {
    Configuration::sample(folder, &settings(folder, url, api_base, changes)).unwrap()
}

/// What the tests set; `changes` come last.
pub(crate) fn settings<'a>(
    folder: &Path,
    url: &str,
    api_base: &str,
    changes: &[(&'a str, &str)],
) -> Vec<(&'a str, String)> {
    let file = |name: &str| folder.join(name).display().to_string();
    let mut settings: Vec<(&str, String)> = vec![
        (
            "server.listen",
            url.trim_start_matches("http://").to_owned(),
        ),
        ("server.public_url", url.to_owned()),
        ("database.path", file("jibu.sqlite3")),
        ("keys.path", file("jibu.keys")),
        ("gateway.api_base", api_base.to_owned()),
        ("gateway.account_sid", ACCOUNT.to_owned()),
        ("gateway.auth_password", PASSWORD.to_owned()),
        ("gateway.from", LINE.to_owned()),
        ("gateway.signature_keys", KEY.to_owned()),
        ("outbox.per_second", "1000".to_owned()),
    ];
    for (key, value) in changes {
        settings.retain(|(known, _)| known != key);
        settings.push((key, (*value).to_owned()));
    }
    settings
}

pub(crate) fn sandbox(service: &str) -> Sandbox {
    sandbox_by(service, Clock::system())
}

/// By another clock than the system's.
pub(crate) fn sandbox_by(service: &str, clock: Clock) -> Sandbox {
    let settings = SandboxSettings {
        account_sid: ACCOUNT.to_owned(),
        auth_user: ACCOUNT.to_owned(),
        auth_password: Zeroizing::new(PASSWORD.to_owned()),
        signing_key: SigningKey::parse(KEY).unwrap(),
        webhook_url: format!("{service}/gateway/inbound"),
        line_name: "jibu".to_owned(),
        line_numbers: vec![LINE.to_owned()],
        store: None,
        carrier_delay: Duration::ZERO,
        other_side: None,
        beside: None,
    };
    Sandbox::new(settings, clock).unwrap()
}

/// The form of a text, as gateways send it.
pub(crate) fn form(sid: &str, from: &str, body: &str) -> Vec<(String, String)> {
    [
        ("ToCountry", "KE"),
        ("ToState", ""),
        ("SmsMessageSid", sid),
        ("NumMedia", "0"),
        ("ToCity", ""),
        ("FromZip", ""),
        ("SmsSid", sid),
        ("FromState", ""),
        ("SmsStatus", "received"),
        ("FromCity", ""),
        ("Body", body),
        ("FromCountry", "KE"),
        ("To", LINE),
        ("NumSegments", "1"),
        ("MessageSid", sid),
        ("AccountSid", ACCOUNT),
        ("From", from),
        ("ApiVersion", "2010-04-01"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

pub(crate) fn encoded(form: &[(String, String)]) -> String {
    let escape = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    form.iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Posts a form, signed with `key` for `path` (which may carry a query).
pub(crate) async fn post(
    client: &Client,
    url: &str,
    path: &str,
    form: &[(String, String)],
    key: &str,
) -> Response {
    post_body(client, url, path, encoded(form).into_bytes(), key).await
}

pub(crate) async fn post_body(
    client: &Client,
    url: &str,
    path: &str,
    body: Vec<u8>,
    key: &str,
) -> Response {
    let target = format!("{url}{path}");
    let signature = sign(
        &SigningKey::parse(key).unwrap(),
        &target,
        &parse_form(&body),
    );
    client
        .post(target)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Twilio-Signature", signature)
        .body(body)
        .send()
        .await
        .unwrap()
}

pub(crate) async fn accepted(client: &Client, url: &str) -> Vec<serde_json::Value> {
    let answer = client
        .get(format!("{url}/sandbox/messages"))
        .send()
        .await
        .unwrap();
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// Looks again and again until there is something, and fails when patience ends.
pub(crate) async fn wait_for<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let found = tokio::time::timeout(PATIENCE, async {
        loop {
            match look().await {
                Some(found) => return found,
                None => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    });
    found
        .await
        .unwrap_or_else(|_| panic!("waited {PATIENCE:?} for {what}"))
}
