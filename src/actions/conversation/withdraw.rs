//! The complainant takes a complaint back.

use super::{Said, Talk};
use crate::actions::notify::fall_silent;
use crate::complaint::Status;
use crate::intake::replies::Template;
use crate::store::{ComplaintRow, Did, NewEvent, StoreError, Tx};

/// Closes it as withdrawn; a 9 opens it again.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    if complaint.status == Status::Closed {
        return Ok(Said::about(complaint, Template::Status(Status::Closed)));
    }
    let closed = NewEvent {
        detail: Some("withdrawn"),
        ..talk.event("closed")
    };
    tx.add_event(complaint.id, &closed)?;
    tx.close_complaint(complaint.id, "withdrawn")?;
    fall_silent(tx, &complaint)?;
    Ok(Said {
        did: Some(Did::Withdrew),
        ..Said::about(complaint, Template::Withdrawn)
    })
}
