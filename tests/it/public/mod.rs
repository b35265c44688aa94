//! Anybody with a browser: how to complain, a form to do it, how it stands; and that a guess is told nothing.

mod figures;
mod floods;
mod kept;
mod tracking;

use reqwest::StatusCode;

use crate::console::{Browser, Page, Town, officer};
use crate::world::{AMINA, past_the_store};

const WRITE: &str = "/complain/wajir/write";
const BOREHOLE: &str = "The borehole is broken since Monday";

fn count(town: &Town, of: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {of}");
    past_the_store(&town.served.folder)
        .query_row(&sql, [], |row| row.get(0))
        .unwrap()
}

/// The form as it is shown, with the key that it carries, and these fields.
async fn filled<'f>(
    browser: &mut Browser,
    fields: &[(&'f str, &'f str)],
) -> Vec<(&'f str, String)> {
    let key = browser
        .get(WRITE)
        .await
        .between("name=\"key\" value=\"", "\"");
    let fields = fields
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    std::iter::once(("key", key)).chain(fields).collect()
}

async fn send(browser: &mut Browser, form: &[(&str, String)]) -> Page {
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post(WRITE, &form).await
}

async fn complain(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    let form = filled(browser, fields).await;
    send(browser, &form).await
}

fn shown(page: &Page) -> Vec<String> {
    page.text
        .split("<span class=\"number\">")
        .skip(1)
        .map(|rest| rest.split_once('<').unwrap().0.to_owned())
        .collect()
}

/// A browser in some network, as the proxy in front tells it.
fn from(town: &Town, address: &str) -> Browser {
    let mut browser = town.browser();
    browser.says("x-forwarded-for", address);
    browser
}

async fn look_up(browser: &mut Browser, number: &str, proof: &str) -> Page {
    browser
        .post("/track", &[("number", number), ("proof", proof)])
        .await
}

#[tokio::test]
async fn the_pages_say_how_to_complain_in_each_language() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let first = amina.get("/complain").await;
    assert_eq!(first.leads_to(), "/complain/wajir");
    let page = amina.get("/complain/wajir").await;
    page.says("+254 700 100 200");
    page.says("within 2 working days");
    page.says("Transparency Wajir");
    for (language, says) in [
        ("sw", "siku 21 za kazi"),
        ("so", "Cabashooyinka Wajir"),
        ("ar", "dir=\"rtl\""),
        ("fr", "21 jours ouvrés"),
    ] {
        amina
            .get(&format!("/complain/wajir?lang={language}"))
            .await
            .says(says);
        amina
            .get(&format!("/complain/wajir/poster?lang={language}"))
            .await
            .says("+254 700 100 200");
        amina
            .get(&format!("{WRITE}?lang={language}"))
            .await
            .says("name=\"words\"");
        amina
            .get(&format!("/track?lang={language}"))
            .await
            .says("name=\"proof\"");
    }
    for page in ["/", "/complain", "/complain/wajir", WRITE, "/track"] {
        let (got, head) = (
            amina.get(page).await,
            amina.ask(reqwest::Method::HEAD, page, None).await,
        );
        assert_eq!((head.status, &*head.text), (got.status, ""), "{page}");
        assert_eq!(head.headers.get("location"), got.headers.get("location"));
    }
    let health = amina.ask(reqwest::Method::HEAD, "/health", None).await;
    assert_eq!((health.status, &*health.text), (StatusCode::OK, ""));
    let nowhere = amina.get("/complain/mars").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    nowhere.says("There is no such page");
    town.stop().await;
}

#[tokio::test]
async fn with_a_phone_a_text_goes_there_and_twice_sent_is_once_done() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let fields = [
        ("words", BOREHOLE),
        ("place", "eldas"),
        ("phone", "0711 000 001"),
        ("language", "sw"),
    ];
    let form = filled(&mut amina, &fields).await;
    let receipt = send(&mut amina, &form).await;
    assert_eq!(receipt.status, StatusCode::OK);
    receipt.says("We have your complaint");
    receipt.says("We text the number to your phone");
    let numbers = shown(&receipt);
    assert_eq!(numbers.len(), 1, "no code: the phone proves it");

    let again = send(&mut amina, &form).await;
    again.says("It is one complaint");
    assert_eq!(shown(&again), numbers);
    let mut altered = form.clone();
    altered[1].1 = "Something quite different".to_owned();
    send(&mut amina, &altered)
        .await
        .says("What you sent first counts");
    assert_eq!((count(&town, "complaint"), count(&town, "outbox")), (1, 1));

    let found = look_up(&mut amina, &numbers[0], "0001").await;
    found.says("passed to who can mend it");
    found.says("With Water Dept.");
    assert!(!found.text.contains("borehole"), "nothing that was said");
    town.stop().await;
}

#[tokio::test]
async fn without_a_phone_the_code_opens_it() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(
        &mut amina,
        &[
            ("words", BOREHOLE),
            ("place", "eldas"),
            ("whom", "another"),
            ("brought_by", "her neighbour"),
        ],
    )
    .await;
    let [number, code] = &shown(&receipt)[..] else {
        panic!("{receipt:?}")
    };
    look_up(&mut amina, number, code)
        .await
        .says("With Water Dept.");
    look_up(&mut amina, number, "")
        .await
        .says("Nothing is found");
    assert_eq!(count(&town, "lodging WHERE brought_by IS NOT NULL"), 1);
    assert_eq!(count(&town, "outbox"), 0);
    town.stop().await;
}

#[tokio::test]
async fn what_it_lacks_is_said_beside_the_field_and_what_was_typed_stays() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let page = complain(
        &mut amina,
        &[("words", BOREHOLE), ("phone", "12345"), ("place", "bute")],
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("That is no phone number.");
    page.says(BOREHOLE);
    page.says("value=\"12345\"");
    page.says("<option value=\"bute\" selected>");
    complain(&mut amina, &[("words", " ")])
        .await
        .says("Say what is wrong.");
    let long = "maji ".repeat(401);
    complain(&mut amina, &[("words", &long)])
        .await
        .says("2000 letters at most");
    let vast = "x".repeat(70_000);
    assert_eq!(
        complain(&mut amina, &[("words", &vast)]).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(count(&town, "complaint"), 0);
    town.stop().await;
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let town = Town::new().await;
    let mut other = town.browser();
    other.says_no_origin();
    other.says("sec-fetch-site", "cross-site");
    let page = complain(&mut other, &[("words", BOREHOLE)]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(
        look_up(&mut other, "2000000000", "1234").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(count(&town, "complaint"), 0);
    town.stop().await;
}

#[tokio::test]
async fn the_receipt_is_the_same_where_the_phone_takes_no_texts() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let taken = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    past_the_store(&town.served.folder)
        .execute("UPDATE phone SET stopped_at = 1", [])
        .unwrap();
    let stopped = complain(
        &mut amina,
        &[
            ("words", "No water at the dispensary"),
            ("phone", "0711000001"),
        ],
    )
    .await;
    let alike = |page: &Page| page.text.replace(&shown(page)[0], "");
    assert_eq!(alike(&taken), alike(&stopped));
    assert_eq!(count(&town, "outbox"), 1);
    assert!(
        !taken.text.contains("?lang=sw"),
        "a link to another language would lead away from the number"
    );
    town.stop().await;
}

#[tokio::test]
async fn who_brings_it_need_not_say_who_they_are() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut amina = town.browser();
    let fields = [("words", BOREHOLE), ("place", "eldas"), ("whom", "another")];
    let receipt = complain(&mut amina, &fields).await;
    let mut halima = town.logged_in("Halima").await;
    let number = shown(&receipt)[0].replace(' ', "");
    halima
        .get(&format!("/console/complaints/{number}"))
        .await
        .says("somebody who did not say who they are");
    town.stop().await;
}

/// A form sent again that says something else in any of its fields is told that the first one stands; and whoever sent it is not told the
/// code, which opens that one.
#[tokio::test]
async fn sent_again_with_any_other_answer_the_first_stands_and_its_code_is_not_told() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let fields = [
        ("words", BOREHOLE),
        ("language", "sw"),
        ("phone", ""),
        ("whom", "another"),
    ];
    let form = filled(&mut amina, &fields).await;
    let receipt = send(&mut amina, &form).await;
    let [number, _code] = &shown(&receipt)[..] else {
        panic!("{receipt:?}")
    };
    let again = send(&mut amina, &form).await;
    again.says("It is one complaint");
    assert_eq!(shown(&again), shown(&receipt));
    for (field, other) in [(1, "No water"), (2, "so"), (3, "0711000001"), (4, "myself")] {
        let mut altered = form.clone();
        altered[field].1 = other.to_owned();
        let altered = send(&mut amina, &altered).await;
        altered.says("What you sent first counts");
        assert_eq!(&shown(&altered), std::slice::from_ref(number), "{other}");
    }
    assert_eq!((count(&town, "complaint"), count(&town, "outbox")), (1, 0));
    town.stop().await;
}

/// Anybody can type a number into the form, also who is complained of.
#[tokio::test]
async fn the_form_leads_no_phone_away_from_what_it_speaks_of() {
    let town = Town::new().await;
    town.texted("The water officer asked me for a bribe").await;
    let about = || -> i64 {
        past_the_store(&town.served.folder)
            .query_row("SELECT about FROM phone", [], |row| row.get(0))
            .unwrap()
    };
    let before = about();
    let mut officer = town.browser();
    let fields = [("words", BOREHOLE), ("phone", AMINA)];
    complain(&mut officer, &fields).await;
    assert_eq!(count(&town, "complaint"), 2);
    assert_eq!(count(&town, "phone"), 1);
    assert_eq!(about(), before);
    town.stop().await;
}

/// A text abroad costs more, and what the form uses up must not be missing for those who text.
#[tokio::test]
async fn the_form_texts_no_phone_abroad_and_uses_up_half_a_day_at_most() {
    let town = Town::with(&[("limits.segments_per_day", "4")]).await;
    let mut amina = town.browser();
    complain(
        &mut amina,
        &[("words", BOREHOLE), ("phone", "+252612345678")],
    )
    .await;
    assert_eq!(count(&town, "outbox"), 0);
    for n in 1..=4 {
        let words = format!("{BOREHOLE}, the {n}th");
        let phone = format!("071100000{n}");
        complain(&mut amina, &[("words", &words), ("phone", &phone)]).await;
    }
    assert_eq!(count(&town, "complaint"), 5);
    assert_eq!(count(&town, "outbox"), 2);
    town.stop().await;
}
