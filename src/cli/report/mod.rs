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
use crate::reports::{Answer, CountedFor, Ground};

/// What to count.
#[derive(Debug, clap::Args)]
#[command(after_help = asked::HELP)]
pub(super) struct Arguments {
    /// The directory with service.toml and routing.toml
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// By what to count: one or two of those below, the rows first: sector,gender. Without it, one figure for all
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    by: Vec<String>,
    /// What to count: one of the figures below
    #[arg(long, value_name = "FIGURE", default_value = "complaints")]
    measure: String,
    /// Only complaints lodged then: 2026, 2026-Q4, 2026-10, 2026-10-05, or from one to another: 2025-11..2026-10. Without it, this month
    /// and the eleven before
    #[arg(long, value_name = "SPAN", conflicts_with_all = ["from", "to"])]
    period: Option<String>,
    /// Only complaints lodged from this day on, 2026-10-05; with --to, in place of --period
    #[arg(long, value_name = "DAY", requires = "to")]
    from: Option<String>,
    /// The last of these days
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<String>,
    /// Only complaints that have this, by its id: sector=water; `sector=` for those that have none. Given again for the same, it is this or
    /// that; for something else, both. `--by sector --format csv` writes the ids
    #[arg(long, value_name = "WHAT=ID")]
    only: Vec<String>,
    /// As the committee and the public are told it: no figure of fewer than five, nor one by which such a one could be worked out. Without
    /// days, of the newest month that is published; of several counties, name one: --only county=wajir
    #[arg(long)]
    outside: bool,
    /// How to write it
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
