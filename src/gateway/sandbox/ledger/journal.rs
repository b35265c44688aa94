//! The journal of the sandbox's texts: JSON lines in a file.
//!
//! A line is a whole text as it is after a change; the last line of an id counts. A line that was cut by a kill is passed
//! over. No line is forced to the disk: this is a toy's memory, and the real gateway's is not ours to keep.

use std::collections::{HashMap, VecDeque};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::MOST_TEXTS;
use crate::gateway::sandbox::text::Text;

/// Where each change is written; nowhere, where there is to be no journal or it failed.
#[derive(Debug)]
pub(super) struct Journal(Option<File>);

/// Reads a journal and writes it anew without what is superseded: its texts, the oldest first, and where to go on.
pub(super) fn open(path: &Path) -> io::Result<(VecDeque<Text>, Journal)> {
    refuse_in_use(path)?;
    let kept = read(path)?;
    let file = rewrite(path, &kept)?;
    Ok((kept, Journal(Some(file))))
}

impl Journal {
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// A journal that cannot be written costs the threads after a restart, and nothing else.
    pub(super) fn write(&mut self, text: &Text) {
        let Some(file) = &mut self.0 else {
            return;
        };
        if let Err(error) = line(text).and_then(|line| file.write_all(&line)) {
            tracing::warn!(%error, "The sandbox's journal cannot be written: the phones will forget");
            self.0 = None;
        }
    }
}

fn line(text: &Text) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(text)?;
    line.push(b'\n');
    Ok(line)
}

fn read(path: &Path) -> io::Result<VecDeque<Text>> {
    let lines = match std::fs::read(path) {
        Ok(lines) => lines,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(VecDeque::new()),
        Err(error) => return Err(error),
    };
    let mut order = Vec::new();
    let mut latest: HashMap<String, Text> = HashMap::new();
    for text in lines
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Text>(line).ok())
    {
        if !latest.contains_key(&text.sid) {
            order.push(text.sid.clone());
        }
        latest.insert(text.sid.clone(), text);
    }
    let mut kept: VecDeque<Text> = order
        .iter()
        .filter_map(|sid| latest.remove(sid))
        .filter(|text| !text.deleted)
        .collect();
    kept.drain(..kept.len().saturating_sub(MOST_TEXTS));
    Ok(kept)
}

/// A journal that another process writes is left alone: a second demo would take its file away, and with it its texts.
fn refuse_in_use(path: &Path) -> io::Result<()> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => Err(io::Error::new(
            io::ErrorKind::ResourceBusy,
            "another demo keeps its texts here: stop that one, or give this one another --data",
        )),
    }
}

/// Beside the old one and then in its place, so that a kill in between loses neither. It is locked as long as it is open.
fn rewrite(path: &Path, texts: &VecDeque<Text>) -> io::Result<File> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .mode(0o600)
        .open(&beside)?;
    file.lock()?;
    for text in texts {
        file.write_all(&line(text)?)?;
    }
    std::fs::rename(&beside, path)?;
    Ok(file)
}
