//! Texts of which nobody knows whether they left are looked up in the gateway's list, and never sent again for it.

use std::net::TcpListener;
use std::sync::Arc;

use chrono::TimeDelta;
use jibu::clock::Clock;
use jibu::complaint::Address;
use jibu::configuration::Live;
use jibu::gateway::listing::{Direction, ListedText, MessageList, NextPage, NoPage, Page};
use jibu::gateway::sandbox::Fault;
use jibu::inbound::LookUp;
use reqwest::StatusCode;

use crate::catch_up::list::{listed, one_page, scripted};
use crate::served::{Served, configuration, wait_for};
use crate::world::{AMINA, HASSAN, LINE, World, new_sid, past_the_store};

#[tokio::test]
async fn a_text_whose_answer_and_reports_are_lost_is_found_and_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let clock = Clock::ahead(TimeDelta::zero());
    let configuration = Arc::new(configuration(folder.path(), &url, &url, &[]));
    let live = Live::new(configuration, clock.now());
    let served = Served::start_at(folder, listener, live, clock.clone()).await;
    served.sandbox.fail(Fault::AcceptUnheard, Some(1));
    let taken = served.deliver(&new_sid(), AMINA, "no water").await;
    assert_eq!(taken, StatusCode::OK);
    wait_for("the doubt", async || {
        (served.health().await["store"]["outbox"]["uncertain"] == 1).then_some(())
    })
    .await;
    clock.advance(TimeDelta::minutes(1));
    wait_for("the proof", async || {
        (served.health().await["store"]["outbox"]["uncertain"] == 0).then_some(())
    })
    .await;
    let accepted = served.accepted().await;
    assert_eq!(accepted.len(), 1, "not sent again");
    let row = standing(&served.folder);
    assert_eq!(
        row,
        (
            "delivered".to_owned(),
            Some(accepted[0]["sid"].as_str().unwrap().to_owned())
        )
    );
    served.stop().await;
}

/// The state and the gateway's id of the only text, or of the first.
fn standing(folder: impl AsRef<std::path::Path>) -> (String, Option<String>) {
    past_the_store(folder)
        .query_row(
            "SELECT state, sid FROM outbox ORDER BY id LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap()
}

/// A world where Amina's answer is in doubt, for a minute; and that answer as the gateway lists it.
async fn in_doubt() -> (World, ListedText) {
    let world = World::new();
    let words = world.text(AMINA, "no water").await.unwrap();
    doubt(&world);
    let handed_over = world.clock.now();
    world.clock.advance(TimeDelta::minutes(1));
    let it = ListedText {
        from: Some(Address::new(LINE)),
        to: Address::new(AMINA),
        direction: Direction::OutboundApi,
        status: "sent".to_owned(),
        ..listed("SMit", LINE, &words, handed_over)
    };
    (world, it)
}

/// What was to be sent was being sent when the last process ended.
fn doubt(world: &World) {
    past_the_store(&world.folder)
        .execute(
            "UPDATE outbox SET state = 'uncertain' WHERE state = 'pending'",
            [],
        )
        .unwrap();
}

async fn look(world: &World, texts: Vec<ListedText>) -> (String, Option<String>) {
    look_at(world, one_page(texts)).await
}

async fn look_at(world: &World, page: Result<Page, NoPage>) -> (String, Option<String>) {
    let list = scripted(move |_| page.clone());
    looking(world, list).look().await;
    standing(&world.folder)
}

fn looking(world: &World, list: Arc<dyn MessageList>) -> LookUp {
    let live = Live::new(Arc::clone(&world.configuration), world.clock.now());
    LookUp::new(world.store.clone(), live, list, world.clock.clone())
}

fn still_in_doubt() -> (String, Option<String>) {
    ("uncertain".to_owned(), None)
}

#[tokio::test]
async fn the_only_text_that_can_be_it_settles_it() {
    let (world, it) = in_doubt().await;
    let other = ListedText {
        sid: "SMother".to_owned(),
        to: Address::new(HASSAN),
        ..it.clone()
    };
    let settled = look(&world, vec![other, it]).await;
    assert_eq!(settled, ("sent".to_owned(), Some("SMit".to_owned())));
}

#[tokio::test]
async fn what_is_not_it_proves_nothing() {
    let (world, it) = in_doubt().await;
    let minutes = |minutes| it.created_at.map(|at| at + TimeDelta::minutes(minutes));
    let not_it = [
        ListedText {
            to: Address::new(HASSAN),
            ..it.clone()
        },
        ListedText {
            from: Some(Address::new(HASSAN)),
            ..it.clone()
        },
        ListedText {
            from: None,
            ..it.clone()
        },
        ListedText {
            body: format!("{} ", it.body),
            ..it.clone()
        },
        ListedText {
            direction: Direction::Inbound,
            ..it.clone()
        },
        ListedText {
            direction: Direction::Other,
            ..it.clone()
        },
        ListedText {
            created_at: minutes(-6),
            ..it.clone()
        },
        ListedText {
            created_at: minutes(6),
            ..it.clone()
        },
        ListedText {
            created_at: None,
            ..it.clone()
        },
    ];
    for text in not_it {
        assert_eq!(look(&world, vec![text]).await, still_in_doubt());
    }
    assert_eq!(look(&world, Vec::new()).await, still_in_doubt());
    let settled = look(&world, vec![it]).await;
    assert_eq!(
        settled.0, "sent",
        "nothing of that was in the way of the proof"
    );
}

#[tokio::test]
async fn of_two_that_can_be_it_none_is_taken() {
    let (world, it) = in_doubt().await;
    let again = ListedText {
        sid: "SMagain".to_owned(),
        ..it.clone()
    };
    assert_eq!(
        look(&world, vec![it.clone(), again.clone()]).await,
        still_in_doubt()
    );
    // Half a list does not tell whether there is a second one.
    let half = Page {
        texts: vec![it.clone()],
        next: Some(NextPage("?Page=1".to_owned())),
    };
    let list = scripted(move |asked| match asked {
        0 => Ok(half.clone()),
        _ => Err(NoPage::Failed("the gateway gave no answer")),
    });
    looking(&world, list).look().await;
    assert_eq!(standing(&world.folder), still_in_doubt());
}

#[tokio::test]
async fn what_is_another_text_of_ours_is_not_taken_for_it() {
    let (world, it) = in_doubt().await;
    // An equal answer, which left for certain, under the only id that the list has.
    let words = it.body.clone();
    let twin = world.text(AMINA, "no water").await.unwrap();
    past_the_store(&world.folder)
        .execute(
            "UPDATE outbox SET state = 'delivered', sid = 'SMit' WHERE state = 'pending'",
            [],
        )
        .unwrap();
    assert_ne!(twin, words, "another number");
    assert_eq!(look(&world, vec![it]).await, still_in_doubt());
}

#[tokio::test]
async fn of_equal_texts_in_doubt_none_takes_what_may_be_the_others() {
    let world = World::with_a_complaint().await;
    past_the_store(&world.folder)
        .execute("UPDATE outbox SET state = 'delivered'", [])
        .unwrap();
    let first = world.text(AMINA, "STATUS").await.unwrap();
    world.clock.advance(TimeDelta::seconds(1));
    let second = world.text(AMINA, "STATUS").await.unwrap();
    assert_eq!(first, second);
    doubt(&world);
    let it = ListedText {
        from: Some(Address::new(LINE)),
        to: Address::new(AMINA),
        direction: Direction::OutboundApi,
        status: "sent".to_owned(),
        ..listed("SMone", LINE, &first, world.clock.now())
    };
    world.clock.advance(TimeDelta::minutes(1));
    look(&world, vec![it]).await;
    let in_doubt: u32 = past_the_store(&world.folder)
        .query_row(
            "SELECT count(*) FROM outbox WHERE state = 'uncertain'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(in_doubt, 2);
}

#[tokio::test]
async fn one_that_did_not_reach_the_phone_is_told_as_by_a_report() {
    let (world, it) = in_doubt().await;
    let off = ListedText {
        status: "undelivered".to_owned(),
        code: Some(30_003),
        ..it
    };
    assert_eq!(look(&world, vec![off]).await.0, "failed");
    let retry: u32 = past_the_store(&world.folder)
        .query_row(
            "SELECT count(*) FROM outbox WHERE retry_of IS NOT NULL AND state = 'pending'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(
        retry, 1,
        "it is proven not to have arrived, so it is tried again"
    );
}

#[tokio::test]
async fn it_is_looked_up_a_few_times_and_then_left() {
    let (world, _) = in_doubt().await;
    let list = scripted(|_| one_page(Vec::new()));
    let look_up = looking(&world, list.clone());
    let mut asked = Vec::new();
    for minutes in [0, 1, 3, 55, 5 * 60, 18 * 60, 24 * 60] {
        world.clock.advance(TimeDelta::minutes(minutes));
        look_up.look().await;
        asked.push(list.asked());
    }
    assert_eq!(asked, [1, 1, 2, 3, 4, 5, 5]);
}

#[tokio::test]
async fn what_is_found_after_hours_has_no_consequences() {
    let (world, it) = in_doubt().await;
    world.clock.advance(TimeDelta::hours(2));
    let opted_out = ListedText {
        status: "undelivered".to_owned(),
        code: Some(21_610),
        ..it
    };
    assert_eq!(look(&world, vec![opted_out]).await.0, "failed");
    let stopped: u32 = past_the_store(&world.folder)
        .query_row(
            "SELECT count(*) FROM phone WHERE stopped_at IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(stopped, 0);
}

/// While pages are asked for, the list grows: what was last on one is first on the next.
#[tokio::test]
async fn one_text_on_two_pages_is_one() {
    let (world, it) = in_doubt().await;
    let list = scripted(move |asked| {
        Ok(Page {
            texts: vec![it.clone()],
            next: (asked == 0).then(|| NextPage("?Page=1".to_owned())),
        })
    });
    looking(&world, list).look().await;
    assert_eq!(standing(&world.folder).0, "sent");
}

#[tokio::test]
async fn a_look_that_failed_is_done_again() {
    let (world, _) = in_doubt().await;
    let list = scripted(|asked| match asked {
        0 => Err(NoPage::Failed("the gateway gave no answer")),
        _ => one_page(Vec::new()),
    });
    let look_up = looking(&world, list.clone());
    for _ in 0..3 {
        look_up.look().await;
    }
    assert_eq!(list.asked(), 2);
}
