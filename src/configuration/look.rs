//! What a look at a configuration directory shows without opening a file: enough to know that somebody saved.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::files;

/// Every file as the file system describes it. Two that are equal, some time apart, saw the same texts.
///
/// Links are followed, so a mounted configuration that is swapped by one link, as Kubernetes does, is seen as new files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look(Vec<(String, Result<Stamp, io::ErrorKind>)>);

/// What changes with a save: its length and times where a file is written over, its number where one is renamed into its
/// place. The time of the last change (`ctime`) also tells of rights, and of a copy that kept the old one's time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    written: (i64, i64),
    changed: (i64, i64),
}

impl Look {
    pub(super) fn at(directory: &Path) -> Self {
        let stamped = files::names(directory).into_iter().map(|name| {
            let stamp = fs::metadata(directory.join(&name)).map(|found| Stamp::of(&found));
            (name, stamp.map_err(|error| error.kind()))
        });
        Self(stamped.collect())
    }
}

impl Stamp {
    fn of(found: &Metadata) -> Self {
        Self {
            device: found.dev(),
            inode: found.ino(),
            length: found.len(),
            written: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        }
    }
}
