//! The figures of conveners are counted before they are asked for: over a million complaints the first look at a year would take half a
//! second and more. What did not change since is not counted again.

use std::slice;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Datelike, Utc};

use crate::clock::Stopwatch;
use crate::complaint::County;
use crate::configuration::{Configuration, Live};
use crate::reports::{CountedFor, Period, dashboard};
use crate::store::{Reader, Store, StoreError};

/// It rests so many times as long as it took: where all is counted again each time, that is a small part of a reader's time.
const RESTS: u32 = 20;
/// So many counties, the first of the file, are kept ready: what is kept of more would drive out itself
/// ([`Pieces`](crate::reports::Pieces)).
const COUNTIES: usize = 4;

/// Keeps conveners' figures ready.
#[derive(Default)]
pub struct KeepReady {
    /// Since the last look, and how long was counted in it.
    rests: Option<(Stopwatch, Duration)>,
}

impl KeepReady {
    /// Counts what the page of figures asks for each county's convener, a span of time after the other, so that whoever asks meanwhile need
    /// not wait for all of them. Not for each organisation: what one has is counted fast enough when somebody asks.
    ///
    /// # Errors
    /// The store's. What is not counted is so at the next look, or when somebody asks.
    pub async fn look(&mut self, store: &Store, configuration: &Live) -> Result<(), StoreError> {
        if let Some((since, counted)) = &self.rests
            && since.elapsed() < *counted * RESTS
        {
            return Ok(());
        }
        let (current, now) = (configuration.current(), store.now());
        let counties = current.rules.counties().take(COUNTIES);
        let spans = counties.flat_map(|county| spans(county, now).map(move |span| (county, span)));
        let mut counted = Duration::ZERO;
        for (county, span) in spans {
            let (current, county) = (Arc::clone(&current), county.clone());
            let count = store.report(move |reader| count(reader, &current, &county, &span, now));
            match count.await {
                Ok(took) => counted += took,
                // Others ask so much that these come later.
                Err(StoreError::BusyCounting) => break,
                Err(error) => return Err(error),
            }
        }
        self.rests = Some((Stopwatch::start(), counted));
        Ok(())
    }
}

/// How long it took.
fn count(
    reader: &Reader<'_>,
    configuration: &Configuration,
    county: &County,
    span: &Period,
    now: DateTime<Utc>,
) -> Result<Duration, StoreError> {
    let watch = Stopwatch::start();
    let ground = configuration.ground(slice::from_ref(&county.id), now);
    let whom = CountedFor::convener(county.convener.clone());
    let questions = dashboard::questions(span, true);
    reader.answers(&questions, &ground, &whom, |_| {})?;
    Ok(watch.elapsed())
}

/// This month, quarter and year up to now, and the last year. Others that can be chosen are put together of the same months, but for the
/// earliest of the line.
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
