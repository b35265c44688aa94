//! What was laid ready is taken in by who owns the database, a few rows at a time, so that no text waits long behind them.
//!
//! Nothing is tried for ever. A row that the database does not take is left out and told by its number; what was laid ready and cannot be
//! read is put aside, so that another import can begin. Only a database that takes nothing at all is waited for.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::chosen::clear_away;
use super::course::Course;
use super::order::Order;
use super::preparing::{Prepared, Preparing};
use crate::actions::{Lodged, lodge_complaint};
use crate::clock::{Clock, Stopwatch};
use crate::configuration::Live;
use crate::store::{Store, StoreError};

/// How often it is looked whether something waits.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often it is looked for files that nobody came back to.
const CLEAR_EVERY: Duration = Duration::from_secs(60 * 60);
/// After a failure it is tried again so much later, and twice as late each time: a full disk is not full for milliseconds.
const AFTER_A_FAILURE: Duration = Duration::from_secs(10);
/// It is not put off further than so many times: five minutes.
const MOST_DOUBLINGS: u32 = 5;
/// A file that the disk does not give is asked for so often, over half an hour.
const MOST_TRIES: u32 = 10;
/// A transaction of an import takes no longer, so that a text that waits for it is late by no more.
const AT_ONCE: Duration = Duration::from_millis(4);
/// Of so many rows that the database does not take the log says why.
const FAILURES_TOLD: usize = 20;

/// What was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Rows that are gone through.
    pub rows: usize,
    /// Those that are complaints now.
    pub new: usize,
    /// Those that could not be taken any more: the configuration changed since they were checked.
    pub refused: usize,
    /// Those that the database does not take, however often it is tried.
    pub failed: usize,
    /// The first of these, as the file counts them.
    pub first_failed: Option<usize>,
}

/// Takes in whatever waits beside the database, until it is told to stop; what is not through then goes on at the next start.
pub async fn run(
    store: Store,
    configuration: Live,
    clock: Clock,
    course: Course,
    mut stop: watch::Receiver<bool>,
) {
    let mut cleared = Stopwatch::start();
    let mut failures = 0;
    loop {
        let mut pause = LOOK_EVERY;
        if cleared.elapsed() > CLEAR_EVERY {
            clear_away(&store, clock.now(), false);
            cleared = Stopwatch::start();
        }
        if store.is_import_waiting() {
            let order = order(&store);
            let taking = take_in(&store, &configuration, &clock, &stop, |taken| {
                course.is_at(taken.rows);
            });
            match taking.await {
                Ok(Some(taken)) => {
                    failures = 0;
                    course.is_through(order, taken);
                    tell(taken);
                }
                Ok(None) => return,
                Err(error) => {
                    failures += 1;
                    pause = failed(&store, &course, error, failures);
                }
            }
        } else {
            failures = 0;
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Says what holds it up; when it is tried again.
fn failed(store: &Store, course: &Course, error: StoreError, failures: u32) -> Duration {
    let error = match error {
        StoreError::Spool(_) if failures >= MOST_TRIES => put_aside(store, error),
        error => error,
    };
    if let StoreError::ImportAside(why) = error {
        course.is_put_aside();
        tracing::error!(
            error = %why,
            "The import that waited cannot be taken in and was put aside; what came of it before stays, and its file can be imported once more"
        );
        return LOOK_EVERY;
    }
    course.holds_up();
    tracing::warn!(%error, failures, "The import that waits could not be taken in; it is tried again");
    AFTER_A_FAILURE * 2_u32.pow(failures.saturating_sub(1).min(MOST_DOUBLINGS))
}

fn tell(taken: TakenIn) {
    let TakenIn {
        rows,
        new,
        refused,
        failed,
        ..
    } = taken;
    if refused + failed > 0 {
        tracing::error!(
            rows,
            new,
            refused,
            failed,
            "Imported, but for rows that the configuration of now refuses, or the database: import the file again to see which"
        );
    } else {
        tracing::info!(rows, new, "Imported");
    }
}

/// What was handed over with what waits.
pub fn order(store: &Store) -> Option<Order> {
    store.import_order().as_deref().and_then(Order::from_text)
}

/// Takes in all that waits; `None`: it was stopped in between. What was taken in before, in part or whole, is not taken in twice.
///
/// # Errors
/// The store's or the disk's; then it waits still. Or it cannot be taken in, and was put aside.
pub async fn take_in(
    store: &Store,
    configuration: &Live,
    clock: &Clock,
    stop: &watch::Receiver<bool>,
    told: impl FnMut(TakenIn),
) -> Result<Option<TakenIn>, StoreError> {
    match take_in_all(store, configuration, clock, stop, told).await {
        Err(error) if error.is_of_the_job() || matches!(error, StoreError::Damaged) => {
            Err(put_aside(store, error))
        }
        taken => taken,
    }
}

/// Where not even that can be done it waits still.
fn put_aside(store: &Store, error: StoreError) -> StoreError {
    match store.put_import_aside() {
        Ok(()) => StoreError::ImportAside(Box::new(error)),
        Err(of_the_disk) => of_the_disk,
    }
}

async fn take_in_all(
    store: &Store,
    configuration: &Live,
    clock: &Clock,
    stop: &watch::Receiver<bool>,
    mut told: impl FnMut(TakenIn),
) -> Result<Option<TakenIn>, StoreError> {
    let mut taken = TakenIn::default();
    let Some(waiting) = store.waiting_import()? else {
        return Ok(Some(taken));
    };
    let order = order(store).map(Arc::new);
    let mut preparing = Preparing::new(waiting, configuration, clock);
    let mut ready;
    (preparing, ready) = preparing.next().await?;
    while let Some(part) = ready {
        if *stop.borrow() {
            return Ok(None);
        }
        taken.rows += part.rows.len() + part.refused;
        taken.refused += part.refused;
        // The next rows are read and routed while these are written.
        let written = write(store, part.rows, order.as_ref(), &mut taken);
        let (written, next) = tokio::join!(written, preparing.next());
        written?;
        (preparing, ready) = next?;
        told(taken);
    }
    // A file that was cut off between two parts reads as one that is over.
    if order.is_some_and(|order| order.rows != taken.rows) {
        return Err(StoreError::Damaged);
    }
    store.take_away_import()?;
    Ok(Some(taken))
}

/// Writes rows, and leaves out what the database does not take.
async fn write(
    store: &Store,
    rows: Vec<Prepared>,
    order: Option<&Arc<Order>>,
    taken: &mut TakenIn,
) -> Result<(), StoreError> {
    let rows = Arc::new(rows);
    let (mut at, mut together) = (0, rows.len());
    while let Some((number, _)) = rows.get(at) {
        match write_some(store, &rows, at..at + together, order).await {
            Ok((new, next)) => {
                taken.new += new;
                at = next;
            }
            // One of them fails, and would again: from here on each goes by itself.
            Err(error) if error.is_of_the_job() && together > 1 => together = 1,
            Err(error) if error.is_of_the_job() => {
                taken.fails(*number, &error);
                at += 1;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

impl TakenIn {
    fn fails(&mut self, row: usize, error: &StoreError) {
        self.failed += 1;
        self.first_failed.get_or_insert(row);
        if self.failed <= FAILURES_TOLD {
            tracing::error!(row, %error, "A row of an import is left out: the database does not take it");
        }
    }
}

/// Writes the first of some rows, no more than a few milliseconds take; how many are new, and which is the next.
async fn write_some(
    store: &Store,
    rows: &Arc<Vec<Prepared>>,
    some: Range<usize>,
    order: Option<&Arc<Order>>,
) -> Result<(usize, usize), StoreError> {
    let (rows, order) = (Arc::clone(rows), order.cloned());
    let write = store.write("import", move |tx| {
        let began = Stopwatch::start();
        let (mut new, mut next) = (0, some.start);
        for (_, row) in rows.iter().take(some.end).skip(some.start) {
            if next > some.start && began.elapsed() >= AT_ONCE {
                break;
            }
            if let Lodged::Taken(receipt) = lodge_complaint(tx, row)? {
                if let (0, Some(order)) = (new, &order) {
                    order.leave_trace(tx, receipt.complaint_id)?;
                }
                new += 1;
            }
            next += 1;
        }
        Ok((new, next))
    });
    write.await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StorePaths;

    #[test]
    fn a_database_that_takes_nothing_is_waited_for_and_a_file_that_is_not_to_be_had_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let paths = StorePaths {
            database: folder.path().join("jibu.sqlite3"),
            keys: folder.path().join("jibu.keys"),
        };
        let store = Store::open(&paths, Clock::system()).unwrap();
        let order = Order {
            name: "hotline".to_owned(),
            rows: 0,
            by: None,
        };
        let spool = store.spool().unwrap();
        spool.finish(&order.to_text().unwrap()).unwrap();
        let course = Course::default();
        let mut longest = Duration::ZERO;
        for failures in 1..100 {
            let pause = failed(&store, &course, StoreError::Busy, failures);
            assert!(pause >= longest, "more and more rarely");
            longest = pause;
            assert!(store.is_import_waiting() && course.is_held_up());
        }
        assert_eq!(longest, Duration::from_secs(320));
        for failures in 1..=MOST_TRIES {
            assert!(store.is_import_waiting(), "{failures}");
            let lost = StoreError::Spool(std::io::ErrorKind::PermissionDenied.into());
            failed(&store, &course, lost, failures);
        }
        assert!(store.is_import_aside() && !store.is_import_waiting() && !course.is_held_up());
    }
}
