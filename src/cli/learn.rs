//! `jibu learn`: rules proposed from labelled texts, as TOML on standard output. Nothing is applied.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::progress::Progress;
use super::table;
use crate::configuration::Configuration;
use crate::routing::learn::{Example, Limits, Proposal, Quotes};

/// What to learn from.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The directory whose organisations the labels name; without it, a whole routing.toml is proposed
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// A CSV file with labelled texts
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// The column with the texts
    #[arg(long, value_name = "NAME")]
    text_column: String,
    /// The column with the labels: ids or names of organisations, or what is to become one
    #[arg(long, value_name = "NAME")]
    label_column: String,
    /// How many words a rule may have, on average
    #[arg(long, value_name = "COUNT", default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..))]
    words: u16,
    /// In how many different texts a word must stand
    #[arg(long, value_name = "COUNT", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..))]
    texts: u16,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = match &arguments.config {
        Some(directory) => Some(super::check::load(directory)?),
        None => None,
    };
    let known = configuration
        .as_ref()
        .map(|configuration| &configuration.rules);
    let limits = Limits {
        words: arguments.words.into(),
        texts: arguments.texts.into(),
    };
    let progress = Progress::start();
    let rows = rows(arguments, &progress)?;
    let proposal = Proposal::new(rows, known, limits, |done| progress.at(done))?;
    drop(progress);
    let toml = match known {
        Some(_) => proposal.to_toml(Quotes::Shown),
        None => complete(&proposal)?,
    };
    super::say(toml.trim_end());
    Ok(ExitCode::SUCCESS)
}

fn rows(arguments: &Arguments, progress: &Progress) -> anyhow::Result<Vec<Example>> {
    let columns = [
        arguments.text_column.as_str(),
        arguments.label_column.as_str(),
    ];
    let rows = table::columns(&arguments.file, columns, |done| progress.at(done))?;
    let example = |[text, label]: [String; 2]| Example { text, label };
    Ok(rows.into_iter().map(example).collect())
}

/// In the sample's county, for the reader to put their own in its place.
fn complete(proposal: &Proposal) -> anyhow::Result<String> {
    let sample = Configuration::sample(Path::new("."), &[])
        .map_err(|findings| anyhow::anyhow!(findings.render(false)))?;
    let county = sample.rules.counties().next();
    let convener = county.and_then(|county| sample.rules.organisation(&county.convener));
    let (Some(county), Some(convener)) = (county, convener) else {
        anyhow::bail!("the sample has no county");
    };
    Ok(proposal.to_complete_toml(Quotes::Shown, county, convener))
}
