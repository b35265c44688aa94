//! The write-ahead log, copied into the database in time.
//!
//! Checkpoints are taken by a second thread on a connection of its own, so that no job waits while pages are copied. It
//! can never quite catch up with a writer that does not rest; so past [`PAGES_TO_RESTART`] the writer copies the few
//! pages that are left itself, and its next commit begins the file anew. Where large transactions come faster than they are
//! copied there are never few; past [`PAGES_TO_WAIT`] the next job waits until all is copied. Readers who still look at what was before
//! keep the log longer, and let it begin anew between two looks (see `store/log.rs`); what one keeps from being copied for long is again the
//! second thread's, for it may be much.

use std::sync::PoisonError;

use rusqlite::Connection;

use super::queue::Shared;
use crate::store::log::{Log, MANY_TO_COPY, PAGES_TO_RESTART};

/// With so many pages in the log, many of them to copy, the writer copies them before its next group (55 MiB).
const PAGES_TO_WAIT: i64 = 14_000;
/// So many pages it copies itself, at most: more than that only a reader keeps from being copied (110 MiB).
const PAGES_TO_COPY: i64 = 2 * PAGES_TO_WAIT;

/// After each of the writer's groups: has the log copied if it grew. Its file keeps its length when it begins anew, so the
/// pages in use are asked for.
pub(super) fn mind(writers: &Connection, shared: &Shared) {
    let log = match Log::of(writers) {
        Ok(log) => log,
        Err(error) => {
            tracing::warn!(%error, "The length of the write-ahead log is not known");
            return;
        }
    };
    if log.pages > PAGES_TO_WAIT && log.to_copy <= PAGES_TO_COPY {
        // The second thread may be at it, and two at once cannot be.
        let _alone = shared.copying();
        checkpoint(writers);
    } else if log.to_copy > MANY_TO_COPY {
        shared.queue().checkpoint_wanted = true;
        shared.checkpoint.notify_one();
    } else if log.pages > PAGES_TO_RESTART {
        checkpoint(writers);
    }
}

fn checkpoint(connection: &Connection) {
    if let Err(error) = Log::copy(connection) {
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
        let _alone = shared.copying();
        checkpoint(connection);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use crate::clock::Clock;
    use crate::store::{Store, StorePaths};

    /// So much is written by a job: a full group of them is 20 MiB.
    const JOB: u32 = 20 << 14;
    /// Ten groups, 200 MiB.
    const JOBS: usize = 640;

    #[tokio::test]
    async fn large_writes_without_a_pause_do_not_make_it_longer_and_longer() {
        let folder = tempfile::tempdir().unwrap();
        let paths = StorePaths {
            database: folder.path().join("jibu.sqlite3"),
            keys: folder.path().join("jibu.keys"),
        };
        let store = Store::open(&paths, Clock::system()).unwrap();
        let write =
            |sql: String| store.write("large", move |tx| Ok(tx.connection.execute_batch(&sql)?));
        write("CREATE TABLE large (bytes BLOB)".to_owned())
            .await
            .unwrap();
        let insert = format!("INSERT INTO large VALUES (zeroblob({JOB}))");
        let written = join_all((0..JOBS).map(|_| write(insert.clone()))).await;
        assert!(written.iter().all(Result::is_ok));
        let log = folder.path().join("jibu.sqlite3-wal");
        let length = std::fs::metadata(log).unwrap().len();
        assert!(length < 100 << 20, "{} MiB", length >> 20);
        store.close().await;
    }
}
