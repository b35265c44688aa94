//! What bounds answers, floods and bills: past each limit everything is still taken in, and nothing is answered.

use chrono::TimeDelta;
use jibu::actions::IncomingMessage;
use jibu::complaint::Address;
use jibu::configuration::settings::Limits;
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::served::{KEY, PATIENCE, Served, form, post};
use crate::world::{AMINA, HASSAN, World, new_sid, past_the_store};

fn limited(change: impl FnOnce(&mut Limits)) -> World {
    World::with(|configuration| change(&mut configuration.settings.limits))
}

/// Why a text got no reply; it is on record whatever the answer.
async fn silence(world: &World, from: &str, body: &str) -> Option<String> {
    let sid = new_sid();
    world.deliver(&sid, from, body).await;
    let message = world
        .store
        .read(move |reader| reader.message(&sid))
        .await
        .unwrap();
    message.expect("it was taken in").silence
}

async fn alarms(world: &World) -> Vec<(String, i64)> {
    let alarms = world.store.read(|reader| reader.alarms()).await.unwrap();
    alarms
        .into_iter()
        .map(|alarm| (alarm.kind, alarm.times))
        .collect()
}

#[tokio::test]
async fn a_phone_has_so_many_replies_a_day() {
    let world = limited(|limits| limits.replies_per_phone_day = 3);
    for place in ["Eldas", "Tarbaj", "Habasswein"] {
        let body = format!("no water in {place}");
        assert_eq!(silence(&world, AMINA, &body).await, None);
        world.clock.advance(TimeDelta::hours(1));
    }
    let silent = silence(&world, AMINA, "no water in Bute").await;
    assert_eq!(silent.as_deref(), Some("phone_limit"));
    assert_eq!(silence(&world, HASSAN, "no water").await, None);
    world.clock.advance(TimeDelta::hours(22));
    assert_eq!(silence(&world, AMINA, "no water in Griftu").await, None);
}

#[tokio::test]
async fn stop_is_confirmed_past_the_limit_but_not_for_ever() {
    let world = limited(|limits| limits.replies_per_phone_10min = 2);
    for body in ["no water in Eldas", "no water in Bute"] {
        assert_eq!(silence(&world, AMINA, body).await, None);
    }
    assert!(silence(&world, AMINA, "no water").await.is_some());
    assert_eq!(silence(&world, AMINA, "STOP").await, None, "its last word");
    for body in ["START", "STOP", "START", "stop"] {
        assert!(silence(&world, AMINA, body).await.is_some(), "{body}");
    }
}

#[tokio::test]
async fn the_breaker_falls_for_a_minute_and_says_so() {
    let world = limited(|limits| limits.replies_per_minute = 3);
    for phone in 0..3 {
        let from = format!("+25471100001{phone}");
        assert_eq!(silence(&world, &from, "no water").await, None);
    }
    let silent = silence(&world, AMINA, "no water").await;
    assert_eq!(silent.as_deref(), Some("breaker"));
    assert_eq!(alarms(&world).await, [("breaker".to_owned(), 1)]);
    world.clock.advance(TimeDelta::minutes(1));
    assert_eq!(silence(&world, AMINA, "no water in Eldas").await, None);
}

#[tokio::test]
async fn a_day_costs_no_more_than_its_cap_and_says_so() {
    let world = limited(|limits| limits.segments_per_day = 2);
    assert_eq!(silence(&world, AMINA, "no water").await, None);
    world.clock.advance(TimeDelta::hours(2));
    assert_eq!(silence(&world, HASSAN, "no water").await, None);
    for (body, times) in [("no water in Eldas", 1), ("STOP", 2)] {
        let silent = silence(&world, AMINA, body).await;
        assert_eq!(silent.as_deref(), Some("spend_cap"), "{body}");
        assert_eq!(alarms(&world).await, [("spend_cap".to_owned(), times)]);
    }
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(silence(&world, HASSAN, "no water in Bute").await, None);
}

#[tokio::test]
async fn what_the_gateway_answers_itself_is_done_and_not_answered_twice() {
    let world = World::with(|configuration| {
        configuration.settings.gateway.answers_keywords =
            ["STOP", "HELP"].map(str::to_owned).into();
    });
    for body in ["HELP", " help\n"] {
        let silent = silence(&world, AMINA, body).await;
        assert_eq!(silent.as_deref(), Some("gateway_answers"), "{body}");
    }
    assert_eq!(silence(&world, AMINA, "MSAADA").await, None, "ours to say");
    assert_eq!(silence(&world, AMINA, "help me").await, None, "no keyword");
    let silent = silence(&world, AMINA, "stop").await;
    assert_eq!(silent.as_deref(), Some("gateway_answers"));
    let silent = silence(&world, AMINA, "no water").await;
    assert_eq!(
        silent.as_deref(),
        Some("stopped"),
        "it was done all the same"
    );
    assert_eq!(silence(&world, AMINA, "START").await, None);
}

#[tokio::test]
async fn a_line_that_texts_itself_is_not_answered_also_where_no_county_names_it() {
    let world = World::new();
    let (sid, line) = (new_sid(), Address::new("+254700999888"));
    let message = IncomingMessage {
        sid: sid.clone(),
        from: line.clone(),
        to: line,
        body: "no water".to_owned(),
        media: Vec::new(),
    };
    world.deliver_message(message).await;
    assert_eq!(world.reply_to(&sid).await, None);
}

#[tokio::test]
async fn a_text_is_kept_whole_and_read_as_far_as_phones_can_write() {
    let world = World::new();
    let reply = world.text(AMINA, "no water in Eldas").await.unwrap();
    let number = &reply[reply.find(char::is_numeric).unwrap()..][..12];
    let far = format!("{}{number}", "maji ".repeat(1_000));
    world.clock.advance(TimeDelta::days(1));
    let reply = world.text(AMINA, &far).await.unwrap();
    assert!(
        reply.contains("Malalamiko mapya"),
        "a number out there is not read: {reply}"
    );
    let sid = new_sid();
    world.deliver(&sid, AMINA, &far).await;
    let kept = world.store.read(move |reader| reader.message(&sid)).await;
    assert_eq!(kept.unwrap().unwrap().words, far);
}

/// A sender that says how long its body is and then says nothing.
#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let served = Served::start().await;
    let address = served.url.trim_start_matches("http://");
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = "POST /gateway/inbound HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nBody=";
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64];
    let read = tokio::time::timeout(PATIENCE, connection.read(&mut answer));
    let length = read.await.expect("it is given up").unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    served.stop().await;
}

#[tokio::test]
async fn no_more_media_are_kept_than_a_message_can_carry() {
    let served = Served::start().await;
    let mut form = form(&new_sid(), AMINA, "");
    form.retain(|(name, _)| name != "NumMedia");
    form.push(("NumMedia".to_owned(), "4000000000".to_owned()));
    for index in 0..500 {
        form.push((format!("MediaUrl{index}"), "https://x.example".to_owned()));
    }
    let answer = post(&served.client, &served.url, "/gateway/inbound", &form, KEY).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let kept: u32 = past_the_store(&served.folder)
        .query_row("SELECT length(media) FROM message", [], |row| row.get(0))
        .unwrap();
    assert!(kept < 10 * 60, "{kept} bytes");
    served.stop().await;
}

#[tokio::test]
async fn a_clock_that_was_ahead_for_a_while_silences_no_phone_afterwards() {
    let world = limited(|limits| limits.replies_per_phone_10min = 3);
    world.clock.advance(TimeDelta::days(400));
    for place in ["Eldas", "Bute", "Tarbaj"] {
        let body = format!("no water in {place}");
        assert_eq!(silence(&world, AMINA, &body).await, None);
    }
    world.clock.advance(TimeDelta::days(-400));
    for place in ["Griftu", "Habaswein", "Buna"] {
        let body = format!("no water in {place}");
        assert_eq!(silence(&world, AMINA, &body).await, None);
    }
    let silent = silence(&world, AMINA, "no water in Wajir Bor").await;
    assert_eq!(
        silent.as_deref(),
        Some("phone_limit"),
        "and the limit holds"
    );
}
