//! What reports cost over many complaints: `cargo bench --bench reports`, `-- --few` for a hundredth of them.
//!
//! Over 1,000,000 complaints with 10,000,000 entries a question is to be answered within 1 s, and 100,000 rows are to be exported in one.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a bench tells its figures, and ends where it cannot measure"
)]

mod seed;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use jibu::clock::{Clock, Stopwatch};
use jibu::complaint::CountyId;
use jibu::configuration::Configuration;
use jibu::reports::write::rows::RowWriter;
use jibu::reports::{Codes, CountedFor, Dimension, Ground, Measure, Period, Pieces, Question};
use jibu::store::{Exported, Store, StorePaths};

/// How often each is asked.
const TIMES: usize = 9;

fn now() -> DateTime<Utc> {
    "2026-11-28T09:00:00Z".parse().unwrap()
}

fn main() {
    let few = std::env::args().any(|argument| argument == "--few");
    let stored = if few { 10_000 } else { 1_000_000 };
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration::sample(folder.path(), &[]).unwrap();
    let paths = StorePaths {
        database: folder.path().join("jibu.sqlite3"),
        keys: folder.path().join("jibu.keys"),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let open = || Store::open(&paths, Clock::standing(now())).unwrap();
    runtime.block_on(async { open().close().await });
    let wards = [
        "bute",
        "habasswein",
        "eldas",
        "wagberi",
        "wajir-south",
        "burder",
        "gurar",
        "wajir-north",
    ];
    seed::fill(&paths.database, stored, now(), &wards);
    println!("{stored} complaints are in, with ten entries each\n");
    let store = open();
    let questions = [
        ("complaints, two years", "2024-11-28", "", "complaints"),
        (
            "by sector and gender, two years",
            "2024-11-28",
            "sector,gender",
            "complaints",
        ),
        ("by month, two years", "2024-11-28", "month", "complaints"),
        (
            "by ward and age group, median days to resolve",
            "2024-11-28",
            "ward,age_group",
            "median_days_to_resolve",
        ),
        (
            "by organisation, p90 working days to act",
            "2024-11-28",
            "organisation",
            "p90_working_days_to_act",
        ),
        (
            "by organisation, mean days held",
            "2024-11-28",
            "organisation",
            "mean_days_held",
        ),
        (
            "by sector and gender, one month",
            "2026-10-29",
            "sector,gender",
            "complaints",
        ),
    ];
    for (what, from, by, measure) in questions {
        let period = Period::of_days(from.parse().unwrap(), "2026-11-28".parse().unwrap()).unwrap();
        let by: Vec<Dimension> = by.split(',').filter_map(Dimension::from_word).collect();
        let question = Question::new(&by, Measure::from_word(measure).unwrap(), period).unwrap();
        // What was counted before is kept by month: whoever asks for the first time has nothing of it.
        let answer = |kept: &Arc<Pieces>| {
            let (configuration, kept) = (configuration.clone(), Arc::clone(kept));
            let question = question.clone();
            let watch = Stopwatch::start();
            let read = store.read(move |reader| {
                let ground = Ground {
                    pieces: &kept,
                    ..configuration.ground(&[CountyId::new("wajir")], now())
                };
                reader.answers(&[question], &ground, &CountedFor::default(), |_| {})
            });
            let answers = runtime.block_on(read).unwrap();
            assert!(!answers[0].is_empty(), "{what} rests on nothing");
            watch.elapsed()
        };
        let kept = Arc::default();
        let [mut first, mut again] = [(); 2].map(|()| Vec::new());
        for _ in 0..TIMES {
            first.push(answer(&Arc::default()));
            again.push(answer(&kept));
        }
        // The first of these was nobody's second.
        again.remove(0);
        for times in [&mut first, &mut again] {
            times.sort_unstable();
        }
        println!(
            "{what:<48} median {:>6.0} ms, slowest {:>6.0} ms; again {:>6.1} ms",
            ms(first[TIMES / 2]),
            ms(first[TIMES - 1]),
            ms(again[again.len() / 2])
        );
    }
    export(&store, &configuration, &runtime);
    runtime.block_on(store.close());
}

/// All complaints as rows, as fast as they come.
fn export(store: &Store, configuration: &Configuration, runtime: &tokio::runtime::Runtime) {
    let period = Period::from_word("2026").unwrap();
    let all = Exported {
        county: CountyId::new("wajir"),
        lodged: (0, i64::MAX),
        holder: None,
        not_accusing: None,
        with_sensitive: true,
    };
    let configuration = configuration.clone();
    let watch = Stopwatch::start();
    let read = store.read(move |reader| {
        let mut codes = Codes::default();
        let ground = configuration.ground(&[CountyId::new("wajir")], now());
        let mut writer = RowWriter::new(ground, period, &mut codes);
        let mut exporting = reader.begin_export(vec![all])?;
        let (mut rows, mut bytes) = (0, Vec::new());
        loop {
            bytes.clear();
            let page = reader.export_complaints(&mut exporting, &mut codes)?;
            if page.is_empty() {
                return Ok(rows);
            }
            rows += u32::try_from(page.len()).unwrap();
            writer.complaints(&mut bytes, &page, &mut codes).unwrap();
        }
    });
    let rows = runtime.block_on(read).unwrap();
    let pace = f64::from(rows) / watch.elapsed().as_secs_f64();
    println!("\nexport: {rows} rows, {pace:.0} a second");
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
