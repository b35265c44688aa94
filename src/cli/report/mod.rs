//! `jibu report`: what complaints are about, where, from whom, and how long they took.

mod asked;
mod files;
mod outside;
mod shown;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};

use asked::Asked;

use super::progress::Progress;
use crate::clock::Clock;
use crate::configuration::Configuration;
use crate::reports::{Answer, Ground};
use crate::store::CountedFor;

/// What to count.
#[derive(Debug, clap::Args)]
#[command(after_help = asked::HELP)]
pub(super) struct Arguments {
    /// The directory with service.toml and routing.toml
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// By what: one or two, the rows first: sector,gender
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    by: Vec<String>,
    /// What figure: complaints, open, confirmed, `median_days_to_resolve`, …
    #[arg(long, value_name = "FIGURE", default_value = "complaints")]
    measure: String,
    /// A span of time: 2026, 2026-Q4, 2026-10 or 2026-10-05; without one, the last twelve months with this
    #[arg(long, value_name = "SPAN", conflicts_with_all = ["from", "to"])]
    period: Option<String>,
    /// From this day on
    #[arg(long, value_name = "DAY", requires = "to")]
    from: Option<String>,
    /// Up to and with this day
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<String>,
    /// Only complaints that have this: sector=water, gender=woman; `sector=` for those that have none. May be given again
    #[arg(long, value_name = "WHAT=ID")]
    only: Vec<String>,
    /// As the committee and the public are told it: no figure of fewer than five, nor one by which such a one could be worked out. Without
    /// days, of the newest month that is published; of several counties, name one: --only county=wajir
    #[arg(long)]
    outside: bool,
    /// How it is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "table")]
    format: shown::Format,
    /// The file to write; it must not exist. Without one, it goes to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.format == shown::Format::Xlsx
        && arguments.out.is_none()
        && std::io::stdout().is_terminal()
    {
        bail!("a workbook is nothing for a terminal: name a file with --out report.xlsx");
    }
    let configuration = Arc::new(super::check::load(&arguments.config)?);
    let asked = Asked::of(arguments)?;
    let told = if arguments.outside {
        outside::told(asked, &configuration)?
    } else {
        inside(&asked, &configuration)?
    };
    super::output::into(arguments.out.as_ref(), |out| {
        out.write_all(&files::written(&told, arguments.format, &configuration)?)?;
        Ok(out.flush()?)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// An answer, and to whom it may be told.
struct Told<'a> {
    answer: Answer,
    /// By what it was counted, and how complaints stood when.
    ground: Ground<'a>,
    is_outside: bool,
}

/// What those are told who work on the complaints.
fn inside<'a>(asked: &Asked, configuration: &'a Configuration) -> anyhow::Result<Told<'a>> {
    let now = Clock::system().now();
    let question = asked.question(asked::last_months(configuration, now)?)?;
    let database = super::database::open(&configuration.settings)?;
    let counties: Vec<_> = configuration
        .rules
        .counties()
        .map(|county| county.id.clone())
        .collect();
    let ground = configuration.ground(&counties, now);
    let progress = Progress::start();
    let mut answers = database.reader().answers(
        std::slice::from_ref(&question),
        &ground,
        &CountedFor::default(),
        |done| progress.at(done),
    )?;
    Ok(Told {
        answer: answers.pop().context("the question has no answer")?,
        ground,
        is_outside: false,
    })
}
