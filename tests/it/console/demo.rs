//! The demo's people, and that nobody but the demo knows them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::StatusCode;

use super::{Browser, Town};
use crate::process::free_port;

struct Demo(Child, String);

impl Demo {
    fn start() -> (Self, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port().to_string();
        let mut demo = Command::new(env!("CARGO_BIN_EXE_jibu"))
            .args(["demo", "--port", &port, "--data"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It says so when all is there.
        let said = BufReader::new(demo.stdout.take().unwrap()).lines();
        let mut said = said.map_while(Result::ok);
        let line = said.find_map(|line| {
            line.split_once("The console is at ")
                .map(|(_, url)| url.to_owned())
        });
        let url = line.unwrap().strip_suffix("/console").unwrap().to_owned();
        (Self(demo, url), folder)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_newcomer_gets_from_the_phones_to_each_of_the_people() {
    let (demo, _folder) = Demo::start();
    let mut browser = Browser::new(&demo.1);
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

#[tokio::test]
async fn the_service_shows_no_accounts() {
    let town = Town::new().await;
    let page = town
        .browser()
        .get("/console/login?as=halima@demo.example")
        .await;
    assert!(!page.text.contains("demo"), "{}", page.text);
    town.stop().await;
}
