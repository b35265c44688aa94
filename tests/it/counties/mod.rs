//! A county's convening goes to another organisation, with all open work.

mod again;
mod whatever;

use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::IncomingMessage;
use jibu::actions::hand_over_county::{hand_over_county, note_conveners};
use jibu::complaint::{Address, OrganisationId};
use jibu::configuration::{Configuration, Live};
use jibu::people::{Deed, Person, PersonId, Role};
use jibu::routing::Rules;
use jibu::timers::do_what_is_due;

use crate::desk::{act_on, hire};
use crate::world::{AMINA, HASSAN, World, new_sid, past_the_store};

const NEWCOMERS: &str = r#"
[[organisation]]
id = "justice-wajir"
name = "Justice Wajir"
short_name = "Justice Wajir"
called = ["justice office"]
email = "desk@justice.example"
county = "wajir"

"#;

/// The sample county as somebody else convenes it.
pub(crate) fn convened_by(convener: &str) -> Arc<Configuration> {
    let folder = tempfile::tempdir().unwrap();
    let mut configuration = Configuration::sample(folder.path(), &[]).unwrap();
    // Its own tests say where texts go while another convenes.
    let sample = include_str!("../../../config/routing.toml");
    let (sample, _) = sample.split_once("\n[[test]]").unwrap();
    let source = sample
        .replacen(
            "[[organisation]]",
            &format!("{NEWCOMERS}[[organisation]]"),
            1,
        )
        .replace(
            "convener = \"ti-wajir\"",
            &format!("convener = \"{convener}\""),
        );
    configuration.rules =
        Rules::load("routing.toml", &source, Some(&configuration.places)).unwrap();
    Arc::new(configuration)
}

const OLD: &str = "ti-wajir";
const NEW: &str = "justice-wajir";

async fn a_minute_passes(world: &World, convener: &str) {
    let live = Live::new(convened_by(convener), world.clock.now());
    do_what_is_due(&world.store, &live).await;
}

/// All complaints as `number of hops by hand-over, holder, status`, by their first words' order.
fn standings(world: &World) -> Vec<String> {
    let store = past_the_store(&world.folder);
    let mut statement = store
        .prepare(
            "SELECT (SELECT count(*) FROM referral r WHERE r.complaint_id = c.id AND r.actor = 'hand_over') || ' ' || holder || ' ' || status
             FROM complaint c ORDER BY id",
        )
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn count(world: &World, sql: &str) -> i64 {
    past_the_store(&world.folder)
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

/// Jamila of the new convener, and those of the sample's.
fn staff(world: &World) {
    hire(world);
    past_the_store(&world.folder)
        .execute_batch(
            "INSERT INTO person (id, email, name, role, scope, made_at) VALUES
             (5, 'jamila@justice.example', 'Jamila', 'convener', 'justice-wajir', 0)",
        )
        .unwrap();
}

fn newcomer() -> Person {
    Person {
        id: PersonId(5),
        name: "Jamila".to_owned(),
        email: "jamila@justice.example".to_owned(),
        role: Role::Convener(OrganisationId::new(NEW)),
        language: None,
    }
}

/// What each of these sees of the complaints, in their order.
async fn seen_by(world: &World, who: &Person, convener: &'static str) -> Vec<bool> {
    let numbers: Vec<i64> = {
        let store = past_the_store(&world.folder);
        let mut statement = store
            .prepare("SELECT number FROM complaint ORDER BY id")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let who = who.clone();
    let read = world.store.read(move |reader| {
        let see = |number: i64| {
            let number = jibu::complaint::TrackingNumber::from_value(number.cast_unsigned());
            let convener = |_: &_, _: &_| OrganisationId::new(convener);
            let dossier = reader.dossier(number, &who, convener, None)?;
            Ok(dossier.is_some_and(|dossier| dossier.sight == jibu::people::Sight::All))
        };
        numbers.into_iter().map(see).collect()
    });
    read.await.unwrap()
}

#[tokio::test]
async fn all_that_the_convener_had_goes_along_and_nobody_is_texted() {
    let world = World::of(|_| convened_by(OLD));
    staff(&world);
    a_minute_passes(&world, OLD).await;
    for (phone, words) in [
        (AMINA, "Borehole in Eldas is broken"),
        (HASSAN, "I want to complain about something"),
        ("+254733000003", "They demanded a bribe"),
        (
            "+254733000004",
            "They demanded a bribe at the justice office",
        ),
        ("+254733000005", "They asked for money at the TI Wajir"),
    ] {
        world.text(phone, words).await.unwrap();
    }
    assert_eq!(
        standings(&world),
        [
            "0 wajir-water referred",
            "0 ti-wajir referred",
            "0 ti-wajir referred",
            "0 ti-wajir referred",
            "0 ombudsman referred",
        ]
    );
    let texts = count(&world, "SELECT count(*) FROM outbox");
    let questions = count(&world, "SELECT count(*) FROM question");
    world.clock.advance(TimeDelta::days(3));
    a_minute_passes(&world, NEW).await;
    let moved = [
        "0 wajir-water referred",
        "1 justice-wajir referred",
        "1 justice-wajir referred",
        // It accuses the new convener; what accused the old one stays with who oversees the county.
        "1 ombudsman referred",
        "0 ombudsman referred",
    ];
    assert_eq!(standings(&world), moved);
    a_minute_passes(&world, NEW).await;
    assert_eq!(standings(&world), moved, "once");

    assert_eq!(count(&world, "SELECT count(*) FROM outbox"), texts);
    assert_eq!(count(&world, "SELECT count(*) FROM question"), questions);
    let late = "SELECT count(*) FROM complaint WHERE holder <> 'wajir-water' AND next_due <= (SELECT max(at) FROM convening)";
    assert_eq!(
        count(&world, late),
        1,
        "but for what was not handed over, each has its days anew"
    );
    assert_eq!(
        count(
            &world,
            "SELECT count(*) FROM event WHERE kind = 'referred' AND actor = 'hand_over'"
        ),
        3
    );
    let entry = world
        .store
        .read(|reader| reader.convenings())
        .await
        .unwrap();
    let last = entry.last().unwrap();
    assert_eq!(last.came_from, Some(OrganisationId::new(OLD)));
    let moved = (last.moved.all, last.moved.sensitive, last.moved.overseen);
    assert_eq!((moved, last.done_at.is_some()), ((3, 2, 1), true));

    let omar = crate::desk::omar();
    assert_eq!(seen_by(&world, &omar, NEW).await, [false; 5]);
    assert_eq!(
        seen_by(&world, &newcomer(), NEW).await,
        [true, true, true, false, true]
    );
}

#[tokio::test]
async fn killed_in_the_middle_it_goes_on_and_nothing_is_done_twice() {
    let mut world = World::of(|_| convened_by(OLD));
    a_minute_passes(&world, OLD).await;
    for index in 0..7 {
        let phone = format!("+25473300001{index}");
        world
            .text(&phone, "I want to complain about something")
            .await
            .unwrap();
    }
    let three: Vec<i64> = (0..3)
        .map(|n| {
            count(
                &world,
                &format!("SELECT id FROM complaint ORDER BY id LIMIT 1 OFFSET {n}"),
            )
        })
        .collect();
    let new = convened_by(NEW);
    let begun = world.store.write("begun", move |tx| {
        note_conveners(tx, &new)?;
        let entry = tx.convenings()?.pop().unwrap();
        hand_over_county(tx, &new, &entry, &three)
    });
    assert_eq!(begun.await.unwrap().all, 3);
    world.restart().await;
    a_minute_passes(&world, NEW).await;
    assert_eq!(standings(&world), ["1 justice-wajir referred"; 7]);
    let entries = world
        .store
        .read(|reader| reader.convenings())
        .await
        .unwrap();
    assert_eq!((entries.len(), entries[1].moved.all), (2, 7));
}

#[tokio::test]
async fn what_was_begun_is_accepted_anew_and_what_is_a_partners_stays() {
    let world = World::of(|_| convened_by(OLD));
    staff(&world);
    a_minute_passes(&world, OLD).await;
    for index in 0..5 {
        let phone = format!("+25473300001{index}");
        world
            .text(&phone, "I want to complain about something")
            .await
            .unwrap();
    }
    for (status, index) in ["in_progress", "returned", "reopened", "resolved", "closed"]
        .iter()
        .zip(0_i64..)
    {
        let sql = "UPDATE complaint SET status = ?1, returns = 2 WHERE id = (SELECT id FROM complaint ORDER BY id LIMIT 1 OFFSET ?2)";
        past_the_store(&world.folder)
            .execute(sql, rusqlite::params![status, index])
            .unwrap();
    }
    let verdict_due = "SELECT next_due FROM complaint WHERE status = 'resolved'";
    let due = count(&world, verdict_due);
    world.clock.advance(TimeDelta::hours(1));
    a_minute_passes(&world, NEW).await;
    let moved = [
        "1 justice-wajir referred",
        "1 justice-wajir returned",
        "1 justice-wajir reopened",
        "1 justice-wajir resolved",
        "0 ti-wajir closed",
    ];
    assert_eq!(standings(&world), moved);
    assert_eq!(
        count(&world, verdict_due),
        due,
        "it goes on waiting for the complainant"
    );

    // What a person refers to the former convener since then is theirs, as any partner's; what was closed there and is opened again
    // is not.
    world.clock.advance(TimeDelta::hours(1));
    let first = count(&world, "SELECT min(id) FROM complaint");
    let form = jibu::actions::deed::DeedForm {
        to: Some(OrganisationId::new(OLD)),
        ..Default::default()
    };
    let now = World {
        configuration: convened_by(NEW),
        ..world
    };
    act_on(&now, first, &newcomer(), Deed::Refer, form, None).await;
    past_the_store(&now.folder)
        .execute(
            "UPDATE complaint SET status = 'reopened' WHERE status = 'closed'",
            [],
        )
        .unwrap();
    a_minute_passes(&now, NEW).await;
    assert_eq!(standings(&now)[0], "1 ti-wajir referred");
    assert_eq!(standings(&now)[4], "1 justice-wajir reopened");
}

#[tokio::test]
async fn what_nobody_had_routed_is_still_the_rules_to_route_once_more_is_known() {
    let world = World::of(|_| convened_by(OLD));
    a_minute_passes(&world, OLD).await;
    world
        .text(AMINA, "Please help us, it is very bad here")
        .await
        .unwrap();
    a_minute_passes(&world, NEW).await;
    assert_eq!(standings(&world), ["1 justice-wajir referred"]);
    let now = World {
        configuration: convened_by(NEW),
        ..world
    };
    now.text(AMINA, "The borehole in Eldas is broken").await;
    assert_eq!(standings(&now), ["1 wajir-water referred"]);
}

/// The sample county, and one on the other side of the world with a number of its own.
fn with_a_far_county(configuration: &mut Configuration) {
    let far = r#"
[[county]]
id = "far"
name = "Far"
convener = "ti-wajir"
zone = "Pacific/Auckland"
language = "en"
numbers = ["+64210000001"]

[[organisation]]
"#;
    let sample = include_str!("../../../config/routing.toml");
    let (sample, _) = sample.split_once("\n[[test]]").unwrap();
    let source = sample.replacen("\n[[organisation]]\n", far, 1).replacen(
        "county = \"wajir\"",
        "counties = [\"wajir\", \"far\"]",
        1,
    );
    configuration.rules = Rules::load("routing.toml", &source, None).unwrap();
}

#[tokio::test]
async fn days_are_those_of_the_complaints_county_whichever_number_is_texted() {
    let world = World::with(with_a_far_county);
    // In the evening, when it is tomorrow there.
    world.clock.advance(TimeDelta::hours(10));
    world.text(AMINA, "Borehole in Eldas is broken").await;
    let number = count(&world, "SELECT number FROM complaint");
    let here = world.text(AMINA, &number.to_string()).await.unwrap();
    assert!(here.contains("on 4 May"), "{here}");
    let sid = new_sid();
    let message = IncomingMessage {
        sid: sid.clone(),
        from: Address::new(AMINA),
        to: Address::new("+64210000001"),
        body: number.to_string(),
        media: Vec::new(),
    };
    world.deliver_message(message).await;
    assert_eq!(world.reply_to(&sid).await.unwrap(), here);
}

#[tokio::test]
async fn news_that_a_phone_missed_before_the_hand_over_still_come() {
    let world = World::of(|_| convened_by(OLD));
    staff(&world);
    a_minute_passes(&world, OLD).await;
    world
        .text(AMINA, "I want to complain about something")
        .await
        .unwrap();
    let retry = "UPDATE outbox SET retry_of = id, notice = 1";
    past_the_store(&world.folder).execute(retry, []).unwrap();
    world.clock.advance(TimeDelta::minutes(1));
    let since = count(&world, "SELECT status_since FROM complaint");
    a_minute_passes(&world, NEW).await;
    assert_eq!(standings(&world), [format!("1 {NEW} referred")]);
    assert_eq!(
        count(
            &world,
            "SELECT count(*) FROM outbox WHERE state = 'pending'"
        ),
        1
    );
    assert_eq!(count(&world, "SELECT status_since FROM complaint"), since);
}
