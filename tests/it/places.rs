//! Where a complaint is, told later: what it changes, and what it must not.

use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::Receipt;
use jibu::intake::places::Places;
use jibu::routing::Rules;
use jibu::store::Referral;

use crate::world::{AMINA, World, new_sid, past_the_store};

const DRY: &str = "No water in Jogoo since Friday";
const SAMPLE: &str = include_str!("../../config/routing.toml");

/// A complaint as it stands, and what the phone is asked.
#[derive(Debug, PartialEq, Eq)]
struct Stands {
    holder: String,
    place: Option<String>,
    candidates: Option<String>,
    sensitive: bool,
    accept_due: i64,
    first_action_due: i64,
    resolve_due: i64,
    asked: i64,
}

fn stands(world: &World) -> Stands {
    past_the_store(&world.folder)
        .query_row(
            "SELECT holder, place, place_candidates, sensitive, accept_due, first_action_due, resolve_due,
                    (SELECT count(*) FROM question) FROM complaint",
            [],
            |row| {
                Ok(Stands {
                    holder: row.get(0)?,
                    place: row.get(1)?,
                    candidates: row.get(2)?,
                    sensitive: row.get(3)?,
                    accept_due: row.get(4)?,
                    first_action_due: row.get(5)?,
                    resolve_due: row.get(6)?,
                    asked: row.get(7)?,
                })
            },
        )
        .unwrap()
}

fn past(world: &World, statement: &str) {
    assert_eq!(
        past_the_store(&world.folder)
            .execute(statement, [])
            .unwrap(),
        1
    );
}

/// The events and the hops of the only complaint.
async fn history(world: &World) -> (Vec<String>, Vec<Referral>) {
    let id: i64 = past_the_store(&world.folder)
        .query_row("SELECT id FROM complaint", [], |row| row.get(0))
        .unwrap();
    world
        .store
        .read(move |reader| Ok((reader.event_kinds(id)?, reader.referrals(id)?)))
        .await
        .unwrap()
}

/// The sample's rules with others beside them.
fn with_rules(world: &mut World, rules: &str) {
    let mut changed = (*world.configuration).clone();
    let source = format!("{SAMPLE}{rules}");
    changed.rules = Rules::load("routing.toml", &source, Some(&changed.places)).unwrap();
    world.configuration = Arc::new(changed);
}

#[tokio::test]
async fn an_answer_that_moves_a_complaint_adds_a_hop_and_gives_the_new_holder_time_to_accept() {
    let world = World::new();
    world.text(AMINA, DRY).await.unwrap();
    let before = stands(&world);
    assert_eq!(
        before.candidates.as_deref(),
        Some(r#"["wagberi","township"]"#)
    );
    world.clock.advance(TimeDelta::days(1));
    world.text(AMINA, "2").await.unwrap();
    let after = stands(&world);
    assert_eq!(
        after,
        Stands {
            holder: "wajir-utility".to_owned(),
            place: Some("township".to_owned()),
            candidates: None,
            accept_due: before.accept_due + TimeDelta::days(1).num_milliseconds(),
            ..before
        }
    );
    let (events, hops) = history(&world).await;
    assert_eq!(events, ["received", "referred", "place_told", "referred"]);
    let [first, second] = hops.as_slice() else {
        panic!("two hops: {hops:?}")
    };
    assert_eq!((&first.from, first.to.as_str()), (&None, "wajir-water"));
    assert_eq!(
        (
            second.from.as_deref(),
            second.to.as_str(),
            second.actor.as_str()
        ),
        (Some("wajir-water"), "wajir-utility", "rules")
    );
    assert!(
        second.reason.contains(r#""rule":"town-dry""#),
        "{}",
        second.reason
    );
}

#[tokio::test]
async fn an_answer_delivered_again_has_one_effect() {
    let world = World::new();
    world.text(AMINA, DRY).await.unwrap();
    let sid = new_sid();
    assert_eq!(world.deliver(&sid, AMINA, "2").await, Receipt::Taken);
    let (stood, told) = (stands(&world), history(&world).await);
    assert_eq!(world.deliver(&sid, AMINA, "2").await, Receipt::Redelivered);
    assert_eq!((stands(&world), history(&world).await), (stood, told));
}

#[tokio::test]
async fn what_was_accepted_stays_where_it_is() {
    let world = World::new();
    world.text(AMINA, DRY).await.unwrap();
    past(&world, "UPDATE complaint SET status = 'accepted'");
    let reply = world.text(AMINA, "2").await.unwrap();
    assert!(
        reply.contains("Noted: Township") && reply.contains("Water Dept"),
        "{reply}"
    );
    let after = stands(&world);
    assert_eq!(
        (after.holder.as_str(), after.place.as_deref()),
        ("wajir-water", Some("township"))
    );
    assert_eq!(history(&world).await.1.len(), 1, "no hop");
}

#[tokio::test]
async fn what_a_person_referred_stays_where_it_is() {
    let world = World::new();
    world.text(AMINA, DRY).await.unwrap();
    past(
        &world,
        "INSERT INTO referral (complaint_id, id, from_holder, to_holder, actor, reason, at)
         SELECT complaint_id, id + 1, to_holder, 'wajir-roads', 'person', '{}', at FROM referral",
    );
    past(&world, "UPDATE complaint SET holder = 'wajir-roads'");
    world.text(AMINA, "2").await.unwrap();
    assert_eq!(stands(&world).holder, "wajir-roads");
    assert_eq!(history(&world).await.1.len(), 2, "no hop more");
}

#[tokio::test]
async fn a_place_that_makes_it_sensitive_hides_it_from_whom_it_accuses_and_names_nobody() {
    let mut world = World::new();
    let rule = r#"
[[rule]]
id = "township-kiosks"
any = ["kiosk*"]
sure = 0.9
place = ["township"]
to = "convener"
sensitive = true
against = ["wajir-utility"]
"#;
    with_rules(&mut world, rule);
    let asked = world
        .text(AMINA, "No water at the kiosk since Friday")
        .await
        .unwrap();
    assert!(asked.contains("Which ward"), "{asked}");
    let reply = world.text(AMINA, "Township").await.unwrap();
    for secret in ["Transparency", "Water", "Township"] {
        assert!(!reply.contains(secret), "{reply}");
    }
    let after = stands(&world);
    assert_eq!((after.holder.as_str(), after.sensitive), ("ti-wajir", true));
    let (_, hops) = history(&world).await;
    assert!(hops[1].reason.contains(r#""against":["wajir-utility"]"#));
    let status = world.text(AMINA, "STATUS").await.unwrap();
    assert!(!status.contains("Transparency"), "{status}");
}

#[tokio::test]
async fn whom_a_complaint_was_hidden_from_never_gets_it_also_by_later_rules() {
    let mut world = World::new();
    let rule = r#"
[[rule]]
id = "kiosk-keeper"
any = ["kiosk*"]
sure = 0.99
to = "convener"
against = ["wajir-utility"]
"#;
    let original = Arc::clone(&world.configuration);
    with_rules(&mut world, rule);
    world
        .text(AMINA, "No water at the kiosk in Jogoo")
        .await
        .unwrap();
    assert_eq!(stands(&world).holder, "ti-wajir");
    world.configuration = original;
    world.text(AMINA, "2").await.unwrap();
    assert_eq!(stands(&world).holder, "ti-wajir");
    let (_, hops) = history(&world).await;
    let last = hops.last().unwrap();
    assert!(
        last.reason.contains(r#""against":["wajir-utility"]"#),
        "{}",
        last.reason
    );
}

#[tokio::test]
async fn who_is_not_answered_is_not_asked() {
    let world = World::new();
    world.text(AMINA, "STOP").await.unwrap();
    assert_eq!(world.text(AMINA, DRY).await, None);
    assert_eq!(stands(&world).asked, 0);
}

#[tokio::test]
async fn a_menu_too_long_for_one_segment_is_asked_for_in_words_and_no_digit_means_a_place() {
    let mut world = World::new();
    let long = include_str!("../../config/places.csv")
        .replace("Batalo,", "Batalo|Jogoo,")
        .replace(
            "gurar,Gurar,",
            "gurar,Gurar of the Seven Wells of Wajir North,",
        )
        .replace("Gurrar,", "Gurrar|Jogoo,");
    let mut changed = (*world.configuration).clone();
    changed.places = Places::load("places.csv", &long).unwrap();
    world.configuration = Arc::new(changed);
    let asked = world.text(AMINA, DRY).await.unwrap();
    assert!(asked.contains("Which ward"), "{asked}");
    world.text(AMINA, "2").await.unwrap();
    assert_eq!(stands(&world).place, None);
    assert!(stands(&world).candidates.unwrap().contains("gurar"));
}
