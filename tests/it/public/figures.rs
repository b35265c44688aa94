//! What anybody is told of a county's months: on a page, in files, on the radio; and that nobody is known by it.

use chrono::TimeDelta;
use jibu::routing::Rules;
use reqwest::StatusCode;
use reqwest::header::CACHE_CONTROL;

use crate::console::{Browser, Page, Town, officer};

pub(super) const FIGURES: &str = "/complain/wajir/figures";
pub(super) const MAY: &str = "/complain/wajir/figures/2026-05";
pub(super) const LANGUAGES: [&str; 5] = ["en", "sw", "so", "fr", "ar"];
/// What is told of May, by the last part of its address.
pub(super) const TOLD: [&str; 4] = ["", "/radio", "/open-data.csv", "/open-data.json"];

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
pub(super) async fn may(bribes: usize) -> Town {
    let town = lodged_in_may(bribes).await;
    town.wait(TimeDelta::days(60)).await;
    town
}

pub(super) async fn lodged_in_may(bribes: usize) -> Town {
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
