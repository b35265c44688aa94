//! Figures of which parts were counted before: they are those of who counts all of it now, whatever became of which complaint meanwhile.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jibu::complaint::{LanguageId, OrganisationId, PlaceId, SectorId, Status};
use jibu::configuration::Configuration;
use jibu::deadlines::Due;
use jibu::reports::{
    Answer, CountedFor, Days, Dimension, Measure, Period, Question, Stage, Statistic, dashboard,
};
use jibu::store::{Milestone, StoreError, Tx};
use jibu::timers::KeepReady;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::now;
use super::town::{Town, wajir};
use crate::world::past_the_store;

/// So often something becomes of a complaint, and so often all is asked.
const DEEDS: usize = 44;

/// Figures that are kept in pieces, each read from other columns.
const KEPT: [Measure; 11] = [
    Measure::Complaints,
    Measure::Open,
    Measure::Overdue,
    Measure::Returned,
    Measure::NotSolved,
    Measure::WomensShare,
    Measure::InTime(Stage::Accept),
    Measure::InTime(Stage::Resolve),
    Measure::Time(Statistic::Median, Days::Working, Stage::Accept),
    Measure::Time(Statistic::P90, Days::Working, Stage::Resolve),
    Measure::Time(Statistic::Mean, Days::Working, Stage::Confirm),
];

/// They are not: each is another at each moment, or by the millisecond.
const NOT_KEPT: [Measure; 2] = [
    Measure::Held(Statistic::Median, Days::Working),
    Measure::Time(Statistic::Median, Days::Calendar, Stage::Resolve),
];

/// These figures, of the whole and by each dimension that a deed can change.
fn questions(measures: &[Measure]) -> Vec<Question> {
    let year = Period::from_word("2025-10..2026-09").unwrap();
    let by = [
        None,
        Some(Dimension::Organisation),
        Some(Dimension::SubCounty),
        Some(Dimension::Sector),
        Some(Dimension::Gender),
        Some(Dimension::AgeGroup),
        Some(Dimension::Language),
        Some(Dimension::Status),
        Some(Dimension::Week),
        Some(Dimension::Month),
    ];
    let all = by.into_iter().flat_map(|one| {
        let by: Vec<Dimension> = one.into_iter().collect();
        let measures = measures.iter();
        measures.filter_map(move |measure| Question::new(&by, *measure, year).ok())
    });
    all.collect()
}

/// The water office's, the convener's, and all.
fn views() -> [CountedFor; 3] {
    let [water, convener] = ["wajir-water", "ti-wajir"].map(OrganisationId::new);
    [
        CountedFor::default(),
        CountedFor::convener(convener),
        CountedFor::organisation(water),
    ]
}

/// All that they are told by a configuration, at a moment.
async fn told(
    town: &Town,
    questions: &[Question],
    configuration: &Arc<Configuration>,
    now: DateTime<Utc>,
) -> Vec<(CountedFor, Vec<Answer>)> {
    let configuration = Arc::clone(configuration);
    let questions = questions.to_owned();
    let read = town.store.report(move |reader| {
        let ground = configuration.ground(&[wajir()], now);
        let told = views().into_iter().map(|whom| {
            let answers = reader.answers(&questions, &ground, &whom, |_| {})?;
            Ok((whom, answers))
        });
        told.collect()
    });
    read.await.unwrap()
}

#[tokio::test]
async fn what_was_counted_before_is_what_it_would_be_now() {
    let town = Town::of(800).await;
    let kept = town.live.current();
    let ids = ids(&town);
    let questions = questions(&[KEPT.as_slice(), &NOT_KEPT].concat());
    let mut rng = StdRng::seed_from_u64(8);
    let (mut clock, mut before, mut changed) = (now(), Vec::new(), 0);
    for deed in 0..DEEDS {
        // Now and then it is set back: what was late is not, then.
        clock += TimeDelta::hours(rng.random_range(-20..60));
        let id = *ids.choose(&mut rng).unwrap();
        let seed = rng.random();
        let done = town.store.write("deed", move |tx| {
            do_something(tx, id, deed, &mut StdRng::seed_from_u64(seed))
        });
        done.await.unwrap();
        let again = told(&town, &questions, &kept, clock).await;
        let new = Configuration::sample(town.folder.path(), &[]).unwrap();
        let anew = told(&town, &questions, &Arc::new(new), clock).await;
        for ((whom, again), (_, anew)) in again.iter().zip(&anew) {
            for (again, anew) in again.iter().zip(anew) {
                assert_eq!(again, anew, "after deed {deed}, for {whom:?}");
            }
        }
        changed += usize::from(std::mem::replace(&mut before, again.clone()) != again);
    }
    assert!(changed > DEEDS / 2, "figures changed {changed} times");
}

/// Nobody notes what is changed past the store: by it can be seen what is counted again.
#[tokio::test]
async fn only_months_in_which_something_changed_are_counted_again() {
    let town = Town::new().await;
    let kept = town.live.current();
    let questions = questions(&KEPT);
    let before = told(&town, &questions, &kept, now()).await;
    let database = past_the_store(&town.folder);
    database
        .execute(
            "UPDATE complaint SET status = 'received', closed_as = NULL, gender = 'woman'",
            [],
        )
        .unwrap();
    assert!(
        told(&town, &questions, &kept, now()).await == before,
        "all is kept"
    );
    let newest = *ids(&town).last().unwrap();
    let accuses = town.store.write("accuse", move |tx| {
        tx.accuse(newest, [&OrganisationId::new("wajir-roads")])
    });
    accuses.await.unwrap();
    let after = told(&town, &questions, &kept, now()).await;
    let [(_, before), (_, after)] = [&before, &after].map(|told| told.first().unwrap());
    for (before, after) in before.iter().zip(after) {
        if after.question.rows() == Some(Dimension::Month) {
            let same = before.row_totals.iter().zip(&after.row_totals);
            let same: Vec<bool> = same.map(|(before, after)| before == after).collect();
            let (last, others) = same.split_last().unwrap();
            assert!(others.iter().all(|same| *same), "{:?}", after.question);
            if after.question.measure == Measure::WomensShare {
                assert!(!last, "the month of the one that changed is counted again");
            }
        }
    }
}

/// Nobody has asked anything yet.
#[tokio::test]
async fn what_the_conveners_page_asks_is_counted_before_anybody_looks_at_it() {
    let town = Town::with_months_published().await;
    let today = now().date_naive();
    let spans = ["2026", "2025", "2026-Q3", "2026-Q1", "2026-09", "2026-08"]
        .map(|word| Period::from_word(word).unwrap());
    let questions = spans.map(|span| dashboard::questions(&span.so_far(today), true));
    let questions = questions.concat();
    let anew = Arc::new(Configuration::sample(town.folder.path(), &[]).unwrap());
    let [_, (_, before), _] = told(&town, &questions, &anew, now())
        .await
        .try_into()
        .unwrap();
    let looked = KeepReady::default().look(&town.store, &town.live).await;
    looked.unwrap();
    let changed = past_the_store(&town.folder).execute(
        "UPDATE complaint SET status = 'received', closed_as = NULL, gender = 'woman', sector = NULL, holder = 'x'",
        [],
    );
    assert!(changed.unwrap() > 0);
    let kept = town.live.current();
    let [(_, all), (_, after), _] = told(&town, &questions, &kept, now())
        .await
        .try_into()
        .unwrap();
    assert!(before != all, "figures that nobody keeps are of now");
    assert!(before == after, "they were counted before it changed");
}

/// Nor has a committee, of what is published.
#[tokio::test]
async fn what_the_committees_page_asks_is_counted_before_anybody_looks_at_it() {
    let town = Town::with_months_published().await;
    let current = town.live.current();
    let answered = async |span: &'static str| {
        let questions = dashboard::questions(&Period::from_word(span).unwrap(), true);
        let current = Arc::clone(&current);
        let read = town.store.read(move |reader| {
            let ground = current.ground(&[wajir()], now());
            reader.answered_outside(&questions, &ground)
        });
        read.await.unwrap().is_some()
    };
    let spans = ["2026-07", "2026-Q2", "2025"];
    for span in spans {
        assert!(!answered(span).await, "{span} before anybody counted");
    }
    let looked = KeepReady::default().look(&town.store, &town.live).await;
    looked.unwrap();
    for span in spans {
        assert!(answered(span).await, "{span}");
    }
}

/// Who counts looks at a few days after the other; in between, the newest complaint turns out to be none.
#[tokio::test]
async fn a_change_while_they_are_counted_is_in_all_figures_or_in_none() {
    let town = Town::new().await;
    let configuration = town.live.current();
    let month = Period::from_word("2026-09").unwrap();
    let by = |dimension| Question::new(&[dimension], Measure::Complaints, month).unwrap();
    let (known, new) = (by(Dimension::Gender), by(Dimension::Sector));
    let newest = *ids(&town).last().unwrap();
    let store = town.store.clone();
    let mut change = Some(move || {
        let close = move |tx: &mut Tx<'_>| tx.close_complaint(newest, "not_a_complaint");
        tokio::runtime::Runtime::new()
            .unwrap()
            .block_on(store.write("close", close))
            .unwrap();
    });
    let counted = town.store.report(move |reader| {
        let ground = configuration.ground(&[wajir()], now());
        let whom = CountedFor::default();
        let before = reader.answers(std::slice::from_ref(&known), &ground, &whom, |_| {})?;
        let answers = reader.answers(&[known, new], &ground, &whom, |_| {
            if let Some(change) = change.take() {
                change();
            }
        })?;
        Ok((before, answers))
    });
    let (before, answers) = counted.await.unwrap();
    let [known, new] = answers.as_slice() else {
        panic!("{answers:?}");
    };
    assert_ne!(before[0].total, new.total, "it is one less now");
    assert_eq!(known.total, new.total);
    assert_eq!(known.left_out, new.left_out);
}

fn ids(town: &Town) -> Vec<i64> {
    let database = past_the_store(&town.folder);
    let mut ids = database
        .prepare("SELECT id FROM complaint WHERE county = 'wajir' ORDER BY opened_at")
        .unwrap();
    let ids = ids.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

/// One thing of all that can become of a complaint and is counted.
fn do_something(tx: &mut Tx<'_>, id: i64, deed: usize, rng: &mut StdRng) -> Result<(), StoreError> {
    let soon = tx.now + TimeDelta::hours(rng.random_range(-100..100));
    let office = OrganisationId::new(*["wajir-water", "wajir-health"].choose(rng).unwrap());
    match deed % 11 {
        0 => tx.set_status(id, Status::Accepted, soon),
        1 => tx.close_complaint(
            id,
            ["confirmed", "merged", "not_solved"].choose(rng).unwrap(),
        ),
        2 => tx.hold(id, &office, soon),
        3 => tx.count_return(id),
        4 => tx.set_sensitive(id),
        5 => tx.accuse(id, [&OrganisationId::new("ti-wajir")]),
        6 => tx.set_place(id, &PlaceId::new(*["bute", "eldas"].choose(rng).unwrap())),
        7 => tx.set_language(id, &LanguageId::new("fr")),
        8 => tx.set_sector(id, &SectorId::new("roads")),
        9 => {
            tx.reach(id, Milestone::Accepted)?;
            tx.reach(id, Milestone::Resolved)
        }
        _ => tx.set_due(
            id,
            Due {
                accept: soon,
                first_action: soon,
                resolve: soon,
            },
        ),
    }
}
