//! `jibu audit`: whether the record of who did and who read what is whole.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::store::{Chain, Damage};

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Audit {
    /// Walk the chain of entries while the service runs; 1 where an entry was changed, removed or put in
    Verify {
        /// The directory with service.toml
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
    },
}

pub(super) fn run(what: &Audit) -> anyhow::Result<ExitCode> {
    let Audit::Verify { config } = what;
    verify(config)
}

fn verify(directory: &Path) -> anyhow::Result<ExitCode> {
    let settings = super::check::load_settings(directory)?;
    let chain = super::database::open_for_audit(&settings)?
        .reader()
        .audit_chain()?;
    let Some(damage) = chain.damage else {
        super::say(&whole(&chain));
        return Ok(ExitCode::SUCCESS);
    };
    super::say_error(&format!("error: the audit is not whole: {}", told(damage)));
    Ok(ExitCode::FAILURE)
}

fn whole(chain: &Chain) -> String {
    let (Some(first), Some(last)) = (chain.first_at, chain.last_at) else {
        return "The audit is whole: no entry was ever made.".to_owned();
    };
    let entries = match chain.entries {
        1 => "1 entry".to_owned(),
        entries => format!("{entries} entries"),
    };
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!(
        "The audit is whole: {entries}, from {} to {}. Its last hash is {}: noted down elsewhere, it shows later that nothing before it was put back.",
        time(first),
        time(last),
        chain.end
    )
}

fn told(damage: Damage) -> String {
    match damage {
        Damage::Changed(entry) => format!("entry {entry} is the first that was changed"),
        Damage::Missing(entry) => format!("entry {entry} is the first that is missing"),
        Damage::Inserted(entry) => format!("entry {entry} is the first that was put in"),
        Damage::EndLost => "what says where it ends is gone or was changed".to_owned(),
    }
}
