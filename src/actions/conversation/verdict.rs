//! The complainant says whether it is solved.

use super::Talk;
use crate::actions::notify::fall_silent;
use crate::complaint::Status;
use crate::intake::Verdict;
use crate::store::{ComplaintRow, NewEvent, StoreError, Tx};

/// Records what they say: solved closes the complaint, anything else opens it again, where it was, with new deadlines. The complaint as it
/// stands then. Late is not too late: silence had closed it as unconfirmed, and now somebody speaks. A verdict on what is not said to be
/// solved any more changes nothing.
pub(super) fn record_verdict(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
    verdict: Verdict,
) -> Result<ComplaintRow, StoreError> {
    let said = NewEvent {
        detail: Some(verdict.as_str()),
        ..talk.event("verdict")
    };
    tx.add_event(complaint.id, &said)?;
    if !awaits_verdict(tx, &complaint)? {
        return Ok(complaint);
    }
    fall_silent(tx, &complaint)?;
    if verdict == Verdict::Solved {
        let closed = NewEvent {
            detail: Some("confirmed"),
            message_id: None,
            ..talk.event("closed")
        };
        tx.add_event(complaint.id, &closed)?;
        tx.close_complaint(complaint.id, "confirmed")?;
        Ok(tx.complaint(complaint.id)?.unwrap_or(complaint))
    } else {
        reopen(tx, talk, complaint)
    }
}

/// Whether the complainant is still to say if it is solved: also after silence has closed it.
pub(super) fn awaits_verdict(tx: &Tx<'_>, complaint: &ComplaintRow) -> Result<bool, StoreError> {
    Ok(match complaint.status {
        Status::Resolved => true,
        Status::Closed => tx.closed_as(complaint.id)?.as_deref() == Some("unconfirmed"),
        _ => false,
    })
}

/// Opens a complaint again, where it was, with new deadlines.
pub(super) fn reopen(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
) -> Result<ComplaintRow, StoreError> {
    let configuration = &talk.text.configuration;
    let county = configuration.county_or_first(&complaint.county);
    let due = configuration.due(county, &complaint.with(&complaint.holder), tx.now);
    let reopened = NewEvent {
        message_id: None,
        ..talk.event("reopened")
    };
    tx.add_event(complaint.id, &reopened)?;
    tx.set_due(complaint.id, due)?;
    tx.set_status(complaint.id, Status::Reopened, due.first_action)?;
    Ok(tx.complaint(complaint.id)?.unwrap_or(complaint))
}
