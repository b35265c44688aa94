//! The spans of time that somebody can choose.

use chrono::{Datelike, Months, NaiveDate};

use super::labels::Labels;
use crate::reports::{Period, Publication};

/// So many months can be chosen, and years' worth of quarters.
const MONTHS: u32 = 13;
const QUARTERS: u32 = 5;

/// A month is looked at before it is over only from its second week on: before that it tells little.
const TELLS_FROM: u32 = 8;

/// One to choose.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// The spans for who looks on that day; outside, only those whose figures are published.
pub(super) struct Spans {
    /// Outside: the day on which the newest month that is told ends.
    pub(super) today: NaiveDate,
    is_outside: bool,
}

impl Spans {
    /// `published`: the months that are, for who is outside; their newest ends on the day on which they are.
    pub(super) fn new(today: NaiveDate, is_outside: bool, published: &[Publication]) -> Self {
        let newest = published.last().map(|newest| newest.month.until);
        Self {
            today: newest.unwrap_or(today),
            is_outside,
        }
    }

    /// The one that the address names, or else the last month, or this one where it has begun to tell something.
    pub(super) fn chosen(&self, word: &str) -> Period {
        let named = Period::from_word(word).filter(|named| self.may_choose(named));
        let shown = named.or_else(|| self.usual());
        self.so_far(shown.unwrap_or(Period {
            from: self.today,
            until: self.today,
        }))
    }

    /// Whether a span has begun; outside, whether it is over.
    pub(super) fn may_choose(&self, period: &Period) -> bool {
        let is_over = period.until <= self.today && period.whole_months().is_some();
        period.from <= self.today && (!self.is_outside || is_over)
    }

    fn usual(&self) -> Option<Period> {
        let this = Period::month_of(self.today)?;
        let tells = self.today.day() >= TELLS_FROM && !self.is_outside;
        Some(if tells { this } else { this.before() })
    }

    /// One that is not over ends today.
    pub(super) fn so_far(&self, period: Period) -> Period {
        period.so_far(self.today)
    }

    /// All of them, the latest first: months, quarters, years.
    pub(super) fn choices(&self, chosen: &Period, labels: &Labels<'_>) -> Vec<Choice> {
        let month = self.today.month();
        let quarter_begins = month - (month - 1) % 3;
        let all = self
            .back(month, 1, MONTHS)
            .chain(self.back(quarter_begins, 3, QUARTERS))
            .chain(self.back(1, 12, 2));
        all.map(|period| choice(&period, self.so_far(period) == *chosen, labels))
            .collect()
    }

    /// The months alone.
    pub(super) fn months(&self, chosen: &Period, labels: &Labels<'_>) -> Vec<Choice> {
        self.back(self.today.month(), 1, MONTHS)
            .map(|month| choice(&month, month == *chosen, labels))
            .collect()
    }

    /// So many spans of so many months that may be chosen, from that one of this year backwards.
    fn back(&self, from: u32, length: u32, count: u32) -> impl Iterator<Item = Period> {
        let first = NaiveDate::from_ymd_opt(self.today.year(), from, 1);
        let all = (0..count).filter_map(move |n| {
            let begins = first?.checked_sub_months(Months::new(n * length))?;
            Period::of_months(begins.year(), begins.month(), length)
        });
        all.filter(|period| self.may_choose(period))
    }
}

fn choice(period: &Period, is_chosen: bool, labels: &Labels<'_>) -> Choice {
    Choice {
        value: period.word(),
        label: labels.span(period),
        is_chosen,
    }
}
