//! Too much of it: from one network, from those near each other, from all.

use reqwest::StatusCode;

use super::{BOREHOLE, complain, count, from, look_up};
use crate::console::Town;

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
