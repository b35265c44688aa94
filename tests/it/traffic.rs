//! The figures of texts: what is counted is what is in the tables, whatever else happened.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use jibu::complaint::{Address, LanguageId};
use jibu::people::Deed;
use jibu::store::{NewText, Store, StoreError, Traffic, Tx};

use crate::desk::{Desk, halima};
use crate::world::{AMINA, HASSAN, LINE, World, past_the_store, paths};

/// In, out and segments, by the day of May and the language.
async fn figures(store: &Store) -> Vec<(String, [u64; 3])> {
    let since = DateTime::<Utc>::UNIX_EPOCH;
    let traffic = store.read(move |reader| reader.traffic(since)).await;
    let told = |one: Traffic| {
        let language = one.language.map_or("-".to_owned(), |id| id.to_string());
        let day = one.day.format("%-d");
        (
            format!("{day} {language}"),
            [one.texts_in, one.texts_out, one.segments],
        )
    };
    traffic.unwrap().into_iter().map(told).collect()
}

fn told(expected: &[(&str, [u64; 3])]) -> Vec<(String, [u64; 3])> {
    expected
        .iter()
        .map(|(row, counts)| ((*row).to_owned(), *counts))
        .collect()
}

/// What the outbox holds, counted by hand: by the day that each text was put there and its language.
fn in_the_outbox(world: &World) -> BTreeMap<(i64, String), [u64; 2]> {
    let database = past_the_store(&world.folder);
    let mut rows = database
        .prepare("SELECT created_at / 86400000, language, count(*), sum(segments) FROM outbox GROUP BY 1, 2")
        .unwrap();
    let rows = rows.query_map([], |row| {
        let counts = [2, 3].map(|at| row.get::<_, i64>(at).unwrap().cast_unsigned());
        Ok(((row.get(0)?, row.get(1)?), counts))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

async fn outs(world: &World) -> BTreeMap<(i64, String), [u64; 2]> {
    let since = DateTime::<Utc>::UNIX_EPOCH;
    let traffic = world.store.read(move |reader| reader.traffic(since)).await;
    let outs = traffic.unwrap().into_iter().filter(|one| one.texts_out > 0);
    outs.map(|one| {
        let language = one.language.map_or(String::new(), |id| id.to_string());
        let day = one.day.timestamp_millis() / 86_400_000;
        ((day, language), [one.texts_out, one.segments])
    })
    .collect()
}

#[tokio::test]
async fn texts_are_counted_by_day_and_language_and_a_restart_forgets_none() {
    let world = World::new();
    world
        .text(AMINA, "Borehole in Eldas is broken, there is no water")
        .await;
    world
        .text(
            HASSAN,
            "Hakuna maji kijiji chetu cha Bute, kisima kimeharibika",
        )
        .await;
    // Nothing to recognise a language by; answered in the one of the person.
    world.text(HASSAN, "📷").await;
    let monday = |sw| vec![("4 -", [1, 0, 0]), ("4 en", [1, 1, 1]), ("4 sw", sw)];
    assert_eq!(figures(&world.store).await, told(&monday([1, 2, 2])));

    world.store.close().await;
    let again = Store::open(&paths(&world.folder), world.clock.clone()).unwrap();
    let world = World {
        store: again,
        ..world
    };
    assert_eq!(figures(&world.store).await, told(&monday([1, 2, 2])));
    world
        .text(HASSAN, "Bado hakuna maji hapa Bute, tunaomba msaada wenu")
        .await;
    assert_eq!(figures(&world.store).await, told(&monday([2, 3, 3])));

    world.clock.advance(TimeDelta::days(1));
    world.text(AMINA, "There is still no water in Eldas").await;
    let tuesday = [monday([2, 3, 3]), vec![("5 en", [1, 1, 1])]].concat();
    assert_eq!(figures(&world.store).await, told(&tuesday));
    assert_eq!(outs(&world).await, in_the_outbox(&world));
}

/// Puts a text of so many segments into the outbox.
fn owe(tx: &mut Tx<'_>, language: &str, segments: u32) -> Result<i64, StoreError> {
    let phone = tx.phone(&Address::new(AMINA), None)?;
    tx.add_text(&NewText {
        phone_id: phone.id,
        line: &Address::new(LINE),
        message_id: None,
        complaint_id: None,
        words: "Hello",
        language: &LanguageId::new(language),
        segments,
        not_before: None,
    })
}

#[tokio::test]
async fn what_is_undone_is_not_counted_and_what_shares_its_commit_is() {
    let world = World::new();
    // Held up, so that what follows is one group.
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let first = world.store.write("first", move |tx| {
        wait.recv().ok();
        owe(tx, "en", 1)
    });
    let undone = world.store.write("undone", |tx| -> Result<(), StoreError> {
        owe(tx, "en", 100)?;
        owe(tx, "fr", 100)?;
        Err(StoreError::Busy)
    });
    let panics = world.store.write("panics", |tx| -> Result<(), StoreError> {
        owe(tx, "so", 100)?;
        panic!("a defect")
    });
    let last = world.store.write("last", |tx| {
        let text = owe(tx, "en", 2)?;
        tx.add_retry(text, tx.now)
    });
    let open = async { go.send(()).unwrap() };
    let (first, undone, panics, last, ()) = tokio::join!(first, undone, panics, last, open);
    assert!(first.is_ok() && undone.is_err() && panics.is_err() && last.is_ok());
    assert_eq!(figures(&world.store).await, told(&[("4 en", [0, 3, 5])]));
    assert_eq!(outs(&world).await, in_the_outbox(&world));
}

#[tokio::test]
async fn a_notice_that_waits_and_is_written_anew_is_one_text() {
    let desk = Desk::open().await;
    for deed in [Deed::Accept, Deed::Start] {
        desk.done(&halima(), deed, "").await;
    }
    desk.done(&halima(), Deed::Update, "Pump ordered.").await;
    desk.done(&halima(), Deed::Update, "It comes on Friday.")
        .await;
    let world = &desk.world;
    assert_eq!(outs(world).await, in_the_outbox(world));
    let [(_, [texts, _])] = in_the_outbox(world).into_iter().collect::<Vec<_>>()[..] else {
        panic!("one day, one language")
    };
    assert_eq!(
        texts, 3,
        "the acknowledgement, the first notice, and the one that waits"
    );
}
