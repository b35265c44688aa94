//! What of a county's months may be kept, by whom and for how long.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpStream;

use chrono::TimeDelta;
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, ETAG, LAST_MODIFIED, VARY};

use super::figures::{FIGURES, LANGUAGES, MAY, TOLD, lodged_in_may, may};
use crate::console::{Browser, Town};
use crate::edited::Edited;
use crate::served::client;
use crate::world::past_the_store;

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
