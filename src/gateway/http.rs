//! The HTTP client of the doors out: one that makes exactly the request it is told to make.
//!
//! A usual client repeats a request when a kept connection turns out to be closed, follows redirects and heeds the
//! environment's proxies. Each of these can send a text twice, or to somebody else.

use std::time::Duration;

/// How long to wait for the other side.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For a connection: name, TCP and TLS.
    pub connect: Duration,
    /// For everything, until the answer's last byte.
    pub total: Duration,
}

impl Default for Timeouts {
    /// 5 s to connect, 15 s in all: the gateway's own limits towards us.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
        }
    }
}

/// A client for the gateway's API and the sandbox's callbacks. `https` trusts what the operating system trusts; the
/// process must have installed a TLS provider.
///
/// Connections are not kept: on one that the other side just closed, nobody could say whether a request was read.
///
/// # Errors
/// The operating system's certificates cannot be read, or no TLS provider is installed.
pub fn http_client(timeouts: Timeouts) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .user_agent(concat!("jibu/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .http1_only()
        .no_proxy()
        .build()
}
