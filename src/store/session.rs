//! Who is logged in.

use rusqlite::{OptionalExtension, Row, params};

use super::error::StoreError;
use super::person::{COLUMNS, read_person};
use super::reader::Reader;
use super::tx::Tx;
use crate::people::session::LONGEST;
use crate::people::{PersonId, Session, TokenHash};

impl Tx<'_> {
    /// Lets a browser with that token in: as far as the page for the second factor, or, `proven`, all the way. The person's sessions that are
    /// over go, but for the one that says when they last logged in.
    pub fn add_session(
        &mut self,
        token: TokenHash,
        person: PersonId,
        proven: bool,
    ) -> Result<(), StoreError> {
        let now = self.now.timestamp_millis();
        self.connection
            .prepare_cached(
                "DELETE FROM session WHERE person_id = ?1 AND (ended_at IS NOT NULL OR made_at <= ?2)
                 AND (proven_at IS NULL OR proven_at < (SELECT max(proven_at) FROM session WHERE person_id = ?1))",
            )?
            .execute(params![person.0, (self.now - LONGEST).timestamp_millis()])?;
        self.connection
            .prepare_cached(
                "INSERT INTO session (token, person_id, made_at, seen_at, proven_at) VALUES (?1, ?2, ?3, ?3, ?4)",
            )?
            .execute(params![token.0, person.0, now, proven.then_some(now)])?;
        Ok(())
    }

    /// Puts off its end, an hour from now.
    pub fn see_session(&mut self, token: TokenHash) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE session SET seen_at = max(seen_at, ?2) WHERE token = ?1")?
            .execute(params![token.0, self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Ends one.
    pub fn end_session(&mut self, token: TokenHash) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE session SET ended_at = ?2 WHERE token = ?1 AND ended_at IS NULL",
            )?
            .execute(params![token.0, self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Ends all of a person's, but for one that stays.
    pub fn end_sessions(
        &mut self,
        person: PersonId,
        but: Option<TokenHash>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE session SET ended_at = ?3 WHERE person_id = ?1 AND token IS NOT ?2 AND ended_at IS NULL",
            )?
            .execute(params![
                person.0,
                but.map(|token| token.0),
                self.now.timestamp_millis()
            ])?;
        Ok(())
    }

    /// See [`Reader::session`].
    pub fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError> {
        find(self.connection, token)
    }
}

impl Reader<'_> {
    /// The session of that token, if it was not ended and its person has not left. Whether it still lasts is the caller's to ask.
    pub fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError> {
        find(self.connection, token)
    }

    /// A person's sessions that were not ended, the last used first, with the hash of each one's token. Whether they still
    /// last is the caller's to ask.
    pub fn sessions_of(&self, person: PersonId) -> Result<Vec<(TokenHash, Session)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, session.made_at, session.seen_at, session.proven_at IS NOT NULL, session.token
             FROM session JOIN person ON person.id = session.person_id
             WHERE session.person_id = ?1 AND session.ended_at IS NULL AND person.left_at IS NULL
             ORDER BY session.seen_at DESC, session.made_at DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![person.0], |row| {
            Ok((TokenHash(row.get(9)?), read_session(row)?))
        })?;
        rows.map(|row| row.map_err(StoreError::from))
            .map(|row| row.and_then(|(token, session)| Ok((token, session?))))
            .collect()
    }
}

fn find(
    connection: &rusqlite::Connection,
    token: TokenHash,
) -> Result<Option<Session>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, session.made_at, session.seen_at, session.proven_at IS NOT NULL
         FROM session JOIN person ON person.id = session.person_id
         WHERE session.token = ?1 AND session.ended_at IS NULL AND person.left_at IS NULL"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement
        .query_row(params![token.0], read_session)
        .optional()?
        .transpose()
}

fn read_session(row: &Row<'_>) -> rusqlite::Result<Result<Session, StoreError>> {
    let person = match read_person(row)? {
        Ok(person) => person,
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(Session {
        person,
        made_at: super::time(row.get(6)?),
        seen_at: super::time(row.get(7)?),
        proven: row.get(8)?,
    }))
}
