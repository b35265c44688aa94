//! What only colleagues see.

use super::{Case, Done};
use crate::store::{NewEvent, Tx};

pub(super) fn note(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let words = match case.words() {
        Ok(words) => words,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let noted = NewEvent {
        words: Some(words),
        ..case.event("noted")
    };
    tx.add_event(case.complaint.id, &noted)?;
    Ok(Ok(()))
}
