//! What follows when a deadline passes and nobody acts: who is told, and when.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Calendar, Span};

/// One of the steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The organisation is reminded, and the convener has word.
    First,
    /// The organisation is reminded again.
    Second,
    /// It is the convener's to follow up.
    Escalated,
    /// The steering committee has word.
    Committee,
}

impl Step {
    /// All of them, the first one first.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Escalated, Self::Committee];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Escalated => "escalated",
            Self::Committee => "committee",
        }
    }

    /// The step with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }

    /// The step that comes when so many were taken.
    pub fn after(taken: u32) -> Option<Self> {
        let index = usize::try_from(taken).ok()?;
        Self::ALL.get(index).copied()
    }
}

/// How long after each step the next one is taken, as `[reminders]` of `deadlines.toml` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// After the first: the second.
    pub second_after: Span,
    /// After the second: the convener's.
    pub escalate_after: Span,
    /// After that: the committee's.
    pub committee_after: Span,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            second_after: Span::Days(2),
            escalate_after: Span::Days(2),
            committee_after: Span::Days(5),
        }
    }
}

impl Reminders {
    /// When the next step is taken after this one was, at `at`; `None`: it was the last.
    pub fn next(
        &self,
        step: Step,
        at: DateTime<Utc>,
        calendar: &Calendar,
        zone: Tz,
    ) -> Option<DateTime<Utc>> {
        let span = match step {
            Step::First => self.second_after,
            Step::Second => self.escalate_after,
            Step::Escalated => self.committee_after,
            Step::Committee => return None,
        };
        Some(calendar.resumes(at, span, zone))
    }
}
