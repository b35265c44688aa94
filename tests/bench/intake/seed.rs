//! A database with many complaints in it, written directly: their sealed columns do not open, and nobody opens them.

use std::path::Path;

use rand::RngExt;
use rusqlite::{Connection, params};

/// Bytes that sealing adds: key id, nonce, tag.
const SEAL: usize = 41;

#[expect(clippy::disallowed_methods, reason = "the bench's own database")]
pub(crate) fn open(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384;")
        .unwrap();
    connection.set_prepared_statement_cache_capacity(64);
    if connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap()
        == 0
    {
        connection
            .execute_batch(include_str!("../../../schema.sql"))
            .unwrap();
    }
    connection
}

/// Stores that many complaints, sent and delivered; the next free id.
pub(crate) fn fill(connection: &Connection, count: usize) -> i64 {
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN")
        .unwrap();
    let mut next = 1;
    for index in 0..count {
        next = insert(connection, next);
        if index % 50_000 == 49_999 {
            connection.execute_batch("COMMIT; BEGIN").unwrap();
        }
    }
    connection
        .execute_batch("UPDATE outbox SET state = 'delivered'; COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL;")
        .unwrap();
    next
}

/// The rows that one complaint by SMS is made of.
pub(crate) fn insert(connection: &Connection, id: i64) -> i64 {
    let mut rng = rand::rng();
    let mut bytes = |length: usize| -> Vec<u8> { (0..length).map(|_| rng.random()).collect() };
    let (lookup, address, digest) = (bytes(16), bytes(SEAL + 13), bytes(16));
    let (words, reply) = (bytes(SEAL + 55), bytes(SEAL + 115));
    let sid = format!("SM{:032x}", rand::random::<u128>());
    // All over the index, each once: the multiplier shares no factor with the count of numbers.
    let number = 2_000_000_000 + id * 4_294_967_291 % 8_000_000_000;
    let reason = r#"{"rule":"water-point-broken","sure":0.8,"reasons":[{"pattern":"borehole","at":[0,8]}],"runners_up":[],"rules":"0123456789abcdef"}"#;
    let run = |sql: &str, given: &[&dyn rusqlite::ToSql]| {
        connection
            .prepare_cached(sql)
            .unwrap()
            .execute(given)
            .unwrap();
    };
    run(
        "INSERT INTO phone (id, lookup, address, language) VALUES (?1, ?2, ?3, 'en')",
        params![id, lookup, address],
    );
    run(
        "INSERT INTO complaint (id, number, phone_id, channel, county, place, sector, kind, priority, sensitive, language, status,
             holder, held_since, accept_due, first_action_due, resolve_due, opened_at, next_due, status_since, only_hop_at)
         VALUES (?1, ?2, ?3, 'sms', 'wajir', 'habasswein', 'water', 'service', 'normal', 0, 'en', 'referred', 'wajir-water', 1, 1, 1, 1, 1, 1, 1, 1)",
        params![id + 1, number, id],
    );
    run(
        "INSERT INTO message VALUES (?1, ?2, ?3, ?4, '+254700100200', ?5, NULL, 1, 'complaint', ?6, NULL)",
        params![id + 2, sid, digest, id, words, id + 1],
    );
    run(
        "INSERT INTO event (complaint_id, id, at, kind, actor, message_id) VALUES (?2, ?1, 1, 'received', 'complainant', ?3)",
        params![id + 3, id + 1, id + 2],
    );
    run(
        "INSERT INTO referral (complaint_id, id, from_holder, to_holder, actor, reason, at) VALUES (?2, ?1, NULL, 'wajir-water', 'rules', ?3, 1)",
        params![id + 4, id + 1, reason],
    );
    run(
        "INSERT INTO event (complaint_id, id, at, kind, actor, message_id) VALUES (?2, ?1, 1, 'referred', 'rules', NULL)",
        params![id + 5, id + 1],
    );
    run(
        "INSERT INTO outbox (id, phone_id, line, message_id, complaint_id, retry_of, words, segments, state, attempts, due_at, sid, delivery, code, why, created_at, changed_at) VALUES (?1, ?2, '+254700100200', ?3, ?4, NULL, ?5, 1, 'pending', 0, 1, NULL, NULL, NULL, NULL, 1, 1)",
        params![id + 6, id, id + 2, id + 1, reply],
    );
    id + 7
}
