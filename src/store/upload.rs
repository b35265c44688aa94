//! A file that somebody chose in the console to import: it stands beside the database, sealed as all that people said, until it is handed
//! over or put away. There is one a person, so that nobody fills the disk, and no name from outside is ever a path.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use super::Store;
use super::error::StoreError;
use super::files::beside;
use super::sealed_file::{self, Reading, Writing};
use crate::people::PersonId;

/// Before a person's number.
const UPLOAD: &str = ".upload-";
/// Behind it while the file arrives.
const UNFINISHED: &str = "-unfinished";

/// A file that arrives. Dropped before [`Upload::finish`], it never was.
pub struct Upload {
    writing: Writing,
    path: PathBuf,
    stands_at: PathBuf,
    is_finished: bool,
}

/// A file that was chosen, to be read from its beginning.
pub struct Uploaded {
    /// What was said of it when it was chosen.
    pub about: String,
    parts: Reading,
    rest: io::Cursor<Vec<u8>>,
}

impl Store {
    /// Begins to take a file of a person. `about` is told again by [`Store::uploaded`].
    ///
    /// # Errors
    /// Another file of theirs is just arriving; or the disk's.
    pub fn begin_upload(&self, of: PersonId, about: &str) -> Result<Upload, StoreError> {
        let (database, keys) = self.readers.files();
        let path = beside(database, &format!("{UPLOAD}{}{UNFINISHED}", of.0));
        let file = sealed_file::create(&path, database)?;
        let mut upload = Upload {
            writing: Writing::new(keys, file, "upload"),
            path,
            stands_at: beside(database, &format!("{UPLOAD}{}", of.0)),
            is_finished: false,
        };
        upload.add(about.as_bytes())?;
        Ok(upload)
    }

    /// The file that a person chose; `None`: they have none, or it cannot be read any more.
    pub fn uploaded(&self, of: PersonId) -> Option<Uploaded> {
        self.read_upload(&format!("{UPLOAD}{}", of.0))
    }

    /// A person's file is no longer needed.
    ///
    /// # Errors
    /// The disk's; then it stays until it is old.
    pub fn take_away_upload(&self, of: PersonId) -> Result<(), StoreError> {
        let path = beside(self.readers.files().0, &format!("{UPLOAD}{}", of.0));
        gone(fs::remove_file(path))
    }

    /// Takes away the files of all that `is_over` says so of, by what was said of them, and those that cannot be read. With `at_start`
    /// also what was left unfinished when the service ended.
    ///
    /// # Errors
    /// The disk's.
    pub fn take_away_uploads(
        &self,
        at_start: bool,
        is_over: impl Fn(&str) -> bool,
    ) -> Result<(), StoreError> {
        let (database, _) = self.readers.files();
        let own = beside(database, UPLOAD);
        let (Some(folder), Some(own)) = (own.parent(), own.file_name()) else {
            return Ok(());
        };
        let folder = match folder.as_os_str().is_empty() {
            true => std::path::Path::new("."),
            false => folder,
        };
        for entry in fs::read_dir(folder).map_err(StoreError::Spool)? {
            let entry = entry.map_err(StoreError::Spool)?;
            let name = entry.file_name();
            let (Some(name), Some(own)) = (name.to_str(), own.to_str()) else {
                continue;
            };
            let Some(rest) = name.strip_prefix(own) else {
                continue;
            };
            let goes = if rest.ends_with(UNFINISHED) {
                at_start
            } else {
                let upload = self.read_upload(&format!("{UPLOAD}{rest}"));
                upload.is_none_or(|upload| is_over(&upload.about))
            };
            if goes {
                gone(fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    }

    fn read_upload(&self, suffix: &str) -> Option<Uploaded> {
        let (database, keys) = self.readers.files();
        let file = File::open(beside(database, suffix)).ok()?;
        let mut parts = Reading::new(Arc::clone(&keys), file, "upload");
        let about = String::from_utf8(parts.next_part().ok()??).ok()?;
        Some(Uploaded {
            about,
            parts,
            rest: io::Cursor::default(),
        })
    }
}

/// What is not there any more is gone already.
fn gone(removed: io::Result<()>) -> Result<(), StoreError> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Spool(error)),
        _ => Ok(()),
    }
}

impl Upload {
    /// Seals what arrived and writes it behind the rest.
    ///
    /// # Errors
    /// The disk's.
    pub fn add(&mut self, part: &[u8]) -> Result<(), StoreError> {
        self.writing.add(part)
    }

    /// All of it is there: it stands in the place of the person's last one.
    ///
    /// # Errors
    /// The disk's; then the last one stays.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.writing.finish()?;
        fs::rename(&self.path, &self.stands_at).map_err(StoreError::Spool)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.is_finished {
            // One that stays is written over by the next.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Read for Uploaded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.rest.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            match self.parts.next_part().map_err(io::Error::other)? {
                Some(part) => self.rest = io::Cursor::new(part),
                None => return Ok(0),
            }
        }
    }
}
