//! Too much of it: from one network, from those near each other, from all.

use std::sync::{Arc, Mutex, mpsc};

use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;
use tokio::task::JoinSet;

use super::figures::{MAY, may};
use super::{BOREHOLE, complain, count, from, look_up};
use crate::console::Town;
use crate::served::{PATIENCE, client};

#[tokio::test]
async fn who_sends_too_much_waits() {
    let town = Town::new().await;
    let mut amina = town.browser();
    for n in 0..30 {
        let words = format!("{BOREHOLE}, the {n}th");
        let page = complain(&mut amina, &[("words", &words)]).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    let page = complain(&mut amina, &[("words", BOREHOLE), ("place", "bute")]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.headers["retry-after"], "120");
    page.says("send it again in some minutes");
    page.says("href=\"sms:+254700100200\"");
    page.says(BOREHOLE);
    page.says("<option value=\"bute\" selected>");
    assert_eq!(count(&town, "complaint"), 30);
    town.clock.advance(chrono::TimeDelta::minutes(2));
    let page = complain(&mut amina, &[("words", BOREHOLE), ("place", "bute")]).await;
    assert_eq!(page.status, StatusCode::OK, "one comes back");
    for guess in 0..60_u64 {
        let number = format!("48210{guess:05}");
        look_up(&mut amina, &number, "0001").await;
    }
    let page = look_up(&mut amina, "482 109 3753", "0001").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    town.stop().await;
}

#[tokio::test]
async fn many_networks_together_cannot_flood_the_queue() {
    let town = Town::new().await;
    let complain_from = async |network: u32| {
        let mut somebody = from(&town, &format!("198.51.{network}.1"));
        let words = format!("{BOREHOLE}, the {network}th");
        complain(&mut somebody, &[("words", &words)]).await.status
    };
    for network in 0..60 {
        assert_eq!(complain_from(network).await, StatusCode::OK);
    }
    for _ in 0..40 {
        let refused = complain_from(60).await;
        assert_eq!(refused, StatusCode::TOO_MANY_REQUESTS);
    }
    town.clock.advance(chrono::TimeDelta::minutes(1));
    let page = complain_from(60).await;
    assert_eq!(page, StatusCode::OK, "they have used up none of their own");
    assert_eq!(count(&town, "complaint"), 61);
    town.stop().await;
}

/// Who has a /48 of IPv6 has 65,536 networks, and may not use up what all have.
#[tokio::test]
async fn networks_that_lie_near_each_other_leave_others_room() {
    let town = Town::new().await;
    let complain_from = async |address: &str| {
        let mut somebody = from(&town, address);
        complain(&mut somebody, &[("words", BOREHOLE)]).await.status
    };
    for network in 0..40 {
        let status = complain_from(&format!("2001:db8:7:{network:x}::1")).await;
        assert_eq!(status, StatusCode::OK);
    }
    for network in 40..80 {
        let status = complain_from(&format!("2001:db8:7:{network:x}::1")).await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(complain_from("2001:db8:8::1").await, StatusCode::OK);
    assert_eq!(complain_from("192.0.2.1").await, StatusCode::OK);
    town.stop().await;
}

/// All threads that count are busy until what is returned is dropped.
async fn busy_counting(town: &Town) -> mpsc::Sender<()> {
    let (free, held) = mpsc::channel::<()>();
    let held = Arc::new(Mutex::new(held));
    let (begun, mut begins) = tokio::sync::mpsc::unbounded_channel();
    let threads = std::thread::available_parallelism().unwrap().get() / 2;
    for _ in 0..threads.max(1) {
        let (store, held, begun) = (town.store().clone(), Arc::clone(&held), begun.clone());
        tokio::spawn(async move {
            let busy = store.report(move |_| {
                begun.send(()).unwrap();
                let _ = held.lock().unwrap().recv();
                Ok(())
            });
            busy.await.unwrap();
        });
        begins.recv().await.unwrap();
    }
    free
}

#[tokio::test]
async fn who_asks_for_figures_leaves_places_to_those_who_work_and_waits_for_none_that_were_told() {
    let town = may(0).await;
    let free = busy_counting(&town).await;
    let mut asked = JoinSet::new();
    for _ in 0..20 {
        asked.spawn(client().get(format!("{}{MAY}", town.served.url)).send());
    }
    for _ in 0..4 {
        let refused = tokio::time::timeout(PATIENCE, asked.join_next()).await;
        let refused = refused.unwrap().unwrap().unwrap().unwrap();
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(refused.headers()[RETRY_AFTER], "60");
        let page = refused.text().await.unwrap();
        assert!(page.contains("Try again in a minute"), "{page}");
    }
    let of_the_console = tokio::spawn({
        let store = town.store().clone();
        async move { store.report(|_| Ok(())).await }
    });
    drop(free);
    of_the_console.await.unwrap().unwrap();
    while let Some(answer) = asked.join_next().await {
        assert_eq!(answer.unwrap().unwrap().status(), StatusCode::OK);
    }
    let free = busy_counting(&town).await;
    town.browser()
        .get(MAY)
        .await
        .says("Complaints in Wajir, May 2026");
    drop(free);
    town.stop().await;
}
