//! The service under test, in this process, with three people logged in.

use std::collections::HashMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jibu::clock::Clock;
use jibu::complaint::{CountyId, OrganisationId};
use jibu::configuration::{Configuration, Live};
use jibu::people::{Role, Token};
use jibu::service::Service;
use jibu::store::{Filter, Shelf, Store};
use tokio::runtime::Runtime;

use crate::seed;

pub(crate) struct Running {
    runtime: Runtime,
    service: Service,
    client: reqwest::Client,
    url: String,
    tokens: HashMap<&'static str, Token>,
    /// A complaint of each month of that year, the last first.
    of_2025: Vec<i64>,
}

/// What came of asking for a page.
pub(crate) struct Asked {
    /// How long the first time took.
    pub first: Duration,
    /// How long the others took.
    pub times: Vec<Duration>,
    pub bytes: usize,
    pub page: String,
}

impl Running {
    pub(crate) fn start(folder: &Path, stored: usize) -> Self {
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let clock = Clock::system();
        runtime.block_on(seed::fill(folder, stored, clock.now()));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let file = |name: &str| folder.join(name).display().to_string();
        let settings = [
            ("server.public_url", url.clone()),
            ("database.path", file("jibu.sqlite3")),
            ("keys.path", file("jibu.keys")),
            ("gateway.api_base", "http://127.0.0.1:9".to_owned()),
            (
                "gateway.account_sid",
                "AC00000000000000000000000000000001".to_owned(),
            ),
            ("gateway.auth_password", "none".to_owned()),
            ("gateway.from", "+254700100200".to_owned()),
            ("gateway.signature_keys", "bench-signing-key".to_owned()),
        ];
        let configuration = Arc::new(Configuration::sample(folder, &settings).unwrap());
        let live = Live::new(configuration, clock.now());
        let started = Service::start(listener, live, clock, |_| |_: &mut _| {});
        let service = runtime.block_on(started).unwrap();
        runtime.block_on(published(service.store()));
        let mut tokens = HashMap::new();
        for (name, role) in [
            ("noor", Role::Convener(OrganisationId::new("ti-wajir"))),
            ("halima", Role::Officer(OrganisationId::new("wajir-water"))),
            ("fatuma", Role::Committee(CountyId::new("wajir"))),
        ] {
            let token = Token::draw(&mut rand::rng());
            let hash = token.hash();
            let enter = service.store().write("enter", move |tx| {
                let person = tx.add_person(name, &format!("{name}@example.org"), &role)?;
                tx.add_session(hash, person, true)
            });
            runtime.block_on(enter).unwrap();
            tokens.insert(name, token);
        }
        Self {
            runtime,
            service,
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            url,
            tokens,
            of_2025: seed::one_of_each_month(folder, 2025),
        }
    }

    /// Asks for a page that often, after a first time; before each something happens in so many of the months of 2025.
    #[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
    pub(crate) fn ask(&self, who: &str, path: &str, times: usize, changing: usize) -> Asked {
        let mut asked = Asked {
            first: Duration::ZERO,
            times: Vec::new(),
            bytes: 0,
            page: String::new(),
        };
        for _ in 0..=times {
            if changing > 0 {
                self.something_happens(changing);
            }
            let request = self
                .client
                .get(format!("{}{path}", self.url))
                .header("Cookie", format!("jibu={}", self.tokens[who].expose()));
            let started = Instant::now();
            let page = self.runtime.block_on(async {
                let answer = request.send().await.unwrap();
                assert!(answer.status().is_success(), "{path}: {}", answer.status());
                answer.text().await.unwrap()
            });
            asked.times.push(started.elapsed());
            asked.bytes = page.len();
            asked.page = page;
        }
        asked.first = asked.times.remove(0);
        asked
    }

    /// To one complaint of each of so many months of 2025.
    fn something_happens(&self, months: usize) {
        let changing = self.of_2025.iter().copied().take(months);
        let changing: Vec<i64> = changing.collect();
        let happens = self.service.store().write("happens", move |tx| {
            changing.iter().try_for_each(|id| tx.count_return(*id))
        });
        self.runtime.block_on(happens).unwrap();
    }

    /// The key of a page in the middle of what is late.
    pub(crate) fn somewhere_in_the_middle(&self) -> String {
        let county = CountyId::new("wajir");
        let own = OrganisationId::new("ti-wajir");
        let from = Filter {
            due_from: Some(Clock::system().now()),
            ..Filter::default()
        };
        let read = self
            .service
            .store()
            .read(move |reader| reader.list_page(&Shelf::Open(county), &own, &from, None));
        let key = self.runtime.block_on(read).unwrap().next.unwrap();
        format!("{}.{}", key.due, key.id)
    }

    pub(crate) fn stop(self) {
        self.runtime.block_on(self.service.stop());
    }
}

/// Waits until all months that are over are published, and tells how long it took.
#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
async fn published(store: &Store) {
    let started = Instant::now();
    let months = || store.read(|reader| reader.published(&CountyId::new("wajir")));
    let over = 23;
    while months().await.unwrap().len() < over {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let took = started.elapsed().as_secs_f64();
    println!("{over} months were published in {took:.1} s");
}
