//! Anybody with a browser: how to complain, a form to do it, how it stands; and that a guess is told nothing.

use reqwest::StatusCode;

use crate::console::{Browser, Page, Town};
use crate::world::past_the_store;

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
    receipt.says("on its way to your phone");
    let numbers = shown(&receipt);
    assert_eq!(numbers.len(), 1, "no code: the phone proves it");

    let again = send(&mut amina, &form).await;
    again.says("It is one complaint");
    assert_eq!(shown(&again), numbers);
    let mut altered = form.clone();
    altered[1].1 = "Something quite different".to_owned();
    send(&mut amina, &altered).await.says("those count");
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
        StatusCode::BAD_REQUEST
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

/// Whoever guesses cannot tell a number that there is from one that there is not, nor that something is kept private.
#[tokio::test]
async fn all_that_fails_is_answered_by_one_page() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let ordinary = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let sensitive = complain(
        &mut amina,
        &[
            ("words", "The chief asked for a bribe for the relief list"),
            ("phone", "0711000002"),
        ],
    )
    .await;
    let alike = |page: &Page| page.text.replace(&shown(page)[0], "");
    assert_eq!(
        alike(&ordinary),
        alike(&sensitive),
        "who looks on sees no difference"
    );
    assert!(
        !sensitive.text.contains("Transparency Wajir has"),
        "who has it is not told"
    );
    let (ordinary, sensitive) = (shown(&ordinary)[0].clone(), shown(&sensitive)[0].clone());
    let unknown = "482 109 3753";
    let mut pages = Vec::new();
    for (number, proof) in [
        (ordinary.as_str(), "9999"),
        (unknown, "0001"),
        (&sensitive, "0002"),
        (&sensitive, "9999"),
        ("123", "0001"),
        (&ordinary, ""),
        (&ordinary, "+254711000001"),
    ] {
        let page = look_up(&mut amina, number, proof).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
        // What was typed comes back, and nothing else may differ.
        pages.push(
            page.text
                .replace(&format!("value=\"{number}\""), "value=\"\""),
        );
    }
    pages.dedup();
    assert_eq!(pages.len(), 1, "{pages:#?}");
    town.stop().await;
}

#[tokio::test]
async fn a_number_that_was_guessed_at_ten_times_is_closed_for_an_hour_whether_it_is_there_or_not() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let number = shown(&receipt)[0].clone();
    for number in [number.as_str(), "482 109 3753"] {
        for guess in 0..10 {
            let page = look_up(&mut amina, number, &format!("9{guess:03}")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let closed = look_up(&mut amina, number, "0001").await;
        assert_eq!(
            closed.status,
            StatusCode::TOO_MANY_REQUESTS,
            "also for the right one"
        );
        assert_eq!(closed.headers["retry-after"], "3600");
    }
    town.clock.advance(chrono::TimeDelta::hours(1));
    look_up(&mut amina, &number, "0001")
        .await
        .says("With Water Dept.");
    town.stop().await;
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_than_ten() {
    let town = Town::new().await;
    let mut guessing = tokio::task::JoinSet::new();
    for guess in 0..30 {
        let mut somebody = town.browser();
        guessing.spawn(async move {
            let proof = format!("{guess:04}");
            look_up(&mut somebody, "482 109 3753", &proof).await.status
        });
    }
    let statuses = guessing.join_all().await;
    let read = |status: &&StatusCode| **status == StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(statuses.iter().filter(read).count(), 10);
    town.stop().await;
}

#[tokio::test]
async fn who_sends_too_much_waits() {
    let town = Town::new().await;
    let mut amina = town.browser();
    for n in 0..30 {
        let words = format!("{BOREHOLE}, the {n}th");
        let page = complain(&mut amina, &[("words", &words)]).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    let page = complain(&mut amina, &[("words", BOREHOLE)]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(count(&town, "complaint"), 30);
    for guess in 0..60_u64 {
        let number = format!("48210{guess:05}");
        look_up(&mut amina, &number, "0001").await;
    }
    let page = look_up(&mut amina, "482 109 3753", "0001").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    town.stop().await;
}

/// Below the limits, straight at the store: none of many guesses tells anything, and a right number with a wrong proof takes as long as one
/// that there is not. `JIBU_GUESSES` says how many; `bash tests/run guesses` makes a million.
#[tokio::test]
async fn many_guesses_disclose_nothing() {
    let guesses: u64 = std::env::var("JIBU_GUESSES").map_or(5_000, |many| many.parse().unwrap());
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let number: Vec<u8> = shown(&receipt)[0]
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect();
    let there = jibu::complaint::TrackingNumber::from_digits(&number).unwrap();
    let (mut found, mut wrong, mut missing) = (0_u64, Vec::new(), Vec::new());
    let batch = 10_000;
    for from in (0..guesses).step_by(batch) {
        let until = (from + batch as u64).min(guesses);
        let read = town.store().read(move |reader| {
            let mut seen = Vec::new();
            for guess in from..until {
                // Each ending of a phone, then each code; at the number that is there, and at one that is not.
                let proof = if guess < 20_000 {
                    format!("{:04}", guess / 2)
                } else {
                    format!("{:06}", guess / 2 % 1_000_000)
                };
                let number = if guess % 2 == 0 {
                    there
                } else {
                    jibu::complaint::TrackingNumber::from_value(2_000_000_000 + guess)
                };
                let watch = jibu::clock::Stopwatch::start();
                let answer = reader.tracked(number, &proof)?;
                seen.push((number == there, proof, answer.is_some(), watch.elapsed()));
            }
            Ok(seen)
        });
        for (is_there, proof, is_found, took) in read.await.unwrap() {
            let is_right = is_there && proof == "0001";
            assert_eq!(is_found, is_right, "{proof}");
            found += u64::from(is_found);
            let times = if is_there { &mut wrong } else { &mut missing };
            times.push(took);
        }
    }
    assert_eq!(found, 1, "the right one alone");
    for times in [&mut wrong, &mut missing] {
        times.sort_unstable();
    }
    let (wrong, missing) = (wrong[wrong.len() / 2], missing[missing.len() / 2]);
    println!(
        "{guesses} guesses, none told anything but the right one; median {wrong:?} where it is there, {missing:?} where it is not"
    );
    town.stop().await;
}
