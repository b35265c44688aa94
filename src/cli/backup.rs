//! `jibu backup`: a copy of the database while the service runs.

use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use crate::clock::Stopwatch;
use crate::store::open_for_reading;

/// The bar counts thousandths.
const WHOLE: f64 = 1000.0;

pub(super) fn run(directory: &Path, file: &Path) -> anyhow::Result<ExitCode> {
    let database = super::check::load_settings(directory)?.database.path;
    let started = Stopwatch::start();
    let bar = ProgressBar::hidden();
    open_for_reading(&database)?.backup(file, |done| {
        // Nothing to see in a copy that takes less than a second.
        if bar.is_hidden() && started.elapsed().as_secs() >= 1 {
            show(&bar);
        }
        bar.set_position(thousandths(done));
    })?;
    bar.finish_and_clear();
    super::say(&format!(
        "Wrote {}. The key file is not in it: keep a copy of that elsewhere, or the backup cannot be read.",
        file.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn show(bar: &ProgressBar) {
    if let Ok(style) =
        ProgressStyle::with_template("{bar:40} {percent} %  {elapsed}, about {eta} left")
    {
        bar.set_style(style);
    }
    bar.set_length(thousandths(1.0));
    bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 1000"
)]
fn thousandths(done: f64) -> u64 {
    (done.clamp(0.0, 1.0) * WHOLE) as u64
}
