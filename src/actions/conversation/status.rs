//! How does a complaint stand?

use super::{Asking, Said, Talk};
use crate::complaint::Status;
use crate::intake::Asks;
use crate::intake::replies::Template;
use crate::store::{ComplaintRow, StoreError, Tx};

/// Says so. Of what is said to be solved it asks whether it is; what is open can be withdrawn by a digit. A sensitive one cannot: the
/// phone may be in the wrong hands.
pub(super) fn status(
    tx: &Tx<'_>,
    talk: &Talk<'_>,
    complaint: ComplaintRow,
) -> Result<Said, StoreError> {
    let asks = match complaint.status {
        Status::Closed => None,
        Status::Resolved => Some(Asks::Verdict),
        _ if complaint.sensitive => None,
        _ => Some(Asks::Withdraw),
    };
    let asks = asks.filter(|asks| talk.may_be_asked(*asks, &complaint, tx.now));
    Ok(Said {
        asks: asks.map(|asks| Asking::first(asks, Vec::new())),
        last_words: tx.last_words_told(complaint.id)?,
        ..Said::about(complaint.clone(), Template::Status(complaint.status))
    })
}
