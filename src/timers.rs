//! What happens because time went by, and not because somebody did something.

mod hand_over;
mod jump;
mod keep_ready;
mod publish;

use std::time::Duration;

use tokio::sync::watch;

use crate::actions::{
    ToTell, close_unconfirmed, monthly_to_tell, raise_reminders, referrals_to_tell,
    reminders_to_tell, tell,
};
use crate::clock::Clock;
use crate::configuration::{Configuration, Live};
use crate::store::{Reader, Store, StoreError, Tx};

use hand_over::{HandOvers, hand_counties_over};

pub use jump::Jumps;
pub use keep_ready::KeepReady;
use publish::publish_months;

/// How often it is looked whether anything is due. Deadlines are days, so that a minute is soon enough.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Drafts that come to nothing because somebody acts on what they name just then; after so many, letters wait for the next look.
const MOST_IN_VAIN: usize = 5;

/// Looks until it is told to stop: at once, for what fell due while nothing ran, and then again and again, also when the clock is moved.
/// After each look the figures of conveners and committees are counted, before they ask for them.
pub async fn run(store: Store, configuration: Live, clock: Clock, mut stop: watch::Receiver<bool>) {
    let mut moves = clock.moves();
    let mut jumps = Jumps::new(clock);
    let mut due = Due::default();
    let mut ready = KeepReady::default();
    loop {
        match jumps.look(&store).await {
            Ok(true) => {
                due.look(&store, &configuration).await;
                tokio::select! {
                    _ = stop.wait_for(|stop| *stop) => return,
                    looked = ready.look(&store, &configuration) => told("figures", looked),
                }
            }
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, "The clock could not be looked at; it is tried again in a minute");
            }
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = moves.next() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Does all that is due by now, for who looks once.
pub async fn do_what_is_due(store: &Store, configuration: &Live) {
    Due::default().look(store, configuration).await;
}

/// Does what is due, time after time; what need not be looked at again is remembered from one to the next.
#[derive(Default)]
pub struct Due {
    hand_overs: HandOvers,
}

impl Due {
    /// Does all that is due by now, in small transactions: texts come in between. What fails holds up nothing that comes after it.
    pub async fn look(&mut self, store: &Store, configuration: &Live) {
        let closed = all(store, configuration, "close_unconfirmed", close_unconfirmed).await;
        let closed = told("close_unconfirmed", closed);
        if closed > 0 {
            tracing::info!(
                count = closed,
                "Closed as unconfirmed: nobody said whether it is solved"
            );
        }
        let handed_over = hand_counties_over(store, configuration, &mut self.hand_overs).await;
        told("hand_counties_over", handed_over);
        let steps = all(store, configuration, "raise_reminders", raise_reminders).await;
        let steps = told("raise_reminders", steps);
        if steps > 0 {
            tracing::info!(count = steps, "Deadlines passed, and steps were taken");
        }
        let reminders = letters(store, configuration, reminders_to_tell, Turn::Now).await;
        let reminders = told("reminders", reminders);
        let notices = letters(store, configuration, referrals_to_tell, Turn::Now).await;
        let notices = told("notices", notices);
        let months = told("publish_months", publish_months(store, configuration).await);
        if months > 0 {
            tracing::info!(
                count = months,
                "Months are over, and their figures are published"
            );
        }
        // They tell of what is published.
        let reports = letters(store, configuration, monthly_to_tell, Turn::Patient).await;
        let reports = told("reports", reports);
        if reminders + notices + reports > 0 {
            tracing::info!(
                reminders,
                notices,
                reports,
                "Letters were put into the outbox"
            );
        }
    }
}

/// What came of one thing that was due; that it failed is told.
fn told<T: Default>(what: &'static str, done: Result<T, StoreError>) -> T {
    done.unwrap_or_else(|error| {
        tracing::warn!(what, %error, "What is due could not be done; it is tried again in a minute");
        T::default()
    })
}

/// One kind of what is due, so much in a transaction as it takes at once; how much was done.
async fn all(
    store: &Store,
    configuration: &Live,
    name: &'static str,
    job: fn(&mut Tx<'_>, &Configuration) -> Result<usize, StoreError>,
) -> Result<usize, StoreError> {
    let mut done = 0;
    loop {
        let current = configuration.current();
        match store.write(name, move |tx| job(tx, &current)).await? {
            0 => return Ok(done),
            count => done += count,
        }
    }
}

/// In which readers letters are drafted.
#[derive(Clone, Copy)]
enum Turn {
    /// As all that is asked: no figure is in the way of what is urgent.
    Now,
    /// As all figures are.
    Patient,
}

/// One kind of letters: each is drafted beside the writer, and told in a transaction of its own; how many were.
async fn letters(
    store: &Store,
    configuration: &Live,
    to_tell: ToTell,
    turn: Turn,
) -> Result<usize, StoreError> {
    let (mut told, mut in_vain) = (0, 0);
    while in_vain < MOST_IN_VAIN {
        let (current, now) = (configuration.current(), store.now());
        let read = move |reader: &Reader<'_>| to_tell(reader, &current, now);
        let draft = match turn {
            Turn::Now => store.read(read).await?,
            Turn::Patient => store.report(read).await?,
        };
        let Some(draft) = draft else { break };
        match store.write("tell", move |tx| tell(tx, &draft)).await? {
            Some(count) => told += count,
            None => in_vain += 1,
        }
    }
    Ok(told)
}
