//! A county's open work goes along to its new convener, step by step.

use crate::actions::hand_over_county::{
    STEP, changed, hand_over_county, note_conveners, to_hand_over,
};
use crate::configuration::Live;
use crate::store::{Convening, Moved, Store, StoreError};

/// Notes who convenes by the rules in force, and moves what somebody still has as convener who is not any more. That is looked for each
/// time: a closed complaint may be opened again where it was.
pub(super) async fn hand_counties_over(
    store: &Store,
    configuration: &Live,
) -> Result<(), StoreError> {
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
