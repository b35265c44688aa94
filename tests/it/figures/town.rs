//! A county whose figures are asked for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use jibu::actions::publish_month::{Next, publish_month, to_publish_next};
use jibu::clock::Clock;
use jibu::complaint::CountyId;
use jibu::configuration::{Configuration, Live};
use jibu::intake::places::Places;
use jibu::reports::privacy::Refused;
use jibu::reports::{Answer, CountedFor, Period, Question};
use jibu::store::{Store, StoreError, StorePaths};
use jibu::timers::do_what_is_due;
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{FEW, now, seed};
use crate::world::{past_the_store, paths};

/// A county with eighteen months behind it.
pub(super) struct Town {
    pub(super) folder: TempDir,
    pub(super) clock: Clock,
    pub(super) store: Store,
    pub(super) live: Live,
}

impl Town {
    pub(super) async fn new() -> Self {
        Self::of(FEW).await
    }

    /// The same with so many complaints.
    pub(super) async fn of(complaints: usize) -> Self {
        let town = Self::at(tempfile::tempdir().unwrap(), Clock::standing(now()));
        seed::fill(&town.store, complaints, now()).await;
        town
    }

    /// The same as [`Town::new`], with all published that is over. That is worked out once for all tests, and each has a copy.
    pub(super) async fn with_months_published() -> Self {
        static FILES: OnceCell<[Vec<u8>; 2]> = OnceCell::const_new();
        let files = FILES.get_or_init(|| async {
            let town = Self::new().await;
            town.minutes_go_by().await;
            town.store.close().await;
            let StorePaths { database, keys } = paths(&town.folder);
            [database, keys].map(|file| fs::read(file).unwrap())
        });
        let folder = tempfile::tempdir().unwrap();
        let StorePaths { database, keys } = paths(&folder);
        for (file, bytes) in [database, keys].into_iter().zip(files.await) {
            fs::write(&file, bytes).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        }
        Self::at(folder, Clock::standing(now()))
    }

    /// What stands in a folder.
    fn at(folder: TempDir, clock: Clock) -> Self {
        let store = Store::open(&paths(&folder), clock.clone()).unwrap();
        let configuration = Configuration::sample(folder.path(), &[]).unwrap();
        Self {
            folder,
            clock,
            store,
            live: Live::new(Arc::new(configuration), now()),
        }
    }

    /// The plug is pulled, and it starts again.
    pub(super) async fn restarted(self) -> Self {
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

    /// The gazetteer is edited.
    pub(super) fn edited(self, edit: impl FnOnce(&str) -> String) -> Self {
        let mut configuration = Configuration::sample(self.folder.path(), &[]).unwrap();
        let sample = include_str!("../../../config/places.csv");
        configuration.places = Places::load("places.csv", &edit(sample)).unwrap();
        Self {
            live: Live::new(Arc::new(configuration), self.clock.now()),
            ..self
        }
    }

    /// Minutes go by until all that is over is published: on a busy machine one may be too short.
    pub(super) async fn minutes_go_by(&self) {
        let mut before = None;
        while before != Some(self.published().await) {
            before = Some(self.published().await);
            do_what_is_due(&self.store, &self.live).await;
        }
    }

    /// The same without the time in which texts come in between.
    pub(super) async fn all_is_published(&self) {
        while let Some(next) = self.next().await {
            self.does(next).await.unwrap();
        }
    }

    /// What is to be done next; `None`: all is published.
    pub(super) async fn next(&self) -> Option<Next> {
        let (current, now) = (self.live.current(), self.clock.now());
        let read = self
            .store
            .read(move |reader| to_publish_next(reader, &current, now));
        read.await.unwrap()
    }

    /// Does it.
    pub(super) async fn does(&self, next: Next) -> Result<bool, StoreError> {
        let current = self.live.current();
        self.store
            .write("step", move |tx| publish_month(tx, &current, &next))
            .await
    }

    /// Each month that is published.
    pub(super) async fn published(&self) -> Vec<String> {
        let read = self.store.read(|reader| reader.published(&wajir()));
        let word = |month: Period| month.from.format("%Y-%m").to_string();
        let published = read.await.unwrap().into_iter();
        published.map(|one| word(one.month)).collect()
    }

    /// What outsiders are told.
    pub(super) async fn told(&self, question: Question) -> Result<Answer, Refused> {
        let all = self.all_told(vec![question]).await;
        all.map(|mut answers| answers.remove(0))
    }

    pub(super) async fn all_told(&self, questions: Vec<Question>) -> Result<Vec<Answer>, Refused> {
        let (current, now) = (self.live.current(), self.clock.now());
        let read = self.store.read(move |reader| {
            let ground = current.ground(&[wajir()], now);
            reader.answers_outside(&questions, &ground)
        });
        read.await.unwrap()
    }

    /// What those are told who work on them, as it is now.
    pub(super) async fn known(&self, question: Question) -> Answer {
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
    pub(super) async fn all_is_solved(&self) {
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

pub(super) fn wajir() -> CountyId {
    CountyId::new("wajir")
}
