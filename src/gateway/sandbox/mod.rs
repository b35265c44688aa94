//! A gateway to play with: it speaks the real one's protocol over real HTTP, in the same process, and has phones to type
//! on. So the demo needs no account and no network, and the tests see the same bytes that production does.
//!
//! It takes the REST calls of [`super::twilio`], signs webhooks and status callbacks with the account's key, and can be
//! told to fail (see [`Fault`]). It is no part of `jibu serve`: its pages show every text to whoever opens them.

mod carrier;
mod error;
mod faults;
mod ledger;
mod listing;
mod page;
mod phones;
mod request;
mod resource;
mod rest;
mod text;
mod webhook;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use zeroize::Zeroizing;

use self::faults::Faults;
use self::ledger::Ledger;
use super::http::{Timeouts, http_client};
use super::signature::SigningKey;
use crate::clock::Clock;

pub use self::faults::Fault;

/// The account that the sandbox keeps, and the service it serves.
#[derive(Clone)]
pub struct SandboxSettings {
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// User name of the API.
    pub auth_user: String,
    /// Its password.
    pub auth_password: Zeroizing<String>,
    /// What webhooks and callbacks are signed with.
    pub signing_key: SigningKey,
    /// Where texts to the line go: the service's `/gateway/inbound`, as it knows itself.
    pub webhook_url: String,
    /// The line's name in the phones' address book.
    pub line_name: String,
    /// The numbers of the line; the phones dial the first.
    pub line_numbers: Vec<String>,
    /// The journal that keeps the threads over a restart; `None` forgets them.
    pub store: Option<PathBuf>,
    /// How long the carrier takes from one status to the next.
    pub carrier_delay: Duration,
    /// Where those are who answer the texts; the phones' page leads there.
    pub other_side: Option<OtherSide>,
    /// What else stands beside the phones, in HTML: written into the page as it is.
    pub beside: Option<&'static str>,
}

/// A page beside the phones that is none of the sandbox's. Both are written into the page as they are.
#[derive(Clone, Copy, Debug)]
pub struct OtherSide {
    /// What the link says.
    pub label: &'static str,
    /// Where it leads.
    pub address: &'static str,
}

/// Why there is no sandbox.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// Its journal cannot be read or written.
    #[error("the sandbox's journal cannot be opened")]
    Journal(#[from] io::Error),
    /// No HTTP client: an `https` service, and no certificates to trust.
    #[error("the sandbox cannot speak HTTPS")]
    Client(#[from] reqwest::Error),
}

/// The sandbox gateway; clones are the same one.
#[derive(Clone)]
pub struct Sandbox(Arc<Parts>);

struct Parts {
    settings: SandboxSettings,
    clock: Clock,
    ledger: Ledger,
    faults: Faults,
    client: reqwest::Client,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("account_sid", &self.0.settings.account_sid)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Opens the sandbox with the texts of its journal.
    ///
    /// # Errors
    /// A journal that cannot be opened, or no HTTP client.
    pub fn new(settings: SandboxSettings, clock: Clock) -> Result<Self, SandboxError> {
        let ledger = Ledger::open(settings.store.as_deref())?;
        let client = http_client(&settings.webhook_url, Timeouts::default())?;
        Ok(Self(Arc::new(Parts {
            settings,
            clock,
            ledger,
            faults: Faults::default(),
            client,
        })))
    }

    /// Goes on delivering what a restart interrupted. Within a runtime.
    pub fn resume(&self) {
        for text in self.0.ledger.newest_first(text::Text::is_under_way) {
            tokio::spawn(carrier::carry(self.clone(), text.sid));
        }
    }

    /// Ends the phones' event streams and whatever a fault keeps hanging, so that a server stops at once.
    pub fn close(&self) {
        self.0.ledger.close();
    }

    /// Makes the next `times` requests to send a text fail so; all, until another fault is set, with `None`.
    pub fn fail(&self, fault: Fault, times: Option<u32>) {
        self.0.faults.set(fault, times);
    }

    /// Mounts the API under `/2010-04-01`, the phones under `/phones`, and the levers of tests under `/sandbox`.
    pub fn configure(&self, config: &mut web::ServiceConfig) {
        config.app_data(web::Data::new(self.clone()));
        rest::configure(config);
        phones::configure(config);
        page::configure(config, &self.0.settings);
    }
}

#[cfg(test)]
mod tests;
