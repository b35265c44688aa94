//! The demo's time is moved on: how far it is ahead is in its data, and stays so after a restart.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use chrono::TimeDelta;

use crate::clock::{Clock, Stopwatch};
use crate::configuration::Live;
use crate::deadlines::Span;
use crate::store::Store;
use crate::timers::do_what_is_due;

/// Whoever pressed the button waits so long at most for the letters to leave.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it is looked whether they have.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// How far to go.
#[derive(Clone, Copy)]
pub(super) enum Until {
    /// A day on, at the same time.
    Tomorrow,
    /// To when work begins on the next working day.
    NextMorning,
}

/// Moves the demo's time.
pub(super) struct Later {
    pub(super) path: PathBuf,
    pub(super) store: Store,
}

/// The demo's clock, as far ahead as it was moved before.
pub(super) fn clock(data: &Path) -> anyhow::Result<Clock> {
    let path = path(data);
    let ahead = match fs::read_to_string(&path) {
        Ok(text) => text.trim().parse().with_context(|| {
            let path = path.display();
            format!(
                "{path} holds no number of milliseconds: remove it to begin from now, or --data DIR"
            )
        })?,
        Err(_) => 0,
    };
    Ok(Clock::ahead(TimeDelta::milliseconds(ahead)))
}

/// Where it is kept how far ahead it is.
pub(super) fn path(data: &Path) -> PathBuf {
    data.join("clock-ahead-ms")
}

impl Later {
    /// Moves the clock, and does what is due by then.
    pub(super) async fn go(
        &self,
        clock: &Clock,
        configuration: &Live,
        until: Until,
    ) -> anyhow::Result<()> {
        let now = clock.now();
        let by = match until {
            Until::Tomorrow => TimeDelta::days(1),
            Until::NextMorning => {
                let current = configuration.current();
                let county = current.rules.counties().next();
                let county = county.context("there is no county")?;
                let calendar = current.calendars.of(&county.id);
                calendar.resumes(now, Span::Days(1), county.zone) - now
            }
        };
        let ahead = clock.move_ahead(by).num_milliseconds();
        let new = self.path.with_extension("new");
        fs::write(&new, ahead.to_string())
            .and_then(|()| fs::rename(&new, &self.path))
            .with_context(|| format!("{} cannot be written", self.path.display()))?;
        self.store
            .write("believe_clock", |tx| tx.believe_clock())
            .await?;
        do_what_is_due(&self.store, configuration).await;
        self.letters_have_left().await
    }

    async fn letters_have_left(&self) -> anyhow::Result<()> {
        let waiting = Stopwatch::start();
        while waiting.elapsed() < PATIENCE {
            let counts = self.store.read(|reader| reader.email_counts()).await?;
            if counts.pending == 0 {
                break;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }
}
