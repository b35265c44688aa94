//! Nobody looks at what they should not without leaving a trace, and the administrator reads the traces.

use chrono::TimeDelta;
use jibu::people::{Person, Role};
use jibu::store::Trace;
use reqwest::StatusCode;

use super::town::{convener, officer};
use super::{Browser, Page, Town};
use crate::world::past_the_store;

const AUDIT: &str = "/console/audit";
/// Of who texts first.
const PHONE: &str = "+254711000001";
const BRIBE: &str = "The water officer wants a bribe";

fn at(number: u64) -> String {
    format!("/console/complaints/{number}")
}

/// What is on record: who did what, the oldest first.
fn traces(town: &Town) -> Vec<String> {
    past_the_store(&town.served.folder)
        .prepare("SELECT name || ' ' || deed FROM audit JOIN person ON person.id = person_id ORDER BY audit.id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

async fn reveal(browser: &mut Browser, number: u64, reason: &str) -> Page {
    browser.get(&at(number)).await;
    let path = format!("{}/reveal", at(number));
    browser.post(&path, &[("reason", reason)]).await
}

/// Noor convenes, Halima works for the water department, Asha is the administrator.
async fn people(town: &Town) -> (Person, Browser, Browser, Browser) {
    town.person("Asha", Role::Administrator).await;
    town.person("Halima", officer()).await;
    let noor = town.person("Noor", convener()).await;
    (
        noor,
        town.logged_in("Noor").await,
        town.logged_in("Halima").await,
        town.logged_in("Asha").await,
    )
}

#[tokio::test]
async fn who_reads_a_sensitive_complaint_is_on_record_once_and_the_administrator_sees_it() {
    let town = Town::new().await;
    let (_, mut noor, mut halima, mut asha) = people(&town).await;
    let pump = town.texted("Pump in Eldas is broken").await;
    let bribe = town.texted(BRIBE).await;
    asha.get(AUDIT).await.says("No entries");
    noor.get(&at(pump)).await.says("Pump in Eldas");
    halima.get(&at(pump)).await.says("Pump in Eldas");
    assert_eq!(
        halima.get(&at(bribe)).await.status,
        StatusCode::NOT_FOUND,
        "it accuses them"
    );
    assert_eq!(traces(&town), Vec::<String>::new());

    noor.get(&at(bribe)).await.says(BRIBE);
    noor.get(&at(bribe)).await.says(BRIBE);
    town.clock.advance(TimeDelta::minutes(9));
    noor.get(&at(bribe)).await.says(BRIBE);
    assert_eq!(traces(&town), ["Noor read"]);
    town.clock.advance(TimeDelta::minutes(1));
    noor.get(&at(bribe)).await.says(BRIBE);
    assert_eq!(traces(&town), ["Noor read", "Noor read"]);

    let page = asha.get(AUDIT).await;
    page.says("The record is whole: 2 entries.");
    page.says("<bdi>Noor</bdi><br><span class=\"soft\"><bdi>Transparency Wajir");
    page.says("<td>Read it</td>");
    let digits = bribe.to_string();
    page.says(&format!(
        "{} {} {}",
        &digits[..3],
        &digits[3..6],
        &digits[6..]
    ));
    assert!(!page.text.contains("bribe"), "no word of it");
    town.stop().await;
}

#[tokio::test]
async fn each_deed_on_a_sensitive_complaint_is_on_record_in_its_own_transaction() {
    let town = Town::new().await;
    let (_, mut noor, mut halima, _) = people(&town).await;
    let pump = town.texted("Pump in Eldas is broken").await;
    let note = [("words", "Rang the chief")];
    town.act(&mut halima, pump, "note", &note).await;
    assert_eq!(traces(&town), Vec::<String>::new());
    town.act(&mut halima, pump, "sensitive", &[]).await;
    town.act(&mut noor, pump, "note", &note).await;
    let empty = town.act(&mut noor, pump, "note", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        traces(&town),
        ["Halima did:sensitive", "Noor read", "Noor did:note"]
    );
    town.stop().await;
}

#[tokio::test]
async fn without_a_trace_there_is_no_page_no_number_and_no_deed() {
    let town = Town::new().await;
    let (_, mut noor, ..) = people(&town).await;
    let pump = town.texted("Pump in Eldas is broken").await;
    let bribe = town.texted(BRIBE).await;
    past_the_store(&town.served.folder)
        .execute("DELETE FROM meta WHERE key = 'audit'", [])
        .unwrap();
    let page = noor.get(&at(bribe)).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!page.text.contains("bribe"));
    let page = reveal(&mut noor, pump, "To call her back").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!page.text.contains(PHONE));
    let page = town.act(&mut noor, pump, "sensitive", &[]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    noor.get(&at(pump)).await.says("Pump in Eldas");
    let sensitive: i64 = past_the_store(&town.served.folder)
        .query_row("SELECT sum(sensitive) FROM complaint", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sensitive, 1);
    town.stop().await;
}

#[tokio::test]
async fn the_convener_is_shown_a_number_for_a_reason_and_once() {
    let town = Town::new().await;
    let (_, mut noor, mut halima, mut asha) = people(&town).await;
    let pump = town.texted("Pump in Eldas is broken").await;

    // Nor is one that nobody can read.
    let unseen = "\u{1}\u{7f}\u{ad}\u{61c}\u{200b}\u{2060}\u{3164}\u{e0041}";
    for nothing in [" \n ", unseen] {
        let page = reveal(&mut noor, pump, nothing).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.says("Please say why you need it.");
        assert!(!page.text.contains(PHONE));
    }
    assert_eq!(traces(&town), Vec::<String>::new());

    let page = reveal(&mut noor, pump, "She cannot read").await;
    assert_eq!(page.status, StatusCode::OK);
    page.says(PHONE);
    page.says("Why: She cannot read");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(traces(&town), ["Noor revealed"]);
    let later = noor.get(&at(pump)).await;
    assert!(!later.text.contains(PHONE) && !later.text.contains("She cannot read"));

    let page = asha.get(AUDIT).await;
    page.says("Saw the phone number");
    page.says("She cannot read");
    assert!(!page.text.contains(PHONE));

    let page = halima.get(&at(pump)).await;
    page.says("The convener can call.");
    assert!(!page.text.contains("/reveal"));
    let page = reveal(&mut halima, pump, "To call her").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(traces(&town), ["Noor revealed"]);

    let reason: Vec<u8> = past_the_store(&town.served.folder)
        .query_row("SELECT reason FROM audit", [], |row| row.get(0))
        .unwrap();
    assert!(
        !String::from_utf8_lossy(&reason).contains("She cannot"),
        "sealed"
    );
    town.stop().await;
}

#[tokio::test]
async fn after_twenty_numbers_in_an_hour_the_next_waits() {
    let town = Town::new().await;
    let (_, mut noor, ..) = people(&town).await;
    let pump = town.texted("Pump in Eldas is broken").await;
    for time in 0..20 {
        let page = reveal(&mut noor, pump, "To call her back").await;
        assert_eq!(page.status, StatusCode::OK, "{time}");
    }
    town.clock.advance(TimeDelta::minutes(59));
    let page = reveal(&mut noor, pump, "Once more").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    page.says("You saw 20 numbers within an hour.");
    page.says(">Once more</textarea>");
    assert!(!page.text.contains(PHONE));
    assert_eq!(traces(&town).len(), 20);
    town.clock.advance(TimeDelta::minutes(1));
    reveal(&mut noor, pump, "Once more").await.says(PHONE);
    town.stop().await;
}

#[tokio::test]
async fn the_record_is_read_by_page_and_person_and_says_when_it_is_not_whole() {
    let town = Town::new().await;
    let (noor, mut browser, _, mut asha) = people(&town).await;
    let bribe = town.texted(BRIBE).await;
    browser.get(&at(bribe)).await.says(BRIBE);
    let complaint = town
        .store()
        .read(|reader| reader.newest_complaint())
        .await
        .unwrap()
        .unwrap();
    let write = town.store().write("trace", move |tx| {
        for _ in 0..50 {
            tx.leave_trace(&noor, complaint.id, Trace::Revealed, Some("To call"))?;
        }
        Ok(noor.id)
    });
    let noor = write.await.unwrap();
    let page = asha.get(AUDIT).await;
    page.says("The record is whole: 51 entries.");
    assert_eq!(
        page.text.matches("<td>Saw the phone number</td>").count(),
        50
    );
    assert!(!page.text.contains("<td>Read it</td>"), "on the next page");
    let next = page.between("<a class=\"button quiet\" href=\"", "\"");
    let page = asha.get(&next).await;
    page.says("<td>Read it</td>");
    assert!(!page.text.contains("<td>Saw the phone"));

    let of = |person: i64| format!("{AUDIT}?person={person}");
    asha.get(&of(noor.0)).await.says("<td>Saw the phone");
    asha.get(&of(noor.0 + 1)).await.says("No entries");

    past_the_store(&town.served.folder)
        .execute_batch("DROP TRIGGER audit_is_never_removed; DELETE FROM audit WHERE id = 51")
        .unwrap();
    town.clock.advance(TimeDelta::minutes(1));
    let page = asha.get(AUDIT).await;
    page.says("The record is not whole");
    page.says("Entry 51 is the first that is missing.");
    town.stop().await;
}
