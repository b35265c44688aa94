//! A year of four counties, look by look, against a book that a careful clerk would keep: each step once, when it is due and people are at
//! work; each letter once, to whom it is for, on time, with nothing in it that is private. The service is restarted whenever chance will
//! have it, and that changes nothing.

mod almanac;
mod book;
mod counties;
mod doors;
mod letters;
mod stored;
mod told;
mod town;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jibu::actions::raise_reminders;
use jibu::store::ClaimedEmail;
use jibu::timers::Jumps;
use rand::RngExt;

use super::letters::Postman;
use crate::world::World;
use book::Letter;
use town::Town;

/// Complaints of the year.
const COMPLAINTS: usize = 140;
/// Any other number is another year. `YEAR=7 cargo test year` lives through one of one's own.
const SEED: u64 = 2027;
/// How often it is looked what is due.
const LOOK_EVERY: TimeDelta = TimeDelta::minutes(1);
/// Looks at which nothing is due are left out, but not for longer than that.
const LONGEST: TimeDelta = TimeDelta::hours(11);

#[tokio::test]
async fn each_step_and_each_letter_once_on_time_and_in_working_hours_whenever_it_is_restarted() {
    let seed = std::env::var("YEAR").map_or(SEED, |seed| seed.parse().unwrap());
    println!("the year {seed}");
    let mut year = Year::begin(seed);
    let end = year.begun + TimeDelta::days(366);
    while year.world.clock.now() < end {
        year.go_on().await;
    }
    year.town.all_are_as_the_book_says(&year.world);
    let book = &year.town.book;
    let first = DateTime::UNIX_EPOCH;
    let mut steps = book.steps.clone();
    steps.sort();
    assert_eq!(year.town.steps_since(first), steps, "none of them is gone");
    let taken = |step: &str| steps.iter().filter(|one| one.step == step).count();
    let told = [
        book.complaints.len(),
        taken("first"),
        taken("second"),
        taken("escalated"),
        taken("committee"),
        book.letters.len(),
        book.reported.len(),
        year.restarts,
    ];
    println!(
        "complaints, first, second, escalated, committee, letters, reports, restarts: {told:?} in {} looks",
        year.looks
    );
    assert!(
        told.iter().all(|count| *count > 20),
        "a year in which much happened: {told:?}"
    );
}

struct Year {
    world: World,
    town: Town,
    jumps: Jumps,
    /// When the clock was last looked at.
    believed: DateTime<Utc>,
    postman: Postman,
    begun: DateTime<Utc>,
    restarts: usize,
    looks: usize,
}

impl Year {
    fn begin(seed: u64) -> Self {
        let counties = counties::counties();
        let world = World::of(|folder| counties::configuration(folder, &counties));
        // A Monday, and no even minute.
        let begun: DateTime<Utc> = "2027-01-04T03:00:17.250Z".parse().unwrap();
        world.clock.advance(begun - world.clock.now());
        Self {
            town: Town::of(&world, counties, seed, COMPLAINTS),
            jumps: Jumps::new(world.clock.clone()),
            postman: Postman::new(),
            world,
            begun,
            believed: DateTime::UNIX_EPOCH,
            restarts: 0,
            looks: 0,
        }
    }

    /// To the next moment at which something happens. It is looked just before it as well, and sometimes in between: nothing may happen then.
    async fn go_on(&mut self) {
        let now = self.world.clock.now();
        let by_clock = self
            .town
            .book
            .complaints
            .iter()
            .filter_map(|one| one.moment());
        let doors = self
            .town
            .counties
            .iter()
            .map(|county| county.almanac.next_door(now));
        let coming = by_clock
            .filter(|at| *at > now)
            .chain(doors)
            .chain([now + LONGEST]);
        let by_clock = coming.min().unwrap();
        let by_people = self.town.moment().filter(|at| *at <= by_clock);
        let moment = by_people.unwrap_or(by_clock).max(now);
        if self.town.chance.random_bool(0.1) {
            let seconds = self
                .town
                .chance
                .random_range(0..(moment - now).num_seconds() + 1);
            self.look_before(now + TimeDelta::seconds(seconds)).await;
        }
        self.look_before(moment).await;
        if by_people.is_some() {
            self.world.clock.advance(moment - self.world.clock.now());
            self.town.go(&self.world).await;
        } else {
            let late = self.look_number(moment - TimeDelta::milliseconds(1)) + 1;
            self.look(self.begun + LOOK_EVERY * late).await;
        }
    }

    fn look_number(&self, at: DateTime<Utc>) -> i32 {
        let passed = (at - self.begun)
            .num_milliseconds()
            .div_euclid(LOOK_EVERY.num_milliseconds());
        i32::try_from(passed).unwrap()
    }

    /// The last look before a moment, if it is still to come.
    async fn look_before(&mut self, moment: DateTime<Utc>) {
        let number = self.look_number(moment - TimeDelta::milliseconds(1));
        let at = self.begun + LOOK_EVERY * number;
        if at > self.world.clock.now() {
            self.look(at).await;
        }
    }

    /// What the service does each minute, and what must have come of it.
    async fn look(&mut self, at: DateTime<Utc>) {
        self.looks += 1;
        self.world.clock.advance(at - self.world.clock.now());
        self.maybe_restart(0.002).await;
        // Each look is a write: now and then is enough for a clock that does not jump.
        if at - self.believed > TimeDelta::hours(12) {
            assert!(self.jumps.look(&self.world.store).await.unwrap());
            self.believed = at;
        }
        let (steps, letters) = (self.town.book.steps.len(), self.town.book.letters.len());
        self.town.book.look(&self.town.counties, at);
        if self.town.book.steps.len() > steps && self.town.chance.random_bool(0.2) {
            self.come_between(steps).await;
        }
        self.town.book.tell(&self.town.counties, at);
        self.postman.only_write(&self.world).await;
        self.maybe_restart(0.002).await;
        self.postman.only_send(&self.world).await;
        self.compare(at, steps, letters);
    }

    async fn maybe_restart(&mut self, likely: f64) {
        if self.town.chance.random_bool(likely) {
            self.world.restart().await;
            self.jumps = Jumps::new(self.world.clock.clone());
            self.believed = DateTime::UNIX_EPOCH;
            self.restarts += 1;
        }
    }

    /// Steps are taken and nobody is told of them yet: the plug is pulled, some are only half through, or whoever has the first of them acts.
    async fn come_between(&mut self, steps: usize) {
        let is_half = self.town.chance.random_bool(0.2);
        loop {
            let configuration = Arc::clone(&self.world.configuration);
            let raise = self
                .world
                .store
                .write("raise", move |tx| raise_reminders(tx, &configuration));
            if raise.await.unwrap() == 0 || is_half {
                break;
            }
        }
        self.maybe_restart(0.3).await;
        if !is_half {
            let number = &self.town.book.steps[steps].number;
            let mut complaints = self.town.book.complaints.iter();
            let at = complaints.position(|one| one.number == *number).unwrap();
            self.town.go_on_with(&self.world, at).await;
        }
    }

    /// What came of a look is what the book says since it had so many steps and letters.
    fn compare(&mut self, at: DateTime<Utc>, steps: usize, letters: usize) {
        let book = &self.town.book;
        let mut expected = book.steps[steps..].to_vec();
        expected.sort();
        assert_eq!(
            self.town.steps_since(at),
            expected,
            "the steps taken at {at}"
        );
        let sent: Vec<ClaimedEmail> = self
            .postman
            .taken()
            .into_iter()
            .map(|(_, email)| email)
            .collect();
        for email in &sent {
            letters::keeps_what_is_private(email, &self.town);
        }
        let mut sent: Vec<Letter> = sent.iter().map(|email| letters::read(email, at)).collect();
        let mut expected = self.town.book.letters[letters..].to_vec();
        sent.sort();
        expected.sort();
        assert_eq!(sent, expected, "the letters that left at {at}");
        letters::one_a_morning(&self.town, &sent);
    }
}
