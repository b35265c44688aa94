//! What happens between the reading of a letter and the writing of it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jibu::actions::deed::DeedForm;
use jibu::actions::{Draft, ToTell, raise_reminders, referrals_to_tell, reminders_to_tell, tell};
use jibu::people::Deed;
use jibu::store::Tx;

use super::letters::{Postman, with_notices};
use crate::desk::{Desk, act_on, halima, hire, omar, yusuf};
use crate::world::{World, past_the_store};

pub(super) async fn draft_at(world: &World, to_tell: ToTell, now: DateTime<Utc>) -> Option<Draft> {
    let configuration = Arc::clone(&world.configuration);
    let read = world
        .store
        .read(move |reader| to_tell(reader, &configuration, now));
    read.await.unwrap()
}

/// How many letters it is; `None`: it no longer holds.
pub(super) async fn told(world: &World, draft: Option<Draft>) -> Option<usize> {
    let draft = draft.unwrap();
    let write = world.store.write("tell", move |tx| tell(tx, &draft));
    write.await.unwrap()
}

/// The department's letter, on the morning on which what it has is overdue.
async fn mornings_letter(world: &World) -> Option<Draft> {
    let opened = "2026-05-07T05:00:30Z".parse::<DateTime<Utc>>().unwrap();
    world.clock.advance(opened - world.clock.now());
    raise(world).await;
    let alone = draft_at(world, reminders_to_tell, opened).await;
    assert_eq!(told(world, alone).await, Some(0), "none is urgent");
    draft_at(world, reminders_to_tell, opened).await
}

async fn raise(world: &World) {
    let mut steps = 1;
    while steps > 0 {
        let configuration = Arc::clone(&world.configuration);
        let raise = move |tx: &mut Tx<'_>| raise_reminders(tx, &configuration);
        steps = world.store.write("raise", raise).await.unwrap();
    }
}

fn letters(world: &World) -> Vec<String> {
    past_the_store(&world.folder)
        .prepare("SELECT key FROM email ORDER BY id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[tokio::test]
async fn who_answers_while_the_letter_is_written_gets_none() {
    let desk = Desk::open().await;
    let draft = mornings_letter(&desk.world).await;
    desk.done(&halima(), Deed::Accept, "").await;
    assert_eq!(told(&desk.world, draft).await, None);
    let mut postman = Postman::new();
    postman.look(&desk.world).await;
    assert_eq!(postman.told(), [""; 0]);
}

#[tokio::test]
async fn also_what_cannot_wait_is_told_only_while_nobody_has_answered() {
    for (answers, told_at_once) in [(false, Some(2)), (true, None)] {
        let desk = Desk::open_on("Cholera in Eldas, people are dying", |_| {}).await;
        desk.later(5 * 60);
        raise(&desk.world).await;
        let now = desk.world.clock.now();
        let draft = draft_at(&desk.world, reminders_to_tell, now).await;
        if answers {
            desk.done(&yusuf(), Deed::Accept, "").await;
        }
        assert_eq!(told(&desk.world, draft).await, told_at_once);
        Postman::new().look(&desk.world).await;
        assert_eq!(letters(&desk.world).len(), told_at_once.unwrap_or(0));
    }
}

#[tokio::test]
async fn where_nobody_acts_it_is_told_whatever_else_is_texted() {
    let desk = Desk::open().await;
    let draft = mornings_letter(&desk.world).await;
    desk.text("Borehole is still dry, and the pump is gone")
        .await;
    assert_eq!(told(&desk.world, draft).await, Some(1));
    assert_eq!(
        letters(&desk.world),
        ["reminders:wajir:wajir-water:2026-05-07"]
    );
}

/// All that a line says, and all that decides who may read it.
#[tokio::test]
async fn each_thing_that_a_letter_rests_on_is_asked_for_again() {
    for change in [
        "UPDATE complaint SET status = 'closed'",
        "UPDATE complaint SET status = 'resolved'",
        "UPDATE complaint SET status = 'accepted'",
        "UPDATE complaint SET next_due = next_due + 1",
        "UPDATE complaint SET holder = 'wajir-health'",
        "UPDATE complaint SET paused_at = 1",
        "UPDATE complaint SET sensitive = 1",
        "UPDATE complaint SET priority = 'urgent'",
        "UPDATE complaint SET place = 'bute'",
        "UPDATE complaint SET sector = 'health'",
        "INSERT INTO accused SELECT id, 'ti-wajir' FROM complaint",
        "INSERT INTO reminder SELECT complaint_id, id + 1, county, 'second', due_at, holder, at FROM reminder",
    ] {
        let desk = Desk::open().await;
        let draft = mornings_letter(&desk.world).await;
        past_the_store(&desk.world.folder)
            .execute_batch(change)
            .unwrap();
        assert_eq!(told(&desk.world, draft).await, None, "{change}");
        assert_eq!(letters(&desk.world), [""; 0], "{change}");
    }
}

#[tokio::test]
async fn what_turns_out_to_be_private_meanwhile_is_named_to_nobody() {
    let desk = Desk::open().await;
    let draft = mornings_letter(&desk.world).await;
    desk.done(&omar(), Deed::MarkSensitive, "").await;
    assert_eq!(told(&desk.world, draft).await, None);
    let mut postman = Postman::new();
    postman.look(&desk.world).await;
    assert_eq!(postman.told(), [""; 0], "the convener has it anew");
}

#[tokio::test]
async fn two_who_read_the_same_write_one_letter() {
    let desk = Desk::open().await;
    let draft = mornings_letter(&desk.world).await;
    let now = desk.world.clock.now();
    // As of the next morning: its key is another, and only the mark says that it was told.
    let next_morning = now + TimeDelta::days(1);
    let other = draft_at(&desk.world, reminders_to_tell, next_morning).await;
    assert_eq!(told(&desk.world, draft).await, Some(1));
    assert_eq!(told(&desk.world, other).await, None);
    assert_eq!(letters(&desk.world).len(), 1);
}

/// A letter that counts thousands does not wait until nobody acts on any of them.
#[tokio::test]
async fn only_what_a_letter_names_holds_it_up() {
    for (nth, told_at_once) in [(0, None), (60, Some(1))] {
        let world = World::new();
        for n in 0..70 {
            let words = format!("Borehole in Eldas is broken, the {n}th");
            let phone = format!("+2547110{n:05}");
            world.text(&phone, &words).await.unwrap();
        }
        hire(&world);
        let draft = mornings_letter(&world).await;
        let id = past_the_store(&world.folder)
            .query_row(
                "SELECT id FROM complaint ORDER BY next_due, id LIMIT 1 OFFSET ?1",
                [nth],
                |row| row.get(0),
            )
            .unwrap();
        let form = DeedForm::default();
        act_on(&world, id, &halima(), Deed::Accept, form, None).await;
        assert_eq!(told(&world, draft).await, told_at_once, "the {nth}th");
    }
}

#[tokio::test]
async fn what_is_accepted_while_the_notice_is_written_is_not_told() {
    let desk = Desk::open_on("Borehole in Eldas is broken", with_notices("each")).await;
    let now = desk.world.clock.now();
    let draft = draft_at(&desk.world, referrals_to_tell, now).await;
    desk.done(&halima(), Deed::Accept, "").await;
    assert_eq!(told(&desk.world, draft).await, None);
    assert!(
        draft_at(&desk.world, referrals_to_tell, now)
            .await
            .is_none()
    );
    assert_eq!(letters(&desk.world), [""; 0]);
}
