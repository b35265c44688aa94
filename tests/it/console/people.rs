//! What an administrator does.

use jibu::people::Role;
use reqwest::StatusCode;

use super::town::officer;
use super::{PASSWORD, Town};

const PEOPLE: &str = "/console/people";

#[tokio::test]
async fn somebody_is_invited_by_a_link_that_is_shown_once() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    asha.get(PEOPLE).await;
    let omar = [
        ("name", "Omar"),
        ("email", "Omar@Example.org"),
        ("role", "officer:wajir-health"),
    ];
    let page = asha.post(PEOPLE, &omar).await;
    let link = page.between("<code class=\"key\">", "</code>");
    let path = link.strip_prefix(&town.served.url).unwrap();
    town.browser().get(path).await.says("Welcome, Omar");

    let page = asha.get(PEOPLE).await;
    assert!(!page.text.contains("/console/invitation/"), "shown once");
    page.says("Omar");
    page.says("omar@example.org");
    page.says("Wajir County Health Department");
    page.says("Invited, until Mon 11 May");
    town.stop().await;
}

#[tokio::test]
async fn what_is_wrong_with_an_invitation_is_told_and_what_was_typed_is_kept() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    asha.get(PEOPLE).await;
    let good = ("Omar", "omar@example.org", "officer:wajir-health");
    for (name, email, role, why) in [
        ("", good.1, good.2, "Please give the name"),
        (good.0, "omar", good.2, "That is no email address"),
        (
            good.0,
            "omar\u{202e}@example.org",
            good.2,
            "That is no email address",
        ),
        (good.0, good.1, "", "Please choose what they are"),
        (
            good.0,
            good.1,
            "officer:nobody",
            "Please choose what they are",
        ),
        (
            good.0,
            good.1,
            "convener:wajir-water",
            "Please choose what they are",
        ),
        (
            good.0,
            "ASHA@example.org",
            good.2,
            "Asha has that email already",
        ),
    ] {
        let page = asha
            .post(PEOPLE, &[("name", name), ("email", email), ("role", role)])
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        page.says(why);
        page.says(&format!("value=\"{email}\""));
    }
    town.stop().await;
}

#[tokio::test]
async fn who_has_left_is_out_at_once_and_still_in_the_list() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let omar = town.person("Omar", officer()).await;
    let mut asha = town.logged_in("Asha").await;
    let mut his = town.logged_in("Omar").await;
    asha.get(PEOPLE).await;
    let page = asha
        .post(&format!("{PEOPLE}/{}/leave", omar.id.0), &[])
        .await;
    page.says("Omar is logged out and cannot log in any more");
    page.says("Left on Mon 4 May");
    assert_eq!(
        his.get("/console/account").await.status,
        StatusCode::SEE_OTHER
    );
    let page = town.give_password(&mut his, "Omar", PASSWORD).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Twice is once, and no link is made for who has left.
    for deed in ["leave", "invite"] {
        let page = asha
            .post(&format!("{PEOPLE}/{}/{deed}", omar.id.0), &[])
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{deed}");
    }
    // Somebody who comes back is the same person, as what they are now.
    let again = [
        ("name", "Omar"),
        ("email", "omar@example.org"),
        ("role", "committee:wajir"),
    ];
    let page = asha.post(PEOPLE, &again).await;
    page.says("The link for Omar");
    let people = town
        .store()
        .read(|reader| reader.people(chrono::DateTime::default()));
    let back = people
        .await
        .unwrap()
        .into_iter()
        .find(|row| row.person.name == "Omar");
    let back = back.unwrap();
    assert_eq!(
        (back.person.id, back.person.role.word()),
        (omar.id, "committee")
    );
    town.stop().await;
}

#[tokio::test]
async fn a_lost_phone_is_mended_by_a_new_link() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let omar = town.person("Omar", officer()).await;
    let mut asha = town.logged_in("Asha").await;
    asha.get(PEOPLE).await;
    let page = asha
        .post(&format!("{PEOPLE}/{}/invite", omar.id.0), &[])
        .await;
    let link = page.between("<code class=\"key\">", "</code>");
    let path = link.strip_prefix(&town.served.url).unwrap();
    town.browser().get(path).await.says("Welcome, Omar");
    for nobody in ["1", "0", "x", "99999999999999999999"] {
        let page = asha.post(&format!("{PEOPLE}/{nobody}/invite"), &[]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nobody}");
    }
    town.stop().await;
}

#[tokio::test]
async fn the_last_administrator_cannot_leave() {
    let town = Town::new().await;
    let asha = town.person("Asha", Role::Administrator).await;
    // One who never took up their invitation lets nobody in.
    town.invited("Yusuf", Role::Administrator).await;
    let mut browser = town.logged_in("Asha").await;
    browser.get(PEOPLE).await;
    let leave = format!("{PEOPLE}/{}/leave", asha.id.0);
    let page = browser.post(&leave, &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("The last administrator cannot leave");

    town.person("Noor", Role::Administrator).await;
    let page = browser.post(&leave, &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(browser.get(PEOPLE).await.status, StatusCode::SEE_OTHER);
    town.stop().await;
}
