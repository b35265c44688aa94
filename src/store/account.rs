//! What a person proves themselves by, and how often they failed to.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};
use zeroize::Zeroizing;

use super::error::StoreError;
use super::keys::{Cell, Keys};
use super::person::{COLUMNS, read_person};
use super::reader::Reader;
use super::tx::Tx;
use crate::people::{Account, Authenticator, PersonId};

impl Tx<'_> {
    /// A person's password, in PHC form.
    pub fn set_password(&mut self, person: PersonId, phc: &str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE person SET password = ?2 WHERE id = ?1")?
            .execute(params![person.0, phc])?;
        Ok(())
    }

    /// A person's authenticator, and the step whose code proved it.
    pub fn set_authenticator(
        &mut self,
        person: PersonId,
        authenticator: &Authenticator,
        step: i64,
    ) -> Result<(), StoreError> {
        let sealed = self.seal(cell(person), &Zeroizing::new(authenticator.secret()))?;
        self.connection
            .prepare_cached("UPDATE person SET totp = ?2, totp_step = ?3 WHERE id = ?1")?
            .execute(params![person.0, sealed, step])?;
        Ok(())
    }

    /// That code was taken: it and those before it are worth nothing from now on.
    pub fn use_step(&mut self, person: PersonId, step: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE person SET totp_step = ?2 WHERE id = ?1")?
            .execute(params![person.0, step])?;
        Ok(())
    }

    /// How often they have failed in a row, and until when they have to wait for it.
    pub fn set_failures(
        &mut self,
        person: PersonId,
        failures: u32,
        locked_until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE person SET failures = ?2, locked_until = ?3 WHERE id = ?1")?
            .execute(params![person.0, failures, locked_until.timestamp_millis()])?;
        Ok(())
    }

    /// Takes as long as [`Tx::set_failures`] and changes nothing: how long an answer takes must not tell whether a person exists.
    pub fn set_nobodys_failures(&mut self) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE person SET failures = failures WHERE id = (SELECT min(id) FROM person)",
            )?
            .execute([])?;
        Ok(())
    }

    /// A person with what they prove themselves by.
    pub fn account(&self, person: PersonId) -> Result<Option<Account>, StoreError> {
        account(self.connection, self.keys, "person.id = ?1", person.0)
    }

    /// The same by the email that they log in with.
    pub fn account_of(&self, email: &str) -> Result<Option<Account>, StoreError> {
        account(self.connection, self.keys, "person.email = ?1", email)
    }
}

impl Reader<'_> {
    /// See [`Tx::account_of`].
    pub fn account_of(&self, email: &str) -> Result<Option<Account>, StoreError> {
        account(self.connection, self.keys, "person.email = ?1", email)
    }

    /// See [`Tx::account`].
    pub fn account(&self, person: PersonId) -> Result<Option<Account>, StoreError> {
        account(self.connection, self.keys, "person.id = ?1", person.0)
    }
}

fn cell(person: PersonId) -> Cell {
    Cell {
        table: "person",
        row: person.0,
        column: "totp",
    }
}

fn account(
    connection: &Connection,
    keys: &Keys,
    whose: &str,
    value: impl ToSql,
) -> Result<Option<Account>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, password, totp_step, failures, locked_until, left_at IS NOT NULL, totp FROM person WHERE {whose}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement
        .query_row(params![value], |row| {
            Ok((read_account(row)?, row.get::<_, Option<Vec<u8>>>(11)?))
        })
        .optional()?;
    let Some((account, sealed)) = found else {
        return Ok(None);
    };
    let mut account = account?;
    if let Some(sealed) = sealed {
        let secret = Zeroizing::new(keys.open(cell(account.person.id), &sealed)?);
        let authenticator = Authenticator::from_secret(&secret);
        account.authenticator = Some(authenticator.ok_or(StoreError::Unknown("person.totp"))?);
    }
    Ok(Some(account))
}

/// All but the authenticator, whose secret is sealed.
fn read_account(row: &Row<'_>) -> rusqlite::Result<Result<Account, StoreError>> {
    let person = match read_person(row)? {
        Ok(person) => person,
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(Account {
        person,
        password: row.get::<_, Option<String>>(6)?.map(Zeroizing::new),
        authenticator: None,
        used_step: row.get(7)?,
        failures: row.get(8)?,
        locked_until: super::time(row.get(9)?),
        has_left: row.get(10)?,
    }))
}
