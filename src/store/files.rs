//! Files beside the database, and names in directories that outlive a power cut.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// `jibu.sqlite3` → `jibu.sqlite3.lock`.
pub(super) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Has the disk keep a file's name, which its own fsync does not: the name stands in the directory.
pub(super) fn keep_name(file: &Path) -> io::Result<()> {
    let directory = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}
