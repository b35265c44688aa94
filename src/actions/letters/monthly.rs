//! Once a month the steering committee is written how the last one was: in figures by which nobody can be known, whoever reads the email.
//!
//! On the day that `[reports]` says, or the first working day after it, when the month is published. What could not leave then, as the service was down, leaves late,
//! but not after [`LATE`]: the next month's is due by then. A county in which nothing was lodged yet has nothing to report.

use chrono::{DateTime, TimeDelta, Utc};

use super::figures::KEY_FIGURES;
use super::{Draft, Post, To};
use crate::configuration::Configuration;
use crate::reports::{Answer, Dimension, Measure, Period, Question, Wrong, day_of_publication};
use crate::store::{Reader, StoreError};

/// So long after its day a report still leaves.
const LATE: TimeDelta = TimeDelta::days(31);

/// By what complaints are told apart.
const TOLD_BY: [Dimension; 2] = [Dimension::Sector, Dimension::SubCounty];

/// A month's answers, each beside that of the month before.
pub(super) struct Told {
    pub(super) month: Period,
    /// One figure each.
    pub(super) key: Vec<[Answer; 2]>,
    /// A table each.
    pub(super) by: Vec<[Answer; 2]>,
}

/// Drafts the next report that is due, where somebody is at work now; `None`: none is.
///
/// # Errors
/// The store's.
pub fn monthly_to_tell(
    reader: &Reader<'_>,
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, StoreError> {
    for county in configuration.rules.counties() {
        let post = Post::new(configuration, county, now);
        let draft = post.monthly(reader)?;
        if draft.is_some() {
            return Ok(draft);
        }
    }
    Ok(None)
}

impl Post<'_> {
    fn monthly(&self, reader: &Reader<'_>) -> Result<Option<Draft>, StoreError> {
        let Some(committee) = self.county.committee.as_deref() else {
            return Ok(None);
        };
        if !self.is_working_time {
            return Ok(None);
        }
        let Some(month) = self.month_to_tell(reader)? else {
            return Ok(None);
        };
        let Some(told) = self.told(reader, month)? else {
            return Ok(None);
        };
        let letter = self.composer().monthly(&told);
        let key = self.key_of_month(&month);
        let letter = self.addressed(key, "report", To::Committee(committee), letter);
        Ok(Some(Draft::once(vec![letter], &self.county.convener)))
    }

    /// The month that the committee was not told of yet and is to be, the earlier one first.
    pub(super) fn month_to_tell(&self, reader: &Reader<'_>) -> Result<Option<Period>, StoreError> {
        for month in self.months_due() {
            let ends = month.in_zone(self.county.zone).1;
            let first = reader.first_lodged(&self.county.id)?;
            if !reader.owes_email(&self.key_of_month(&month))?
                && first.is_some_and(|first| first.timestamp_millis() < ends)
            {
                return Ok(Some(month));
            }
        }
        Ok(None)
    }

    /// The months whose day has come, and not too long ago; none before it is published.
    fn months_due(&self) -> Vec<Period> {
        let day = i64::from(self.configuration.settings.reports.committee_day);
        let Some(this) = Period::month_of(self.today).filter(|_| day > 0) else {
            return Vec::new();
        };
        let last = this.before().before();
        let mut months = vec![last.before(), last];
        months.retain(|month| {
            let published = day_of_publication(month);
            let wished = published.map(|published| published + TimeDelta::days(day - 1));
            let since = wished.map(|wished| self.today - wished);
            since.is_some_and(|since| TimeDelta::zero() <= since && since <= LATE)
        });
        months
    }

    /// What owes the committee its report: one for each month.
    fn key_of_month(&self, month: &Period) -> String {
        format!("report:{}:{}", self.county.id, month.word())
    }

    /// The figures; `None`: they may not be told yet.
    fn told(&self, reader: &Reader<'_>, month: Period) -> Result<Option<Told>, StoreError> {
        let both = [month, month.before()];
        let key = KEY_FIGURES.map(|measure| (None, measure));
        let by = TOLD_BY.map(|dimension| (Some(dimension), Measure::Complaints));
        let questions = key.into_iter().chain(by).flat_map(|(by, measure)| {
            both.map(|period| Question::new(by.as_slice(), measure, period))
        });
        // None of them is wrong.
        let questions: Result<Vec<Question>, Wrong> = questions.collect();
        let Some(answers) = self.answers(reader, &questions.unwrap_or_default())? else {
            return Ok(None);
        };
        let (pairs, _) = answers.as_chunks::<2>();
        let (key, by) = pairs.split_at(KEY_FIGURES.len().min(pairs.len()));
        Ok(Some(Told {
            month,
            key: key.to_vec(),
            by: by.to_vec(),
        }))
    }

    /// As outsiders may know them.
    fn answers(
        &self,
        reader: &Reader<'_>,
        questions: &[Question],
    ) -> Result<Option<Vec<Answer>>, StoreError> {
        let counties = [self.county.id.clone()];
        let ground = self.configuration.ground(&counties, self.now);
        Ok(reader.answers_outside(questions, &ground)?.ok())
    }
}
