//! What deadlines cost: the scan that finds nothing due, and ten thousand that fall due at once while texts come in.
//! `cargo bench --bench deadlines`, `-- --few` for a hundredth of the complaints.
//!
//! The scan over 1,000,000 complaints, 50,000 of them open, is to take less than 20 ms; ten thousand are to become letters within 5 s
//! with intake's p99 within twice what it is without them.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench tells its figures, and ends where it cannot measure"
)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jibu::actions::receive_message::Prepared;
use jibu::actions::{IncomingMessage, raise_reminders, receive_message};
use jibu::clock::{Clock, Stopwatch};
use jibu::complaint::Address;
use jibu::configuration::{Configuration, Live};
use jibu::store::{Store, StorePaths};
use jibu::timers::do_what_is_due;
use rusqlite::{Connection, params};

/// How often the scan is made.
const SCANS: usize = 200;
/// How often so many fall due at once, each time other ones.
const ROUNDS: u64 = 5;
/// Texts that come in at the same time.
const AT_ONCE: usize = 16;
/// Organisations that the ten thousand lie with.
const HOLDERS: [&str; 8] = [
    "wajir-water",
    "wajir-utility",
    "wajir-health",
    "wajir-hospital",
    "wajir-food-aid",
    "wajir-drought",
    "wajir-education",
    "wajir-roads",
];

/// A Thursday, just before the offices open in Nairobi.
fn thursday() -> DateTime<Utc> {
    "2026-05-07T04:59:30Z".parse().unwrap()
}

fn main() {
    let few = std::env::args().any(|argument| argument == "--few");
    let (stored, open, due) = if few {
        (10_000, 500, 100)
    } else {
        (1_000_000, 50_000, 10_000)
    };
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(measure(folder.path(), stored, open, due));
}

async fn measure(folder: &Path, stored: u64, open: u64, due: u64) {
    let configuration = Arc::new(Configuration::sample(folder, &[]).unwrap());
    let clock = Clock::standing(thursday());
    let paths = || StorePaths {
        database: folder.join("jibu.sqlite3"),
        keys: folder.join("jibu.keys"),
    };
    let store = Store::open(&paths(), clock.clone()).unwrap();
    text(&store, &configuration, 0).await;
    store.close().await;
    fill(&paths().database, stored, open);
    let store = Store::open(&paths(), clock.clone()).unwrap();

    let mut scans = Vec::new();
    for _ in 0..SCANS {
        let configuration = Arc::clone(&configuration);
        let watch = Stopwatch::start();
        let scan = store.write("scan", move |tx| raise_reminders(tx, &configuration));
        assert_eq!(scan.await.unwrap(), 0);
        scans.push(watch.elapsed());
    }
    scans.sort_unstable();
    println!(
        "scan of {stored} complaints, {open} open, none due: median {:.2} ms, p95 {:.2} ms (target 20)",
        ms(scans[SCANS / 2]),
        ms(scans[SCANS * 95 / 100])
    );

    let texts = Arc::new(Texts::new(store.clone(), Arc::clone(&configuration)));
    let mut rounds = Vec::new();
    for round in 0..ROUNDS {
        fall_due(&paths().database, round, due);
        let alone = texts
            .during(tokio::time::sleep(Duration::from_secs(3)))
            .await;
        let live = Live::new(Arc::clone(&configuration), clock.now());
        clock.advance(TimeDelta::minutes(1));
        let watch = Stopwatch::start();
        let beside = texts.during(do_what_is_due(&store, &live)).await;
        let round = Round {
            took: watch.elapsed(),
            alone,
            beside,
        };
        clock.advance(TimeDelta::minutes(-1));
        round.tell(
            count(&paths().database, "reminder"),
            count(&paths().database, "email"),
        );
        rounds.push(round);
    }
    println!(
        "median: {:.2} s (target 5); p99 of texts {:.1} ms, {:.1} ms beside it: {:.2} times (target 2)",
        median(&rounds, |round| round.took.as_secs_f64()),
        median(&rounds, |round| ms(round.alone.p99)),
        median(&rounds, |round| ms(round.beside.p99)),
        median(&rounds, Round::times),
    );
    store.close().await;
}

/// What it took to tell of all that fell due at once, and how long texts took beside it and without it.
struct Round {
    took: Duration,
    alone: Latency,
    beside: Latency,
}

/// How long texts took.
struct Latency {
    p99: Duration,
    worst: Duration,
    texts: usize,
}

impl Round {
    fn times(&self) -> f64 {
        ms(self.beside.p99) / ms(self.alone.p99)
    }

    fn tell(&self, steps: i64, letters: i64) {
        println!(
            "{steps} that fall due at once become {letters} letters in {:.2} s; texts: {}, {} beside it: {:.2} times",
            self.took.as_secs_f64(),
            self.alone.told(),
            self.beside.told(),
            self.times()
        );
    }
}

impl Latency {
    fn told(&self) -> String {
        let (p99, worst) = (ms(self.p99), ms(self.worst));
        format!("p99 {p99:.1} ms of {}, worst {worst:.1} ms", self.texts)
    }
}

fn median<T>(rounds: &[T], figure: impl Fn(&T) -> f64) -> f64 {
    let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Texts that come in, and how long each takes to be on the disk.
struct Texts {
    store: Store,
    configuration: Arc<Configuration>,
    sent: AtomicU64,
}

impl Texts {
    fn new(store: Store, configuration: Arc<Configuration>) -> Self {
        Self {
            store,
            configuration,
            sent: AtomicU64::new(1),
        }
    }

    /// How long they take while something is done.
    async fn during(self: &Arc<Self>, something: impl Future<Output = ()>) -> Latency {
        let stop = Arc::new(AtomicBool::new(false));
        let mut texting = tokio::task::JoinSet::new();
        for _ in 0..AT_ONCE {
            let (texts, stop) = (Arc::clone(self), Arc::clone(&stop));
            texting.spawn(async move {
                let mut times = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let n = texts.sent.fetch_add(1, Ordering::Relaxed);
                    let watch = Stopwatch::start();
                    text(&texts.store, &texts.configuration, n).await;
                    times.push(watch.elapsed());
                }
                times
            });
        }
        something.await;
        stop.store(true, Ordering::Relaxed);
        let mut times: Vec<Duration> = texting.join_all().await.into_iter().flatten().collect();
        times.sort_unstable();
        Latency {
            p99: times[times.len() * 99 / 100],
            worst: times[times.len() - 1],
            texts: times.len(),
        }
    }
}

async fn text(store: &Store, configuration: &Arc<Configuration>, n: u64) {
    let message = IncomingMessage {
        sid: format!("SM{n:032x}"),
        from: Address::new(&format!("+2547{n:08}")),
        to: Address::new("+254700100200"),
        body: "Borehole in Eldas is broken".to_owned(),
        media: Vec::new(),
    };
    let prepared = Prepared::new(Arc::clone(configuration), &message);
    let write = store.write("receive_message", move |tx| {
        receive_message(tx, &prepared, &message)
    });
    write.await.unwrap();
}

/// Copies of the first complaint, past the store: all but `open` are closed, and none is due yet.
fn fill(database: &Path, stored: u64, open: u64) {
    let mut connection = Connection::open(database).unwrap();
    let columns: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_info('complaint') WHERE name NOT IN ('id', 'number', 'status', 'holder', 'next_due', 'remind_at', 'phone_id')")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let columns = columns.join(", ");
    let transaction = connection.transaction().unwrap();
    let later = (thursday() + TimeDelta::days(30)).timestamp_millis();
    {
        let mut copy = transaction
            .prepare(&format!(
                "INSERT INTO complaint (id, number, status, holder, next_due, remind_at, phone_id, {columns})
                 SELECT ?1, ?1, ?2, ?3, ?4, ?5, NULL, {columns} FROM complaint ORDER BY rowid LIMIT 1"
            ))
            .unwrap();
        for n in 1..stored {
            let is_open = n % (stored / open) == 0;
            copy.execute(params![
                i64::try_from(n).unwrap(),
                if is_open { "referred" } else { "closed" },
                HOLDERS[usize::try_from(n).unwrap() / 20 % HOLDERS.len()],
                later + i64::try_from(n).unwrap(),
                is_open.then_some(later + i64::try_from(n).unwrap()),
            ])
            .unwrap();
        }
    }
    transaction.commit().unwrap();
}

/// The deadlines of so many have passed since the offices closed, of others in each round; what was told before is forgotten.
fn fall_due(database: &Path, round: u64, due: u64) {
    let past = (thursday() - TimeDelta::hours(8)).timestamp_millis();
    let connection = Connection::open(database).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
        .execute_batch("DELETE FROM reminder; DELETE FROM told; DELETE FROM email;")
        .unwrap();
    connection
        .execute(
            "UPDATE complaint SET next_due = ?1, remind_at = ?1, reminded_of = ?1 WHERE id IN
                 (SELECT id FROM complaint WHERE status = 'referred' AND remind_at IS NOT NULL AND phone_id IS NULL ORDER BY id LIMIT ?2 OFFSET ?3)",
            params![
                past,
                i64::try_from(due).unwrap(),
                i64::try_from(round * due).unwrap()
            ],
        )
        .unwrap();
}

fn count(database: &Path, table: &str) -> i64 {
    Connection::open(database)
        .unwrap()
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get(0)
        })
        .unwrap()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
