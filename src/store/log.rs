//! The write-ahead log: how long it is, and how those who read again and again let it begin anew.
//!
//! It begins anew with a commit before which all of it was copied into the database and nobody was looking at what still stood in it.
//! Whoever reads for long reads in short looks; but where looks follow one another at once, and two people at theirs, somebody always looks.
//! So between two looks they ask how long the log is ([`make_way`]). It is the database that tells, so that this holds for a command beside
//! the service as well.

use std::thread::sleep;
use std::time::Duration;

use rusqlite::Connection;

/// With so many pages that are not copied yet there is much to do: a thread of its own copies them (4 MiB).
pub(super) const MANY_TO_COPY: i64 = 1_000;
/// With so many pages it is to begin anew (24 MiB).
pub(super) const PAGES_TO_RESTART: i64 = 6_000;

/// Several texts a second, or several hundred: in such a pause somebody wrote, if anybody writes much.
const PAUSE: Duration = Duration::from_millis(5);
/// After so many pauses somebody else keeps the log, and to wait for them helps nobody.
const MOST_PAUSES: usize = 20;

/// The log, in pages of the database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Log {
    pub(super) pages: i64,
    pub(super) to_copy: i64,
}

impl Log {
    /// How long it is now.
    pub(super) fn of(connection: &Connection) -> rusqlite::Result<Self> {
        Self::after(connection, "PRAGMA wal_checkpoint(NOOP)")
    }

    /// Copies what no reader still needs, without waiting for one.
    pub(super) fn copy(connection: &Connection) -> rusqlite::Result<Self> {
        Self::after(connection, "PRAGMA wal_checkpoint(PASSIVE)")
    }

    fn after(connection: &Connection, pragma: &str) -> rusqlite::Result<Self> {
        connection.prepare_cached(pragma)?.query_row([], |row| {
            let (pages, copied): (i64, i64) = (row.get(1)?, row.get(2)?);
            Ok(Self {
                pages,
                to_copy: pages - copied,
            })
        })
    }

    /// Whether only those who look keep it from beginning anew.
    fn waits_for_readers(self) -> bool {
        self.pages > PAGES_TO_RESTART && (1..=MANY_TO_COPY).contains(&self.to_copy)
    }
}

/// Before a look that others follow: waits, a tenth of a second at most, until a log that became long is copied to its end. Who looks then
/// sees the database alone, and the next commit begins the log anew. Where nobody writes, nobody else copies: then it is done here. Within a
/// transaction it does nothing.
#[expect(
    clippy::disallowed_methods,
    reason = "the log is another process's as well, and tells nobody that it was copied"
)]
pub(super) fn make_way(connection: &Connection) -> rusqlite::Result<()> {
    if !connection.is_autocommit() {
        return Ok(());
    }
    let mut before = Log::of(connection)?;
    for _ in 0..MOST_PAUSES {
        if !before.waits_for_readers() {
            break;
        }
        sleep(PAUSE);
        let log = Log::of(connection)?;
        if log == before {
            Log::copy(connection)?;
            break;
        }
        before = log;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::clock::Clock;
    use crate::store::{Store, StorePaths};

    /// So much is written at a time, so often: 200 MiB.
    const WRITE: u32 = 1 << 20;
    const WRITES: usize = 200;

    /// It looks without a pause, and at each look waits for a commit: some look is always older than the last commit.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn who_looks_again_and_again_lets_it_begin_anew() {
        let folder = tempfile::tempdir().unwrap();
        let paths = StorePaths {
            database: folder.path().join("jibu.sqlite3"),
            keys: folder.path().join("jibu.keys"),
        };
        let store = Store::open(&paths, Clock::system()).unwrap();
        let (committed, commits) = channel::<()>();
        let looking = store.report(move |reader| {
            let mut looks = 0;
            loop {
                make_way(reader.connection)?;
                let _look = reader.connection.unchecked_transaction()?;
                let sql = "SELECT count(*) FROM complaint";
                let _: i64 = reader.connection.query_row(sql, [], |row| row.get(0))?;
                commits.try_iter().for_each(drop);
                looks += 1;
                if commits.recv().is_err() {
                    return Ok(looks);
                }
            }
        });
        let writing = async {
            let write = |sql: String| {
                store.write("large", move |tx| Ok(tx.connection.execute_batch(&sql)?))
            };
            write("CREATE TABLE large (bytes BLOB)".to_owned())
                .await
                .unwrap();
            for _ in 0..WRITES {
                write(format!("INSERT INTO large VALUES (zeroblob({WRITE}))"))
                    .await
                    .unwrap();
                committed.send(()).unwrap();
            }
            drop(committed);
        };
        let (looks, ()) = tokio::join!(looking, writing);
        assert!(looks.unwrap() > 20, "somebody looked all the while");
        let length = std::fs::metadata(folder.path().join("jibu.sqlite3-wal"));
        let length = length.unwrap().len();
        assert!(length < 60 << 20, "{} MiB", length >> 20);
        store.close().await;
    }
}
