//! Where what was asked for goes: a new file, or standard output.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Lets `write` write into the file, which must not exist, or to standard output. A file that could not be written to its end does not
/// stay: a part of it would be taken for all.
///
/// # Errors
/// The writer's, or the disk's.
pub(super) fn into(
    file: Option<&PathBuf>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match file {
        Some(path) => {
            into_file(path, write).with_context(|| format!("{} is not written", path.display()))
        }
        None => match write(&mut io::stdout().lock()) {
            // Whoever reads may have read enough (`| head`); that is no failure.
            Err(error) if is_broken_pipe(&error) => Ok(()),
            written => written,
        },
    }
}

fn into_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut file = create(path)?;
    let written = write(&mut file).and_then(|()| Ok(file.sync_all()?));
    if written.is_err() {
        // That it cannot be removed matters less than why it failed.
        let _ = std::fs::remove_file(path);
    }
    written
}

/// What people complained of is for nobody else on this machine.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
