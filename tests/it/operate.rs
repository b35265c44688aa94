//! What an operator does, and what goes wrong on their machine.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use jibu::clock::Clock;
use jibu::store::{OpenError, Store, open_for_audit, open_for_reading, open_with_keys};
use reqwest::StatusCode;

use crate::process::{Process, free_port, gateway_for};
use crate::served::{Served, client, wait_for};
use crate::world::{AMINA, World, new_sid, past_the_store, paths};

#[tokio::test]
async fn a_second_process_is_refused_and_a_stopped_one_makes_room() {
    let world = World::new();
    let second = Store::open(&paths(&world.folder), Clock::system());
    assert!(matches!(second, Err(OpenError::InUse(_))));
    world.store.close().await;
    Store::open(&paths(&world.folder), Clock::system()).unwrap();
}

#[tokio::test]
async fn keys_are_private_and_a_database_without_its_own_is_refused() {
    let world = World::new();
    let paths = paths(&world.folder);
    for file in [&paths.keys, &paths.database] {
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            file.display()
        );
    }
    world.store.close().await;

    let keys = std::fs::read(&paths.keys).unwrap();
    std::fs::remove_file(&paths.keys).unwrap();
    assert!(matches!(
        Store::open(&paths, Clock::system()),
        Err(OpenError::KeysMissing { .. })
    ));
    assert!(
        !paths.keys.exists(),
        "no new keys are made for an old database"
    );

    std::fs::write(&paths.keys, "something else").unwrap();
    assert!(matches!(
        Store::open(&paths, Clock::system()),
        Err(OpenError::KeysUnreadable(..))
    ));
    let others = World::new();
    std::fs::copy(crate::world::paths(&others.folder).keys, &paths.keys).unwrap();
    assert!(matches!(
        Store::open(&paths, Clock::system()),
        Err(OpenError::KeysOfAnother)
    ));

    std::fs::write(&paths.keys, keys).unwrap();
    Store::open(&paths, Clock::system()).unwrap();
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let world = World::new();
    let paths = paths(&world.folder);
    world.store.close().await;
    past_the_store(&world.folder)
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert!(matches!(
        Store::open(&paths, Clock::system()),
        Err(OpenError::Newer { found: 99, .. })
    ));
    assert!(matches!(
        open_for_reading(&paths.database),
        Err(OpenError::Newer { .. })
    ));
}

#[tokio::test]
async fn an_older_database_is_copied_and_audited_and_read_when_it_is_up_to_date() {
    let world = World::new();
    let paths = paths(&world.folder);
    world.store.close().await;
    past_the_store(&world.folder)
        .execute_batch(
            "DROP INDEX complaint_counted; ALTER TABLE complaint DROP COLUMN only_hop_at;
             CREATE INDEX complaint_counted ON complaint (county); PRAGMA user_version = 14;",
        )
        .unwrap();
    let refused = open_with_keys(&paths).err().unwrap().to_string();
    assert!(
        refused.contains("version 14") && refused.contains("`jibu serve`"),
        "{refused}"
    );
    let audited = open_for_audit(&paths).unwrap();
    assert_eq!(audited.reader().audit_chain().unwrap().damage, None);
    let copy = world.folder.path().join("copy.sqlite3");
    let old = open_for_reading(&paths.database).unwrap();
    old.backup(&copy, |_| {}).unwrap();
    let store = Store::open(&paths, Clock::system()).unwrap();
    store.close().await;
    assert!(open_with_keys(&paths).is_ok());
}

#[tokio::test]
async fn a_locked_database_is_503_and_recovers() {
    let served = Served::start().await;
    // What is written at a start would wait for the intruder too, and the text behind it.
    wait_for("the first look at the gateway's list", async || {
        (served.health().await["missed_texts"]["list"] == "well").then_some(())
    })
    .await;
    let intruder = past_the_store(&served.folder);
    intruder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let sid = new_sid();
    assert_eq!(
        served.deliver(&sid, AMINA, "no water").await,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(served.health_status().await, 503);
    intruder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(
        served.deliver(&sid, AMINA, "no water").await,
        StatusCode::OK
    );
    assert_eq!(served.health_status().await, 200);
    served.settled().await;
    assert_eq!(served.accepted().await.len(), 1);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_finishes_what_is_in_flight_and_exits_with_0() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let (_sandbox, gateway) = gateway_for(&format!("http://127.0.0.1:{port}"));
    let mut process = Process::serve(folder.path(), port, &gateway, &[]).await;
    process.terminate();
    assert!(process.wait().success(), "{}", process.log());
    assert!(process.log().contains("Stopping"));
    let wal = folder.path().join("jibu.sqlite3-wal");
    assert!(
        !wal.exists() || std::fs::metadata(wal).unwrap().len() == 0,
        "the log is folded in"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_that_are_unknown_or_missing_refuse_to_start() {
    let folder = tempfile::tempdir().unwrap();
    for (variable, value, told) in [
        ("JIBU_SERVER__LISTN", "127.0.0.1:1", "JIBU_SERVER__LISTEN"),
        ("JIBU_GATEWAY__ACCOUNT_SID", "", "account_sid"),
        ("JIBU_OUTBOX__PER_SECOND", "fast", "JIBU_OUTBOX__PER_SECOND"),
    ] {
        let mut process = Process::spawn(
            folder.path(),
            free_port(),
            "http://127.0.0.1:9",
            &[(variable, value)],
        );
        assert!(!process.wait().success());
        let log = wait_for("its last words", async || {
            Some(process.log()).filter(|log| log.contains(told))
        })
        .await;
        assert!(log.contains(told), "{log}");
    }
}

/// Without it, another SQLite that opens the database and leaves takes itself for the last, folds the write-ahead log in and takes
/// it away from under the service. (Which versions do so differs, so that the lock itself is looked for.)
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_service_holds_its_lock_on_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let (_sandbox, gateway) = gateway_for(&format!("http://127.0.0.1:{port}"));
    let process = Process::serve(folder.path(), port, &gateway, &[]).await;
    let database = std::fs::metadata(paths(&folder).database).unwrap().ino();
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let held = |lock: &&str| lock.contains("POSIX") && lock.contains(&format!(":{database} "));
    assert_eq!(locks.lines().filter(held).count(), 1, "{locks}");
    drop(process);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_number_and_no_text_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let (_sandbox, gateway) = gateway_for(&format!("http://127.0.0.1:{port}"));
    let mut process =
        Process::serve(folder.path(), port, &gateway, &[("log.level", "trace")]).await;
    let form = crate::served::form(
        &new_sid(),
        "+254733777888",
        "The Zanzibarian borehole is broken",
    );
    for (path, key) in [
        ("/gateway/inbound", crate::served::KEY),
        ("/gateway/inbound", "forged"),
        ("/gateway/status?oid=1", crate::served::KEY),
    ] {
        crate::served::post(&client(), &process.url, path, &form, key).await;
    }
    wait_for("the reply to be sent", async || {
        (!crate::served::accepted(&client(), &gateway)
            .await
            .is_empty())
        .then_some(())
    })
    .await;
    process.terminate();
    process.wait();
    let log = process.log();
    assert!(log.contains("Took a text in"), "{log}");
    for canary in ["254733777888", "733777888", "Zanzibarian", "Complaint "] {
        let line = log.lines().find(|line| line.contains(canary));
        assert!(line.is_none(), "{canary} is in the log: {line:?}");
    }
}

#[tokio::test]
async fn a_backup_is_whole_and_never_sends_what_the_original_may_have_sent() {
    let world = World::new();
    let reply = world
        .text(AMINA, "Borehole in Eldas is broken")
        .await
        .unwrap();
    let backup = world.folder.path().join("backup.sqlite3");
    let original = open_for_reading(&paths(&world.folder).database).unwrap();
    original.backup(&backup, |_| {}).unwrap();
    assert!(
        original.backup(&backup, |_| {}).is_err(),
        "an existing file is not written over"
    );

    let restored = tempfile::tempdir().unwrap();
    std::fs::copy(&backup, paths(&restored).database).unwrap();
    std::fs::copy(paths(&world.folder).keys, paths(&restored).keys).unwrap();
    let states: Vec<String> = open_for_reading(&backup)
        .unwrap()
        .outbox(None, 10)
        .unwrap()
        .into_iter()
        .map(|row| row.state)
        .collect();
    assert_eq!(states, ["uncertain"]);
    let store = Store::open(&paths(&restored), world.clock.clone()).unwrap();
    let world = World {
        store,
        folder: restored,
        ..world
    };
    let number = &reply[reply.find(char::is_numeric).unwrap()..][..12];
    let status = world.text(AMINA, number).await.unwrap();
    assert!(status.contains(number), "{status}");
}
