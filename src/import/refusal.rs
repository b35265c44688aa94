//! Why what was checked may not be imported: rows that cannot be, texts that nobody decided on, texts that would use up the day.

use chrono::{DateTime, Utc};

use super::check::Check;
use crate::configuration::Configuration;
use crate::store::{Reader, StoreError};

/// How it is to be imported.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Whether who has a phone is texted the number; `None`: nobody said.
    pub texts: Option<bool>,
    /// Rows that cannot be imported are left out.
    pub skips_bad_rows: bool,
    /// It is only asked what would happen.
    pub is_trial: bool,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// So many rows cannot be.
    BadRows(usize),
    /// So many phones may be texted or not: somebody must say which.
    TextsUndecided(usize),
    /// The texts would cost more than half of what is left of the day.
    TooManyTexts {
        /// Segments that they would cost at most.
        segments: usize,
        /// Segments that are left.
        left: usize,
    },
}

impl Refusal {
    /// Why what was checked may not be imported so; `left` are the segments of [`segments_left`].
    pub fn of(check: &Check, terms: Terms, left: usize) -> Option<Self> {
        if check.wrong > 0 && !terms.skips_bad_rows {
            return Some(Self::BadRows(check.wrong));
        }
        if !terms.is_trial && check.with_phone > 0 && terms.texts.is_none() {
            return Some(Self::TextsUndecided(check.with_phone));
        }
        (terms.texts == Some(true) && check.segments > left / 2).then_some(Self::TooManyTexts {
            segments: check.segments,
            left,
        })
    }
}

/// How many segments the day's limit leaves; `None` as reader: there is no database yet.
///
/// # Errors
/// SQLite's own.
pub fn segments_left(
    configuration: &Configuration,
    reader: Option<Reader<'_>>,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let limit = configuration.settings.limits.segments_per_day;
    let sent = reader.map_or(Ok(0), |reader| reader.segments_today(now))?;
    Ok(usize::try_from(limit.saturating_sub(sent)).unwrap_or(usize::MAX))
}
