//! `jibu import`: complaints of another system. It says what would happen; with `--go` it happens.

mod aside;
mod hand_over;
mod report;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::lines::{counted, grouped};
use super::progress::Progress;
use super::say;
use crate::actions::Lodging;
use crate::clock::Clock;
use crate::configuration::Configuration;
use crate::import::{
    Broken, Check, Checking, Mapping, Order, Parts, Refusal, Row, Sink, Source, Terms, Written,
    draft, encoding, segments_left,
};
use crate::store::{OpenError, Unsealed};
use crate::text::shown::one_line;
use aside::Aside;

/// A mapping is written by hand; a file of more bytes is something else.
const LONGEST_MAPPING: u64 = 1024 * 1024;

/// What to import, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The CSV file
    #[arg(value_name = "FILE", required_unless_present = "map_for")]
    file: Option<PathBuf>,
    /// Print a draft of a mapping for a CSV file, to be corrected and saved; nothing else is done
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "map", "go"])]
    map_for: Option<PathBuf>,
    /// The TOML file that says what the columns mean
    #[arg(long, value_name = "FILE", required_unless_present = "map_for")]
    map: Option<PathBuf>,
    /// The directory with service.toml, routing.toml, places.csv and replies/
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// How the file is written, if not in UTF-8, or in UTF-16 that says so itself: windows-1252, iso-8859-6, shift_jis
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What parts its cells, if it cannot be guessed: one character, or `tab`
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<String>,
    /// Do it; without this it is only said what would be done
    #[arg(long)]
    go: bool,
    /// Send whoever has a phone, and whose complaint is open, the text with its number
    #[arg(long, conflicts_with = "no_texts")]
    texts: bool,
    /// Send no text about what is imported
    #[arg(long)]
    no_texts: bool,
    /// Import the others where some rows cannot be; these go into a file beside the first, FILE.bad.csv
    #[arg(long)]
    skip_bad_rows: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let configuration = super::check::load(&arguments.config)?;
    match (&arguments.map_for, &arguments.file, &arguments.map) {
        (Some(file), ..) => map_for(arguments, file, &configuration),
        (None, Some(file), Some(map)) => Import {
            arguments,
            file,
            map,
            configuration: Arc::new(configuration),
        }
        .run(),
        (None, ..) => bail!("name a file, and with --map what its columns mean"),
    }
}

fn map_for(
    arguments: &Arguments,
    file: &Path,
    configuration: &Configuration,
) -> anyhow::Result<ExitCode> {
    let mut source = open(arguments, file)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let county = configuration.rules.counties().next();
    let county = county.map_or("", |county| county.id.as_str());
    let draft = draft(&name, county, &mut source).with_context(|| shown(file))?;
    say(draft.trim_end());
    Ok(ExitCode::SUCCESS)
}

/// A file's name as a terminal can show it.
fn shown(file: &Path) -> String {
    one_line(&file.display().to_string())
}

/// Before it is opened: to open a pipe would wait for a writer.
fn must_be_a_file(file: &Path) -> anyhow::Result<()> {
    let metadata =
        std::fs::metadata(file).with_context(|| format!("{} cannot be read", shown(file)))?;
    if !metadata.is_file() {
        bail!("{} is no file", shown(file));
    }
    Ok(())
}

fn open(arguments: &Arguments, file: &Path) -> anyhow::Result<Source> {
    let encoding = match &arguments.encoding {
        None => None,
        Some(name) => Some(encoding(name).with_context(|| {
            format!("`{}` is no encoding that is known here; names are such as windows-1252, iso-8859-6, utf-16le", one_line(name))
        })?),
    };
    let separator = match arguments.separator.as_deref() {
        None => None,
        Some("tab" | "\\t") => Some(b'\t'),
        Some(sign) => match sign.as_bytes() {
            [one] if !matches!(one, b'"' | b'\r' | b'\n') => Some(*one),
            _ => bail!("--separator is one character, or `tab`"),
        },
    };
    must_be_a_file(file)?;
    let opened = File::open(file).with_context(|| format!("{} cannot be read", shown(file)))?;
    let written = Written {
        encoding,
        separator,
    };
    Source::open(opened, written).with_context(|| shown(file))
}

/// One import.
struct Import<'a> {
    arguments: &'a Arguments,
    file: &'a Path,
    map: &'a Path,
    configuration: Arc<Configuration>,
}

/// Where rows go: those that are good are laid ready, the others are put aside, each if that was asked for.
struct Rows {
    ready: Option<Parts>,
    aside: Option<Aside>,
}

impl Sink for Rows {
    fn good(&mut self, row: &Row<'_>, lodging: &Lodging) -> Result<(), Broken> {
        match &mut self.ready {
            Some(parts) => Ok(parts.add(row.number, lodging)?),
            None => Ok(()),
        }
    }

    fn wrong(&mut self, row: &Row<'_>) -> Result<(), Broken> {
        match &mut self.aside {
            Some(aside) => aside.put(row).map_err(Broken::Aside),
            None => Ok(()),
        }
    }
}

impl Import<'_> {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let mut source = open(self.arguments, self.file)?;
        let mapping = self.mapping(&source)?;
        let database = self.database()?;
        let mut rows = Rows {
            ready: None,
            aside: None,
        };
        if let (true, Some(database)) = (self.arguments.go, &database) {
            hand_over::finish_another(&self.configuration)?;
            rows.ready = Some(Parts::new(database.spool()?));
            let aside = self.arguments.skip_bad_rows;
            rows.aside = aside.then(|| Aside::beside(self.file, source.header()));
        }
        let check = self.check(&mut source, &mapping, database.as_ref(), &mut rows)?;
        say(&report::told(
            &check,
            self.file,
            source.header(),
            &self.configuration,
        ));
        let refused = self.refusal(&check, database.as_ref())?;
        match (rows.ready, refused) {
            (_, Some(why)) => Err(anyhow!("{why}; nothing was imported")),
            (None, None) => {
                say("\nNothing was imported: this was a trial. To do it, add --go.");
                Ok(ExitCode::SUCCESS)
            }
            (Some(_), None) if check.new == 0 => {
                if let Some(aside) = rows.aside {
                    aside.keep()?;
                }
                say("\nThere is nothing new to import.");
                Ok(ExitCode::SUCCESS)
            }
            (Some(parts), None) => {
                if let Some(aside) = rows.aside {
                    aside.keep()?;
                }
                let database = database.context("the database is gone")?;
                // Before it is laid ready: the service may take it in at once.
                let before = hand_over::here(&mapping, &database)?;
                let order = Order {
                    name: mapping.name.clone(),
                    rows: check.new,
                    by: None,
                };
                parts.finish(&order)?;
                hand_over::through(&self.configuration, &mapping, check.new, before, &database)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }

    fn mapping(&self, source: &Source) -> anyhow::Result<Mapping> {
        let name = shown(self.map);
        must_be_a_file(self.map)?;
        let length = std::fs::metadata(self.map)
            .with_context(|| format!("{name} cannot be read"))?
            .len();
        if length > LONGEST_MAPPING {
            bail!("{name} is larger than 1 MB, and no mapping is: is it the CSV file?");
        }
        let text =
            std::fs::read_to_string(self.map).with_context(|| format!("{name} cannot be read"))?;
        super::check::or_tell(
            self.map,
            Mapping::load(&name, &text, source.header(), &self.configuration),
        )
    }

    /// The database, with its keys; `None`: there is none yet, and nothing is to be done.
    fn database(&self) -> anyhow::Result<Option<Unsealed>> {
        match super::database::open(&self.configuration.settings) {
            Err(OpenError::Missing(_)) if self.arguments.go => {
                hand_over::make_database(&self.configuration)?;
                Ok(Some(super::database::open(&self.configuration.settings)?))
            }
            Err(OpenError::Missing(_)) => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    fn check(
        &self,
        source: &mut Source,
        mapping: &Mapping,
        database: Option<&Unsealed>,
        rows: &mut Rows,
    ) -> anyhow::Result<Check> {
        let length = std::fs::metadata(self.file).map_or(0, |metadata| metadata.len());
        let progress = Progress::start();
        let checking = Checking {
            mapping,
            configuration: &self.configuration,
            counties: None,
            receipts: self.arguments.texts,
            now: Clock::system().now(),
            known: database.map(Unsealed::reader),
            most_rows: None,
        };
        let checked = checking.check(source, rows, |read| progress.at(part(read, length)));
        checked.with_context(|| format!("{}: nothing was imported", shown(self.file)))
    }

    /// Why it may not be done.
    fn refusal(
        &self,
        check: &Check,
        database: Option<&Unsealed>,
    ) -> anyhow::Result<Option<String>> {
        let arguments = self.arguments;
        let terms = Terms {
            texts: (arguments.texts || arguments.no_texts).then_some(arguments.texts),
            skips_bad_rows: arguments.skip_bad_rows,
            is_trial: !arguments.go,
        };
        let reader = database.map(Unsealed::reader);
        let left = segments_left(&self.configuration, reader, Clock::system().now())?;
        Ok(Refusal::of(check, terms, left).map(told_refusal))
    }
}

fn told_refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::BadRows(rows) => format!(
            "{} cannot be imported: mend them, or leave them out with --skip-bad-rows",
            counted(rows, "row")
        ),
        Refusal::TextsUndecided(phones) => format!(
            "{} with an open complaint: text them its number (--texts) or not (--no-texts)?",
            counted(phones, "phone")
        ),
        Refusal::TooManyTexts { segments, left } => format!(
            "the texts would cost up to {}, and an import may use half of the {} that limits.segments_per_day leaves for today: \
             import in several files on several days, or with --no-texts",
            counted(segments, "segment"),
            grouped(left)
        ),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a file")]
fn part(read: u64, length: u64) -> f64 {
    read as f64 / length.max(1) as f64
}
