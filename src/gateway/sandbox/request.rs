//! What a request to send a text must hold, and the numbers with which each refusal can be tried out.

use chrono::{DateTime, Utc};
use reqwest::Url;

use super::error::ApiError;
use super::text::{Direction, Status, Text};
use crate::complaint::Address;
use crate::gateway::form::{Param, text_of};

/// Characters that the gateway takes in a text.
pub(super) const LONGEST_BODY: usize = 1600;

/// Checks the form of a request and makes the text of it.
pub(super) fn text_of_request(
    form: &[Param],
    line_numbers: &[String],
    now: DateTime<Utc>,
) -> Result<Text, ApiError> {
    let field = |name| text_of(form, name).filter(|value| !value.is_empty());
    let to = recipient(field("To"))?;
    let service = service(field("MessagingServiceSid"))?;
    let from = sender(field("From"), service.is_some(), line_numbers)?;
    let body = body(field("Body"))?;

    let mut text = Text::new(Direction::OutboundApi, from, to, body, now);
    text.callback = callback(field("StatusCallback"))?;
    if text.from.is_none() {
        text.status = Status::Accepted;
    }
    text.service = service;
    Ok(text)
}

/// A phone. The magic numbers are those of the gateway's test credentials.
fn recipient(to: Option<&str>) -> Result<String, ApiError> {
    let refuse = |code, message| Err(ApiError::bad_request(code, message));
    match to {
        None => refuse(21_604, "A 'To' phone number is required"),
        Some("+15005550002") => refuse(
            21_612,
            "The 'To' number is not reachable from this 'From' number",
        ),
        Some("+15005550003") => refuse(
            21_408,
            "Permission to send to the region of the 'To' number is not enabled",
        ),
        Some("+15005550004") => refuse(
            21_610,
            "The recipient has unsubscribed from this 'From' number",
        ),
        Some("+15005550009") => refuse(21_614, "The 'To' number is not a mobile number"),
        Some(to) if to == "+15005550001" || !Address::new(to).is_phone() => {
            refuse(21_211, "The 'To' number is not a valid phone number")
        }
        Some(to) => Ok(to.to_owned()),
    }
}

/// One of the account's numbers, unless a service chooses.
fn sender(
    from: Option<&str>,
    has_service: bool,
    line_numbers: &[String],
) -> Result<Option<String>, ApiError> {
    let refuse = |code, message| Err(ApiError::bad_request(code, message));
    match from {
        None if has_service => Ok(None),
        None => refuse(21_603, "A 'From' phone number is required"),
        Some("+15005550001") => refuse(21_212, "The 'From' number is not a valid phone number"),
        Some("+15005550008") => refuse(
            21_611,
            "The 'From' number has exceeded the maximum number of queued messages",
        ),
        Some(from)
            if from == "+15005550006" || line_numbers.iter().any(|number| number == from) =>
        {
            Ok(Some(from.to_owned()))
        }
        Some(_) => refuse(
            21_606,
            "The 'From' number is not a number of this account that can send texts",
        ),
    }
}

fn service(sid: Option<&str>) -> Result<Option<String>, ApiError> {
    let is_well_formed = |sid: &str| {
        sid.strip_prefix("MG")
            .is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    match sid {
        Some(sid) if !is_well_formed(sid) => Err(ApiError::bad_request(
            21_701,
            "The Messaging Service does not exist",
        )),
        sid => Ok(sid.map(str::to_owned)),
    }
}

fn body(body: Option<&str>) -> Result<String, ApiError> {
    let body = body.ok_or(ApiError::bad_request(21_602, "Message body is required"))?;
    if body.chars().count() > LONGEST_BODY {
        return Err(ApiError::bad_request(
            21_617,
            "The concatenated message body exceeds the 1600 character limit",
        ));
    }
    Ok(body.to_owned())
}

/// Where to report: the gateway takes no host with an underscore.
fn callback(url: Option<&str>) -> Result<Option<String>, ApiError> {
    let is_usable = |url: &str| {
        Url::parse(url).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| !host.contains('_'))
        })
    };
    match url {
        Some(url) if !is_usable(url) => Err(ApiError::bad_request(
            21_609,
            "The 'StatusCallback' URL is not valid",
        )),
        url => Ok(url.map(str::to_owned)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::form::parse_form;

    const GOOD: &str = "To=%2B254700000001&From=%2B254709000000&Body=Habari&StatusCallback=http://127.0.0.1:1/s?oid=7";

    fn text(form: &str) -> Result<Text, u32> {
        let now = DateTime::from_timestamp_millis(1_700_000_000_000).unwrap();
        text_of_request(
            &parse_form(form.as_bytes()),
            &["+254709000000".to_owned()],
            now,
        )
        .map_err(|error| error.code)
    }

    #[test]
    fn a_good_request_is_queued_and_knows_whose_it_is() {
        let text = text(GOOD).unwrap();
        assert_eq!((text.status, text.outbox_id()), (Status::Queued, Some(7)));
        assert!(text.sid.starts_with("SM") && text.sid.len() == 34);
    }

    #[test]
    fn with_a_service_it_is_accepted_until_a_number_is_chosen() {
        let text = text(&format!(
            "To=%2B254700000001&Body=x&MessagingServiceSid=MG{}",
            "a".repeat(32)
        ))
        .unwrap();
        assert_eq!((text.status, text.from), (Status::Accepted, None));
    }

    #[test]
    fn each_fault_of_a_request_has_the_gateways_code() {
        let swapped = |old: &str, new: &str| text(&GOOD.replace(old, new)).unwrap_err();
        assert_eq!(swapped("To=%2B254700000001&", ""), 21_604);
        for (to, code) in [
            ("garbage", 21_211),
            ("0700000001", 21_211),
            ("%2B15005550001", 21_211),
            ("%2B15005550002", 21_612),
            ("%2B15005550003", 21_408),
            ("%2B15005550004", 21_610),
            ("%2B15005550009", 21_614),
        ] {
            assert_eq!(swapped("%2B254700000001", to), code, "{to}");
        }
        assert_eq!(swapped("From=%2B254709000000&", ""), 21_603);
        for (from, code) in [
            ("%2B15005550001", 21_212),
            ("%2B15005550007", 21_606),
            ("%2B15005550008", 21_611),
            ("%2B1999", 21_606),
        ] {
            assert_eq!(swapped("%2B254709000000", from), code, "{from}");
        }
        assert_eq!(swapped("Body=Habari", "Body="), 21_602);
        assert_eq!(swapped("Habari", &"x".repeat(1601)), 21_617);
        assert_eq!(swapped("127.0.0.1", "my_host"), 21_609);
        assert_eq!(swapped("&Body", "&MessagingServiceSid=MG1&Body"), 21_701);
    }

    #[test]
    fn sixteen_hundred_characters_fit_whatever_their_bytes() {
        assert!(text(&GOOD.replace("Habari", &"%C3%A9".repeat(1600))).is_ok());
    }
}
