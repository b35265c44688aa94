//! How the service runs: `service.toml`, and over it the environment.
//!
//! The documented sample `config/service.toml` is the default: keys, types and values derive from it, so it cannot rot.
//! Rejected: a configuration crate that merges layers; it loses the places of values in their file, and an error that
//! cannot point at its line is half an error.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::secret::{self, Secret};
use crate::complaint::Address;
use crate::gateway::signature::SigningKey;
use crate::gateway::twilio::{Sender, TwilioSettings};
use crate::text::diagnostic::{Diagnostic, Level};

mod email;
mod given;
mod layers;
mod price;
mod running;
mod values;
pub(super) mod veil;

#[cfg(test)]
mod tests;

pub use email::Email;
use layers::Layers;
pub use price::Price;
use running::Spelled;
use values::within;

/// The name of the file within the directory.
pub const FILE: &str = "service.toml";

/// The word for overrides that depend on the gateway.
const AUTO: &str = "auto";
/// Five more attempts within 15 seconds, after errors of the service, of connecting and of waiting.
const TWILIO_OVERRIDES: &str = "rc=5&rp=5xx,ct,rt";

/// Everything of `service.toml`, checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `[server]`
    pub server: Server,
    /// `[database]`
    pub database: File,
    /// `[keys]`
    pub keys: File,
    /// `[gateway]`
    pub gateway: Gateway,
    /// `[outbox]`
    pub outbox: Outbox,
    /// `[email]`
    pub email: Email,
    /// `[limits]`
    pub limits: Limits,
    /// `[notices]`
    pub notices: Notices,
    /// `[reports]`
    pub reports: Reports,
    /// `[line]`
    pub line: Line,
    /// `[log]`
    pub log: Log,
    /// What `serve` cannot do without and is not set.
    #[serde(skip)]
    missing: Vec<String>,
    #[serde(skip)]
    spelled: Spelled,
}

/// The web server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Where it listens.
    #[serde(deserialize_with = "values::socket")]
    pub listen: SocketAddr,
    /// The address that the gateway knows us by, without a `/` at its end; empty where it is not set.
    #[serde(deserialize_with = "values::public_url")]
    pub public_url: String,
    /// Threads that answer requests.
    #[serde(deserialize_with = "within::<1, 64, _, _>")]
    pub workers: usize,
}

/// A file of the service's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Where it is.
    #[serde(deserialize_with = "values::path")]
    pub path: PathBuf,
}

/// The gateway and our account there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// All of the API's address before `/2010-04-01`, without a `/` at its end.
    #[serde(deserialize_with = "values::api_base")]
    pub api_base: String,
    /// The account; empty where it is not set.
    #[serde(deserialize_with = "values::account")]
    pub account_sid: String,
    /// The user that signs in; empty: the account.
    #[serde(deserialize_with = "values::user")]
    auth_user: String,
    #[serde(deserialize_with = "values::secret")]
    auth_password: Secret,
    auth_password_file: PathBuf,
    /// The number that texts leave from which answer none; `None`: a messaging service chooses.
    #[serde(deserialize_with = "values::sender")]
    pub from: Option<Address>,
    #[serde(deserialize_with = "values::account")]
    messaging_service_sid: String,
    /// The header with a webhook's signature.
    #[serde(deserialize_with = "values::header")]
    pub signature_header: String,
    /// The keys that a webhook may be signed with.
    #[serde(deserialize_with = "values::keys")]
    pub signature_keys: Vec<SigningKey>,
    signature_keys_file: PathBuf,
    /// How long the gateway may try to deliver a text, in seconds.
    #[serde(deserialize_with = "within::<1, 36_000, _, _>")]
    pub validity_seconds: u32,
    /// What stands behind the `#` of a status callback's address; empty: nothing, [`AUTO`]: what Twilio knows, where it is Twilio.
    #[serde(deserialize_with = "values::overrides")]
    callback_overrides: String,
    /// Words that the gateway answers by itself.
    #[serde(deserialize_with = "values::words")]
    pub answers_keywords: Vec<String>,
    /// What a segment costs.
    pub segment_price: Price,
    /// In which currency, by ISO 4217: `USD`.
    #[serde(deserialize_with = "values::currency")]
    pub currency: String,
}

/// The pace of what leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbox {
    /// Segments a second.
    #[serde(deserialize_with = "within::<1, 1000, _, _>")]
    pub per_second: u32,
    /// Requests to the gateway at the same time.
    #[serde(deserialize_with = "within::<1, 16, _, _>")]
    pub in_flight: usize,
    /// When a text that could not leave is given up, in hours.
    #[serde(deserialize_with = "within::<1, 720, _, _>")]
    pub expire_hours: u32,
}

/// What bounds floods and bills: past it, texts are taken in and not answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Replies to one phone in 10 minutes.
    #[serde(deserialize_with = "within::<1, 1000, _, _>")]
    pub replies_per_phone_10min: u32,
    /// Replies to one phone in a day.
    #[serde(deserialize_with = "within::<1, 10_000, _, _>")]
    pub replies_per_phone_day: u32,
    /// Replies to equal texts of one phone in 10 minutes, but for answers to a question.
    #[serde(deserialize_with = "within::<1, 1000, _, _>")]
    pub equal_text_replies_10min: u32,
    /// Replies to all phones in a minute.
    #[serde(deserialize_with = "within::<1, 100_000, _, _>")]
    pub replies_per_minute: u32,
    /// Segments to all phones in a day.
    #[serde(deserialize_with = "within::<1, 100_000_000, _, _>")]
    pub segments_per_day: u32,
}

/// Texts that tell of news.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// How long after one text on a complaint the next may leave, in seconds.
    #[serde(deserialize_with = "within::<0, 86_400, _, _>")]
    pub merge_seconds: u32,
}

/// What is told of months that are over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    /// From which day of the next month on committees are written to; 0: never.
    #[serde(deserialize_with = "within::<0, 28, _, _>")]
    pub committee_day: u32,
}

/// The line that people text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Whether texting us costs people nothing.
    pub free: bool,
}

/// The log.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Whether it is JSON.
    #[serde(rename = "format", deserialize_with = "values::is_json")]
    pub json: bool,
    /// From which level on: `info`.
    #[serde(deserialize_with = "values::level")]
    pub level: String,
}

/// `serve` cannot start with the settings as they are.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{FILE}: not set, and `serve` needs it: {0}")]
pub struct NotReady(String);

impl Gateway {
    fn is_twilio(&self) -> bool {
        let rest = self.api_base.strip_prefix("https://");
        let host = rest.and_then(|rest| rest.split(['/', ':']).next());
        host.is_some_and(|host| host.ends_with(".twilio.com"))
    }
}

impl Settings {
    /// The settings of a directory: the defaults, over them the source of its file, over that what the environment says (all
    /// of its variables; those that do not begin with `JIBU_` are left alone), over that `fixed`, pairs of a key such as
    /// `server.listen` and a value as an environment variable would spell it.
    ///
    /// # Errors
    /// All that is wrong with any of them. What is wrong with a variable names it, never its value.
    pub fn load(
        directory: &Path,
        source: Option<&str>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        fixed: &[(&str, String)],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut layers = Layers::defaults()?;
        layers.take_file(source.unwrap_or_default());
        layers.take_environment(environment);
        layers.take_fixed(fixed);
        layers.refuse_both("gateway.auth_password", "gateway.auth_password_file");
        layers.refuse_both("gateway.signature_keys", "gateway.signature_keys_file");
        layers.refuse_both("gateway.from", "gateway.messaging_service_sid");
        layers.refuse_both("email.password", "email.password_file");
        layers.refuse_with(("email.tls", "none"), "email.server", email::IN_THE_CLEAR);
        let mut settings = layers.into_settings()?;
        settings.resolve(directory);
        Ok(settings)
    }

    /// What `serve` cannot do without and is not set, as a note: `check` needs no secrets.
    pub fn secrets_missing(&self) -> Option<Diagnostic> {
        let message = format!("not set, and `serve` needs it: {}", self.missing.join(", "));
        let note = Diagnostic::new(Level::Note, FILE, None, message);
        (!self.missing.is_empty())
            .then(|| note.help("set it here, or as JIBU_<SECTION>__<KEY> in the environment"))
    }

    /// Refuses to go on without what `serve` needs.
    ///
    /// # Errors
    /// What is not set.
    pub fn refuse_missing_secrets(&self) -> Result<(), NotReady> {
        if self.missing.is_empty() {
            Ok(())
        } else {
            Err(NotReady(self.missing.join(", ")))
        }
    }

    /// The same, for what needs nothing but the mail server.
    ///
    /// # Errors
    /// What is not set of `[email]`.
    pub fn refuse_missing_email(&self) -> Result<(), NotReady> {
        let of_email = |key: &&String| key.starts_with("email.");
        let missing: Vec<_> = self.missing.iter().filter(of_email).cloned().collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(NotReady(missing.join(", ")))
        }
    }

    /// The account at the gateway, as its client takes it.
    ///
    /// # Errors
    /// What is not set.
    pub fn twilio(&self) -> Result<TwilioSettings, NotReady> {
        self.refuse_missing_secrets()?;
        let gateway = &self.gateway;
        let user = if gateway.auth_user.is_empty() {
            &gateway.account_sid
        } else {
            &gateway.auth_user
        };
        Ok(TwilioSettings {
            api_base: gateway.api_base.clone(),
            account_sid: gateway.account_sid.clone(),
            auth_user: user.clone(),
            auth_password: gateway.auth_password.expose().clone(),
            sender: match &gateway.from {
                Some(number) => Sender::Number(number.clone()),
                None => Sender::Service(gateway.messaging_service_sid.clone()),
            },
            status_callback: self.status_callback(),
            validity_seconds: Some(gateway.validity_seconds),
        })
    }

    fn status_callback(&self) -> String {
        let address = format!("{}/gateway/status", self.server.public_url);
        match self.gateway.callback_overrides.as_str() {
            AUTO if self.gateway.is_twilio() => format!("{address}#{TWILIO_OVERRIDES}"),
            "" | AUTO => address,
            overrides => format!("{address}#{overrides}"),
        }
    }

    /// Makes paths absolute, reads the files that secrets stand in, and notes what is missing.
    fn resolve(&mut self, directory: &Path) {
        self.database.path = directory.join(&self.database.path);
        self.keys.path = directory.join(&self.keys.path);
        self.read_secret_files(directory);

        let gateway = &self.gateway;
        let no_file = |path: &Path| path.as_os_str().is_empty();
        let needs = [
            ("server.public_url", self.server.public_url.is_empty()),
            ("gateway.account_sid", gateway.account_sid.is_empty()),
            (
                "gateway.auth_password",
                gateway.auth_password.is_empty() && no_file(&gateway.auth_password_file),
            ),
            (
                "gateway.from",
                gateway.from.is_none() && gateway.messaging_service_sid.is_empty(),
            ),
            (
                "gateway.signature_keys",
                gateway.signature_keys.is_empty() && no_file(&gateway.signature_keys_file),
            ),
        ];
        self.missing.extend(
            needs
                .iter()
                .filter(|(_, missing)| *missing)
                .map(|(key, _)| (*key).to_owned()),
        );
        self.missing.extend(self.email.missing());
    }

    fn read_secret_files(&mut self, directory: &Path) {
        let file = |path: &Path| {
            (!path.as_os_str().is_empty()).then(|| secret::read_file(&directory.join(path)))
        };
        match file(&self.gateway.auth_password_file) {
            Some(Ok(password)) => self.gateway.auth_password = password,
            Some(Err(why)) => self
                .missing
                .push(format!("gateway.auth_password_file ({why})")),
            None => {}
        }
        match file(&self.gateway.signature_keys_file) {
            Some(Ok(keys)) => {
                self.gateway.signature_keys =
                    keys.expose().lines().flat_map(SigningKey::parse).collect()
            }
            Some(Err(why)) => self
                .missing
                .push(format!("gateway.signature_keys_file ({why})")),
            None => {}
        }
        match file(&self.email.password_file) {
            Some(Ok(password)) => self.email.password = password,
            Some(Err(why)) => self.missing.push(format!("email.password_file ({why})")),
            None => {}
        }
    }
}
