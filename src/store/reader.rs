//! Readers: a few `query_only` connections, opened when first needed, the last one used first for its warm page cache.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::connection;
use super::error::StoreError;
use super::keys::Keys;
use super::spool::{self, Waiting};

/// Connections kept open when nobody reads.
const KEPT: usize = 4;

/// A look at the committed state. Its functions stand in the files of their nouns.
pub struct Reader<'a> {
    pub(super) connection: &'a Connection,
    pub(super) keys: &'a Keys,
}

pub(super) struct Readers {
    database: PathBuf,
    keys: Arc<Keys>,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(database: &Path, keys: Arc<Keys>) -> Self {
        Self {
            database: database.to_owned(),
            keys,
            idle: Mutex::default(),
        }
    }

    /// What waits beside the database to be taken in.
    pub(super) fn waiting(&self) -> Result<Option<Waiting>, StoreError> {
        spool::waiting(&self.database, Arc::clone(&self.keys))
    }

    /// It was taken in.
    pub(super) fn take_away_import(&self) -> Result<(), StoreError> {
        spool::take_away(&self.database)
    }

    pub(super) fn with<T>(
        &self,
        query: impl FnOnce(&Reader<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connection::open_read_only(&self.database).map_err(StoreError::NoReader)?,
        };
        let result = query(&Reader {
            connection: &connection,
            keys: &self.keys,
        });
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(connection);
        }
        result
    }
}
