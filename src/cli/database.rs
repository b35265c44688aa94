//! The database of a configuration, for commands that look at it beside a running service.

use crate::configuration::Settings;
use crate::store::{OpenError, StorePaths, Unsealed, open_with_keys};

/// Opens it with its keys, for reading only.
pub(super) fn open(settings: &Settings) -> Result<Unsealed, OpenError> {
    open_with_keys(&StorePaths {
        database: settings.database.path.clone(),
        keys: settings.keys.path.clone(),
    })
}
