//! The database of a configuration, for commands that look at it beside a running service.

use std::path::Path;

use crate::complaint::Named;
use crate::configuration::Settings;
use crate::store::{self, OpenError, StorePaths, Unsealed, open_for_reading, open_with_keys};

/// Opens it with its keys, for reading only.
pub(super) fn open(settings: &Settings) -> Result<Unsealed, OpenError> {
    open_with_keys(&paths(settings))
}

/// The same for the audit alone: of older versions too.
pub(super) fn open_for_audit(settings: &Settings) -> Result<Unsealed, OpenError> {
    store::open_for_audit(&paths(settings))
}

fn paths(settings: &Settings) -> StorePaths {
    StorePaths {
        database: settings.database.path.clone(),
        keys: settings.keys.path.clone(),
    }
}

/// What open complaints name; nothing where there is no database yet.
///
/// # Errors
/// Why it cannot be seen.
pub(super) fn named(database: &Path) -> Result<Named, String> {
    let opened = match open_for_reading(database) {
        Err(OpenError::Missing(_)) => return Ok(Named::default()),
        opened => opened.map_err(|error| error.to_string())?,
    };
    let named = opened.named_by_open_complaints();
    named.map_err(|error| error.to_string())
}
