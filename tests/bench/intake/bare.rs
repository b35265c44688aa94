//! The bound of the disk and of SQLite: a loop that inserts the rows of a complaint, in groups of 64, with FULL. Nothing is
//! verified, read, sealed or looked up; sealed columns are random bytes of the size that sealing gives.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::seed;

const GROUP: usize = 64;

pub(crate) struct Loop {
    connection: Connection,
    next: i64,
}

impl Loop {
    pub(crate) fn new(folder: &Path, stored: usize) -> Self {
        let connection = seed::open(&folder.join("bare.sqlite3"));
        let next = seed::fill(&connection, stored);
        Self { connection, next }
    }

    /// Inserts that many complaints; how many a second.
    #[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
    pub(crate) fn insert(&mut self, count: usize) -> f64 {
        let started = std::time::Instant::now();
        for _ in 0..count / GROUP {
            self.connection
                .prepare_cached("BEGIN IMMEDIATE")
                .unwrap()
                .execute([])
                .unwrap();
            for _ in 0..GROUP {
                self.next = seed::insert(&self.connection, self.next);
                self.connection
                    .prepare_cached(
                        "INSERT INTO tally VALUES ('minute', 0, 1, 1), ('day', 0, 1, 1)
                         ON CONFLICT DO UPDATE SET replies = replies + 1, segments = segments + 1",
                    )
                    .unwrap()
                    .execute(params![])
                    .unwrap();
            }
            self.connection
                .prepare_cached("COMMIT")
                .unwrap()
                .execute([])
                .unwrap();
        }
        (count / GROUP * GROUP) as f64 / started.elapsed().as_secs_f64()
    }
}
