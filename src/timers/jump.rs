//! A clock that jumps ahead by more than a day stops what is due by it, and says so: else a mistyped year would remind all of the county
//! of everything, close what waits for an answer, and give up every email.
//!
//! Where the clock comes back it goes on by itself; where it was right, somebody says so in the console. At a start nobody knows how long
//! the machine stood still: then a week is believed, but not of a clock that was doubted when it stopped. A restart mends no clock.

use chrono::TimeDelta;

use crate::clock::{Clock, Stopwatch};
use crate::store::{AlarmKind, Store, StoreError};

/// What is believed of a clock that was looked at a moment ago.
const RUNNING: TimeDelta = TimeDelta::days(1);
/// What is believed at a start.
const STANDING: TimeDelta = TimeDelta::days(7);

/// Watches a clock.
pub struct Jumps {
    clock: Clock,
    /// Since the last look that was believed.
    since: Stopwatch,
    believes: TimeDelta,
}

impl Jumps {
    /// Begins with a start.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            since: Stopwatch::start(),
            believes: STANDING,
        }
    }

    /// Looks at the clock. Whether what is due by it may be done.
    ///
    /// # Errors
    /// The store's; then nothing may.
    pub async fn look(&mut self, store: &Store) -> Result<bool, StoreError> {
        let seen = store.read(|reader| reader.clock_seen()).await?;
        let passed = TimeDelta::from_std(self.since.elapsed()).unwrap_or(TimeDelta::MAX);
        let now = self.clock.now_unshifted();
        let believes = match seen.and_then(|seen| seen.stopped_at) {
            Some(_) => RUNNING,
            None => self.believes,
        };
        if let Some(seen) = seen
            && now - seen.at > believes + passed
        {
            if seen.stopped_at.is_none() {
                tracing::error!(
                    "The clock jumped ahead by more than a day: nothing that is due by it is done until it is right, or somebody says under Emails that it is"
                );
                let write = store.write("doubt_clock", |tx| {
                    tx.doubt_clock()?;
                    tx.raise_alarm(AlarmKind::ClockJumped)
                });
                write.await?;
            }
            return Ok(false);
        }
        store
            .write("believe_clock", |tx| tx.believe_clock())
            .await?;
        self.since = Stopwatch::start();
        self.believes = RUNNING;
        Ok(true)
    }
}
