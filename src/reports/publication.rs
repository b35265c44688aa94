//! When months are told to outsiders.
//!
//! Official statistics publish on a day that was named beforehand, and then revise as announced: so does this. A month's figures are
//! taken a few days after its end, and once more when its complaints had time to be solved and their senders to say so.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Period;

/// Days between a month's end and its first figures: what is said on a phone of the last day, and typed in from paper the day after, is in.
const FIRST_AFTER: Days = Days::new(3);
/// Months between the first figures and the final ones. A complaint may take 21 working days, its sender a week to say that it is not
/// solved, and who has it then as long again.
const FINAL_AFTER: Months = Months::new(3);

/// Which figures of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// Soon after it is over: how many complaints there were, and of what.
    First,
    /// When there was time to solve them. They stay.
    Final,
}

/// A month that outsiders are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Its row.
    pub id: i64,
    /// The month.
    pub month: Period,
    /// Which of its figures.
    pub edition: Edition,
    /// How complaints stood when.
    pub taken_at: DateTime<Utc>,
}

impl Edition {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Final => "final",
        }
    }

    /// The one of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::First, Self::Final]
            .into_iter()
            .find(|one| one.as_str() == word)
    }

    /// From which day on a month's figures are taken; `None`: no calendar goes so far.
    pub fn day(self, month: &Period) -> Option<NaiveDate> {
        let first = month.until.checked_add_days(FIRST_AFTER)?;
        match self {
            Self::First => Some(first),
            Self::Final => first.checked_add_months(FINAL_AFTER),
        }
    }
}

/// The earliest month whose figures are to be taken now, and which; `None`: all are. `since` is the day of the first complaint, `known`
/// what is published. A month that is long over has its final figures at once.
pub fn to_publish(
    since: NaiveDate,
    known: &[Publication],
    zone: Tz,
    now: DateTime<Utc>,
) -> Option<(Period, Edition)> {
    let today = now.with_timezone(&zone).date_naive();
    let mut month = Period::month_of(since)?;
    while month.until <= today {
        let is_due = |edition: &Edition| edition.day(&month).is_some_and(|day| day <= today);
        let due = [Edition::Final, Edition::First].into_iter().find(is_due)?;
        let mut published = known.iter().filter(|one| one.month == month);
        if !published.any(|one| one.edition >= due) {
            return Some((month, due));
        }
        month = Period::month_of(month.until)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(word: &str) -> NaiveDate {
        word.parse().unwrap()
    }

    /// What is to be published in Nairobi at that time, with these published, by their month and edition.
    fn due(now: &str, known: &[(&str, Edition)]) -> Option<(String, Edition)> {
        let known: Vec<Publication> = known
            .iter()
            .map(|(month, edition)| Publication {
                id: 1,
                month: Period::from_word(month).unwrap(),
                edition: *edition,
                taken_at: DateTime::UNIX_EPOCH,
            })
            .collect();
        let due = to_publish(
            day("2026-09-17"),
            &known,
            chrono_tz::Africa::Nairobi,
            now.parse().unwrap(),
        );
        due.map(|(month, edition)| (month.from.format("%Y-%m").to_string(), edition))
    }

    #[test]
    fn a_month_is_published_three_days_after_its_end_where_it_is() {
        let september = Some(("2026-09".to_owned(), Edition::First));
        assert_eq!(due("2026-10-03T20:59:59Z", &[]), None);
        assert_eq!(due("2026-10-03T21:00:00Z", &[]), september);
        assert_eq!(
            due("2026-10-30T12:00:00Z", &[("2026-09", Edition::First)]),
            None
        );
    }

    #[test]
    fn it_is_published_a_last_time_three_months_later() {
        let first: Vec<_> = ["2026-09", "2026-10", "2026-11"]
            .map(|month| (month, Edition::First))
            .to_vec();
        assert_eq!(due("2027-01-03T20:59:59Z", &first), None);
        assert_eq!(
            due("2027-01-03T21:00:00Z", &first),
            Some(("2026-09".to_owned(), Edition::Final))
        );
    }

    #[test]
    fn what_was_missed_is_published_month_after_month_and_what_is_long_over_once() {
        let now = "2027-02-10T08:00:00Z";
        let mut known = Vec::new();
        for (month, edition) in [
            ("2026-09", Edition::Final),
            ("2026-10", Edition::Final),
            ("2026-11", Edition::First),
            ("2026-12", Edition::First),
            ("2027-01", Edition::First),
        ] {
            assert_eq!(due(now, &known), Some((month.to_owned(), edition)));
            known.push((month, edition));
        }
        assert_eq!(due(now, &known), None);
    }
}
