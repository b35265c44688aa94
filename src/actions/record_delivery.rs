//! The gateway said how far a text has come: the row moves up, never down.

use chrono::{DateTime, TimeDelta, Utc};

use crate::complaint::{Delivery, Failure, Status};
use crate::configuration::Configuration;
use crate::store::{AlarmKind, ComplaintRow, ReportedText, StoreError, Tx};

use super::notify::say_nothing_private;

/// A status callback.
#[derive(Clone, Debug)]
pub struct StatusReport {
    /// Our outbox id, from the callback's query.
    pub outbox_id: Option<i64>,
    /// The gateway's id of the text.
    pub sid: String,
    /// How far it has come.
    pub delivery: Delivery,
    /// The gateway's error code.
    pub code: Option<u32>,
    /// What that code means.
    pub failure: Option<Failure>,
}

/// What a report changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// The row moved up.
    Advanced,
    /// It was further already.
    NoNews,
    /// There is no such row, or the row is another text's: a report of another installation, or of a restored past.
    Unknown,
}

/// After a phone that was off: when the text is sent anew, counted from the report of its failure.
const RETRY_AFTER: [TimeDelta; 2] = [TimeDelta::hours(1), TimeDelta::hours(4)];

/// Records a status report. A text that proved not to have arrived, for a reason that passes, is owed anew, twice at most.
///
/// # Errors
/// The store's; then the gateway may report again.
pub fn record_delivery(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    report: &StatusReport,
) -> Result<Recorded, StoreError> {
    let Some(row) = tx.find_text(report.outbox_id, &report.sid)? else {
        return Ok(Recorded::Unknown);
    };
    let named_here = match &row.sid {
        Some(sid) => *sid == report.sid,
        // No id of the gateway's yet: one that is another row's proves nothing of this one.
        None => tx.find_text(None, &report.sid)?.is_none(),
    };
    if !named_here {
        return Ok(Recorded::Unknown);
    }
    if let Some(known) = row.delivery
        && known.rank() >= report.delivery.rank()
    {
        if known.rank() == report.delivery.rank() && known != report.delivery {
            tx.raise_alarm(AlarmKind::OppositeReports)?;
        }
        return Ok(Recorded::NoNews);
    }
    tx.advance_text(row.id, &report.sid, report.delivery, report.code)?;
    if report.delivery.is_failure() {
        follow_up(tx, configuration, report, &row)?;
    }
    Ok(Recorded::Advanced)
}

fn follow_up(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    report: &StatusReport,
    row: &ReportedText,
) -> Result<(), StoreError> {
    match report.failure {
        Some(Failure::OptedOut) if !row.stopped => {
            tx.set_stopped(row.phone_id, Some(tx.now))?;
            tx.withhold_texts(row.phone_id)
        }
        Some(Failure::TryLater) if !row.stopped => match RETRY_AFTER.get(tx.tries_before(row)?) {
            Some(wait) => send_anew(tx, configuration, row, tx.now + *wait),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Owes the text anew, unless what it tells is so no more. Of a complaint that became sensitive since it says nothing of the matter: nobody
/// knows who has the phone when it is on again.
fn send_anew(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    row: &ReportedText,
    due_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let complaint = match row.complaint_id {
        Some(id) => tx.complaint(id)?,
        None => None,
    };
    if complaint.as_ref().is_some_and(|it| is_outdated(row, it)) {
        return Ok(());
    }
    match (tx.add_retry(row.id, due_at)?, complaint) {
        (Some(id), Some(it)) => say_nothing_private(tx, configuration, &it, row.id, id),
        _ => Ok(()),
    }
}

/// Whether the complaint stands otherwise since the text left: news of before are none any more, and of what is over nothing is asked.
fn is_outdated(row: &ReportedText, complaint: &ComplaintRow) -> bool {
    complaint.status_since > row.due_at && (row.notice || complaint.status == Status::Closed)
}
