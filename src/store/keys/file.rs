//! The key file: made with a new database, private, and never made anew for an old one.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rand::Rng;
use zeroize::Zeroizing;

use super::Keys;
use crate::store::StorePaths;
use crate::store::error::OpenError;
use crate::store::files::keep_name;
use crate::text::hex::hex;

/// First line of a key file: what it is, and its version.
const HEADER: &str = "jibu-keys 1";

/// The keys at `paths.keys`.
pub(in crate::store) fn open(paths: &StorePaths) -> Result<Keys, OpenError> {
    read(&paths.keys)?.ok_or_else(|| OpenError::KeysMissing {
        database: paths.database.clone(),
        keys: paths.keys.clone(),
    })
}

/// The same; made there if neither they nor the database exist.
pub(in crate::store) fn open_or_create(paths: &StorePaths) -> Result<Keys, OpenError> {
    // An empty file is what a start leaves that was cut off before it made its tables.
    let is_new = !std::fs::metadata(&paths.database).is_ok_and(|file| file.len() > 0);
    if !is_new {
        return open(paths);
    }
    if let Some(keys) = read(&paths.keys)? {
        return Ok(keys);
    }
    let mut secret = Zeroizing::new([0_u8; 32]);
    rand::rng().fill_bytes(secret.as_mut());
    write_new(&paths.keys, &secret).map_err(|source| OpenError::Io {
        path: paths.keys.clone(),
        source,
    })?;
    Ok(Keys::derive(&secret))
}

/// The keys that stand in a file; `None` where there is no file.
fn read(path: &Path) -> Result<Option<Keys>, OpenError> {
    let none = |why| OpenError::KeysUnreadable(path.to_owned(), why);
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let secret = parse(&Zeroizing::new(text)).map_err(none)?;
            Ok(Some(Keys::derive(&secret)))
        }
        Err(error) => match error.kind() {
            ErrorKind::NotFound => Ok(None),
            ErrorKind::InvalidData => Err(none("it is no text")),
            ErrorKind::IsADirectory => Err(none("it is a directory")),
            _ => Err(OpenError::Io {
                path: path.to_owned(),
                source: error,
            }),
        },
    }
}

/// Writes the file so that it is there whole, or not at all, after a power cut too: a database must never outlive it.
fn write_new(path: &Path, secret: &[u8; 32]) -> std::io::Result<()> {
    let digits = Zeroizing::new(hex(secret));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    write!(
        file,
        "{HEADER}\n# Without this file no number and no text in the database can be read. Keep a copy apart from it.\n{}\n",
        digits.as_str()
    )?;
    file.sync_all()?;
    keep_name(path)
}

fn parse(text: &str) -> Result<Zeroizing<[u8; 32]>, &'static str> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    if lines.next() != Some(HEADER) {
        return Err("its first line is not `jibu-keys 1`");
    }
    let hex = lines.next().unwrap_or_default().as_bytes();
    let mut secret = Zeroizing::new([0_u8; 32]);
    if hex.len() != 2 * secret.len() {
        return Err("its key is not 64 hexadecimal digits");
    }
    for (byte, pair) in secret.iter_mut().zip(hex.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| "its key is not 64 hexadecimal digits")?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| "its key is not 64 hexadecimal digits")?;
    }
    Ok(secret)
}
