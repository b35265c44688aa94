//! A text in doubt was found in the gateway's list: that is the proof that it left.

use super::record_delivery::{Recorded, StatusReport, record_delivery};
use crate::configuration::Configuration;
use crate::store::{StoreError, Tx};

/// Records how far the only text that can be it has come, as if the gateway had reported it.
///
/// # Errors
/// The store's; then it can be looked for again.
pub fn record_found(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    id: i64,
    found: &StatusReport,
) -> Result<Recorded, StoreError> {
    if tx.has_twin(id)? {
        return Ok(Recorded::Unknown);
    }
    record_delivery(tx, configuration, found)
}
