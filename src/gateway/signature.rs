//! The gateway's signature over a webhook, in both directions: our doors verify it, the sandbox gateway makes it.
//!
//! Signed are the URL as the gateway knows it and then each form parameter, decoded, sorted by its name's bytes, name and
//! value joined without a delimiter; keyed with the account's token and base64-encoded. HMAC-SHA1 by default, HMAC-SHA256
//! where the account signs with a shared key (the gateway's "Webhooks security" and "Webhook shared keys" pages).
//!
//! The URL is the *configured* public one. `Host` and `X-Forwarded-*` are the sender's word: who could choose them could
//! replay a webhook that was signed for somebody else. The algorithm belongs to the key for the same reason: a header
//! that selected it could weaken it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::form::{Param, parse_form};
use crate::text::hex::hex;

/// What a key signs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// The gateway's default, with the account's primary token.
    Sha1,
    /// With a shared key.
    Sha256,
}

/// A secret that webhooks are signed with. Wiped from memory when dropped; `Debug` does not show it.
#[derive(Clone)]
pub struct SigningKey {
    algorithm: Algorithm,
    secret: Zeroizing<Vec<u8>>,
}

/// A key without a single character: anybody could sign with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a signing key must not be empty")]
pub struct EmptyKey;

impl SigningKey {
    /// Takes a key as the configuration spells it: `hmac-sha256:KEY`, or `KEY` alone for HMAC-SHA1. The key's characters
    /// are used as they stand, even where they look like hexadecimal digits.
    ///
    /// # Errors
    /// A key without a character.
    pub fn parse(spelling: &str) -> Result<Self, EmptyKey> {
        let spelling = spelling.trim();
        let (algorithm, secret) = match spelling.strip_prefix("hmac-sha256:") {
            Some(secret) => (Algorithm::Sha256, secret),
            None => (Algorithm::Sha1, spelling),
        };
        if secret.is_empty() {
            return Err(EmptyKey);
        }
        Ok(Self {
            algorithm,
            secret: Zeroizing::new(secret.as_bytes().to_vec()),
        })
    }

    /// What it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn mac<M: Mac + KeyInit>(&self, message: &Message<'_>) -> Option<M> {
        // An HMAC takes keys of any length; `None` never comes, and would refuse if it did.
        let mut mac = <M as KeyInit>::new_from_slice(&self.secret).ok()?;
        mac.update(message.url.as_bytes());
        for (name, value) in &message.params {
            mac.update(name);
            mac.update(value);
        }
        Some(mac)
    }

    fn tag(&self, message: &Message<'_>) -> Vec<u8> {
        let tag = match self.algorithm {
            Algorithm::Sha1 => self
                .mac::<Hmac<Sha1>>(message)
                .map(|mac| mac.finalize().into_bytes().to_vec()),
            Algorithm::Sha256 => self
                .mac::<Hmac<Sha256>>(message)
                .map(|mac| mac.finalize().into_bytes().to_vec()),
        };
        tag.unwrap_or_default()
    }

    /// Takes as long for a tag that is wrong in its first byte as for one that is wrong in its last.
    fn accepts(&self, message: &Message<'_>, tag: &[u8]) -> bool {
        match self.algorithm {
            Algorithm::Sha1 => self
                .mac::<Hmac<Sha1>>(message)
                .is_some_and(|mac| mac.verify_slice(tag).is_ok()),
            Algorithm::Sha256 => self
                .mac::<Hmac<Sha256>>(message)
                .is_some_and(|mac| mac.verify_slice(tag).is_ok()),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({:?}, …)", self.algorithm)
    }
}

/// What is signed: a URL and the parameters in their order.
struct Message<'a> {
    url: &'a str,
    params: Vec<(&'a [u8], &'a [u8])>,
}

impl<'a> Message<'a> {
    /// Sorted by name, then by value; equal pairs count once, as in the gateway's own libraries.
    fn new(url: &'a str, params: &'a [Param]) -> Self {
        let mut params: Vec<_> = params
            .iter()
            .map(|(name, value)| (name.as_slice(), value.as_slice()))
            .collect();
        params.sort_unstable();
        params.dedup();
        Self { url, params }
    }
}

/// Signs a request to exactly this URL, without user name, password and fragment (see [`signed_url`]).
pub fn sign(key: &SigningKey, url: &str, params: &[Param]) -> String {
    STANDARD.encode(key.tag(&Message::new(url, params)))
}

/// A URL as the gateway signs it: without `user:password@` and `#fragment`; port, path and query as they are configured.
pub fn signed_url(configured: &str) -> String {
    let without_fragment = configured
        .split_once('#')
        .map_or(configured, |(url, _)| url);
    let Some((scheme, rest)) = without_fragment.split_once("://") else {
        return without_fragment.to_owned();
    };
    let end_of_authority = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest
        .split_at_checked(end_of_authority)
        .unwrap_or((rest, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

/// Verifies webhooks that were signed for our public URL.
#[derive(Clone, Debug)]
pub struct Verifier {
    bases: Vec<String>,
    keys: Vec<SigningKey>,
}

impl Verifier {
    /// For webhooks to `public_base` (`https://sms.example.org`, a path prefix allowed), signed with one of `keys`: more
    /// than one while a token is being replaced.
    pub fn new(public_base: &str, keys: Vec<SigningKey>) -> Self {
        Self {
            bases: spellings_of(signed_url(public_base).trim_end_matches('/')),
            keys,
        }
    }

    /// Whether one of the keys signed a request with these parameters to our public URL.
    ///
    /// `path_and_query` is the raw request target: a path that was decoded and encoded again is another URL. `params` is
    /// every parameter of the form, also unknown ones, and empty for GET, whose parameters stand in the URL.
    pub fn verify(&self, path_and_query: &str, params: &[Param], presented: &str) -> bool {
        let Ok(tag) = STANDARD.decode(presented.trim()) else {
            return false;
        };
        // No early return: the time taken tells neither the key nor the spelling that fits.
        self.bases.iter().fold(false, |genuine, base| {
            let url = format!("{base}{path_and_query}");
            let message = Message::new(&url, params);
            self.keys.iter().fold(genuine, |genuine, key| {
                key.accepts(&message, &tag) | genuine
            })
        })
    }

    /// The same for a request with a body that is no form: its SHA-256 stands in the signed URL as `bodySHA256`, in
    /// lower-case hexadecimal digits.
    pub fn verify_body(&self, path_and_query: &str, body: &[u8], presented: &str) -> bool {
        let Some((_, query)) = path_and_query.split_once('?') else {
            return false;
        };
        let hash = hex(&Sha256::digest(body));
        let is_bound = parse_form(query.as_bytes())
            .iter()
            .any(|(name, value)| name == b"bodySHA256" && value.as_slice() == hash.as_bytes());
        self.verify(path_and_query, &[], presented) & is_bound
    }
}

/// The base as it is configured, and without its port, or with the scheme's default one: which of them the gateway signs
/// differs by its product, so its own libraries try them all.
fn spellings_of(base: &str) -> Vec<String> {
    let Some((scheme, rest)) = base.split_once("://") else {
        return vec![base.to_owned()];
    };
    let (authority, path) = rest
        .find('/')
        .and_then(|at| rest.split_at_checked(at))
        .unwrap_or((rest, ""));
    let default_port = if scheme.eq_ignore_ascii_case("https") {
        443
    } else {
        80
    };
    let other = match authority.rsplit_once(':') {
        // The last colon of `[::1]` is no port's.
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{scheme}://{host}{path}")
        }
        _ => format!("{scheme}://{authority}:{default_port}{path}"),
    };
    vec![base.to_owned(), other]
}

#[cfg(test)]
mod tests;
