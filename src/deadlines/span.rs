//! How long something may take.

use std::fmt;

/// A number of working days or working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Until the end of the last of so many working days after the day it began.
    Days(u32),
    /// So many hours of work from the moment it began.
    Hours(u32),
}

/// No deadline is longer: two years of working days.
const LONGEST_DAYS: u32 = 500;
/// The same in hours of eight a day.
const LONGEST_HOURS: u32 = 4_000;

impl Span {
    /// Reads `2 days`, `1 day`, `4 hours`; `None`: it is none, or longer than any deadline.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: u32 = count.parse().ok()?;
        let span = match unit.trim() {
            "day" | "days" => Self::Days(count),
            "hour" | "hours" => Self::Hours(count),
            _ => return None,
        };
        let is_sane = match span {
            Self::Days(days) => (1..=LONGEST_DAYS).contains(&days),
            Self::Hours(hours) => (1..=LONGEST_HOURS).contains(&hours),
        };
        is_sane.then_some(span)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(1) => f.write_str("1 day"),
            Self::Days(days) => write!(f, "{days} days"),
            Self::Hours(1) => f.write_str("1 hour"),
            Self::Hours(hours) => write!(f, "{hours} hours"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_reads_as_it_is_written() {
        for text in ["1 day", "21 days", "1 hour", "4 hours"] {
            assert_eq!(Span::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Span::parse(" 2  days "), Some(Span::Days(2)));
        for none in [
            "",
            "2",
            "two days",
            "-1 days",
            "0 days",
            "2 weeks",
            "501 days",
            "99999999999 hours",
        ] {
            assert_eq!(Span::parse(none), None, "{none}");
        }
    }
}
