//! The holder says that it is solved, and the complainant is asked whether it is.

use chrono::TimeDelta;

use super::{Case, Done};
use crate::actions::notify::News;
use crate::complaint::Status;
use crate::store::{NewEvent, Tx};

/// So long the complainant has to say whether it is solved.
const VERDICT_WITHIN: TimeDelta = TimeDelta::days(14);

pub(super) fn resolve(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let words = match case.words() {
        Ok(words) => words,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let complaint = &case.complaint;
    let resolved = NewEvent {
        words: Some(words),
        ..case.event("resolved")
    };
    tx.add_event(complaint.id, &resolved)?;
    tx.set_status(complaint.id, Status::Resolved, tx.now + VERDICT_WITHIN)?;
    case.tell(tx, News::Resolved)?;
    Ok(Ok(()))
}
