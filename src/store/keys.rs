//! What the database's keys do: seal columns, index phone numbers blindly, digest texts and rows, chain the audit.

mod file;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::Rng;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::error::{OpenError, StoreError};
use crate::complaint::{Address, TrackingNumber};

pub(super) use file::{open, open_or_create};

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
pub(super) struct Keys {
    seal: XChaCha20Poly1305,
    lookup: Hmac<Sha256>,
    digest: Hmac<Sha256>,
    row: Hmac<Sha256>,
    chain: Hmac<Sha256>,
    code: Hmac<Sha256>,
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
            row: mac(b"jibu import row"),
            chain: mac(b"jibu audit"),
            code: mac(b"jibu tracking code"),
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
        String::from_utf8(self.open_bytes(cell, value)?).map_err(|_| cell.does_not_open())
    }

    /// Opens what is sealed and need be no text.
    pub(super) fn open_bytes(&self, cell: Cell, value: &[u8]) -> Result<Vec<u8>, StoreError> {
        value
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
            .ok_or_else(|| cell.does_not_open())
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

    /// What a row of a file is known by that has no id: a digest of its content, which by itself is undone by trying all numbers that
    /// may stand in it.
    pub(super) fn row(&self, content: &str) -> [u8; 16] {
        let mut mac = self.row.clone();
        mac.update(content.as_bytes());
        first_half(mac.finalize().into_bytes().into())
    }

    /// The six digits that belong to a tracking number.
    pub(super) fn code(&self, number: TrackingNumber) -> String {
        let mut mac = self.code.clone();
        mac.update(&number.value().to_be_bytes());
        let [a, b, c, d, ..]: [u8; 32] = mac.finalize().into_bytes().into();
        format!("{:06}", u32::from_be_bytes([a, b, c, d]) % 1_000_000)
    }

    /// A link of the audit's chain. Who has the database and not its keys cannot make one.
    pub(super) fn link(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.chain.clone();
        for part in parts {
            mac.update(&part.len().to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
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

/// Whether a database was made with keys yet.
pub(super) fn are_tied(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(fingerprint(connection)?.is_some())
}

/// Ties a new database to its keys.
pub(super) fn tie(connection: &Connection, keys: &Keys) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('keys', ?1)",
        params![keys.fingerprint],
    )?;
    Ok(())
}

/// Checks that the keys are this database's.
pub(super) fn check(connection: &Connection, keys: &Keys) -> Result<(), OpenError> {
    match fingerprint(connection)? {
        Some(fingerprint) if fingerprint == keys.fingerprint => Ok(()),
        _ => Err(OpenError::KeysOfAnother),
    }
}

/// Of the keys that a database was made with.
fn fingerprint(connection: &Connection) -> rusqlite::Result<Option<Vec<u8>>> {
    let sql = "SELECT value FROM meta WHERE key = 'keys'";
    connection.query_row(sql, [], |row| row.get(0)).optional()
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
    fn a_link_needs_the_key_and_its_parts_do_not_run_together() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(keys.link(&[b"a", b"b"]), keys.link(&[b"a", b"b"]));
        assert_ne!(keys.link(&[b"ab", b""]), keys.link(&[b"a", b"b"]));
        assert_ne!(
            keys.link(&[b"a", b"b"]),
            Keys::derive(&[8; 32]).link(&[b"a", b"b"])
        );
    }

    #[test]
    fn equal_texts_have_equal_digests_and_parts_do_not_run_together() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(keys.digest(["a", "b", "c"]), keys.digest(["a", "b", "c"]));
        assert_ne!(keys.digest(["ab", "", "c"]), keys.digest(["a", "b", "c"]));
    }
}
