//! The figures of conveners and committees are counted before they are asked for: over a million complaints the first look at a year would
//! take half a second and more. What did not change since is not counted again.

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

/// Keeps the figures of conveners and committees ready.
#[derive(Default)]
pub struct KeepReady {
    /// Since the last look, and how long was counted in it.
    rests: Option<(Stopwatch, Duration)>,
}

impl KeepReady {
    /// Counts what the page of figures asks for each county's convener and committee, a span of time after the other, so that whoever asks
    /// meanwhile need not wait for all of them. Not for each organisation: they are too many.
    ///
    /// # Errors
    /// The store's first. What is not counted is so at the next look, or when somebody asks; the others are.
    pub async fn look(&mut self, store: &Store, configuration: &Live) -> Result<(), StoreError> {
        if let Some((since, counted)) = &self.rests
            && since.elapsed() < *counted * RESTS
        {
            return Ok(());
        }
        let (current, now) = (configuration.current(), store.now());
        let counties = current.rules.counties().take(COUNTIES);
        let pages = counties.flat_map(|county| pages(county, now).map(move |page| (county, page)));
        let (mut counted, mut failed) = (Duration::ZERO, Ok(()));
        for (county, page) in pages {
            let (current, county) = (Arc::clone(&current), county.clone());
            let count = store.report(move |reader| count(reader, &current, &county, page, now));
            match count.await {
                Ok(took) => counted += took,
                // Others ask so much that these come later.
                Err(StoreError::BusyCounting) => break,
                Err(error) => failed = failed.and(Err(error)),
            }
        }
        self.rests = Some((Stopwatch::start(), counted));
        failed
    }
}

/// A page of figures that is asked for often.
#[derive(Clone, Copy)]
enum Page {
    /// A convener's of that span.
    Convener(Period),
    /// A committee's of the newest published month (1), quarter (3) or year (12).
    Committee(u32),
}

/// How long it took.
fn count(
    reader: &Reader<'_>,
    configuration: &Configuration,
    county: &County,
    page: Page,
    now: DateTime<Utc>,
) -> Result<Duration, StoreError> {
    let watch = Stopwatch::start();
    let ground = configuration.ground(slice::from_ref(&county.id), now);
    match page {
        Page::Convener(span) => {
            let whom = CountedFor::convener(county.convener.clone());
            reader.answers(&dashboard::questions(&span, true), &ground, &whom, |_| {})?;
        }
        Page::Committee(months) => {
            let published = reader.published(&county.id)?;
            let newest = published.last().map(|newest| newest.month.until);
            let span = newest.and_then(|newest| Period::newest_whole(newest, months));
            if let Some(span) = span {
                // Where it may not ask that yet, nothing is counted.
                let _ = reader.answers_outside(&dashboard::questions(&span, true), &ground)?;
            }
        }
    }
    Ok(watch.elapsed())
}

/// The convener's of this month, quarter and year up to now, and of the last year: others that can be chosen are put together of the same
/// months, but for the earliest of the line. And the committee's newest, which are kept as they are until a month more is published: of
/// others nothing is put together, and they are counted when somebody asks.
fn pages(county: &County, now: DateTime<Utc>) -> impl Iterator<Item = Page> {
    let today = now.with_timezone(&county.zone).date_naive();
    let quarter_begins = today.month0() / 3 * 3 + 1;
    let spans = [
        Period::month_of(today),
        Period::of_months(today.year(), quarter_begins, 3),
        Period::of_months(today.year(), 1, 12),
        Period::of_months(today.year() - 1, 1, 12),
    ];
    let spans = spans.into_iter().flatten();
    let of_convener = spans.map(move |span| Page::Convener(span.so_far(today)));
    of_convener.chain([1, 3, 12].map(Page::Committee))
}
