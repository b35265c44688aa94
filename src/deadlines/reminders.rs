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

    /// Whether it is whoever has the complaint that is told.
    pub fn is_reminder(self) -> bool {
        matches!(self, Self::First | Self::Second)
    }

    /// How many are behind when it is taken, it included: those that never come, too.
    pub fn number(self) -> u32 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Escalated => 3,
            Self::Committee => 4,
        }
    }
}

/// When a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// With what it follows.
    AtOnce,
    /// So long after what it follows.
    After(Span),
    /// It is left out: what comes next follows what came before.
    Never,
}

/// When each step is taken, as `[reminders]` of `deadlines.toml` says: the first is counted from the deadline, each other one from the
/// step before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// The organisation is reminded.
    pub first: Turn,
    /// It is reminded again.
    pub second: Turn,
    /// It is the convener's.
    pub escalated: Turn,
    /// It is the committee's.
    pub committee: Turn,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            first: Turn::AtOnce,
            second: Turn::After(Span::Days(2)),
            escalated: Turn::After(Span::Days(2)),
            committee: Turn::After(Span::Days(5)),
        }
    }
}

impl Reminders {
    /// When that step is taken.
    pub fn turn(&self, step: Step) -> Turn {
        match step {
            Step::First => self.first,
            Step::Second => self.second,
            Step::Escalated => self.escalated,
            Step::Committee => self.committee,
        }
    }

    /// The step that comes when so many are behind, and when, counted from `since`: the deadline, or when the last one was taken. `None`:
    /// none comes any more.
    pub fn next(
        &self,
        behind: u32,
        since: DateTime<Utc>,
        calendar: &Calendar,
        zone: Tz,
    ) -> Option<(Step, DateTime<Utc>)> {
        let ahead = Step::ALL.into_iter().filter(|step| step.number() > behind);
        ahead.into_iter().find_map(|step| match self.turn(step) {
            Turn::AtOnce => Some((step, since)),
            Turn::After(span) => Some((step, calendar.resumes(since, span, zone))),
            Turn::Never => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Africa::Nairobi;

    use super::*;

    /// What follows a deadline of Wednesday night that nobody heeds, where each step is taken when its time comes.
    fn story(reminders: &Reminders) -> Vec<String> {
        let calendar = Calendar::default();
        let deadline = "2026-05-06T20:59:59.999Z".parse().unwrap();
        let mut told = Vec::new();
        let (mut behind, mut since) = (0, deadline);
        while let Some((step, at)) = reminders.next(behind, since, &calendar, Nairobi) {
            let there = at.with_timezone(&Nairobi).format("%a %d %b %H:%M");
            told.push(format!("{} {there}", step.as_str()));
            (behind, since) = (step.number(), at);
        }
        told
    }

    #[test]
    fn each_step_comes_after_the_one_before_it_and_what_never_comes_is_passed_over() {
        use Turn::{After, AtOnce, Never};
        let days = |days| After(Span::Days(days));
        let hours = |hours| After(Span::Hours(hours));
        for ([first, second, escalated, committee], wanted) in [
            (
                [AtOnce, days(2), days(2), days(5)],
                "first Wed 06 May 23:59, second Fri 08 May 08:00, escalated Tue 12 May 08:00, committee Tue 19 May 08:00",
            ),
            (
                [AtOnce, Never, days(2), days(5)],
                "first Wed 06 May 23:59, escalated Fri 08 May 08:00, committee Fri 15 May 08:00",
            ),
            (
                [AtOnce, days(2), Never, days(5)],
                "first Wed 06 May 23:59, second Fri 08 May 08:00, committee Fri 15 May 08:00",
            ),
            (
                [AtOnce, days(2), days(2), Never],
                "first Wed 06 May 23:59, second Fri 08 May 08:00, escalated Tue 12 May 08:00",
            ),
            (
                [Never, days(2), days(2), Never],
                "second Fri 08 May 08:00, escalated Tue 12 May 08:00",
            ),
            (
                [Never, Never, hours(4), Never],
                "escalated Thu 07 May 12:00",
            ),
            ([Never, Never, Never, days(5)], "committee Wed 13 May 08:00"),
            ([hours(4), Never, Never, Never], "first Thu 07 May 12:00"),
            ([Never; 4], ""),
        ] {
            let reminders = Reminders {
                first,
                second,
                escalated,
                committee,
            };
            assert_eq!(story(&reminders).join(", "), wanted, "{reminders:?}");
        }
    }
}
