//! A copy of the database while it is in use, which never sends what the original may have sent.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::ReadOnly;
use super::connection;
use super::error::OpenError;
use super::files;
use crate::complaint::EmailFailure;

/// Pages copied between two reports of progress.
const PAGES_A_STEP: i32 = 2048;

impl ReadOnly {
    /// Copies the database as it is at this moment into `file`, and reports how much is done, from 0 to 1. The copy is
    /// written beside its name and put in place whole.
    ///
    /// What is still to be sent is `uncertain` in the copy: between this moment and the day when the copy is put to use the
    /// original sends it, and a restored copy must not send it again.
    ///
    /// # Errors
    /// The file exists already, or cannot be written.
    pub fn backup(&self, file: &Path, mut progress: impl FnMut(f64)) -> Result<(), OpenError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| OpenError::Io { path, source }
        };
        if file.exists() {
            let why = "it exists already, and is not written over";
            return Err(io(file)(std::io::Error::new(ErrorKind::AlreadyExists, why)));
        }
        let part = files::beside(file, ".part");
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&part)
            .map_err(io(&part))?;
        let copied = self.copy_to(&part, &mut progress);
        if copied.is_err() {
            // What is left of it is of no use; that it could not be removed matters less than why it failed.
            let _ = std::fs::remove_file(&part);
        }
        copied?;
        File::open(&part)
            .and_then(|copy| copy.sync_all())
            .map_err(io(&part))?;
        std::fs::rename(&part, file).map_err(io(file))?;
        files::keep_name(file).map_err(io(file))
    }

    fn copy_to(&self, part: &Path, progress: &mut impl FnMut(f64)) -> Result<(), OpenError> {
        let mut copy = connection::open_plain(part)?;
        // One read transaction over all steps: without it each write of the service would start the copy anew.
        let moment = self.0.unchecked_transaction()?;
        moment.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
        {
            let backup = Backup::new(&moment, &mut copy)?;
            while backup.step(PAGES_A_STEP)? != StepResult::Done {
                let state = backup.progress();
                let total = f64::from(state.pagecount.max(1));
                progress(1.0 - f64::from(state.remaining) / total);
            }
        }
        fence(&copy)?;
        Ok(())
    }
}

fn fence(copy: &Connection) -> rusqlite::Result<()> {
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.execute(
        "UPDATE outbox SET state = 'uncertain', why = 'a backup was taken before it was known to have left'
         WHERE state IN ('pending', 'sending')",
        [],
    )?;
    copy.execute(
        "UPDATE email SET state = 'uncertain', why = ?1 WHERE state IN ('pending', 'sending')",
        [EmailFailure::Copied.as_str()],
    )?;
    Ok(())
}
