//! The complainant says whether it is solved.

use crate::complaint::Status;
use crate::deadlines::Terms;
use crate::intake::Verdict;
use crate::store::{ComplaintRow, NewEvent, StoreError, Tx};

use super::receive_message::Prepared;

/// Records what they say: solved closes the complaint, anything else opens it again, where it was, with new deadlines. The complaint as it
/// stands then. A verdict on what is not said to be solved any more changes nothing.
pub(super) fn record_verdict(
    tx: &mut Tx<'_>,
    text: &Prepared,
    complaint: ComplaintRow,
    verdict: Verdict,
    message_id: i64,
) -> Result<ComplaintRow, StoreError> {
    let said = NewEvent {
        kind: "verdict",
        actor: "complainant",
        message_id: Some(message_id),
        detail: Some(verdict.as_str()),
        ..NewEvent::default()
    };
    tx.add_event(complaint.id, &said)?;
    if complaint.status != Status::Resolved {
        return Ok(complaint);
    }
    let happens = |kind, detail| NewEvent {
        kind,
        detail,
        message_id: None,
        ..said
    };
    if verdict == Verdict::Solved {
        tx.add_event(complaint.id, &happens("closed", Some("confirmed")))?;
        tx.close_complaint(complaint.id, "confirmed")?;
    } else {
        let due = Terms::default().due(
            tx.now,
            text.configuration.county_or_first(&complaint.county).zone,
        );
        tx.add_event(complaint.id, &happens("reopened", None))?;
        tx.set_due(complaint.id, due)?;
        tx.set_status(complaint.id, Status::Reopened, due.first_action)?;
    }
    Ok(tx.complaint(complaint.id)?.unwrap_or(complaint))
}
