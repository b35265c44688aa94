//! `jibu learn`: rules proposed from labelled texts, or from what people did with complaints, as TOML on standard output. Nothing
//! is applied.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use clap::ArgGroup;

use super::progress::Progress;
use super::table;
use crate::configuration::Configuration;
use crate::hindsight;
use crate::routing::Rules;
use crate::routing::learn::{Example, Limits, Proposal};

/// What to learn from.
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("what").required(true).args(["file", "history"])))]
pub(super) struct Arguments {
    /// The directory whose organisations the labels name; without it, a whole routing.toml is proposed from a file, and --history is
    /// that of config
    #[arg(long, value_name = "DIR")]
    config: Option<PathBuf>,
    /// A CSV file with labelled texts
    #[arg(long, value_name = "FILE", requires_all = ["text_column", "label_column"])]
    file: Option<PathBuf>,
    /// The column with the texts
    #[arg(long, value_name = "NAME", requires = "file")]
    text_column: Option<String>,
    /// The column with the labels: ids or names of organisations, or what is to become one
    #[arg(long, value_name = "NAME", requires = "file")]
    label_column: Option<String>,
    /// The complaints in the database that people referred by hand or resolved, instead of a file
    #[arg(long, conflicts_with_all = ["text_column", "label_column"])]
    history: bool,
    /// How many words a rule may have, on average
    #[arg(long, value_name = "COUNT", default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..))]
    words: u16,
    /// In how many different texts a word must stand
    #[arg(long, value_name = "COUNT", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..))]
    texts: u16,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let toml = match (&arguments.config, &arguments.file) {
        (Some(directory), Some(file)) => {
            let configuration = super::check::load(directory)?;
            from_file(arguments, file, Some(&configuration.rules))?.to_toml()
        }
        (None, Some(file)) => complete(&from_file(arguments, file, None)?)?,
        (directory, None) => {
            let directory = directory.as_deref().unwrap_or(Path::new("config"));
            from_history(arguments, &super::check::load(directory)?)?.to_toml()
        }
    };
    super::say(toml.trim_end());
    Ok(ExitCode::SUCCESS)
}

fn from_file(
    arguments: &Arguments,
    file: &Path,
    known: Option<&Rules>,
) -> anyhow::Result<Proposal> {
    let progress = Progress::start();
    let columns = [&arguments.text_column, &arguments.label_column];
    let columns = columns.map(|name| name.as_deref().unwrap_or_default());
    let rows = table::columns(file, columns, |done| progress.at(done))?;
    let rows = rows
        .into_iter()
        .map(|[text, label]| Example::new(text, label));
    propose(arguments, rows.collect(), known, &progress)
}

fn from_history(arguments: &Arguments, known: &Configuration) -> anyhow::Result<Proposal> {
    let database = super::database::open(&known.settings)?;
    let progress = Progress::start();
    let settled = hindsight::examples(&database.reader(), &known.rules, |done| progress.at(done))?;
    if settled.is_empty() {
        bail!(
            "there is nothing to learn from yet: nobody has referred a complaint by hand, or resolved one"
        );
    }
    propose(arguments, settled, Some(&known.rules), &progress)
}

fn propose(
    arguments: &Arguments,
    examples: Vec<Example>,
    known: Option<&Rules>,
    progress: &Progress,
) -> anyhow::Result<Proposal> {
    let limits = Limits {
        words: arguments.words.into(),
        texts: arguments.texts.into(),
    };
    Ok(Proposal::new(examples, known, limits, |done| {
        progress.at(done)
    })?)
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
    Ok(proposal.to_complete_toml(county, convener))
}
