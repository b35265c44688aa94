//! Months that are over are published, one after the other, in small transactions; what is worked out of them is so beside the writer.

use std::time::Duration;

use crate::actions::publish_month::{publish_month, to_publish_next};
use crate::clock::Stopwatch;
use crate::configuration::Live;
use crate::store::{Store, StoreError};

/// So long is published at a look: what else falls due waits for it. Years of complaints, at the first start, take some looks.
const MOST: Duration = Duration::from_secs(20);

/// Publishes what is over; how many months.
pub(super) async fn publish_months(
    store: &Store,
    configuration: &Live,
) -> Result<usize, StoreError> {
    let begun = Stopwatch::start();
    let mut whole = 0;
    while begun.elapsed() < MOST {
        let (current, now) = (configuration.current(), store.now());
        let rules = current.clone();
        let next = store.report(move |reader| to_publish_next(reader, &rules, now));
        let Some(next) = next.await? else { break };
        let step = Stopwatch::start();
        let published = store.write("publish_month", move |tx| {
            publish_month(tx, &current, &next)
        });
        whole += usize::from(published.await?);
        // As much time on the disk is for texts alone.
        tokio::time::sleep(step.elapsed()).await;
    }
    Ok(whole)
}
