//! What happens because time went by, and not because somebody did something.

use std::time::Duration;

use tokio::sync::watch;

use crate::actions::close_unconfirmed;
use crate::configuration::Live;
use crate::store::Store;

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
