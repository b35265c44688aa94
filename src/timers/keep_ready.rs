//! The figures of conveners are counted before they are asked for: over a million complaints the first look at a year would take half a
//! second and more. What did not change since is not counted again.

use std::slice;
use std::time::Duration;

use chrono::{DateTime, Datelike, Utc};

use crate::clock::Stopwatch;
use crate::complaint::County;
use crate::configuration::{Configuration, Live};
use crate::reports::{CountedFor, Period, dashboard};
use crate::store::{Reader, Store, StoreError};

/// After so many times what it took it is done again: where all is counted again each time, that is a small part of a reader's time.
const RESTS: u32 = 20;

/// Keeps them ready, look by look.
#[derive(Default)]
pub(super) struct KeepReady {
    /// Since the last look, and how long that took.
    rests: Option<(Stopwatch, Duration)>,
}

impl KeepReady {
    /// Counts what the page of figures asks for each county's convener. Not for each organisation: what one has is counted fast enough when
    /// somebody asks.
    pub(super) async fn look(
        &mut self,
        store: &Store,
        configuration: &Live,
    ) -> Result<(), StoreError> {
        if let Some((since, took)) = &self.rests
            && since.elapsed() < *took * RESTS
        {
            return Ok(());
        }
        let begun = Stopwatch::start();
        let counties = configuration.current().rules.counties().len();
        for nth in 0..counties {
            let (current, now) = (configuration.current(), store.now());
            let count = move |reader: &Reader<'_>| match current.rules.counties().nth(nth) {
                Some(county) => count(reader, &current, county, now),
                None => Ok(()),
            };
            store.report(count).await?;
        }
        self.rests = Some((Stopwatch::start(), begun.elapsed()));
        Ok(())
    }
}

fn count(
    reader: &Reader<'_>,
    configuration: &Configuration,
    county: &County,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let ground = configuration.ground(slice::from_ref(&county.id), now);
    let whom = CountedFor::convener(county.convener.clone());
    for span in spans(county, now) {
        // All of its questions make sense.
        let questions = dashboard::questions(&span, true).unwrap_or_default();
        reader.answers(&questions, &ground, &whom, |_| {})?;
    }
    Ok(())
}

/// This month, quarter and year up to now, and the last year. Others that can be chosen are put together of the same months.
fn spans(county: &County, now: DateTime<Utc>) -> impl Iterator<Item = Period> {
    let today = now.with_timezone(&county.zone).date_naive();
    let quarter_begins = today.month0() / 3 * 3 + 1;
    let spans = [
        Period::month_of(today),
        Period::of_months(today.year(), quarter_begins, 3),
        Period::of_months(today.year(), 1, 12),
        Period::of_months(today.year() - 1, 1, 12),
    ];
    let spans = spans.into_iter().flatten();
    spans.map(move |span| span.so_far(today))
}
