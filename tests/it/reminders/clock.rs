//! A clock that jumps: a wrong one must not remind everybody of everything.

use chrono::{DateTime, TimeDelta, Utc};
use jibu::people::Deed;
use jibu::timers::Jumps;

use super::letters::Postman;
use crate::console::Town;
use crate::desk::{Desk, halima};
use crate::world::{HASSAN, World, monday, past_the_store};

/// What `run` does each minute.
pub(super) async fn minute(jumps: &mut Jumps, postman: &mut Postman, world: &World) -> bool {
    let may = jumps.look(&world.store).await.unwrap();
    if may {
        postman.look(world).await;
    }
    may
}

#[tokio::test]
async fn four_hundred_days_ahead_nothing_leaves_and_when_it_comes_back_all_goes_on() {
    let desk = Desk::open().await;
    let (world, mut postman) = (&desk.world, Postman::new());
    let mut jumps = Jumps::new(world.clock.clone());
    assert!(minute(&mut jumps, &mut postman, world).await);
    world.clock.advance(TimeDelta::days(400));
    assert!(!minute(&mut jumps, &mut postman, world).await);
    assert!(!minute(&mut jumps, &mut postman, world).await);
    assert_eq!(postman.told(), [""; 0]);
    let alarms: i64 = past_the_store(&world.folder)
        .query_row(
            "SELECT times FROM alarm WHERE kind = 'clock_jumped'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(alarms, 1);
    world.clock.advance(TimeDelta::days(-400));
    assert!(minute(&mut jumps, &mut postman, world).await);
    for _ in 0..4 * 24 {
        world.clock.advance(TimeDelta::hours(1));
        assert!(minute(&mut jumps, &mut postman, world).await);
    }
    assert_eq!(postman.told().len(), 2, "as if nothing had been");
}

#[tokio::test]
async fn an_email_that_waits_is_not_given_up_by_a_wrong_clock() {
    let desk = Desk::open().await;
    let (world, mut postman) = (&desk.world, Postman::new());
    let mut jumps = Jumps::new(world.clock.clone());
    assert!(minute(&mut jumps, &mut postman, world).await);
    for _ in 0..4 * 24 {
        world.clock.advance(TimeDelta::hours(1));
        assert!(jumps.look(&world.store).await.is_ok());
        postman.only_write(world).await;
    }
    world.clock.advance(TimeDelta::days(400));
    assert!(!jumps.look(&world.store).await.unwrap());
    postman.only_send(world).await;
    assert_eq!(postman.told(), [""; 0]);
    world.clock.advance(TimeDelta::days(-400));
    assert!(jumps.look(&world.store).await.unwrap());
    postman.only_send(world).await;
    assert_eq!(postman.told().len(), 2);
}

/// What is told in two weeks of a clock that is set by that many hours when it shows these times; without when.
async fn told_in_two_weeks(moves: &[(&str, i64, bool)]) -> Vec<String> {
    let mut desk = Desk::open().await;
    desk.world
        .text(HASSAN, "Cholera in Eldas, people are dying")
        .await
        .unwrap();
    let (end, mut postman) = (monday() + TimeDelta::days(14), Postman::new());
    let mut jumps = Jumps::new(desk.world.clock.clone());
    let mut moves = moves.iter();
    let mut next = moves.next();
    while desk.world.clock.now() < end {
        desk.later(60);
        if let Some((at, hours, restarts)) = next
            && desk.world.clock.now() >= at.parse::<DateTime<Utc>>().unwrap()
        {
            desk.world.clock.advance(TimeDelta::hours(*hours));
            if *restarts {
                desk.world.restart().await;
                jumps = Jumps::new(desk.world.clock.clone());
            }
            next = moves.next();
        }
        assert!(minute(&mut jumps, &mut postman, &desk.world).await);
    }
    assert!(next.is_none());
    let told = postman.told().into_iter();
    let mut told: Vec<String> = told
        .map(|one| {
            one.splitn(5, ' ')
                .last()
                .unwrap()
                .replace(|c: char| c.is_ascii_digit(), "#")
        })
        .collect();
    told.sort();
    told
}

/// In the middle of a morning's letters, in the middle of a day, over midnight, by a zone taken for another and put right: each letter
/// leaves once, whether the service is restarted or not. A leap of more than a day stops all; the year lives through changes of the hour.
#[tokio::test]
async fn a_clock_that_is_set_back_by_hours_or_days_sends_nothing_twice_and_leaves_nothing_out() {
    let usual = told_in_two_weeks(&[]).await;
    assert!(usual.len() > 8, "{usual:?}");
    for moves in [
        &[("2026-05-07T05:00:00Z", -3, false)][..],
        &[("2026-05-07T06:00:00Z", -3, true)],
        &[
            ("2026-05-11T14:00:00Z", -3, false),
            ("2026-05-13T22:00:00Z", -3, true),
        ],
        &[
            ("2026-05-06T19:00:00Z", 3, true),
            ("2026-05-07T06:00:00Z", -3, false),
            ("2026-05-12T06:00:00Z", -3, false),
        ],
        &[
            ("2026-05-08T06:00:00Z", -400 * 24, false),
            ("2025-04-03T09:00:00Z", 400 * 24, true),
        ],
        &[
            ("2026-05-12T06:00:00Z", -400 * 24, true),
            ("2025-04-07T07:00:00Z", 400 * 24, false),
        ],
    ] {
        assert_eq!(told_in_two_weeks(moves).await, usual, "{moves:?}");
    }
}

/// A machine without a battery begins on another day, and what it gives out from then on comes after all that was told before.
#[tokio::test]
async fn what_falls_due_after_a_start_by_a_clock_that_went_back_is_told_all_the_same() {
    let mut desk = Desk::open().await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 7).await;
    desk.world
        .text(HASSAN, "Pump in Bute is broken")
        .await
        .unwrap();
    postman.days(&desk.world, 2).await;
    desk.later(60);
    desk.done(&halima(), Deed::Accept, "").await;
    postman.days(&desk.world, 1).await;
    let letters = postman.told();
    desk.later(30);
    postman.look(&desk.world).await;
    let steps = super::steps(&desk);
    assert_eq!(
        steps.last().unwrap(),
        "first Thu 14 May 10:00, of Mon 11 May 23:59, wajir-water",
        "which today's letters do not tell: {letters:?}"
    );
    assert_eq!(postman.told(), [""; 0]);
    desk.world.clock.advance(TimeDelta::hours(-75));
    desk.world.restart().await;
    let phone = "+254733000003";
    let words = "Cholera in Eldas, people are dying";
    desk.world.text(phone, words).await.unwrap();
    postman.days(&desk.world, 1).await;
    let told = postman.told();
    let urgent = told.iter().filter(|one| one.contains(": Complaint "));
    assert_eq!(urgent.count(), 2, "{told:?}");
}

/// By less than a week, which is believed at a start, but not of a clock that was doubted before.
#[tokio::test]
async fn what_was_stopped_stays_stopped_over_a_restart() {
    let mut desk = Desk::open().await;
    let mut postman = Postman::new();
    let mut jumps = Jumps::new(desk.world.clock.clone());
    assert!(minute(&mut jumps, &mut postman, &desk.world).await);
    desk.world.clock.advance(TimeDelta::days(4));
    assert!(!minute(&mut jumps, &mut postman, &desk.world).await);
    desk.world.restart().await;
    let mut jumps = Jumps::new(desk.world.clock.clone());
    assert!(!minute(&mut jumps, &mut postman, &desk.world).await);
    assert_eq!(postman.told(), [""; 0]);
    desk.world.clock.advance(TimeDelta::days(-4));
    assert!(
        minute(&mut jumps, &mut postman, &desk.world).await,
        "right again"
    );
    for _ in 0..4 * 24 {
        desk.later(60);
        assert!(minute(&mut jumps, &mut postman, &desk.world).await);
    }
    assert_eq!(postman.told().len(), 2, "as if nothing had been");
}

/// Nobody knows how long the machine was off.
#[tokio::test]
async fn at_a_start_a_week_is_believed_and_no_more() {
    let desk = Desk::open().await;
    let (world, mut postman) = (&desk.world, Postman::new());
    for (days, believed) in [(0, true), (6, true), (6, true), (8, false)] {
        world.clock.advance(TimeDelta::days(days));
        let mut jumps = Jumps::new(world.clock.clone());
        assert_eq!(
            minute(&mut jumps, &mut postman, world).await,
            believed,
            "{days}"
        );
    }
}

#[tokio::test]
async fn somebody_says_that_it_is_right() {
    let town = Town::new().await;
    town.person("Asha", jibu::people::Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    let mut jumps = Jumps::new(town.clock.clone());
    assert!(jumps.look(town.store()).await.unwrap());
    town.clock.advance(TimeDelta::days(2));
    assert!(!jumps.look(town.store()).await.unwrap());
    let mut asha_again = town.logged_in("Asha").await;
    let page = asha_again.get("/console/emails").await;
    page.says("The clock stands still");
    page.says("says that it is");
    let page = asha_again.post("/console/emails/clock", &[]).await;
    page.says("What is due by the clock goes on");
    assert!(!page.text.contains("The clock stands still"));
    assert!(jumps.look(town.store()).await.unwrap());
    asha.get("/console").await;
    town.stop().await;
}
