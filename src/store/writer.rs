//! The one writer: a thread that owns the only writing connection and commits jobs in groups.
//!
//! It takes what is queued, never waits to fill a group, gives each job a savepoint, commits once and only then answers:
//! a lone job pays for one fsync, sixty-four jobs share one.

mod log;
mod queue;

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rand::SeedableRng;
use rand::rngs::StdRng;
use rusqlite::Connection;
use tokio::sync::{Notify, oneshot, watch};

use super::changed::Changed;
use super::connection;
use super::error::{OpenError, StoreError};
use super::ids::Ids;
use super::keys::Keys;
use super::tally::Tallies;
use super::tx::Tx;
use crate::clock::Clock;
use queue::{Answer, Done, End, Job, JobOutcome, Shared, fatal_reason};

/// Jobs that may wait; past it a caller is told to try again.
const QUEUE: usize = 1024;
/// Jobs in one commit at most.
const GROUP: usize = 64;

/// Whom a commit gives something to send.
#[derive(Clone, Copy, Default)]
struct Wakes {
    outbox: bool,
    emails: bool,
}

impl Wakes {
    fn add(&mut self, more: Self) {
        self.outbox |= more.outbox;
        self.emails |= more.emails;
    }

    fn wake(self, shared: &Shared) {
        if self.outbox {
            shared.outbox_wake.notify_one();
        }
        if self.emails {
            shared.email_wake.notify_one();
        }
    }
}

pub(super) struct Writer {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        lock: connection::Lock,
        database: PathBuf,
        keys: Arc<Keys>,
        clock: Clock,
    ) -> Result<Self, OpenError> {
        let shared = Arc::new(Shared::new());
        let ids = Ids::after(&connection)?;
        let tallies = Tallies::read(&connection, clock.now())?;
        let changed = Changed::of(&connection)?;
        let checkpoints = connection::open_writable(&database)?;
        let spawned = |name: &str, body: Box<dyn FnOnce() + Send>| {
            std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(body)
                .map_err(|source| OpenError::Io {
                    path: database.clone(),
                    source,
                })
        };
        let desk = Desk {
            connection,
            tallies,
            changed,
            shared: Arc::clone(&shared),
            keys,
            ids,
            rng: StdRng::from_rng(&mut rand::rng()),
            clock,
            _lock: lock,
        };
        let threads = vec![
            spawned("store-writer", {
                let end = End(Arc::clone(&shared));
                Box::new(move || {
                    let _end = end;
                    desk.work();
                })
            })?,
            spawned("store-checkpoint", {
                let shared = Arc::clone(&shared);
                Box::new(move || log::take_checkpoints(&checkpoints, &shared))
            })?,
        ];
        Ok(Self {
            shared,
            threads: Mutex::new(threads),
        })
    }

    pub(super) fn submit<T, F>(
        &self,
        name: &'static str,
        job: F,
    ) -> Result<oneshot::Receiver<Result<T, StoreError>>, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, waits) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            let result = std::panic::catch_unwind(AssertUnwindSafe(|| job(tx)))
                .unwrap_or(Err(StoreError::Panicked(name)));
            if let Err(error) = &result {
                tracing::error!(job = name, %error, "A write was undone");
            }
            Done {
                outcome: JobOutcome::of(&result),
                // Nobody may be waiting any more; that is theirs to decide.
                answer: Box::new(move |committed| {
                    drop(answer.send(result.and_then(|value| committed.map(|()| value))))
                }),
            }
        });
        let mut queue = self.shared.queue();
        if queue.closed {
            return Err(StoreError::Closed);
        }
        if queue.jobs.len() >= QUEUE {
            return Err(StoreError::Busy);
        }
        queue.jobs.push_back(job);
        drop(queue);
        self.shared.filled.notify_one();
        Ok(waits)
    }

    pub(super) fn outbox_wake(&self) -> Arc<Notify> {
        Arc::clone(&self.shared.outbox_wake)
    }

    pub(super) fn email_wake(&self) -> Arc<Notify> {
        Arc::clone(&self.shared.email_wake)
    }

    pub(super) fn takes_writes(&self) -> bool {
        self.shared.takes_writes.load(Ordering::Relaxed)
    }

    pub(super) fn fatal(&self) -> watch::Receiver<Option<String>> {
        self.shared.fatal.subscribe()
    }

    pub(super) fn close(&self) {
        self.shared.queue().closed = true;
        self.shared.filled.notify_all();
        self.shared.checkpoint.notify_all();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("A thread of the store ended in an unforeseen way");
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

/// What the writer's thread owns.
struct Desk {
    connection: Connection,
    shared: Arc<Shared>,
    keys: Arc<Keys>,
    ids: Ids,
    rng: StdRng,
    tallies: Tallies,
    changed: Changed,
    clock: Clock,
    /// Held as long as this process may write.
    _lock: connection::Lock,
}

impl Desk {
    fn work(mut self) {
        while let Some(group) = self.next_group() {
            self.run(group);
            if self.shared.fatal.borrow().is_some() {
                return;
            }
            log::mind(&self.connection, &self.shared);
        }
        if !self.shared.takes_writes.load(Ordering::Relaxed) {
            return;
        }
        if let Err(error) = self
            .connection
            .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        {
            tracing::warn!(%error, "The write-ahead log could not be folded in at the end; the next start does it");
        }
    }

    /// What is queued, up to a group; `None` when closed and empty, or closed with a database that takes no writes: to try
    /// each of the waiting groups would outlast the patience of whoever asked us to stop.
    fn next_group(&self) -> Option<Vec<Job>> {
        let mut queue = self.shared.queue();
        if queue.closed && !self.shared.takes_writes.load(Ordering::Relaxed) {
            return None;
        }
        while queue.jobs.is_empty() {
            if queue.closed {
                return None;
            }
            queue = self
                .shared
                .filled
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let count = queue.jobs.len().min(GROUP);
        Some(queue.jobs.drain(..count).collect())
    }

    fn run(&mut self, group: Vec<Job>) {
        let before = self.tallies.clone();
        let mut answers = Vec::with_capacity(group.len());
        let mut wakes = Wakes::default();
        let fate = self.statement("BEGIN IMMEDIATE").and_then(|()| {
            for job in group {
                wakes.add(self.run_one(job, &mut answers)?);
            }
            if self.tallies != before {
                self.tallies.write(&self.connection)?;
            }
            self.changed.write(&self.connection)?;
            self.statement("COMMIT")
        });
        if fate.is_err() {
            self.tallies = before;
            if !self.connection.is_autocommit() {
                // Nothing to add if this fails too: the next BEGIN says so.
                let _ = self.statement("ROLLBACK");
            }
        }
        self.note(&fate);
        if fate.is_ok() {
            wakes.wake(&self.shared);
        }
        for answer in answers {
            answer(
                fate.as_ref()
                    .copied()
                    .map_err(|error| StoreError::NotCommitted(error.to_string())),
            );
        }
    }

    /// Runs a job in a savepoint of its own: one that fails is undone alone; whom it gives something to send. An error is
    /// the whole group's.
    fn run_one(&mut self, job: Job, answers: &mut Vec<Answer>) -> Result<Wakes, StoreError> {
        let before = self.tallies.clone();
        self.statement("SAVEPOINT job")?;
        let mut tx = Tx {
            connection: &self.connection,
            keys: &self.keys,
            ids: &mut self.ids,
            rng: &mut self.rng,
            tallies: &mut self.tallies,
            changed: &self.changed,
            wakes_outbox: false,
            wakes_emails: false,
            now: self.clock.now(),
        };
        let done = job(&mut tx);
        let wakes = Wakes {
            outbox: tx.wakes_outbox,
            emails: tx.wakes_emails,
        };
        answers.push(done.answer);
        let keep = match done.outcome {
            JobOutcome::Keep => true,
            JobOutcome::Undo => false,
            JobOutcome::Fatal(reason) => return Err(StoreError::Untrusted(reason)),
        };
        // On a full disk or an I/O error SQLite may have undone the whole group by itself.
        if self.connection.is_autocommit() {
            return Err(StoreError::NotCommitted(
                "the database undid the group".to_owned(),
            ));
        }
        if !keep {
            self.tallies = before;
            self.statement("ROLLBACK TO job")?;
        }
        self.statement("RELEASE job")?;
        Ok(if keep { wakes } else { Wakes::default() })
    }

    fn statement(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    fn note(&self, fate: &Result<(), StoreError>) {
        self.shared
            .takes_writes
            .store(fate.is_ok(), Ordering::Relaxed);
        let Err(error) = fate else { return };
        tracing::error!(%error, "A group of writes was not committed; each of them was told so");
        if let Some(reason) = fatal_reason(error) {
            self.shared.fatal.send_replace(Some(reason));
        }
    }
}
