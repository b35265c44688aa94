//! `jibu export`: complaints, or their hops, as rows of a CSV file.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;

use super::county::organisation;
use super::progress::Progress;
use crate::clock::Clock;
use crate::configuration::Configuration;
use crate::reports::write::rows::{self, RowWriter};
use crate::reports::{Codes, Period};
use crate::store::{Exported, Exporting, Reader};

/// What to write.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What a row is
    #[arg(value_enum)]
    what: What,
    /// The directory with service.toml and routing.toml
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// Only complaints lodged then: 2026, 2026-Q4, 2026-10, 2026-10-05, or from one to another: 2025-11..2026-10. Without it, all
    #[arg(long, value_name = "SPAN")]
    period: Option<String>,
    /// Only what this organisation sees in the console, by its id in routing.toml: of counties that it convenes all, of others what it has
    /// now, and nothing that accuses it
    #[arg(long = "for", value_name = "ORGANISATION")]
    organisation: Option<String>,
    /// Sensitive complaints as well, which are left out otherwise. Whoever gets the file sees them. --for has those that the organisation
    /// works on anyway
    #[arg(long, conflicts_with = "organisation")]
    sensitive: bool,
    /// The file to write; it must not exist. Without one, the rows go to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// A complaint: what it is about, where, who has it, how it stands, and when it got how far
    Complaints,
    /// A stay of a complaint with an organisation: since when it had it, and until when
    Hops,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = super::check::load(&arguments.config)?;
    let period = period(arguments)?;
    let exported = exported(arguments, &configuration, period)?;
    let database = super::database::open(&configuration.settings)?;
    let mut codes = Codes::default();
    let counties: Vec<_> = configuration
        .rules
        .counties()
        .map(|county| county.id.clone())
        .collect();
    let ground = configuration.ground(&counties, Clock::system().now());
    let export = Export {
        what: arguments.what,
        reader: database.reader(),
        writer: RowWriter::new(ground, period, &mut codes),
        codes,
    };
    let progress = match &arguments.out {
        Some(_) => Progress::start(),
        None => Progress::beside_output(),
    };
    super::output::into(arguments.out.as_ref(), |out| {
        export.run(exported, out, &progress)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// One export.
struct Export<'a> {
    what: What,
    reader: Reader<'a>,
    writer: RowWriter<'a>,
    codes: Codes,
}

impl Export<'_> {
    fn run(
        mut self,
        what: Vec<Exported>,
        out: &mut dyn Write,
        progress: &Progress,
    ) -> anyhow::Result<()> {
        let mut exporting = self.reader.begin_export(what)?;
        let mut bytes = Vec::new();
        rows::begin(
            &mut bytes,
            match self.what {
                What::Complaints => &rows::COMPLAINT,
                What::Hops => &rows::HOP,
            },
        )?;
        let mut written = 0;
        loop {
            out.write_all(&bytes)?;
            progress.at(exporting.done());
            progress.pace(written, "rows");
            bytes.clear();
            let page = self.page(&mut exporting, &mut bytes)?;
            if page == 0 {
                return Ok(out.flush()?);
            }
            written += page;
        }
    }

    /// How many rows it has; none: that was all.
    fn page(&mut self, exporting: &mut Exporting, bytes: &mut Vec<u8>) -> anyhow::Result<usize> {
        let Self {
            reader,
            writer,
            codes,
            ..
        } = self;
        Ok(match self.what {
            What::Complaints => {
                let page = reader.export_complaints(exporting, codes)?;
                writer.complaints(bytes, &page, codes)?;
                page.len()
            }
            What::Hops => {
                let page = reader.export_hops(exporting, codes)?;
                writer.hops(bytes, &page, codes)?;
                page.len()
            }
        })
    }
}

fn period(arguments: &Arguments) -> anyhow::Result<Period> {
    let Some(word) = &arguments.period else {
        let ever = Period::from_word("1970").zip(Period::from_word("2200"));
        let (first, last) = ever.context("there are years")?;
        return Ok(Period {
            until: last.until,
            ..first
        });
    };
    Ok(word.parse()?)
}

/// Which complaints, by county.
fn exported(
    arguments: &Arguments,
    configuration: &Configuration,
    period: Period,
) -> anyhow::Result<Vec<Exported>> {
    let whom = arguments.organisation.as_deref();
    let whom = whom.map(|id| organisation(&configuration.rules, id));
    let whom = whom.transpose()?.map(|known| known.id.clone());
    let counties = configuration.rules.counties();
    let of_county = counties.map(|county| Exported {
        county: county.id.clone(),
        lodged: period.in_zone(county.zone),
        holder: whom.clone().filter(|whom| county.convener != *whom),
        not_accusing: whom.clone(),
        with_sensitive: arguments.sensitive || whom.is_some(),
    });
    Ok(of_county.collect())
}
