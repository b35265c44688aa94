//! The gateway's forms as what they say.

use std::borrow::Cow;

use super::Refusal;
use crate::actions::{IncomingMessage, Media, StatusReport};
use crate::complaint::{Address, Delivery};
use crate::gateway::codes;
use crate::gateway::form::{Param, parse_form};

/// Ids are opaque, 34 characters at one gateway and 36 at another; longer than this is none.
const MAX_ID: usize = 128;
/// The protocol knows at most ten pieces of media a message.
const MAX_MEDIA: usize = 10;

/// The first value under that name. Bytes that are no UTF-8 become replacement characters: the signature was already
/// checked over the bytes, and a text with a broken character is still a person's text.
pub(super) fn field<'a>(params: &'a [Param], name: &str) -> Option<Cow<'a, str>> {
    params
        .iter()
        .find(|(key, _)| key == name.as_bytes())
        .map(|(_, value)| String::from_utf8_lossy(value))
}

pub(super) fn incoming_message(params: &[Param]) -> Result<IncomingMessage, Refusal> {
    let needed = |name: &'static str| {
        field(params, name)
            .filter(|value| !value.trim().is_empty())
            .ok_or(Refusal::FieldMissing(name))
    };
    let media = media(params);
    let body = match field(params, "Body") {
        Some(body) => body.into_owned(),
        // Some gateways leave it out where there are only pictures.
        None if !media.is_empty() => String::new(),
        None => return Err(Refusal::FieldMissing("Body")),
    };
    Ok(IncomingMessage {
        sid: id(params, "MessageSid")?,
        from: Address::new(&needed("From")?),
        to: Address::new(&needed("To")?),
        body,
        media,
    })
}

fn id(params: &[Param], name: &'static str) -> Result<String, Refusal> {
    field(params, name)
        .filter(|id| {
            !id.is_empty() && id.len() <= MAX_ID && id.bytes().all(|byte| byte.is_ascii_graphic())
        })
        .map(Cow::into_owned)
        .ok_or(Refusal::FieldMissing(name))
}

fn media(params: &[Param]) -> Vec<Media> {
    let count: usize = field(params, "NumMedia")
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(0);
    (0..count.min(MAX_MEDIA))
        .filter_map(|index| {
            Some(Media {
                url: field(params, &format!("MediaUrl{index}"))?.into_owned(),
                content_type: field(params, &format!("MediaContentType{index}"))
                    .unwrap_or_default()
                    .into_owned(),
            })
        })
        .collect()
}

/// `None`: a status that this version does not know.
pub(super) fn status_report(
    params: &[Param],
    outbox_id: Option<i64>,
) -> Result<Option<StatusReport>, Refusal> {
    let sid = id(params, "MessageSid")?;
    let status = field(params, "MessageStatus").ok_or(Refusal::FieldMissing("MessageStatus"))?;
    let code = field(params, "ErrorCode").and_then(|code| code.trim().parse().ok());
    Ok(Delivery::from_word(&status).map(|delivery| StatusReport {
        outbox_id,
        sid,
        delivery,
        code,
        failure: code.map(codes::failure_of),
    }))
}

/// Our outbox id, which we put into the callback's address.
pub(super) fn outbox_id(query: &str) -> Option<i64> {
    field(&parse_form(query.as_bytes()), "oid")?.parse().ok()
}
