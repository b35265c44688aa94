//! The only reader of the system clock. Everything else is told what time it is, so that tests and the demo can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// Tells the time. Cheap to clone; clones of a moved clock move together.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Works>);

#[derive(Debug)]
struct Works {
    source: Source,
    /// Says to whoever sleeps until a certain time that this time may have come.
    moved: watch::Sender<()>,
}

#[derive(Debug)]
enum Source {
    System,
    /// Milliseconds that it is ahead of the system's; never fewer than before.
    Ahead(AtomicI64),
    /// Milliseconds since 1970; stands still until a test moves it.
    Standing(AtomicI64),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::of(Source::System)
    }

    /// The system's clock and so much on top; it goes on by itself, and can be moved forward.
    pub fn ahead(by: TimeDelta) -> Self {
        Self::of(Source::Ahead(AtomicI64::new(by.num_milliseconds().max(0))))
    }

    /// A clock that stands at `at` until it is moved.
    pub fn standing(at: DateTime<Utc>) -> Self {
        Self::of(Source::Standing(AtomicI64::new(at.timestamp_millis())))
    }

    fn of(source: Source) -> Self {
        let moved = watch::Sender::new(());
        Self(Arc::new(Works { source, moved }))
    }

    /// Now, in UTC.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0.source {
            Source::System => Utc::now(),
            Source::Ahead(ms) => {
                let now = Utc::now();
                let by = TimeDelta::milliseconds(ms.load(Ordering::SeqCst));
                now.checked_add_signed(by).unwrap_or(now)
            }
            Source::Standing(ms) => {
                DateTime::from_timestamp_millis(ms.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Now as the machine says, however far this clock was moved ahead on purpose.
    pub fn now_unshifted(&self) -> DateTime<Utc> {
        match &self.0.source {
            Source::Ahead(ms) => self.now() - TimeDelta::milliseconds(ms.load(Ordering::SeqCst)),
            Source::System | Source::Standing(_) => self.now(),
        }
    }

    /// Moves a standing clock, or one that is ahead, which goes forward only; the system's cannot be moved and stays.
    pub fn advance(&self, by: TimeDelta) {
        let by = by.num_milliseconds();
        match &self.0.source {
            Source::System => return,
            Source::Ahead(ms) => ms.fetch_add(by.max(0), Ordering::SeqCst),
            Source::Standing(ms) => ms.fetch_add(by, Ordering::SeqCst),
        };
        self.0.moved.send_replace(());
    }

    /// To wait for the clock to be moved, from now on.
    pub fn moves(&self) -> Moves {
        Moves(self.0.moved.subscribe())
    }
}

/// Tells each time that a clock was moved. One that only goes on, as the system's does, never is.
#[derive(Debug)]
pub struct Moves(watch::Receiver<()>);

impl Moves {
    /// Returns when the clock was moved since this was last asked; moves in between are not lost, and several count as one.
    pub async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            // The clock is gone: nobody can move it any more.
            std::future::pending::<()>().await;
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

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_clock_that_is_ahead_goes_on_and_is_never_moved_back() {
        let (system, ahead) = (Clock::system(), Clock::ahead(TimeDelta::days(1)));
        let is_ahead = |days: i64| {
            let (least, now, most) = (system.now(), ahead.now(), system.now());
            let by = TimeDelta::days(days);
            // What is ahead is counted in whole milliseconds.
            least + by <= now + TimeDelta::milliseconds(1) && now <= most + by
        };
        assert!(is_ahead(1));
        ahead.clone().advance(TimeDelta::days(2));
        assert!(is_ahead(3));
        ahead.advance(TimeDelta::days(-2));
        assert!(is_ahead(3));
    }

    #[test]
    fn who_waits_for_a_move_hears_of_it_whenever_it_was() {
        let clock = Clock::standing(DateTime::UNIX_EPOCH);
        let mut moves = clock.moves();
        assert_eq!(moves.next().now_or_never(), None);
        clock.advance(TimeDelta::hours(1));
        clock.advance(TimeDelta::hours(1));
        assert_eq!(moves.next().now_or_never(), Some(()));
        assert_eq!(moves.next().now_or_never(), None);
        drop(clock);
        assert_eq!(moves.next().now_or_never(), None);
    }
}
