//! The sender with a gateway that does what the test says: what no real gateway does on request.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jibu::actions::{IncomingMessage, StatusReport, record_delivery, settle_text};
use jibu::complaint::{Address, Delivery, Failure};
use jibu::gateway::{Outcome, OutgoingText, SmsGateway};
use jibu::outbox::{Sender, SenderSettings};
use jibu::store::{OutboxRow, TextState};
use jibu::timers::Jumps;
use tokio::sync::{Notify, watch};

use crate::served::wait_for;
use crate::world::{AMINA, HASSAN, World, new_sid, past_the_store, paths};

/// What the gateway does with the next text.
pub(crate) enum Next {
    Panic,
    /// Waits until it is told to go on, then says that nothing left.
    HoldThenRefuse(Arc<Notify>),
    /// Takes it, under this id.
    Take(&'static str),
    /// The same, but its answer takes until it is told to go on.
    HoldThenTake(Arc<Notify>),
}

/// Takes every text, after doing what it was told for the first ones.
#[derive(Default)]
pub(crate) struct Scripted {
    script: Mutex<Vec<Next>>,
    pub(crate) bodies: Mutex<Vec<String>>,
    /// The numbers that the texts left from.
    lines: Mutex<Vec<Option<Address>>>,
}

impl SmsGateway for Scripted {
    fn send<'a>(&'a self, text: &'a OutgoingText) -> BoxFuture<'a, Outcome> {
        let next = {
            let mut script = self.script.lock().unwrap();
            (!script.is_empty()).then(|| script.remove(0))
        };
        self.bodies.lock().unwrap().push(text.body.clone());
        self.lines.lock().unwrap().push(text.from.clone());
        let taken = |sid: String| Outcome::Accepted {
            sid,
            status: Delivery::Queued,
        };
        let sid = format!("SM{}", text.outbox_id);
        async move {
            match next {
                None => taken(sid),
                Some(Next::Take(sid)) => taken(sid.to_owned()),
                Some(Next::HoldThenTake(go)) => {
                    go.notified().await;
                    taken(sid)
                }
                Some(Next::Panic) => panic!("a defect in the client"),
                Some(Next::HoldThenRefuse(go)) => {
                    go.notified().await;
                    Outcome::NotSent {
                        why: "429".to_owned(),
                        retry_after: None,
                    }
                }
            }
        }
        .boxed()
    }
}

/// Starts sending; dropping the answer's first part stops it.
pub(crate) fn send(world: &World, script: Vec<Next>) -> (watch::Sender<bool>, Arc<Scripted>) {
    let gateway = Arc::new(Scripted {
        script: Mutex::new(script),
        ..Scripted::default()
    });
    let settings = SenderSettings {
        per_second: 1000,
        in_flight: 16,
        expires_after: TimeDelta::hours(72),
    };
    let configuration = Arc::clone(&world.configuration);
    let sender = Sender::new(
        world.store.clone(),
        Arc::new(move |tx, id, settled| settle_text(tx, &configuration, id, settled)),
        Arc::clone(&gateway) as Arc<dyn SmsGateway>,
        world.clock.clone(),
        settings,
    );
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(sender.run(stopping));
    (stop, gateway)
}

/// All texts, the oldest first.
fn rows(world: &World) -> Vec<OutboxRow> {
    let rows = jibu::store::open_for_reading(&paths(&world.folder).database)
        .unwrap()
        .outbox(None, 1000);
    rows.unwrap().into_iter().rev().collect()
}

/// Their states.
fn states(world: &World) -> Vec<String> {
    rows(world).into_iter().map(|row| row.state).collect()
}

/// The gateway reports on the newest text.
async fn report(world: &World, delivery: Delivery, failure: Option<Failure>) {
    let newest = rows(world).last().unwrap().id;
    report_on(world, newest, delivery, failure).await;
}

/// The gateway reports on a text.
pub(crate) async fn report_on(
    world: &World,
    id: i64,
    delivery: Delivery,
    failure: Option<Failure>,
) {
    let report = StatusReport {
        outbox_id: Some(id),
        sid: format!("SM{id}"),
        delivery,
        code: None,
        failure,
    };
    let configuration = Arc::clone(&world.configuration);
    let recorded = world.store.write("report", move |tx| {
        record_delivery(tx, &configuration, &report)
    });
    recorded.await.unwrap();
}

pub(crate) async fn until_states(world: &World, expected: &[&str]) {
    wait_for(&format!("{expected:?}"), async || {
        (states(world) == expected).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_client_that_fails_in_an_unforeseen_way_leaves_no_text_on_the_wire() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let (_stop, gateway) = send(&world, vec![Next::Panic]);
    until_states(&world, &["uncertain"]).await;
    world.text(AMINA, "STATUS").await;
    until_states(&world, &["uncertain", "accepted"]).await;
    assert_eq!(gateway.bodies.lock().unwrap().len(), 2, "nothing is resent");
}

#[tokio::test]
async fn one_text_that_does_not_open_holds_back_no_other() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    past_the_store(&world.folder)
        .execute("UPDATE outbox SET words = zeroblob(80)", [])
        .unwrap();
    world.text(HASSAN, "no water in Eldas").await;
    let (_stop, _gateway) = send(&world, Vec::new());
    until_states(&world, &["failed", "accepted"]).await;
    world.text(AMINA, "STATUS").await;
    until_states(&world, &["failed", "accepted", "accepted"]).await;
}

#[tokio::test]
async fn what_became_too_old_in_an_outage_does_not_hold_up_todays_answers() {
    let world = World::with(|configuration| {
        configuration.settings.limits.replies_per_minute = 10_000;
    });
    for phone in 0..200 {
        world
            .text(&format!("+2547110{phone:05}"), "no water in Eldas")
            .await;
    }
    world.clock.advance(TimeDelta::hours(73));
    world.text(HASSAN, "no water in Eldas").await;
    let (_stop, gateway) = send(&world, Vec::new());
    let patience = Duration::from_secs(4);
    let sent = tokio::time::timeout(patience, async {
        while states(&world).last().unwrap() != "accepted" {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(sent.await.is_ok(), "it waits behind what is given up");
    assert_eq!(gateway.bodies.lock().unwrap().len(), 1);
    let states = states(&world);
    let expired = TextState::Expired.as_str();
    assert_eq!(states.iter().filter(|state| *state == expired).count(), 200);
}

#[tokio::test]
async fn who_says_stop_while_a_text_is_on_the_wire_does_not_get_it_later() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let go = Arc::new(Notify::new());
    let (_stop, gateway) = send(&world, vec![Next::HoldThenRefuse(Arc::clone(&go))]);
    until_states(&world, &["sending"]).await;
    let confirmation = world.text(AMINA, "STOP").await.unwrap();
    go.notify_one();
    until_states(&world, &["withheld", "accepted"]).await;
    assert_eq!(
        gateway.bodies.lock().unwrap().last(),
        Some(&confirmation),
        "the confirmation is all that follows"
    );
}

#[tokio::test]
async fn the_confirmation_of_stop_is_tried_again_like_any_text() {
    let world = World::new();
    world.text(AMINA, "STOP").await.unwrap();
    let go = Arc::new(Notify::new());
    let (_stop, _gateway) = send(&world, vec![Next::HoldThenRefuse(Arc::clone(&go))]);
    until_states(&world, &["sending"]).await;
    go.notify_one();
    until_states(&world, &["pending"]).await;
    world.clock.advance(TimeDelta::minutes(1));
    until_states(&world, &["accepted"]).await;
}

#[tokio::test]
async fn stop_said_twice_is_confirmed_once() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    assert!(world.text(AMINA, "STOP").await.is_some());
    assert_eq!(world.text(AMINA, "Stop").await, None);
    assert_eq!(states(&world), ["withheld", "pending"]);
}

#[tokio::test]
async fn an_id_that_the_gateway_gives_twice_leaves_no_text_on_the_wire() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    world.text(HASSAN, "no water in Eldas").await;
    let (_stop, _gateway) = send(&world, vec![Next::Take("SM1"), Next::Take("SM1")]);
    until_states(&world, &["accepted", "accepted"]).await;
}

#[tokio::test]
async fn a_report_that_is_faster_than_the_answer_stands() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let go = Arc::new(Notify::new());
    let (_stop, _gateway) = send(&world, vec![Next::HoldThenTake(Arc::clone(&go))]);
    until_states(&world, &["sending"]).await;
    report(&world, Delivery::Delivered, None).await;
    until_states(&world, &["delivered"]).await;
    go.notify_one();
    // The second text of the phone leaves after the first one's answer is settled or not: it is not in its way.
    world.text(AMINA, "STATUS").await;
    until_states(&world, &["delivered", "accepted"]).await;
}

#[tokio::test]
async fn a_phone_that_stays_off_is_tried_three_times_in_all() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let (_stop, gateway) = send(&world, Vec::new());
    for tries in 1..=3 {
        wait_for("the text to leave", async || {
            (states(&world).last()? == "accepted").then_some(())
        })
        .await;
        assert_eq!(gateway.bodies.lock().unwrap().len(), tries);
        report(&world, Delivery::Undelivered, Some(Failure::TryLater)).await;
        world.clock.advance(TimeDelta::hours(5));
    }
    assert_eq!(states(&world), ["failed", "failed", "failed"]);
}

/// So that a crash leaves no more of them uncertain.
#[tokio::test]
async fn no_more_texts_are_on_the_wire_than_agreed() {
    let world = World::new();
    for phone in 0..40 {
        world
            .text(&format!("+2547110{phone:05}"), "no water in Eldas")
            .await;
    }
    let go = Arc::new(Notify::new());
    let script = (0..40).map(|_| Next::HoldThenTake(Arc::clone(&go)));
    let (_stop, gateway) = send(&world, script.collect());
    wait_for("all hands to be full", async || {
        (gateway.bodies.lock().unwrap().len() >= 16).then_some(())
    })
    .await;
    for sent in 17..=40 {
        let on_the_wire = states(&world)
            .iter()
            .filter(|state| *state == "sending")
            .count();
        assert!(on_the_wire <= 16, "{on_the_wire}");
        go.notify_one();
        wait_for("the next to leave", async || {
            (gateway.bodies.lock().unwrap().len() >= sent).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_reply_leaves_from_the_number_that_was_texted() {
    let world = World::new();
    let line = Address::new("+254700999888");
    world
        .deliver_message(IncomingMessage {
            sid: new_sid(),
            from: Address::new(AMINA),
            to: line.clone(),
            body: "no water in Eldas".to_owned(),
            media: Vec::new(),
        })
        .await;
    let (_stop, gateway) = send(&world, Vec::new());
    until_states(&world, &["accepted"]).await;
    assert_eq!(*gateway.lines.lock().unwrap(), [Some(line)]);
}

#[tokio::test]
async fn a_text_waits_for_an_earlier_one_to_its_phone_and_for_no_other() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let go = Arc::new(Notify::new());
    let (_stop, _gateway) = send(&world, vec![Next::HoldThenTake(Arc::clone(&go))]);
    until_states(&world, &["sending"]).await;
    world.text(AMINA, "STATUS").await;
    world.text(HASSAN, "no water in Eldas").await;
    until_states(&world, &["sending", "pending", "accepted"]).await;
    go.notify_one();
    until_states(&world, &["accepted", "accepted", "accepted"]).await;
}

#[tokio::test]
async fn a_report_on_another_text_under_our_id_changes_nothing() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await;
    let (_stop, _gateway) = send(&world, vec![Next::Take("SMours")]);
    until_states(&world, &["accepted"]).await;
    // Of a past that a restored backup no longer knows, say.
    report(&world, Delivery::Failed, None).await;
    assert_eq!(states(&world), ["accepted"]);
}

/// What the timers do each minute before anything else; whether the clock is believed.
async fn looks(jumps: &mut Jumps, world: &World) -> bool {
    jumps.look(&world.store).await.unwrap()
}

#[tokio::test]
async fn by_a_clock_that_jumped_no_text_is_given_up_and_none_is_sent_twice() {
    let world = World::new();
    let mut jumps = Jumps::new(world.clock.clone());
    assert!(looks(&mut jumps, &world).await);
    world.text(AMINA, "no water in Eldas").await;
    world.clock.advance(TimeDelta::days(400));
    let go = Arc::new(Notify::new());
    let hold = Next::HoldThenRefuse(Arc::clone(&go));
    let (_stop, gateway) = send(&world, vec![hold]);
    until_states(&world, &["sending"]).await;
    assert!(!looks(&mut jumps, &world).await);
    go.notify_one();
    // It is put off until a minute that is 400 days away, and a later text to the phone waits behind it.
    until_states(&world, &["pending"]).await;
    world.text(AMINA, "STATUS").await;
    world.text(HASSAN, "no water in Eldas").await;
    until_states(&world, &["pending", "pending", "accepted"]).await;

    world.clock.advance(TimeDelta::days(-400));
    assert!(looks(&mut jumps, &world).await);
    until_states(&world, &["accepted"; 3]).await;
    world.clock.advance(TimeDelta::hours(-3));
    assert!(looks(&mut jumps, &world).await);
    world.text(AMINA, "STATUS").await;
    until_states(&world, &["accepted"; 4]).await;
    let handed_over = gateway.bodies.lock().unwrap().len();
    assert_eq!(handed_over, 5, "each once, and the refused one again");
}

/// Also before the timers have looked: they do so each minute only.
#[tokio::test]
async fn in_the_minute_of_the_jump_nothing_is_given_up_either() {
    let world = World::new();
    let mut jumps = Jumps::new(world.clock.clone());
    assert!(looks(&mut jumps, &world).await);
    world.text(AMINA, "no water in Eldas").await;
    world.clock.advance(TimeDelta::days(400));
    let (_stop, gateway) = send(&world, Vec::new());
    until_states(&world, &["accepted"]).await;
    assert_eq!(gateway.bodies.lock().unwrap().len(), 1);
}
