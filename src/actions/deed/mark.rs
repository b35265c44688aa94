//! A person sees what no rule saw: that it is sensitive, or no complaint at all.

use super::{Case, Done, Refusal, notify};
use crate::complaint::Status;
use crate::store::{NewEvent, Tx};

/// From now on it takes the track of its own: neutral texts, hidden from whom it accuses, and with the convener at once.
pub(super) fn sensitive(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let accused = &case.form.to;
    let known = |id| case.configuration.rules.organisation(id).is_some();
    if accused.as_ref().is_some_and(|id| !known(id)) {
        return Ok(Err(Refusal::NoSuchOrganisation));
    }
    let all: Vec<_> = case.accused.iter().chain(accused).cloned().collect();
    let convener = case.county.neutral(&all);
    // Hidden from all who could have it, it would lie there for ever, seen by nobody.
    if all.contains(convener) {
        return Ok(Err(Refusal::NobodyLeft));
    }
    let complaint = &case.complaint;
    tx.accuse(complaint.id, accused)?;
    tx.set_sensitive(complaint.id)?;
    notify::make_neutral(tx, case.configuration, complaint)?;
    tx.add_event(complaint.id, &case.event("marked_sensitive"))?;
    case.leave_group(tx)?;
    if complaint.holder != *convener {
        case.hand_over(tx, convener, Status::Referred, false, None)?;
    }
    Ok(Ok(()))
}

/// A wrong number, an advert, chat. The text is kept and counts apart; the sender is told nothing, who may be a machine.
pub(super) fn not_a_complaint(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    const CLOSED_AS: &str = "not_a_complaint";
    let closed = NewEvent {
        detail: Some(CLOSED_AS),
        ..case.event("closed")
    };
    tx.add_event(case.complaint.id, &closed)?;
    tx.close_complaint(case.complaint.id, CLOSED_AS)?;
    notify::fall_silent(tx, &case.complaint)?;
    Ok(Ok(()))
}
