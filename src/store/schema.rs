//! A new database runs `schema.sql`; an older one goes through the migrations; a newer one is refused.

use std::path::Path;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::error::OpenError;

const SCHEMA: &str = include_str!("../../schema.sql");

/// Each step as it was released: never edited, only added to.
const STEPS: &[&str] = &[
    include_str!("migrations/001_first.sql"),
    include_str!("migrations/002_places_asked.sql"),
    include_str!("migrations/003_console.sql"),
    include_str!("migrations/004_conversation.sql"),
    include_str!("migrations/005_audit.sql"),
    include_str!("migrations/006_ways_in.sql"),
    include_str!("migrations/007_counties.sql"),
    include_str!("migrations/008_email.sql"),
    include_str!("migrations/009_reminders.sql"),
    include_str!("migrations/010_reports.sql"),
    include_str!("migrations/011_emails_sent.sql"),
    include_str!("migrations/012_publications.sql"),
    include_str!("migrations/013_published_once.sql"),
    include_str!("migrations/014_lodged_day.sql"),
    include_str!("migrations/015_only_hop.sql"),
    include_str!("migrations/016_counted_of_lists.sql"),
];

/// The version that has the audit.
const AUDIT: u32 = 5;

/// Whether it is one of before there was an audit.
pub(super) fn is_before_audit(connection: &Connection) -> rusqlite::Result<bool> {
    Ok((1..AUDIT).contains(&version(connection)?))
}

pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<(), OpenError> {
    if version(connection)? == 0 {
        let transaction = connection.transaction()?;
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "user_version", newest())?;
        transaction.commit()?;
        return Ok(());
    }
    refuse_newer(connection)?;
    migrate(connection)
}

/// Refuses a database that a newer jibu made.
fn refuse_newer(connection: &Connection) -> Result<(), OpenError> {
    let found = version(connection)?;
    if found > newest() {
        Err(OpenError::Newer {
            found,
            known: newest(),
        })
    } else {
        Ok(())
    }
}

/// Refuses also one whose tables are still to be made. An older one may be copied, and what did not change since be read.
pub(super) fn refuse_unreadable(connection: &Connection, database: &Path) -> Result<(), OpenError> {
    if version(connection)? == 0 {
        return Err(OpenError::Missing(database.to_owned()));
    }
    refuse_newer(connection)
}

/// Refuses an older one, of which not all can be read.
pub(super) fn refuse_older(connection: &Connection) -> Result<(), OpenError> {
    let (found, known) = (version(connection)?, newest());
    if found < known {
        return Err(OpenError::Older { found, known });
    }
    Ok(())
}

fn newest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    Migrations::new(STEPS.iter().copied().map(M::up).collect()).to_latest(connection)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::AlarmKind;

    fn shape(connection: &Connection) -> Vec<(String, String)> {
        let mut statement = connection
            .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .unwrap();
        rows.map(|row| row.map(|(name, sql)| (name, bare(&sql))).unwrap())
            .collect()
    }

    /// The statement without its comments and line breaks.
    fn bare(sql: &str) -> String {
        sql.lines()
            .map(|line| line.split("--").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(" ")
            .replace('(', " ( ")
            .replace(')', " ) ")
            .replace(',', " , ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn in_memory() -> Connection {
        Connection::open_in_memory().unwrap()
    }

    #[test]
    fn a_new_database_has_the_shape_of_a_migrated_one() {
        let mut new = in_memory();
        bring_up_to_date(&mut new).unwrap();
        let mut migrated = in_memory();
        migrate(&mut migrated).unwrap();
        assert_eq!(
            shape(&new),
            shape(&migrated),
            "schema.sql changed without a migration, or a migration without it"
        );
        assert_eq!(version(&new).unwrap(), version(&migrated).unwrap());
    }

    #[test]
    fn a_newer_database_is_refused_and_untouched() {
        let mut newer = in_memory();
        newer.pragma_update(None, "user_version", 99).unwrap();
        let refused = bring_up_to_date(&mut newer).unwrap_err().to_string();
        assert!(
            refused.contains("version 99") && refused.contains("newer jibu"),
            "{refused}"
        );
        assert!(shape(&newer).is_empty());
    }

    #[test]
    fn every_table_and_column_says_what_it_is() {
        let commented = |line: &str| {
            line.split_once("-- ")
                .is_some_and(|(_, comment)| comment.len() > 5)
        };
        let mut before = "";
        let mut in_table = false;
        for line in SCHEMA.lines() {
            if line.starts_with("CREATE TABLE")
                || line.starts_with("CREATE INDEX")
                || line.starts_with("CREATE UNIQUE")
            {
                assert!(commented(before), "no comment above: {line}");
                in_table = line.starts_with("CREATE TABLE");
            } else if line.starts_with(')') {
                in_table = false;
            } else if in_table
                && !["PRIMARY KEY", "UNIQUE ("]
                    .iter()
                    .any(|key| line.trim_start().starts_with(key))
            {
                assert!(commented(line), "no comment on the column: {line}");
            }
            before = line;
        }
    }

    #[test]
    fn all_alarms_are_listed_beside_their_column() {
        let table = SCHEMA.split_once("CREATE TABLE alarm").unwrap().1;
        let column = table.lines().find(|line| line.contains("kind ")).unwrap();
        let listed: Vec<&str> = column.split_once("-- ").unwrap().1.split(", ").collect();
        assert_eq!(listed, AlarmKind::ALL.map(AlarmKind::as_str));
    }
}
