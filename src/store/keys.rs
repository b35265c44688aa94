//! The key file, and what its key does: seal columns, index phone numbers blindly, digest texts.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::Rng;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::StorePaths;
use super::error::{OpenError, StoreError};
use crate::complaint::Address;

/// First line of a key file: what it is, and its version.
const HEADER: &str = "jibu-keys 1";
/// First byte of a sealed value: which key sealed it. Room for a second key when keys are changed.
const KEY_ID: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Which cell a sealed value belongs to; it opens nowhere else.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub(super) table: &'static str,
    pub(super) row: i64,
    pub(super) column: &'static str,
}

/// The database's keys, each for one use, all derived from the key file's one secret.
pub struct Keys {
    seal: XChaCha20Poly1305,
    lookup: Hmac<Sha256>,
    digest: Hmac<Sha256>,
    fingerprint: [u8; 16],
}

impl Keys {
    fn derive(secret: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let derived = |purpose: &[u8]| {
            let mut key = Zeroizing::new([0_u8; 32]);
            // 32 bytes are far below HKDF's limit of 255 blocks, the only way in which expansion fails.
            let filled = hkdf.expand(purpose, key.as_mut());
            debug_assert!(filled.is_ok());
            key
        };
        let mac =
            |purpose: &[u8]| <Hmac<Sha256> as KeyInit>::new(&derived_block(&derived(purpose)));
        Self {
            seal: XChaCha20Poly1305::new((&*derived(b"jibu seal")).into()),
            lookup: mac(b"jibu lookup"),
            digest: mac(b"jibu digest"),
            fingerprint: first_half(mac(b"jibu fingerprint").finalize().into_bytes().into()),
        }
    }

    /// Seals a value for its cell: key id, nonce, ciphertext with tag.
    pub(super) fn seal(
        &self,
        cell: Cell,
        plain: &[u8],
        rng: &mut impl Rng,
    ) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        rng.fill_bytes(&mut nonce);
        let aad = cell.aad();
        let sealed = self
            .seal
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: &aad,
                },
            )
            .map_err(|_| cell.does_not_open())?;
        let mut value = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        value.push(KEY_ID);
        value.extend_from_slice(&nonce);
        value.extend_from_slice(&sealed);
        Ok(value)
    }

    /// Opens a sealed text.
    pub(super) fn open(&self, cell: Cell, value: &[u8]) -> Result<String, StoreError> {
        let opened = value
            .split_first()
            .filter(|(key_id, _)| **key_id == KEY_ID)
            .and_then(|(_, rest)| rest.split_first_chunk::<NONCE_BYTES>())
            .and_then(|(nonce, sealed)| {
                self.seal
                    .decrypt(
                        &XNonce::from(*nonce),
                        Payload {
                            msg: sealed,
                            aad: &cell.aad(),
                        },
                    )
                    .ok()
            })
            .ok_or_else(|| cell.does_not_open())?;
        String::from_utf8(opened).map_err(|_| cell.does_not_open())
    }

    /// The blind index of an address. A plain hash of a phone number is undone by trying all numbers; this is not,
    /// without the key.
    pub(super) fn lookup(&self, address: &Address) -> [u8; 16] {
        let mut mac = self.lookup.clone();
        mac.update(address.expose().as_bytes());
        first_half(mac.finalize().into_bytes().into())
    }

    /// Tells texts apart without keeping them readable: equal sender, line and words give equal digests.
    pub(super) fn digest(&self, parts: [&str; 3]) -> [u8; 16] {
        let mut mac = self.digest.clone();
        for part in parts {
            mac.update(&part.len().to_le_bytes());
            mac.update(part.as_bytes());
        }
        first_half(mac.finalize().into_bytes().into())
    }
}

impl Cell {
    fn aad(self) -> Vec<u8> {
        format!("{}|{}|{}", self.table, self.row, self.column).into_bytes()
    }

    fn does_not_open(self) -> StoreError {
        StoreError::Sealed {
            table: self.table,
            column: self.column,
        }
    }
}

/// The keys at `paths.keys`; made there if neither they nor the database exist.
pub(super) fn open_or_create(paths: &StorePaths) -> Result<Keys, OpenError> {
    match std::fs::read_to_string(&paths.keys) {
        Ok(text) => {
            let secret = parse(&Zeroizing::new(text))
                .map_err(|why| OpenError::KeysUnreadable(paths.keys.clone(), why))?;
            Ok(Keys::derive(&secret))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // An empty file is what a start leaves that was cut off before it made its tables.
            if std::fs::metadata(&paths.database).is_ok_and(|file| file.len() > 0) {
                return Err(OpenError::KeysMissing {
                    database: paths.database.clone(),
                    keys: paths.keys.clone(),
                });
            }
            let mut secret = Zeroizing::new([0_u8; 32]);
            rand::rng().fill_bytes(secret.as_mut());
            write_new(&paths.keys, &secret).map_err(|source| OpenError::Io {
                path: paths.keys.clone(),
                source,
            })?;
            Ok(Keys::derive(&secret))
        }
        Err(source) => Err(OpenError::Io {
            path: paths.keys.clone(),
            source,
        }),
    }
}

/// Checks that the keys are this database's, and ties a new database to them.
pub(super) fn check(connection: &Connection, keys: &Keys) -> Result<(), OpenError> {
    let known: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM meta WHERE key = 'keys'", [], |row| {
            row.get(0)
        })
        .optional()?;
    match known {
        Some(fingerprint) if fingerprint == keys.fingerprint => Ok(()),
        Some(_) => Err(OpenError::KeysOfAnother),
        None => {
            connection.execute(
                "INSERT INTO meta (key, value) VALUES ('keys', ?1)",
                params![keys.fingerprint],
            )?;
            Ok(())
        }
    }
}

/// Writes the file so that it is there whole, or not at all, after a power cut too: a database must never outlive it.
fn write_new(path: &Path, secret: &[u8; 32]) -> std::io::Result<()> {
    let hex: Zeroizing<String> =
        Zeroizing::new(secret.iter().map(|byte| format!("{byte:02x}")).collect());
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    write!(
        file,
        "{HEADER}\n# Without this file no number and no text in the database can be read. Keep a copy apart from it.\n{}\n",
        hex.as_str()
    )?;
    file.sync_all()?;
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(directory)?.sync_all()
}

fn parse(text: &str) -> Result<Zeroizing<[u8; 32]>, &'static str> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    if lines.next() != Some(HEADER) {
        return Err("its first line is another");
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

/// An HMAC-SHA-256 key block: the key, filled up with zeros (RFC 2104).
fn derived_block(key: &[u8; 32]) -> hmac::digest::Key<Hmac<Sha256>> {
    let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    block
}

fn first_half(mac: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Cell = Cell {
        table: "message",
        row: 7,
        column: "words",
    };

    #[test]
    fn a_sealed_value_opens_in_its_own_cell_only() {
        let keys = Keys::derive(&[7; 32]);
        let sealed = keys
            .seal(CELL, "maji hakuna".as_bytes(), &mut rand::rng())
            .unwrap();
        assert_eq!(keys.open(CELL, &sealed).unwrap(), "maji hakuna");
        for elsewhere in [
            Cell { row: 8, ..CELL },
            Cell {
                column: "media",
                ..CELL
            },
            Cell {
                table: "outbox",
                ..CELL
            },
        ] {
            assert!(keys.open(elsewhere, &sealed).is_err());
        }
        assert!(Keys::derive(&[8; 32]).open(CELL, &sealed).is_err());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(keys.open(CELL, &altered).is_err(), "byte {at}");
        }
        assert!(keys.open(CELL, &[]).is_err());
    }

    #[test]
    fn equal_texts_have_equal_digests_and_parts_do_not_run_together() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(keys.digest(["a", "b", "c"]), keys.digest(["a", "b", "c"]));
        assert_ne!(keys.digest(["ab", "", "c"]), keys.digest(["a", "b", "c"]));
    }
}
