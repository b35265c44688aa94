//! A clock that jumps: a wrong one must not remind everybody of everything.

use chrono::TimeDelta;
use jibu::timers::Jumps;

use super::letters::Postman;
use crate::console::Town;
use crate::desk::Desk;
use crate::world::{World, past_the_store};

/// What `run` does each minute.
async fn minute(jumps: &mut Jumps, postman: &mut Postman, world: &World) -> bool {
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

#[tokio::test]
async fn back_by_three_hours_or_over_a_change_of_zone_nothing_stops() {
    let desk = Desk::open().await;
    let (world, mut postman) = (&desk.world, Postman::new());
    let mut jumps = Jumps::new(world.clock.clone());
    for hours in [0, -3, 1, 1, 1, 20, -400 * 24, 400 * 24] {
        world.clock.advance(TimeDelta::hours(hours));
        assert!(minute(&mut jumps, &mut postman, world).await, "{hours}");
    }
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
