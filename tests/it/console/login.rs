//! Logging in.

use chrono::TimeDelta;
use reqwest::StatusCode;

use super::town::officer;
use super::{PASSWORD, Town};

const WRONG: &str = "not the password at all";

#[tokio::test]
async fn password_and_code_lead_in_and_the_way_out_leads_out() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let page = halima.get("/console/account").await;
    page.says("Halima");
    page.says("Wajir County Water Department");
    page.says("halima@example.org");

    let before = halima.copy();
    let out = halima.post("/console/logout", &[]).await;
    assert_eq!(out.leads_to(), "/console/login?why=out");
    halima.follow(out).await.says("You are logged out.");
    for mut browser in [halima, before] {
        let page = browser.get("/console/account").await;
        assert_eq!(page.leads_to(), "/console/login?next=%2Fconsole%2Faccount");
    }
    town.stop().await;
}

#[tokio::test]
async fn a_password_alone_opens_nothing() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut browser = town.browser();
    town.give_password(&mut browser, "Halima", PASSWORD).await;
    let page = browser.get("/console").await;
    assert_eq!(page.leads_to(), "/console/login");
    let page = browser.get("/console/second-factor").await;
    page.says("six digits");

    // Ten minutes later it is to be given anew.
    town.clock.advance(TimeDelta::minutes(10));
    let page = browser
        .post("/console/second-factor", &[("code", &town.code())])
        .await;
    assert_eq!(
        page.leads_to(),
        "/console/login?next=%2Fconsole%2Fsecond-factor"
    );
    town.stop().await;
}

/// Somebody without a second factor gets in nowhere but in the demo.
#[tokio::test]
async fn without_a_second_factor_nobody_gets_in() {
    let town = Town::new().await;
    let person = town.person("Halima", officer()).await;
    crate::world::past_the_store(&town.served.folder)
        .execute("UPDATE person SET totp = NULL WHERE id = ?1", [person.id.0])
        .unwrap();
    let mut browser = town.browser();
    let page = town.give_password(&mut browser, "Halima", PASSWORD).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.stop().await;
}

#[tokio::test]
async fn who_is_refused_does_not_learn_why() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let yusuf = town.person("Yusuf", officer()).await;
    town.store()
        .write("left", move |tx| tx.set_left(yusuf.id))
        .await
        .unwrap();
    town.invited("Omar", officer()).await;
    let mut answers = Vec::new();
    for (name, password) in [
        ("Halima", WRONG),
        ("Nobody", PASSWORD),
        ("Yusuf", PASSWORD),
        ("Omar", PASSWORD),
        ("Halima", ""),
        ("Halima", &"x".repeat(10_000)),
    ] {
        let mut browser = town.browser();
        let page = town.give_password(&mut browser, name, password).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let text = page.text.replace(&browser.csrf, "");
        answers.push(text.replace(&format!("{}@example.org", name.to_lowercase()), ""));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "one answer for all");
    assert!(answers[0].contains("do not go together"), "{answers:?}");
    town.stop().await;
}

#[tokio::test]
async fn after_five_wrong_passwords_even_the_right_one_waits() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut browser = town.browser();
    let mut wait = TimeDelta::minutes(1);
    for failures in 1..=7 {
        let page = town.give_password(&mut browser, "Halima", WRONG).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        if failures >= 5 {
            town.clock.advance(wait - TimeDelta::seconds(1));
            let page = town.give_password(&mut browser, "Halima", PASSWORD).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{failures}");
            town.clock.advance(TimeDelta::seconds(1));
            wait = wait * 2;
        }
    }
    let page = town.give_password(&mut browser, "Halima", PASSWORD).await;
    assert_eq!(page.leads_to(), "/console/second-factor");
    town.stop().await;
}

/// The right password does not make wrong codes forgotten: all codes could be tried.
#[tokio::test]
async fn wrong_codes_count_like_wrong_passwords() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut browser = town.browser();
    let wrong = if town.code() == "000000" {
        "000001"
    } else {
        "000000"
    };
    for tries in 1..=5 {
        let page = town.give_password(&mut browser, "Halima", PASSWORD).await;
        browser.follow(page).await;
        let page = browser
            .post("/console/second-factor", &[("code", wrong)])
            .await;
        if tries < 5 {
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            page.says("That code is not right");
        } else {
            assert_eq!(page.leads_to(), "/console/login?why=again");
        }
    }
    let page = browser
        .post("/console/second-factor", &[("code", &town.code())])
        .await;
    assert!(page.leads_to().starts_with("/console/login"), "{page:?}");
    let page = town.give_password(&mut browser, "Halima", PASSWORD).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

    town.clock.advance(TimeDelta::minutes(1));
    town.logged_in("Halima").await;
    // A login makes all forgotten.
    town.give_password(&mut browser, "Halima", WRONG).await;
    town.logged_in("Halima").await;
    town.stop().await;
}

#[tokio::test]
async fn a_code_lets_in_once() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let code = town.code();
    town.logged_in("Halima").await;
    let mut thief = town.browser();
    let page = town.give_password(&mut thief, "Halima", PASSWORD).await;
    thief.follow(page).await;
    // It would still be taken, a step late, had it not been used.
    let page = thief
        .post("/console/second-factor", &[("code", &code)])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.stop().await;
}

/// A machine whose battery is flat may start in another year, until it is told the time.
#[tokio::test]
async fn a_clock_that_was_wrong_for_a_while_locks_nobody_out() {
    let year = TimeDelta::days(365);
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Omar", officer()).await;
    town.clock.advance(year);
    let mut ahead = town.logged_in("Halima").await;
    let mut stranger = town.browser();
    for _ in 0..6 {
        town.give_password(&mut stranger, "Omar", WRONG).await;
    }
    town.clock.advance(-year);
    town.logged_in("Halima").await;
    town.logged_in("Omar").await;
    assert_eq!(
        ahead.get("/console/account").await.leads_to(),
        "/console/login?next=%2Fconsole%2Faccount",
        "it would last for a year"
    );
    town.stop().await;
}

#[tokio::test]
async fn a_login_leads_to_the_page_that_was_wanted_and_to_no_other_site() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    for (wanted, got) in [
        ("/console/account", "/console/account"),
        ("https://evil.example/", "/console"),
        ("//evil.example/console", "/console"),
    ] {
        let mut browser = town.browser();
        browser.get("/console/login").await;
        let fields = [
            ("email", "HALIMA@example.org "),
            ("password", PASSWORD),
            ("next", wanted),
        ];
        let page = browser.post("/console/login", &fields).await;
        let page = browser.follow(page).await;
        let next = page.between("name=\"next\" value=\"", "\"");
        let fields = [("code", town.code()), ("next", next)];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let page = browser.post("/console/second-factor", &fields).await;
        assert_eq!(page.leads_to(), got);
        town.clock.advance(TimeDelta::seconds(30));
    }
    town.stop().await;
}

#[tokio::test]
async fn one_network_has_so_many_tries_and_no_more() {
    let town = Town::new().await;
    let mut browser = town.browser();
    browser.get("/console/login").await;
    for tries in 1..=41 {
        let page = browser
            .post("/console/login", &[("email", "x@example.org")])
            .await;
        let expected = if tries <= 40 {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            page.says("Wait ten minutes");
            StatusCode::TOO_MANY_REQUESTS
        };
        assert_eq!(page.status, expected, "{tries}");
    }
    town.clock.advance(TimeDelta::minutes(10));
    let page = browser
        .post("/console/login", &[("email", "x@example.org")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    town.stop().await;
}
