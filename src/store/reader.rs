//! Readers: a few `query_only` connections, opened when first needed, the last one used first for its warm page cache.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use super::connection;
use super::error::StoreError;
use super::keys::Keys;

/// Connections kept open when nobody reads.
const KEPT: usize = 4;

/// A look at the committed state. Its functions stand in the files of their nouns.
#[derive(Clone, Copy)]
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

    /// Where files stand beside the database, and what they are sealed with.
    pub(super) fn files(&self) -> (&Path, Arc<Keys>) {
        (&self.database, Arc::clone(&self.keys))
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
