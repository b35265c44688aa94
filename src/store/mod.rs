//! The only SQL: one writer, `query_only` readers, columns sealed at rest, one file per noun.
//!
//! A caller writes with [`Store::write`]: a named closure over a [`Tx`], run by the one writer thread inside a group
//! commit and answered only after COMMIT. A caller reads with [`Store::read`], and figures over many complaints with [`Store::report`].
//!
//! Rejected: a pool with a write lock (one fsync per request, waiters parked in threads), a command enum (three edits per
//! action; the job's name gives the same observability), SQLCipher (roles could not be denied a key, and the tools for
//! live backup and inspection fall away).

mod account;
mod alarm;
mod answers;
mod audit;
mod backup;
mod caught_up;
mod changed;
mod clock;
mod complainant;
mod complaint;
mod connection;
mod convening;
mod counting;
mod dossier;
mod due;
mod email;
mod error;
mod exported;
mod facts;
mod files;
mod ids;
mod inbox;
mod invitation;
mod keys;
mod lodged;
mod lodging;
mod log;
mod message;
mod milestone;
mod named;
mod outbox;
mod past;
mod patient;
mod person;
mod phone;
#[cfg(test)]
mod plan;
mod progress;
mod publication;
mod published;
mod question;
mod reader;
mod referral;
mod reminder;
mod schema;
mod sealed_file;
mod session;
mod spool;
mod talk;
mod tally;
mod telling;
mod tracked;
mod traffic;
mod turnable;
mod tx;
mod untextable;
mod upload;
mod words;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};

use crate::clock::Clock;

pub use alarm::{Alarm, AlarmKind};
pub use audit::{Audited, Chain, Damage, Trace};
pub use clock::ClockSeen;
pub use complainant::Told;
pub use complaint::{ComplaintRow, NewComplaint, NewEvent};
pub use convening::{Convening, HeldComplaint, Moved};
pub use dossier::{About, Dossier, Entry, Hop, MOST_ENTRIES, Origin, TextOut};
pub use due::{DueSteps, HowTold, MOST_DUE, UntoldSteps};
pub use email::{
    ClaimedEmail, EmailCounts, EmailFrom, EmailKey, EmailLook, EmailRow, EmailSettled, EmailState,
    Eyes, NewEmail, SentEmail, ServerReply,
};
pub use error::{OpenError, StoreError};
pub use exported::{Exported, Exporting};
pub use inbox::{
    Filter, Found, Key, Listed, MOST_COUNTED, MOST_IN_A_GROUP, MOST_OPENED, PAGE, Page, PassedOn,
    Scope, Shelf,
};
pub use lodging::{BY_CONTENT, HandedIn, IMPORT, NewLodging};
pub use message::{Claim, MessageRow, NewMessage};
pub use milestone::Milestone;
pub use outbox::{
    Claimed, DoubtedText, LastNotice, Look, NewNotice, NewText, OutboxCounts, OutboxRow,
    RepliesToPhone, ReportedText, Settled, TextState, Untold,
};
pub use past::{PastComplaint, Unsealed, open_for_audit, open_with_keys};
pub use person::PersonRow;
pub use phone::{Phone, TalkedAbout};
pub use publication::Unfinished;
pub use published::Decided;
pub use question::{Asked, AskedAbout};
pub use reader::Reader;
pub use referral::{BY_HAND_OVER, BY_PERSON, BY_RULES, Handover, NewReferral, Referral};
pub use reminder::Overdue;
pub use spool::{Spool, Waiting, is_import_aside, is_import_waiting};
pub use talk::KeptText;
pub use telling::{MOST_ALONE, Mark, Named, Referred, Reminded, Telling};
pub use tracked::{Looked, Tracked};
pub use traffic::Traffic;
pub use turnable::{Did, Turnable};
pub use tx::Tx;
pub use untextable::Untextable;
pub use upload::{Upload, Uploaded};

use patient::PatientReaders;
use reader::Readers;
use writer::Writer;

/// Where the database and its keys are.
#[derive(Clone, Debug)]
pub struct StorePaths {
    /// The SQLite file; `-wal`, `-shm` and `.lock` stand beside it.
    pub database: PathBuf,
    /// The key file, mode 0600.
    pub keys: PathBuf,
}

/// The database: clones share it; the last one closes it.
#[derive(Clone)]
pub struct Store {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
    patient: Arc<PatientReaders>,
    clock: Clock,
}

impl Store {
    /// Opens the database for reading and writing, makes it (and its keys) if it does not exist, and brings an older one
    /// up to date. Texts that a crash left in `sending` stay so until [`Tx::doubt_interrupted_texts`].
    ///
    /// # Errors
    /// Another process has it open; the keys are missing or are another database's; it was made by a newer jibu; or
    /// the file system says no.
    pub fn open(paths: &StorePaths, clock: Clock) -> Result<Self, OpenError> {
        let lock = connection::lock(&paths.database)?;
        let keys = Arc::new(keys::open_or_create(paths)?);
        let mut connection = connection::open_writable(&paths.database)?;
        tie(&mut connection, &keys)?;
        let readers = || Readers::new(&paths.database, Arc::clone(&keys));
        let (readers, patient) = (readers(), PatientReaders::start(readers())?);
        let writer = Writer::start(
            connection,
            lock,
            paths.database.clone(),
            keys,
            clock.clone(),
        )?;
        Ok(Self {
            writer: Arc::new(writer),
            readers: Arc::new(readers),
            patient: Arc::new(patient),
            clock,
        })
    }

    /// The time by the clock that all is written by.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Runs `job` in the writer's thread, inside a transaction, and answers after COMMIT. An error from `job` undoes
    /// what it did and nothing else. `name` stands in logs.
    ///
    /// Once queued the job runs whether or not anyone still waits for it.
    ///
    /// # Errors
    /// The job's own; or the database cannot take writes now (disk full, locked, closing).
    pub async fn write<T, F>(&self, name: &'static str, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        // A group that fails before a job's turn drops the job, and with it whoever would have answered.
        self.writer
            .submit(name, job)?
            .await
            .map_err(|_| StoreError::NotCommitted("it was not its turn".to_owned()))?
    }

    /// Runs `query` on a reader, off the async threads.
    ///
    /// # Errors
    /// The query's own.
    pub async fn read<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        tokio::task::spawn_blocking(move || readers.with(query))
            .await
            .map_err(|_| StoreError::Closed)?
    }

    /// Runs `query` on a reader that gives way to texts: for figures over many complaints.
    ///
    /// # Errors
    /// The query's own; or too many wait already.
    pub async fn report<T, F>(&self, query: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.patient.ask(query).await
    }

    /// Wakes after a commit that put a text into the outbox. A hint: the table is the truth.
    pub fn outbox_wake(&self) -> Arc<Notify> {
        self.writer.outbox_wake()
    }

    /// Wakes after a commit that put an email into the outbox. A hint: the table is the truth.
    pub fn email_wake(&self) -> Arc<Notify> {
        self.writer.email_wake()
    }

    /// Whether the last commit went through. After a failure it says no until a commit goes through again.
    pub fn takes_writes(&self) -> bool {
        self.writer.takes_writes()
    }

    /// Turns to the reason when the disk failed in a way after which nothing written may be trusted (a failed fsync, a
    /// damaged file): the process is to end, and to check at its next start.
    pub fn fatal(&self) -> watch::Receiver<Option<String>> {
        self.writer.fatal()
    }

    /// Lets queued jobs finish, checkpoints and closes. Later writes are refused with [`StoreError::Closed`].
    pub async fn close(&self) {
        let writer = Arc::clone(&self.writer);
        // The thread is joined off the async threads; a panic in it was already logged there.
        let _ = tokio::task::spawn_blocking(move || writer.close()).await;
    }
}

/// Brings a database up to date and sees that it and these keys belong together. The audit's chain begins with the table: later on, that
/// it has no end means that somebody took it.
fn tie(connection: &mut rusqlite::Connection, keys: &keys::Keys) -> Result<(), OpenError> {
    if schema::is_before_audit(connection)? && keys::are_tied(connection)? {
        keys::check(connection, keys)?;
        audit::begin(connection, keys)?;
    }
    schema::bring_up_to_date(connection)?;
    if keys::are_tied(connection)? {
        keys::check(connection, keys)?;
    } else {
        let transaction = connection.transaction()?;
        keys::tie(&transaction, keys)?;
        audit::begin(&transaction, keys)?;
        transaction.commit()?;
    }
    Ok(lodging::key_rows(connection, keys)?)
}

/// Opens an existing database for reading only, beside a running service or without one.
///
/// # Errors
/// There is no database, or it was made by a newer jibu.
pub fn open_for_reading(database: &Path) -> Result<ReadOnly, OpenError> {
    let connection = connection::open_read_only(database)?;
    schema::refuse_unreadable(&connection, database)?;
    Ok(ReadOnly(connection))
}

/// A database opened for reading only, without its keys: what is sealed stays sealed.
pub struct ReadOnly(rusqlite::Connection);

/// A stored time. One out of range, which no clock gives, reads as 1970.
fn time(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
