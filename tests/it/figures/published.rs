//! Months as they were published: what outsiders are told of them stays as it is.

use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::publish_month::{publish_month, to_publish_next};
use jibu::clock::Clock;
use jibu::complaint::CountyId;
use jibu::configuration::{Configuration, Live};
use jibu::reports::privacy::Refused;
use jibu::reports::{
    Answer, Days, Dimension, Key, Measure, Period, Question, Stage, Statistic, Value,
};
use jibu::store::{CountedFor, Store};
use jibu::timers::do_what_is_due;
use tempfile::TempDir;

use super::{FEW, now, seed};
use crate::world::{past_the_store, paths};

/// A county with eighteen months behind it.
pub(super) struct Town {
    pub(super) folder: TempDir,
    clock: Clock,
    store: Store,
    live: Live,
}

impl Town {
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::standing(now());
        let store = Store::open(&paths(&folder), clock.clone()).unwrap();
        seed::fill(&store, FEW, now()).await;
        let live = Live::new(
            Arc::new(Configuration::sample(folder.path(), &[]).unwrap()),
            now(),
        );
        Self {
            folder,
            clock,
            store,
            live,
        }
    }

    /// The plug is pulled, and it starts again.
    async fn restarted(self) -> Self {
        let Self {
            folder,
            clock,
            store,
            live,
        } = self;
        store.close().await;
        let store = Store::open(&paths(&folder), clock.clone()).unwrap();
        Self {
            folder,
            clock,
            store,
            live,
        }
    }

    pub(super) async fn a_minute_goes_by(&self) {
        do_what_is_due(&self.store, &self.live).await;
    }

    /// Each month that is published.
    async fn published(&self) -> Vec<String> {
        let read = self.store.read(|reader| reader.published(&wajir()));
        let word = |month: Period| month.from.format("%Y-%m").to_string();
        let published = read.await.unwrap().into_iter();
        published.map(|one| word(one.month)).collect()
    }

    /// What outsiders are told.
    async fn told(&self, question: Question) -> Result<Answer, Refused> {
        let (current, now) = (self.live.current(), self.clock.now());
        let read = self.store.read(move |reader| {
            let ground = current.ground(&[wajir()], now);
            reader.answers_outside(&[question], &ground)
        });
        read.await.unwrap().map(|mut answers| answers.remove(0))
    }

    /// What those are told who work on them, as it is now.
    async fn known(&self, question: Question) -> Answer {
        let (current, now) = (self.live.current(), self.clock.now());
        let whom = CountedFor {
            sensitive_apart: true,
            ..CountedFor::default()
        };
        let read = self.store.read(move |reader| {
            let ground = current.ground(&[wajir()], now);
            reader.answers(&[question], &ground, &whom, |_| {})
        });
        read.await.unwrap().remove(0)
    }

    /// Everybody says that it is solved.
    async fn all_is_solved(&self) {
        let open: Vec<i64> = {
            let database = past_the_store(&self.folder);
            let mut open = database
                .prepare("SELECT id FROM complaint WHERE status <> 'closed'")
                .unwrap();
            let ids = open.query_map([], |row| row.get(0)).unwrap();
            ids.map(Result::unwrap).collect()
        };
        let write = self.store.write("solve", move |tx| {
            open.iter()
                .try_for_each(|id| tx.close_complaint(*id, "confirmed"))
        });
        write.await.unwrap();
    }
}

fn wajir() -> CountyId {
    CountyId::new("wajir")
}

fn of(by: &[Dimension], measure: Measure, month: &str) -> Question {
    Question::new(by, measure, Period::from_word(month).unwrap()).unwrap()
}

/// The figures that outsiders may see are those of who works on them: nobody is lost on the way, and no deadline.
#[tokio::test]
async fn what_is_published_is_what_is_known_that_day() {
    let town = Town::new().await;
    let june = of(&[], Measure::Complaints, "2026-06");
    assert_eq!(town.told(june.clone()).await, Err(Refused::NotPublished));
    town.a_minute_goes_by().await;
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
    let town = Town::new().await;
    town.a_minute_goes_by().await;
    let questions = [Measure::Open, Measure::Overdue, Measure::Confirmed]
        .map(|measure| of(&[], measure, "2026-07"));
    let mut before = Vec::new();
    for question in &questions {
        before.push(town.told(question.clone()).await.unwrap().total);
    }
    town.all_is_solved().await;
    town.clock.advance(TimeDelta::days(60));
    town.a_minute_goes_by().await;
    let town = town.restarted().await;
    for (question, before) in questions.iter().zip(&before) {
        assert_eq!(town.told(question.clone()).await.unwrap().total, *before);
    }
    assert_eq!(
        town.known(questions[0].clone()).await.total.value,
        Value::Count(0)
    );
    town.store.close().await;
}

#[tokio::test]
async fn a_month_that_is_interrupted_is_told_when_it_is_whole_and_has_each_once() {
    let mut town = Town::new().await;
    let mut steps = 0;
    loop {
        let (current, now) = (town.live.current(), town.clock.now());
        let rules = Arc::clone(&current);
        let read = town
            .store
            .read(move |reader| to_publish_next(reader, &rules, now));
        let Some(next) = read.await.unwrap() else {
            break;
        };
        let step = town
            .store
            .write("step", move |tx| publish_month(tx, &current, &next));
        let is_whole = step.await.unwrap();
        steps += 1;
        if !is_whole && steps < 8 {
            town = town.restarted().await;
        }
    }
    assert!(steps >= 34, "{steps}");
    let all = of(&[], Measure::Complaints, "2026-07");
    let all = all.in_period(Period::from_word("2026-07").unwrap().months_to_its_end(17));
    let told = town.told(all.clone()).await.unwrap().total;
    assert_eq!(told, town.known(all).await.total);
    town.store.close().await;
}
