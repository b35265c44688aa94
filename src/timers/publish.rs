//! Months that are over are published, one after the other, in small transactions.

use crate::actions::publish_month::{publish_month, to_publish_next};
use crate::configuration::Live;
use crate::store::{Store, StoreError};

/// Publishes all that is over; how many months.
pub(super) async fn publish_months(
    store: &Store,
    configuration: &Live,
) -> Result<usize, StoreError> {
    let mut whole = 0;
    loop {
        let (current, now) = (configuration.current(), store.now());
        let rules = current.clone();
        let next = store.read(move |reader| to_publish_next(reader, &rules, now));
        let Some(next) = next.await? else {
            return Ok(whole);
        };
        let step = store.write("publish_month", move |tx| {
            publish_month(tx, &current, &next)
        });
        whole += usize::from(step.await?);
    }
}
