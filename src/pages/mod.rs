//! What the pages of the console and those of the public have in common: texts in several languages, forms, headers, files, tables of
//! figures with their pictures, and how often somebody may try.

mod asset;
mod common;
mod form;
mod headers;
mod networks;
mod phrase;
mod section;
pub(crate) mod table;
mod tries;

use actix_web::guard::{Any, AnyGuard, Get, Head};

use crate::complaint::LanguageId;

pub(crate) use asset::{Asset, KEPT};
pub(crate) use common::Common;
pub(crate) use form::{Form, LARGEST, Unread, is_from};
pub(crate) use headers::harden;
pub(crate) use networks::Networks;
pub(crate) use phrase::{Grammar, Phrase};
pub(crate) use section::{Reader, section};
pub(crate) use tries::{Taken, Tries};

/// Who may GET may ask what they would get: a HEAD is answered as a GET, without a body (RFC 9110 §9.3.2).
pub(crate) fn reading() -> AnyGuard {
    Any(Get()).or(Head())
}

/// The languages that somebody wishes for, by their ISO 639-1 codes: what they chose, then what their browser asks for. `accepted` is the
/// header `Accept-Language`; its order is taken for the order of preference, which it is in every browser.
pub(crate) fn wished_for(
    chosen: Option<&LanguageId>,
    accepted: &str,
) -> impl Iterator<Item = String> {
    let accepted = accepted.split(',').filter_map(|wish| {
        wish.split(['-', ';'])
            .next()
            .map(|code| code.trim().to_ascii_lowercase())
    });
    chosen
        .map(|id| id.as_str().to_owned())
        .into_iter()
        .chain(accepted)
}
