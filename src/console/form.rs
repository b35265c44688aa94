//! What a page posted: read within a size and a time, and taken from our own pages only.

use std::time::Duration;

use actix_web::http::header::{HeaderMap, ORIGIN};
use actix_web::web;
use url::form_urlencoded;

use super::Console;
use super::problem::Problem;
use crate::people::Token;

/// The largest form, in bytes: 25 complaints chosen, or 1,600 characters of any script, with room to spare.
const LARGEST: usize = 64 * 1024;
/// A form of a few hundred bytes that takes longer is sent by nobody's browser.
const DEADLINE: Duration = Duration::from_secs(10);
/// The field that says that a form is ours.
pub(super) const CSRF: &str = "csrf";

/// The fields of a form, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) async fn read(payload: web::Payload) -> Result<Self, Problem> {
        let read = tokio::time::timeout(DEADLINE, payload.to_bytes_limited(LARGEST));
        let body = read
            .await
            .map_err(|_| Problem::TooSlow)?
            .map_err(|_| Problem::TooLarge)?
            .map_err(|_| Problem::Unreadable)?;
        Ok(Self(form_urlencoded::parse(&body).into_owned().collect()))
    }

    /// The fields of an address's query.
    pub(super) fn of_query(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// The first value of a field as it was typed; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        let first = self.0.iter().find(|(field, _)| field == name);
        first.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// All but these, as a query again.
    pub(super) fn without(&self, names: &[&str]) -> String {
        let kept = self
            .0
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()));
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .finish()
    }

    /// All values of a field: the rows of a list that were chosen.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.as_str())
    }
}

impl Console {
    /// Refuses a form that another site sent, or that was made for another browser or session.
    ///
    /// The browser's own word comes first. One that says nothing of where a form comes from, as older ones do where we ask them
    /// not to say from which page, is judged by the token alone.
    pub(super) fn refuse_foreign(
        &self,
        headers: &HeaderMap,
        token: Option<&Token>,
        form: &Form,
    ) -> Result<(), Problem> {
        let said = |name: &str| headers.get(name).map(|value| value.as_bytes());
        let is_ours = match (said("sec-fetch-site"), said(ORIGIN.as_str())) {
            (Some(site), _) => site == b"same-origin",
            (None, Some(origin)) => origin == self.origin.as_bytes() || origin == b"null",
            (None, None) => true,
        };
        let fits = token.is_some_and(|token| token.for_forms().is(form.get(CSRF)));
        if is_ours && fits {
            Ok(())
        } else {
            Err(Problem::ForeignForm)
        }
    }
}
