//! The writer, when what must not happen happens: nobody waits for ever, and nothing is written after a disk lied.

use std::sync::mpsc;
use std::time::Duration;

use futures_util::FutureExt;
use jibu::clock::Stopwatch;
use jibu::store::{Store, StoreError, Tx};
use rusqlite::{Connection, ffi};

use crate::served::PATIENCE;
use crate::world::{AMINA, World, past_the_store};

/// A write that does nothing; it must come back, whatever it says.
async fn a_write(store: &Store) -> Result<(), StoreError> {
    tokio::time::timeout(PATIENCE, store.write("nothing", |_: &mut Tx<'_>| Ok(())))
        .await
        .expect("a write came back")
}

async fn reason_to_end(store: &Store) -> String {
    let mut fatal = store.fatal();
    let told = tokio::time::timeout(PATIENCE, fatal.wait_for(Option::is_some))
        .await
        .expect("the service hears of it");
    told.unwrap().clone().unwrap()
}

fn damaged() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), None)
}

#[tokio::test]
async fn a_job_that_panics_is_undone_alone() {
    let world = World::new();
    let panicked = world
        .store
        .write("panics", |tx| -> Result<(), StoreError> {
            tx.take_room()?;
            panic!("a defect")
        })
        .await;
    assert!(matches!(panicked, Err(StoreError::Panicked("panics"))));
    assert!(world.text(AMINA, "no water in Eldas").await.is_some());
}

#[tokio::test]
async fn a_writer_that_dies_leaves_nobody_waiting() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a defect where nothing catches it")
        }
    }
    let world = World::new();
    let (go, wait) = mpsc::channel::<()>();
    let bomb = world.store.write("bomb", move |_: &mut Tx<'_>| {
        wait.recv().unwrap();
        Ok(Bomb)
    });
    // Queued, and then nobody waits for it: its answer is dropped in the writer's thread.
    tokio::select! { biased; _ = bomb => unreachable!("it waits"), () = std::future::ready(()) => {} }
    let queued = tokio::spawn({
        let store = world.store.clone();
        async move { a_write(&store).await }
    });
    tokio::task::yield_now().await;
    go.send(()).unwrap();
    assert!(queued.await.unwrap().is_err());
    assert!(reason_to_end(&world.store).await.contains("unforeseen"));
    assert!(matches!(
        a_write(&world.store).await,
        Err(StoreError::Closed)
    ));
    assert!(!world.store.takes_writes(), "/health says so");
}

#[tokio::test]
async fn nothing_is_written_after_the_disk_proved_unreliable() {
    let world = World::new();
    let met: Result<(), _> = world.store.write("reads", |_| Err(damaged().into())).await;
    assert!(met.is_err());
    reason_to_end(&world.store).await;
    assert!(a_write(&world.store).await.is_err());
}

fn lock(world: &World) -> Connection {
    let intruder = past_the_store(&world.folder);
    intruder.execute_batch("BEGIN IMMEDIATE").unwrap();
    intruder
}

/// Within the 9 seconds that the service grants itself, however many groups wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_does_not_wait_for_a_locked_database_group_by_group() {
    let world = World::new();
    let _intruder = lock(&world);
    let mut waiting: Vec<_> = (0..200).map(|_| Box::pin(a_write(&world.store))).collect();
    for write in &mut waiting {
        // Looked at once, it is queued.
        assert!(write.now_or_never().is_none());
    }
    let asked = Stopwatch::start();
    world.store.close().await;
    assert!(asked.elapsed() < Duration::from_secs(9));
    for write in waiting {
        assert!(write.await.is_err());
    }
}

#[tokio::test]
async fn a_queue_that_is_full_says_so_at_once() {
    let world = World::new();
    let (go, wait) = mpsc::channel::<()>();
    let held = tokio::spawn({
        let store = world.store.clone();
        async move {
            let job = store.write("holds the writer", move |_: &mut Tx<'_>| {
                wait.recv().unwrap();
                Ok(())
            });
            job.await
        }
    });
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..1_200 {
        let store = world.store.clone();
        waiting.spawn(async move { a_write(&store).await });
    }
    let first = waiting.join_next().await.unwrap().unwrap();
    assert!(matches!(first, Err(StoreError::Busy)), "{first:?}");
    go.send(()).unwrap();
    held.await.unwrap().unwrap();
    let refused = waiting.join_all().await.into_iter().filter(Result::is_err);
    assert!(refused.count() < 200, "the others are taken");
}
