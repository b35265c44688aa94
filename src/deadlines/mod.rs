//! By when what is to happen: working days and working hours, counted in the county's zone by its calendar.

mod calendar;
mod load;
mod local_days;
mod reminders;
mod span;
mod terms;
mod worked;

use chrono::{DateTime, Utc};

pub use calendar::{Calendar, Calendars};
pub use load::Named;
pub use local_days::LocalDays;
pub use reminders::{Reminders, Step, Turn};
pub use span::Span;
pub use terms::{About, Deadlines, Terms};
pub use worked::WorkingDays;

/// By when the holder of a complaint is to have done what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Said yes, or sent it back.
    pub accept: DateTime<Utc>,
    /// Done something, or answered.
    pub first_action: DateTime<Utc>,
    /// Solved it.
    pub resolve: DateTime<Utc>,
}
