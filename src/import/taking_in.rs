//! What was laid ready is taken in by who owns the database, a few rows at a time, so that no text waits long behind them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use super::chosen::clear_away;
use super::course::{Course, Trouble};
use super::handed_over;
use super::order::Order;
use crate::actions::{Lacks, Lodged, Lodging, PreparedLodging, lodge_complaint};
use crate::clock::{Clock, Stopwatch};
use crate::configuration::{Configuration, Live};
use crate::store::{Store, StoreError, Waiting};

/// How often it is looked whether something waits.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often it is looked for files that nobody came back to.
const CLEAR_EVERY: Duration = Duration::from_secs(60 * 60);
/// After a failure it is tried again so much later: a full disk is not full for milliseconds.
const AFTER_A_FAILURE: Duration = Duration::from_secs(10);
/// A transaction of an import takes no longer, so that a text that waits for it is late by no more.
const AT_ONCE: Duration = Duration::from_millis(4);
/// Receipts of an import leave at this part of the agreed pace, so that the answers to people always find room.
const PART_OF_THE_PACE: i64 = 4;

/// What was taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Rows that are gone through.
    pub rows: usize,
    /// Those that are complaints now.
    pub new: usize,
    /// Those that could not be taken any more: the configuration changed since they were checked.
    pub refused: usize,
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
                    course.is_through(order, taken);
                    tell(taken);
                }
                Ok(None) => return,
                Err(error) => {
                    // Somebody may have taken it away just now.
                    if store.is_import_waiting() {
                        course.is_held_up(Trouble::from(&error));
                    }
                    tracing::warn!(%error, "The import that waits could not be taken in; it is tried again");
                    pause = AFTER_A_FAILURE;
                }
            }
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

fn tell(taken: TakenIn) {
    let TakenIn { rows, new, refused } = taken;
    if refused > 0 {
        tracing::error!(
            rows,
            new,
            refused,
            "Imported, but for rows that the configuration of now does not take: import the file again to see which"
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
/// The store's or the disk's; then it waits still.
pub async fn take_in(
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
    let mut preparing = Preparing {
        waiting,
        configuration: configuration.clone(),
        clock: clock.clone(),
        receipts: 0,
    };
    let mut ready;
    (preparing, ready) = preparing.next().await?;
    while let Some(part) = ready {
        if *stop.borrow() {
            return Ok(None);
        }
        taken.rows += part.rows.len() + part.refused;
        taken.refused += part.refused;
        // The next rows are read and routed while these are written.
        let (written, next) = tokio::join!(write(store, part.rows, &order), preparing.next());
        taken.new += written?;
        (preparing, ready) = next?;
        told(taken);
    }
    store.take_away_import()?;
    Ok(Some(taken))
}

/// Writes rows, no more in one transaction than take a few milliseconds; how many are new.
async fn write(
    store: &Store,
    mut rows: VecDeque<PreparedLodging>,
    order: &Option<Arc<Order>>,
) -> Result<usize, StoreError> {
    let mut new = 0;
    while !rows.is_empty() {
        let order = order.clone();
        let write = store.write("import", move |tx| {
            let began = Stopwatch::start();
            let mut new = 0;
            while began.elapsed() < AT_ONCE
                && let Some(row) = rows.pop_front()
            {
                if let Lodged::Taken(receipt) = lodge_complaint(tx, &row)? {
                    if let (0, Some(order)) = (new, &order) {
                        order.leave_trace(tx, receipt.complaint_id)?;
                    }
                    new += 1;
                }
            }
            Ok((new, rows))
        });
        let (written, rest) = write.await?;
        new += written;
        rows = rest;
    }
    Ok(new)
}

/// Rows that are read and routed.
struct Part {
    rows: VecDeque<PreparedLodging>,
    refused: usize,
}

/// What prepares rows, beside the async threads.
struct Preparing {
    waiting: Waiting,
    configuration: Live,
    clock: Clock,
    /// How many receipts are owed by now.
    receipts: i64,
}

impl Preparing {
    /// The next rows; none: that was all.
    async fn next(mut self) -> Result<(Self, Option<Part>), StoreError> {
        let prepared = tokio::task::spawn_blocking(move || {
            let part = self.part()?;
            Ok((self, part))
        });
        prepared.await.map_err(|_| StoreError::Closed)?
    }

    fn part(&mut self) -> Result<Option<Part>, StoreError> {
        let Some(part) = self.waiting.next_part()? else {
            return Ok(None);
        };
        let lodgings = handed_over::from_part(&part).map_err(|_| StoreError::Damaged)?;
        let configuration = self.configuration.current();
        let now = self.clock.now();
        let mut part = Part {
            rows: VecDeque::with_capacity(lodgings.len()),
            refused: 0,
        };
        for lodging in lodgings {
            let lodging = self.in_turn(lodging, &configuration, now);
            match prepare(&configuration, lodging, now) {
                Ok(prepared) => part.rows.push_back(prepared),
                Err(_) => part.refused += 1,
            }
        }
        Ok(Some(part))
    }

    /// A receipt leaves when it is its turn.
    fn in_turn(
        &mut self,
        mut lodging: Lodging,
        configuration: &Configuration,
        now: DateTime<Utc>,
    ) -> Lodging {
        if let (true, Some(imported)) = (lodging.receipt, &mut lodging.imported) {
            self.receipts += 1;
            let per_second = i64::from(configuration.settings.outbox.per_second.max(1));
            let wait = self.receipts.saturating_mul(1000 * PART_OF_THE_PACE) / per_second;
            imported.receipt_after = now.checked_add_signed(TimeDelta::milliseconds(wait));
        }
        lodging
    }
}

/// Reads and routes a row. What the configuration lost since the row was checked is left out: the rules decide then.
fn prepare(
    configuration: &Arc<Configuration>,
    mut lodging: Lodging,
    now: DateTime<Utc>,
) -> Result<PreparedLodging, Lacks> {
    let prepared = PreparedLodging::new(Arc::clone(configuration), lodging.clone(), now);
    match prepared {
        Err(Lacks::Place) => lodging.place = None,
        Err(Lacks::Sector) => lodging.sector = None,
        Err(Lacks::Language) => lodging.language = None,
        prepared => return prepared,
    }
    PreparedLodging::new(Arc::clone(configuration), lodging, now)
}
