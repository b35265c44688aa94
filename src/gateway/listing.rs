//! The gateway's own list of texts: what it received and what it sent, newest first, page by page.
//!
//! It is apart from what sends, so that a door in may look here and can send nothing. Looking asks with GET alone.

use std::collections::HashSet;
use std::fmt;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

use crate::complaint::Address;

/// Pages that are read of one list: ten thousand texts. A list that does not end would be read for ever.
pub const MOST_PAGES: usize = 200;

/// Which texts are asked for.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// Those that came to a number of ours.
    To(Address),
    /// Those that left from one.
    From(Address),
}

/// Which way a text went, seen from the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A phone sent it.
    Inbound,
    /// A request of ours did.
    OutboundApi,
    /// Anything else, such as an answer to a webhook.
    Other,
}

/// A text as the list has it. `Debug` shows neither its words nor its numbers.
#[derive(Clone)]
pub struct ListedText {
    /// The gateway's id of it.
    pub sid: String,
    /// Who sent it; `None` while a messaging service has not chosen.
    pub from: Option<Address>,
    /// Whom it was sent to.
    pub to: Address,
    /// The words; empty for a message of pictures only, and where the gateway was told to forget them.
    pub body: String,
    /// For each picture or sound that came with it, where it can be found.
    pub media: Vec<String>,
    /// Which way it went.
    pub direction: Direction,
    /// The gateway's word for how far it has come.
    pub status: String,
    /// The gateway's error code.
    pub code: Option<u32>,
    /// When the gateway got it; `None` where that cannot be read.
    pub created_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for ListedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListedText")
            .field("sid", &self.sid)
            .finish_non_exhaustive()
    }
}

/// What leads to the page after one, in the gateway's own words. They hold a number, which `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct NextPage(pub String);

impl fmt::Debug for NextPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextPage(…)")
    }
}

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The texts on it, newest first; entries that cannot be read, or are another account's, are left out.
    pub texts: Vec<ListedText>,
    /// What leads to the next one.
    pub next: Option<NextPage>,
}

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// This gateway keeps no list.
    NoList,
    /// It could not be had now. In words for the log: never a number or a text.
    Failed(&'static str),
    /// It has more than [`MOST_PAGES`].
    TooLong,
}

/// What lists texts.
pub trait MessageList: Send + Sync {
    /// Makes exactly one request: for the first page, or for the one that another page leads to.
    fn page<'a>(
        &'a self,
        wanted: &'a Wanted,
        next: Option<&'a NextPage>,
    ) -> BoxFuture<'a, Result<Page, NoPage>>;
}

/// A list that is read from its newest text on, as far back as is asked for.
pub struct Pages<'a> {
    list: &'a dyn MessageList,
    wanted: &'a Wanted,
    since: DateTime<Utc>,
    next: Option<NextPage>,
    read: usize,
    /// The ids of what was read: while pages are asked for, a list grows, and what was on one moves on to the next.
    seen: HashSet<String>,
    ended: bool,
}

impl<'a> Pages<'a> {
    /// Prepares to read what the gateway got at `since` or later; nothing is asked for yet.
    pub fn new(list: &'a dyn MessageList, wanted: &'a Wanted, since: DateTime<Utc>) -> Self {
        Self {
            list,
            wanted,
            since,
            next: None,
            read: 0,
            seen: HashSet::new(),
            ended: false,
        }
    }

    /// The next page's texts, without those that are older and those that a page before had; `None` where the list ends. The list ends
    /// with the first page that has older texts only, for a single old one among newer ones may just stand out of order; and with one that
    /// has nothing new.
    ///
    /// # Errors
    /// Why it cannot be read on.
    pub async fn next(&mut self) -> Result<Option<Vec<ListedText>>, NoPage> {
        if self.ended {
            return Ok(None);
        }
        if self.read == MOST_PAGES {
            return Err(NoPage::TooLong);
        }
        let page = self.list.page(self.wanted, self.next.as_ref()).await?;
        self.read += 1;
        let is_old = |text: &ListedText| text.created_at.is_some_and(|at| at < self.since);
        let mut texts = page.texts;
        let was_empty = texts.is_empty();
        let leads_on = !texts.iter().all(is_old);
        texts.retain(|text| self.seen.insert(text.sid.clone()));
        self.ended = page.next.is_none() || !(was_empty || (leads_on && !texts.is_empty()));
        texts.retain(|text| !is_old(text));
        self.next = page.next;
        Ok(Some(texts))
    }
}
