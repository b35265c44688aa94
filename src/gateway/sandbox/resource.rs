//! A text as the API shows it: all keys of the gateway's specification, and its types (numbers as strings, dates as in
//! RFC 2822).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::text::Text;

/// The account's messages, as a path.
pub(super) fn messages_path(account_sid: &str) -> String {
    format!("/2010-04-01/Accounts/{account_sid}/Messages")
}

/// The message resource.
pub(super) fn message(text: &Text, account_sid: &str) -> Value {
    let path = format!("{}/{}", messages_path(account_sid), text.sid);
    // A service counts once it has chosen a number.
    let segments = if text.from.is_none() {
        0
    } else {
        text.segments()
    };
    json!({
        "account_sid": account_sid,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": rfc_2822(text.created),
        "date_sent": text.sent.map(rfc_2822),
        "date_updated": rfc_2822(text.updated),
        "direction": text.direction,
        "error_code": text.error,
        "error_message": text.error.map(|_| "The carrier did not deliver the message"),
        "from": text.from,
        "messaging_service_sid": text.service,
        "num_media": "0",
        "num_segments": segments.to_string(),
        "price": Value::Null,
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": { "media": format!("{path}/Media.json") },
        "to": text.to,
        "uri": format!("{path}.json"),
    })
}

/// `Thu, 24 Aug 2023 05:01:45 +0000`, the day with two digits.
fn rfc_2822(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::sandbox::text::Direction;

    #[test]
    fn it_has_the_gateways_keys_and_types() {
        let now = DateTime::from_timestamp(1_692_853_305, 0).unwrap();
        let body = "x".repeat(161);
        let text = Text::new(
            Direction::OutboundApi,
            Some("+1".to_owned()),
            "+2".to_owned(),
            body,
            now,
        );
        let message = message(&text, "AC1");
        assert_eq!(message["date_created"], "Thu, 24 Aug 2023 05:01:45 +0000");
        assert_eq!(message["num_segments"], "2");
        assert_eq!(message["direction"], "outbound-api");
        assert_eq!(
            message["uri"],
            format!("/2010-04-01/Accounts/AC1/Messages/{}.json", text.sid)
        );
        for null in [
            "date_sent",
            "error_code",
            "error_message",
            "messaging_service_sid",
            "price",
        ] {
            assert!(message[null].is_null(), "{null}");
        }
        assert_eq!(message.as_object().unwrap().len(), 20);
    }
}
