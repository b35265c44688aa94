//! A bar on standard error for what takes longer than a second.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::clock::Stopwatch;

/// The bar counts thousandths.
const WHOLE: f64 = 1000.0;

/// How far a command is; gone from the screen when it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Stopwatch,
    /// Never shown: what the command says runs over the screen already.
    beneath_output: bool,
}

impl Progress {
    pub(super) fn start() -> Self {
        Self::new(false)
    }

    /// For a command that says what it has as it goes: the bar is shown where that goes into a file or a pipe.
    pub(super) fn beside_output() -> Self {
        Self::new(std::io::stdout().is_terminal())
    }

    fn new(beneath_output: bool) -> Self {
        Self {
            bar: ProgressBar::hidden(),
            started: Stopwatch::start(),
            beneath_output,
        }
    }

    /// So much is done, 0 to 1.
    pub(super) fn at(&self, done: f64) {
        // There is nothing to see of what takes less than a second.
        if self.bar.is_hidden() && !self.beneath_output && self.started.elapsed().as_secs() >= 1 {
            self.show();
        }
        self.bar.set_position(thousandths(done));
    }

    /// Says beside the bar how fast it goes.
    pub(super) fn pace(&self, done: usize, of_what: &str) {
        let seconds = self.started.elapsed().as_secs().max(1);
        let done = u64::try_from(done).unwrap_or(u64::MAX);
        self.bar
            .set_message(format!("{} {of_what} a second", done / seconds));
    }

    fn show(&self) {
        if let Ok(style) =
            ProgressStyle::with_template("{bar:40} {percent} %  {elapsed}, about {eta} left  {msg}")
        {
            self.bar.set_style(style);
        }
        self.bar.set_length(thousandths(1.0));
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 1000"
)]
fn thousandths(done: f64) -> u64 {
    (done.clamp(0.0, 1.0) * WHOLE) as u64
}
