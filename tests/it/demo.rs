//! The demo: its people, its clock that can be moved on, and its mail; and that nobody but the demo has them.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use chrono::TimeDelta;
use jibu::clock::Clock;
use jibu::configuration::Live;
use jibu::store::NewEmail;
use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::console::{Browser, Town};
use crate::emails::{owed, write};
use crate::process::free_port;
use crate::served::{Served, client, configuration, wait_for};
use crate::world::past_the_store;

struct Demo {
    process: Child,
    url: String,
}

impl Demo {
    fn start(data: &Path) -> Self {
        let port = free_port().to_string();
        let mut process = Command::new(env!("CARGO_BIN_EXE_jibu"))
            .args(["demo", "--port", &port, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It says so when all is there.
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut said = said.map_while(Result::ok);
        let line = said.find_map(|line| {
            line.split_once("The console is at ")
                .map(|(_, url)| url.to_owned())
        });
        let url = line.unwrap().strip_suffix("/console").unwrap().to_owned();
        Self { process, url }
    }

    async fn get(&self, path: &str) -> Response {
        let url = format!("{}{path}", self.url);
        client().get(url).send().await.unwrap()
    }

    /// What its page of phones shows beside them.
    async fn now(&self) -> Value {
        json(self.get("/demo/now").await).await
    }

    async fn move_on(&self, kind: &'static str, body: &'static str) -> Response {
        let request = client().post(format!("{}/demo/clock", self.url));
        let request = request.header("content-type", kind).body(body);
        request.send().await.unwrap()
    }

    /// The day that its clock shows.
    async fn day(&self) -> String {
        let now = self.now().await;
        let shows = now["shows"].as_str().unwrap();
        shows.split_once(',').unwrap().0.to_owned()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn json(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_newcomer_gets_from_the_phones_to_each_of_the_people() {
    let data = tempfile::tempdir().unwrap();
    let demo = Demo::start(data.path());
    let mut browser = Browser::new(&demo.url);
    let phones = browser.get("/phones").await;
    let console = phones.between("back. <a href=\"", "\"");
    let page = browser.get(&console).await;
    let emails: Vec<String> = page
        .text
        .split("name=\"as\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(emails.len(), 5, "{}", page.text);
    for email in emails {
        // The button fills the form, and the form logs in.
        let page = browser.get(&format!("{console}?as={email}")).await;
        page.says(&format!("type=\"email\" value=\"{email}\""));
        let password = page.between("type=\"password\" value=\"", "\"");
        let fields = [("email", email.as_str()), ("password", &password)];
        let page = browser.post("/console/login", &fields).await;
        assert_eq!(page.leads_to(), "/console", "{email}: {page:?}");
        let start = browser.follow(page).await;
        assert_eq!(start.status, StatusCode::OK);
        browser.get("/console/account").await.says(&email);
        browser.post("/console/logout", &[]).await;
    }
}

/// From a letter's link over the page that lets one choose who one is, to that complaint.
#[tokio::test]
async fn who_follows_a_link_comes_to_that_page_after_the_login() {
    let data = tempfile::tempdir().unwrap();
    let demo = Demo::start(data.path());
    let mut browser = Browser::new(&demo.url);
    let page = browser.get("/console/complaints?q=water").await;
    let page = browser.follow(page).await;
    let next = page.between(
        "name=\"as\" value=\"halima@demo.example\"><input type=\"hidden\" name=\"next\" value=\"",
        "\"",
    );
    assert_eq!(next, "/console/complaints?q=water");
    let page = browser
        .get("/console/login?as=halima@demo.example&next=%2Fconsole%2Fcomplaints%3Fq%3Dwater")
        .await;
    let password = page.between("type=\"password\" value=\"", "\"");
    let next = page.between("name=\"next\" value=\"", "\"");
    let fields = [
        ("email", "halima@demo.example"),
        ("password", &password),
        ("next", &next),
    ];
    let page = browser.post("/console/login", &fields).await;
    assert_eq!(page.leads_to(), "/console/complaints?q=water");
}

#[tokio::test]
async fn the_clock_is_moved_on_and_stays_so_over_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let demo = Demo::start(data.path());
    let today = demo.day().await;
    let moved = demo.move_on("application/json", r#"{"to":"day"}"#).await;
    let tomorrow = json(moved).await["shows"].clone();
    assert_ne!(demo.day().await, today);
    assert!(tomorrow.as_str().unwrap().starts_with(&demo.day().await));
    let moved = demo
        .move_on("application/json", r#"{"to":"morning"}"#)
        .await;
    let morning = json(moved).await;
    let shows = morning["shows"].as_str().unwrap();
    assert!(shows.ends_with(", 08:00"), "{shows}");
    assert!(
        morning["at_work"]
            .as_str()
            .unwrap()
            .starts_with("People are at work")
    );
    let day = demo.day().await;
    drop(demo);

    let demo = Demo::start(data.path());
    assert_eq!(demo.day().await, day);
}

/// A form is what another site could post in the name of who has the page open; JSON is not.
#[tokio::test]
async fn nothing_but_the_page_moves_the_clock() {
    let data = tempfile::tempdir().unwrap();
    let demo = Demo::start(data.path());
    let before = demo.day().await;
    for (kind, body) in [
        ("application/x-www-form-urlencoded", "to=day"),
        ("text/plain", r#"{"to":"day"}"#),
        ("application/json", r#"{"to":"yesterday"}"#),
        ("application/json", r#"{"to":"day","by":9}"#),
    ] {
        let answer = demo.move_on(kind, body).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{kind} {body}");
    }
    assert_eq!(
        demo.get("/demo/clock").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(demo.day().await, before);
}

#[tokio::test]
async fn the_mail_page_shows_each_letter_that_left_and_lets_none_run() {
    let data = tempfile::tempdir().unwrap();
    let demo = Demo::start(data.path());
    let empty = demo.get("/mail").await.text().await.unwrap();
    assert!(empty.contains("No letters yet"), "{empty}");
    drop(demo);

    write(data.path(), |tx| {
        tx.add_email(&owed("1", "desk@water.example", tx.now))?;
        tx.add_email(&NewEmail {
            subject: "<b>Late</b>",
            plain: "<script>alert(1)</script>",
            html: None,
            ..owed("2", "desk@health.example", tx.now)
        })?;
        tx.add_email(&owed("3", "no address", tx.now)).map(drop)
    })
    .await;
    let demo = Demo::start(data.path());
    let letters = wait_for("both letters", async || {
        let letters = demo.now().await["letters"].as_array().unwrap().clone();
        (letters.len() == 2).then_some(letters)
    })
    .await;
    let page = demo.get("/mail").await.text().await.unwrap();
    assert!(page.contains("desk@water.example") && page.contains("desk@health.example"));
    assert!(
        !page.contains("no address"),
        "it was refused, as a server would: {page}"
    );
    assert!(
        !page.contains("<b>Late") && !page.contains("<script>"),
        "{page}"
    );

    let water = letters
        .iter()
        .find(|letter| letter["to"] == "desk@water.example")
        .unwrap();
    let water = water["id"].as_str().unwrap();
    let one = demo
        .get(&format!("/mail/{}", water))
        .await
        .text()
        .await
        .unwrap();
    for part in [
        "Wajir line &#60;line@wajir.example&#62;",
        "<iframe src=\"/mail/",
        "sandbox=\"allow-popups allow-popups-to-escape-sandbox\"",
        "482 109 3753 waits since Monday.",
    ] {
        assert!(one.contains(part), "{part}: {one}");
    }
    let html = demo.get(&format!("/mail/{}/html", water)).await;
    let policy = html.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("; sandbox "),
        "{policy}"
    );
    assert!(!policy.contains("script"), "{policy}");
    assert!(
        html.text()
            .await
            .unwrap()
            .starts_with("<p>482 109 3753 waits")
    );
    for path in ["/mail/7", "/mail/x", "/mail/7/html"] {
        assert_eq!(
            demo.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

/// Sooner than the timers look by themselves, which is once a minute: patience is shorter.
#[tokio::test]
async fn what_is_due_is_looked_at_as_soon_as_the_clock_was_moved() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let clock = Clock::standing("2026-10-14T09:00:00Z".parse().unwrap());
    let configuration = Arc::new(configuration(folder.path(), &url, &url, &[]));
    let live = Live::new(configuration, clock.now());
    let served = Served::start_at(folder, listener, live, clock.clone()).await;
    let taken = served
        .deliver("SM1", "+254700100201", "Borehole at Habasswein is broken")
        .await;
    assert_eq!(taken, StatusCode::OK);
    let read = |sql: &str| -> Option<i64> {
        let connection = past_the_store(&served.folder);
        connection.query_row(sql, [], |row| row.get(0)).ok()
    };
    // No clock that goes by itself is believed to jump a day.
    for _ in 0..8 {
        wait_for("the look", async || {
            let seen = read("SELECT seen_at FROM clock");
            (seen == Some(clock.now().timestamp_millis())).then_some(())
        })
        .await;
        clock.advance(TimeDelta::hours(21));
    }
    wait_for("the first reminder", async || {
        let steps = read("SELECT count(*) FROM reminder WHERE step = 'first'");
        (steps == Some(1)).then_some(())
    })
    .await;
    served.stop().await;
}

#[tokio::test]
async fn the_service_has_none_of_it() {
    let town = Town::new().await;
    let mut browser = town.browser();
    let page = browser.get("/console/login?as=halima@demo.example").await;
    assert!(!page.text.contains("demo"), "{}", page.text);
    for path in ["/mail", "/demo/now", "/demo/beside.js"] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    town.stop().await;
}
