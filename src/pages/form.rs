//! What a page posted: read within a size and a time, and whether a page of ours posted it.

use std::time::Duration;

use actix_web::http::header::{HeaderMap, ORIGIN};
use actix_web::web;
use url::form_urlencoded;

/// The largest form, in bytes: 25 complaints chosen, or 1,600 characters of any script, with room to spare.
pub(crate) const LARGEST: usize = 64 * 1024;
/// A form of a few hundred bytes that takes longer is sent by nobody's browser.
const DEADLINE: Duration = Duration::from_secs(10);
/// Why a form could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is over the limit.
    TooLarge,
    /// It did not arrive in time.
    TooSlow,
    /// It broke off.
    BrokeOff,
}

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads what was posted, of so many bytes at most.
    ///
    /// # Errors
    /// Why it could not be read.
    pub(crate) async fn read(payload: web::Payload, largest: usize) -> Result<Self, Unread> {
        let read = tokio::time::timeout(DEADLINE, payload.to_bytes_limited(largest));
        let body = read
            .await
            .map_err(|_| Unread::TooSlow)?
            .map_err(|_| Unread::TooLarge)?
            .map_err(|_| Unread::BrokeOff)?;
        Ok(Self(form_urlencoded::parse(&body).into_owned().collect()))
    }

    /// Fields that were posted otherwise.
    pub(crate) fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The fields of an address's query.
    pub(crate) fn of_query(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The first value of a field as it was typed; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        let first = self.0.iter().find(|(field, _)| field == name);
        first.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All but these, as a query again.
    pub(crate) fn without(&self, names: &[&str]) -> String {
        let kept = self
            .0
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()));
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .finish()
    }

    /// All values of a field: the rows of a list that were chosen.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// Whether a page of `origin`, ours, posted it, as far as the browser says.
///
/// The browser's own word comes first. One that says nothing of where a form comes from, as older ones do where we ask them not to say
/// from which page, is taken at none.
pub(crate) fn is_from(origin: &str, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.as_bytes());
    match (said("sec-fetch-site"), said(ORIGIN.as_str())) {
        (Some(site), _) => site == b"same-origin",
        (None, Some(of)) => of == origin.as_bytes() || of == b"null",
        (None, None) => true,
    }
}
