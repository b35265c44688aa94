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
    /// Milliseconds since 1970; stands still until a test moves it.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
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
            Source::Standing(ms) => {
                DateTime::from_timestamp_millis(ms.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Now as the machine says, whatever this clock was moved by on purpose.
    pub fn now_unshifted(&self) -> DateTime<Utc> {
        self.now()
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
