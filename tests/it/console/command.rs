//! `jibu user`, as who sets the service up calls it.

use std::path::Path;
use std::process::{Command, Output};

use crate::console::Browser;
use crate::process::{Process, free_port, shipped, variable};
use crate::served;

/// `jibu user …` on the sample county, with its data in `folder`, for a service at `url`.
fn user(folder: &Path, url: &str, arguments: &[&str]) -> Output {
    called(folder, url, "user", arguments)
}

/// The same of any command.
fn called(folder: &Path, url: &str, command: &str, arguments: &[&str]) -> Output {
    let settings = served::settings(
        folder,
        url,
        "http://127.0.0.1:9",
        &[("server.listen", "127.0.0.1:8080")],
    );
    Command::new(env!("CARGO_BIN_EXE_jibu"))
        .arg(command)
        .args(arguments)
        .arg("--config")
        .arg(shipped())
        .envs(
            settings
                .into_iter()
                .map(|(key, value)| (variable(key), value)),
        )
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), &output.stderr].concat()).unwrap()
}

/// `add` with the rest of what it needs.
fn adding<'a>(email: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["add", "--email", email, "--name", "Asha"];
    all.extend(rest);
    all
}

const ADMINISTRATOR: &[&str] = &["--role", "administrator"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_administrator_is_made_before_the_first_start() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    let added = user(
        folder.path(),
        &url,
        &adding("asha@example.org", ADMINISTRATOR),
    );
    let told = said(&added);
    assert!(added.status.success(), "{told}");
    let link = told
        .split_whitespace()
        .find(|word| word.starts_with(&url))
        .unwrap();
    let listed = said(&user(folder.path(), &url, &["list"]));
    assert!(
        listed.contains("asha@example.org") && listed.contains("invited to"),
        "{listed}"
    );

    let process = Process::serve(folder.path(), port, "http://127.0.0.1:9", &[]).await;
    let page = Browser::new(&url)
        .get(link.strip_prefix(&url).unwrap())
        .await;
    page.says("Welcome, Asha");

    // The database has one writer, and the service is it. Who only reads may.
    let refused = user(
        folder.path(),
        &url,
        &adding("noor@example.org", ADMINISTRATOR),
    );
    assert!(!refused.status.success());
    let told = said(&refused);
    assert!(told.contains("the service is running"), "{told}");
    assert!(told.contains(&format!("{url}/console/people")), "{told}");
    assert!(said(&user(folder.path(), &url, &["list"])).contains("asha@example.org"));
    drop(process);
}

#[test]
fn a_slip_in_a_role_or_an_id_is_told_with_what_may_be_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (rest, why) in [
        (&["--role", "oficer"][..], "did you mean `officer`?"),
        (&["--role", "officer"], "Add --organisation"),
        (&["--role", "committee"], "Add --county"),
        (
            &["--role", "officer", "--organisation", "wajir-watr"],
            "did you mean `wajir-water`?",
        ),
        (
            &["--role", "convener", "--organisation", "wajir-water"],
            "`wajir-water` convenes no county",
        ),
        (
            &["--role", "committee", "--county", "wajr"],
            "did you mean `wajir`?",
        ),
        (
            &["--role", "administrator", "--county", "wajir"],
            "of no organisation and no county",
        ),
    ] {
        let refused = user(
            folder.path(),
            "http://127.0.0.1:1",
            &adding("a@example.org", rest),
        );
        assert!(!refused.status.success(), "{rest:?}");
        assert!(said(&refused).contains(why), "{rest:?}: {}", said(&refused));
    }
    let refused = user(
        folder.path(),
        "http://127.0.0.1:1",
        &adding("asha", ADMINISTRATOR),
    );
    assert!(
        said(&refused).contains("no email address"),
        "{}",
        said(&refused)
    );
    let refused = user(folder.path(), "", &adding("a@example.org", ADMINISTRATOR));
    assert!(
        said(&refused).contains("server.public_url is not set"),
        "{}",
        said(&refused)
    );
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        0,
        "nothing was made"
    );
}

#[test]
fn links_are_made_anew_and_people_leave() {
    let folder = tempfile::tempdir().unwrap();
    let call =
        |arguments: &[&str]| said(&user(folder.path(), "https://sms.example.org", arguments));
    call(&adding("asha@example.org", ADMINISTRATOR));
    let again = call(&["invite", "--email", "Asha@example.org"]);
    assert!(
        again.contains("https://sms.example.org/console/invitation/"),
        "{again}"
    );
    let twice = call(&adding("asha@example.org", ADMINISTRATOR));
    assert!(twice.contains("Asha has that email already"), "{twice}");
    let nobody = call(&["invite", "--email", "noor@example.org"]);
    assert!(nobody.contains("jibu user list"), "{nobody}");

    let left = call(&["leave", "--email", "asha@example.org"]);
    assert!(left.contains("Asha can no longer log in"), "{left}");
    assert!(call(&["list"]).contains("left 20"));
    let gone = call(&["leave", "--email", "asha@example.org"]);
    assert!(gone.contains("nobody who can log in"), "{gone}");
}

#[tokio::test]
async fn what_a_hand_over_would_move_is_said_beforehand_and_nothing_is_moved() {
    let town = super::Town::new().await;
    for words in [
        "Something is wrong here",
        "They demanded a bribe",
        "They demanded a bribe at the drought management office",
        "Borehole in Eldas is broken",
    ] {
        town.texted(words).await;
    }
    let folder = town.served.folder.path();
    let county = |arguments: &[&str]| said(&called(folder, &town.served.url, "county", arguments));
    let told = county(&["hand-over", "--county", "wajir", "--to", "wajir-drought"]);
    for line in [
        "Wajir, from ti-wajir to wajir-drought. Nothing was changed.",
        "       3 open complaints would go along, 2 of them sensitive",
        "       1 of these would go to who oversees the county: they accuse wajir-drought",
        "       0 would stay with ti-wajir, to whom the rules send them by name",
        "Who logs in for wajir-drought: 0 as convener, 0 as officer.",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let holders: i64 = crate::world::past_the_store(folder)
        .query_row(
            "SELECT count(*) FROM complaint WHERE holder = 'ti-wajir'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(holders, 3);
    for (to, why) in [
        ("ti-wajir", "ti-wajir convenes wajir already"),
        ("wajir-drougt", "did you mean `wajir-drought`?"),
    ] {
        let told = county(&["hand-over", "--county", "wajir", "--to", to]);
        assert!(told.contains(why), "{told}");
    }
    assert!(county(&["list"]).contains("ti-wajir"));
    town.stop().await;
}

#[tokio::test]
async fn what_nobody_sees_any_more_is_said_when_the_last_of_an_organisation_leaves() {
    let town = super::Town::new().await;
    town.person("Asha", jibu::people::Role::Administrator).await;
    let halima = town.person("Halima", super::town::officer()).await;
    let hassan = town.person("Hassan", super::town::officer()).await;
    town.texted("Borehole in Eldas is broken").await;
    let mut asha = town.logged_in("Asha").await;
    asha.get("/console/people").await;
    let leave = |id: jibu::people::PersonId| format!("/console/people/{}/leave", id.0);
    let first = asha.post(&leave(halima.id), &[]).await;
    assert!(!first.text.contains("that nobody sees there"));
    let last = asha.post(&leave(hassan.id), &[]).await;
    last.says("Nobody else of Wajir County Water Department can log in.");
    last.says("Open complaints that nobody sees there: 1.");
    town.stop().await;
}
