//! Months as they were published: what outsiders are told of them stays as it is.

use chrono::TimeDelta;
use jibu::actions::publish_month::Next;
use jibu::reports::privacy::Refused;
use jibu::reports::{
    Answer, CountedFor, Days, Dimension, Key, Measure, Period, Question, Stage, Statistic, Value,
};
use jibu::store::StoreError;

use super::now;
use super::town::{Town, wajir};
use crate::world::past_the_store;

/// So many complaints where it is not looked at what is hidden of them.
const VERY_FEW: usize = 800;

fn of(by: &[Dimension], measure: Measure, month: &str) -> Question {
    Question::new(by, measure, Period::from_word(month).unwrap()).unwrap()
}

/// The figures that outsiders may see are those of who works on them: nobody is lost on the way, and no deadline.
#[tokio::test]
async fn what_is_published_is_what_is_known_that_day() {
    let town = Town::with_months_published().await;
    let published = town.published().await;
    assert_eq!(published.last().unwrap(), "2026-07");
    assert_eq!(published.len(), 17);
    let august = of(&[], Measure::Complaints, "2026-08");
    assert_eq!(town.told(august).await, Err(Refused::NotPublished));
    let mut hidden = 0;
    for measure in [
        Measure::Complaints,
        Measure::Open,
        Measure::Overdue,
        Measure::Confirmed,
        Measure::InTime(Stage::Resolve),
        Measure::InTime(Stage::Accept),
    ] {
        for month in ["2026-06", "2026-07"] {
            let told = town.told(of(&[], measure, month)).await.unwrap();
            let known = town.known(of(&[], measure, month)).await;
            if told.total.value == Value::Hidden {
                hidden += 1;
            } else {
                assert_eq!(told.total, known.total, "{measure:?} of {month}");
            }
        }
    }
    assert!(hidden <= 4, "{hidden} of twelve");
    let mean = Measure::Held(Statistic::Mean, Days::Calendar);
    let held = of(&[Dimension::Organisation], mean, "2026-06");
    let (told, known) = (
        town.told(held.clone()).await.unwrap(),
        town.known(held).await,
    );
    let rows = told.rows.iter().map(Some);
    let is_told = |row: &Option<&Key>| told.figure(*row, None).value != Value::Hidden;
    let days = |answer: &Answer, row| answer.figure(row, None).value.number().unwrap();
    let apart = rows
        .filter(is_told)
        .map(|row| days(&told, row) - days(&known, row));
    let apart: Vec<f64> = apart.collect();
    assert!(
        apart.len() > 1 && apart.iter().all(|days| days.abs() < 0.051),
        "{apart:?}"
    );
    town.store.close().await;
}

#[tokio::test]
async fn it_stays_whatever_becomes_of_them() {
    let town = Town::with_months_published().await;
    let questions = [Measure::Open, Measure::Overdue, Measure::Confirmed]
        .map(|measure| of(&[], measure, "2026-07"));
    let before = town.all_told(questions.to_vec()).await.unwrap();
    // A clock that is set back makes nothing less late.
    town.clock.advance(TimeDelta::days(-30));
    let town = town.edited(str::to_owned);
    assert_eq!(town.all_told(questions.to_vec()).await.unwrap(), before);
    town.all_is_solved().await;
    town.clock.advance(TimeDelta::days(90));
    town.all_is_published().await;
    let town = town.restarted().await;
    for (question, before) in questions.iter().zip(&before) {
        let told = town.told(question.clone()).await.unwrap();
        assert_eq!(told.total, before.total);
    }
    assert_eq!(
        town.known(questions[0].clone()).await.total.value,
        Value::Count(0)
    );
    town.store.close().await;
}

/// Bute and Habasswein move to other sub-counties.
fn with_moved_wards(places: &str) -> String {
    let moved = places
        .replace("bute,Bute,ward,wajir-north", "bute,Bute,ward,wajir-south")
        .replace(
            "habasswein,Habasswein,ward,wajir-south",
            "habasswein,Habasswein,ward,wajir-north",
        );
    assert_ne!(moved, places);
    moved
}

#[tokio::test]
async fn a_gazetteer_that_is_edited_changes_no_figure_that_is_published() {
    let town = Town::with_months_published().await;
    let july = |by: &[Dimension]| of(by, Measure::Complaints, "2026-07");
    let places = [Dimension::SubCounty, Dimension::Ward];
    let questions = vec![
        july(&places[..1]),
        july(&places[1..]),
        july(&[Dimension::SubCounty, Dimension::Sector]),
        july(&[]).only(Dimension::SubCounty, Some("wajir-north")),
    ];
    let before = town.all_told(questions.clone()).await.unwrap();
    let known = town.known(questions[0].clone()).await;
    let town = town.edited(with_moved_wards).restarted().await;
    assert_eq!(town.all_told(questions.clone()).await.unwrap(), before);
    assert_ne!(town.known(questions[0].clone()).await, known);
    town.store.close().await;
}

#[tokio::test]
async fn a_month_that_is_interrupted_is_told_when_it_is_decided_and_has_each_once() {
    let mut town = Town::of(VERY_FEW).await;
    let (mut steps, mut told) = (0, 0);
    while let Some(next) = town.next().await {
        steps += 1;
        if steps % 7 == 3 {
            // Before it is written.
            town = town.restarted().await;
            continue;
        }
        told += usize::from(town.does(next).await.unwrap());
        assert_eq!(town.published().await.len(), told);
        if steps < 12 {
            town = town.restarted().await;
        }
    }
    assert!(steps >= 51, "{steps}");
    let all = of(&[], Measure::Complaints, "2026-07");
    let all = all.in_period(Period::from_word("2026-07").unwrap().months_to_its_end(17));
    let told = town.told(all.clone()).await.unwrap().total;
    assert_eq!(told, town.known(all).await.total);
    town.store.close().await;
}

/// Publishes up to where what is told of the first month is to be kept.
async fn first_month_decided() -> (Town, Next) {
    let town = Town::of(VERY_FEW).await;
    loop {
        let next = town.next().await.unwrap();
        if matches!(next, Next::Tell(_)) {
            return (town, next);
        }
        town.does(next).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_decided_is_decided_once() {
    let (town, first) = first_month_decided().await;
    let town = town.edited(with_moved_wards);
    let second = town.next().await.unwrap();
    assert!(town.does(first).await.unwrap());
    let refused = town.does(second).await;
    assert!(matches!(refused, Err(StoreError::Sqlite(_))), "{refused:?}");
    let database = past_the_store(&town.folder);
    for statement in [
        "UPDATE published_tables SET of_complaints = of_hops",
        "DELETE FROM published_tables",
        "UPDATE published_place SET sub_county = NULL",
        "DELETE FROM published_place",
    ] {
        let refused = database.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("never changed"), "{statement}: {refused}");
    }
    town.store.close().await;
}

/// A database of before it was kept what is hidden: its months were told, and are told again once that is decided.
#[tokio::test]
async fn months_of_an_older_database_are_told_once_it_is_decided_what_is_hidden() {
    let town = Town::of(VERY_FEW).await;
    town.all_is_published().await;
    let questions = vec![
        of(
            &[Dimension::Gender, Dimension::Sector],
            Measure::Complaints,
            "2026-07",
        ),
        of(&[Dimension::Status], Measure::Complaints, "2026-06"),
    ];
    let before = town.all_told(questions.clone()).await.unwrap();
    let was_held = held(&town).await;
    town.store.close().await;
    let database = past_the_store(&town.folder);
    database
        .execute_batch(
            "DROP TABLE published_tables; DROP TABLE published_place; DROP TABLE lodged_day; DROP INDEX complaint_counted;
             ALTER TABLE complaint DROP COLUMN only_hop_at; CREATE INDEX complaint_counted ON complaint (county); PRAGMA user_version = 12;",
        )
        .unwrap();
    drop(database);
    let town = town.edited(str::to_owned).restarted().await;
    assert_eq!(held(&town).await, was_held);
    assert_eq!(town.published().await, [""; 0]);
    let told = town.all_told(questions.clone()).await;
    assert_eq!(told, Err(Refused::NotPublished));
    // The earliest first: before the first that is told, nobody complained.
    assert!(town.does(town.next().await.unwrap()).await.unwrap());
    assert_eq!(town.published().await, ["2025-03"]);
    town.all_is_published().await;
    assert_eq!(town.all_told(questions).await.unwrap(), before);
    town.store.close().await;
}

/// How long organisations had what was lodged in a month, by the complaints themselves.
async fn held(town: &Town) -> Vec<Answer> {
    let configuration = town.live.current();
    let mean = Measure::Held(Statistic::Mean, Days::Calendar);
    let question = of(&[Dimension::Organisation], mean, "2026-07");
    let read = town.store.read(move |reader| {
        let ground = configuration.ground(&[wajir()], now());
        reader.answers(&[question], &ground, &CountedFor::default(), |_| {})
    });
    read.await.unwrap()
}

/// Complaints and their hops are not mixed up.
#[tokio::test]
async fn how_many_and_how_long_are_told_together_as_each_alone() {
    let town = Town::of(VERY_FEW).await;
    town.all_is_published().await;
    let by = [Dimension::Organisation];
    let held = Measure::Held(Statistic::Mean, Days::Calendar);
    let questions = [Measure::Complaints, held].map(|measure| of(&by, measure, "2026-07"));
    let mut alone = Vec::new();
    for question in &questions {
        let told = town.told(question.clone()).await.unwrap();
        let shown = told.row_totals.iter();
        assert!(shown.filter(|one| one.value != Value::Hidden).count() > 1);
        alone.push(told);
    }
    let town = town.edited(str::to_owned);
    assert_eq!(town.all_told(questions.to_vec()).await.unwrap(), alone);
    town.store.close().await;
}
