//! The clock of a complaint stands still while a question is with the complainant: who waits for an answer is not late.
//!
//! It goes on with the answer, with whatever else the holder does, or after a working week; and a question that follows one which was
//! not answered stops it no more. A question is no way to put a complaint off.
//! All that was still ahead is due later by the working time between.

use chrono::{DateTime, Utc};

use crate::complaint::{Next, Status};
use crate::configuration::Configuration;
use crate::deadlines::{Due, Span};
use crate::store::{ComplaintRow, StoreError, Tx};

/// It stands still for no longer.
const LONGEST: Span = Span::Days(5);

/// Stops the clock, if it runs and the complainant can be asked at all, before the question is put into the history.
pub(super) fn pause(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
) -> Result<(), StoreError> {
    let is_asked = match complaint.phone_id {
        Some(phone_id) => tx.may_be_texted(phone_id)?,
        None => false,
    };
    let may = is_asked && !tx.waits_for_an_answer(complaint.id)?;
    if may && !matches!(complaint.status, Status::Resolved | Status::Closed) {
        let county = configuration.county_or_first(&complaint.county);
        let calendar = configuration.calendars.of(&county.id);
        let until = calendar.resumes(tx.now, LONGEST, county.zone);
        tx.pause(complaint.id, until)?;
    }
    Ok(())
}

/// Lets the clock go on, if it stood still; the complaint as it is from then on.
pub(super) fn go_on(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: ComplaintRow,
) -> Result<ComplaintRow, StoreError> {
    let Some(since) = tx.paused_since(complaint.id)? else {
        return Ok(complaint);
    };
    let county = configuration.county_or_first(&complaint.county);
    let calendar = configuration.calendars.of(&county.id);
    let later = |due: DateTime<Utc>| {
        if due < since {
            due
        } else {
            calendar.later(due, since, tx.now, county.zone)
        }
    };
    let due = Due {
        accept: later(complaint.due.accept),
        first_action: later(complaint.due.first_action),
        resolve: later(complaint.due.resolve),
    };
    let complaint = ComplaintRow { due, ..complaint };
    tx.go_on(complaint.id, due, next_due(&complaint))?;
    Ok(complaint)
}

/// What its holder owes next.
fn next_due(complaint: &ComplaintRow) -> DateTime<Utc> {
    match complaint.status.next() {
        Some(Next::Accept) => complaint.due.accept,
        Some(Next::Act) => complaint.due.first_action,
        Some(Next::Resolve | Next::Verdict) | None => complaint.due.resolve,
    }
}
