//! What is told of deadlines that passed, to whom, and how often.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Africa::Nairobi;
use jibu::configuration::{Configuration, Live};
use jibu::people::Deed;
use jibu::routing::Rules;
use jibu::store::{EmailSettled, ServerReply};
use jibu::timers::do_what_is_due;

use crate::desk::{Desk, halima, omar};
use crate::world::{AMINA, HASSAN, World};

/// What the addresses of several organisations begin with.
const NOT_TOLD: [&str; 2] = ["complaints", "desk"];

/// Has taken every letter that left.
pub(super) struct Postman {
    letters: Vec<(DateTime<Utc>, jibu::store::ClaimedEmail)>,
}

impl Postman {
    pub(super) fn new() -> Self {
        Self {
            letters: Vec::new(),
        }
    }

    /// Time goes by, half an hour at a time, and what is due is done and sent.
    pub(super) async fn days(&mut self, world: &World, days: i64) {
        for _ in 0..days * 48 {
            world.clock.advance(TimeDelta::minutes(30));
            self.look(world).await;
        }
    }

    pub(super) async fn look(&mut self, world: &World) {
        self.only_write(world).await;
        self.only_send(world).await;
    }

    pub(super) async fn only_write(&self, world: &World) {
        let live = Live::new(Arc::clone(&world.configuration), world.clock.now());
        do_what_is_due(&world.store, &live).await;
    }

    pub(super) async fn only_send(&mut self, world: &World) {
        let now = world.clock.now();
        let write = world.store.write("post", |tx| {
            let look = tx.claim_emails(1_000, TimeDelta::days(3))?;
            for email in &look.claimed {
                let reply = ServerReply {
                    code: 250,
                    status: None,
                };
                tx.settle_email(email.id, &EmailSettled::Sent(reply))?;
            }
            Ok(look.claimed)
        });
        let claimed = write.await.unwrap();
        self.letters
            .extend(claimed.into_iter().map(|one| (now, one)));
    }

    /// What left since the last time that was asked.
    pub(super) fn taken(&mut self) -> Vec<(DateTime<Utc>, jibu::store::ClaimedEmail)> {
        std::mem::take(&mut self.letters)
    }

    /// The same in words: when, to whom, from whom, about what.
    pub(super) fn told(&mut self) -> Vec<String> {
        let told = self.taken().into_iter().map(|(at, email)| {
            let at = at.with_timezone(&Nairobi).format("%a %d %b %H:%M");
            let from = email.from.map_or("jibu".to_owned(), |(_, address)| address);
            let name = |address: &str| {
                address
                    .split(['@', '.'])
                    .find(|part| !NOT_TOLD.contains(part))
                    .unwrap()
                    .to_owned()
            };
            format!(
                "{at} {} to {}: {}",
                name(&from),
                name(&email.to),
                email.subject
            )
        });
        told.collect()
    }
}

#[tokio::test]
async fn what_nobody_does_goes_from_the_organisation_to_the_convener_to_the_committee() {
    let desk = Desk::open_on("Borehole in Eldas is broken", |_| {}).await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 60).await;
    assert_eq!(
        postman.told(),
        [
            "Thu 07 May 08:00 convener to water: Wajir: one complaint is overdue",
            "Thu 07 May 08:00 jibu to convener: Wajir: one complaint is overdue, and what to do",
            "Mon 11 May 08:00 convener to water: Wajir: one complaint is overdue",
            "Mon 11 May 08:00 jibu to convener: Wajir: one complaint is overdue, and what to do",
            "Wed 13 May 08:00 jibu to convener: Wajir: one complaint is overdue, and what to do",
            "Wed 20 May 08:00 jibu to convener: Wajir: one complaint is overdue, and what to do",
            "Wed 20 May 08:00 convener to committee: Wajir: one complaint that nobody answers",
        ]
    );
}

#[tokio::test]
async fn a_letter_says_what_to_do_and_nothing_that_the_citizen_said() {
    let desk = Desk::open_on("Borehole in Eldas is broken", |configuration| {
        "https://sms.example.org".clone_into(&mut configuration.settings.server.public_url);
    })
    .await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 3).await;
    let plain: Vec<&str> = postman
        .letters
        .iter()
        .map(|(_, email)| email.plain.as_str())
        .collect();
    let number = desk.number();
    let digits = number.replace(' ', "");
    assert_eq!(
        plain,
        [
            format!(
                "To Wajir County Water Department\n\n\
                 People wait for an answer to these complaints, which are with you. The time agreed for the next step is over.\n\n\
                 Overdue now\n\n\
                 {number}  Water · Eldas\n\
                 One working day late. To do: accept it, or send it back if it is not yours.\n\
                 https://sms.example.org/console/complaints/{digits}\n\n\
                 All that is open\n\
                 https://sms.example.org/console/complaints\n\n\
                 -- \n\
                 For the complaints mechanism of Wajir: Transparency Wajir, convener of the complaints mechanism\n\
                 An answer to this email reaches the convener.\n\
                 Written by jibu. Phone numbers, names and people's own words are never sent by email.\n"
            ),
            format!(
                "To Transparency Wajir, convener of the complaints mechanism\n\n\
                 What nobody has done in time, and who was reminded of it. Phone the organisation where it says so: a call does more than another email.\n\n\
                 Reminded by email this morning: nothing to do yet\n\n\
                 {number}  Water · Eldas · with Wajir County Water Department\n\
                 One working day late. To do: accept it, or send it back if it is not yours.\n\
                 https://sms.example.org/console/complaints/{digits}\n\n\
                 All that is open\n\
                 https://sms.example.org/console/queue\n\n\
                 -- \n\
                 Written by jibu. Phone numbers, names and people's own words are never sent by email.\n"
            ),
        ]
    );
}

#[tokio::test]
async fn who_answers_before_the_letter_is_written_gets_none() {
    let desk = Desk::open().await;
    let mut postman = Postman::new();
    // The deadline passes at midnight; they come in at half past seven, before the office opens.
    let opens = "2026-05-07T04:30:00Z".parse::<DateTime<Utc>>().unwrap();
    while desk.world.clock.now() < opens {
        desk.later(30);
        postman.look(&desk.world).await;
    }
    desk.done(&halima(), Deed::Accept, "").await;
    postman.days(&desk.world, 2).await;
    assert_eq!(postman.told(), [""; 0]);
}

#[tokio::test]
async fn many_that_fall_due_are_one_letter_each_morning() {
    let world = World::new();
    for n in 0..70 {
        let words = format!("Borehole in Eldas is broken, the {n}th");
        world
            .text(&format!("+2547110{n:05}"), &words)
            .await
            .unwrap();
    }
    let mut postman = Postman::new();
    postman.days(&world, 4).await;
    let plain = postman.letters[0].1.plain.clone();
    assert_eq!(
        postman.told(),
        [
            "Thu 07 May 08:00 convener to water: Wajir: 70 complaints are overdue",
            "Thu 07 May 08:00 jibu to convener: Wajir: 70 complaints are overdue, and what to do",
        ]
    );
    assert_eq!(plain.matches("To do:").count(), 50);
    assert!(plain.contains("20 more: see the list."), "{plain}");
}

#[tokio::test]
async fn what_is_kept_private_is_named_by_its_number_alone() {
    let desk = Desk::open_on("The nurse at Eldas takes bribes", |_| {}).await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 40).await;
    for (_, email) in &postman.letters {
        let said = format!("{} {}", email.subject, email.plain);
        for secret in ["Eldas", "Health", "bribe", "nurse", "Corruption", "2547"] {
            assert!(!said.contains(secret), "{secret} in {said}");
        }
        assert!(said.contains("Kept private"), "{said}");
    }
    assert_eq!(
        postman.told().len(),
        5,
        "the convener's own, four times, and the committee's"
    );
}

/// Whom it accuses hears nothing of it, and nothing of it comes from their address.
#[tokio::test]
async fn what_accuses_the_convener_is_told_to_who_has_it_alone() {
    let words = "TI Wajir asked for money to pass on my complaint, it is a bribe";
    let desk = Desk::open_on(words, |_| {}).await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 40).await;
    let told = postman.told();
    assert!(told.len() >= 2, "{told:?}");
    for one in told {
        assert!(one.contains(" jibu to ombudsman: Complaint "), "{one}");
    }
}

#[tokio::test]
async fn what_is_urgent_does_not_wait_for_the_morning() {
    let world = World::new();
    world
        .text(AMINA, "Cholera in Eldas, people are dying")
        .await
        .unwrap();
    let mut postman = Postman::new();
    postman.days(&world, 1).await;
    let told = postman.told();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("convener to health: Complaint "),
        "{told:?}"
    );
    assert!(told[1].contains("jibu to convener: Complaint "), "{told:?}");
}

/// Killed between any two of its steps, or run by a clock that goes back: no letter twice.
#[tokio::test]
async fn a_clock_that_goes_back_sends_no_letter_twice() {
    let desk = Desk::open_on("Borehole in Eldas is broken", |_| {}).await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 8).await;
    let before = postman.told();
    desk.world.clock.advance(TimeDelta::hours(-75));
    postman.days(&desk.world, 3).await;
    assert_eq!(postman.told(), [""; 0], "after {before:?}");
}

#[tokio::test]
async fn whom_it_was_referred_to_hears_nothing_of_what_another_left_undone() {
    let desk = Desk::open().await;
    let mut postman = Postman::new();
    postman.days(&desk.world, 3).await;
    desk.act(&omar(), Deed::Refer, "Yours", Some("wajir-health"), None)
        .await;
    postman.told();
    postman.days(&desk.world, 2).await;
    assert_eq!(postman.told(), [""; 0]);
}

/// The water department wishes to be written to about what is referred to it.
pub(super) fn with_notices(how_often: &str) -> impl FnOnce(&mut Configuration) {
    let sample = include_str!("../../../config/routing.toml");
    let email = "email = \"complaints@water.wajir.example\"";
    let source = sample.replacen(email, &format!("{email}\nnotices = \"{how_often}\""), 1);
    move |configuration| {
        configuration.rules =
            Rules::load("routing.toml", &source, Some(&configuration.places)).unwrap();
    }
}

async fn hours(postman: &mut Postman, world: &World, hours: i64) {
    for _ in 0..hours * 12 {
        world.clock.advance(TimeDelta::minutes(5));
        postman.look(world).await;
    }
}

#[tokio::test]
async fn an_organisation_hears_of_what_is_referred_to_it_as_often_as_it_wishes() {
    for (how_often, told) in [
        (
            "each",
            &[
                "Mon 04 May 09:05 convener to water: Wajir: one new complaint for you",
                "Mon 04 May 10:05 convener to water: Wajir: one new complaint for you",
                "Mon 04 May 10:10 convener to water: Wajir: one new complaint for you",
            ][..],
        ),
        (
            "hourly",
            &[
                "Mon 04 May 09:05 convener to water: Wajir: one new complaint for you",
                "Mon 04 May 10:05 convener to water: Wajir: one new complaint for you",
                "Mon 04 May 11:00 convener to water: Wajir: one new complaint for you",
            ][..],
        ),
        (
            "daily",
            &[
                "Mon 04 May 09:05 convener to water: Wajir: one new complaint for you",
                "Tue 05 May 08:00 convener to water: Wajir: 2 new complaints for you",
            ][..],
        ),
    ] {
        let world = World::with(with_notices(how_often));
        let mut postman = Postman::new();
        world
            .text(AMINA, "Borehole in Eldas is broken")
            .await
            .unwrap();
        hours(&mut postman, &world, 1).await;
        world.text(HASSAN, "Pump in Bute is broken").await.unwrap();
        world.clock.advance(TimeDelta::minutes(5));
        postman.look(&world).await;
        world
            .text("+254711000003", "No water at Tarbaj")
            .await
            .unwrap();
        hours(&mut postman, &world, 24).await;
        assert_eq!(postman.told(), told, "{how_often}");
    }
}

#[tokio::test]
async fn what_was_accepted_before_the_notice_is_not_told() {
    let desk = Desk::open_on("Borehole in Eldas is broken", with_notices("each")).await;
    desk.done(&halima(), Deed::Accept, "").await;
    let mut postman = Postman::new();
    hours(&mut postman, &desk.world, 2).await;
    assert_eq!(postman.told(), [""; 0]);
}
