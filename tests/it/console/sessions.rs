//! How long a login lasts, and whose forms are taken.

use chrono::TimeDelta;
use reqwest::{Method, StatusCode};

use super::town::officer;
use super::{PASSWORD, Town};
use crate::world::past_the_store;

const ACCOUNT: &str = "/console/account";

#[tokio::test]
async fn a_login_ends_after_an_hour_without_use_and_after_twelve_in_any_case() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut idle = town.logged_in("Halima").await;
    town.clock.advance(TimeDelta::minutes(59));
    assert_eq!(idle.get(ACCOUNT).await.status, StatusCode::OK);
    town.clock.advance(TimeDelta::minutes(59));
    assert_eq!(idle.get(ACCOUNT).await.status, StatusCode::OK, "put off");
    town.clock.advance(TimeDelta::minutes(60));
    assert_eq!(idle.get(ACCOUNT).await.status, StatusCode::SEE_OTHER);

    let mut busy = town.logged_in("Halima").await;
    for _ in 0..23 {
        town.clock.advance(TimeDelta::minutes(31));
        assert_eq!(busy.get(ACCOUNT).await.status, StatusCode::OK);
    }
    town.clock.advance(TimeDelta::minutes(8));
    assert_eq!(
        busy.get(ACCOUNT).await.status,
        StatusCode::SEE_OTHER,
        "12 hours"
    );
    town.stop().await;
}

/// Their table does not grow with the years; when somebody last logged in stays known, and what lasts elsewhere goes on.
#[tokio::test]
async fn what_is_over_is_forgotten_at_the_next_login() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let kept = || {
        let rows = past_the_store(&town.served.folder).query_row(
            "SELECT count(*), count(proven_at) FROM session",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        );
        rows.unwrap()
    };
    for _ in 0..5 {
        let mut halima = town.logged_in("Halima").await;
        halima.get(ACCOUNT).await;
        halima.post("/console/logout", &[]).await;
        town.clock.advance(TimeDelta::days(1));
    }
    let mut browser = town.browser();
    town.give_password(&mut browser, "Halima", PASSWORD).await;
    assert_eq!(kept(), (2, 1), "the last login, and this one half way");
    let mut first = town.logged_in("Halima").await;
    let mut second = town.logged_in("Halima").await;
    for lasting in [&mut first, &mut second] {
        assert_eq!(lasting.get(ACCOUNT).await.status, StatusCode::OK);
    }
    town.stop().await;
}

/// What was written is not thrown away without a word.
#[tokio::test]
async fn a_form_that_comes_after_the_end_is_told_so() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    town.clock.advance(TimeDelta::hours(2));
    let page = halima.post(ACCOUNT, &[("name", "Halima Abdi")]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    page.says("Go back to copy what you wrote");
    town.stop().await;
}

/// A token that an attacker put into a browser before the login is worth nothing after it.
#[tokio::test]
async fn a_login_changes_the_cookie_each_time() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut browser = town.browser();
    browser.get("/console/login").await;
    let mut planted = browser.copy();
    let page = town.give_password(&mut browser, "Halima", PASSWORD).await;
    let mut half_way = browser.copy();
    assert_ne!(browser.cookie, planted.cookie);
    browser.follow(page).await;
    browser
        .post("/console/second-factor", &[("code", &town.code())])
        .await;
    assert_ne!(browser.cookie, half_way.cookie);
    assert_eq!(browser.get(ACCOUNT).await.status, StatusCode::OK);
    for old in [&mut planted, &mut half_way] {
        assert_eq!(old.get(ACCOUNT).await.status, StatusCode::SEE_OTHER);
        let page = old.get("/console/second-factor").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
    town.stop().await;
}

/// Two tabs: who logs in again in the second leaves no login behind that nobody knows of.
#[tokio::test]
async fn a_second_login_of_a_browser_ends_its_first() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut other_tab = town.logged_in("Halima").await;
    let mut first = other_tab.copy();
    other_tab.get(ACCOUNT).await;
    let fields = [("email", "halima@example.org"), ("password", PASSWORD)];
    let page = other_tab.post("/console/login", &fields).await;
    assert_eq!(page.leads_to(), "/console/second-factor");
    assert_eq!(first.get(ACCOUNT).await.status, StatusCode::SEE_OTHER);
    town.stop().await;
}

#[tokio::test]
async fn forms_of_other_sites_and_other_sessions_are_refused() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let mut other = town.logged_in("Halima").await;
    halima.get(ACCOUNT).await;
    other.get(ACCOUNT).await;
    let (own, others) = (halima.csrf.clone(), other.csrf.clone());
    let renamed = [("name", "Somebody Else")];

    for csrf in ["", "x", &others] {
        halima.csrf = csrf.to_owned();
        let page = halima.post(ACCOUNT, &renamed).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{csrf}");
        page.says("Nothing was changed");
    }
    for (header, value) in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ] {
        halima.csrf = own.clone();
        halima.says_no_origin();
        halima.says(header, value);
        let page = halima.post(ACCOUNT, &renamed).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{header}: {value}");
    }
    halima.get(ACCOUNT).await.says("value=\"Halima\"");

    // An older browser that says nothing, or that its page is not to be named, has the form of our page all the same.
    for origin in [None, Some("null"), Some(town.served.url.as_str())] {
        halima.says_no_origin();
        if let Some(origin) = origin {
            halima.says("origin", origin);
        }
        let page = halima.post(ACCOUNT, &renamed).await;
        assert_eq!(page.leads_to(), "/console/account?done=saved", "{origin:?}");
    }
    town.stop().await;
}

/// The form of the login too: else somebody could be logged in as another, and write into that one's account.
#[tokio::test]
async fn a_login_from_another_site_is_refused() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut browser = town.browser();
    let fields = [("email", "halima@example.org"), ("password", PASSWORD)];
    let page = browser.post("/console/login", &fields).await;
    assert_eq!(
        page.status,
        StatusCode::FORBIDDEN,
        "no form was fetched before"
    );
    browser.get("/console/login").await;
    browser.says_no_origin();
    browser.says("sec-fetch-site", "cross-site");
    let page = browser.post("/console/login", &fields).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    town.stop().await;
}

#[tokio::test]
async fn a_form_that_is_too_large_is_told_so() {
    let town = Town::new().await;
    let mut browser = town.browser();
    browser.get("/console/login").await;
    let page = browser
        .ask(Method::POST, "/console/login", Some("x".repeat(70_000)))
        .await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    page.says("shorten what you wrote");
    town.stop().await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_login() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let mut stolen = town.logged_in("Halima").await;
    halima.get(ACCOUNT).await;
    let new = "four goats by the well";
    let change = |current: &'static str, password: &'static str, again: &'static str| {
        [
            ("current", current),
            ("password", password),
            ("again", again),
        ]
    };
    let path = "/console/account/password";
    for (fields, why) in [
        (change("wrong one", new, new), "That is not your password"),
        (change(PASSWORD, "short", "short"), "too short"),
        (change(PASSWORD, new, "another"), "are not the same"),
        (
            change(PASSWORD, "halima, halima!", "halima, halima!"),
            "holds your name",
        ),
    ] {
        let page = halima.post(path, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.says(why);
    }
    assert_eq!(stolen.get(ACCOUNT).await.status, StatusCode::OK);

    let before = halima.cookie.clone();
    let page = halima.post(path, &change(PASSWORD, new, new)).await;
    assert_eq!(page.leads_to(), "/console/account?done=changed");
    assert_ne!(halima.cookie, before);
    halima.follow(page).await.says("Your password is changed");
    assert_eq!(stolen.get(ACCOUNT).await.status, StatusCode::SEE_OTHER);

    let page = town.give_password(&mut stolen, "Halima", PASSWORD).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = town.give_password(&mut stolen, "Halima", new).await;
    assert_eq!(page.leads_to(), "/console/second-factor");
    town.stop().await;
}

#[tokio::test]
async fn other_logins_end_by_a_button() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut left_open = town.logged_in("Halima").await;
    let mut halima = town.logged_in("Halima").await;
    let page = halima.get(ACCOUNT).await;
    assert_eq!(page.text.matches("<li>since").count(), 1, "{}", page.text);
    page.says("This browser");
    let page = halima.post("/console/account/sessions", &[]).await;
    halima.follow(page).await.says("All others are logged out");
    assert_eq!(left_open.get(ACCOUNT).await.status, StatusCode::SEE_OTHER);
    town.stop().await;
}

#[tokio::test]
async fn pages_are_in_the_language_that_somebody_chose() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    halima.get(ACCOUNT).await;
    let fields = [("name", "Halima <b>Abdi</b>"), ("language", "sw")];
    let page = halima.post(ACCOUNT, &fields).await;
    let page = halima.follow(page).await;
    page.says("lang=\"sw\"");
    page.says("Imehifadhiwa");
    assert!(!page.text.contains("<b>Abdi"), "{}", page.text);
    let page = halima
        .post(ACCOUNT, &[("name", " "), ("language", "")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Nobody is called by what turns the rest of a line around.
    let fields = [("name", "\u{202e}roN\u{7}o"), ("language", "")];
    let page = halima.post(ACCOUNT, &fields).await;
    halima.follow(page).await.says("value=\"roN o\"");
    town.stop().await;
}
