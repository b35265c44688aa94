//! The last walk of the audit's chain, kept for a minute: it reads every entry, and a page is looked at more often than that.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::console::Console;
use crate::console::problem::Problem;
use crate::store::Chain;

const KEPT: TimeDelta = TimeDelta::minutes(1);

/// What was found, and when.
#[derive(Default)]
pub(in crate::console) struct Walked(Mutex<Option<(DateTime<Utc>, Chain)>>);

impl Walked {
    fn last(&self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Chain)> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone().filter(|(at, _)| now < *at + KEPT)
    }

    fn keep(&self, at: DateTime<Utc>, chain: &Chain) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((at, chain.clone()));
    }
}

impl Console {
    /// Whether the audit is whole, and as of when.
    pub(super) async fn audit_chain(&self) -> Result<(DateTime<Utc>, Chain), Problem> {
        let now = self.clock.now();
        if let Some(last) = self.walked.last(now) {
            return Ok(last);
        }
        let chain = self.store.read(|reader| reader.audit_chain()).await?;
        self.walked.keep(now, &chain);
        Ok((now, chain))
    }
}
