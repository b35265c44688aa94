//! What the gateway received while nobody answered its webhooks is fetched from its list and handled, once.

mod hostile;
mod killed;
mod late;
pub(crate) mod list;
mod race;
mod times;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use jibu::clock::Clock;
use jibu::configuration::Live;
use jibu::gateway::sandbox::Sandbox;
use jibu::service::Service;
use jibu::store::Store;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::gateway_by;
use crate::served::{KEY, accepted, client, configuration, form, post, sandbox_by, wait_for};
use crate::world::{AMINA, HASSAN, LINE, past_the_store, paths};

/// A gateway that goes on while the service is down, and whose texts came ten minutes ago.
pub(super) struct Gateway {
    _sandbox: Sandbox,
    pub(super) url: String,
    client: Client,
}

impl Gateway {
    pub(super) fn start(service: &str) -> Self {
        let ago = Clock::system().now() - TimeDelta::minutes(10);
        Self::by(service, Clock::standing(ago))
    }

    fn by(service: &str, clock: Clock) -> Self {
        let (sandbox, url) = gateway_by(sandbox_by(service, clock));
        Self {
            _sandbox: sandbox,
            url,
            client: client(),
        }
    }

    /// Somebody texts the line; the gateway's id of it, and what its webhook was answered with: 0 where nobody did.
    pub(super) async fn text(&self, from: &str, words: &str) -> (String, u64) {
        let new = json!({ "from": from, "to": LINE, "body": words }).to_string();
        let request = self
            .client
            .post(format!("{}/sandbox/texts", self.url))
            .header("Content-Type", "application/json")
            .body(new);
        let answer = request.send().await.unwrap().text().await.unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let sid = answer["sid"].as_str().unwrap().to_owned();
        (sid, answer["webhook"].as_u64().unwrap())
    }

    /// What a phone got, the oldest first.
    pub(super) async fn texts_to(&self, phone: &str) -> Vec<String> {
        let texts = accepted(&self.client, &self.url).await;
        let to_phone = texts.iter().filter(|text| text["to"] == phone);
        to_phone
            .map(|text| text["body"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The service, which stops and starts on the same port.
struct Line {
    folder: TempDir,
    listener: TcpListener,
    url: String,
    client: Client,
}

impl Line {
    /// A port that is bound, so that nobody else gets it, and on which nobody answers; it did a while ago.
    async fn down() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let folder = tempfile::tempdir().unwrap();
        has_run_before(&folder).await;
        Self {
            folder,
            listener,
            url,
            client: client(),
        }
    }

    async fn start(&self, gateway: &str) -> Service {
        let clock = Clock::system();
        let configuration = configuration(self.folder.path(), &self.url, gateway, &[]);
        let live = Live::new(Arc::new(configuration), clock.now());
        let listener = self.listener.try_clone().unwrap();
        let none = |_: &jibu::store::Store| |_: &mut actix_web::web::ServiceConfig| {};
        Service::start(listener, live, clock, none).await.unwrap()
    }

    async fn health(&self) -> Value {
        let answer = self.client.get(format!("{}/health", self.url)).send();
        serde_json::from_str(&answer.await.unwrap().text().await.unwrap()).unwrap()
    }

    /// Waits until a look at the gateway's list has ended well.
    async fn has_looked(&self) -> Value {
        wait_for("a look at the list", async || {
            let health = self.health().await;
            (health["missed_texts"]["list"] == "well").then_some(health)
        })
        .await
    }
}

/// Makes a database in which all was looked through by an hour ago.
async fn has_run_before(folder: &TempDir) {
    let store = Store::open(&paths(folder), Clock::system()).unwrap();
    store.close().await;
    let at = Clock::system().now() - TimeDelta::hours(1);
    list::has_looked_before(folder, at);
}

/// A gateway whose webhooks lead nowhere, for a service that is down.
fn nowhere() -> Gateway {
    Gateway::start("http://127.0.0.1:9")
}

/// How many rows there are, `what` being a table and which of its rows.
fn rows(folder: impl AsRef<Path>, what: &str) -> u32 {
    past_the_store(folder)
        .query_row(&format!("SELECT count(*) FROM {what}"), [], |row| {
            row.get(0)
        })
        .unwrap()
}

#[tokio::test]
async fn who_texted_while_we_were_down_gets_a_number_once() {
    let (line, gateway) = (Line::down().await, nowhere());
    let words = "Borehole at Habasswein is broken";
    let (sid, webhook) = gateway.text(AMINA, words).await;
    assert_eq!(webhook, 0, "nobody answers");

    let service = line.start(&gateway.url).await;
    wait_for("Amina's answer", async || {
        let answers = gateway.texts_to(AMINA).await;
        (answers.len() == 1 && answers[0].contains("Complaint")).then_some(())
    })
    .await;
    let health = line.has_looked().await;
    assert_eq!(health["missed_texts"]["taken_in_since_start"], 1);
    assert_eq!(health["store"]["alarms"]["webhook_missed"]["times"], 1);

    // The webhook comes after all, from a gateway that is more patient than most.
    let late = form(&sid, AMINA, words);
    let answer = post(&line.client, &line.url, "/gateway/inbound", &late, KEY).await;
    assert_eq!(answer.status(), StatusCode::OK);
    service.stop().await;
    let service = line.start(&gateway.url).await;
    let health = line.has_looked().await;
    assert_eq!(health["missed_texts"]["taken_in_since_start"], 0);
    let alarms = &health["store"]["alarms"];
    assert_eq!(alarms["webhook_missed"]["times"], 1);
    assert_eq!(alarms["altered_redelivery"], Value::Null);
    assert_eq!(gateway.texts_to(AMINA).await.len(), 1);
    service.stop().await;
}

#[tokio::test]
async fn they_are_taken_in_as_they_came() {
    let (line, gateway) = (Line::down().await, nowhere());
    gateway
        .text(AMINA, "Borehole at Habasswein is broken")
        .await;
    gateway
        .text(HASSAN, "The clinic in Griftu has no medicine")
        .await;
    gateway.text(AMINA, "STATUS").await;
    let service = line.start(&gateway.url).await;
    let answers = wait_for("two answers to Amina", async || {
        let answers = gateway.texts_to(AMINA).await;
        (answers.len() == 2).then_some(answers)
    })
    .await;
    let number = &answers[0][21..33];
    assert!(
        answers[1].contains(number),
        "STATUS came second: {answers:?}"
    );
    service.stop().await;
}

#[tokio::test]
async fn what_just_came_is_left_to_its_webhook() {
    let line = Line::down().await;
    let gateway = Gateway::by("http://127.0.0.1:9", Clock::system());
    gateway.text(AMINA, "no water").await;
    let service = line.start(&gateway.url).await;
    let health = line.has_looked().await;
    assert_eq!(health["missed_texts"]["taken_in_since_start"], 0);
    assert_eq!(health["store"]["outbox"]["pending"], 0);
    assert_eq!(gateway.texts_to(AMINA).await.len(), 0);
    service.stop().await;
}

#[tokio::test]
async fn a_gateway_that_is_down_holds_nothing_up() {
    let line = Line::down().await;
    let service = line.start("http://127.0.0.1:9").await;
    let health = wait_for("a look that failed", async || {
        let health = line.health().await;
        (health["missed_texts"]["list"] == "down").then_some(health)
    })
    .await;
    assert_eq!(health["webhooks_can_be_committed"], true);
    assert_eq!(health["missed_texts"]["why"], "the gateway gave no answer");
    service.stop().await;
}
