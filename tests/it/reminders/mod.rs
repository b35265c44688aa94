//! Deadlines that pass: who is reminded, when, and that nobody is who has acted.

mod between;
mod clock;
mod letters;
mod monthly;
mod paused;
mod year;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Africa::Nairobi;
use jibu::actions::raise_reminders;
use jibu::deadlines::{Reminders, Span, Turn};
use jibu::people::Deed;

use crate::desk::{Desk, halima, omar};
use crate::world::past_the_store;

/// The steps that were taken: which, when in the county, and of which deadline.
fn steps(desk: &Desk) -> Vec<String> {
    let there = |ms: i64| {
        let at: DateTime<Utc> = DateTime::from_timestamp_millis(ms).unwrap();
        at.with_timezone(&Nairobi)
            .format("%a %d %b %H:%M")
            .to_string()
    };
    past_the_store(&desk.world.folder)
        .prepare("SELECT step, at, due_at, holder FROM reminder ORDER BY id")
        .unwrap()
        .query_map([], |row| {
            Ok(format!(
                "{} {}, of {}, {}",
                row.get::<_, String>(0)?,
                there(row.get(1)?),
                there(row.get(2)?),
                row.get::<_, String>(3)?
            ))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

/// Time goes by, and it is looked every half hour whether anything is due.
async fn go_by(desk: &Desk, days: i64) {
    hours_go_by(desk, 24 * days).await;
}

async fn hours_go_by(desk: &Desk, hours: i64) {
    for _ in 0..hours * 2 {
        desk.later(30);
        look(desk).await;
    }
}

async fn look(desk: &Desk) {
    let configuration = std::sync::Arc::clone(&desk.world.configuration);
    let raise = desk
        .world
        .store
        .write("remind", move |tx| raise_reminders(tx, &configuration));
    raise.await.unwrap();
}

#[tokio::test]
async fn who_never_acts_is_reminded_twice_then_it_is_the_conveners_then_the_committees() {
    let desk = Desk::open().await;
    go_by(&desk, 60).await;
    assert_eq!(
        steps(&desk),
        [
            "first Thu 07 May 08:00, of Wed 06 May 23:59, wajir-water",
            "second Mon 11 May 08:00, of Wed 06 May 23:59, wajir-water",
            "escalated Wed 13 May 08:00, of Wed 06 May 23:59, wajir-water",
            "committee Wed 20 May 08:00, of Wed 06 May 23:59, wajir-water",
        ]
    );
}

#[tokio::test]
async fn who_acted_is_reminded_of_what_comes_next_and_of_nothing_before() {
    let desk = Desk::open().await;
    go_by(&desk, 1).await;
    desk.done(&halima(), Deed::Accept, "").await;
    go_by(&desk, 4).await;
    assert_eq!(steps(&desk), [""; 0], "accepted in time");
    go_by(&desk, 4).await;
    assert_eq!(
        steps(&desk),
        ["first Tue 12 May 08:00, of Mon 11 May 23:59, wajir-water"]
    );
    desk.done(&halima(), Deed::Update, "Pump ordered").await;
    go_by(&desk, 10).await;
    assert_eq!(steps(&desk).len(), 1, "the next is due in June");
    desk.done(&halima(), Deed::Resolve, "Pump replaced").await;
    go_by(&desk, 40).await;
    assert_eq!(steps(&desk).len(), 1, "solved in time");
}

#[tokio::test]
async fn who_acts_late_has_a_day_before_the_next_and_a_word_alone_stops_no_clock() {
    let desk = Desk::open().await;
    go_by(&desk, 9).await;
    desk.done(&halima(), Deed::Accept, "").await;
    let before = steps(&desk).len();
    hours_go_by(&desk, 20).await;
    assert_eq!(steps(&desk).len(), before, "accepted within the day");
    go_by(&desk, 1).await;
    assert_eq!(steps(&desk).len(), before + 1, "but nothing is done yet");
    desk.done(&halima(), Deed::Note, "We are at it").await;
    go_by(&desk, 4).await;
    assert_eq!(steps(&desk).len(), before + 2);
}

#[tokio::test]
async fn whom_it_is_referred_to_has_its_own_days_to_accept() {
    let desk = Desk::open().await;
    go_by(&desk, 3).await;
    assert_eq!(steps(&desk).len(), 1);
    desk.act(&omar(), Deed::Refer, "Yours", Some("wajir-health"), None)
        .await;
    go_by(&desk, 6).await;
    assert_eq!(
        steps(&desk)[1],
        "first Tue 12 May 08:00, of Mon 11 May 23:59, wajir-health"
    );
}

#[tokio::test]
async fn a_clock_that_is_set_back_takes_no_step_twice() {
    let desk = Desk::open().await;
    go_by(&desk, 8).await;
    let taken = steps(&desk);
    desk.world.clock.advance(TimeDelta::hours(-75));
    go_by(&desk, 3).await;
    assert_eq!(steps(&desk), taken);
}

/// The same, where `[reminders]` says so.
async fn steps_by(reminders: Reminders) -> Vec<String> {
    let desk = Desk::open_on("Borehole in Eldas is broken", |configuration| {
        configuration.deadlines.reminders = reminders;
    })
    .await;
    go_by(&desk, 60).await;
    let steps = steps(&desk);
    let told = |step: &String| step.split(", of").next().unwrap().to_owned();
    steps.iter().map(told).collect()
}

#[tokio::test]
async fn a_step_that_never_comes_is_passed_over_and_those_after_it_take_their_own_time() {
    let usual = Reminders::default();
    let second = Turn::Never;
    assert_eq!(
        steps_by(Reminders { second, ..usual }).await,
        [
            "first Thu 07 May 08:00",
            "escalated Mon 11 May 08:00",
            "committee Mon 18 May 08:00",
        ]
    );
    let committee = Turn::Never;
    assert_eq!(
        steps_by(Reminders { committee, ..usual })
            .await
            .last()
            .unwrap(),
        "escalated Wed 13 May 08:00"
    );
    let first = Turn::Never;
    let late = Reminders {
        first,
        committee,
        ..usual
    };
    assert_eq!(
        steps_by(late).await,
        ["second Fri 08 May 08:00", "escalated Tue 12 May 08:00"],
        "two working days after the deadline"
    );
    let first = Turn::After(Span::Hours(4));
    let late = Reminders {
        first,
        second,
        escalated: Turn::Never,
        committee,
    };
    assert_eq!(steps_by(late).await, ["first Thu 07 May 12:00"]);
    let none = Reminders {
        first: Turn::Never,
        ..late
    };
    assert_eq!(steps_by(none).await, [""; 0]);
}

#[tokio::test]
async fn who_acts_where_no_step_is_left_brings_none_back() {
    let desk = Desk::open_on("Borehole in Eldas is broken", |configuration| {
        configuration.deadlines.reminders = Reminders {
            second: Turn::Never,
            escalated: Turn::Never,
            committee: Turn::Never,
            ..Reminders::default()
        };
    })
    .await;
    go_by(&desk, 10).await;
    desk.done(&halima(), Deed::Note, "We are at it").await;
    go_by(&desk, 10).await;
    assert_eq!(steps(&desk).len(), 1);
    assert_eq!(desk.column("remind_at"), "", "nothing is looked at again");
}
