//! The holder asks the complainant; the answer comes back into the history.

use super::{Case, Done};
use crate::actions::notify::News;
use crate::actions::pause::pause;
use crate::store::{NewEvent, Tx};

pub(super) fn ask(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let words = match case.words() {
        Ok(words) => words,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let asked = NewEvent {
        words: Some(words),
        ..case.event("asked")
    };
    pause(tx, case.configuration, &case.complaint)?;
    tx.add_event(case.complaint.id, &asked)?;
    case.tell(tx, News::Asked)?;
    Ok(Ok(()))
}
