//! What those who text notice of reports: texts at a steady pace, alone, and with dashboards and an export of all complaints beside them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use jibu::clock::{Clock, Stopwatch};
use jibu::complaint::{CountyId, OrganisationId};
use jibu::people::Role;

use crate::{DIRECTORY, client, median, ms, service, texts, two_years};

/// Texts a second.
const PACE: u32 = 300;
/// Texts of a measurement: twenty seconds.
const TEXTS: usize = 6_000;
const ROUNDS: usize = 5;
/// Months of two years that are published.
const MONTHS: usize = 23;
/// A dashboard is opened so often: five people look at figures all the time.
const EVERY: Duration = Duration::from_millis(200);
/// The log that a commit waits for stays below.
const MOST_LOG: u64 = 64 << 20;

struct Round {
    quiet: client::Measured,
    busy: client::Measured,
    dashboards: u64,
    exports: u64,
    log: u64,
}

pub(crate) fn run(stored: usize) {
    let folder = tempfile::tempdir().unwrap();
    let service = service::Running::start_with(folder.path(), |database| {
        let now = Clock::system().now();
        let stored = u64::try_from(stored).unwrap();
        two_years::fill(database, stored, now, &["bute", "habasswein", "eldas"]);
    });
    service.published(MONTHS);
    let send = || {
        let texts = texts::signed(TEXTS, service.url());
        client::run_at(service.address(), &texts, PACE)
    };
    send();
    let looking = Looking::new(&service);
    println!("{stored} complaints stored; {PACE} texts a second, {TEXTS} a round");
    let rounds: Vec<Round> = (1..=ROUNDS)
        .map(|number| {
            let quiet = send();
            let (busy, dashboards, exports, log) = beside(&service, &looking, folder.path(), send);
            let round = Round {
                quiet,
                busy,
                dashboards,
                exports,
                log,
            };
            round.tell(number);
            round
        })
        .collect();
    let log = rounds.iter().map(|round| round.log).max().unwrap();
    println!(
        "median: p99 {:.1} ms, {:.1} ms beside dashboards and exports: {:.2} times (target 2); the log {} MB at most (target {})",
        median(&rounds, |round| ms(round.quiet.p99)),
        median(&rounds, |round| ms(round.busy.p99)),
        median(&rounds, |round| ms(round.busy.p99) / ms(round.quiet.p99)),
        log >> 20,
        MOST_LOG >> 20,
    );
    service.stop();
}

impl Round {
    fn tell(&self, number: usize) {
        println!(
            "round {number}: p99 {:>5.1} ms | {} dashboards, {} exports: p99 {:>5.1} ms, the log {} MB",
            ms(self.quiet.p99),
            self.dashboards,
            self.exports,
            ms(self.busy.p99),
            self.log >> 20
        );
    }
}

/// Sends while people look at figures and a command exports, each again and again. How many of them there were, and how large
/// the log of the database became.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn beside(
    service: &service::Running,
    looking: &Looking,
    folder: &Path,
    send: impl Fn() -> client::Measured,
) -> (client::Measured, u64, u64, u64) {
    let is_over = AtomicBool::new(false);
    let [dashboards, exports, log] = [(); 3].map(|()| AtomicU64::new(0));
    let busy = thread::scope(|scope| {
        let goes_on = || !is_over.load(Ordering::Relaxed);
        let (dashboards, exports, log) = (&dashboards, &exports, &log);
        scope.spawn(move || {
            while goes_on() {
                let watch = Stopwatch::start();
                looking.open(service, dashboards.fetch_add(1, Ordering::Relaxed));
                thread::sleep(EVERY.saturating_sub(watch.elapsed()));
            }
        });
        scope.spawn(move || {
            while goes_on() {
                if export(service, folder, goes_on) {
                    exports.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        scope.spawn(move || {
            let file = folder.join("jibu.sqlite3-wal");
            while goes_on() {
                let size = fs::metadata(&file).map_or(0, |file| file.len());
                log.fetch_max(size, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
        });
        let busy = send();
        is_over.store(true, Ordering::Relaxed);
        busy
    });
    let [dashboards, exports, log] = [dashboards, exports, log].map(AtomicU64::into_inner);
    (busy, dashboards, exports, log)
}

/// Who looks at which figures, in turns: their cookie, and the page.
struct Looking {
    browser: reqwest::Client,
    pages: Vec<(String, &'static str)>,
}

impl Looking {
    fn new(service: &service::Running) -> Self {
        let [convener, water] = ["ti-wajir", "wajir-water"].map(OrganisationId::new);
        let committee = Role::Committee(CountyId::new("wajir"));
        let dashboards = [
            service.visitor("noor", Role::Convener(convener)),
            service.visitor("halima", Role::Officer(water)),
            service.visitor("fatuma", committee),
        ];
        let dashboards = dashboards.map(|cookie| (cookie, "/console/figures"));
        let public = (String::new(), "/complain/wajir/figures");
        Self {
            browser: reqwest::Client::builder().no_proxy().build().unwrap(),
            pages: dashboards.into_iter().chain([public]).collect(),
        }
    }

    fn open(&self, service: &service::Running, number: u64) {
        let turn = usize::try_from(number).unwrap() % self.pages.len();
        let (cookie, path) = &self.pages[turn];
        service.open(&self.browser, path, cookie);
    }
}

/// All complaints, as people export them; whether it ended before it was broken off.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn export(service: &service::Running, folder: &Path, goes_on: impl Fn() -> bool) -> bool {
    let mut export = Command::new(env!("CARGO_BIN_EXE_jibu"))
        .args(["export", "complaints", "--config", DIRECTORY])
        .envs(service::environment(folder, service.url()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while goes_on() {
        if let Some(ended) = export.try_wait().unwrap() {
            assert!(ended.success());
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    export.kill().unwrap();
    export.wait().unwrap();
    false
}
