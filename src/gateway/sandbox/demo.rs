//! The account of `jibu demo`: the same on every machine, so that a script can sign for it and call its API. It guards
//! nothing: whoever reaches the demo can type on its phones.

use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use super::SandboxSettings;
use crate::gateway::signature::{EmptyKey, SigningKey};

/// The account.
pub const ACCOUNT_SID: &str = "AC00000000000000000000000000000254";
/// The user name of its API.
pub const AUTH_USER: &str = "SK00000000000000000000000000000254";
/// The password.
pub const AUTH_PASSWORD: &str = "demo-password";
/// The key that its webhooks are signed with.
pub const SIGNATURE_KEY: &str = "demo-signing-key";

/// Slow enough to watch a text go, fast enough not to wait for it.
const CARRIER_DELAY: Duration = Duration::from_millis(250);

impl SandboxSettings {
    /// The demo's account, for a service that knows itself as `public_url`, with a line of that name and these numbers.
    ///
    /// # Errors
    /// None: the demo's key is not empty.
    pub fn demo(
        public_url: &str,
        line_name: String,
        line_numbers: Vec<String>,
        store: Option<PathBuf>,
    ) -> Result<Self, EmptyKey> {
        Ok(Self {
            account_sid: ACCOUNT_SID.to_owned(),
            auth_user: AUTH_USER.to_owned(),
            auth_password: Zeroizing::new(AUTH_PASSWORD.to_owned()),
            signing_key: SigningKey::parse(SIGNATURE_KEY)?,
            webhook_url: format!("{}/gateway/inbound", public_url.trim_end_matches('/')),
            line_name,
            line_numbers,
            store,
            carrier_delay: CARRIER_DELAY,
        })
    }
}
