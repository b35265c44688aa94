//! How entries hang together, and whether they still do.
//!
//! Each entry's hash is keyed and covers its place, all that it says and the hash before it. How many there are and the hash of the last
//! stand apart, keyed as well: without that the last ones could be taken off unseen. What no file can tell of itself is that the whole of
//! it was put back as it once was; for that its last hash is kept elsewhere, which is why [`Chain`] has it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::error::StoreError;
use crate::store::keys::Keys;
use crate::store::reader::Reader;
use crate::store::time;
use crate::text::hex::hex;

const HASH_BYTES: usize = 32;

/// The chain, walked from its first entry to its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// How many entries are there.
    pub entries: i64,
    /// When the first of them was made.
    pub first_at: Option<DateTime<Utc>>,
    /// The same of the last.
    pub last_at: Option<DateTime<Utc>>,
    /// The last hash, in hexadecimal digits: it stands for all that led to it.
    pub end: String,
    /// The first thing that is not as it was written.
    pub damage: Option<Damage>,
}

/// What is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// This entry says something else.
    Changed(i64),
    /// This entry is gone.
    Missing(i64),
    /// This entry was put in.
    Inserted(i64),
    /// What says how many there are is gone or says something else.
    EndLost,
}

/// Where the chain ends.
pub(super) struct Head {
    /// How many entries there are.
    pub(super) count: i64,
    /// The hash of the last; of none, zeros.
    pub(super) hash: [u8; HASH_BYTES],
}

/// An entry with what its hash covers.
pub(super) struct Link<'a> {
    pub(super) id: i64,
    pub(super) at: i64,
    pub(super) person: i64,
    pub(super) organisation: &'a str,
    pub(super) deed: &'a str,
    pub(super) complaint: i64,
    /// As it is sealed.
    pub(super) reason: Option<&'a [u8]>,
    pub(super) previous: &'a [u8],
}

/// Begins the chain of a database that has none.
pub(in crate::store) fn begin(connection: &Connection, keys: &Keys) -> rusqlite::Result<()> {
    let head = Head {
        count: 0,
        hash: [0; HASH_BYTES],
    };
    head.write(connection, keys)
}

impl Head {
    /// `None`: it is gone, or not what we wrote.
    pub(super) fn read(connection: &Connection, keys: &Keys) -> rusqlite::Result<Option<Self>> {
        let stored: Option<Vec<u8>> = connection
            .prepare_cached("SELECT value FROM meta WHERE key = 'audit'")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let head = stored.as_deref().and_then(|stored| {
            let (count, rest) = stored.split_first_chunk()?;
            let (hash, proof) = rest.split_first_chunk()?;
            let head = Self {
                count: i64::from_le_bytes(*count),
                hash: *hash,
            };
            (head.proof(keys) == proof).then_some(head)
        });
        Ok(head)
    }

    pub(super) fn write(&self, connection: &Connection, keys: &Keys) -> rusqlite::Result<()> {
        let stored = [
            self.count.to_le_bytes().as_slice(),
            &self.hash,
            &self.proof(keys),
        ]
        .concat();
        connection
            .prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES ('audit', ?1)")?
            .execute(params![stored])?;
        Ok(())
    }

    fn proof(&self, keys: &Keys) -> [u8; HASH_BYTES] {
        keys.link(&[b"end", &self.count.to_le_bytes(), &self.hash])
    }
}

impl Link<'_> {
    pub(super) fn hash(&self, keys: &Keys) -> [u8; HASH_BYTES] {
        keys.link(&[
            b"entry",
            &self.id.to_le_bytes(),
            &self.at.to_le_bytes(),
            &self.person.to_le_bytes(),
            self.organisation.as_bytes(),
            self.deed.as_bytes(),
            &self.complaint.to_le_bytes(),
            &[u8::from(self.reason.is_some())],
            self.reason.unwrap_or_default(),
            self.previous,
        ])
    }
}

/// How far a walk has come.
struct Walk<'a> {
    keys: &'a Keys,
    /// Where the chain should end, if that is known.
    head: Option<Head>,
    /// How many rows there are: with more than there should be, one of them was put in.
    rows: i64,
    /// The hash of the entry before.
    previous: Vec<u8>,
    chain: Chain,
}

impl Reader<'_> {
    /// Walks the whole chain as it is at this moment, a few microseconds an entry; the writer goes on meanwhile.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn audit_chain(&self) -> Result<Chain, StoreError> {
        let moment = self.connection.unchecked_transaction()?;
        let head = Head::read(&moment, self.keys)?;
        let rows = moment.query_row("SELECT count(*) FROM audit", [], |row| row.get(0))?;
        let mut walk = Walk {
            keys: self.keys,
            head,
            rows,
            previous: vec![0; HASH_BYTES],
            chain: Chain {
                entries: 0,
                first_at: None,
                last_at: None,
                end: String::new(),
                damage: None,
            },
        };
        let mut statement = moment.prepare(
            "SELECT id, at, person_id, organisation, deed, complaint_id, reason, previous, hash FROM audit ORDER BY id",
        )?;
        let mut entries = statement.query([])?;
        while let Some(row) = entries.next()? {
            walk.step(row)?;
        }
        Ok(walk.end())
    }
}

impl Walk<'_> {
    fn step(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let (organisation, deed): (String, String) = (row.get(3)?, row.get(4)?);
        let (reason, previous): (Option<Vec<u8>>, Vec<u8>) = (row.get(6)?, row.get(7)?);
        let link = Link {
            id: row.get(0)?,
            at: row.get(1)?,
            person: row.get(2)?,
            organisation: &organisation,
            deed: &deed,
            complaint: row.get(5)?,
            reason: reason.as_deref(),
            previous: &previous,
        };
        let hash: Vec<u8> = row.get(8)?;
        if self.chain.damage.is_none() {
            self.chain.damage = self.damage_of(&link, &hash);
        }
        self.chain.entries += 1;
        self.chain.first_at = self.chain.first_at.or(Some(time(link.at)));
        self.chain.last_at = Some(time(link.at));
        self.previous = hash;
        Ok(())
    }

    fn damage_of(&self, link: &Link<'_>, hash: &[u8]) -> Option<Damage> {
        let expected = self.chain.entries + 1;
        let should_be = self.head.as_ref().map(|head| head.count);
        let is_one_too_many = should_be.is_some_and(|count| self.rows > count);
        let is_as_written =
            link.id == expected && link.hash(self.keys) == hash && link.previous == self.previous;
        if is_as_written {
            None
        } else if is_one_too_many || link.id < expected {
            Some(Damage::Inserted(link.id))
        } else if link.id > expected {
            Some(Damage::Missing(expected))
        } else {
            Some(Damage::Changed(link.id))
        }
    }

    /// What the end adds: whether as many are there as were written.
    fn end(mut self) -> Chain {
        let entries = self.chain.entries;
        let lacks = match &self.head {
            None => Some(Damage::EndLost),
            Some(head) if head.count > entries => Some(Damage::Missing(entries + 1)),
            Some(head) if self.previous != head.hash => Some(Damage::Changed(entries)),
            Some(_) => None,
        };
        self.chain.damage = self.chain.damage.or(lacks);
        self.chain.end = hex(&self.previous);
        self.chain
    }
}
