//! What a reload costs those who text meanwhile: the same texts with and without somebody who saves a large rules file twice a
//! second and asks for it to be read, which is more than anybody who types can do.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use jibu::clock::Stopwatch;
use jibu::configuration::Watch;
use jibu::text::normalise::Normalised;

use crate::{ROUNDS, client, complaints, median, ms, rules, service, texts};

/// Texts of a round: enough for several reloads.
const TEXTS: usize = 24_000;
const EVERY: Duration = Duration::from_millis(500);
/// Who has the stored complaints: an edit without it would be told as a mistake each time.
const HOLDER: &str = "[[organisation]]\nid = \"wajir-water\"\nname = \"Water\"\nshort_name = \"Water\"\nemail = \"water@example.org\"\ncounty = \"wajir\"\n";

/// Beside each other in one round.
struct Round {
    quiet: client::Measured,
    edited: client::Measured,
    reloads: Vec<Duration>,
}

pub(crate) fn run(stored: usize) {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("config");
    let versions = versions();
    copy_sample(&directory);
    save(&directory, &versions[0]);
    let (service, watch) = service::Running::start_watching(folder.path(), stored, &directory);
    client::run(service.address(), &texts::signed(TEXTS, service.url()));
    let rounds: Vec<Round> = (1..=ROUNDS)
        .map(|number| {
            let signed = [(); 2].map(|()| texts::signed(TEXTS, service.url()));
            let [quiet, edited] = &signed;
            let quiet = client::run(service.address(), quiet);
            let (edited, reloads) = while_edited(&watch, &directory, &versions, || {
                client::run(service.address(), edited)
            });
            let round = Round {
                quiet,
                edited,
                reloads,
            };
            round.tell(number);
            round
        })
        .collect();
    println!(
        "median: p99 {:.1} ms, {:.1} ms with reloads of {:.0} ms: {:.2} times; {:.2} of the texts a second",
        median(&rounds, |round| ms(round.quiet.p99)),
        median(&rounds, |round| ms(round.edited.p99)),
        median(&rounds, |round| ms(mean(&round.reloads))),
        median(&rounds, |round| ms(round.edited.p99) / ms(round.quiet.p99)),
        median(&rounds, |round| round.edited.per_second
            / round.quiet.per_second),
    );
    service.stop();
}

impl Round {
    fn tell(&self, number: usize) {
        println!(
            "round {number}: {:>6.0}/s p99 {:>5.1} ms | {} reloads of {:>4.0} ms: {:>6.0}/s p99 {:>5.1} ms",
            self.quiet.per_second,
            ms(self.quiet.p99),
            self.reloads.len(),
            ms(mean(&self.reloads)),
            self.edited.per_second,
            ms(self.edited.p99),
        );
    }
}

fn mean(times: &[Duration]) -> Duration {
    times.iter().sum::<Duration>() / u32::try_from(times.len().max(1)).unwrap()
}

/// Two files of 10,000 words in 2,000 rules that differ in their words.
fn versions() -> [String; 2] {
    let texts: Vec<Normalised> = complaints::own()
        .iter()
        .map(|text| Normalised::new(text))
        .collect();
    let words = rules::words(&texts);
    [&words[..], &words[1..]].map(|words| rules::file(words, "") + HOLDER)
}

fn copy_sample(directory: &Path) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    fs::create_dir_all(directory.join("replies")).unwrap();
    fs::copy(sample.join("places.csv"), directory.join("places.csv")).unwrap();
    for language in ["ar", "en", "fr", "so", "sw"] {
        let name = format!("replies/{language}.toml");
        fs::copy(sample.join(&name), directory.join(&name)).unwrap();
    }
}

fn save(directory: &Path, routing: &str) {
    fs::write(directory.join("routing.toml"), routing).unwrap();
}

/// Does the work while somebody edits; what comes of it, and how long each reload took.
fn while_edited<T>(
    watch: &Watch,
    directory: &Path,
    versions: &[String],
    work: impl FnOnce() -> T,
) -> (T, Vec<Duration>) {
    let (over, is_over) = channel();
    std::thread::scope(|scope| {
        let editing = scope.spawn(move || edit(watch, directory, versions, &is_over));
        let done = work();
        drop(over);
        (done, editing.join().unwrap())
    })
}

fn edit(
    watch: &Watch,
    directory: &Path,
    versions: &[String],
    is_over: &Receiver<()>,
) -> Vec<Duration> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let mut reloads = Vec::new();
    for version in versions.iter().rev().cycle() {
        save(directory, version);
        let asked = Stopwatch::start();
        runtime.block_on(watch.reload());
        let took = asked.elapsed();
        reloads.push(took);
        if let Err(RecvTimeoutError::Disconnected) =
            is_over.recv_timeout(EVERY.saturating_sub(took))
        {
            break;
        }
    }
    reloads
}
