//! How SQLite would go about a statement: tests hold it to an index.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::schema;

/// Its steps, as `EXPLAIN QUERY PLAN` tells them, on a database without complaints.
pub(super) fn plan(statement: &str, values: &[Value]) -> Vec<String> {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::bring_up_to_date(&mut connection).unwrap();
    let mut statement = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {statement}"))
        .unwrap();
    let steps = statement
        .query_map(params_from_iter(values), |row| row.get::<_, String>(3))
        .unwrap();
    steps.map(Result::unwrap).collect()
}
