//! `jibu check`: everything that is wrong with a configuration, in one go, like a compiler tells it.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;

use super::lines::counted;
use crate::clock::Clock;
use crate::configuration::{Configuration, Settings};
use crate::text::diagnostic::{Diagnostic, Level};
use crate::text::findings::Findings;

pub(super) fn run(directory: &Path, strict: bool) -> anyhow::Result<ExitCode> {
    let checked = Configuration::from_directory(directory, std::env::vars_os());
    let checked = checked.map(beside_the_complaints);
    let report = report(directory, checked, strict, wants_colour(&std::io::stdout()));
    super::say(&report.text);
    Ok(if report.good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Adds what the files do not tell: pacts that are over, and, from the database, organisations that are no more and have open complaints.
fn beside_the_complaints(mut configuration: Configuration) -> Configuration {
    let over = configuration.pacts_over(Clock::system().now());
    configuration.findings.add(over);
    match super::database::named(&configuration.settings.database.path) {
        Ok(named) => {
            let missing = configuration.missing_of(&named);
            configuration.findings.add(missing);
        }
        Err(why) => {
            let message = format!(
                "not seen, whether open complaints name an organisation that is no more: {why}"
            );
            let note = Diagnostic::new(Level::Note, "routing.toml", None, message);
            configuration.findings.add([note]);
        }
    }
    configuration
}

/// The configuration of a directory for the command that runs it. What is wrong with it goes to standard error.
///
/// # Errors
/// How much is wrong.
pub(super) fn load(directory: &Path) -> anyhow::Result<Configuration> {
    or_tell(
        directory,
        Configuration::from_directory(directory, std::env::vars_os()),
    )
}

/// The same for commands that need the settings alone.
///
/// # Errors
/// How much is wrong with these.
pub(super) fn load_settings(directory: &Path) -> anyhow::Result<Settings> {
    or_tell(
        directory,
        Configuration::settings_alone(directory, std::env::vars_os()),
    )
}

/// What was loaded from a directory or a file. What is wrong with it goes to standard error.
///
/// # Errors
/// How much is wrong.
pub(super) fn or_tell<T>(directory: &Path, loaded: Result<T, Findings>) -> anyhow::Result<T> {
    loaded.map_err(|findings| {
        super::say_error(findings.render(wants_colour(&std::io::stderr())).trim_end());
        anyhow!(
            "{} has {}; nothing was done",
            directory.display(),
            how_many(&findings, Level::Error)
        )
    })
}

/// What `check` says, and whether it is good.
struct Report {
    text: String,
    good: bool,
}

fn report(
    directory: &Path,
    checked: Result<Configuration, Findings>,
    strict: bool,
    colour: bool,
) -> Report {
    let name = directory.display();
    match checked {
        Ok(configuration) => {
            let findings = &configuration.findings;
            let good = !strict || findings.count(Level::Warning) == 0;
            let verdict = if good {
                format!("{name} is good: {}", inventory(&configuration))
            } else {
                format!(
                    "{}, which --strict takes for errors; nothing was changed",
                    how_many(findings, Level::Warning)
                )
            };
            Report {
                text: findings.render(colour) + &verdict,
                good,
            }
        }
        Err(findings) => {
            let verdict = format!("{}; nothing was changed", how_many(&findings, Level::Error));
            Report {
                text: findings.render(colour) + &verdict,
                good: false,
            }
        }
    }
}

/// What a good configuration holds: a file that was forgotten shows here.
fn inventory(configuration: &Configuration) -> String {
    [
        counted(configuration.rules.organisations().count(), "organisation"),
        counted(configuration.rules.count(), "rule"),
        counted(configuration.replies.languages().count(), "language"),
        counted(configuration.places.iter().count(), "place"),
    ]
    .join(", ")
}

/// `5 errors in 3 files`.
fn how_many(findings: &Findings, level: Level) -> String {
    format!(
        "{} in {}",
        counted(findings.count(level), level.word()),
        counted(findings.files(level), "file")
    )
}

/// Colours are for people who look: not for files and pipes, and not where NO_COLOR asks for none (no-color.org).
fn wants_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn check(directory: &Path, strict: bool) -> Report {
        report(
            directory,
            Configuration::from_directory(directory, []),
            strict,
            false,
        )
    }

    /// Compares with what stands in a file; with `UPDATE_GOLDEN=1` the file is written anew, to be read in the diff.
    fn compare(report: &str, golden: &Path) {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(golden, report).unwrap();
        }
        assert_eq!(report, std::fs::read_to_string(golden).unwrap());
    }

    #[test]
    fn five_errors_in_four_files_are_all_told_with_line_and_column() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/five-errors");
        let report = check(&directory, false);
        compare(&(report.text + "\n"), &directory.join("report.txt"));
        assert!(!report.good);
    }

    #[test]
    fn the_sample_is_good_and_its_missing_secrets_are_notes() {
        let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("config");
        let report = check(&directory, true);
        assert!(report.good, "{}", report.text);
        assert!(
            report.text.contains(
                "note: not set, and `serve` needs it: server.public_url, gateway.account_sid"
            ),
            "{}",
            report.text
        );
        let verdict = report.text.lines().last().unwrap();
        assert!(
            verdict.contains("config is good: ") && verdict.contains(" organisations, "),
            "{verdict}"
        );
    }

    #[test]
    fn a_directory_that_is_not_there_is_told() {
        let report = check(Path::new("/nowhere"), false);
        assert_eq!(
            report.text,
            "error: there is no such directory\n--> /nowhere\n = help: name the directory that holds service.toml, routing.toml, places.csv and replies/\n\n1 error in 1 file; nothing was changed"
        );
    }
}
