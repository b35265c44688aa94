//! What a person marks sensitive: what still waits to be sent, and who is left to see to it.

use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::deed::{Outcome, Refusal};
use jibu::people::Deed;
use jibu::store::BY_RULES;
use tokio::sync::Notify;

use crate::anew::{leave, one, phone_was_off, words};
use crate::desk::{Desk, halima, omar, zahra};
use crate::sender::{Next, send, until_states};
use crate::served::wait_for;
use crate::world::past_the_store;

#[tokio::test]
async fn what_waits_to_be_sent_says_nothing_of_the_matter_once_it_is_sensitive() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.refer(&halima(), Deed::Return, None).await,
        Outcome::Done
    );
    desk.later(1);
    desk.done(&omar(), Deed::Accept, "").await;
    desk.done(&omar(), Deed::Update, "Ali, who took the bribe, is sought")
        .await;
    assert!(desk.last_notice().await.contains("bribe"));
    desk.done(&omar(), Deed::MarkSensitive, "").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: something was done about it. We will text you here."
    );
    let notices = desk.notices().await;
    assert!(
        notices.iter().all(|(_, words)| !words.contains("bribe")),
        "{notices:?}"
    );
}

#[tokio::test]
async fn what_failed_before_it_was_sensitive_says_nothing_of_the_matter_later() {
    let desk = Desk::open().await;
    let missed = one(&desk.world).await;
    assert!(missed.words.contains("Water Dept"), "{}", missed.words);
    desk.done(&omar(), Deed::MarkSensitive, "").await;
    phone_was_off(&desk.world, &missed).await;
    desk.later(2 * 60);
    let number = desk.number();
    let neutral = format!("{number}: we have it and are looking at it. We will text you here.");
    assert_eq!(
        words(&leave(&desk.world).await),
        [neutral.as_str(), neutral.as_str()],
        "that it went on, and what was missed"
    );
}

/// With a place or more words the rules may find what they did not before.
#[tokio::test]
async fn what_the_rules_find_sensitive_later_says_nothing_of_the_matter_either() {
    let desk = Desk::open().await;
    let missed = one(&desk.world).await;
    desk.later(1);
    desk.world.refer(BY_RULES, "ti-wajir").await;
    past_the_store(&desk.world.folder)
        .execute("UPDATE complaint SET sensitive = 1", [])
        .unwrap();
    phone_was_off(&desk.world, &missed).await;
    desk.later(2 * 60);
    let later = one(&desk.world).await.words;
    assert!(!later.contains("Water"), "{later}");
    assert!(later.contains(&desk.number()), "{later}");
}

#[tokio::test]
async fn what_was_sensitive_from_the_start_is_sent_anew_as_it_was() {
    let desk = Desk::open_on("The nurse wants a bribe in Eldas", |_| {}).await;
    let missed = one(&desk.world).await;
    phone_was_off(&desk.world, &missed).await;
    desk.later(2 * 60);
    assert_eq!(words(&leave(&desk.world).await), [missed.words]);
}

/// The gateway says of the only text that waits that it was not taken, after `meanwhile`; all words that reached the gateway then.
async fn refused_after(desk: &Desk, meanwhile: impl AsyncFnOnce()) -> Vec<String> {
    let go = Arc::new(Notify::new());
    let script = vec![Next::HoldThenRefuse(Arc::clone(&go))];
    let (_stop, gateway) = send(&desk.world, script);
    until_states(&desk.world, &["sending"]).await;
    meanwhile().await;
    go.notify_one();
    wait_for("the second try", async || {
        desk.world.clock.advance(TimeDelta::minutes(1));
        let waits = "SELECT count(*) FROM outbox WHERE state <> 'accepted'";
        let waits: u32 = past_the_store(&desk.world.folder)
            .query_row(waits, [], |row| row.get(0))
            .unwrap();
        (waits == 0).then_some(())
    })
    .await;
    let bodies = gateway.bodies.lock().unwrap();
    bodies.clone()
}

#[tokio::test]
async fn what_becomes_sensitive_while_it_is_on_the_wire_leaves_later_without_the_matter() {
    let desk = Desk::open().await;
    let bodies = refused_after(&desk, async || {
        desk.done(&omar(), Deed::MarkSensitive, "").await;
    })
    .await;
    assert!(bodies[0].contains("Water Dept"));
    assert_eq!(bodies.len(), 3, "{bodies:?}");
    for body in &bodies[1..] {
        assert!(!body.contains("Water"), "{body}");
    }
}

/// Nothing else tells of it: it was with the convener already.
#[tokio::test]
async fn who_is_told_nothing_else_still_gets_the_number() {
    let desk = Desk::open_on("Something is wrong here", |_| {}).await;
    assert_eq!(desk.column("holder"), "ti-wajir");
    let bodies = refused_after(&desk, async || {
        desk.done(&omar(), Deed::MarkSensitive, "").await;
    })
    .await;
    assert!(bodies.last().unwrap().contains(&desk.number()));
}

#[tokio::test]
async fn what_was_sensitive_from_the_start_leaves_later_as_it_was() {
    let desk = Desk::open_on("The nurse wants a bribe in Eldas", |_| {}).await;
    let bodies = refused_after(&desk, async || {}).await;
    assert_eq!(bodies.len(), 2, "{bodies:?}");
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn who_oversees_the_convener_sends_nothing_back_to_itself() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.act(&halima(), Deed::MarkSensitive, "", Some("ti-wajir"), None)
            .await,
        Outcome::Done
    );
    assert_eq!(desk.column("holder"), "ombudsman");
    assert_eq!(
        desk.refer(&zahra(), Deed::Return, None).await,
        Outcome::Refused(Refusal::HasItAlready)
    );
    assert_eq!(desk.column("returns"), "0");
    assert_eq!(
        desk.refer(&zahra(), Deed::Return, Some("wajir-water"))
            .await,
        Outcome::Done
    );
}

#[tokio::test]
async fn nothing_is_hidden_from_all_who_could_have_it() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.act(&omar(), Deed::MarkSensitive, "", Some("ombudsman"), None)
            .await,
        Outcome::Done
    );
    assert_eq!(
        desk.act(&omar(), Deed::MarkSensitive, "", Some("ti-wajir"), None)
            .await,
        Outcome::Refused(Refusal::NobodyLeft)
    );
    desk.done(&omar(), Deed::Note, "Told the ministry").await;
}
