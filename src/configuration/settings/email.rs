//! The mail server and our account there.

use std::path::PathBuf;

use serde::Deserialize;

use super::values::{self, within};
use crate::configuration::secret::Secret;
use crate::email::{Security, Sender, SmtpSettings};

/// What a server must be that is talked to in the clear, and what is told of one that is not.
pub(super) const IN_THE_CLEAR: (fn(&str) -> bool, &str) = (
    |server| server.is_empty() || values::is_this_machine(server),
    "is only for a server on this machine: anybody on the way could read the letters and the password",
);

/// The mail server and our account there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// Its name; empty: no email leaves.
    #[serde(deserialize_with = "values::server")]
    pub server: String,
    #[serde(deserialize_with = "within::<1, 65_535, _, _>")]
    port: u16,
    #[serde(deserialize_with = "values::security")]
    tls: Security,
    user: String,
    #[serde(deserialize_with = "values::secret")]
    pub(super) password: Secret,
    pub(super) password_file: PathBuf,
    #[serde(deserialize_with = "values::email")]
    from: String,
    from_name: String,
    /// Emails a minute.
    #[serde(deserialize_with = "within::<1, 6_000, _, _>")]
    pub per_minute: u32,
    /// Emails at the server at the same time.
    #[serde(deserialize_with = "within::<1, 16, _, _>")]
    pub in_flight: usize,
    /// When an email that could not leave is given up, in hours.
    #[serde(deserialize_with = "within::<1, 720, _, _>")]
    pub expire_hours: u32,
}

impl Email {
    /// What is missing where a server is set.
    pub(super) fn missing(&self) -> Vec<String> {
        let has_password = !self.password.is_empty() || !self.password_file.as_os_str().is_empty();
        let needs = [
            ("email.from", self.from.is_empty()),
            ("email.user", has_password && self.user.is_empty()),
            ("email.password", !self.user.is_empty() && !has_password),
        ];
        let missing = needs
            .into_iter()
            .filter(|(_, missing)| *missing && !self.server.is_empty());
        missing.map(|(key, _)| key.to_owned()).collect()
    }

    /// The server, as its client takes it; `None`: there is none.
    pub fn smtp(&self) -> Option<SmtpSettings> {
        (!self.server.is_empty()).then(|| SmtpSettings {
            server: self.server.clone(),
            port: self.port,
            security: self.tls,
            user: self.user.clone(),
            password: self.password.expose().clone(),
        })
    }

    /// Whom emails come from.
    pub fn sender(&self) -> Sender {
        Sender {
            name: self.from_name.clone(),
            address: self.from.clone(),
        }
    }
}
