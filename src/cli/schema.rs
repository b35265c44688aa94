//! `jibu schema`: what an editor needs to know of `routing.toml`. The sample's `config/routing.schema.json` is this, written to a file.

use std::process::ExitCode;

use crate::routing::schema;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    super::say(schema().trim_end());
    Ok(ExitCode::SUCCESS)
}
