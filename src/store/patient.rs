//! Readers that give way: figures over many complaints, beside which a text must not wait.
//!
//! They have threads of their own, for half of the cores, of a lower priority ([`give_way`]). Rejected: the threads that all others read in,
//! where five who look at a year's figures take all cores, and where a thread that gave way once would do so for whoever has it next.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use super::error::{OpenError, StoreError};
use super::reader::{Reader, Readers};
use crate::priority::give_way;

/// Queries that may wait; past it a caller is told to try again.
const QUEUE: usize = 64;

type Query = Box<dyn FnOnce(&Readers) + Send>;

/// The threads. Once this is dropped they end, after what they were asked before.
pub(super) struct PatientReaders {
    asked: SyncSender<Query>,
}

impl PatientReaders {
    /// Starts them. `readers` are theirs alone, so that nobody waits for a connection that somebody has who gives way.
    pub(super) fn start(readers: Readers) -> Result<Self, OpenError> {
        let (asked, queries) = sync_channel(QUEUE);
        let shared = Arc::new((readers, Mutex::new(queries)));
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..(cores / 2).max(1) {
            let own = Arc::clone(&shared);
            thread::Builder::new()
                .name("store-reports".to_owned())
                .spawn(move || answer_all(&own.0, &own.1))
                .map_err(OpenError::NoThread)?;
        }
        Ok(Self { asked })
    }

    /// Has one of them run `query`, when it is its turn. Whoever no longer waits for it by then is not answered.
    pub(super) async fn ask<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, waits) = oneshot::channel();
        let query: Query = Box::new(move |readers| {
            if answer.is_closed() {
                return;
            }
            // Whoever stops waiting only now has had it read for nothing.
            drop(answer.send(readers.with(query)));
        });
        self.asked
            .try_send(query)
            .map_err(|refused| match refused {
                TrySendError::Full(_) => StoreError::BusyCounting,
                TrySendError::Disconnected(_) => StoreError::Closed,
            })?;
        waits.await.map_err(|_| StoreError::Panicked("report"))?
    }
}

fn answer_all(readers: &Readers, queries: &Mutex<Receiver<Query>>) {
    give_way();
    loop {
        let next = queries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        match next {
            // A defect in one query ends no thread: who asked hears of it because nobody answers.
            Ok(query) => drop(catch_unwind(AssertUnwindSafe(|| query(readers)))),
            Err(_) => return,
        }
    }
}
