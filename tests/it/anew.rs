//! A phone that was off gets what it missed once it is on again, and only what is still so.

use chrono::TimeDelta;
use jibu::complaint::{Delivery, Failure};
use jibu::people::Deed;
use jibu::store::{Claimed, Settled, Tx};

use crate::desk::{Desk, halima};
use crate::sender::report_on;
use crate::world::{AMINA, World};

/// What is due by now goes to the gateway, each phone's in order, and is taken.
pub(crate) async fn leave(world: &World) -> Vec<Claimed> {
    let mut left = Vec::new();
    loop {
        let claimed = world.store.write("leave", |tx| {
            let claimed = tx.claim_texts(100, TimeDelta::hours(72))?.claimed;
            claimed.iter().try_for_each(|text| taken(tx, text.id))?;
            Ok(claimed)
        });
        match claimed.await.unwrap() {
            claimed if claimed.is_empty() => return left,
            claimed => left.extend(claimed),
        }
    }
}

fn taken(tx: &mut Tx<'_>, id: i64) -> Result<(), jibu::store::StoreError> {
    let taken = Settled::Accepted {
        sid: format!("SM{id}"),
        delivery: Delivery::Sent,
    };
    tx.settle_text(id, &taken)
}

/// The only one that leaves now.
pub(crate) async fn one(world: &World) -> Claimed {
    let mut left = leave(world).await;
    assert_eq!(left.len(), 1, "{:?}", words(&left));
    left.remove(0)
}

pub(crate) fn words(texts: &[Claimed]) -> Vec<&str> {
    texts.iter().map(|text| text.words.as_str()).collect()
}

/// The carrier says of a text that the phone was off.
pub(crate) async fn phone_was_off(world: &World, text: &Claimed) {
    report_on(
        world,
        text.id,
        Delivery::Undelivered,
        Some(Failure::TryLater),
    )
    .await;
}

/// The water department took it on, and Amina knows.
async fn accepted(desk: &Desk) {
    desk.done(&halima(), Deed::Accept, "").await;
    leave(&desk.world).await;
    desk.later(10);
}

/// Amina's borehole is said to be solved while her phone is off; the text that asks her whether it is.
async fn asked_while_off(desk: &Desk) -> Claimed {
    accepted(desk).await;
    desk.done(&halima(), Deed::Resolve, "A new rod is in").await;
    let asked = one(&desk.world).await;
    assert!(asked.words.contains("Is it? Reply 1 yes"));
    asked
}

#[tokio::test]
async fn who_says_that_it_is_solved_is_not_asked_again_whether_it_is() {
    let desk = Desk::open().await;
    let asked = asked_while_off(&desk).await;
    phone_was_off(&desk.world, &asked).await;
    desk.later(10);
    let thanks = desk.text("1").await;
    assert!(thanks.contains("is closed as solved"), "{thanks}");
    desk.later(5 * 60);
    assert_eq!(words(&leave(&desk.world).await), [thanks]);
}

#[tokio::test]
async fn what_turns_out_later_not_to_have_arrived_is_asked_no_more_once_it_was_answered() {
    let desk = Desk::open().await;
    let asked = asked_while_off(&desk).await;
    desk.later(10);
    desk.text("1").await;
    leave(&desk.world).await;
    phone_was_off(&desk.world, &asked).await;
    desk.later(5 * 60);
    assert_eq!(words(&leave(&desk.world).await), [""; 0]);
}

#[tokio::test]
async fn of_two_news_that_a_phone_missed_it_gets_how_it_stands() {
    let desk = Desk::open().await;
    leave(&desk.world).await;
    desk.done(&halima(), Deed::Accept, "").await;
    let accepted = one(&desk.world).await;
    phone_was_off(&desk.world, &accepted).await;
    desk.later(30);
    desk.done(&halima(), Deed::Resolve, "A new rod is in").await;
    let solved = one(&desk.world).await;
    phone_was_off(&desk.world, &solved).await;
    desk.later(2 * 60);
    assert_eq!(words(&leave(&desk.world).await), [solved.words]);
}

#[tokio::test]
async fn news_that_are_still_so_come_when_the_phone_is_on() {
    let desk = Desk::open().await;
    accepted(&desk).await;
    desk.done(&halima(), Deed::Update, "We look at it").await;
    let news = one(&desk.world).await;
    phone_was_off(&desk.world, &news).await;
    desk.later(30);
    desk.done(&halima(), Deed::Update, "The rod is broken")
        .await;
    let more = one(&desk.world).await;
    assert!(more.words.contains("The rod is broken"));
    desk.later(31);
    assert_eq!(words(&leave(&desk.world).await), [news.words]);
}

#[tokio::test]
async fn a_phone_that_texts_gets_at_once_what_it_missed_and_then_its_answer() {
    let desk = Desk::open().await;
    let missed = one(&desk.world).await;
    phone_was_off(&desk.world, &missed).await;
    desk.later(10);
    let answer = desk.text("STATUS").await;
    assert_eq!(words(&leave(&desk.world).await), [missed.words, answer]);
    desk.later(5 * 60);
    assert_eq!(words(&leave(&desk.world).await), [""; 0], "and once");
}

#[tokio::test]
async fn what_waits_for_a_phone_to_be_on_holds_nothing_back() {
    let desk = Desk::open().await;
    let missed = one(&desk.world).await;
    phone_was_off(&desk.world, &missed).await;
    desk.later(10);
    desk.done(&halima(), Deed::Accept, "").await;
    assert!(one(&desk.world).await.words.contains("took it on"));
    desk.later(51);
    assert_eq!(words(&leave(&desk.world).await), [missed.words]);
}

#[tokio::test]
async fn who_says_stop_when_the_phone_is_on_gets_nothing_of_what_it_missed() {
    let desk = Desk::open().await;
    let missed = one(&desk.world).await;
    phone_was_off(&desk.world, &missed).await;
    desk.later(10);
    let confirmation = desk.text("STOP").await;
    desk.later(5 * 60);
    assert_eq!(words(&leave(&desk.world).await), [confirmation]);
}

/// What is damaged is not sent anew; the report is taken all the same.
#[tokio::test]
async fn a_text_that_does_not_open_is_failed_and_no_more() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let missed = one(&world).await;
    crate::world::past_the_store(&world.folder)
        .execute("UPDATE outbox SET words = zeroblob(80)", [])
        .unwrap();
    phone_was_off(&world, &missed).await;
    crate::sender::until_states(&world, &["failed"]).await;
}
