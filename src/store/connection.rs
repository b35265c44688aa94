//! Opens SQLite the way durability rests on.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::OpenError;
use super::files::beside;

/// A database, taken for this process until this is dropped.
pub(super) struct Lock(File);

impl Drop for Lock {
    /// To close the file would not do: a process that is just being begun has a copy of it until it runs its own program.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Takes the database. The lock is the kernel's and ends with the process, however that ends.
pub(super) fn lock(database: &Path) -> Result<Lock, OpenError> {
    let path = beside(database, ".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&path)
        .map_err(|source| OpenError::Io {
            path: path.clone(),
            source,
        })?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(database.to_owned())),
        Err(TryLockError::Error(source)) => Err(OpenError::Io { path, source }),
    }
}

/// The writer's connection. A commit is on the disk when it returns (WAL, `synchronous=FULL`).
pub(super) fn open_writable(database: &Path) -> Result<Connection, OpenError> {
    make(database).map_err(|source| OpenError::Io {
        path: database.to_owned(),
        source,
    })?;
    let connection = open_ours(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    // Each job's savepoint keeps the pages that it changes; in a file, that would be most of what a job costs.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Checkpoints are taken by a thread of their own: see writer/log.rs.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    // The upper pages of the indexes over random keys stay in memory: 16 MiB.
    connection.pragma_update(None, "cache_size", -16_384)?;
    Ok(connection)
}

/// Makes the file where there is none. SQLite would make it readable for all; numbers and texts are sealed in it, who wrote when
/// is not.
///
/// One that is there is not opened: closing it would end this process's locks on it (POSIX has them so), and then whoever else
/// looks into the database and leaves takes the write-ahead log away from under us.
fn make(database: &Path) -> io::Result<()> {
    let made = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(database);
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// A reader: it cannot write, whatever is asked of it.
pub(super) fn open_read_only(database: &Path) -> Result<Connection, OpenError> {
    if !database.exists() {
        return Err(OpenError::Missing(database.to_owned()));
    }
    let connection = open_ours(database)?;
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}

/// Opens what stands there, if it can be one of ours: it has our tables, or none yet.
fn open_ours(database: &Path) -> Result<Connection, OpenError> {
    let not_ours = || OpenError::NotOurs(database.to_owned());
    if database.is_dir() {
        return Err(not_ours());
    }
    let connection = open(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let sql = "SELECT count(*) = 0 OR count(*) FILTER (WHERE name = 'meta') = 1 FROM sqlite_schema WHERE type = 'table'";
    let is_ours = connection.query_row(sql, [], |row| row.get(0));
    match is_ours {
        Ok(true) => Ok(connection),
        Ok(false) => Err(not_ours()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(not_ours()),
        Err(error) => Err(error.into()),
    }
}

/// A file that nobody else knows of yet: a backup in the making.
pub(super) fn open_plain(database: &Path) -> Result<Connection, OpenError> {
    Ok(open(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that opens connections"
)]
fn open(database: &Path, access: OpenFlags) -> Result<Connection, rusqlite::Error> {
    let connection =
        Connection::open_with_flags(database, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a process has it that is just being begun.
    #[test]
    fn a_copy_of_the_file_holds_no_database_that_was_let_go_of() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("jibu.sqlite3");
        let own = lock(&database).unwrap();
        let _copy = own.0.try_clone().unwrap();
        assert!(matches!(lock(&database), Err(OpenError::InUse(_))));
        drop(own);
        assert!(lock(&database).is_ok());
    }

    #[test]
    fn readers_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("jibu.sqlite3");
        assert!(matches!(
            open_read_only(&database),
            Err(OpenError::Missing(_))
        ));
        let writer = open_writable(&database).unwrap();
        writer
            .execute_batch("CREATE TABLE meta (n INTEGER) STRICT")
            .unwrap();
        let reader = open_read_only(&database).unwrap();
        let refused = reader
            .execute("INSERT INTO meta VALUES (1)", [])
            .unwrap_err();
        assert!(refused.to_string().contains("readonly"), "{refused}");
    }
}
