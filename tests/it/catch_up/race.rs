//! Webhooks and looks: whichever comes first, a text has one effect.

use jibu::inbound::ListState;
use tokio::task::JoinSet;

use super::list::{ago, listed, looking, one_page};
use super::rows;
use crate::world::{AMINA, World, new_sid};

const TEXTS: u32 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_and_a_look_at_the_same_moment_have_one_effect() {
    let world = World::with(|configuration| {
        configuration.settings.limits.replies_per_minute = 100_000;
    });
    let texts: Vec<(String, String)> = (0..TEXTS)
        .map(|phone| (new_sid(), format!("+2547110{phone:05}")))
        .collect();
    let words = "Borehole at Habasswein is broken";
    let (at, in_list) = (ago(&world, 10), texts.clone());
    let (catch_up, _) = looking(&world, move |_| {
        let listed = |(sid, from): &(String, String)| listed(sid, from, words, at);
        one_page(in_list.iter().rev().map(listed).collect())
    });
    let mut looks = JoinSet::new();
    for _ in 0..2 {
        let catch_up = catch_up.clone();
        looks.spawn(async move { catch_up.look().await });
    }
    for (sid, from) in &texts {
        world.deliver(sid, from, words).await;
    }
    looks.join_all().await;
    assert_eq!(catch_up.so_far().list, ListState::Well);
    for (sid, _) in &texts {
        assert!(world.reply_to(sid).await.is_some());
    }
    let count = |what| rows(&world.folder, what);
    assert_eq!(count("complaint"), TEXTS);
    assert_eq!(count("outbox"), TEXTS);
    assert_eq!(count("alarm WHERE kind = 'altered_redelivery'"), 0);
}

#[tokio::test]
async fn words_that_the_gateway_forgot_are_no_alarm_and_other_words_under_one_id_are() {
    let world = World::new();
    let (known, late) = (new_sid(), new_sid());
    world.deliver(&known, AMINA, "no water").await;
    let (at, known_too, late_too) = (ago(&world, 10), known.clone(), late.clone());
    let (catch_up, _) = looking(&world, move |_| {
        one_page(vec![
            listed(&late_too, AMINA, "STATUS", at),
            listed(&known_too, AMINA, "", at),
        ])
    });
    catch_up.look().await;
    let alarms = async || {
        let alarms = world.store.read(|reader| reader.alarms()).await.unwrap();
        let kinds = alarms.into_iter().map(|alarm| alarm.kind);
        kinds.collect::<Vec<_>>()
    };
    assert_eq!(alarms().await, ["webhook_missed"]);
    let receipt = world.deliver(&late, AMINA, "no roads").await;
    assert_eq!(receipt, jibu::actions::Receipt::Altered);
    assert_eq!(alarms().await, ["altered_redelivery", "webhook_missed"]);
}
