//! The list of texts: filters, and pages by token, newest first.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::error::ApiError;
use super::resource::{message, messages_path};
use super::text::Text;
use crate::gateway::form::{Param, text_of};

/// Texts on a page, unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 1000;

/// Which texts are asked for.
#[derive(Debug, Default)]
pub(super) struct Filter {
    to: Option<String>,
    from: Option<String>,
    sent_from: Option<DateTime<Utc>>,
    sent_before: Option<DateTime<Utc>>,
}

impl Filter {
    /// Reads `To`, `From`, `DateSent`, `DateSent>` and `DateSent<`. Dates are days of GMT or moments, and inclusive.
    pub(super) fn read(query: &[Param]) -> Result<Self, ApiError> {
        let text = |name| text_of(query, name).filter(|value| !value.is_empty());
        let span = |name| text(name).map(span_of).transpose();
        let (on, after, before) = (span("DateSent")?, span("DateSent>")?, span("DateSent<")?);
        Ok(Self {
            to: text("To").map(str::to_owned),
            from: text("From").map(str::to_owned),
            sent_from: on.or(after).map(|(start, _)| start),
            sent_before: on.or(before).map(|(_, end)| end),
        })
    }

    /// Whether a text is among them. One that was not sent yet has no date to compare.
    pub(super) fn wants(&self, candidate: &Text) -> bool {
        self.to.as_ref().is_none_or(|to| *to == candidate.to)
            && self
                .from
                .as_ref()
                .is_none_or(|from| candidate.from.as_ref() == Some(from))
            && self
                .sent_from
                .is_none_or(|start| candidate.sent.is_some_and(|sent| sent >= start))
            && self
                .sent_before
                .is_none_or(|end| candidate.sent.is_some_and(|sent| sent < end))
    }
}

/// From the first moment of a day or second to the first after it.
fn span_of(date: &str) -> Result<(DateTime<Utc>, DateTime<Utc>), ApiError> {
    const UNREADABLE: ApiError =
        ApiError::bad_request(20_001, "A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ");
    if let Ok(moment) = DateTime::parse_from_rfc3339(date) {
        return Ok((
            moment.to_utc(),
            moment.to_utc() + chrono::TimeDelta::seconds(1),
        ));
    }
    let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| UNREADABLE)?;
    let start = day.and_time(NaiveTime::MIN).and_utc();
    Ok((
        start,
        start.checked_add_days(Days::new(1)).ok_or(UNREADABLE)?,
    ))
}

/// One page of the texts that were asked for, as the API shows it.
///
/// A token names the text that a page follows (`PA…`) or precedes (`PB…`), so that a text that arrives in between moves no
/// other to another page.
pub(super) fn page(texts: &[Text], query: &[Param], account_sid: &str) -> Value {
    let number = |name| text_of(query, name).and_then(|value| value.parse::<usize>().ok());
    let size = number("PageSize").unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let page = number("Page").unwrap_or(0);
    let start = first_on_page(texts, text_of(query, "PageToken").unwrap_or_default(), size);
    let rest = texts.get(start..).unwrap_or_default();
    let shown = rest.get(..size).unwrap_or(rest);

    let uri = |page: usize, token: Option<String>| {
        let token = token
            .map(|token| format!("&PageToken={token}"))
            .unwrap_or_default();
        format!(
            "{}.json?{}PageSize={size}&Page={page}{token}",
            messages_path(account_sid),
            filters(query)
        )
    };
    let next = shown
        .last()
        .filter(|_| rest.len() > size)
        .map(|last| uri(page + 1, Some(format!("PA{}", last.sid))));
    let previous = shown.first().filter(|_| start > 0);
    let previous =
        previous.map(|first| uri(page.saturating_sub(1), Some(format!("PB{}", first.sid))));
    json!({
        "messages": shown.iter().map(|text| message(text, account_sid)).collect::<Vec<_>>(),
        "page": page,
        "page_size": size,
        "start": page.saturating_mul(size),
        "end": page.saturating_mul(size) + shown.len().saturating_sub(1),
        "uri": uri(page, text_of(query, "PageToken").map(str::to_owned)),
        "first_page_uri": uri(0, None),
        "next_page_uri": next,
        "previous_page_uri": previous,
    })
}

fn first_on_page(texts: &[Text], token: &str, size: usize) -> usize {
    let position = |sid: &str| texts.iter().position(|text| text.sid == sid);
    if let Some(sid) = token.strip_prefix("PA") {
        position(sid).map_or(texts.len(), |at| at + 1)
    } else if let Some(sid) = token.strip_prefix("PB") {
        position(sid).unwrap_or_default().saturating_sub(size)
    } else {
        0
    }
}

/// The filters of this page, for the next one's address.
fn filters(query: &[Param]) -> String {
    let is_filter =
        |name: &str| matches!(name, "To" | "From" | "DateSent" | "DateSent<" | "DateSent>");
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    query
        .iter()
        .filter_map(|(name, value)| {
            Some((
                std::str::from_utf8(name).ok()?,
                std::str::from_utf8(value).ok()?,
            ))
        })
        .filter(|(name, _)| is_filter(name))
        .map(|(name, value)| format!("{}={}&", encoded(name), encoded(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::form::parse_form;
    use crate::gateway::sandbox::text::{Direction, Status};

    /// Seven texts, the newest first, each a day older than the one before; the newest is not sent yet.
    fn week() -> Vec<Text> {
        let newest: DateTime<Utc> = "2026-10-07T12:00:00Z".parse().unwrap();
        (0..7)
            .map(|age| {
                let day = newest - Days::new(age);
                let to = if age % 2 == 0 {
                    "+254700000001"
                } else {
                    "+254700000002"
                };
                let body = age.to_string();
                let mut text = Text::new(
                    Direction::OutboundApi,
                    Some("+1".to_owned()),
                    to.to_owned(),
                    body,
                    day,
                );
                if age > 0 {
                    text.reach(Status::Sent, day);
                }
                text
            })
            .collect()
    }

    fn wanted(query: &str) -> Vec<String> {
        let filter = Filter::read(&parse_form(query.as_bytes())).unwrap();
        week()
            .into_iter()
            .filter(|text| filter.wants(text))
            .map(|text| text.body)
            .collect()
    }

    fn bodies(page: &Value) -> Vec<&str> {
        page["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["body"].as_str().unwrap())
            .collect()
    }

    #[test]
    fn texts_are_found_by_number_and_by_day() {
        assert_eq!(wanted("To=%2B254700000002"), ["1", "3", "5"]);
        assert_eq!(wanted("From=%2B2"), Vec::<String>::new());
        assert_eq!(wanted("DateSent=2026-10-05"), ["2"]);
        assert_eq!(wanted("DateSent%3E=2026-10-05"), ["1", "2"]);
        assert_eq!(wanted("DateSent%3C=2026-10-02"), ["5", "6"]);
        assert_eq!(
            wanted("DateSent%3E=2026-10-03T12%3A00%3A01Z&DateSent%3C=2026-10-05T12%3A00%3A00Z"),
            ["2", "3"]
        );
        assert!(Filter::read(&parse_form(b"DateSent=yesterday")).is_err());
    }

    #[test]
    fn pages_lead_to_each_other_and_end() {
        let texts = week();
        let follow = |uri: &Value| {
            let (path, query) = uri.as_str().unwrap().split_once('?').unwrap();
            assert_eq!(path, "/2010-04-01/Accounts/AC1/Messages.json");
            page(&texts, &parse_form(query.as_bytes()), "AC1")
        };
        let first = page(&texts, &parse_form(b"PageSize=3&To=%2B1"), "AC1");
        assert_eq!(bodies(&first), ["0", "1", "2"]);
        assert!(first["previous_page_uri"].is_null());
        assert!(
            first["next_page_uri"]
                .as_str()
                .unwrap()
                .contains("?To=%2B1&PageSize=3&Page=1&PageToken=PASM")
        );
        let second = follow(&first["next_page_uri"]);
        assert_eq!(bodies(&second), ["3", "4", "5"]);
        assert_eq!(
            (second["start"].as_u64(), second["end"].as_u64()),
            (Some(3), Some(5))
        );
        let third = follow(&second["next_page_uri"]);
        assert_eq!(bodies(&third), ["6"]);
        assert!(third["next_page_uri"].is_null());
        assert_eq!(
            bodies(&follow(&third["previous_page_uri"])),
            ["3", "4", "5"]
        );
        assert_eq!(bodies(&follow(&third["first_page_uri"])), ["0", "1", "2"]);
    }

    #[test]
    fn a_page_has_its_limits() {
        let texts = week();
        for (query, size) in [
            ("", 50),
            ("PageSize=0", 1),
            ("PageSize=5000", 1000),
            ("PageSize=x", 50),
        ] {
            assert_eq!(
                page(&texts, &parse_form(query.as_bytes()), "AC1")["page_size"],
                size,
                "{query}"
            );
        }
        assert_eq!(page(&[], &[], "AC1")["messages"], json!([]));
        assert_eq!(
            bodies(&page(&texts, &parse_form(b"PageToken=PASMgone"), "AC1")),
            Vec::<&str>::new()
        );
    }
}
