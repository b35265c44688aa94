//! The holder says yes.

use super::{Case, Done};
use crate::actions::notify::News;
use crate::complaint::Status;
use crate::store::Tx;

pub(super) fn accept(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let complaint = &case.complaint;
    tx.add_event(complaint.id, &case.event("accepted"))?;
    tx.set_status(complaint.id, Status::Accepted, complaint.due.first_action)?;
    case.tell(tx, News::Status)?;
    Ok(Ok(()))
}
