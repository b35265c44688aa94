//! The write-ahead log, copied into the database in time.
//!
//! Checkpoints are taken by a second thread on a connection of its own, so that no job waits while pages are copied. It
//! can never quite catch up with a writer that does not rest; so past [`PAGES_TO_RESTART`] the writer copies the few
//! pages that are left itself, and its next commit begins the file anew.

use std::sync::PoisonError;

use rusqlite::Connection;

use super::queue::Shared;

/// With so many pages in the write-ahead log that are not copied yet, the second thread copies them (4 MiB).
const PAGES_TO_CHECKPOINT: i64 = 1_000;
/// With so many pages in the log, and few to copy, the writer copies the rest, so that the log begins anew (24 MiB).
const PAGES_TO_RESTART: i64 = 6_000;

/// After each of the writer's groups: has the log copied if it grew. Its file keeps its length when it begins anew, so the
/// pages in use are asked for.
pub(super) fn mind(writers: &Connection, shared: &Shared) {
    let log = match log_of(writers, "PRAGMA wal_checkpoint(NOOP)") {
        Ok(log) => log,
        Err(error) => {
            tracing::warn!(%error, "The length of the write-ahead log is not known");
            return;
        }
    };
    if log.to_copy > PAGES_TO_CHECKPOINT {
        shared.queue().checkpoint_wanted = true;
        shared.checkpoint.notify_one();
    } else if log.pages > PAGES_TO_RESTART {
        checkpoint(writers);
    }
}

/// The write-ahead log, in pages of the database.
struct Log {
    pages: i64,
    to_copy: i64,
}

fn log_of(connection: &Connection, pragma: &str) -> rusqlite::Result<Log> {
    connection.prepare_cached(pragma)?.query_row([], |row| {
        let (pages, copied): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(Log {
            pages,
            to_copy: pages - copied,
        })
    })
}

/// Copies what no reader still needs, without making anybody wait.
fn checkpoint(connection: &Connection) {
    if let Err(error) = log_of(connection, "PRAGMA wal_checkpoint(PASSIVE)") {
        tracing::warn!(%error, "A checkpoint failed; the log grows until one succeeds");
    }
}

/// What the second thread does, until the writer ends.
pub(super) fn take_checkpoints(connection: &Connection, shared: &Shared) {
    loop {
        let mut queue = shared.queue();
        while !queue.checkpoint_wanted {
            if queue.closed {
                return;
            }
            queue = shared
                .checkpoint
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        queue.checkpoint_wanted = false;
        drop(queue);
        checkpoint(connection);
    }
}
