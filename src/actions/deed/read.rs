//! A sensitive complaint's page is opened: no trace, no page.

use chrono::TimeDelta;

use crate::people::Person;
use crate::store::{StoreError, Tx};

/// Who comes back to the page within this time, from a form or a list, reads it once.
const ONE_READING: TimeDelta = TimeDelta::minutes(10);

/// Records that somebody reads it.
///
/// # Errors
/// The store's; then it is not to be shown.
pub fn read(tx: &mut Tx<'_>, who: &Person, complaint_id: i64) -> Result<(), StoreError> {
    tx.leave_trace_of_reading(who, complaint_id, ONE_READING)
}
