//! Complaints that somebody of a partner takes down: what they type, what comes of it, and who reads whose name.

mod whose;

use jibu::complaint::TrackingNumber;
use reqwest::StatusCode;

use super::town::{convener, health, officer};
use super::{Browser, Page, Town};
use crate::world::past_the_store;

const INTAKE: &str = "/console/intake";
const PUMP: &str = "The pump at the school in Eldas is broken";
const BRIBE: &str = "The water officer wants a bribe";
const PHONE: &str = "0711 000 001";

/// Halima works for the water department, Yusuf for health, Noor convenes.
async fn people(town: &Town) -> (Browser, Browser, Browser) {
    town.person("Halima", officer()).await;
    town.person("Yusuf", health()).await;
    town.person("Noor", convener()).await;
    (
        town.logged_in("Halima").await,
        town.logged_in("Yusuf").await,
        town.logged_in("Noor").await,
    )
}

/// Opens the form and hands this in.
async fn hand_in(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    let once = open(browser).await;
    send(browser, &once, fields).await
}

/// Opens the form; its own key.
async fn open(browser: &mut Browser) -> String {
    browser
        .get(INTAKE)
        .await
        .between("name=\"once\" value=\"", "\"")
}

async fn send(browser: &mut Browser, once: &str, fields: &[(&str, &str)]) -> Page {
    let fields = [&[("once", once)], fields].concat();
    browser.post(INTAKE, &fields).await
}

/// The number on a slip.
fn number(slip: &Page) -> u64 {
    assert_eq!(slip.status, StatusCode::OK, "{slip:?}");
    let digits = slip.between("<p class=\"large number\">", "</p>");
    digits.replace(' ', "").parse().unwrap()
}

fn at(number: u64) -> String {
    format!("/console/complaints/{number}")
}

fn one(town: &Town, sql: &str) -> String {
    past_the_store(&town.served.folder)
        .query_row(&format!("SELECT coalesce(({sql}), '') || ''"), [], |row| {
            row.get(0)
        })
        .unwrap()
}

#[tokio::test]
async fn a_walk_in_is_a_complaint_with_all_that_was_said_and_a_slip_says_what_comes_next() {
    let town = Town::new().await;
    let (mut halima, _, mut noor) = people(&town).await;
    let slip = hand_in(
        &mut halima,
        &[
            ("words", PUMP),
            ("place", "wajir-south"),
            ("sector", "water"),
            ("gender", "woman"),
            ("age", "under_18"),
            ("phone", PHONE),
            ("name", "Amina Abdi"),
            ("brings", "another"),
            ("brought_by", "Chief Omar"),
        ],
    )
    .await;
    slip.says("It is with Wajir County Water Department.");
    slip.says("An answer is due by");
    slip.says("It is being sent to your phone as well.");
    slip.says("Text the number to +254700100200.");
    slip.says("/track, with the number and the last four digits of your phone.");
    assert!(!slip.text.contains("class=\"code"), "there is a phone");
    let number = number(&slip);
    slip.says(&format!("href=\"{}\"", at(number)));
    assert_eq!(one(&town, "SELECT channel FROM complaint"), "walk_in");
    assert_eq!(one(&town, "SELECT count(*) FROM outbox"), "1");

    for browser in [&mut halima, &mut noor] {
        let page = browser.get(&at(number)).await;
        page.says(PUMP);
        page.says("Across a desk, ");
        page.says("Wajir South");
        page.says("<dt>From</dt><dd><bdi>Amina Abdi, a woman, under 18</bdi>");
        page.says("<bdi>Chief Omar</bdi>");
        page.says("<dt>Taken down by</dt><dd><bdi>Halima");
        assert!(!page.text.contains("Entered "), "on the same day");
    }
    let list = halima.get("/console/complaints").await;
    list.says("<span>Across a desk</span>");
    let texted = town.texted("No water in Buna").await;
    let list = halima.get("/console/complaints").await;
    list.says(&texted.to_string());
    assert_eq!(list.text.matches("<span>By SMS</span>").count(), 0);
    town.stop().await;
}

#[tokio::test]
async fn enter_pressed_twice_makes_one_complaint_and_the_same_slip() {
    let town = Town::new().await;
    let (mut halima, mut yusuf, _) = people(&town).await;
    let once = open(&mut halima).await;
    let first = send(&mut halima, &once, &[("words", PUMP)]).await;
    let again = send(&mut halima, &once, &[("words", PUMP)]).await;
    assert_eq!(number(&first), number(&again));
    let code = |slip: &Page| slip.between("class=\"code number\">", "<");
    assert_eq!(code(&first), code(&again));
    assert_eq!(one(&town, "SELECT count(*) FROM complaint"), "1");

    let altered = send(&mut halima, &once, &[("words", "No water in Buna")]).await;
    assert_eq!(altered.status, StatusCode::CONFLICT);
    let handed_in = TrackingNumber::from_value(number(&first)).to_string();
    altered.says(&format!("handed in already, as {handed_in}"));
    altered.says(">No water in Buna</textarea>");
    assert_eq!(one(&town, "SELECT count(*) FROM complaint"), "1");
    let new = altered.between("name=\"once\" value=\"", "\"");
    assert_ne!(new, once);
    let second = send(&mut halima, &new, &[("words", "No water in Buna")]).await;
    assert_ne!(number(&second), number(&first));

    // The key is theirs: to another it opens nothing.
    open(&mut yusuf).await;
    let others = send(&mut yusuf, &once, &[("words", PUMP)]).await;
    assert_ne!(number(&others), number(&first));
    let broken = send(&mut yusuf, "x", &[("words", PUMP)]).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    town.stop().await;
}

#[tokio::test]
async fn what_is_to_be_mended_stands_beside_its_field_and_all_that_was_typed_is_kept() {
    let town = Town::new().await;
    let (mut halima, ..) = people(&town).await;
    let typed = [
        ("channel", "paper"),
        ("written", "2026-05-05"),
        ("words", PUMP),
        ("place", "eldas"),
        ("sector", "roads"),
        ("gender", "man"),
        ("age", "60_over"),
        ("phone", "0722"),
        ("language", "so"),
        ("name", "Hassan \"the\" <b>"),
        ("brings", "another"),
        ("brought_by", " "),
    ];
    let once = open(&mut halima).await;
    let page = send(&mut halima, &once, &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("id=\"e-written\">This day is still to come.");
    page.says("id=\"e-phone\">No phone has this number.");
    page.says("id=\"e-brought_by\">Please write who brings it.");
    assert_eq!(page.text.matches("class=\"error\"").count(), 3);
    page.says("name=\"written\" value=\"2026-05-05\"");
    page.says("aria-describedby=\"e-written h-written\" aria-invalid=\"true\" autofocus");
    assert_eq!(page.text.matches(" autofocus").count(), 1);
    page.says("value=\"paper\" data-key=\"2\" checked");
    page.says(&format!(">{PUMP}</textarea>"));
    page.says("value=\"eldas\" selected");
    for chosen in ["roads", "man", "60_over", "so", "another"] {
        let radio = page.between(&format!("value=\"{chosen}\" data-key="), ">");
        assert!(radio.ends_with("checked"), "{chosen}");
    }
    page.says("name=\"phone\" value=\"0722\"");
    page.says("value=\"Hassan &#34;the&#34; &#60;b&#62;\"");
    page.says(&format!("name=\"once\" value=\"{once}\""));
    assert_eq!(one(&town, "SELECT count(*) FROM complaint"), "0");

    let says = async |browser: &mut Browser, fields: &[(&str, &str)], words: &str| {
        let page = hand_in(browser, fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        page.says(words);
    };
    let browser = &mut halima;
    says(
        browser,
        &[("words", " \r\n")],
        "Please write what is wrong.",
    )
    .await;
    let long = "maji ".repeat(401);
    says(browser, &[("words", &long)], "2000 letters at most").await;
    let (words, long) = (("words", PUMP), "x".repeat(101));
    says(
        browser,
        &[words, ("name", &long)],
        "e-name\">Please use 100",
    )
    .await;
    says(browser, &[words, ("place", "nairobi")], "e-place\">").await;
    says(browser, &[words, ("sector", "space")], "e-sector\">").await;
    says(
        browser,
        &[words, ("phone", "+254700100200")],
        "Nobody can be texted",
    )
    .await;
    let paper = ("channel", "paper");
    says(
        browser,
        &[words, paper, ("written", "4 May")],
        "e-written\">Please write",
    )
    .await;
    says(
        browser,
        &[words, paper, ("written", "0206-05-04")],
        "too long ago",
    )
    .await;
    assert_eq!(one(&town, "SELECT count(*) FROM complaint"), "0");
    town.stop().await;
}

#[tokio::test]
async fn a_paper_is_told_on_its_day_and_entered_on_another() {
    let town = Town::new().await;
    let (mut halima, ..) = people(&town).await;
    let paper = [("channel", "paper"), ("words", PUMP)];
    let slip = hand_in(
        &mut halima,
        &[&paper[..], &[("written", "2026-04-28")]].concat(),
    )
    .await;
    slip.says("/console/intake?channel=paper");
    let page = halima.get(&at(number(&slip))).await;
    page.says("On paper, Tue 28 Apr ·");
    page.says("Entered Mon 4 May");
    let today = hand_in(
        &mut halima,
        &[&paper[..], &[("written", "2026-05-04")]].concat(),
    )
    .await;
    let page = halima.get(&at(number(&today))).await;
    page.says("On paper, Mon 4 May");
    assert!(!page.text.contains("Entered "));
    // Of what somebody says at the desk the day is this one, whatever the hidden field holds.
    let spoken = [("words", PUMP), ("written", "2026-04-28")];
    let page = hand_in(&mut halima, &spoken).await;
    halima
        .get(&at(number(&page)))
        .await
        .says("Across a desk, Mon 4 May");
    town.stop().await;
}

#[tokio::test]
async fn what_is_of_another_county_is_not_there() {
    let town = Town::new().await;
    let (mut halima, ..) = people(&town).await;
    let fields = [("words", PUMP), ("county", "garissa")];
    let page = hand_in(&mut halima, &fields).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    for path in [
        "/console/intake?county=garissa",
        "/console/intake/paper?county=garissa",
    ] {
        assert_eq!(halima.get(path).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(one(&town, "SELECT count(*) FROM complaint"), "0");
    town.stop().await;
}

/// The names of what is asked on a page, in their order.
fn asked(page: &Page) -> Vec<&str> {
    let parts = page.text.split("data-entry=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn the_printed_form_asks_the_same_in_the_same_order_in_any_language() {
    let town = Town::new().await;
    let (mut halima, ..) = people(&town).await;
    let screen = halima.get(INTAKE).await;
    let (first, others) = asked(&screen)
        .split_first()
        .map(|(first, others)| (*first, others.to_vec()))
        .unwrap();
    assert_eq!(first, "channel", "paper is its own answer");
    for (language, words) in [
        ("en", "What is wrong?"),
        ("sw", "Tatizo ni nini?"),
        ("fr", "Qu’est-ce qui ne va pas ?"),
        ("ar", "ما المشكلة؟"),
    ] {
        let paper = halima
            .get(&format!("/console/intake/paper?in={language}"))
            .await;
        assert_eq!(asked(&paper), others, "{language}");
        paper.says(words);
        paper.says("+254700100200");
        paper.says("Transparency Wajir");
        paper.says(&format!(
            "<article class=\"sheet intake paper\" lang=\"{language}\""
        ));
        assert!(
            !paper.text.contains("type=\"radio\""),
            "to be ticked by hand"
        );
    }
    town.stop().await;
}

#[tokio::test]
async fn the_slip_is_in_the_language_of_who_takes_it_home() {
    let town = Town::new().await;
    let (mut halima, ..) = people(&town).await;
    let slip = hand_in(&mut halima, &[("words", PUMP), ("language", "sw")]).await;
    slip.says("lang=\"sw\" dir=\"ltr\"");
    slip.says("Muulize Uwazi Wajir.");
    slip.says("It is with Wajir County Water Department.");
    slip.says(">Next complaint<");
    let slip = hand_in(&mut halima, &[("words", PUMP), ("language", "so")]).await;
    slip.says("Ask Transparency Wajir.");
    town.stop().await;
}
