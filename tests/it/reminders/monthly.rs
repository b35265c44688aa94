//! How a month was, told to the steering committee: once, on a morning that is worked, in figures by which nobody can be known.

use chrono::{DateTime, TimeDelta, Utc};
use jibu::actions::monthly_to_tell;
use jibu::configuration::Configuration;
use jibu::routing::Rules;
use jibu::timers::Jumps;

use super::between::{draft_at, told};
use super::clock::minute;
use super::letters::Postman;
use crate::console::Town;
use crate::world::World;

/// Reports of months, and whatever else it says.
async fn county(change: impl FnOnce(&mut Configuration)) -> World {
    let world = World::with(|configuration| {
        configuration.settings.reports.committee_day = 5;
        change(configuration);
    });
    for at in 0..7 {
        lodge(&world, at, "Borehole in Eldas is broken").await;
        lodge(&world, 10 + at, "No nurse at the dispensary in Bute").await;
    }
    lodge(&world, 20, "Road in Tarbaj is full of holes").await;
    for at in 0..6 {
        lodge(
            &world,
            30 + at,
            "The chief wants a bribe for the relief list",
        )
        .await;
    }
    world
}

async fn lodge(world: &World, at: u32, words: &str) {
    world.text(&format!("+2547330000{at:02}"), words).await;
}

/// It is that time, and nothing ran in between.
fn it_is(world: &World, at: &str) {
    let at: DateTime<Utc> = at.parse().unwrap();
    world.clock.advance(at - world.clock.now());
}

/// The reports among what left: when, to whom, from whom, about what.
fn reports(postman: &mut Postman) -> Vec<String> {
    let mut told = postman.told();
    told.retain(|one| one.contains(": complaints in "));
    told
}

#[tokio::test]
async fn the_committee_hears_of_each_month_once_on_the_first_morning_that_is_worked() {
    let world = county(|configuration| configuration.settings.reports.committee_day = 4).await;
    let mut postman = Postman::new();
    postman.days(&world, 100).await;
    assert_eq!(
        reports(&mut postman),
        [
            "Mon 06 Jul 08:00 convener to committee: Wajir: complaints in May 2026",
            "Tue 04 Aug 08:00 convener to committee: Wajir: complaints in Jun 2026",
        ],
        "the 4th of July is a Saturday"
    );
}

#[tokio::test]
async fn neither_a_restart_nor_a_clock_that_goes_back_sends_it_again() {
    let mut world = county(|_| {}).await;
    let mut postman = Postman::new();
    postman.days(&world, 64).await;
    assert_eq!(reports(&mut postman).len(), 1);
    for back in [0, 3, 31, 60] {
        world.clock.advance(TimeDelta::days(-back));
        world.restart().await;
        postman.days(&world, back + 1).await;
        assert_eq!(reports(&mut postman), [""; 0], "{back} days back");
    }
}

#[tokio::test]
async fn what_was_missed_is_told_late_but_not_after_the_next_is_due() {
    let late = [
        ("2026-07-31T08:00:00Z", &["May 2026"][..]),
        ("2026-08-05T08:00:00Z", &["May 2026", "Jun 2026"]),
        ("2026-08-06T08:00:00Z", &["Jun 2026"]),
        ("2026-10-22T08:00:00Z", &["Aug 2026"]),
    ];
    for (at, months) in late {
        let world = county(|_| {}).await;
        let mut postman = Postman::new();
        it_is(&world, at);
        postman.look(&world).await;
        let told = reports(&mut postman);
        assert_eq!(told.len(), months.len(), "{at}: {told:?}");
        for (one, month) in told.iter().zip(months) {
            assert!(one.ends_with(month), "{at}: {told:?}");
        }
    }
}

#[tokio::test]
async fn a_clock_that_is_not_believed_tells_of_no_month() {
    let world = county(|_| {}).await;
    let mut postman = Postman::new();
    let mut jumps = Jumps::new(world.clock.clone());
    assert!(minute(&mut jumps, &mut postman, &world).await);
    world.clock.advance(TimeDelta::days(64));
    assert!(!minute(&mut jumps, &mut postman, &world).await);
    assert_eq!(reports(&mut postman), [""; 0]);
    world.clock.advance(TimeDelta::days(-64));
    for _ in 0..63 * 24 + 4 {
        world.clock.advance(TimeDelta::hours(1));
        assert!(minute(&mut jumps, &mut postman, &world).await);
    }
    assert_eq!(reports(&mut postman).len(), 1, "when it is so far");
}

#[tokio::test]
async fn without_an_address_a_day_or_a_complaint_nobody_is_told() {
    let no_address = |configuration: &mut Configuration| {
        let sample = include_str!("../../../config/routing.toml");
        let source = sample.replacen("committee = ", "# committee = ", 1);
        configuration.rules =
            Rules::load("routing.toml", &source, Some(&configuration.places)).unwrap();
    };
    let never =
        |configuration: &mut Configuration| configuration.settings.reports.committee_day = 0;
    for world in [county(no_address).await, county(never).await] {
        let mut postman = Postman::new();
        it_is(&world, "2026-07-06T08:00:00Z");
        postman.look(&world).await;
        assert_eq!(reports(&mut postman), [""; 0]);
    }
    let empty = World::with(|configuration| configuration.settings.reports.committee_day = 5);
    let mut postman = Postman::new();
    it_is(&empty, "2026-07-06T08:00:00Z");
    postman.look(&empty).await;
    lodge(&empty, 30, "The chief wants a bribe for the relief list").await;
    it_is(&empty, "2026-09-07T08:00:00Z");
    postman.look(&empty).await;
    assert_eq!(
        reports(&mut postman),
        [""; 0],
        "nor does a report say that there is a sensitive one"
    );
}

#[tokio::test]
async fn it_tells_figures_by_which_nobody_is_known_and_where_to_print_them() {
    let world = county(|configuration| {
        "https://sms.example.org".clone_into(&mut configuration.settings.server.public_url);
    })
    .await;
    let mut postman = Postman::new();
    it_is(&world, "2026-07-06T08:00:00Z");
    postman.look(&world).await;
    let taken = postman.taken();
    let (_, letter) = taken
        .iter()
        .find(|(_, one)| one.subject.contains(": complaints in "))
        .unwrap();
    let html = letter.html.clone().unwrap();
    for said in [
        "To Wajir",
        "How many complaints were lodged in May 2026",
        "\nComplaints: 15 (0)\n",
        "\nWhat they are about\n",
        "\nRoads: not told (0)\n",
        "Figures of fewer than 5 complaints are not told",
        "Besides these: 6 sensitive complaints.",
        "https://sms.example.org/console/figures/report?county=wajir&month=2026-05",
        "For the complaints mechanism of Wajir",
    ] {
        assert!(letter.plain.contains(said), "{said:?} in {}", letter.plain);
    }
    for said in [
        "<b>15</b>",
        "<b>not told</b>",
        "report?county=wajir&#38;month=2026-05",
    ] {
        assert!(html.contains(said), "{said:?} in {html}");
    }
    for all in [&letter.plain, &html] {
        for secret in ["Borehole", "bribe", "733000", "Roads: 1", "nobody answers"] {
            assert!(!all.contains(secret), "{secret} in {all}");
        }
    }
}

/// A county's committee reads it in the county's language.
#[tokio::test]
async fn it_is_written_in_the_language_of_the_county() {
    for (language, subject) in [
        ("en", "Wajir: complaints in May 2026"),
        ("sw", "Wajir: malalamiko ya Mei 2026"),
        ("so", "Wajir: cabashooyinka May 2026"),
        ("fr", "Wajir : plaintes, mai 2026"),
        ("ar", "Wajir: شكاوى مايو 2026"),
    ] {
        let world = county(|configuration| {
            let sample = include_str!("../../../config/routing.toml");
            let spoken = format!("language = \"{language}\"  ");
            let source = sample.replacen("language = \"en\"  ", &spoken, 1);
            configuration.rules =
                Rules::load("routing.toml", &source, Some(&configuration.places)).unwrap();
        })
        .await;
        let mut postman = Postman::new();
        it_is(&world, "2026-07-06T08:00:00Z");
        postman.look(&world).await;
        let marks = ['\u{200f}', '\u{2068}', '\u{2069}'];
        let taken = postman.taken();
        let mut subjects = taken.iter().map(|(_, one)| one.subject.replace(marks, ""));
        assert!(subjects.any(|one| one == subject), "{language}");
    }
}

#[tokio::test]
async fn who_minds_the_emails_sees_it_among_them() {
    let town = Town::of(&[("reports.committee_day", "5")], |_| {}).await;
    town.person("Asha", jibu::people::Role::Administrator).await;
    town.texted("Borehole in Eldas is broken").await;
    let at: DateTime<Utc> = "2026-07-06T04:30:00Z".parse().unwrap();
    town.clock.advance(at - town.clock.now());
    let mut asha = town.logged_in("Asha").await;
    let page = asha.get("/console/emails").await;
    page.says("Report of a month <b class=\"count\">1</b>");
    town.stop().await;
}

/// Of two that were drafted at the same time one is owed.
#[tokio::test]
async fn two_who_draft_the_same_month_owe_one_letter() {
    let world = county(|_| {}).await;
    it_is(&world, "2026-07-06T04:30:00Z");
    // Before the offices open the month is published.
    Postman::new().only_write(&world).await;
    it_is(&world, "2026-07-06T08:00:00Z");
    let now = world.clock.now();
    let one = draft_at(&world, monthly_to_tell, now).await;
    let other = draft_at(&world, monthly_to_tell, now).await;
    assert_eq!(told(&world, one).await, Some(1));
    assert_eq!(told(&world, other).await, Some(0));
    assert!(draft_at(&world, monthly_to_tell, now).await.is_none());
}

#[tokio::test]
async fn no_month_is_told_before_it_is_published() {
    let world = county(|configuration| configuration.settings.reports.committee_day = 1).await;
    let mut postman = Postman::new();
    postman.days(&world, 70).await;
    assert_eq!(
        reports(&mut postman),
        ["Wed 01 Jul 08:00 convener to committee: Wajir: complaints in May 2026"]
    );
}
