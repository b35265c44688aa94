//! The command line: one file a command.

mod audit;
mod backup;
mod check;
mod county;
mod database;
mod demo;
mod email;
mod export;
mod import;
mod learn;
mod lines;
mod outbox;
mod output;
mod progress;
mod replies;
mod report;
mod route;
mod schema;
mod serve;
mod table;
mod user;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::priority::give_way;

/// jibu ("answer"): a complaint router that people reach by SMS.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try it: the real service, a sample county, and a page with phones to text from
    Demo {
        /// Where the page is: http://127.0.0.1:PORT/
        #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
        port: u16,
        /// Where complaints and texts are kept; they are there again after a restart
        #[arg(long, value_name = "DIR", default_value = "demo-data")]
        data: PathBuf,
    },
    /// Run it with a real gateway
    Serve {
        /// The directory with service.toml, routing.toml, places.csv and replies/
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
    },
    /// Say everything that is wrong with a configuration; needs no secrets and changes nothing
    Check {
        /// The directory to check
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
        /// Take warnings for errors
        #[arg(long)]
        strict: bool,
    },
    /// Try texts on the rules: who gets them, and why; changes nothing
    Route(route::Arguments),
    /// Print every text as people get it, each with its length: the page that a translator checks
    Replies {
        /// The directory with service.toml, routing.toml, places.csv and replies/
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
        /// One language only, by its code: sw
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
    },
    /// Print the JSON Schema of routing.toml, by which an editor offers keys, explains them and marks mistakes
    Schema,
    /// Propose rules from labelled texts, as TOML to be reviewed; changes nothing
    Learn(learn::Arguments),
    /// List texts to citizens and how far each has come; no numbers, no words
    Outbox {
        /// The directory with service.toml
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
        /// One state only: pending, sending, accepted, sent, delivered, failed, uncertain, expired or withheld
        #[arg(long)]
        state: Option<String>,
        /// How many at most, the newest first
        #[arg(long, default_value_t = 50)]
        most: u32,
    },
    /// Try the mail server
    #[command(subcommand)]
    Email(email::Email),
    /// Say who can log in to the console: add, list, invite, leave
    #[command(subcommand)]
    User(user::User),
    /// Say who convenes each county, and what would go along if another organisation did
    #[command(subcommand)]
    County(county::CountyCommand),
    /// Say whether the record of who did and who read what is whole
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Bring complaints of another system in, from a CSV file; without --go it says what would happen, and changes nothing
    Import(import::Arguments),
    /// Count complaints, by sector, place, gender and more: how many there are, and how long they took
    Report(report::Arguments),
    /// Write a CSV file with a row for each complaint, or for each time that an organisation had one. It has no phone numbers, no names and
    /// nothing that people wrote
    Export(export::Arguments),
    /// Copy the database while the service runs; the copy never sends what the original may have sent
    Backup {
        /// The directory with service.toml
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
        /// The file to write; it must not exist
        file: PathBuf,
    },
}

/// Runs the command that the program was called with.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    if !matches!(command, Command::Demo { .. } | Command::Serve { .. }) {
        // Beside a running service, texts go first.
        give_way();
    }
    let result = match command {
        Command::Demo { port, data } => demo::run(port, data),
        Command::Serve { config } => serve::run(&config),
        Command::Check { config, strict } => check::run(&config, strict),
        Command::Route(arguments) => route::run(&arguments),
        Command::Replies { config, language } => replies::run(&config, language.as_deref()),
        Command::Schema => schema::run(),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Outbox {
            config,
            state,
            most,
        } => outbox::run(&config, state.as_deref(), most),
        Command::Email(what) => email::run(&what),
        Command::User(what) => user::run(&what),
        Command::County(what) => county::run(&what),
        Command::Audit(what) => audit::run(&what),
        Command::Import(arguments) => import::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Backup { config, file } => backup::run(&config, &file),
    };
    result.unwrap_or_else(|error| {
        say_error(&format!("error: {}", in_one_line(&error)));
        ExitCode::FAILURE
    })
}

/// An error and what lies behind it, each said once: many repeat their cause in their own words.
fn in_one_line(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |told, cause| {
        let cause = cause.to_string();
        match told.as_str() {
            "" => cause,
            said if said.contains(&cause) => told,
            said => format!("{said}: {cause}"),
        }
    })
}

/// To standard output: what was asked for. Whoever reads may have read enough (`| head`); that is no failure.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// To standard error: why it could not be done.
fn say_error(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
