//! How a complaint stands is told to who proves it, and a guess is told nothing.

use jibu::store::Looked;
use reqwest::StatusCode;

use super::{BOREHOLE, complain, look_up, shown};
use crate::console::{Page, Town};

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
    sensitive.says("Ask Transparency Wajir / Ombudsman.");
    let (ordinary, sensitive) = (shown(&ordinary)[0].clone(), shown(&sensitive)[0].clone());
    let unknown = "482 109 3753";
    let mut pages = Vec::new();
    for (number, proof) in [
        (ordinary.as_str(), "9999"),
        (unknown, "0001"),
        (&sensitive, "0002"),
        (&sensitive, "9999"),
        ("123", "0001"),
        ("0711 000 001", "0001"),
        (&ordinary, ""),
        (&ordinary, "+254711000001"),
    ] {
        let page = look_up(&mut amina, number, proof).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
        pages.push(page.text);
    }
    pages.dedup();
    assert_eq!(pages.len(), 1, "to the byte: {pages:#?}");
    let page = &pages[0];
    assert!(page.contains("Ask Transparency Wajir / Ombudsman."));
    assert!(page.contains("href=\"sms:+254700100200\""));
    town.stop().await;
}

/// Who guesses is not even told that it is closed: that would say that there is one.
#[tokio::test]
async fn a_number_that_was_guessed_at_ten_times_fails_for_all_and_opens_again_slowly() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let number = shown(&receipt)[0].clone();
    let mut wrong = String::new();
    for guess in 0..10 {
        wrong = look_up(&mut amina, &number, &format!("9{guess:03}"))
            .await
            .text;
    }
    let closed = look_up(&mut amina, &number, "0001").await;
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        closed.text, wrong,
        "also for the right one, and by the same page"
    );
    town.clock.advance(chrono::TimeDelta::minutes(143));
    let closed = look_up(&mut amina, &number, "0001").await;
    assert_eq!(closed.text, wrong);
    town.clock.advance(chrono::TimeDelta::minutes(1));
    for _ in 0..20 {
        look_up(&mut amina, &number, "0001")
            .await
            .says("With Water Dept.");
    }
    town.stop().await;
}

#[tokio::test]
async fn guesses_at_other_numbers_open_none() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let number = shown(&receipt)[0].clone();
    for guess in 0..10 {
        look_up(&mut amina, &number, &format!("9{guess:03}")).await;
    }
    let mut others = super::from(&town, "198.51.100.2");
    for _ in 0..40 {
        look_up(&mut others, "482 109 3753", "0001").await;
    }
    look_up(&mut amina, &number, "0001")
        .await
        .says("Nothing is found");
    town.stop().await;
}

/// A year ahead for an hour, and put right: nobody waits a year, nor a day.
#[tokio::test]
async fn a_clock_that_was_wrong_for_long_locks_nobody_out() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let number = shown(&receipt)[0].clone();
    town.clock.advance(chrono::TimeDelta::days(365));
    for guess in 0..10 {
        look_up(&mut amina, &number, &format!("9{guess:03}")).await;
    }
    look_up(&mut amina, &number, "0001")
        .await
        .says("Nothing is found");
    town.clock.advance(chrono::TimeDelta::days(-365));
    look_up(&mut amina, &number, "0001")
        .await
        .says("With Water Dept.");
    town.stop().await;
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_than_ten() {
    let town = Town::new().await;
    let mut amina = town.browser();
    let receipt = complain(&mut amina, &[("words", BOREHOLE), ("phone", "0711000001")]).await;
    let number = shown(&receipt)[0].clone();
    let mut guessing = tokio::task::JoinSet::new();
    for guess in 0..30 {
        let (mut somebody, number) = (town.browser(), number.clone());
        guessing.spawn(async move {
            let proof = format!("9{guess:03}");
            look_up(&mut somebody, &number, &proof).await
        });
    }
    guessing.join_all().await;
    look_up(&mut amina, &number, "0001")
        .await
        .says("Nothing is found");
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
                let is_found = matches!(answer, Looked::Found(_));
                seen.push((number == there, proof, is_found, watch.elapsed()));
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
