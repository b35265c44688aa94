//! `jibu demo`: the real service with the sample county, a sandbox gateway and a mailer that sends nothing anywhere, all in one process, by a
//! clock that can be moved on.

mod ahead;
mod beside;
mod inside;
mod mail;
mod page;
mod past;
mod people;
mod wall;
mod year;

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpResponse, web};
use anyhow::Context;
use zeroize::Zeroizing;

use crate::configuration::{Configuration, Live};
use crate::gateway::sandbox::{OtherSide, Sandbox, SandboxSettings};
use crate::gateway::signature::SigningKey;
use crate::service::Service;

use ahead::Ahead;
use beside::Beside;
use inside::Inside;
use mail::Postbox;
use wall::Wall;

/// The carrier's time from one status to the next: slow enough to be seen, fast enough not to be waited for.
const CARRIER_DELAY: Duration = Duration::from_millis(400);

pub(super) fn run(port: u16, data: PathBuf) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(&data).with_context(|| {
        let data = data.display();
        format!("the directory {data} cannot be made; another one: --data DIR")
    })?;
    let account = Account::new();
    let url = format!("http://{}:{port}", Ipv4Addr::LOCALHOST);
    let configuration = Arc::new(sample(&data, &account.settings(&url))?);
    super::serve::start_logging(&configuration)?;
    super::serve::runtime()?.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).with_context(|| {
            format!(
                "port {port} cannot be listened on; another one: --port {}",
                port.wrapping_add(1)
            )
        })?;
        let ahead = Ahead::open(&data);
        let sandbox = Sandbox::new(
            account.sandbox(&configuration, &url, &data)?,
            ahead.clock().clone(),
        )?;
        past::happen(&configuration, ahead.clock().now()).await?;
        let service = start(listener, &configuration, &sandbox, ahead).await?;
        people::settle(service.store()).await?;
        sandbox.resume();
        super::say(&format!(
            "\n  The phones are at {url}/\n  The console is at {url}/console\n  The public's pages are at {url}/complain\n  The letters are at {url}/mail\n  What is texted is kept in {}/; Ctrl-C stops.\n",
            data.display()
        ));
        super::serve::until_stopped(service, || sandbox.close()).await
    })
}

/// The sample county, with its data in a directory of the caller's.
fn sample(data: &Path, settings: &[(&'static str, String)]) -> anyhow::Result<Configuration> {
    let data =
        std::path::absolute(data).with_context(|| format!("{} is no directory", data.display()))?;
    Configuration::sample(&data, settings)
        .map_err(|findings| anyhow::anyhow!("{}", findings.render(false)))
}

async fn start(
    listener: TcpListener,
    configuration: &Arc<Configuration>,
    sandbox: &Sandbox,
    ahead: Ahead,
) -> anyhow::Result<Service> {
    let (inner, sandbox) = (Arc::clone(configuration), sandbox.clone());
    let wall = Wall::of(configuration).context("the sample has no county")?;
    let clock = ahead.clock().clone();
    let live = Live::new(Arc::clone(configuration), clock.now());
    Service::start_with(listener, live, clock, Some(Arc::new(Postbox)), |store| {
        let beside = web::Data::new(Beside {
            ahead,
            wall,
            store: store.clone(),
            sender: configuration.settings.email.sender(),
            origin: configuration.settings.server.public_url.clone(),
        });
        let inside = web::Data::new(Inside {
            store: store.clone(),
            configuration: inner,
        });
        let people = web::Data::new(people::shown());
        move |routes: &mut web::ServiceConfig| {
            routes.app_data(people.clone());
            routes.route("/", web::get().to(to_the_phones));
            sandbox.configure(routes);
            inside::configure(inside.clone())(routes);
            beside::configure(beside.clone())(routes);
        }
    })
    .await
}

async fn to_the_phones() -> HttpResponse {
    HttpResponse::Found()
        .insert_header(("Location", "/phones"))
        .finish()
}

/// The sandbox's one account. Its secrets are new at each start and never leave the process, unless the environment gives
/// them as it does for `serve`: so the conformance tests can sign and call as the gateway's customers do, and stand between
/// the service and the sandbox.
struct Account {
    sid: String,
    api_base: Option<String>,
    password: Zeroizing<String>,
    signing_key: Zeroizing<String>,
}

impl Account {
    fn new() -> Self {
        let given = |variable| std::env::var(variable).ok();
        let drawn = || format!("{:032x}", rand::random::<u128>());
        let secret = |variable| Zeroizing::new(given(variable).unwrap_or_else(drawn));
        Self {
            sid: format!("AC{:032x}", 1),
            api_base: given("JIBU_GATEWAY__API_BASE"),
            password: secret("JIBU_GATEWAY__AUTH_PASSWORD"),
            signing_key: secret("JIBU_GATEWAY__SIGNATURE_KEYS"),
        }
    }

    /// What differs from the sample's settings.
    fn settings(&self, url: &str) -> [(&'static str, String); 17] {
        [
            (
                "server.listen",
                url.trim_start_matches("http://").to_owned(),
            ),
            ("server.public_url", url.to_owned()),
            (
                "gateway.api_base",
                self.api_base.clone().unwrap_or_else(|| url.to_owned()),
            ),
            ("gateway.account_sid", self.sid.clone()),
            ("gateway.auth_password", self.password.to_string()),
            ("gateway.signature_keys", self.signing_key.to_string()),
            ("gateway.from", SAMPLE_LINE.to_owned()),
            // Whoever tries it out waits for no five minutes.
            ("notices.merge_seconds", "0".to_owned()),
            // Nor is somebody who tries out everything at once taken for a machine, as eight texts in ten minutes would be.
            ("limits.replies_per_phone_10min", "60".to_owned()),
            ("limits.replies_per_phone_day", "500".to_owned()),
            ("line.free", "true".to_owned()),
            // Its letters are shown on a page of its own, and leave no machine: no server of that name is ever asked.
            ("email.server", "localhost".to_owned()),
            ("email.from", "line@wajir.example".to_owned()),
            ("email.from_name", "Wajir line".to_owned()),
            // Whoever moves the clock on sees at once what leaves.
            ("email.per_minute", "6000".to_owned()),
            // Made up, like all of the demo: the page of texts shows a cost.
            ("gateway.segment_price", "0.8".to_owned()),
            ("gateway.currency", "KES".to_owned()),
        ]
    }

    fn sandbox(
        &self,
        configuration: &Configuration,
        url: &str,
        data: &Path,
    ) -> anyhow::Result<SandboxSettings> {
        let counties = || configuration.rules.counties();
        let lines = counties().flat_map(|county| &county.numbers);
        let line_name = counties()
            .next()
            .map(|county| format!("{} line", county.name));
        Ok(SandboxSettings {
            account_sid: self.sid.clone(),
            auth_user: self.sid.clone(),
            auth_password: self.password.clone(),
            signing_key: SigningKey::parse(&self.signing_key)?,
            webhook_url: format!("{url}/gateway/inbound"),
            line_name: line_name.unwrap_or_default(),
            line_numbers: lines.map(|number| number.expose().to_owned()).collect(),
            store: Some(data.join("sandbox.jsonl")),
            carrier_delay: CARRIER_DELAY,
            other_side: Some(OtherSide {
                label: "The console is where they answer.",
                address: "/console/login",
            }),
            beside: Some(beside::BESIDE),
        })
    }
}

/// The sample county's number, in `config/routing.toml`.
const SAMPLE_LINE: &str = "+254700100200";
