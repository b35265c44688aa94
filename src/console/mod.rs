//! Doors in: the console. People with a browser log in, see what is theirs and act on it.
//!
//! A page is a file. Its routes stand in the one table of `routes.rs`, each with whom it is for: they are mounted from there, so
//! no page can forget to ask who is there. What a request goes through, outside in: headers on every response, who it is and
//! whether the page is for them (404 where it is not: what is not theirs is not there), the form and whether it is ours, the page.

mod account;
mod audit;
mod bulk;
mod complaint;
mod cookie;
mod deed;
mod desk;
mod emails;
mod figures;
mod finding;
mod form;
mod guard;
mod headers;
mod home;
mod import;
mod intake;
mod invitation;
mod list;
mod login;
mod look;
mod names;
mod page;
mod passed_on;
mod passwords;
mod people;
mod problem;
mod qr;
mod queue;
mod reveal;
mod routes;
mod second_factor;
mod texts;
mod words;

use actix_web::web;
use anyhow::Context;
use url::Url;

use chrono::TimeDelta;

use crate::clock::Clock;
use crate::configuration::Live;
use crate::import::Course;
use crate::pages::Networks;
use crate::store::Store;
use look::Assets;
use passwords::Passwords;
use words::Languages;

pub use figures::picture;
pub use invitation::link as invitation_link;
pub use routes::{OpenTo, ROUTES, Row};

/// Tries to log in that one network has in a time. An office of thirty behind one address that comes to work at once has enough.
const LOGINS: (u32, TimeDelta) = (40, TimeDelta::minutes(10));
/// The same of all networks that lie near each other.
const LOGINS_NEAR: (u32, TimeDelta) = (100, TimeDelta::minutes(1));

/// What the pages need.
pub struct Console {
    store: Store,
    configuration: Live,
    clock: Clock,
    /// As the browser sees us: `https://sms.example.org`.
    origin: String,
    languages: Languages,
    assets: Assets,
    passwords: Passwords,
    /// How often a network may try to log in.
    logins: Networks,
    memory: queue::Memory,
    walked: audit::Walked,
    importing: import::Importing,
}

/// The accounts that the login page of the demo shows, with their password. Where it is mounted as `web::Data`, a password alone
/// lets in who has no second factor; `serve` never mounts it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Of all of them.
    pub password: String,
    /// Who there is.
    pub accounts: Vec<ShownAccount>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct ShownAccount {
    /// By which they log in.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they are, in a few words.
    pub what: String,
}

impl Console {
    /// Takes what it needs. `course` says how far an import is. `public_url` is `server.public_url`.
    ///
    /// # Errors
    /// What is wrong with the pages' texts: they are part of the program, and a test holds that nothing is. Or the system gives no thread.
    pub fn new(
        store: Store,
        configuration: Live,
        clock: Clock,
        course: Course,
        public_url: &str,
    ) -> anyhow::Result<Self> {
        let origin = Url::parse(public_url).map(|url| url.origin().ascii_serialization());
        Ok(Self {
            store,
            configuration,
            clock,
            origin: origin.unwrap_or_default(),
            languages: Languages::load().map_err(anyhow::Error::msg)?,
            assets: Assets::new(),
            passwords: Passwords::start().context("no thread could be started")?,
            logins: Networks::new(LOGINS, LOGINS_NEAR),
            memory: queue::Memory::default(),
            walked: audit::Walked::default(),
            importing: import::Importing::new(course),
        })
    }

    /// Whether browsers reach us by TLS. Without it we are on this machine alone.
    fn is_secure(&self) -> bool {
        self.origin.starts_with("https:")
    }
}

/// Mounts all of `/console`.
pub fn configure(console: web::Data<Console>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |config| {
        config.app_data(console);
        routes::mount(config);
    }
}
