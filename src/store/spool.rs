//! What waits beside the database to be taken in: a file of sealed parts, written whole before any of it counts.
//!
//! Who reads a file of another system need not be the process that owns the database. They hand over what they read in this file; the
//! owner takes it in part by part, and takes the file away when it is through. It gets its name when all of it is on the disk, so that half a file is none.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::StoreError;
use super::files::{beside, keep_name};
use super::keys::{Cell, Keys};

/// Where it waits, beside the database.
const WAITING: &str = ".import";
/// Where it is written.
const UNFINISHED: &str = ".import-unfinished";
/// No part is longer; a length beyond it is damage.
const LONGEST: u32 = 16 * 1024 * 1024;

/// A file that is being written. Dropped before [`Spool::finish`], it never was.
pub struct Spool {
    keys: Arc<Keys>,
    file: BufWriter<File>,
    path: PathBuf,
    waits_at: PathBuf,
    parts: i64,
    is_finished: bool,
}

/// A file that waits to be taken in, from its first part on.
pub struct Waiting {
    keys: Arc<Keys>,
    file: BufReader<File>,
    parts: i64,
}

/// Whether something waits beside a database.
pub fn is_import_waiting(database: &Path) -> bool {
    beside(database, WAITING).exists()
}

pub(super) fn begin(database: &Path, keys: Arc<Keys>) -> Result<Spool, StoreError> {
    let waits_at = beside(database, WAITING);
    if waits_at.exists() {
        return Err(StoreError::ImportWaits);
    }
    let path = beside(database, UNFINISHED);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&path)
        .map_err(StoreError::Spool)?;
    // Whoever administers may be root; it is the database's owner who is to read it.
    if let Ok(owner) = fs::metadata(database) {
        let _ = chown(&path, Some(owner.uid()), Some(owner.gid()));
    }
    match file.try_lock() {
        Ok(()) => file.set_len(0).map_err(StoreError::Spool)?,
        Err(TryLockError::WouldBlock) => return Err(StoreError::ImportWaits),
        Err(TryLockError::Error(error)) => return Err(StoreError::Spool(error)),
    }
    Ok(Spool {
        keys,
        file: BufWriter::new(file),
        path,
        waits_at,
        parts: 0,
        is_finished: false,
    })
}

pub(super) fn waiting(database: &Path, keys: Arc<Keys>) -> Result<Option<Waiting>, StoreError> {
    match File::open(beside(database, WAITING)) {
        Ok(file) => Ok(Some(Waiting {
            keys,
            file: BufReader::new(file),
            parts: 0,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::Spool(error)),
    }
}

/// It was taken in, all of it.
pub(super) fn take_away(database: &Path) -> Result<(), StoreError> {
    let path = beside(database, WAITING);
    fs::remove_file(&path)
        .and_then(|()| keep_name(&path))
        .map_err(StoreError::Spool)
}

impl Spool {
    /// Seals a part and writes it behind the others.
    ///
    /// # Errors
    /// The disk's.
    pub fn add(&mut self, part: &str) -> Result<(), StoreError> {
        let sealed = self
            .keys
            .seal(cell(self.parts), part.as_bytes(), &mut rand::rng())?;
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
        self.parts += 1;
        self.file
            .write_all(&length.to_le_bytes())
            .and_then(|()| self.file.write_all(&sealed))
            .map_err(StoreError::Spool)
    }

    /// From now on it waits, whatever happens.
    ///
    /// # Errors
    /// The disk's; then nothing waits.
    pub fn finish(mut self) -> Result<(), StoreError> {
        let written = self
            .file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .and_then(|()| fs::rename(&self.path, &self.waits_at))
            .and_then(|()| keep_name(&self.waits_at));
        self.is_finished = written.is_ok();
        written.map_err(StoreError::Spool)
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
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(StoreError::Spool(error)),
        }
        let cell = cell(self.parts);
        let length = u32::from_le_bytes(length);
        if length > LONGEST {
            return Err(StoreError::Unknown("import.part"));
        }
        let mut sealed = vec![0; usize::try_from(length).unwrap_or(0)];
        self.file
            .read_exact(&mut sealed)
            .map_err(StoreError::Spool)?;
        self.parts += 1;
        self.keys.open(cell, &sealed).map(Some)
    }
}

fn cell(part: i64) -> Cell {
    Cell {
        table: "import",
        row: part,
        column: "part",
    }
}
