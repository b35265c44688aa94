//! `jibu backup`: a copy of the database while the service runs.

use std::path::Path;
use std::process::ExitCode;

use super::progress::Progress;
use crate::store::open_for_reading;

pub(super) fn run(directory: &Path, file: &Path) -> anyhow::Result<ExitCode> {
    let database = super::check::load_settings(directory)?.database.path;
    let progress = Progress::start();
    open_for_reading(&database)?.backup(file, |done| progress.at(done))?;
    drop(progress);
    super::say(&format!(
        "Wrote {}. The key file is not in it: keep a copy of that elsewhere, or the backup cannot be read.",
        file.display()
    ));
    Ok(ExitCode::SUCCESS)
}
