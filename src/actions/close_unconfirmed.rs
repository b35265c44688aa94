//! Nobody said whether it is solved: after the days of the verdict it is closed, and counts as unconfirmed.

use crate::configuration::Configuration;
use crate::store::{ComplaintRow, NewEvent, StoreError, Tx};

use super::notify::{News, notify};

/// Closes what is due, a hundred at most, and tells the complainants, who can still say otherwise. How many were closed.
///
/// # Errors
/// The store's; then none was closed.
pub fn close_unconfirmed(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
) -> Result<usize, StoreError> {
    let mut closed = 0;
    for complaint in tx.unanswered()? {
        let done = tx.apart(|tx| close(tx, configuration, &complaint))?;
        closed += usize::from(done.is_some());
    }
    Ok(closed)
}

fn close(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
) -> Result<(), StoreError> {
    let closed = NewEvent {
        kind: "closed",
        actor: "clock",
        detail: Some("unconfirmed"),
        ..NewEvent::default()
    };
    tx.add_event(complaint.id, &closed)?;
    tx.close_complaint(complaint.id, "unconfirmed")?;
    // Who may not be texted is not asked for the verdict either: what was asked before it would stay, about what is over.
    if let Some(phone_id) = complaint.phone_id {
        tx.forget_question(phone_id, complaint.id)?;
    }
    notify(tx, configuration, complaint, News::Unconfirmed)
}
