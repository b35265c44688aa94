//! What can go wrong with the store, by what a caller can do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// A write or a read did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue is full: too much is waiting. Try again.
    #[error("too many writes are waiting")]
    Busy,
    /// As many figures are being asked for as may wait. Try again.
    #[error("too many figures are being asked for; it works again once some are answered")]
    BusyCounting,
    /// The store is closing.
    #[error("the store is closed")]
    Closed,
    /// SQLite said no; nothing of the job was kept.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The group's COMMIT failed, or another failure undid the whole group; nothing of the job was kept.
    #[error("the transaction was not committed: {0}")]
    NotCommitted(String),
    /// The disk failed in a way after which nothing more is written; nothing of the job was kept.
    #[error("the disk can no longer be trusted: {0}")]
    Untrusted(String),
    /// No reader could be opened; nothing was read.
    #[error("the database could not be opened for reading: {0}")]
    NoReader(OpenError),
    /// A sealed column did not open: another key, or altered.
    #[error("a sealed value in {table}.{column} does not open")]
    Sealed {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A job panicked; it was undone alone.
    #[error("the job `{0}` failed in an unforeseen way and was undone")]
    Panicked(&'static str),
    /// Nothing can be added to the audit.
    #[error(
        "the end of the audit's chain is gone or forged: `jibu audit verify` says what is left of it"
    )]
    AuditDamaged,
    /// Another import waits to be taken in, or is being read.
    #[error(
        "another import is under way; it goes on while the service runs, and this one can begin when it is through"
    )]
    ImportWaits,
    /// The file that an import waits in.
    #[error("what is to be imported could not be laid ready beside the database: {0}")]
    Spool(std::io::Error),
    /// That file, or one that somebody chose for an import, is not as it was written.
    #[error("a file that is to be imported is damaged")]
    Damaged,
    /// What waited to be taken in cannot be.
    #[error(
        "what waited to be imported cannot be, and was put aside, so that another import can begin; what came of it before stays, and its file can be imported once more: no row comes twice"
    )]
    ImportAside(#[source] Box<Self>),
    /// A stored word is none that this version knows.
    #[error("{0} holds a value that this version does not know")]
    Unknown(&'static str),
}

impl StoreError {
    /// Whether a stored value is damaged, or none that this version knows: what needs it fails, and nothing else.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Sealed { .. } | Self::Unknown(_))
    }

    /// Whether the job itself fails, and will fail again; with the database and its disk nothing is wrong.
    pub fn is_of_the_job(&self) -> bool {
        match self {
            Self::Panicked(_) | Self::Sealed { .. } | Self::Unknown(_) => true,
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                None | Some(
                    ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch
                )
            ),
            _ => false,
        }
    }
}

/// The store does not open. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A second process.
    #[error(
        "{0} is in use by another jibu: stop that one first, or give this one another database.path"
    )]
    InUse(PathBuf),
    /// Keys are gone.
    #[error(
        "{database} exists, but its key file {keys} does not: without it no number and no text can be read. \
         Put the key file back (from the place where keys are kept, not from the database's backup)"
    )]
    KeysMissing {
        /// The database.
        database: PathBuf,
        /// Where the keys were expected.
        keys: PathBuf,
    },
    /// Keys of another database.
    #[error(
        "the key file is not the one that this database was made with: put the right one at keys.path"
    )]
    KeysOfAnother,
    /// A key file that holds something else.
    #[error(
        "{0} is no key file of jibu's: {1}. Put this database's own there, or let keys.path name it"
    )]
    KeysUnreadable(PathBuf, &'static str),
    /// The database is ahead of the program.
    #[error(
        "this database is of version {found}, this jibu knows up to {known}: start the newer jibu that made it"
    )]
    Newer {
        /// The database's version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// The program is ahead of the database.
    #[error(
        "this database is of version {found}, this jibu reads version {known}: restart the service, or start `jibu serve` where none runs, which brings it up to date"
    )]
    Older {
        /// The database's version.
        found: u32,
        /// The one that this program reads.
        known: u32,
    },
    /// Nothing there.
    #[error(
        "there is no database at {0}: `jibu serve` makes it when it first starts. Was that done, let database.path name the right file"
    )]
    Missing(PathBuf),
    /// Something else stands there.
    #[error(
        "{0} is no database of jibu's, or it is damaged: let database.path name the right file, or put a backup in its place"
    )]
    NotOurs(PathBuf),
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// A thread of its own could not be started.
    #[error("no thread could be started: {0}. Is there a limit on processes, or no memory left?")]
    NoThread(std::io::Error),
    /// SQLite said no.
    #[error("the database does not open: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A migration failed; the database is as it was.
    #[error("the database could not be brought up to date, and is as it was: {0}")]
    Migration(#[from] rusqlite_migration::Error),
}
