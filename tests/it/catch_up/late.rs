//! A text that is found late is understood by what its sender could know when writing it.

use chrono::{DateTime, Utc};

use super::list::{ago, listed, looking, one_page};
use super::rows;
use crate::anew::{leave, one, phone_was_off, words};
use crate::desk::Desk;
use crate::world::{AMINA, World};

/// Amina wrote these then, and they are found now: the newest last.
async fn found(world: &World, texts: &[(&'static str, &'static str, DateTime<Utc>)]) {
    let texts: Vec<_> = texts.to_vec();
    let (catch_up, _) = looking(world, move |_| {
        let texts = texts.iter().rev();
        one_page(
            texts
                .map(|(sid, words, at)| listed(sid, AMINA, words, *at))
                .collect(),
        )
    });
    catch_up.look().await;
}

fn may_be_texted(desk: &Desk) -> bool {
    rows(&desk.world.folder, "phone WHERE stopped_at IS NULL") == 1
}

#[tokio::test]
async fn a_late_start_lifts_no_stop_that_came_after_it() {
    let desk = Desk::open().await;
    let at = desk.world.clock.now();
    desk.later(60);
    desk.text("STOP").await;
    desk.later(60);
    found(&desk.world, &[("SMstart", "START", at)]).await;
    assert!(!may_be_texted(&desk));
    assert_eq!(desk.world.reply_to("SMstart").await, None);
}

#[tokio::test]
async fn a_late_stop_does_not_stop_who_said_start_after_it() {
    let desk = Desk::open().await;
    let at = desk.world.clock.now();
    desk.later(60);
    desk.text("START").await;
    desk.later(60);
    found(&desk.world, &[("SMstop", "STOP", at)]).await;
    assert!(may_be_texted(&desk));
    assert_eq!(desk.world.reply_to("SMstop").await, None);
}

#[tokio::test]
async fn of_a_late_stop_and_a_late_start_the_later_counts() {
    let desk = Desk::open().await;
    let at = desk.world.clock.now();
    desk.later(60);
    let then = desk.world.clock.now();
    desk.later(60);
    let both = [("SMstop", "STOP", at), ("SMstart", "START", then)];
    found(&desk.world, &both).await;
    assert!(may_be_texted(&desk));
}

#[tokio::test]
async fn a_late_digit_answers_nothing_that_was_asked_after_it() {
    let desk = Desk::open_on("No water", |_| {}).await;
    let asked = "question";
    assert_eq!(rows(&desk.world.folder, asked), 1);
    let before = ago(&desk.world, 10);
    desk.later(10);
    found(&desk.world, &[("SMdigit", "9", before)]).await;
    let told = desk.world.reply_to("SMdigit").await.unwrap();
    assert!(told.contains("Text us what is wrong"), "{told}");
    assert_eq!(rows(&desk.world.folder, asked), 1);
    assert_eq!(desk.column("status"), "referred");
}

#[tokio::test]
async fn late_texts_of_different_hours_are_matters_of_their_own() {
    let world = World::new();
    let (first, second) = (ago(&world, 10 * 60), ago(&world, 60));
    let road = "People are worried, for nobody came to mend the thing that is broken";
    let both = [
        ("SMfirst", "Something is wrong here", first),
        ("SMsecond", road, second),
    ];
    found(&world, &both).await;
    assert_eq!(rows(&world.folder, "complaint"), 2);
}

#[tokio::test]
async fn what_was_written_long_ago_does_not_tell_that_the_phone_is_on() {
    let desk = Desk::open().await;
    let missed = one(&desk.world).await;
    let at = desk.world.clock.now();
    phone_was_off(&desk.world, &missed).await;
    desk.later(20);
    found(&desk.world, &[("SMstatus", "STATUS", at)]).await;
    let left = leave(&desk.world).await;
    assert_eq!(left.len(), 1, "{:?}", words(&left));
    assert_ne!(left[0].words, missed.words);
}
