//! The HTTP client of the doors out: one that makes exactly the request it is told to make.
//!
//! A usual client repeats a request when a kept connection turns out to be closed, follows redirects and heeds the
//! environment's proxies. Each of these can send a text twice, or to somebody else.

use std::time::Duration;

use reqwest::{Client, Response};
use rustls::crypto::ring;

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

/// A client for URLs like `url`. Where that is `https`, it trusts what the operating system trusts; where it is `http`, a
/// machine without certificates will do, and `https` is trusted nowhere.
///
/// Connections are not kept: on one that the other side just closed, nobody could say whether a request was read.
///
/// # Errors
/// The operating system has no certificates.
pub fn http_client(url: &str, timeouts: Timeouts) -> reqwest::Result<Client> {
    // Without a provider, building a client panics. Another part of the process may have installed one: as good.
    let _ = ring::default_provider().install_default();
    let builder = Client::builder()
        .user_agent(concat!("jibu/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .pool_max_idle_per_host(0)
        .http1_only()
        .no_proxy();
    if url.starts_with("https:") {
        builder.build()
    } else {
        builder.tls_certs_only([]).build()
    }
}

/// Bytes of an answer about one text that are read: far more than a gateway's answers have, and what it reads of ours.
pub(super) const LARGEST_ANSWER: usize = 64 * 1024;

/// Reads an answer's body of at most so many bytes.
///
/// # Errors
/// In words for the log, why it did not arrive whole.
pub(super) async fn body_of(
    mut response: Response,
    largest: usize,
) -> Result<Vec<u8>, &'static str> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > largest {
            return Err("the answer is too long");
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn broken(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "no whole answer came in time"
    } else {
        "the answer broke off"
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_client_for_this_machine_is_made() {
        assert!(http_client("http://127.0.0.1:8080", Timeouts::default()).is_ok());
    }

    /// The same in a process that finds no certificates: the variables say where they would be.
    #[test]
    fn a_machine_without_certificates_can_talk_to_itself() {
        let test = "gateway::http::tests::a_client_for_this_machine_is_made";
        let run = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test])
            .envs([
                ("SSL_CERT_FILE", "/dev/null"),
                ("SSL_CERT_DIR", "/dev/null"),
            ])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && told.contains("1 passed"), "{told}");
    }
}
