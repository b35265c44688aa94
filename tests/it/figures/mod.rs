//! Figures of reports, beside what others come to who count the rows that left the system.

mod kept;
mod outside;
mod published;
mod questions;
mod seed;
mod town;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use jibu::clock::Clock;
use jibu::configuration::Configuration;
use jibu::reports::write::{Labels, json};
use jibu::reports::{Answer, CountedFor, Dimension, Key, Question};
use jibu::store::{Store, open_with_keys};
use tempfile::TempDir;

use crate::edited::copy_sample;
use crate::process::{jibu, said};
use crate::world::paths;

/// So many complaints are counted by others too, and so many where nobody else counts.
const MANY: usize = 100_000;
const FEW: usize = 3_000;

/// A second county: its clocks jump over a midnight each April, and it rests on other days than the first.
const MARSABIT: &str = r#"
[[county]]
id = "marsabit"
name = "Marsabit"
convener = "ti-marsabit"
zone = "Africa/Cairo"
language = "en"
numbers = ["+254700100300"]

[[organisation]]
id = "ti-marsabit"
name = "Transparency Marsabit"
short_name = "TI Marsabit"
email = "convener@marsabit.example"
county = "marsabit"

[[organisation]]
id = "marsabit-water"
name = "Marsabit Water"
short_name = "Marsabit Water"
email = "desk@water.marsabit.example"
county = "marsabit"
"#;
const PLACES: &str = "\
marsabit,Marsabit,county,,,459785,
laisamis,Laisamis,sub-county,marsabit,,65669,
korr,Korr,ward,laisamis,,,
moyale,Moyale,sub-county,marsabit,,,
sololo,Sololo,ward,moyale,,28371,
";
const CALENDAR: &str = r#"
[[calendar]]
county = "marsabit"
weekend = ["friday", "saturday"]
opens = "08:00"
closes = "15:00"
half_day_ends = "12:00"

[[holiday]]
name = "A market day"
dates = ["2026-04-05", "2026-04-12", "2025-12-25"]
half = true
counties = ["marsabit"]

[[holiday]]
name = "A day of prayer"
every = "04-20"
counties = ["marsabit"]
"#;

/// Tuesday noon in Nairobi.
fn now() -> DateTime<Utc> {
    "2026-09-15T09:00:00.000Z".parse().unwrap()
}

/// A configuration of two counties, with many complaints behind it.
struct Seeded {
    folder: TempDir,
    configuration: Configuration,
}

impl Seeded {
    async fn with(complaints: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config");
        copy_sample(&config);
        for (file, more) in [
            ("routing.toml", MARSABIT),
            ("places.csv", PLACES),
            ("calendar.toml", CALENDAR),
        ] {
            let path = config.join(file);
            let sample = fs::read_to_string(&path).unwrap();
            fs::write(path, sample + more).unwrap();
        }
        let configuration = Configuration::from_directory(&config, []).unwrap();
        let store = Store::open(&paths(&folder), Clock::standing(now())).unwrap();
        seed::fill(&store, complaints, now()).await;
        store.close().await;
        Self {
            folder,
            configuration,
        }
    }

    /// What `jibu export` writes.
    fn export(&self, what: &str, more: &[&str]) -> PathBuf {
        let file = self.folder.path().join(format!("{what}.csv"));
        let config = self.folder.path().join("config").display().to_string();
        let path = file.display().to_string();
        let arguments = [&["export", what, "--out", &path, "--config", &config], more].concat();
        said(&jibu(&arguments, self.folder.path()));
        file
    }

    fn answers(&self, questions: &[Question], whom: &CountedFor) -> Vec<Answer> {
        let counties = self.configuration.rules.counties();
        let counties: Vec<_> = counties.map(|county| county.id.clone()).collect();
        let ground = self.configuration.ground(&counties, now());
        let database = open_with_keys(&paths(&self.folder)).unwrap();
        let reader = database.reader();
        reader.answers(questions, &ground, whom, |_| {}).unwrap()
    }
}

impl Seeded {
    /// Writes the answers to all questions for the check to read. Two threads share them: they are many.
    fn answer_all(&self) {
        let answered = |(questions, whom): &(Vec<Question>, CountedFor)| -> String {
            let answers = self.answers(questions, whom);
            let lines = answers.iter().map(|answer| {
                let mut told = as_json(answer);
                told["sensitive_apart"] = whom.sensitive_apart.into();
                format!("{told}\n")
            });
            lines.collect()
        };
        let all = questions::all();
        let (some, others) = all.split_at(all.len() / 2);
        let answers = |some: &[_]| -> String { some.iter().map(answered).collect() };
        let mut told = std::thread::scope(|scope| {
            let others = scope.spawn(|| answers(others));
            answers(some) + &others.join().unwrap()
        });
        for by in ["sector,gender", "month", "ward"] {
            let figure = ["--by", by, "--measure", "mean_working_days_to_resolve"];
            let answer = self.report(
                "json",
                &[figure.as_slice(), &["--only", "language=so"]].concat(),
            );
            let mut answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
            answer["sensitive_apart"] = false.into();
            told += &format!("{answer}\n");
        }
        fs::write(self.folder.path().join("answers.jsonl"), told).unwrap();
        let book = self.folder.path().join("book.xlsx").display().to_string();
        self.report("xlsx", &["--by", "sector,gender", "--out", &book]);
        let same = self.report("json", &["--by", "sector,gender"]);
        fs::write(self.folder.path().join("book.json"), same).unwrap();
    }

    /// What `jibu report` says of some months.
    fn report(&self, format: &str, more: &[&str]) -> String {
        let config = self.folder.path().join("config").display().to_string();
        let asked = ["report", "--format", format, "--config", &config];
        let when = ["--from", "2025-11-03", "--to", "2026-04-26"];
        let arguments = [asked.as_slice(), &when, more].concat();
        said(&jibu(&arguments, self.folder.path()))
    }
}

fn as_json(answer: &Answer) -> serde_json::Value {
    let key = |_: Dimension, key: &Key| key.as_deref().unwrap_or("not given").to_owned();
    json(
        answer,
        now(),
        false,
        &Labels {
            key: &key,
            all: "all",
        },
    )
}

fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(file).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("Excel wants its mark");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    rows.deserialize().map(Result::unwrap).collect()
}

/// Whoever has the rows can count them. `bash tests/reports/run` has DuckDB count them, of many more and for all figures; without it, each
/// count alone is held against the rows.
#[tokio::test]
async fn who_counts_the_exported_rows_comes_to_the_same_figures() {
    let python = std::env::var("FIGURES_PYTHON").ok();
    let seeded = Seeded::with(if python.is_some() { MANY } else { FEW }).await;
    let complaints = seeded.export("complaints", &["--sensitive"]);
    let hops = seeded.export("hops", &["--sensitive"]);
    match python {
        None => counts_are_those_of_the_rows(&seeded, &rows(&complaints), &rows(&hops)),
        Some(python) => {
            seeded.answer_all();
            let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/check.py");
            let folder = seeded.folder.path();
            let checked = Command::new(python).arg(check).arg(folder).status();
            assert!(checked.unwrap().success(), "what differs stands above");
        }
    }
}

fn counts_are_those_of_the_rows(
    seeded: &Seeded,
    complaints: &[BTreeMap<String, String>],
    hops: &[BTreeMap<String, String>],
) {
    assert_eq!(complaints.len(), FEW);
    assert!(hops.len() > complaints.len(), "{}", hops.len());
    let counted = complaints
        .iter()
        .filter(|row| !["not_a_complaint", "merged"].contains(&row["outcome"].as_str()));
    let counted: Vec<_> = counted.collect();
    let questions = questions::counts();
    for answer in seeded.answers(&questions, &CountedFor::default()) {
        let dimension = answer.question.rows().unwrap().as_str();
        for (key, figure) in answer.rows.iter().zip(&answer.row_totals) {
            let key = key.as_deref().unwrap_or_default();
            let of_key = counted.iter().filter(|row| row[dimension] == key).count();
            let count = u64::try_from(of_key).unwrap();
            assert_eq!(figure.rests_on, count, "{dimension} {key}");
        }
        assert_eq!(answer.total.rests_on, u64::try_from(counted.len()).unwrap());
    }
}
