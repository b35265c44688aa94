//! The senders' loop, the same for texts and for emails.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::store::{Store, StoreError, Tx};

/// The longest time without a look at the table, should a wake be lost.
const LONGEST_SLEEP: Duration = Duration::from_secs(5);
/// After a look that failed.
pub(super) const AFTER_A_FAILED_LOOK: Duration = Duration::from_secs(1);
/// Between the first two tries to record what came of a hand-over; each further wait is twice as long, up to
/// [`LONGEST_SLEEP`].
const BETWEEN_RECORDS: Duration = Duration::from_millis(200);

/// What sends from a table of its own.
pub(super) trait Post: Send + Sync + 'static {
    /// Wakes when something was put into the table.
    fn wake(&self) -> &Notify;

    /// By which it is known what is due.
    fn clock(&self) -> &Clock;

    /// Marks what the last process left on the wire; whether that could be done.
    fn doubt_interrupted(&self) -> impl Future<Output = bool> + Send;

    /// Claims what is due and may leave, and sends each on its way; how long to sleep if nothing wakes us.
    fn launch(self: &Arc<Self>, flights: &mut JoinSet<()>)
    -> impl Future<Output = Duration> + Send;
}

/// Sends until `stop` turns true; then lets what is in flight finish, and returns.
pub(super) async fn run(post: Arc<impl Post>, mut stop: watch::Receiver<bool>) {
    let mut flights = JoinSet::new();
    let mut doubted = false;
    let mut moves = post.clock().moves();
    while !*stop.borrow() {
        let pause = if doubted {
            while flights.try_join_next().is_some() {}
            post.launch(&mut flights).await
        } else {
            doubted = post.doubt_interrupted().await;
            if doubted {
                Duration::ZERO
            } else {
                AFTER_A_FAILED_LOOK
            }
        };
        tokio::select! {
            _ = stop.changed() => {}
            () = post.wake().notified() => {}
            () = moves.next() => {}
            Some(_) = flights.join_next() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    while flights.join_next().await.is_some() {}
}

/// Tells how marking what was on the wire went; whether it did.
pub(super) fn doubted(what: &str, marked: Result<usize, StoreError>) -> bool {
    match marked {
        Ok(0) => true,
        Ok(count) => {
            tracing::warn!(
                count,
                "Some {what} were being sent when jibu stopped; they are uncertain now and wait"
            );
            true
        }
        Err(error) => {
            tracing::error!(%error, "The outbox cannot be read yet; no {what} are sent meanwhile");
            false
        }
    }
}

/// The time until then, within what the loop sleeps at most.
pub(super) fn until(then: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    then.and_then(|then| (then - now).to_std().ok())
        .map_or(LONGEST_SLEEP, |wait| wait.min(LONGEST_SLEEP))
}

/// The time until the next look: when something is due, or the pace allows more. What is due already waits for something else.
pub(super) fn until_next(
    next_due: Option<DateTime<Utc>>,
    by_pace: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Duration {
    let due = next_due.filter(|due| *due > now);
    until([by_pace, due].into_iter().flatten().min(), now)
}

/// Records what came of a hand-over; keeps trying while the disk is full, for what is not recorded is in doubt after a restart, and
/// until then holds back all later texts to its phone.
pub(super) async fn record(
    store: &Store,
    name: &'static str,
    id: i64,
    settle: impl Fn(&mut Tx<'_>) -> Result<(), StoreError> + Clone + Send + 'static,
) {
    let mut wait = BETWEEN_RECORDS;
    loop {
        match store.write(name, settle.clone()).await {
            Ok(()) => return,
            Err(StoreError::Closed) => break,
            Err(error) => {
                tracing::error!(outbox.id = id, %error, "What a hand-over came to could not be recorded yet")
            }
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_SLEEP);
    }
    tracing::error!(
        outbox.id = id,
        "What a hand-over came to was not recorded: it is uncertain after the next start"
    );
}
