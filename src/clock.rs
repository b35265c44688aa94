//! The only reader of the system clock. Everything else is told what time it is, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time. Cheap to clone; clones of a moved clock move together.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Milliseconds that it is ahead of the system's.
    Ahead(Arc<AtomicI64>),
    /// Milliseconds since 1970; stands still until a test moves it.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that is ahead of the system's, and goes like it.
    pub fn ahead(by: TimeDelta) -> Self {
        Self(Source::Ahead(Arc::new(AtomicI64::new(
            by.num_milliseconds(),
        ))))
    }

    /// A clock that stands at `at` until it is moved.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self(Source::Standing(Arc::new(AtomicI64::new(
            at.timestamp_millis(),
        ))))
    }

    /// Now, in UTC.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => Utc::now(),
            Source::Ahead(ms) => Utc::now() + TimeDelta::milliseconds(ms.load(Ordering::SeqCst)),
            Source::Standing(ms) => {
                DateTime::from_timestamp_millis(ms.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Now as the machine says, whatever this clock was moved by on purpose.
    pub fn now_unshifted(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::Ahead(ms) => self.now() - TimeDelta::milliseconds(ms.load(Ordering::SeqCst)),
            _ => self.now(),
        }
    }

    /// Moves a clock that is ahead further ahead; how far it is then. Any other stays.
    pub fn move_ahead(&self, by: TimeDelta) -> TimeDelta {
        match &self.0 {
            Source::Ahead(ms) => {
                let by = by.num_milliseconds();
                TimeDelta::milliseconds(ms.fetch_add(by, Ordering::SeqCst) + by)
            }
            _ => TimeDelta::zero(),
        }
    }

    /// Moves a standing clock; the system's cannot be moved and stays.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Standing(ms) = &self.0 {
            ms.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}

/// Measures how long something took, for logs and time-outs; never for deadlines.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
