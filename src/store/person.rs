//! The people of the console.

use rusqlite::Row;

use super::error::StoreError;
use crate::complaint::LanguageId;
use crate::people::{Person, PersonId, Role};

/// The columns of a [`Person`], in the order that `read_person` takes them.
pub(super) const COLUMNS: &str =
    "person.id, person.name, person.email, person.role, person.scope, person.language";

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
