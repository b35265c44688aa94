//! Files of sealed parts beside the database: each part opens in its place and in its file alone, and a part that lacks its end is damage.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::Path;
use std::sync::Arc;

use super::error::StoreError;
use super::keys::{Cell, Keys};

/// No part is longer; a length beyond it is damage.
const LONGEST: u32 = 16 * 1024 * 1024;

/// How often it is looked for a file of one's own, where another is just put in its place.
const TRIES: usize = 8;

/// An empty file, locked for who writes it.
pub(super) fn create(path: &Path, database: &Path) -> Result<File, StoreError> {
    for _ in 0..TRIES {
        if let Some(file) = emptied(open(path, database)?, path)? {
            return Ok(file);
        }
    }
    Err(StoreError::ImportWaits)
}

fn open(path: &Path, database: &Path) -> Result<File, StoreError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(StoreError::Spool)?;
    // Whoever administers may be root; it is the database's owner who is to read it.
    if let Ok(owner) = fs::metadata(database) {
        let _ = chown(path, Some(owner.uid()), Some(owner.gid()));
    }
    Ok(file)
}

/// Locks a file and empties it. `None`: whoever wrote it before was through just then, and it has another name by now; what was
/// written would be lost.
fn emptied(file: File, path: &Path) -> Result<Option<File>, StoreError> {
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(StoreError::ImportWaits),
        Err(TryLockError::Error(error)) => return Err(StoreError::Spool(error)),
    }
    let own = file.metadata().map_err(StoreError::Spool)?;
    let is_it = |named: &fs::Metadata| (named.dev(), named.ino()) == (own.dev(), own.ino());
    if !fs::metadata(path).is_ok_and(|named| is_it(&named)) {
        return Ok(None);
    }
    file.set_len(0).map_err(StoreError::Spool)?;
    Ok(Some(file))
}

/// A file that is written part by part.
pub(super) struct Writing {
    keys: Arc<Keys>,
    file: BufWriter<File>,
    of: &'static str,
    parts: i64,
}

/// A file that is read part by part.
pub(super) struct Reading {
    keys: Arc<Keys>,
    file: BufReader<File>,
    of: &'static str,
    parts: i64,
}

impl Writing {
    /// `of` says what the file is: a part opens in no other kind of file.
    pub(super) fn new(keys: Arc<Keys>, file: File, of: &'static str) -> Self {
        Self {
            keys,
            file: BufWriter::new(file),
            of,
            parts: 0,
        }
    }

    /// Seals a part and writes it behind the others.
    pub(super) fn add(&mut self, part: &[u8]) -> Result<(), StoreError> {
        let cell = cell(self.of, self.parts);
        let sealed = self.keys.seal(cell, part, &mut rand::rng())?;
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
        self.parts += 1;
        self.file
            .write_all(&length.to_le_bytes())
            .and_then(|()| self.file.write_all(&sealed))
            .map_err(StoreError::Spool)
    }

    /// All of it is on the disk.
    pub(super) fn finish(&mut self) -> Result<(), StoreError> {
        self.file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .map_err(StoreError::Spool)
    }
}

impl Reading {
    /// From the first part on.
    pub(super) fn new(keys: Arc<Keys>, file: File, of: &'static str) -> Self {
        Self {
            keys,
            file: BufReader::new(file),
            of,
            parts: 0,
        }
    }

    /// The next part; `None`: that was all.
    pub(super) fn next_part(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        if self.file.fill_buf().map_err(StoreError::Spool)?.is_empty() {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.file.read_exact(&mut length).map_err(cut_off)?;
        let length = u32::from_le_bytes(length);
        if length > LONGEST {
            return Err(StoreError::Damaged);
        }
        let mut sealed = vec![0; usize::try_from(length).unwrap_or(0)];
        self.file.read_exact(&mut sealed).map_err(cut_off)?;
        let opened = self.keys.open_bytes(cell(self.of, self.parts), &sealed);
        self.parts += 1;
        opened.map(Some).map_err(|_| StoreError::Damaged)
    }
}

/// Where a file ends within a part it is damaged.
fn cut_off(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => StoreError::Damaged,
        _ => StoreError::Spool(error),
    }
}

fn cell(of: &'static str, part: i64) -> Cell {
    Cell {
        table: of,
        row: part,
        column: "part",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_put_in_its_place_meanwhile_is_not_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let (path, place) = (folder.path().join("half"), folder.path().join("whole"));
        let mut first = create(&path, folder.path()).unwrap();
        first.write_all(b"what people said").unwrap();
        let second = open(&path, folder.path()).unwrap();
        fs::rename(&path, &place).unwrap();
        drop(first);
        assert!(emptied(second, &path).unwrap().is_none());
        assert_eq!(fs::read(&place).unwrap(), b"what people said");
        let third = create(&path, folder.path()).unwrap();
        let fourth = create(&path, folder.path());
        assert!(matches!(fourth, Err(StoreError::ImportWaits)));
        drop(third);
    }
}
