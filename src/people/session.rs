//! Somebody who is logged in, or half way there.

use chrono::{DateTime, TimeDelta, Utc};

use super::Person;

/// It ends this long after the last request: a browser that was left open in an office.
pub const IDLE: TimeDelta = TimeDelta::hours(1);
/// It ends this long after the login, whatever is done: a working day.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);
/// So long somebody whose password was right has time for the second factor.
pub const UNPROVEN: TimeDelta = TimeDelta::minutes(10);

/// A session that was not ended, of a person who has not left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub person: Person,
    /// When the password was given.
    pub made_at: DateTime<Utc>,
    /// The last request, to the minute.
    pub seen_at: DateTime<Utc>,
    /// Whether the second factor was given too. Before, it opens the page that asks for it and nothing else.
    pub proven: bool,
}

impl Session {
    /// Whether it is still good. One that seems to begin much later is from before the clock went back, and would last until long after.
    pub fn lasts(&self, now: DateTime<Utc>) -> bool {
        let (idle, longest) = if self.proven {
            (IDLE, LONGEST)
        } else {
            (UNPROVEN, UNPROVEN)
        };
        now < self.seen_at + idle && now < self.made_at + longest && self.made_at < now + IDLE
    }
}
