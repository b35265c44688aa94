//! The holder works on it, and tells how it goes.

use super::{Case, Done};
use crate::actions::notify::News;
use crate::complaint::Status;
use crate::store::{NewEvent, StoreError, Tx};

pub(super) fn start(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    tx.add_event(case.complaint.id, &case.event("started"))?;
    in_progress(tx, case)?;
    case.tell(tx, News::Status)?;
    Ok(Ok(()))
}

/// News in the officer's own words are a first action.
pub(super) fn update(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let words = match case.words() {
        Ok(words) => words,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let updated = NewEvent {
        words: Some(words),
        ..case.event("updated")
    };
    tx.add_event(case.complaint.id, &updated)?;
    if case.complaint.status != Status::InProgress {
        in_progress(tx, case)?;
    }
    case.tell(tx, News::Update)?;
    Ok(Ok(()))
}

fn in_progress(tx: &mut Tx<'_>, case: &Case<'_>) -> Result<(), StoreError> {
    let complaint = &case.complaint;
    tx.set_status(complaint.id, Status::InProgress, complaint.due.resolve)
}
