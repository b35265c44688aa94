//! The service under test, in this process, with a gateway that lets nothing through: intake is measured, not sending.

use std::ffi::OsString;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jibu::clock::Clock;
use jibu::complaint::CountyId;
use jibu::configuration::{Configuration, Live, Watch};
use jibu::people::{Role, Token};
use jibu::service::Service;
use jibu::store::open_for_reading;
use tokio::runtime::Runtime;

use crate::{client, seed, texts};

const DATABASE: &str = "jibu.sqlite3";

pub(crate) struct Running {
    runtime: Runtime,
    service: Service,
    url: String,
}

impl Running {
    /// Starts with the sample on a database with that many complaints.
    pub(crate) fn start(folder: &Path, stored: usize) -> Self {
        Self::start_with(folder, |database| {
            seed::fill(&seed::open(database), stored);
        })
    }

    /// The same with what somebody puts into the database.
    pub(crate) fn start_with(folder: &Path, fill: impl FnOnce(&Path)) -> Self {
        let runtime = runtime();
        // The service makes the database and its keys; then it is filled.
        let (service, _) = launch(&runtime, folder);
        runtime.block_on(service.stop());
        fill(&folder.join(DATABASE));
        let (service, url) = launch(&runtime, folder);
        Self {
            runtime,
            service,
            url,
        }
    }

    /// Waits until so many months are published.
    pub(crate) fn published(&self, months: usize) {
        let wajir = || {
            self.service
                .store()
                .read(|reader| reader.published(&CountyId::new("wajir")))
        };
        self.runtime.block_on(async {
            while wajir().await.unwrap().len() < months {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        });
    }

    /// Somebody who is logged in to the console; what their browser says of it.
    pub(crate) fn visitor(&self, name: &'static str, role: Role) -> String {
        let token = Token::draw(&mut rand::rng());
        let hash = token.hash();
        let enter = self.service.store().write("enter", move |tx| {
            let person = tx.add_person(name, &format!("{name}@example.org"), &role)?;
            tx.add_session(hash, person, true)
        });
        self.runtime.block_on(enter).unwrap();
        format!("jibu={}", token.expose())
    }

    /// Opens a page; it must be there.
    pub(crate) fn open(&self, browser: &reqwest::Client, path: &str, cookie: &str) {
        let request = browser
            .get(format!("{}{path}", self.url))
            .header("Cookie", cookie);
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            assert!(answer.status().is_success(), "{path}: {}", answer.status());
            answer.bytes().await.unwrap();
        });
    }

    /// The same by the configuration in a directory, which is watched from then on.
    pub(crate) fn start_watching(folder: &Path, stored: usize, directory: &Path) -> (Self, Watch) {
        let runtime = runtime();
        let (service, _) = launch(&runtime, folder);
        runtime.block_on(service.stop());
        seed::fill(&seed::open(&folder.join(DATABASE)), stored);
        let (listener, url) = listener();
        let environment = environment(folder, &url);
        let first = Configuration::from_directory(directory, environment.clone()).unwrap();
        let clock = Clock::system();
        let live = Live::new(Arc::new(first), clock.now());
        let database = folder.join(DATABASE);
        let named = move || {
            let database = open_for_reading(&database).map_err(|error| error.to_string())?;
            let named = database.named_by_open_complaints();
            named.map_err(|error| error.to_string())
        };
        let directory = directory.to_owned();
        let watch = Watch::start(directory, environment, live.clone(), clock, named).unwrap();
        let service = serve(&runtime, listener, live);
        let running = Self {
            runtime,
            service,
            url,
        };
        (running, watch)
    }

    pub(crate) fn stop(self) {
        self.runtime.block_on(self.service.stop());
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.service.address()
    }

    /// Has that many phones complain; their numbers.
    pub(crate) fn complain(&self, count: usize) -> Vec<String> {
        let phones: Vec<String> = (0..count).map(|_| texts::phone()).collect();
        self.text(&phones, "Borehole at Habasswein is broken");
        phones
    }

    /// The p99 of a status question of these phones, from the webhook to the committed reply.
    pub(crate) fn status_questions(&self, phones: &[String]) -> Duration {
        self.text(phones, "STATUS").p99
    }

    fn text(&self, phones: &[String], words: &str) -> client::Measured {
        let texts: Vec<Vec<u8>> = phones
            .iter()
            .map(|phone| texts::request(&self.url, phone, words))
            .collect();
        client::run(self.address(), &texts)
    }

    /// From start to ready on the database as it is now.
    #[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
    pub(crate) fn start_again(self, folder: &Path) {
        self.runtime.block_on(self.service.stop());
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let started = Instant::now();
                let (service, _) = launch(&self.runtime, folder);
                let took = started.elapsed();
                self.runtime.block_on(service.stop());
                took
            })
            .collect();
        times.sort_unstable();
        println!(
            "from start to ready: {:.0} ms (median of {})",
            times[times.len() / 2].as_secs_f64() * 1000.0,
            times.len()
        );
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

fn launch(runtime: &Runtime, folder: &Path) -> (Service, String) {
    let (listener, url) = listener();
    let configuration = Configuration::sample(folder, &settings(folder, &url)).unwrap();
    let live = Live::new(Arc::new(configuration), Clock::system().now());
    (serve(runtime, listener, live), url)
}

fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

fn serve(runtime: &Runtime, listener: TcpListener, live: Live) -> Service {
    let started = Service::start(listener, live, Clock::system(), |_| |_: &mut _| {});
    runtime.block_on(started).unwrap()
}

/// The same settings as variables.
pub(crate) fn environment(folder: &Path, url: &str) -> Vec<(OsString, OsString)> {
    let variable = |(key, value): (&str, String)| {
        let name = format!("JIBU_{}", key.to_uppercase().replace('.', "__"));
        (OsString::from(name), OsString::from(value))
    };
    settings(folder, url).into_iter().map(variable).collect()
}

fn settings(folder: &Path, url: &str) -> [(&'static str, String); 12] {
    let file = |name: &str| folder.join(name).display().to_string();
    [
        ("server.public_url", url.to_owned()),
        ("database.path", file(DATABASE)),
        ("keys.path", file("jibu.keys")),
        ("gateway.api_base", "http://127.0.0.1:9".to_owned()),
        ("gateway.account_sid", texts::ACCOUNT.to_owned()),
        ("gateway.auth_password", "none".to_owned()),
        ("gateway.from", "+254700100200".to_owned()),
        ("gateway.signature_keys", texts::KEY.to_owned()),
        ("limits.replies_per_minute", "100000".to_owned()),
        ("limits.replies_per_phone_10min", "100".to_owned()),
        ("limits.equal_text_replies_10min", "100".to_owned()),
        ("limits.segments_per_day", "1000000".to_owned()),
    ]
}
