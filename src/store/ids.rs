//! Time-ordered ids, never given twice.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

/// Milliseconds are shifted by this much: room for a million ids in one.
const COUNT_BITS: u32 = 20;

/// Gives ids: the time, or one more than the last where the clock stands still or went back.
///
/// Rejected: counting up from the highest row. After an older backup was restored the same ids would be given again, and
/// a status callback of the lost days would settle another person's text.
pub(super) struct Ids {
    last: i64,
}

impl Ids {
    /// Goes on after the highest id in the database; a history and a ledger, kept by complaint, see to their own order. Steps are in no such
    /// table, but what letters have told goes up to one: by a clock that went back a later one would count as told.
    pub(super) fn after(connection: &Connection) -> rusqlite::Result<Self> {
        let last = connection.query_row(
            "SELECT max(coalesce((SELECT max(id) FROM phone), 0), coalesce((SELECT max(id) FROM complaint), 0),
                        coalesce((SELECT max(id) FROM message), 0), coalesce((SELECT max(id) FROM outbox), 0),
                        coalesce((SELECT max(id) FROM email), 0), coalesce((SELECT max(up_to) FROM told), 0))",
            [],
            |row| row.get(0),
        )?;
        Ok(Self { last })
    }

    /// The next id at that time.
    pub(super) fn next(&mut self, now: DateTime<Utc>) -> i64 {
        self.last = (self.last + 1).max(first_at(now));
        self.last
    }
}

/// The lowest id that could have been given at that time: `id >= first_at(t)` is "since t".
pub(super) fn first_at(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis() << COUNT_BITS
}

/// When an id was given; later, where the clock stood still or had gone back.
pub(super) fn given_at(id: i64) -> DateTime<Utc> {
    super::time(id >> COUNT_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_when_the_clock_stands_and_when_it_goes_back() {
        let mut ids = Ids { last: 0 };
        let noon = DateTime::from_timestamp_millis(1_800_000_000_000).unwrap();
        let given: Vec<i64> = [
            noon,
            noon,
            noon - chrono::TimeDelta::hours(3),
            noon + chrono::TimeDelta::hours(1),
        ]
        .map(|t| ids.next(t))
        .into();
        assert!(given.is_sorted_by(|a, b| a < b), "{given:?}");
        assert_eq!(given[3], first_at(noon + chrono::TimeDelta::hours(1)));
    }
}
