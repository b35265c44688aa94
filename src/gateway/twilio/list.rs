//! Reads the list of texts: one GET a page, and nothing of its answer is taken on trust.
//!
//! `next_page_uri` is followed as the gateway wrote it, for it holds a token; but only to the API's own host, since our
//! credentials go with it.

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use reqwest::header::ACCEPT;
use reqwest::{StatusCode, Url};
use serde_json::Value;

use super::TwilioGateway;
use super::answer::{opaque, read_up_to};
use crate::complaint::Address;
use crate::gateway::listing::{Direction, ListedText, MessageList, NextPage, NoPage, Page, Wanted};

/// Texts on a page, the gateway's own default.
const PAGE: usize = 50;
/// Bytes of a page that are read. Fifty texts of 1,600 Arabic letters, each written as `\u0627`, are half of that.
const LARGEST_PAGE: usize = 1024 * 1024;
/// Bytes of a text's words, as much as a webhook could hold.
const LARGEST_BODY: usize = 64 * 1024;
/// An id that is longer is none.
const LONGEST_ID: usize = 128;
/// Nor is a way to the next page.
const LONGEST_WAY: usize = 4096;
/// The protocol knows at most ten pieces of media a message.
const MOST_MEDIA: usize = 10;

impl MessageList for TwilioGateway {
    fn page<'a>(
        &'a self,
        wanted: &'a Wanted,
        next: Option<&'a NextPage>,
    ) -> BoxFuture<'a, Result<Page, NoPage>> {
        self.get(wanted, next).boxed()
    }
}

impl TwilioGateway {
    async fn get(&self, wanted: &Wanted, next: Option<&NextPage>) -> Result<Page, NoPage> {
        let url = match next {
            None => self.first_page(wanted),
            Some(next) => self.following(next)?,
        };
        let request = self
            .client
            .get(url)
            .basic_auth(
                &self.settings.auth_user,
                Some(self.settings.auth_password.as_str()),
            )
            .header(ACCEPT, "application/json");
        // The error itself is not shown: it names the URL.
        let response = request
            .send()
            .await
            .map_err(|_| NoPage::Failed("the gateway gave no answer"))?;
        match response.status() {
            StatusCode::NOT_FOUND
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::NOT_IMPLEMENTED
                if next.is_none() =>
            {
                Err(NoPage::NoList)
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Err(NoPage::Failed("the gateway refuses our account"))
            }
            status if !status.is_success() => {
                Err(NoPage::Failed("the gateway answered with an error"))
            }
            _ => {
                let body = read_up_to(response, LARGEST_PAGE).await;
                self.page_of(&body.map_err(NoPage::Failed)?)
            }
        }
    }

    fn first_page(&self, wanted: &Wanted) -> Url {
        let (name, number) = match wanted {
            Wanted::To(number) => ("To", number),
            Wanted::From(number) => ("From", number),
        };
        let mut url = self.messages.clone();
        url.query_pairs_mut()
            .append_pair(name, number.expose())
            .append_pair("PageSize", &PAGE.to_string());
        url
    }

    fn following(&self, next: &NextPage) -> Result<Url, NoPage> {
        let ours = &self.messages;
        Some(next.0.as_str())
            .filter(|way| way.len() <= LONGEST_WAY)
            .and_then(|way| ours.join(way).ok())
            .filter(|url| url.origin() == ours.origin() && url.username() == ours.username())
            .ok_or(NoPage::Failed("the list leads away from the gateway"))
    }

    fn page_of(&self, body: &Value) -> Result<Page, NoPage> {
        let messages = body.get("messages").and_then(Value::as_array);
        let messages = messages.ok_or(NoPage::Failed("the answer is no list of texts"))?;
        let next = body.get("next_page_uri").and_then(Value::as_str);
        Ok(Page {
            texts: messages
                .iter()
                .take(PAGE)
                .filter_map(|text| self.listed(text))
                .collect(),
            next: next
                .filter(|way| !way.is_empty())
                .map(|way| NextPage(way.to_owned())),
        })
    }

    /// `None`: it cannot be read, or is another account's.
    fn listed(&self, text: &Value) -> Option<ListedText> {
        let word = |key| text.get(key).and_then(Value::as_str);
        let number = |key| text.get(key).and_then(opaque)?.parse::<usize>().ok();
        let address = |key| {
            word(key)
                .filter(|address| !address.trim().is_empty())
                .map(Address::new)
        };
        if word("account_sid").is_some_and(|account| account != self.settings.account_sid) {
            return None;
        }
        let sid = text.get("sid").and_then(opaque).filter(|sid| is_id(sid))?;
        let pieces = number("num_media").unwrap_or_default().min(MOST_MEDIA);
        let media = format!(
            "{}/{sid}/Media.json",
            self.messages.as_str().trim_end_matches(".json")
        );
        Some(ListedText {
            from: address("from"),
            to: address("to")?,
            body: word("body")
                .or((pieces > 0).then_some(""))
                .filter(|body| body.len() <= LARGEST_BODY)?
                .to_owned(),
            media: vec![media; pieces],
            direction: match word("direction") {
                Some("inbound") => Direction::Inbound,
                Some("outbound-api") => Direction::OutboundApi,
                _ => Direction::Other,
            },
            status: word("status").unwrap_or_default().to_owned(),
            code: number("error_code").and_then(|code| code.try_into().ok()),
            created_at: word("date_created").and_then(moment),
            sid,
        })
    }
}

fn is_id(sid: &str) -> bool {
    sid.len() <= LONGEST_ID && sid.bytes().all(|byte| byte.is_ascii_graphic())
}

/// As in RFC 2822, which the gateway writes; or as in RFC 3339, which a compatible one may.
fn moment(date: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(date)
        .or_else(|_| DateTime::parse_from_rfc3339(date))
        .ok()
        .map(|date| date.to_utc())
}
