//! What waits beside the database to be taken in: a file of sealed parts, written whole before any of it counts.
//!
//! Who reads a file of another system need not be the process that owns the database. They hand over what they read in this file; the
//! owner takes it in part by part, and takes the file away when it is through. It gets its name when all of it is on the disk, so that half a file is none.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Store;
use super::error::StoreError;
use super::files::{beside, keep_name};
use super::keys::Keys;
use super::sealed_file::{self, Reading, Writing};

/// Where it waits, beside the database.
const WAITING: &str = ".import";
/// Where it is written.
const UNFINISHED: &str = ".import-unfinished";
/// Where the last one lies that could not be taken in.
const ASIDE: &str = ".import-aside";
/// Where it stands what was handed over, and by whom.
const ORDER: &str = ".import-order";

/// A file that is being written. Dropped before [`Spool::finish`], it never was.
pub struct Spool {
    keys: Arc<Keys>,
    writing: Writing,
    database: PathBuf,
    path: PathBuf,
    waits_at: PathBuf,
    is_finished: bool,
}

/// A file that waits to be taken in, from its first part on.
pub struct Waiting(Reading);

/// Whether something waits beside a database.
pub fn is_import_waiting(database: &Path) -> bool {
    beside(database, WAITING).exists()
}

/// Whether the last import could not be taken in, and lies beside a database.
pub fn is_import_aside(database: &Path) -> bool {
    beside(database, ASIDE).exists()
}

pub(super) fn begin(database: &Path, keys: Arc<Keys>) -> Result<Spool, StoreError> {
    let path = beside(database, UNFINISHED);
    let file = sealed_file::create(&path, database)?;
    let spool = Spool {
        writing: Writing::new(Arc::clone(&keys), file, "import"),
        keys,
        database: database.to_owned(),
        path,
        waits_at: beside(database, WAITING),
        is_finished: false,
    };
    // Looked at behind the lock: with it nobody else puts one there.
    if spool.waits_at.exists() {
        return Err(StoreError::ImportWaits);
    }
    Ok(spool)
}

impl Store {
    /// Begins to lay ready what is to be taken in.
    ///
    /// # Errors
    /// Another import is under way; or the disk's.
    pub fn spool(&self) -> Result<Spool, StoreError> {
        let (database, keys) = self.readers.files();
        begin(database, keys)
    }

    /// Whether an import waits beside the database.
    pub fn is_import_waiting(&self) -> bool {
        is_import_waiting(self.readers.files().0)
    }

    /// The import that waits beside the database, from its beginning; `None`: none does.
    ///
    /// # Errors
    /// The disk's.
    pub fn waiting_import(&self) -> Result<Option<Waiting>, StoreError> {
        let (database, keys) = self.readers.files();
        match File::open(beside(database, WAITING)) {
            Ok(file) => Ok(Some(Waiting(Reading::new(keys, file, "import")))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Spool(error)),
        }
    }

    /// Whether the last import could not be taken in, and lies beside the database.
    pub fn is_import_aside(&self) -> bool {
        is_import_aside(self.readers.files().0)
    }

    /// The import that waits cannot be taken in: it waits no longer, and another can begin.
    ///
    /// # Errors
    /// The disk's; then it waits still.
    pub fn put_import_aside(&self) -> Result<(), StoreError> {
        let (database, _) = self.readers.files();
        let aside = beside(database, ASIDE);
        fs::rename(beside(database, WAITING), &aside)
            .and_then(|()| keep_name(&aside))
            .map_err(StoreError::Spool)
    }

    /// What was handed over with the import that waits, or that was put aside; `None`: it does not say, or cannot be read.
    pub fn import_order(&self) -> Option<String> {
        let (database, keys) = self.readers.files();
        let file = File::open(beside(database, ORDER)).ok()?;
        let order = Reading::new(keys, file, "import_order").next_part();
        String::from_utf8(order.ok()??).ok()
    }

    /// The import was taken in, all of it.
    ///
    /// # Errors
    /// The disk's; then it is taken in once more, to no effect.
    pub fn take_away_import(&self) -> Result<(), StoreError> {
        self.take_away(WAITING)
    }

    /// Nobody needs to know any more that an import was put aside.
    ///
    /// # Errors
    /// The disk's; then it lies there still.
    pub fn take_away_import_aside(&self) -> Result<(), StoreError> {
        self.take_away(ASIDE)
    }

    fn take_away(&self, what: &str) -> Result<(), StoreError> {
        let (database, _) = self.readers.files();
        let path = beside(database, what);
        // One that stays is written over by the next.
        let _ = fs::remove_file(beside(database, ORDER));
        fs::remove_file(&path)
            .and_then(|()| keep_name(&path))
            .map_err(StoreError::Spool)
    }
}

impl Spool {
    /// Seals a part and writes it behind the others.
    ///
    /// # Errors
    /// The disk's.
    pub fn add(&mut self, part: &str) -> Result<(), StoreError> {
        self.writing.add(part.as_bytes())
    }

    /// From now on it waits, whatever happens. `order` says what was handed over, and by whom.
    ///
    /// # Errors
    /// The disk's; then nothing waits.
    pub fn finish(mut self, order: &str) -> Result<(), StoreError> {
        self.writing.finish()?;
        // What is told of the last one would be told of this one.
        let _ = fs::remove_file(beside(&self.database, ASIDE));
        let file = sealed_file::create(&beside(&self.database, ORDER), &self.database)?;
        let mut ordered = Writing::new(Arc::clone(&self.keys), file, "import_order");
        ordered.add(order.as_bytes())?;
        ordered.finish()?;
        fs::rename(&self.path, &self.waits_at)
            .and_then(|()| keep_name(&self.waits_at))
            .map_err(StoreError::Spool)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if !self.is_finished {
            // One that stays is written over by the next.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Waiting {
    /// The next part; `None`: that was all.
    ///
    /// # Errors
    /// The disk's, or it is damaged.
    pub fn next_part(&mut self) -> Result<Option<String>, StoreError> {
        let part = self.0.next_part()?;
        part.map(|part| String::from_utf8(part).map_err(|_| StoreError::Damaged))
            .transpose()
    }
}
