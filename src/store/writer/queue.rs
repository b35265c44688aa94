//! What callers and the writer's thread share: the queue, what a job leaves behind, and what ends it all.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::ErrorCode;
use tokio::sync::{Notify, watch};

use crate::store::error::StoreError;
use crate::store::tx::Tx;

/// What a job leaves behind: called with the group's fate, it answers whoever waits.
pub(super) type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
pub(super) type Job = Box<dyn FnOnce(&mut Tx<'_>) -> Done + Send>;

pub(super) struct Done {
    pub(super) outcome: JobOutcome,
    pub(super) answer: Answer,
}

pub(super) enum JobOutcome {
    Keep,
    Undo,
    /// It met a disk that can no longer be trusted.
    Fatal(String),
}

pub(super) struct Shared {
    pub(super) queue: Mutex<Queue>,
    pub(super) filled: Condvar,
    pub(super) checkpoint: Condvar,
    /// Who has it copies the log.
    copying: Mutex<()>,
    pub(super) outbox_wake: Arc<Notify>,
    pub(super) email_wake: Arc<Notify>,
    pub(super) takes_writes: AtomicBool,
    pub(super) fatal: watch::Sender<Option<String>>,
}

#[derive(Default)]
pub(super) struct Queue {
    pub(super) jobs: VecDeque<Job>,
    pub(super) closed: bool,
    pub(super) checkpoint_wanted: bool,
}

impl JobOutcome {
    pub(super) fn of<T>(result: &Result<T, StoreError>) -> Self {
        match result {
            Ok(_) => Self::Keep,
            Err(error) => fatal_reason(error).map_or(Self::Undo, Self::Fatal),
        }
    }
}

impl Shared {
    pub(super) fn new() -> Self {
        Self {
            queue: Mutex::default(),
            filled: Condvar::new(),
            checkpoint: Condvar::new(),
            copying: Mutex::default(),
            outbox_wake: Arc::new(Notify::new()),
            email_wake: Arc::new(Notify::new()),
            takes_writes: AtomicBool::new(true),
            fatal: watch::Sender::new(None),
        }
    }

    pub(super) fn copying(&self) -> MutexGuard<'_, ()> {
        self.copying.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whatever ends the writer's thread, nobody waits for it any longer, and the service hears of it.
pub(super) struct End(pub(super) Arc<Shared>);

impl Drop for End {
    fn drop(&mut self) {
        let unanswered = {
            let mut queue = self.0.queue();
            queue.closed = true;
            std::mem::take(&mut queue.jobs)
        };
        self.0.takes_writes.store(false, Ordering::Relaxed);
        self.0.checkpoint.notify_all();
        if std::thread::panicking() {
            let reason = "the writer ended in an unforeseen way".to_owned();
            self.0.fatal.send_replace(Some(reason));
        }
        drop(unanswered);
    }
}

/// A failed fsync or a damaged file: what the page cache holds is no longer what the disk holds, and trying again would
/// report success (PostgreSQL's "fsyncgate").
pub(super) fn fatal_reason(error: &StoreError) -> Option<String> {
    let error = match error {
        StoreError::Untrusted(reason) => return Some(reason.clone()),
        StoreError::Sqlite(error) => error,
        _ => return None,
    };
    let code = error.sqlite_error()?;
    let fatal = matches!(
        code.code,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase
    ) || matches!(
        code.extended_code,
        rusqlite::ffi::SQLITE_IOERR_FSYNC | rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC
    );
    fatal.then(|| error.to_string())
}
