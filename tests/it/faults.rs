//! What a gateway can do wrong: nothing is sent twice without proof, nothing that is proven not to have left is lost.

use std::net::TcpListener;

use chrono::TimeDelta;
use jibu::clock::Clock;
use jibu::gateway::sandbox::Fault;
use jibu::store::{OutboxRow, open_for_reading};
use reqwest::StatusCode;

use crate::process::gateway_at;
use crate::served::{ACCOUNT, KEY, Served, accepted, post, sandbox, wait_for};
use crate::world::{AMINA, HASSAN, new_sid};

/// The rows of the outbox, the oldest first.
fn outbox_rows(served: &Served) -> Vec<OutboxRow> {
    let database = served.folder.path().join("jibu.sqlite3");
    let mut rows = open_for_reading(&database)
        .unwrap()
        .outbox(None, 100)
        .unwrap();
    rows.reverse();
    rows
}

/// The same as (state, attempts, code).
async fn rows(served: &Served) -> Vec<(String, u32, Option<u32>)> {
    outbox_rows(served)
        .into_iter()
        .map(|row| (row.state, row.attempts, row.code))
        .collect()
}

async fn one_text(fault: Fault, times: Option<u32>) -> Served {
    let served = Served::start().await;
    served.sandbox.fail(fault, times);
    assert_eq!(
        served.deliver(&new_sid(), AMINA, "no water").await,
        StatusCode::OK
    );
    served
}

async fn in_state(served: &Served, state: &str) -> (String, u32, Option<u32>) {
    wait_for(state, async || {
        rows(served).await.into_iter().find(|row| row.0 == state)
    })
    .await
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_the_status_report_and_never_sent_again() {
    for fault in [Fault::AcceptThenReset, Fault::AcceptThenServerError] {
        let served = one_text(fault, Some(1)).await;
        in_state(&served, "delivered").await;
        assert_eq!(served.accepted().await.len(), 1, "{fault:?}");
        served.stop().await;
    }
}

#[tokio::test]
async fn without_proof_it_stays_uncertain_and_holds_nobody_back() {
    let served = one_text(Fault::ServerErrorNotAccepted, Some(1)).await;
    let (_, attempts, _) = in_state(&served, "uncertain").await;
    assert_eq!(attempts, 1);
    assert_eq!(
        served.deliver(&new_sid(), AMINA, "STATUS").await,
        StatusCode::OK
    );
    in_state(&served, "delivered").await;
    assert_eq!(
        rows(&served).await[0].0,
        "uncertain",
        "the first one is not resent"
    );
    assert_eq!(served.health().await["store"]["outbox"]["uncertain"], 1);
    served.stop().await;
}

#[tokio::test]
async fn a_report_on_another_text_proves_nothing() {
    let served = one_text(Fault::ServerErrorNotAccepted, Some(1)).await;
    in_state(&served, "uncertain").await;
    served.deliver(&new_sid(), HASSAN, "no water").await;
    in_state(&served, "delivered").await;
    let in_doubt = outbox_rows(&served).remove(0).id.to_string();
    let sid = served.accepted().await[0]["sid"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        report(&served, &in_doubt, &sid, "delivered").await,
        StatusCode::OK
    );
    assert_eq!(rows(&served).await[0].0, "uncertain");
    served.stop().await;
}

#[tokio::test]
async fn too_many_requests_is_proof_and_it_is_sent_when_the_gateway_says() {
    let served = one_text(
        Fault::TooManyRequests {
            retry_after: Some(1),
        },
        Some(1),
    )
    .await;
    let (_, attempts, _) = in_state(&served, "delivered").await;
    assert_eq!(attempts, 2);
    assert_eq!(served.accepted().await.len(), 1);
    served.stop().await;
}

#[tokio::test]
async fn a_refused_account_keeps_the_queue_and_says_so() {
    let served = Served::start_with(&[("gateway.auth_password", "wrong")]).await;
    served.deliver(&new_sid(), AMINA, "no water").await;
    let health = wait_for("the refusal to show", async || {
        let health = served.health().await;
        let queued = health["store"]["outbox"]["pending"] == 1;
        (queued && health["gateway"]["state"] == "refuses_us").then_some(health)
    })
    .await;
    assert_eq!(health["webhooks_can_be_committed"], true);
    assert_eq!(
        rows(&served).await[0].1,
        0,
        "no attempt is held against the text"
    );
    assert_eq!(
        served.deliver(&new_sid(), HASSAN, "no water").await,
        StatusCode::OK,
        "texts are still taken in"
    );
    served.stop().await;
}

#[tokio::test]
async fn a_number_that_is_none_fails_alone() {
    let served = one_text(Fault::Refuse { code: 21211 }, Some(1)).await;
    let (_, _, code) = in_state(&served, "failed").await;
    assert_eq!(code, Some(21211));
    served.deliver(&new_sid(), HASSAN, "no water").await;
    in_state(&served, "delivered").await;
    served.stop().await;
}

#[tokio::test]
async fn who_opted_out_at_the_gateway_gets_silence_until_start() {
    let served = one_text(Fault::Refuse { code: 21610 }, Some(1)).await;
    in_state(&served, "failed").await;
    served.deliver(&new_sid(), AMINA, "STATUS").await;
    served.settled().await;
    assert!(served.accepted().await.is_empty());
    served.deliver(&new_sid(), AMINA, "START").await;
    in_state(&served, "delivered").await;
    served.stop().await;
}

/// A text that the carrier reports as undelivered, for the phone is off, and that is owed anew.
async fn missed() -> (Served, Clock) {
    let (served, clock) = Served::start_moved(&[]).await;
    served
        .sandbox
        .fail(Fault::Undelivered { code: 30003 }, Some(1));
    served.deliver(&new_sid(), AMINA, "no water").await;
    wait_for("the second try to be owed", async || {
        (rows(&served).await.len() == 2).then_some(())
    })
    .await;
    assert_eq!(rows(&served).await[1].0, "pending", "in an hour, not now");
    (served, clock)
}

/// What the gateway was given, in order.
async fn bodies(served: &Served) -> Vec<String> {
    let texts = served.accepted().await;
    let bodies = texts.iter().map(|text| text["body"].as_str().unwrap());
    bodies.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_phone_that_was_off_gets_the_text_later_as_a_new_one() {
    let (served, clock) = missed().await;
    clock.advance(TimeDelta::minutes(59));
    served.deliver(&new_sid(), HASSAN, "no water").await;
    in_state(&served, "delivered").await;
    assert_eq!(rows(&served).await[1].0, "pending", "not before the hour");
    clock.advance(TimeDelta::minutes(2));
    served.settled().await;
    let bodies = bodies(&served).await;
    assert_eq!(bodies.len(), 3, "{bodies:?}");
    assert_eq!(bodies[2], bodies[0]);
    served.stop().await;
}

#[tokio::test]
async fn a_phone_that_is_on_again_and_texts_waits_for_nothing() {
    let (served, _clock) = missed().await;
    served.deliver(&new_sid(), AMINA, "STATUS").await;
    served.settled().await;
    let bodies = bodies(&served).await;
    assert_eq!(bodies.len(), 3, "{bodies:?}");
    assert_eq!(bodies[1], bodies[0], "what it missed comes first");
    assert_ne!(bodies[2], bodies[0]);
    served.stop().await;
}

#[tokio::test]
async fn reports_only_move_a_text_up() {
    let served = one_text(Fault::NoCallbacks, None).await;
    let accepted = wait_for("the gateway to have it", async || {
        served.accepted().await.into_iter().next()
    })
    .await;
    in_state(&served, "accepted").await;
    let (sid, row) = (
        accepted["sid"].as_str().unwrap(),
        accepted["outbox_id"].to_string(),
    );
    let row = row.trim_matches('"');
    for (word, then) in [
        ("sent", "sent"),
        ("queued", "sent"),
        ("delivered", "delivered"),
        ("sent", "delivered"),
        ("failed", "delivered"),
    ] {
        assert_eq!(report(&served, row, sid, word).await, StatusCode::OK);
        assert_eq!(rows(&served).await[0].0, then, "after {word}");
    }
    assert_eq!(
        served.health().await["store"]["alarms"]["opposite_reports"]["times"],
        1
    );
    assert_eq!(
        report(&served, row, "SM00000000000000000000000000000000", "read").await,
        StatusCode::OK
    );
    assert_eq!(report(&served, "1", sid, "read").await, StatusCode::OK);
    assert_eq!(
        report(&served, row, sid, "teleported").await,
        StatusCode::OK
    );
    assert_eq!(rows(&served).await.len(), 1);
    served.stop().await;
}

async fn report(served: &Served, row: &str, sid: &str, word: &str) -> StatusCode {
    let form: Vec<(String, String)> = [
        ("MessageSid", sid),
        ("SmsSid", sid),
        ("MessageStatus", word),
        ("SmsStatus", word),
        ("AccountSid", ACCOUNT),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    post(
        &served.client,
        &served.url,
        &format!("/gateway/status?oid={row}"),
        &form,
        KEY,
    )
    .await
    .status()
}

#[tokio::test]
async fn texts_to_one_phone_leave_in_order() {
    let served = Served::start().await;
    for words in ["HELP", "no water in Eldas", "STATUS", "STOP"] {
        served.deliver(&new_sid(), AMINA, words).await;
    }
    served.settled().await;
    let bodies = bodies(&served).await;
    assert!(
        bodies.last().unwrap().contains("START"),
        "the confirmation of STOP comes last: {bodies:?}"
    );
    served.stop().await;
}

#[tokio::test]
async fn a_gateway_that_is_down_is_waited_for() {
    // An address that nothing else binds or calls from, so that it is still free when the gateway comes back.
    let down = TcpListener::bind("127.0.0.9:0").unwrap();
    let address = down.local_addr().unwrap();
    drop(down);
    let api_base = format!("http://{address}");
    let (served, clock) = Served::start_moved(&[("gateway.api_base", api_base.as_str())]).await;
    served.deliver(&new_sid(), AMINA, "no water").await;
    wait_for("a first try", async || {
        let rows = rows(&served).await;
        rows.first().filter(|row| row.1 >= 1).cloned()
    })
    .await;
    in_state(&served, "pending").await;
    let gateway = gateway_at(TcpListener::bind(address).unwrap(), sandbox(&served.url));
    clock.advance(TimeDelta::minutes(5));
    let (_, attempts, _) = in_state(&served, "delivered").await;
    assert_eq!(attempts, 2);
    assert_eq!(accepted(&served.client, &api_base).await.len(), 1);
    gateway.close();
    served.stop().await;
}
