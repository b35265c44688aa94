//! Lists of complaints: an organisation's, a county's, what waits for its convener. What accuses the viewer's organisation is in none of
//! them, and in no count.
//!
//! Each list follows an index in the order in which it is read, a page at a time from the key where the last one ended, so that the
//! millionth complaint costs no more than the first. A filter that the index is not in the order of is tried on the next
//! [`LOOKED_THROUGH`] of the list; where that ends before the page is full, the page says so and goes on from there.

mod alike;
mod count;
mod first_words;
mod passed_on;
mod search;
mod shelf;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::error::StoreError;
use super::reader::Reader;
use super::untextable::Untextable;
use crate::complaint::{
    Channel, CountyId, OrganisationId, PlaceId, SectorId, Status, TrackingNumber,
};

pub use alike::MOST_IN_A_GROUP;
pub use count::MOST_COUNTED;
pub use passed_on::PassedOn;
pub use search::{Found, MOST_OPENED};
pub use shelf::{Scope, Shelf};

/// Complaints on a page.
pub const PAGE: usize = 25;
/// Read for a page, to know whether there is another.
const READ: i64 = 26;
/// So many of a list are tried on a filter for one page.
const LOOKED_THROUGH: u32 = 10_000;

/// Which of them are wanted; what is `None` or empty is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Standing so.
    pub status: Option<Status>,
    /// On this.
    pub sector: Option<SectorId>,
    /// In one of these.
    pub places: Vec<PlaceId>,
    /// With what is due next due from then on.
    pub due_from: Option<DateTime<Utc>>,
    /// With what is due next due before then.
    pub due_before: Option<DateTime<Utc>>,
    /// Opened before then.
    pub opened_before: Option<DateTime<Utc>>,
}

/// Where a page of a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// What was due next, UTC milliseconds.
    pub due: i64,
    /// The complaint.
    pub id: i64,
}

/// A complaint in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its row.
    pub id: i64,
    /// Its number.
    pub number: TrackingNumber,
    /// How it came.
    pub channel: Channel,
    /// Where, if known.
    pub place: Option<PlaceId>,
    /// On what, if known.
    pub sector: Option<SectorId>,
    /// How it stands.
    pub status: Status,
    /// Who has it.
    pub holder: OrganisationId,
    /// Its county.
    pub county: CountyId,
    /// Whether its clock stands still: a question is with its complainant.
    pub is_paused: bool,
    /// Whether it takes the track of its own.
    pub sensitive: bool,
    /// When the next thing is due; of a closed one, when it was closed.
    pub next_due: DateTime<Utc>,
    /// When it came in.
    pub opened_at: DateTime<Utc>,
    /// How often it was sent back.
    pub returns: u32,
    /// As what it was closed.
    pub closed_as: Option<String>,
    /// Why its complainant cannot be told by text.
    pub untextable: Option<Untextable>,
    /// The last entry of its history.
    pub newest_event: i64,
    /// The words that opened it; `None`: they do not open.
    pub words: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The complaints, the most pressing first; of closed ones, the latest.
    pub rows: Vec<Listed>,
    /// From where the next page goes on; `None`: that was all.
    pub next: Option<Key>,
    /// Whether the page ended only because enough was looked through.
    pub stopped: bool,
}

/// The columns that [`read`] takes, in its order.
const COLUMNS: &str = "c.id, c.number, c.place, c.sector, c.status, c.holder, c.sensitive, c.next_due, c.opened_at, c.returns, c.closed_as, c.untextable, c.county, c.paused_at IS NOT NULL, \
                       (SELECT max(e.id) FROM event e WHERE e.complaint_id = c.id), c.channel";

/// What accuses the viewer is not there; the viewer is the last but none of a statement's values.
const NOT_ACCUSED: &str =
    "NOT EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = ?)";

/// A statement as it is put together, with its values in order.
struct Query {
    sql: String,
    values: Vec<Value>,
}

impl Query {
    /// The part of a shelf behind a key, within the filter's due dates: all that the index knows.
    fn along(what: &str, shelf: &Shelf, filter: &Filter, after: Option<Key>) -> Self {
        let (index, condition) = shelf.index_and_condition();
        let mut query = Self {
            sql: format!("SELECT {what} FROM complaint c INDEXED BY {index} WHERE {condition}"),
            values: vec![shelf.value().to_owned().into()],
        };
        let ms = |at: DateTime<Utc>| Value::from(at.timestamp_millis());
        if let Shelf::Overdue(_, now) = shelf {
            query.and("c.next_due < ?", [ms(*now)]);
        }
        // No index of a holder is in the order of counties, as most organisations work in one: of what is open it knows each one's.
        match shelf.scope() {
            Scope::Anywhere => {}
            Scope::In(county) => query.and("c.county = ?", [county.as_str().to_owned().into()]),
            Scope::Outside(counties) => {
                let counties = counties.iter().map(CountyId::as_str);
                let counties = serde_json::Value::from_iter(counties).to_string();
                query.and(
                    "c.county NOT IN (SELECT value FROM json_each(?))",
                    [counties.into()],
                );
            }
        }
        if let Some(from) = filter.due_from {
            query.and("c.next_due >= ?", [ms(from)]);
        }
        if let Some(before) = filter.due_before {
            query.and("c.next_due < ?", [ms(before)]);
        }
        if let Some(key) = after {
            let beyond = if shelf.is_backward() {
                "(c.next_due, c.id) < (?, ?)"
            } else {
                "(c.next_due, c.id) > (?, ?)"
            };
            query.and(beyond, [key.due.into(), key.id.into()]);
        }
        query
    }

    fn and<const N: usize>(&mut self, condition: &str, values: [Value; N]) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    fn in_order(&mut self, shelf: &Shelf, limit: &str) {
        let order = if shelf.is_backward() { "DESC" } else { "ASC" };
        self.sql.push_str(&format!(
            " ORDER BY c.next_due {order}, c.id {order} LIMIT {limit}"
        ));
    }
}

impl Filter {
    /// Whether there is something in it that no index is in the order of.
    fn looks_closer(&self) -> bool {
        self.status.is_some()
            || self.sector.is_some()
            || !self.places.is_empty()
            || self.opened_before.is_some()
    }

    /// Adds what no index is in the order of; of what is open they know the status, the sector and the place.
    fn narrow(&self, query: &mut Query) {
        if let Some(status) = self.status {
            query.and("c.status = ?", [status.as_str().to_owned().into()]);
        }
        if let Some(sector) = &self.sector {
            query.and("c.sector = ?", [sector.as_str().to_owned().into()]);
        }
        if !self.places.is_empty() {
            let places = super::complaint::to_json(&self.places);
            query.and(
                "c.place IN (SELECT value FROM json_each(?))",
                [places.into()],
            );
        }
        if let Some(before) = self.opened_before {
            query.and("c.opened_at < ?", [before.timestamp_millis().into()]);
        }
    }
}

impl Reader<'_> {
    /// A page of a list for a viewer, with the words that opened each.
    pub fn list_page(
        &self,
        shelf: &Shelf,
        viewer: &OrganisationId,
        filter: &Filter,
        after: Option<Key>,
    ) -> Result<Page, StoreError> {
        let end = if filter.looks_closer() || *shelf.scope() != Scope::Anywhere {
            self.end_of_looking(shelf, filter, after)?
        } else {
            None
        };
        let query = list(shelf, viewer, filter, after, end);
        let mut statement = self.connection.prepare_cached(&query.sql)?;
        let rows = statement.query_map(params_from_iter(&query.values), read)?;
        let mut rows: Vec<Listed> =
            rows.collect::<Result<Result<_, StoreError>, rusqlite::Error>>()??;
        let is_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        for row in &mut rows {
            row.words = self.first_words(row.id)?;
        }
        let last = rows.last().map(|row| Key {
            due: row.next_due.timestamp_millis(),
            id: row.id,
        });
        Ok(Page {
            next: if is_more { last } else { end },
            stopped: !is_more && end.is_some(),
            rows,
        })
    }

    /// Up to where a filter is tried for one page; `None`: to the end of the list.
    fn end_of_looking(
        &self,
        shelf: &Shelf,
        filter: &Filter,
        after: Option<Key>,
    ) -> Result<Option<Key>, StoreError> {
        let mut query = Query::along("c.next_due, c.id", shelf, filter, after);
        query.in_order(shelf, &format!("1 OFFSET {}", LOOKED_THROUGH - 1));
        let mut statement = self.connection.prepare_cached(&query.sql)?;
        let mut keys = statement.query_map(params_from_iter(&query.values), |row| {
            Ok(Key {
                due: row.get(0)?,
                id: row.get(1)?,
            })
        })?;
        Ok(keys.next().transpose()?)
    }
}

/// The statement of a page: one more than it holds, to know whether there is another.
fn list(
    shelf: &Shelf,
    viewer: &OrganisationId,
    filter: &Filter,
    after: Option<Key>,
    end: Option<Key>,
) -> Query {
    let mut query = Query::along(COLUMNS, shelf, filter, after);
    if let Some(end) = end {
        let within = if shelf.is_backward() {
            "c.next_due >= ? AND (c.next_due, c.id) >= (?, ?)"
        } else {
            "c.next_due <= ? AND (c.next_due, c.id) <= (?, ?)"
        };
        query.and(within, [end.due.into(), end.due.into(), end.id.into()]);
    }
    filter.narrow(&mut query);
    query.and(NOT_ACCUSED, [viewer.as_str().to_owned().into()]);
    query.in_order(shelf, &READ.to_string());
    query
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<Listed, StoreError>> {
    let status: String = row.get(4)?;
    let Some(status) = Status::from_word(&status) else {
        return Ok(Err(StoreError::Unknown("complaint.status")));
    };
    let channel: String = row.get(15)?;
    let Some(channel) = Channel::from_word(&channel) else {
        return Ok(Err(StoreError::Unknown("complaint.channel")));
    };
    Ok(Ok(Listed {
        id: row.get(0)?,
        number: TrackingNumber::from_value(row.get::<_, i64>(1)?.cast_unsigned()),
        channel,
        place: row.get::<_, Option<String>>(2)?.map(PlaceId::new),
        sector: row.get::<_, Option<String>>(3)?.map(SectorId::new),
        status,
        holder: OrganisationId::new(row.get::<_, String>(5)?),
        sensitive: row.get(6)?,
        next_due: super::time(row.get(7)?),
        opened_at: super::time(row.get(8)?),
        returns: row.get(9)?,
        closed_as: row.get(10)?,
        untextable: row
            .get::<_, Option<String>>(11)?
            .as_deref()
            .and_then(Untextable::from_word),
        county: CountyId::new(row.get::<_, String>(12)?),
        is_paused: row.get(13)?,
        newest_event: row.get::<_, Option<i64>>(14)?.unwrap_or_default(),
        words: None,
    }))
}

#[cfg(test)]
mod tests;
