//! When months are told to outsiders.
//!
//! A month's figures are taken once, when the month after it is over too: by then who has a complaint had 21 working days to solve it. They
//! stay as they are, and so does what is hidden of them, which is decided then ([`privacy`](super::privacy)).
//!
//! Rejected: first figures soon after the month and final ones later, as official statistics have them. Who compares the two sees what
//! became of one complaint in between, and a cell that one of them hides may be the difference of two that the other shows.

use chrono::{DateTime, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Period;

/// Months between a month's end and its figures.
const AFTER: Months = Months::new(1);

/// A month that outsiders are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Its row.
    pub id: i64,
    /// The month.
    pub month: Period,
    /// How complaints stood when.
    pub taken_at: DateTime<Utc>,
}

/// From which day on a month's figures are taken; `None`: no calendar goes so far.
pub fn day_of_publication(month: &Period) -> Option<NaiveDate> {
    month.until.checked_add_months(AFTER)
}

/// The earliest month whose figures are to be taken now; `None`: all are. `since` is the day of the first complaint, `known` what is
/// published.
pub fn to_publish(
    since: NaiveDate,
    known: &[Publication],
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<Period> {
    let today = now.with_timezone(&zone).date_naive();
    let mut month = Period::month_of(since)?;
    while day_of_publication(&month)? <= today {
        if known.iter().all(|one| one.month != month) {
            return Some(month);
        }
        month = Period::month_of(month.until)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is to be published in Nairobi at that time, with these months published.
    fn due(now: &str, known: &[&str]) -> Option<String> {
        let known: Vec<Publication> = known
            .iter()
            .map(|month| Publication {
                id: 1,
                month: Period::from_word(month).unwrap(),
                taken_at: DateTime::UNIX_EPOCH,
            })
            .collect();
        let due = to_publish(
            "2026-09-17".parse().unwrap(),
            &known,
            chrono_tz::Africa::Nairobi,
            now.parse().unwrap(),
        );
        due.map(|month| month.word())
    }

    #[test]
    fn a_month_is_published_when_the_one_after_it_is_over_where_it_is() {
        assert_eq!(due("2026-10-31T20:59:59Z", &[]), None);
        assert_eq!(due("2026-10-31T21:00:00Z", &[]), Some("2026-09".to_owned()));
        assert_eq!(due("2026-11-20T12:00:00Z", &["2026-09"]), None);
    }

    #[test]
    fn what_was_missed_is_published_month_after_month() {
        let mut known = Vec::new();
        for month in ["2026-09", "2026-10", "2026-11", "2026-12"] {
            assert_eq!(due("2027-02-10T08:00:00Z", &known), Some(month.to_owned()));
            known.push(month);
        }
        assert_eq!(due("2027-02-10T08:00:00Z", &known), None);
    }
}
