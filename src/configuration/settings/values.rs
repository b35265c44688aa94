//! What the values of `service.toml` may be. An error is the end of a sentence that begins with the key, and does not hold
//! the value: it may be a password.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use url::{Host, Url};

use crate::complaint::Address;
use crate::configuration::secret::Secret;
use crate::email::Security;
use crate::gateway::signature::SigningKey;

/// A text that `check` makes a value of.
fn checked<'de, D: Deserializer<'de>, T>(
    from: D,
    check: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    check(&text).map_err(D::Error::custom)
}

/// A text that must be `right`, taken as it stands.
fn text<'de, D: Deserializer<'de>>(
    from: D,
    right: impl FnOnce(&str) -> bool,
    expected: &'static str,
) -> Result<String, D::Error> {
    checked(from, |text| {
        if right(text) {
            Ok(text.to_owned())
        } else {
            Err(expected)
        }
    })
}

/// A whole number from `MIN` to `MAX`.
pub(super) fn within<'de, const MIN: u32, const MAX: u32, D: Deserializer<'de>, T: TryFrom<u32>>(
    from: D,
) -> Result<T, D::Error> {
    let number = i64::deserialize(from)?;
    let number = u32::try_from(number)
        .ok()
        .filter(|number| (MIN..=MAX).contains(number));
    number
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| D::Error::custom(format!("must be {MIN} to {MAX}")))
}

pub(super) fn socket<'de, D: Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
    checked(from, |text| {
        text.parse()
            .map_err(|_| "must be an address and a port: `127.0.0.1:8080`")
    })
}

pub(super) fn path<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
    text(from, |text| !text.trim().is_empty(), "must be a path").map(PathBuf::from)
}

/// Empty where it is not set. User and password are the gateway's business with the proxy, and are no part of what is signed.
pub(super) fn public_url<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    checked(from, |text| {
        if text.is_empty() {
            Ok(String::new())
        } else {
            base_url(text).map(|_| without_slash(text))
        }
    })
}

pub(super) fn api_base<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    checked(from, |text| {
        let url = base_url(text)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                "must hold no user or password: these are `gateway.auth_user` and `gateway.auth_password`",
            );
        }
        Ok(without_slash(text))
    })
}

/// An address that paths are put behind. Without TLS, anybody on the way could read the texts and send as us.
fn base_url(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "must be a URL: `https://sms.example.org`")?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must end before `?` and `#`");
    }
    let is_this_machine = url.host_str().is_some_and(is_this_machine);
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine => Ok(url),
        _ => Err("must begin with `https://`; only this machine itself is reached by `http://`"),
    }
}

fn without_slash(text: &str) -> String {
    text.trim_end_matches('/').to_owned()
}

/// An id at the gateway; empty where it is not set. It becomes a part of paths.
pub(super) fn account<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let right = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text(from, right, "must be an id of letters, digits and `-`")
}

/// A part of an address.
pub(super) fn overrides<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let right = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"=&,-".contains(&byte))
    };
    text(
        from,
        right,
        "must be settings such as `rc=5&rp=5xx,ct,rt`, without the `#`",
    )
}

/// Ends at the colon in HTTP's basic authentication.
pub(super) fn user<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    text(
        from,
        |text| !text.contains([':', '\n', '\r']),
        "must be a user's name without `:`",
    )
}

pub(super) fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    Ok(Secret::new(String::deserialize(from)?))
}

/// `None` where it is not set.
pub(super) fn sender<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Address>, D::Error> {
    checked(from, |text| {
        let address = Address::new(text);
        let is_name = (1..=11).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
            && text.bytes().any(|byte| byte.is_ascii_alphabetic());
        match text {
            "" => Ok(None),
            _ if address.is_phone() || address.is_short_code() || is_name => Ok(Some(address)),
            _ => Err(
                "must be a number with its country code (`+` and 8 to 15 digits), a short code or a sender's name",
            ),
        }
    })
}

/// A server's name or IP address; empty where it is not set.
pub(super) fn server<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let right = |text: &str| text.is_empty() || Host::parse(text).is_ok();
    text(
        from,
        right,
        "must be a server's name without a port: \"smtp.example.org\"",
    )
}

/// Whether a server is this machine.
pub(super) fn is_this_machine(server: &str) -> bool {
    match Host::parse(server) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        Err(_) => false,
    }
}

pub(super) fn security<'de, D: Deserializer<'de>>(from: D) -> Result<Security, D::Error> {
    checked(from, |text| match text {
        "starttls" => Ok(Security::StartTls),
        "tls" => Ok(Security::Tls),
        "none" => Ok(Security::None),
        _ => Err("must be \"starttls\", \"tls\" or \"none\""),
    })
}

/// An email address; empty where it is not set.
pub(super) fn email<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let right = |text: &str| text.is_empty() || crate::email::domain_of(text).is_some();
    text(
        from,
        right,
        "must be an email address alone: \"jibu@example.org\"",
    )
}

/// A token of HTTP (RFC 9110 §5.6.2).
pub(super) fn header<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    text(
        from,
        |text| !text.is_empty() && text.bytes().all(is_token),
        "must be the name of an HTTP header",
    )
}

pub(super) fn keys<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<SigningKey>, D::Error> {
    let keys = Vec::<String>::deserialize(from)?;
    keys.iter()
        .map(|key| SigningKey::parse(key))
        .collect::<Result<_, _>>()
        .map_err(|_| D::Error::custom("must not hold an empty key"))
}

pub(super) fn words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    if words.iter().any(|word| word.trim().is_empty()) {
        return Err(D::Error::custom("must not hold an empty word"));
    }
    Ok(words.iter().map(|word| word.trim().to_owned()).collect())
}

/// Three capital letters, as ISO 4217 has them. Which there are changes more often than we are released.
pub(super) fn currency<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    text(
        from,
        |text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
        "must be a currency of ISO 4217, three capital letters: \"USD\"",
    )
}

pub(super) fn is_json<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    text(
        from,
        |text| ["text", "json"].contains(&text),
        "must be \"text\" or \"json\"",
    )
    .map(|format| format == "json")
}

pub(super) fn level<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let levels = ["error", "warn", "info", "debug", "trace"];
    text(
        from,
        |text| levels.contains(&text),
        "must be \"error\", \"warn\", \"info\", \"debug\" or \"trace\"",
    )
}
