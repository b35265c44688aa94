//! What an import costs those who text meanwhile, and how long it takes: the same texts with and without `jibu import` of 100,000 rows
//! beside them, the command as people call it and the service that takes the rows in.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use jibu::clock::Stopwatch;

use crate::{DIRECTORY, client, complaints, median, ms, service, texts};

/// Imports, each of its own rows, in turns with texts alone.
const IMPORTS: usize = 3;
/// Texts that are sent between two looks at whether the import is through.
const TEXTS: usize = 8_000;
const ROWS: usize = 100_000;
const MAP: &str = "name = \"bench\"\ncounty = \"wajir\"\n\
    [words]\ncolumns = [\"What\"]\n[id]\ncolumn = \"No\"\n[received]\ncolumn = \"Created\"\n[closed]\ncolumn = \"Closed\"\n[phone]\ncolumn = \"Phone\"\n";

/// Beside each other in one round.
struct Round {
    quiet: client::Measured,
    busy: Vec<client::Measured>,
    took: Duration,
}

pub(crate) fn run(stored: usize) {
    let folder = tempfile::tempdir().unwrap();
    let service = service::Running::start(folder.path(), stored);
    let map = folder.path().join("map.toml");
    fs::write(&map, MAP).unwrap();
    let send = || client::run(service.address(), &texts::signed(TEXTS, service.url()));
    send();
    println!(
        "{stored} complaints stored; {ROWS} rows an import, half of them closed, with a phone each and no texts"
    );
    let rounds: Vec<Round> = (1..=IMPORTS)
        .map(|number| {
            let file = folder.path().join(format!("{number}.csv"));
            fs::write(&file, rows(number)).unwrap();
            let quiet = send();
            let took = Stopwatch::start();
            let mut import = import(&service, folder.path(), &file, &map);
            let mut busy = Vec::new();
            while import.try_wait().unwrap().is_none() {
                busy.push(send());
            }
            let took = took.elapsed();
            assert!(import.wait().unwrap().success());
            let round = Round { quiet, busy, took };
            round.tell(number);
            round
        })
        .collect();
    println!(
        "median: {:.1} s beside texts, {:.0} rows a second; intake's p99 {:.1} ms, {:.1} ms with it: {:.2} times; {:.2} of the texts a second",
        median(&rounds, |round| round.took.as_secs_f64()),
        median(&rounds, Round::rows_per_second),
        median(&rounds, |round| ms(round.quiet.p99)),
        median(&rounds, Round::busy_p99),
        median(&rounds, |round| round.busy_p99() / ms(round.quiet.p99)),
        median(&rounds, |round| median(&round.busy, |busy| busy.per_second)
            / round.quiet.per_second),
    );
    let file = folder.path().join("alone.csv");
    fs::write(&file, rows(IMPORTS + 1)).unwrap();
    let took = Stopwatch::start();
    let mut import = import(&service, folder.path(), &file, &map);
    assert!(import.wait().unwrap().success());
    println!("alone: {:.1} s", took.elapsed().as_secs_f64());
    service.stop();
}

impl Round {
    fn busy_p99(&self) -> f64 {
        median(&self.busy, |busy| ms(busy.p99))
    }

    fn rows_per_second(&self) -> f64 {
        ROWS as f64 / self.took.as_secs_f64()
    }

    fn tell(&self, number: usize) {
        println!(
            "round {number}: {:>6.0}/s p99 {:>5.1} ms | import {:.1} s, {:.0} rows/s: {:>6.0}/s p99 {:>5.1} ms (worst {:.1} ms)",
            self.quiet.per_second,
            ms(self.quiet.p99),
            self.took.as_secs_f64(),
            self.rows_per_second(),
            median(&self.busy, |busy| busy.per_second),
            self.busy_p99(),
            self.busy
                .iter()
                .map(|busy| ms(busy.p99))
                .fold(0.0, f64::max),
        );
    }
}

fn import(service: &service::Running, folder: &Path, file: &Path, map: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_jibu"))
        .arg("import")
        .arg(file)
        .arg("--map")
        .arg(map)
        .args(["--config", DIRECTORY, "--go", "--no-texts"])
        .envs(service::environment(folder, service.url()))
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

fn rows(import: usize) -> String {
    let words = complaints::own();
    let mut csv = "No,What,Created,Closed,Phone\n".to_owned();
    for row in 0..ROWS {
        let day = 1 + row % 28;
        let closed = if row % 2 == 0 {
            format!("2025-04-{day:02}")
        } else {
            String::new()
        };
        writeln!(
            csv,
            "{import}-{row},\"{} ({row})\",2025-03-{day:02} 10:00,{closed},{}",
            words[row % words.len()].replace('"', "'"),
            texts::phone(),
        )
        .unwrap();
    }
    csv
}
