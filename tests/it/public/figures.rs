//! What anybody is told of a county's months: on a page, in files, on the radio; and that nobody is known by it.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpStream;

use chrono::TimeDelta;
use jibu::routing::Rules;
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, ETAG, LAST_MODIFIED, VARY};

use crate::console::{Browser, Page, Town, officer};
use crate::edited::Edited;
use crate::served::client;
use crate::world::past_the_store;

const FIGURES: &str = "/complain/wajir/figures";
const MAY: &str = "/complain/wajir/figures/2026-05";
const LANGUAGES: [&str; 5] = ["en", "sw", "so", "fr", "ar"];
/// What is told of May, by the last part of its address.
const TOLD: [&str; 4] = ["", "/radio", "/open-data.csv", "/open-data.json"];

const MARSABIT: &str = r#"
[[county]]
id = "marsabit"
name = "Marsabit"
convener = "ti-marsabit"
zone = "Africa/Nairobi"
language = "en"
numbers = ["+254700100300"]

[[organisation]]
id = "ti-marsabit"
name = "Transparency Marsabit"
short_name = "TI Marsabit"
email = "convener@marsabit.example"
county = "marsabit"
"#;

/// Wajir in May 2026: twelve complain of water, of which six are said to be solved, seven of health, two of roads, and so many of bribes.
async fn may(bribes: usize) -> Town {
    let town = lodged_in_may(bribes).await;
    town.wait(TimeDelta::days(60)).await;
    town
}

async fn lodged_in_may(bribes: usize) -> Town {
    let town = Town::of(&[], |configuration| {
        let sample = include_str!("../../../config/routing.toml");
        let (sample, tests) = sample.split_once("\n[[test]]").unwrap();
        let rules = format!("{sample}{MARSABIT}\n[[test]]{tests}");
        configuration.rules = Rules::load("routing.toml", &rules, None).unwrap();
    })
    .await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    for nth in 0..12 {
        let number = town.texted("Borehole in Eldas is broken").await;
        if nth < 6 {
            town.act(&mut halima, number, "accept", &[]).await;
            let solved = [("words", "Pump replaced")];
            town.act(&mut halima, number, "resolve", &solved).await;
        }
    }
    for (words, times) in [
        ("No nurse at the dispensary in Bute", 7),
        ("Road in Tarbaj is full of holes", 2),
        ("The chief wants a bribe for the relief list", bribes),
    ] {
        for _ in 0..times {
            town.texted(words).await;
        }
    }
    town
}

async fn told(browser: &mut Browser, of: &str, language: &str) -> Page {
    let page = browser.get(&format!("{MAY}{of}?lang={language}")).await;
    assert_eq!(page.status, StatusCode::OK, "{of} in {language}");
    page
}

/// The rows of the CSV file, without the month.
async fn rows(browser: &mut Browser) -> Vec<String> {
    let file = told(browser, "/open-data.csv", "en").await.text;
    let rows = file.lines().skip(1);
    rows.map(|row| row.strip_prefix("2026-05,").unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_newest_month_answers_what_people_ask_in_their_language() {
    let town = may(6).await;
    let mut amina = town.browser();
    amina
        .get("/complain/wajir")
        .await
        .says("href=\"/complain/wajir/figures?lang=en\"");
    let page = amina.get(FIGURES).await;
    for says in [
        "Complaints in Wajir, May 2026",
        "As of 3 Jul 2026; these figures stay as they are.",
        "21 complaints came in.",
        "Besides, 6 were about bribes or abuse.",
        "More were about Water than about anything else: 12 of 21.",
        "6 are said to be solved.",
        "Confirmed solved: none so far.",
        "CC BY 4.0",
        "<svg",
    ] {
        page.says(says);
    }
    for (language, says) in [
        ("sw", "Malalamiko 21 yalifika."),
        ("so", "21 cabasho ayaa soo gashay."),
        ("fr", "21 plaintes sont arrivées."),
        ("ar", "dir=\"rtl\""),
    ] {
        told(&mut amina, "", language).await.says(says);
    }
    let radio = told(&mut amina, "/radio", "en").await;
    for says in [
        "People of Wajir, this is what you complained about in May 2026",
        "You complained 12 times.",
        "half are said to be solved.",
        "Half of what was solved took no longer than less than a day.",
        "+254 700 100 200",
        "text us that number",
    ] {
        radio.says(says);
    }
    let rows = rows(&mut amina).await;
    for row in [
        ",*,All,complaints,21,21,",
        ",*,All,sensitive,6,6,",
        "sector,water,Water,complaints,12,12,",
    ] {
        assert!(rows.contains(&row.to_owned()), "{row}: {rows:#?}");
    }
    let json = told(&mut amina, "/open-data.json", "en").await.text;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["licence"], "CC BY 4.0");
    assert_eq!(json["figures"].as_array().unwrap().len(), rows.len());
    town.stop().await;
}

#[tokio::test]
async fn what_few_are_and_what_anybody_said_is_nowhere() {
    let town = may(6).await;
    let mut amina = town.browser();
    for language in LANGUAGES {
        for of in TOLD {
            let page = told(&mut amina, of, language).await;
            assert!(page.headers.get("set-cookie").is_none());
            assert!(!page.text.contains("<script"), "{of}");
            for secret in ["Borehole", "Pump", "Halima", "+2547110"] {
                assert!(!page.text.contains(secret), "{secret}: {of}, {language}");
            }
        }
    }
    let page = told(&mut amina, "", "en").await;
    page.says("<bdi>Roads</bdi></th><td>not shown</td>");
    page.says("“not shown” stands where there are fewer than 5");
    let radio = told(&mut amina, "/radio", "en").await;
    assert!(!radio.text.contains("Roads"), "{}", radio.text);
    let rows = rows(&mut amina).await;
    assert!(
        rows.contains(&"sector,roads,Roads,complaints,,,hidden".to_owned()),
        "{rows:#?}"
    );
    assert!(!rows.iter().any(|row| row.contains("corruption")));
    for row in rows.iter().filter(|row| !row.ends_with(",hidden")) {
        let mut fields = row.rsplit(',');
        let rests_on: u64 = fields.nth(1).unwrap().parse().unwrap();
        assert!(rests_on == 0 || rests_on >= 5, "{row}");
    }
    town.stop().await;
}

#[tokio::test]
async fn of_few_sensitive_ones_not_even_how_many_is_told() {
    let town = may(4).await;
    let mut amina = town.browser();
    let page = told(&mut amina, "", "en").await;
    page.says("There were fewer than 5 of these, or none.");
    page.says("21 complaints came in.");
    let rows = rows(&mut amina).await;
    assert!(
        rows.contains(&",*,All,sensitive,,,hidden".to_owned()),
        "{rows:#?}"
    );
    town.stop().await;
}

#[tokio::test]
async fn of_a_month_with_few_complaints_nothing_is_told() {
    let town = lodged_in_may(0).await;
    town.wait(TimeDelta::days(40)).await;
    for _ in 0..3 {
        town.texted("Borehole in Eldas is broken").await;
    }
    town.wait(TimeDelta::days(50)).await;
    let mut amina = town.browser();
    let june = amina.get(&format!("{FIGURES}?lang=en")).await;
    june.says("Complaints in Wajir, June 2026");
    june.says("Fewer than 5 complaints, or none");
    june.says("href=\"/complain/wajir/figures/2026-05?lang=en\">May 2026</a>");
    assert!(!june.text.contains("Water"), "{}", june.text);
    let file = amina
        .get("/complain/wajir/figures/2026-06/open-data.csv?lang=en")
        .await;
    let rows: Vec<&str> = file.text.lines().skip(1).collect();
    let hidden = [
        "2026-06,,*,All,complaints,,,hidden",
        "2026-06,,*,All,sensitive,,,hidden",
    ];
    assert_eq!(rows, hidden);
    let radio = amina
        .get("/complain/wajir/figures/2026-06/radio?lang=en")
        .await;
    radio.says("We tell nothing of them, so that nobody is known by it.");
    assert!(!radio.text.contains("You complained"), "{}", radio.text);
    // The month before it is set beside it nowhere either.
    assert!(!june.text.contains("21"), "{}", june.text);
    town.stop().await;
}

#[tokio::test]
async fn what_is_not_published_and_what_is_another_countys_is_not_there() {
    let town = may(0).await;
    let mut amina = town.browser();
    for nowhere in ["2026-04", "2026-06", "2026-5", "2026-13", "may", "2026"] {
        for of in TOLD {
            let page = amina.get(&format!("{FIGURES}/{nowhere}{of}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{nowhere}{of}");
            assert_eq!(page.headers[CACHE_CONTROL], "no-store");
        }
    }
    assert_eq!(
        amina.get("/complain/mars/figures").await.status,
        StatusCode::NOT_FOUND
    );
    let marsabit = "/complain/marsabit/figures";
    let page = amina.get(marsabit).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("There are no figures yet");
    for of in TOLD {
        let page = amina.get(&format!("{marsabit}/2026-05{of}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{of}");
    }
    town.stop().await;
}

/// How many answers begin in what comes over one connection to who has all already and asks twice. A body after the first would be taken
/// for the second.
fn two_on_one_connection(town: &Town) -> usize {
    let host = town.served.url.trim_start_matches("http://");
    let ask = |more: &str| {
        format!("GET {MAY}?lang=sw HTTP/1.1\r\nHost: {host}\r\nIf-None-Match: *\r\n{more}\r\n")
    };
    let mut connection = TcpStream::connect(host).unwrap();
    let both = ask("") + &ask("Connection: close\r\n");
    connection.write_all(both.as_bytes()).unwrap();
    let mut told = String::new();
    connection.read_to_string(&mut told).unwrap();
    assert!(!told.contains("<!doctype"), "{told}");
    told.matches("HTTP/1.1 304").count()
}

#[tokio::test]
async fn it_may_be_kept_and_who_has_it_is_told_that_it_is_the_same() {
    let town = may(0).await;
    let mut amina = town.browser();
    for of in TOLD {
        let address = format!("{MAY}{of}?lang=sw");
        let page = amina.get(&address).await;
        assert_eq!(page.headers[CACHE_CONTROL], "public, max-age=3600");
        assert_eq!(page.headers[LAST_MODIFIED], "Fri, 03 Jul 2026 06:00:30 GMT");
        assert!(page.headers.get(VARY).is_none(), "its address says sw");
        let tag = page.headers[ETAG].to_str().unwrap().to_owned();
        assert!(tag.starts_with('"'), "{tag} is strong");

        let head = amina.ask(reqwest::Method::HEAD, &address, None).await;
        assert_eq!((head.status, &*head.text), (StatusCode::OK, ""));
        assert_eq!(head.headers[ETAG], page.headers[ETAG]);

        let url = format!("{}{address}", town.served.url);
        for (known, status) in [
            (tag.clone(), StatusCode::NOT_MODIFIED),
            (format!("\"other\", W/{tag}"), StatusCode::NOT_MODIFIED),
            ("\"other\"".to_owned(), StatusCode::OK),
        ] {
            let request = client().get(&url).header("If-None-Match", &known);
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), status, "{known}");
            assert_eq!(answer.headers()[ETAG], tag);
            let is_empty = answer.bytes().await.unwrap().is_empty();
            assert_eq!(is_empty, status == StatusCode::NOT_MODIFIED);
        }
    }
    assert_eq!(two_on_one_connection(&town), 2);
    amina.languages = "fr";
    let page = amina.get(MAY).await;
    page.says("21 plaintes sont arrivées.");
    assert_eq!(page.headers[VARY], "Accept-Language");
    town.stop().await;
}

/// Under which tag it is, and for how long it may be kept.
async fn kept(browser: &mut Browser, address: &str) -> (String, String) {
    let page = browser.get(address).await;
    assert_eq!(page.status, StatusCode::OK, "{address}");
    let header = |name| page.headers[name].to_str().unwrap().to_owned();
    (header(ETAG), header(CACHE_CONTROL))
}

#[tokio::test]
async fn who_saw_that_there_are_none_yet_sees_the_month_when_it_is_published() {
    let town = lodged_in_may(0).await;
    let mut amina = town.browser();
    amina.get(FIGURES).await.says("There are no figures yet");
    let (none_yet, how_long) = kept(&mut amina, FIGURES).await;
    assert_eq!(how_long, "public, max-age=60");
    town.wait(TimeDelta::days(60)).await;
    amina
        .get(FIGURES)
        .await
        .says("Complaints in Wajir, May 2026");
    let (may, how_long) = kept(&mut amina, FIGURES).await;
    assert_eq!(how_long, "public, max-age=60", "June is published after it");
    assert_ne!(none_yet, may);
    town.stop().await;
}

#[tokio::test]
async fn another_month_another_start_and_each_address_and_language_has_a_tag_of_its_own() {
    let town = may(0).await;
    let mut amina = town.browser();
    let mut tags = HashSet::new();
    for of in TOLD {
        for language in LANGUAGES {
            let address = format!("{MAY}{of}?lang={language}");
            let (tag, _) = kept(&mut amina, &address).await;
            assert_eq!(kept(&mut amina, &address).await.0, tag, "asked again");
            assert!(tags.insert(tag), "{address}");
        }
    }
    town.wait(TimeDelta::days(31)).await;
    let page = format!("{MAY}?lang=en");
    let (tag, _) = kept(&mut amina, &page).await;
    assert!(tags.insert(tag), "it links June now");
    // A version of the program may have other words.
    let town = town.again().await;
    let (tag, _) = kept(&mut town.browser(), &page).await;
    assert!(tags.insert(tag), "after another start");
    town.stop().await;
}

#[tokio::test]
async fn a_word_that_is_edited_changes_the_tag() {
    let edited = Edited::start().await;
    let mut amina = Browser::new(&edited.served.url);
    let (before, _) = kept(&mut amina, FIGURES).await;
    let rules = edited.read("routing.toml");
    let renamed = rules.replacen("name = \"Wajir\"", "name = \"Wajeer\"", 1);
    assert_ne!(rules, renamed);
    let health = edited.health().await;
    edited.save("routing.toml", renamed);
    edited.taken_up(&health).await;
    amina.get(FIGURES).await.says("Wajeer");
    assert_ne!(kept(&mut amina, FIGURES).await.0, before);
    edited.served.stop().await;
}

#[tokio::test]
async fn who_has_it_already_is_told_so_without_a_count() {
    let town = may(0).await;
    past_the_store(&town.served.folder)
        .execute_batch("DROP TABLE published_hop; DROP TABLE published_complaint;")
        .unwrap();
    let mut amina = town.browser();
    let page = amina.get(MAY).await;
    assert_eq!(
        page.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "to be counted"
    );
    assert_eq!(two_on_one_connection(&town), 2);
    town.stop().await;
}

#[tokio::test]
async fn of_a_month_in_which_all_are_closed_none_is_open() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    for _ in 0..6 {
        let number = town.texted("Borehole in Eldas is broken").await;
        town.act(&mut halima, number, "accept", &[]).await;
        let solved = [("words", "Pump replaced")];
        town.act(&mut halima, number, "resolve", &solved).await;
    }
    town.wait(TimeDelta::days(60)).await;
    let page = town.browser().get(MAY).await;
    page.says("6 are said to be solved.");
    page.says("None is still open.");
    town.stop().await;
}
