//! What a list has that is not taken in yet.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::ListState;
use crate::actions::{IncomingMessage, Media};
use crate::complaint::Address;
use crate::gateway::listing::{Direction, ListedText};

/// A younger text is left to its webhook, which the gateway gives up after 15 seconds.
const LEFT_TO_ITS_WEBHOOK: TimeDelta = TimeDelta::minutes(2);
/// By how much the gateway's clock may be ahead of ours.
const SKEW: TimeDelta = TimeDelta::minutes(5);
/// More are not taken in by one look.
const MOST_MISSED: usize = 2_000;

/// A text that is to be taken in.
pub(super) struct Missed {
    pub(super) written_at: DateTime<Utc>,
    pub(super) message: IncomingMessage,
}

impl Missed {
    /// `None`: the list does not say who sent it, or when.
    pub(super) fn of(text: ListedText) -> Option<Self> {
        let media = |url| Media {
            url,
            content_type: String::new(),
        };
        Some(Self {
            written_at: text.created_at?,
            message: IncomingMessage {
                sid: text.sid,
                from: text.from?,
                to: text.to,
                body: text.body,
                media: text.media.into_iter().map(media).collect(),
            },
        })
    }
}

/// What a look has found, and how.
#[derive(Default)]
pub(super) struct Found {
    /// In the list's order: the newest first.
    missed: Vec<Missed>,
    /// What keeps it from being well; the first such thing.
    pub(super) lacks: Option<ListState>,
}

impl Found {
    pub(super) fn lacks(&mut self, state: ListState) {
        self.lacks.get_or_insert(state);
    }

    /// Adds a page. Too many are not kept: the oldest are taken in first, the others stay in the list.
    pub(super) fn add(&mut self, texts: Vec<ListedText>) {
        self.missed.extend(texts.into_iter().filter_map(Missed::of));
        if self.missed.len() > MOST_MISSED {
            self.oldest_last();
            self.missed.drain(..self.missed.len() - MOST_MISSED);
            self.lacks(ListState::Behind {
                why: "more was missed than is taken in at once; the next look goes on",
            });
        }
    }

    /// The texts, the oldest first.
    pub(super) fn in_order(mut self) -> impl Iterator<Item = Missed> {
        self.oldest_last();
        self.missed.into_iter().rev()
    }

    /// Of those that came in one second the list's order stands.
    fn oldest_last(&mut self) {
        self.missed
            .sort_by_key(|text| std::cmp::Reverse(text.written_at));
    }
}

/// Whether it came to that number of ours. One that the gateway took for a machine's has another status, and no webhook either.
pub(super) fn is_for(text: &ListedText, line: &Address) -> bool {
    text.direction == Direction::Inbound
        && text.to == *line
        && matches!(text.status.as_str(), "received" | "")
}

/// Whether its webhook may still come. One from the future is not young for ever.
pub(super) fn is_young(text: &ListedText, began: DateTime<Utc>) -> bool {
    text.created_at.is_some_and(|at| {
        let age = began - at;
        age > -SKEW && age < LEFT_TO_ITS_WEBHOOK
    })
}

/// Between two texts: no more than half of what is answered in a minute. The breaker must not fall over those who waited longest.
pub(super) fn pause(replies_per_minute: u32) -> Duration {
    Duration::from_secs(60) / (replies_per_minute / 2).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_more_than_is_taken_in_at_once_the_oldest_come_first() {
        let text = |second: i64| ListedText {
            sid: second.to_string(),
            from: Some(Address::new("MPESA")),
            to: Address::new("22345"),
            body: String::new(),
            media: Vec::new(),
            direction: Direction::Inbound,
            status: String::new(),
            code: None,
            created_at: DateTime::from_timestamp(second, 0),
        };
        let mut found = Found::default();
        for page in (0..41).rev() {
            found.add((page * 50..(page + 1) * 50).rev().map(text).collect());
        }
        assert!(matches!(found.lacks, Some(ListState::Behind { .. })));
        let sids: Vec<_> = found.in_order().map(|text| text.message.sid).collect();
        let oldest: Vec<_> = (0..2_000).map(|second: i64| second.to_string()).collect();
        assert_eq!(sids, oldest);
    }
}
