//! What is left of a hand-over long after it: little is looked at, and nothing stays behind.

use jibu::configuration::Live;
use jibu::timers::Due;

use super::{NEW, OLD, a_minute_passes, convened_by, standings};
use crate::world::{World, past_the_store};

fn change(world: &World, sql: &str) {
    past_the_store(&world.folder).execute_batch(sql).unwrap();
}

/// A former convener may have thousands as a partner, which stay: they are not looked through every minute.
#[tokio::test]
async fn what_is_opened_again_goes_along_at_once_and_all_is_looked_through_once_an_hour() {
    let world = World::of(|_| convened_by(OLD));
    a_minute_passes(&world, OLD).await;
    for phone in ["+254733000010", "+254733000011"] {
        let words = "I want to complain about something";
        world.text(phone, words).await.unwrap();
    }
    change(&world, "UPDATE complaint SET status = 'closed'");
    let live = Live::new(convened_by(NEW), world.clock.now());
    let mut due = Due::default();
    due.look(&world.store, &live).await;
    assert_eq!(
        standings(&world),
        ["0 ti-wajir closed", "0 ti-wajir closed"]
    );

    // One is opened again; the other is one that was on its way by the rules of before.
    change(
        &world,
        "UPDATE complaint SET status = 'reopened' WHERE id = (SELECT min(id) FROM complaint);
         UPDATE complaint SET status = 'referred' WHERE id = (SELECT max(id) FROM complaint)",
    );
    due.look(&world.store, &live).await;
    let opened_again = ["1 justice-wajir reopened", "0 ti-wajir referred"];
    assert_eq!(standings(&world), opened_again);
    for _ in 0..58 {
        due.look(&world.store, &live).await;
    }
    assert_eq!(standings(&world), opened_again);
    due.look(&world.store, &live).await;
    assert_eq!(standings(&world)[1], "1 justice-wajir referred");
}

#[tokio::test]
async fn other_rules_are_reason_to_look_through_all() {
    let world = World::of(|_| convened_by(OLD));
    a_minute_passes(&world, OLD).await;
    let words = "I want to complain about something";
    world.text("+254733000010", words).await.unwrap();
    change(&world, "UPDATE complaint SET status = 'closed'");
    let mut due = Due::default();
    let live = Live::new(convened_by(NEW), world.clock.now());
    due.look(&world.store, &live).await;
    change(&world, "UPDATE complaint SET status = 'referred'");
    due.look(&world.store, &live).await;
    assert_eq!(standings(&world), ["0 ti-wajir referred"]);
    let edited = Live::new(convened_by(NEW), world.clock.now());
    due.look(&world.store, &edited).await;
    assert_eq!(standings(&world), ["1 justice-wajir referred"]);
}
