//! Links that let a person set a password, once each.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::person::{COLUMNS, read_person};
use super::reader::Reader;
use super::tx::Tx;
use crate::people::{Person, PersonId, TokenHash};

impl Tx<'_> {
    /// Lets who holds that token in until `lasting` from now; an earlier link of the person's is worth nothing any more.
    pub fn add_invitation(
        &mut self,
        token: TokenHash,
        person: PersonId,
        lasting: TimeDelta,
    ) -> Result<DateTime<Utc>, StoreError> {
        self.end_invitations(person)?;
        let expires_at = self.now + lasting;
        self.connection
            .prepare_cached(
                "INSERT INTO invitation (token, person_id, made_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                token.0,
                person.0,
                self.now.timestamp_millis(),
                expires_at.timestamp_millis()
            ])?;
        Ok(expires_at)
    }

    /// No link of the person's is worth anything any more.
    pub fn end_invitations(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE invitation SET used_at = ?2 WHERE person_id = ?1 AND used_at IS NULL",
            )?
            .execute(params![person.0, self.now.timestamp_millis()])?;
        Ok(())
    }

    /// See [`Reader::invited`].
    pub fn invited(&self, token: TokenHash) -> Result<Option<Person>, StoreError> {
        invited(self.connection, token, self.now)
    }
}

impl Reader<'_> {
    /// Whom that link is for; `None`: it is used, replaced, over, of somebody who has left, or none of ours.
    pub fn invited(
        &self,
        token: TokenHash,
        now: DateTime<Utc>,
    ) -> Result<Option<Person>, StoreError> {
        invited(self.connection, token, now)
    }
}

fn invited(
    connection: &Connection,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<Person>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM invitation JOIN person ON person.id = invitation.person_id
         WHERE invitation.token = ?1 AND used_at IS NULL AND expires_at > ?2 AND person.left_at IS NULL"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement
        .query_row(params![token.0, now.timestamp_millis()], read_person)
        .optional()?
        .transpose()
}
