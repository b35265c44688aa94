//! It is known what a hand-over of a text came to.

use super::notify::say_nothing_private;
use crate::configuration::Configuration;
use crate::store::{Settled, StoreError, Tx};

/// Records it. What is tried again says nothing of the matter of a complaint that became sensitive while it was on the wire; where such
/// words cannot be found, because something that they need is damaged, it has failed instead.
///
/// # Errors
/// The store's; then it can be recorded again.
pub fn settle_text(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    id: i64,
    settled: &Settled,
) -> Result<(), StoreError> {
    let done = tx.apart(|tx| {
        tx.settle_text(id, settled)?;
        match settled {
            Settled::Again { .. } => prepare_again(tx, configuration, id),
            _ => Ok(()),
        }
    })?;
    match done {
        Some(()) => Ok(()),
        None => tx.settle_text(
            id,
            &Settled::Failed {
                code: None,
                opted_out: false,
            },
        ),
    }
}

fn prepare_again(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    id: i64,
) -> Result<(), StoreError> {
    let about = tx.find_text(Some(id), "")?.and_then(|row| row.complaint_id);
    let complaint = match about {
        Some(about) => tx.complaint(about)?,
        None => None,
    };
    match complaint {
        Some(complaint) => say_nothing_private(tx, configuration, &complaint, id, id),
        None => Ok(()),
    }
}
