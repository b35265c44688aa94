//! The people of the console.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};

use super::ReadOnly;
use super::error::StoreError;
use super::reader::Reader;
use super::tx::Tx;
use crate::complaint::{LanguageId, OrganisationId};
use crate::people::{Person, PersonId, Role};

/// A person as the list of people shows them.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Who it is.
    pub person: Person,
    /// When they were added.
    pub made_at: DateTime<Utc>,
    /// Since when they may no longer log in.
    pub left_at: Option<DateTime<Utc>>,
    /// When they last logged in.
    pub last_login: Option<DateTime<Utc>>,
    /// Whether they ever set a password that still stands.
    pub has_password: bool,
    /// Until when the link that they have not used is good.
    pub invited_until: Option<DateTime<Utc>>,
}

/// People that a list holds at most: a county has some hundred, and a list has an end.
const MOST: u32 = 1000;

/// The columns of a [`Person`], in the order that `read_person` takes them.
pub(super) const COLUMNS: &str =
    "person.id, person.name, person.email, person.role, person.scope, person.language";

impl Tx<'_> {
    /// Whether anybody was ever added.
    pub fn has_people(&self) -> Result<bool, StoreError> {
        let has = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM person)")?
            .query_row([], |row| row.get(0))?;
        Ok(has)
    }

    /// Adds a person, whose email nobody has yet.
    pub fn add_person(
        &mut self,
        name: &str,
        email: &str,
        role: &Role,
    ) -> Result<PersonId, StoreError> {
        let id = self.next_id();
        self.connection
            .prepare_cached(
                "INSERT INTO person (id, email, name, role, scope, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                id,
                email,
                name,
                role.word(),
                role.scope(),
                self.now.timestamp_millis()
            ])?;
        Ok(PersonId(id))
    }

    /// Takes a person back who had left, as what they are now. They prove themselves anew.
    pub fn take_person_back(
        &mut self,
        person: PersonId,
        name: &str,
        role: &Role,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE person SET name = ?2, role = ?3, scope = ?4, left_at = NULL, password = NULL, totp = NULL WHERE id = ?1",
            )?
            .execute(params![person.0, name, role.word(), role.scope()])?;
        Ok(())
    }

    /// A person's name and the language of their pages, as they want them.
    pub fn set_profile(
        &mut self,
        person: PersonId,
        name: &str,
        language: Option<&LanguageId>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE person SET name = ?2, language = ?3 WHERE id = ?1")?
            .execute(params![person.0, name, language.map(LanguageId::as_str)])?;
        Ok(())
    }

    /// From now on they may not log in. The row stays: the history names them.
    pub fn set_left(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE person SET left_at = coalesce(left_at, ?2), password = NULL, totp = NULL WHERE id = ?1",
            )?
            .execute(params![person.0, self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Whether anybody of an organisation can log in, or was invited to.
    pub fn has_people_of(&self, organisation: &OrganisationId) -> Result<bool, StoreError> {
        let has = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM person
                 WHERE role IN ('convener', 'officer') AND scope = ?1 AND left_at IS NULL)",
            )?
            .query_row(params![organisation.as_str()], |row| row.get(0))?;
        Ok(has)
    }

    /// How many complaints an organisation has that are not over.
    pub fn open_with(&self, organisation: &OrganisationId) -> Result<u32, StoreError> {
        let count = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM complaint WHERE holder = ?1 AND status <> 'closed'",
            )?
            .query_row(params![organisation.as_str()], |row| row.get(0))?;
        Ok(count)
    }

    /// How many other administrators can log in.
    pub fn other_administrators(&self, person: PersonId) -> Result<u32, StoreError> {
        let count = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM person
                 WHERE role = 'administrator' AND left_at IS NULL AND password IS NOT NULL AND id <> ?1",
            )?
            .query_row(params![person.0], |row| row.get(0))?;
        Ok(count)
    }
}

impl Reader<'_> {
    /// Everybody, a thousand at most: who is there by name, then who has left.
    pub fn people(&self, now: DateTime<Utc>) -> Result<Vec<PersonRow>, StoreError> {
        people(self.connection, now)
    }
}

impl ReadOnly {
    /// See [`Reader::people`].
    ///
    /// # Errors
    /// The query's.
    pub fn people(&self, now: DateTime<Utc>) -> Result<Vec<PersonRow>, StoreError> {
        people(&self.0, now)
    }
}

/// Reads a person from the first columns of a row.
pub(super) fn read_person(row: &Row<'_>) -> rusqlite::Result<Result<Person, StoreError>> {
    let (role, scope): (String, String) = (row.get(3)?, row.get(4)?);
    let Some(role) = Role::from_words(&role, &scope) else {
        return Ok(Err(StoreError::Unknown("person.role")));
    };
    Ok(Ok(Person {
        id: PersonId(row.get(0)?),
        name: row.get(1)?,
        email: row.get(2)?,
        role,
        language: row.get::<_, Option<String>>(5)?.map(LanguageId::new),
    }))
}

fn people(connection: &Connection, now: DateTime<Utc>) -> Result<Vec<PersonRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, made_at, left_at,
                (SELECT max(proven_at) FROM session WHERE session.person_id = person.id),
                (SELECT max(expires_at) FROM invitation
                 WHERE invitation.person_id = person.id AND used_at IS NULL AND expires_at > ?1),
                password IS NOT NULL
         FROM person ORDER BY left_at IS NOT NULL, name COLLATE NOCASE, id LIMIT {MOST}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let at = |row: &Row<'_>, index| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(index)?.map(super::time))
    };
    let rows = statement.query_map(params![now.timestamp_millis()], |row| {
        let (left_at, last_login, invited_until) = (at(row, 7)?, at(row, 8)?, at(row, 9)?);
        let (made_at, has_password) = (super::time(row.get(6)?), row.get(10)?);
        Ok(read_person(row)?.map(|person| PersonRow {
            person,
            made_at,
            left_at,
            last_login,
            invited_until,
            has_password,
        }))
    })?;
    rows.map(|row| row?).collect()
}
