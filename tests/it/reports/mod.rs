//! What the reports count, from what happened to complaints.

use jibu::complaint::CountyId;
use jibu::people::Deed;
use jibu::reports::{Answer, CountedFor, Dimension, Measure, Period, Question, Value};

use crate::desk::{Desk, halima, omar};
use crate::process::{jibu, refused, said, shipped};
use crate::world::{AMINA, HASSAN, World};

/// The answer for who sees all of Wajir, of all that was lodged in 2026.
async fn asked(world: &World, by: &[Dimension], measure: &str) -> Answer {
    let year = Period::from_word("2026").unwrap();
    let question = Question::new(by, Measure::from_word(measure).unwrap(), year).unwrap();
    let configuration = std::sync::Arc::clone(&world.configuration);
    let now = world.clock.now();
    let read = world.store.read(move |reader| {
        let ground = configuration.ground(&[CountyId::new("wajir")], now);
        reader.answers(&[question], &ground, &CountedFor::default(), |_| {})
    });
    read.await.unwrap().remove(0)
}

async fn figure(desk: &Desk, measure: &str) -> Value {
    asked(&desk.world, &[], measure).await.total.value
}

const A_DAY: i64 = 24 * 60;

#[tokio::test]
async fn each_step_of_a_complaint_is_counted_when_it_is_taken() {
    let desk = Desk::open().await;
    assert_eq!(
        figure(&desk, "median_days_to_refer").await,
        Value::Days(0.0)
    );
    assert_eq!(figure(&desk, "median_days_to_accept").await, Value::Nothing);
    desk.later(A_DAY);
    desk.done(&halima(), Deed::Accept, "").await;
    desk.later(A_DAY);
    desk.done(&halima(), Deed::Update, "Pump ordered").await;
    desk.later(A_DAY);
    desk.done(&halima(), Deed::Resolve, "Pump repaired").await;
    for (measure, value) in [
        ("median_days_to_accept", Value::Days(1.0)),
        ("median_days_to_act", Value::Days(2.0)),
        ("median_working_days_to_resolve", Value::Days(3.0)),
        ("median_days_to_confirm", Value::Nothing),
        ("in_time_to_resolve", Value::Share(1, 1)),
        ("confirmed", Value::Count(0)),
    ] {
        assert_eq!(figure(&desk, measure).await, value, "{measure}");
    }
    desk.text("1").await;
    assert_eq!(figure(&desk, "confirmed").await, Value::Count(1));
    assert_eq!(
        figure(&desk, "median_days_to_confirm").await,
        Value::Days(3.0)
    );
}

#[tokio::test]
async fn what_is_not_solved_after_all_counts_as_not_resolved_until_it_is() {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    desk.done(&halima(), Deed::Resolve, "Pump repaired").await;
    desk.later(A_DAY);
    desk.text("2").await;
    assert_eq!(figure(&desk, "reopened").await, Value::Count(1));
    assert_eq!(figure(&desk, "not_solved").await, Value::Count(1));
    assert_eq!(
        figure(&desk, "median_days_to_resolve").await,
        Value::Nothing
    );
    desk.later(A_DAY);
    desk.done(&halima(), Deed::Resolve, "Now it runs").await;
    assert_eq!(figure(&desk, "not_solved").await, Value::Count(0));
    assert_eq!(
        figure(&desk, "median_days_to_resolve").await,
        Value::Days(2.0)
    );
}

#[tokio::test]
async fn what_was_done_late_stays_late_whatever_deadline_comes_after() {
    let desk = Desk::open().await;
    desk.later(10 * A_DAY);
    desk.done(&halima(), Deed::Accept, "").await;
    assert_eq!(
        desk.refer(&omar(), Deed::Refer, Some("wajir-utility"))
            .await,
        jibu::actions::deed::Outcome::Done
    );
    assert_eq!(figure(&desk, "in_time_to_accept").await, Value::Share(0, 1));
}

#[tokio::test]
async fn who_got_it_late_is_not_charged_with_the_days_before() {
    let desk = Desk::open().await;
    desk.later(10 * A_DAY);
    desk.refer(&omar(), Deed::Refer, Some("wajir-utility"))
        .await;
    desk.later(2 * A_DAY);
    let answer = asked(&desk.world, &[Dimension::Organisation], "mean_days_held").await;
    let held: Vec<(Option<&str>, Value)> = answer
        .rows
        .iter()
        .map(Option::as_deref)
        .zip(answer.row_totals.iter().map(|figure| figure.value))
        .collect();
    assert!(
        held.contains(&(Some("wajir-water"), Value::Days(10.0))),
        "{held:?}"
    );
    assert!(
        held.contains(&(Some("wajir-utility"), Value::Days(2.0))),
        "{held:?}"
    );
}

#[tokio::test]
async fn the_command_counts_and_says_what_it_left_out() {
    let world = World::new();
    world
        .text(AMINA, "Borehole in Eldas is broken")
        .await
        .unwrap();
    world
        .text(HASSAN, "no medicine in Bute dispensary")
        .await
        .unwrap();
    let config = shipped().display().to_string();
    let report = |more: &[&str]| {
        jibu(
            &[&["report", "--config", &config], more].concat(),
            world.folder.path(),
        )
    };
    let told = said(&report(&["--by", "sector,gender", "--period", "2026"]));
    assert_eq!(
        told,
        "\
complaints, 2026-01-01 to 2026-12-31

sector     woman  man  other  not given  all
Health         0    0      0          1    1
Water          0    0      0          1    1
not given      0    0      0          0    0
all            0    0      0          2    2
"
    );
    let told = said(&report(&[
        "--only",
        "sector=water",
        "--from",
        "2026-05-04",
        "--to",
        "2026-05-04",
    ]));
    assert!(told.ends_with("\nall  1\n"), "{told}");
    let drawn = said(&report(&["--by", "sector", "--format", "svg"]));
    assert!(drawn.starts_with("<svg xmlns="), "{drawn}");
    for says in [
        "Complaints: only 2, too few to compare",
        ">Water<",
        ">Health<",
    ] {
        assert!(drawn.contains(says), "{says}: {drawn}");
    }
    for (wrong, why) in [
        (
            ["--by", "sektor"],
            "`sektor` is nothing to count by; did you mean `sector`?",
        ),
        (
            ["--measure", "median_days_to_solve"],
            "`median_days_to_solve` is no figure; did you mean",
        ),
        (
            ["--period", "may"],
            "`may` is no span of time: write 2026, 2026-Q4, 2026-10, 2026-10-05, or from one",
        ),
        (["--only", "sector"], "lacks a `=`"),
        (
            ["--by", "sector,gender,ward"],
            "a table has two dimensions at most",
        ),
        (
            ["--measure=womens_share", "--by=gender"],
            "women's share by gender, or of one gender alone, is all or nothing: ask by or of something else",
        ),
        (
            ["--measure=womens_share", "--only=gender=woman"],
            "women's share by gender, or of one gender alone, is all or nothing",
        ),
        (
            ["--format", "svg"],
            "one figure is no picture: ask by one or two things",
        ),
    ] {
        let told = refused(&report(&wrong));
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn the_help_names_all_that_can_be_asked_and_fits_a_narrow_window() {
    let folder = tempfile::tempdir().unwrap();
    let told = said(&jibu(&["report", "--help"], folder.path()));
    let words: Vec<&str> = told.split([' ', ',', ':', ';', '\n', '(', ')']).collect();
    for dimension in Dimension::ALL {
        assert!(words.contains(&dimension.as_str()), "{dimension:?}");
    }
    for measure in Measure::all() {
        let word = measure.word();
        // Of each step there are many; the help has the middle of the days of one.
        let word = match word.split_once("_to_") {
            Some(("in_time", _)) => "in_time_to_STEP",
            Some(_) => "median_days_to_STEP",
            None if word.ends_with("_held") => "median_days_held",
            None => &word,
        };
        assert!(words.contains(&word), "{word}");
    }
    let (_, below) = told.split_once("What to count by").unwrap();
    let longest = below.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{longest:?}");
}
