//! What happens because time went by, and not because somebody did something.

use std::time::Duration;

use tokio::sync::watch;

use crate::actions::close_unconfirmed;
use crate::actions::hand_over_county::{
    STEP, changed, hand_over_county, note_conveners, to_hand_over,
};
use crate::configuration::Live;
use crate::store::{Convening, Moved, Store, StoreError};

/// How often it is looked whether anything is due. Deadlines are days, so that a minute is soon enough.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Looks until it is told to stop: at once, for what fell due while nothing ran, and then again and again.
pub async fn run(store: Store, configuration: Live, mut stop: watch::Receiver<bool>) {
    loop {
        do_what_is_due(&store, &configuration).await;
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Does all that is due by now, in small transactions: texts come in between.
pub async fn do_what_is_due(store: &Store, configuration: &Live) {
    close_what_is_unconfirmed(store, configuration).await;
    if let Err(error) = hand_counties_over(store, configuration).await {
        tracing::warn!(%error, "A county could not be handed over; it goes on in a minute");
    }
}

/// Notes who convenes by the rules in force, and moves what somebody still has as convener who is not any more. That is looked for each
/// time: a closed complaint may be opened again where it was.
async fn hand_counties_over(store: &Store, configuration: &Live) -> Result<(), StoreError> {
    let current = configuration.current();
    let mut known = store.read(|reader| reader.convenings()).await?;
    if !changed(&current.rules, &known).is_empty() {
        let rules = current.clone();
        store
            .write("note_conveners", move |tx| note_conveners(tx, &rules))
            .await?;
        known = store.read(|reader| reader.convenings()).await?;
    }
    for entry in known {
        let county = current.rules.county(&entry.county);
        if let (Some(county), Some(from)) = (county, &entry.came_from)
            && *from != county.convener
        {
            hand_over(store, configuration, entry).await?;
        }
    }
    Ok(())
}

/// Moves all that goes along with one hand-over, step by step.
async fn hand_over(
    store: &Store,
    configuration: &Live,
    entry: Convening,
) -> Result<(), StoreError> {
    let (current, seen) = (configuration.current(), entry.clone());
    let ids = store
        .read(move |reader| to_hand_over(reader, &current.rules, &seen))
        .await?;
    let mut all = 0;
    for step in ids.chunks(STEP) {
        let (current, entry, step) = (configuration.current(), entry.clone(), step.to_vec());
        let moved: Moved = store
            .write("hand_over_county", move |tx| {
                hand_over_county(tx, &current, &entry, &step)
            })
            .await?;
        all += moved.all;
    }
    if all > 0 {
        tracing::info!(count = all, county = %entry.county, "Handed over to who convenes the county now");
    }
    if entry.done_at.is_none() {
        let write = store.write("finish_hand_over", move |tx| tx.finish_hand_over(entry.id));
        write.await?;
    }
    Ok(())
}

async fn close_what_is_unconfirmed(store: &Store, configuration: &Live) {
    loop {
        let current = configuration.current();
        let closed = store
            .write("close_unconfirmed", move |tx| {
                close_unconfirmed(tx, &current)
            })
            .await;
        match closed {
            Ok(0) => return,
            Ok(count) => tracing::info!(
                count,
                "Closed as unconfirmed: nobody said whether it is solved"
            ),
            Err(error) => {
                tracing::warn!(%error, "What is due could not be done; it is tried again in a minute");
                return;
            }
        }
    }
}
