//! `jibu route`: texts are tried on the rules. Nothing is changed.

mod advice;
mod file;
mod replay;
mod report;
mod routed;

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use clap::ArgGroup;

use crate::complaint::{County, CountyId};
use crate::configuration::Configuration;
use crate::text::toml_file::did_you_mean;
use advice::Advice;
use file::Tried;
use routed::Routed;

/// What to try.
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("what").required(true).args(["text", "file", "replay"])))]
pub(super) struct Arguments {
    /// The text, as somebody would text it; - reads it from standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// A CSV file of texts instead: a line each, or with --label-column how well the rules do
    #[arg(long, value_name = "FILE", requires = "text_column")]
    file: Option<PathBuf>,
    /// The column with the texts
    #[arg(long, value_name = "NAME", requires = "file")]
    text_column: Option<String>,
    /// The column with whom each text is for: ids or names of organisations
    #[arg(long, value_name = "NAME", requires = "file")]
    label_column: Option<String>,
    /// An edited copy of the directory instead: what its rules would do to the complaints in the database
    #[arg(long, value_name = "DIR")]
    replay: Option<PathBuf>,
    /// With --replay, the complaints of the last days only
    #[arg(long, value_name = "COUNT", requires = "replay", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    days: Option<u32>,
    /// The directory with routing.toml, places.csv and replies/
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// As if a number of this county were texted; without it, of the first in routing.toml
    #[arg(long, value_name = "ID", conflicts_with = "replay")]
    county: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(edited) = &arguments.replay {
        replay::run(&arguments.config, edited, arguments.days, arguments.json)?;
        return Ok(ExitCode::SUCCESS);
    }
    let configuration = super::check::load(&arguments.config)?;
    let county = county(&configuration, arguments.county.as_deref())?;
    match &arguments.file {
        Some(file) => {
            let tried = Tried {
                configuration: &configuration,
                county,
                file,
                text_column: arguments.text_column.as_deref().unwrap_or_default(),
                json: arguments.json,
            };
            match &arguments.label_column {
                Some(label_column) => tried.scored(label_column)?,
                None => tried.each()?,
            }
        }
        None => one(&configuration, county, arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn one(
    configuration: &Configuration,
    county: &County,
    arguments: &Arguments,
) -> anyhow::Result<()> {
    let text = text(&arguments.text)?;
    let advice = Advice::new(configuration, county);
    let routed = Routed::new(configuration, county, &text, &advice);
    super::say(&if arguments.json {
        routed.to_value(&advice).to_string()
    } else {
        routed.told(&advice)
    });
    Ok(())
}

fn county<'c>(configuration: &'c Configuration, id: Option<&str>) -> anyhow::Result<&'c County> {
    let rules = &configuration.rules;
    match id {
        Some(id) => rules.county(&CountyId::new(id)).ok_or_else(|| {
            let known = rules.counties().map(|county| county.id.as_str());
            anyhow!("there is no county `{id}`; {}", did_you_mean(id, known))
        }),
        None => rules.counties().next().context("there is no county"),
    }
}

/// What stands on the command line, quoted or not; or standard input.
fn text(given: &[String]) -> anyhow::Result<String> {
    let text = if given == ["-"] {
        let mut bytes = Vec::new();
        let read = std::io::stdin().read_to_end(&mut bytes);
        read.context("standard input cannot be read")?;
        String::from_utf8_lossy(&bytes).trim_end().to_owned()
    } else {
        given.join(" ")
    };
    if text.trim().is_empty() {
        bail!("there is no text: write one, in quotes, or - to read it from standard input");
    }
    Ok(text)
}
