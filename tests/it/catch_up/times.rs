//! Clocks and dates that are wrong, and a database that never looked before.

use std::sync::Arc;

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jibu::complaint::Address;
use jibu::configuration::Live;
use jibu::gateway::listing::{ListedText, MessageList, NextPage, NoPage, Page, Wanted};
use jibu::inbound::{CatchUp, ListState};

use super::list::{ago, first_looking, has_looked_before, listed, looking, one_page, taken};
use crate::world::{AMINA, HASSAN, LINE, World, past_the_store};

fn is_down(list: ListState) -> bool {
    matches!(list, ListState::Down { .. })
}

#[tokio::test]
async fn by_a_clock_that_is_wrong_nobody_looks() {
    let world = World::new();
    let believe = |tx: &mut jibu::store::Tx<'_>| tx.believe_clock();
    world.store.write("believe", believe).await.unwrap();
    let seen = world.clock.now();
    let (catch_up, list) = looking(&world, |_| one_page(Vec::new()));
    world.clock.advance(-TimeDelta::days(6 * 365));
    catch_up.look().await;
    assert_eq!(list.asked(), 0);
    assert!(is_down(catch_up.so_far().list));

    world.clock.advance(seen - world.clock.now());
    let doubt = |tx: &mut jibu::store::Tx<'_>| tx.doubt_clock();
    world.store.write("doubt", doubt).await.unwrap();
    catch_up.look().await;
    assert_eq!(list.asked(), 0);
    assert!(is_down(catch_up.so_far().list));

    world.store.write("believe", believe).await.unwrap();
    catch_up.look().await;
    assert_eq!(catch_up.so_far().list, ListState::Well);
}

#[tokio::test]
async fn a_clock_that_is_behind_takes_back_nothing_of_what_was_looked_through() {
    let world = World::new();
    let now = world.clock.now();
    let look = |at| {
        let look = move |tx: &mut jibu::store::Tx<'_>| tx.set_caught_up(at);
        world.store.write("look", look)
    };
    look(now).await.unwrap();
    look(now - TimeDelta::days(2)).await.unwrap();
    let noted: [u8; 8] = past_the_store(&world.folder)
        .query_row(
            "SELECT value FROM meta WHERE key = 'caught_up'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(i64::from_be_bytes(noted), now.timestamp_millis());
}

#[tokio::test]
async fn what_has_no_date_is_left_and_what_is_from_the_future_is_not() {
    let world = World::new();
    let (soon, at) = (ago(&world, -4), ago(&world, 10));
    let far = ago(&world, -60 * 24);
    let (catch_up, _) = looking(&world, move |_| {
        one_page(vec![
            listed("SMfar", HASSAN, "no roads", far),
            listed("SMsoon", "+254733000003", "no teacher", soon),
            ListedText {
                created_at: None,
                ..listed("SMundated", AMINA, "no water", at)
            },
        ])
    });
    catch_up.look().await;
    let all = ["SMfar", "SMsoon", "SMundated"];
    assert_eq!(taken(&world, &all).await, [true, false, false]);
    assert!(is_down(catch_up.so_far().list));
}

/// Who ran the line before may have answered.
#[tokio::test]
async fn what_came_before_the_first_start_is_answered_by_no_later_look_either() {
    let world = World::new();
    let at = ago(&world, 10);
    let page = move |_| one_page(vec![listed("SMbefore", AMINA, "no water", at)]);
    let (catch_up, _) = first_looking(&world, page);
    for _ in 0..3 {
        catch_up.look().await;
        world.clock.advance(TimeDelta::minutes(5));
    }
    first_looking(&world, page).0.look().await;
    assert_eq!(taken(&world, &["SMbefore"]).await, [false]);
}

#[tokio::test]
async fn a_database_that_never_looked_looks_back_to_the_last_text_that_came() {
    let world = World::with_a_complaint().await;
    let (before, after) = (ago(&world, 10), ago(&world, -10));
    world.clock.advance(TimeDelta::days(1));
    let (catch_up, _) = first_looking(&world, move |_| {
        one_page(vec![
            listed("SMafter", HASSAN, "no roads", after),
            listed("SMbefore", HASSAN, "no water", before),
        ])
    });
    catch_up.look().await;
    let both = ["SMafter", "SMbefore"];
    assert_eq!(taken(&world, &both).await, [true, false]);
}

/// Lists the same text to the line by whichever channel it is asked for.
struct ByWhatsapp(ListedText);

impl MessageList for ByWhatsapp {
    fn page<'a>(
        &'a self,
        wanted: &'a Wanted,
        _: Option<&'a NextPage>,
    ) -> BoxFuture<'a, Result<Page, NoPage>> {
        let is_asked = matches!(wanted, Wanted::To(line) if *line == self.0.to);
        let texts = is_asked.then(|| self.0.clone()).into_iter().collect();
        async { one_page(texts) }.boxed()
    }
}

#[tokio::test]
async fn each_channel_of_a_number_is_asked_for() {
    let world = World::new();
    has_looked_before(&world.folder, world.clock.now());
    let line = format!("whatsapp:{LINE}");
    let text = ListedText {
        to: Address::new(&line),
        ..listed("SMwhatsapp", AMINA, "no water", ago(&world, 10))
    };
    let live = Live::new(Arc::clone(&world.configuration), world.clock.now());
    let list = Arc::new(ByWhatsapp(text));
    let catch_up = CatchUp::new(world.store.clone(), live, list, world.clock.clone());
    catch_up.look().await;
    assert_eq!(taken(&world, &["SMwhatsapp"]).await, [true]);
}
