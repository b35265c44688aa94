//! What an invitation leads to.

use chrono::TimeDelta;
use jibu::people::{Authenticator, Role};
use reqwest::StatusCode;

use super::town::officer;
use super::{Browser, Page, Town};

const PASSWORD: &str = "four goats by the well";

/// The authenticator that somebody adds who reads the key off the page.
fn authenticator(page: &Page) -> Authenticator {
    let key = page.between("<code class=\"key\">", "</code>");
    assert!(page.text.contains("<svg "), "and as a picture");
    Authenticator::from_secret(&key.replace(' ', "")).unwrap()
}

fn fields<'a>(password: &'a str, code: &'a str) -> [(&'a str, &'a str); 3] {
    [("password", password), ("again", password), ("code", code)]
}

async fn is_over(browser: &mut Browser, link: &str) {
    let page = browser.get(link).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    page.says("Ask your administrator for a new one");
}

#[tokio::test]
async fn a_link_a_password_and_a_phone_lead_in() {
    let town = Town::new().await;
    let link = town.invited("Omar", officer()).await;
    let mut omar = town.browser();
    let page = omar.get(&link).await;
    page.says("Welcome, Omar");
    let phone = authenticator(&page);

    // A slip in the form keeps the picture that was scanned already.
    let code = phone.code(town.clock.now());
    let page = omar.post(&link, &fields("short", &code)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("too short");
    assert_eq!(authenticator(&page).secret(), phone.secret());
    let page = omar.post(&link, &fields(PASSWORD, "12345")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("should show");

    let page = omar.post(&link, &fields(PASSWORD, &code)).await;
    assert_eq!(page.leads_to(), "/console", "{page:?}");
    let page = omar.follow(page).await;
    page.says("Omar");
    is_over(&mut omar, &link).await;

    // From now on the password and the phone lead in. The code that proved the phone is used.
    for (wait, worth) in [(0, false), (30, true)] {
        town.clock.advance(TimeDelta::seconds(wait));
        let mut elsewhere = town.browser();
        let page = town.give_password(&mut elsewhere, "Omar", PASSWORD).await;
        elsewhere.follow(page).await;
        let code = phone.code(town.clock.now());
        let page = elsewhere
            .post("/console/second-factor", &[("code", &code)])
            .await;
        assert_eq!(page.leads_to() == "/console", worth, "{page:?}");
    }
    town.stop().await;
}

/// Whoever sat before that browser is not there any more.
#[tokio::test]
async fn who_follows_a_link_is_nobody_else_from_then_on() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let link = town.invited("Omar", officer()).await;
    let mut browser = town.logged_in("Halima").await;
    let mut before = browser.copy();
    let phone = authenticator(&browser.get(&link).await);
    let code = phone.code(town.clock.now());
    browser.post(&link, &fields(PASSWORD, &code)).await;
    browser
        .get("/console/account")
        .await
        .says("omar@example.org");
    assert_eq!(
        before.get("/console/account").await.status,
        StatusCode::SEE_OTHER
    );
    town.stop().await;
}

/// Who finds the link later, in somebody's messages, learns nothing of the phone.
#[tokio::test]
async fn another_browser_is_shown_another_key() {
    let town = Town::new().await;
    let link = town.invited("Omar", officer()).await;
    let one = authenticator(&town.browser().get(&link).await);
    let two = authenticator(&town.browser().get(&link).await);
    assert_ne!(one.secret(), two.secret());
    town.stop().await;
}

#[tokio::test]
async fn a_link_is_good_for_seven_days_and_until_the_next() {
    let town = Town::new().await;
    let link = town.invited("Omar", officer()).await;
    let mut omar = town.browser();
    town.clock
        .advance(TimeDelta::days(7) - TimeDelta::seconds(1));
    assert_eq!(omar.get(&link).await.status, StatusCode::OK);
    town.clock.advance(TimeDelta::seconds(1));
    is_over(&mut omar, &link).await;

    let first = town.invited("Yusuf", officer()).await;
    let again = town.store().write("again", |tx| {
        let yusuf = tx.account_of("yusuf@example.org")?.unwrap();
        jibu::actions::access::invite_again(tx, yusuf.person.id)
    });
    let second = super::town::address(&again.await.unwrap().unwrap().token);
    is_over(&mut omar, &first).await;
    assert_eq!(omar.get(&second).await.status, StatusCode::OK);

    let altered = second.replace("invitation/", "invitation/A");
    let altered = &altered[..second.len()];
    for link in [altered, "/console/invitation/x"] {
        is_over(&mut omar, link).await;
    }
    town.stop().await;
}

/// A phone was lost: with the new link the old password, the old phone and what was logged in are worth nothing.
#[tokio::test]
async fn a_new_link_replaces_all_once_it_is_used() {
    let town = Town::new().await;
    let halima = town.person("Halima", Role::Administrator).await;
    let mut before = town.logged_in("Halima").await;
    let again = town.store().write("again", move |tx| {
        jibu::actions::access::invite_again(tx, halima.id)
    });
    let link = super::town::address(&again.await.unwrap().unwrap().token);
    assert_eq!(
        before.get("/console/people").await.status,
        StatusCode::OK,
        "still"
    );

    let mut browser = town.browser();
    let phone = authenticator(&browser.get(&link).await);
    let code = phone.code(town.clock.now());
    let page = browser.post(&link, &fields(PASSWORD, &code)).await;
    assert_eq!(page.leads_to(), "/console");
    assert_eq!(
        before.get("/console/people").await.status,
        StatusCode::SEE_OTHER
    );
    let page = town
        .give_password(&mut before, "Halima", super::PASSWORD)
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = town.give_password(&mut before, "Halima", PASSWORD).await;
    before.follow(page).await;
    let page = before
        .post("/console/second-factor", &[("code", &town.code())])
        .await;
    assert_eq!(
        page.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the old phone"
    );
    town.stop().await;
}
