//! Figures over many complaints: whoever asks for them waits, and nobody who texts.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Waker};

use jibu::configuration::Live;
use jibu::store::StoreError;
use jibu::timers::do_what_is_due;

use crate::desk::Desk;
use crate::served::wait_for;
use crate::world::{AMINA, World, past_the_store};

/// Begins to ask; what is returned waits for the answer.
fn begun<F: Future>(asked: F) -> Pin<Box<F>> {
    let mut asked = Box::pin(asked);
    let is_pending = asked
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
        .is_pending();
    assert!(is_pending, "it waits");
    asked
}

/// How much this thread gives way, 0 to 19.
#[cfg(target_os = "linux")]
fn gives_way() -> i32 {
    rustix::process::getpriority_process(None).unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn figures_give_way_and_nothing_else_does() {
    let world = World::new();
    let own = gives_way();
    let figures = world.store.report(|_| Ok(gives_way()));
    assert_eq!(figures.await.unwrap(), own + 10);
    let pages = world.store.read(|_| Ok(gives_way()));
    assert_eq!(pages.await.unwrap(), own);
    let texts = world.store.write("priority", |_| Ok(gives_way()));
    assert_eq!(texts.await.unwrap(), own);
}

#[tokio::test]
async fn a_report_that_panics_ends_alone() {
    let world = World::new();
    for _ in 0..100 {
        let panicked = world
            .store
            .report(|_| -> Result<(), StoreError> { panic!("a defect") });
        assert!(panicked.await.is_err());
    }
    assert_eq!(world.store.report(|_| Ok(1)).await.unwrap(), 1);
}

type Answer = Result<(), StoreError>;
/// Who asked, and what they were told at once.
type Asked<'w> = (Pin<Box<dyn Future<Output = Answer> + 'w>>, Poll<Answer>);

/// A thousand ask for figures that are answered once the first of what is returned is dropped.
fn more_than_may_wait(world: &World) -> (mpsc::Sender<()>, Vec<Asked<'_>>) {
    let (go, held) = mpsc::channel::<()>();
    let held = Arc::new(Mutex::new(held));
    let ask = |_| {
        let held = Arc::clone(&held);
        let mut asked: Pin<Box<dyn Future<Output = Answer>>> =
            Box::pin(world.store.report(move |_| {
                let _ = held.lock().unwrap().recv();
                Ok(())
            }));
        let answer = asked.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        (asked, answer)
    };
    (go, (0..1_000).map(ask).collect())
}

#[tokio::test]
async fn who_asks_for_too_much_is_told_so_and_texts_go_on() {
    let world = World::new();
    let (go, waiting) = more_than_may_wait(&world);
    let refused = waiting
        .iter()
        .filter(|(_, answer)| matches!(answer, Poll::Ready(Err(StoreError::BusyCounting))));
    assert!(refused.count() > 800);
    assert!(world.text(AMINA, "no water in Eldas").await.is_some());
    drop(go);
    for (asked, answer) in waiting {
        if answer.is_pending() {
            asked.await.unwrap();
        }
    }
}

/// A reminder is told while as many ask for figures as may.
#[tokio::test]
async fn letters_that_are_urgent_wait_for_no_figures() {
    let desk = Desk::open().await;
    let (go, waiting) = more_than_may_wait(&desk.world);
    desk.later(30 * 24 * 60);
    let live = Live::new(
        Arc::clone(&desk.world.configuration),
        desk.world.clock.now(),
    );
    let letters = async || {
        let count = "SELECT count(*) FROM email";
        let database = past_the_store(&desk.world.folder);
        let count: u32 = database.query_row(count, [], |row| row.get(0)).unwrap();
        (count > 0).then_some(())
    };
    // What else is due may wait for figures.
    tokio::select! {
        () = async {
            do_what_is_due(&desk.world.store, &live).await;
            std::future::pending().await
        } => {}
        () = wait_for("a letter", letters) => {}
    }
    drop((go, waiting));
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_read() {
    let world = World::new();
    let (go, held) = mpsc::channel::<()>();
    let held = Arc::new(Mutex::new(held));
    let threads = std::thread::available_parallelism().unwrap().get();
    let all_busy: Vec<_> = (0..threads)
        .map(|_| {
            let held = Arc::clone(&held);
            begun(world.store.report(move |_| {
                let _ = held.lock().unwrap().recv();
                Ok(())
            }))
        })
        .collect();
    let read = Arc::new(AtomicUsize::new(0));
    for _ in 0..10 {
        let read = Arc::clone(&read);
        drop(begun(world.store.report(move |_| {
            read.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })));
    }
    drop(go);
    for one in all_busy {
        one.await.unwrap();
    }
    world.store.report(|_| Ok(())).await.unwrap();
    assert_eq!(read.load(Ordering::SeqCst), 0);
}
