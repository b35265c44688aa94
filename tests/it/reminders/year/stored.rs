//! What the database says beside the book.

use chrono::{DateTime, Utc};
use jibu::complaint::TrackingNumber;

use super::book::{Complaint, Step};
use super::town::Town;
use crate::world::World;

impl Town {
    /// What the database says of a complaint is what the book says.
    pub(super) fn compare(&self, world: &World, at: usize) {
        assert_eq!(self.stored(at), self.told(at), "at {}", world.clock.now());
    }

    pub(super) fn told(&self, at: usize) -> String {
        let Complaint {
            holder,
            urgent,
            sensitive,
            status,
            due,
            next,
            paused,
            ..
        } = &self.book.complaints[at];
        let ms = |time: &DateTime<Utc>| time.timestamp_millis();
        let [accept, act, solve] = due.each_ref().map(ms);
        let (urgent, sensitive) = (i32::from(*urgent), i32::from(*sensitive));
        let paused = paused.as_ref().map_or(0, ms);
        format!(
            "{holder} {} urgent {urgent} sensitive {sensitive}: {accept} {act} {solve}, next {}, paused {paused}",
            status.as_str(),
            ms(next)
        )
    }

    fn stored(&self, at: usize) -> String {
        self.database
            .query_row(
                "SELECT holder || ' ' || status || ' urgent ' || (priority = 'urgent') || ' sensitive ' || sensitive || ': ' || accept_due || ' ' ||
                     first_action_due || ' ' || resolve_due || ', next ' || next_due || ', paused ' || coalesce(paused_at, 0)
                 FROM complaint WHERE id = ?1",
                [self.book.complaints[at].id],
                |row| row.get(0),
            )
            .unwrap()
    }

    pub(super) fn all_are_as_the_book_says(&self, world: &World) {
        for at in 0..self.book.complaints.len() {
            self.compare(world, at);
        }
        let reminded = "SELECT count(*) FROM event WHERE kind = 'reminded'";
        let reminded: i64 = self
            .database
            .query_row(reminded, [], |row| row.get(0))
            .unwrap();
        assert_eq!(
            usize::try_from(reminded).unwrap(),
            self.book.steps.len(),
            "the histories tell of each step once"
        );
    }

    /// The steps that the database keeps, taken at that time or later.
    pub(super) fn steps_since(&self, at: DateTime<Utc>) -> Vec<Step> {
        let time = |ms: i64| DateTime::from_timestamp_millis(ms).unwrap();
        let mut steps = self.database
            .prepare_cached("SELECT r.at, c.number, r.step, r.due_at, r.holder FROM reminder r JOIN complaint c ON c.id = r.complaint_id WHERE r.at >= ?1")
            .unwrap()
            .query_map([at.timestamp_millis()], |row| {
                let number: i64 = row.get(1)?;
                Ok(Step {
                    at: time(row.get(0)?),
                    number: TrackingNumber::from_value(number.cast_unsigned()).to_string(),
                    step: row.get(2)?,
                    due: time(row.get(3)?),
                    holder: row.get(4)?,
                })
            })
            .unwrap()
            .map(Result::unwrap)
            .collect::<Vec<_>>();
        steps.sort();
        steps
    }
}
