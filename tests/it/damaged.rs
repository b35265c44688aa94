//! A stored value that is damaged costs what rests on it and nothing else, and an operator hears of it.

use std::sync::Arc;

use jibu::actions::deed::{DeedForm, Outcome};
use jibu::configuration::Live;
use jibu::people::Deed;
use jibu::timers::do_what_is_due;

use crate::desk::{Desk, act_on, halima};
use crate::world::{HASSAN, World, past_the_store};

/// As a disk would: past the store, and past what guards the ledger.
fn damage(world: &World, sql: &str) {
    let sql = format!("DROP TRIGGER IF EXISTS event_is_never_changed; {sql}");
    past_the_store(&world.folder).execute_batch(&sql).unwrap();
}

/// Two weeks later all is done that is due.
async fn two_weeks_go_by(desk: &Desk) {
    desk.later(15 * 24 * 60);
    let world = &desk.world;
    let live = Live::new(Arc::clone(&world.configuration), world.clock.now());
    do_what_is_due(&world.store, &live).await;
}

/// How each complaint stands, the oldest first.
fn stand(world: &World) -> Vec<String> {
    past_the_store(&world.folder)
        .prepare("SELECT status FROM complaint ORDER BY id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

async fn operator_hears_of_it(world: &World) -> bool {
    let alarms = world.store.read(|reader| reader.alarms()).await.unwrap();
    alarms.iter().any(|alarm| alarm.kind == "damaged")
}

#[tokio::test]
async fn an_officers_words_that_do_not_open_stop_no_clock() {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    desk.text("STOP").await;
    desk.done(&halima(), Deed::Resolve, "A new rod is in").await;
    desk.text("START").await;
    desk.world.text(HASSAN, "No water in Eldas").await;
    damage(
        &desk.world,
        "UPDATE event SET words = zeroblob(80) WHERE kind = 'resolved'",
    );
    two_weeks_go_by(&desk).await;
    assert_eq!(stand(&desk.world), ["closed", "referred"]);
    let told = desk.last_notice().await;
    assert!(told.contains("we heard nothing from you"), "{told}");
    let reminded: i64 = past_the_store(&desk.world.folder)
        .query_row("SELECT count(*) FROM reminder", [], |row| row.get(0))
        .unwrap();
    assert_eq!(reminded, 1, "the other one is late, and said to be");
    assert!(operator_hears_of_it(&desk.world).await);
}

#[tokio::test]
async fn a_complaint_that_cannot_be_read_holds_up_no_other() {
    let desk = Desk::open().await;
    desk.world.text(HASSAN, "No water in Eldas").await;
    let ids: Vec<i64> = past_the_store(&desk.world.folder)
        .prepare("SELECT id FROM complaint ORDER BY id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for id in ids {
        for deed in [Deed::Accept, Deed::Resolve] {
            let form = DeedForm {
                words: Some("A new rod is in".to_owned()),
                ..DeedForm::default()
            };
            let done = act_on(&desk.world, id, &halima(), deed, form, None).await;
            assert_eq!(done, Outcome::Done);
        }
    }
    damage(
        &desk.world,
        "UPDATE complaint SET priority = 'odd' WHERE id = (SELECT min(id) FROM complaint)",
    );
    two_weeks_go_by(&desk).await;
    assert_eq!(stand(&desk.world), ["resolved", "closed"]);
    assert!(operator_hears_of_it(&desk.world).await);
}

#[tokio::test]
async fn what_somebody_texts_after_a_text_that_does_not_open_is_taken_in() {
    let desk = Desk::open().await;
    damage(&desk.world, "UPDATE message SET words = zeroblob(80)");
    let added = desk.text("The one beside the mosque").await;
    assert!(added.contains("Your words are added to"), "{added}");
    assert!(operator_hears_of_it(&desk.world).await);
    damage(&desk.world, "UPDATE message SET words = zeroblob(80)");
    let turned = desk.text("9").await;
    assert!(
        turned.contains("Text us what is wrong"),
        "nobody knows by now what it was: {turned}"
    );
    desk.done(&halima(), Deed::Accept, "").await;
    desk.done(&halima(), Deed::Update, "We look at it").await;
    damage(&desk.world, "UPDATE event SET words = zeroblob(80)");
    let status = desk.text("STATUS").await;
    assert!(status.contains("works on it"), "{status}");
}

/// With the first words gone, the rest might say that it is another's to see to.
#[tokio::test]
async fn nothing_is_concluded_from_the_rest_of_words_that_do_not_open() {
    let desk = Desk::open_on("Something is wrong here", |_| {}).await;
    damage(&desk.world, "UPDATE message SET words = zeroblob(80)");
    desk.text("Borehole in Eldas is broken").await;
    assert_eq!(desk.column("holder"), "ti-wajir");
    assert_eq!(stand(&desk.world), ["referred"], "it is the same matter");
    assert!(operator_hears_of_it(&desk.world).await);
}
