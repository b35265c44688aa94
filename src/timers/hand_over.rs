//! A county's open work goes along to its new convener, step by step.

use std::sync::Arc;

use crate::actions::hand_over_county::{
    Among, STEP, changed, hand_over_county, note_conveners, to_hand_over,
};
use crate::configuration::{Configuration, Live};
use crate::store::{Convening, Moved, Store, StoreError};

/// So many looks go by between two that look through all that a former convener has.
const BETWEEN: u32 = 60;

/// When all was last looked through. A former convener may have thousands of complaints as a partner, which stay: they are looked through
/// again when the rules changed, and else once an hour, for what was on its way by older rules.
#[derive(Default)]
pub(super) struct HandOvers {
    all_by: Option<Arc<Configuration>>,
    looks: u32,
}

impl HandOvers {
    fn among(&mut self, current: &Arc<Configuration>) -> Among {
        let is_known = self
            .all_by
            .as_ref()
            .is_some_and(|all_by| Arc::ptr_eq(all_by, current));
        self.looks = if is_known { self.looks + 1 } else { BETWEEN };
        if self.looks < BETWEEN {
            Among::Reopened
        } else {
            Among::All
        }
    }

    fn have_seen(&mut self, among: Among, current: Arc<Configuration>) {
        if among == Among::All {
            self.all_by = Some(current);
            self.looks = 0;
        }
    }
}

/// Notes who convenes by the rules in force, and moves what somebody still has as convener who is not any more. That is looked for each
/// time: a closed complaint may be opened again where it was.
pub(super) async fn hand_counties_over(
    store: &Store,
    configuration: &Live,
    seen: &mut HandOvers,
) -> Result<(), StoreError> {
    let current = configuration.current();
    let among = seen.among(&current);
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
            let among = entry.done_at.map_or(Among::All, |_| among);
            hand_over(store, configuration, entry, among).await?;
        }
    }
    seen.have_seen(among, current);
    Ok(())
}

/// Moves all that goes along with one hand-over, step by step.
async fn hand_over(
    store: &Store,
    configuration: &Live,
    entry: Convening,
    among: Among,
) -> Result<(), StoreError> {
    let (current, seen) = (configuration.current(), entry.clone());
    let ids = store
        .read(move |reader| to_hand_over(reader, &current.rules, &seen, among))
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
