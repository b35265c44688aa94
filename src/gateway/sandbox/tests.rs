//! The sandbox as its callers see it: over real HTTP, with our own client on one side and a stub of our doors on the other.

mod api;
mod phones;

use std::net::TcpListener;
use std::sync::Mutex;

use actix_web::dev::ServerHandle;
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use chrono::DateTime;
use serde_json::{Value, json};

use super::ledger::Progress;
use super::text::{Direction, Status, Text};
use super::*;
use crate::complaint::{Address, Delivery, Failure};
use crate::gateway::form::{Param, parse_form, text_of};
use crate::gateway::signature::Verifier;
use crate::gateway::twilio::{Sender, TwilioGateway, TwilioSettings};
use crate::gateway::{Outcome, OutgoingText, SmsGateway};

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const LINE: &str = "+254709000000";
const PHONE: &str = "+254700100200";

/// A request that the service's doors got.
#[derive(Clone)]
struct Knock {
    target: String,
    form: Vec<Param>,
    is_genuine: bool,
}

impl Knock {
    fn field(&self, name: &str) -> &str {
        text_of(&self.form, name).unwrap_or("(missing)")
    }
}

/// What the stub of our doors answers, and what it has seen.
struct Doors {
    verifier: Verifier,
    answer: (&'static str, &'static str),
    knocks: Mutex<Vec<Knock>>,
}

/// A running sandbox with a service behind it.
struct House {
    base: String,
    sandbox: Sandbox,
    doors: Data<Doors>,
    server: ServerHandle,
    http: reqwest::Client,
}

async fn knock(doors: Data<Doors>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let target = request.uri().path_and_query().unwrap().to_string();
    let form = parse_form(&body);
    let signature = request
        .headers()
        .get("x-twilio-signature")
        .unwrap()
        .to_str()
        .unwrap();
    let is_genuine = doors.verifier.verify(&target, &form, signature);
    doors.knocks.lock().unwrap().push(Knock {
        target,
        form,
        is_genuine,
    });
    HttpResponse::Ok()
        .content_type(doors.answer.0)
        .body(doors.answer.1)
}

async fn house_with(
    answer: (&'static str, &'static str),
    adapt: impl FnOnce(&mut SandboxSettings),
) -> House {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let key = SigningKey::parse("hmac-sha256:key of the demo").unwrap();
    let mut settings = SandboxSettings {
        account_sid: ACCOUNT.to_owned(),
        auth_user: "SK1".to_owned(),
        auth_password: Zeroizing::new("secret".to_owned()),
        signing_key: key.clone(),
        webhook_url: format!("{base}/gateway/inbound"),
        line_name: "Wajir line".to_owned(),
        line_numbers: vec![LINE.to_owned()],
        store: None,
        carrier_delay: Duration::ZERO,
        other_side: None,
        beside: None,
    };
    adapt(&mut settings);
    let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
    let sandbox = Sandbox::new(settings, Clock::standing(now)).unwrap();
    let doors = Doors {
        verifier: Verifier::new(&base, vec![key]),
        answer,
        knocks: Mutex::default(),
    };
    let (doors, mounted) = (Data::new(doors), sandbox.clone());
    let seen = doors.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(seen.clone())
            .configure(|config| mounted.configure(config))
            .route("/gateway/{door}", actix_web::web::post().to(knock))
    });
    let server = server
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let http = http_client(&base, Timeouts::default()).unwrap();
    House {
        base,
        sandbox,
        doors,
        server: handle,
        http,
    }
}

async fn house() -> House {
    house_with(("text/xml", "<Response/>"), |_| {}).await
}

impl House {
    fn knocks(&self) -> Vec<Knock> {
        self.doors.knocks.lock().unwrap().clone()
    }

    /// Waits until the texts are as they are wished for.
    async fn until(&self, is_so: impl Fn(&[Text]) -> bool) -> Vec<Text> {
        let mut progress = self.sandbox.0.ledger.progress();
        loop {
            let Progress { revision, .. } = *progress.borrow_and_update();
            let texts = self.sandbox.0.ledger.since(0, 100);
            if is_so(&texts) {
                return texts;
            }
            let change = progress.wait_for(|progress| progress.revision > revision);
            tokio::time::timeout(Duration::from_secs(10), change)
                .await
                .expect("it never came to that")
                .unwrap();
        }
    }

    fn client(&self) -> TwilioGateway {
        let settings = TwilioSettings {
            api_base: self.base.clone(),
            account_sid: ACCOUNT.to_owned(),
            auth_user: "SK1".to_owned(),
            auth_password: Zeroizing::new("secret".to_owned()),
            sender: Sender::Number(Address::new(LINE)),
            status_callback: format!("{}/gateway/status", self.base),
            validity_seconds: None,
        };
        TwilioGateway::new(
            settings,
            Timeouts {
                total: Duration::from_millis(500),
                ..Timeouts::default()
            },
        )
        .unwrap()
    }

    async fn send(&self, outbox_id: i64, to: &str) -> Outcome {
        let text = OutgoingText {
            outbox_id,
            to: Address::new(to),
            from: None,
            body: "Asante".to_owned(),
        };
        self.client().send(&text).await
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let answer = self
            .http
            .post(format!("{}{path}", self.base))
            .header("content-type", "application/json");
        let answer = answer.body(body.to_string()).send().await.unwrap();
        (
            answer.status().as_u16(),
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default(),
        )
    }

    async fn rest(&self, method: &str, path: &str, form: &str) -> (u16, Value) {
        let url = format!("{}/2010-04-01/Accounts/{ACCOUNT}{path}", self.base);
        let request = self
            .http
            .request(method.parse().unwrap(), url)
            .basic_auth("SK1", Some("secret"));
        let answer = request.body(form.to_owned()).send().await.unwrap();
        (
            answer.status().as_u16(),
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default(),
        )
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        self.http
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .unwrap()
    }
}
