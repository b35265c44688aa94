//! A message id has one effect, whatever is redelivered, replayed or concurrent.

use std::io::ErrorKind;

use jibu::actions::Receipt;
use reqwest::StatusCode;
use tokio::task::JoinSet;

use crate::served::{KEY, Served, form, post};
use crate::world::{AMINA, World, new_sid};

const PHONES: usize = 100;
const DELIVERIES: usize = 5;

#[tokio::test]
async fn five_deliveries_at_once_have_one_effect() {
    let served = Served::start().await;
    let mut deliveries = JoinSet::new();
    for phone in 0..PHONES {
        let form = form(
            &new_sid(),
            &format!("+2547110{phone:05}"),
            "Borehole at Habasswein is broken",
        );
        for _ in 0..DELIVERIES {
            let (client, url, form) = (served.client.clone(), served.url.clone(), form.clone());
            deliveries.spawn(async move {
                post(&client, &url, "/gateway/inbound", &form, KEY)
                    .await
                    .status()
            });
        }
    }
    for status in deliveries.join_all().await {
        assert_eq!(status, StatusCode::OK);
    }
    served.settled().await;
    let accepted = served.accepted().await;
    assert_eq!(accepted.len(), PHONES, "one reply each");
    let numbers: std::collections::BTreeSet<String> = accepted
        .iter()
        .map(|text| text["body"].as_str().unwrap()[21..33].to_owned())
        .collect();
    assert_eq!(
        numbers.len(),
        PHONES,
        "one complaint each, each with its own number"
    );
    served.stop().await;
}

#[tokio::test]
async fn the_same_id_with_other_content_is_an_alarm_and_changes_nothing() {
    let world = World::new();
    let sid = new_sid();
    assert_eq!(world.deliver(&sid, AMINA, "no water").await, Receipt::Taken);
    let first = world.reply_to(&sid).await;
    assert_eq!(
        world.deliver(&sid, AMINA, "no water").await,
        Receipt::Redelivered
    );
    assert_eq!(
        world.deliver(&sid, AMINA, "no roads").await,
        Receipt::Altered
    );
    assert_eq!(
        world.deliver(&sid, "+254722000002", "no water").await,
        Receipt::Altered
    );
    let alarms = world.store.read(|reader| reader.alarms()).await.unwrap();
    assert_eq!(
        (alarms[0].kind.as_str(), alarms[0].times),
        ("altered_redelivery", 2)
    );
    assert_eq!(world.reply_to(&sid).await, first);
}

#[tokio::test]
async fn numbers_and_texts_are_not_in_the_open() {
    let folder = {
        let served = Served::start().await;
        let number = "+254733777888";
        served
            .deliver(
                &new_sid(),
                number,
                "The Zanzibarian xylophone is broken at Habasswein",
            )
            .await;
        served.settled().await;
        served.stop().await
    };
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        // The last who reads takes the database's log away, which is then empty.
        let bytes = match std::fs::read(&path) {
            Err(gone) if gone.kind() == ErrorKind::NotFound => continue,
            read => read.unwrap(),
        };
        for canary in [
            "254733777888",
            "733777888",
            "Zanzibarian",
            "xylophone",
            "Complaint",
        ] {
            let found = bytes
                .windows(canary.len())
                .any(|window| window == canary.as_bytes());
            assert!(!found, "{canary} stands in {}", path.display());
        }
    }
}
