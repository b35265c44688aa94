//! How fast texts are taken in, durably, beside what the machine could do: `cargo bench --bench intake`.
//!
//! In one run and in turns, so that a machine that slows down slows all of them down:
//! - `noop`: an actix handler that reads the same form and answers; nothing is verified or kept.
//! - `jibu`: the service; signature, form, sealing, routing, complaint, referral, reply in the outbox, committed with FULL.
//! - `bare`: a loop over rusqlite that inserts the same rows in groups of 64, committed with FULL.
//!
//! With `-- --reload` it is something else that is measured: `jibu` alone, with and without reloads of a large rules file.
//!
//! With `-- --import` it is `jibu` alone again, with and without an import of 100,000 rows beside it.
//!
//! With `-- --reports` `jibu` takes 300 texts a second, with and without dashboards and exports of all complaints beside it.
//!
//! The database holds 10,000 complaints; `-- --million` takes 1,000,000 and asks for status too. 64 connections, 2 workers,
//! the client on the same machine. Read ratios and medians: machines are noisy.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench tells its figures, and ends where it cannot measure"
)]

mod bare;
mod client;
#[path = "../routing/texts.rs"]
mod complaints;
mod import;
mod noop;
mod reload;
mod reports;
#[path = "../routing/rules.rs"]
#[expect(dead_code, reason = "no automaton is made of these words here")]
mod rules;
mod seed;
mod service;
mod texts;
#[path = "../reports/seed.rs"]
mod two_years;

use std::time::Duration;

/// The sample, for commands that take a directory.
const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");
/// Rounds of each; the median is told.
const ROUNDS: usize = 5;
/// Complaints in a small database: those of the phones that ask.
const FEW: usize = 1_000;
/// How often each of these phones asks in one measurement.
const QUESTIONS_EACH: usize = 4;
/// Requests of one measurement.
const REQUESTS: usize = 8_000;

fn main() {
    let asked = |option: &str| std::env::args().any(|argument| argument == option);
    let stored = if asked("--million") {
        1_000_000
    } else {
        10_000
    };
    if asked("--reload") {
        return reload::run(stored);
    }
    if asked("--reports") {
        return reports::run(stored);
    }
    if asked("--import") {
        return import::run(stored);
    }
    println!(
        "{stored} complaints stored; {REQUESTS} texts a round, {ROUNDS} rounds, {} connections",
        client::CONNECTIONS
    );

    let folder = tempfile::tempdir().unwrap();
    let service = service::Running::start(folder.path(), stored);
    let noop = noop::Running::start();
    let mut bare = bare::Loop::new(folder.path(), stored);

    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        let texts = texts::signed(REQUESTS, service.url());
        let measured = Round {
            noop: client::run(noop.address(), &texts),
            jibu: client::run(service.address(), &texts),
            bare: bare.insert(REQUESTS),
        };
        println!(
            "round {round}: noop {:>6.0}/s p99 {:>5.1} ms | jibu {:>6.0}/s p99 {:>5.1} ms | bare {:>6.0}/s",
            measured.noop.per_second,
            ms(measured.noop.p99),
            measured.jibu.per_second,
            ms(measured.jibu.p99),
            measured.bare,
        );
        rounds.push(measured);
    }
    println!(
        "median: jibu {:.0}/s = {:.2} of noop, {:.2} of bare; p99 {:.1} ms (noop {:.1} ms)",
        median(&rounds, |round| round.jibu.per_second),
        median(&rounds, |round| round.jibu.per_second
            / round.noop.per_second),
        median(&rounds, |round| round.jibu.per_second / round.bare),
        median(&rounds, |round| ms(round.jibu.p99)),
        median(&rounds, |round| ms(round.noop.p99)),
    );
    ask_for_status(&service, stored);
    service.start_again(folder.path());
}

/// Status questions to a database with many complaints, in turns with one of a thousand.
fn ask_for_status(service: &service::Running, stored: usize) {
    let folder = tempfile::tempdir().unwrap();
    let small = service::Running::start(folder.path(), 0);
    let asking = |service: &service::Running| vec![service.complain(FEW); QUESTIONS_EACH].concat();
    let (phones, others) = (asking(service), asking(&small));
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| {
            (
                ms(service.status_questions(&phones)),
                ms(small.status_questions(&others)),
            )
        })
        .collect();
    rounds.sort_by(|a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    let (many, few) = rounds[rounds.len() / 2];
    println!(
        "status question: p99 {many:.1} ms with {stored} complaints, {few:.1} ms with {FEW}: {:.2} times",
        many / few
    );
}

struct Round {
    noop: client::Measured,
    jibu: client::Measured,
    bare: f64,
}

fn median<T>(rounds: &[T], figure: impl Fn(&T) -> f64) -> f64 {
    let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
