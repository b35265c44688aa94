//! A text as the sandbox keeps it, with what happened to it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::gateway::form::{parse_form, text_of};
use crate::gateway::signature::signed_url;
use crate::text::gsm7::{Encoding, count};

/// Which way a text goes, seen from the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Direction {
    /// From a phone to the line.
    Inbound,
    /// Made by the API.
    OutboundApi,
    /// Made by the answer to a webhook.
    OutboundReply,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// Taken, no number chosen yet: a messaging service will.
    Accepted,
    /// Taken, from a number.
    Queued,
    Sent,
    Delivered,
    Undelivered,
    /// It came from a phone.
    Received,
}

impl Status {
    /// The gateway's word, as in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Received => "received",
        }
    }
}

/// What the carrier will do with a text to a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Fate {
    /// Deliver it and report so.
    #[default]
    Delivered,
    /// Deliver it and report nothing.
    Silent,
    /// Fail to deliver it, for the reason with that code.
    Undelivered(u32),
}

/// One thing that happened to a text, for the "what happens inside" panel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Step {
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) at_ms: i64,
}

/// A text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Text {
    pub(super) sid: String,
    pub(super) direction: Direction,
    /// `None` while a messaging service has not chosen.
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) body: String,
    pub(super) status: Status,
    pub(super) created: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
    #[serde(default)]
    pub(super) sent: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) service: Option<String>,
    #[serde(default)]
    pub(super) callback: Option<String>,
    #[serde(default)]
    pub(super) error: Option<u32>,
    #[serde(default)]
    pub(super) fate: Fate,
    /// The service's answer to the webhook of an inbound text; 0 where none came.
    #[serde(default)]
    pub(super) webhook: Option<u16>,
    #[serde(default)]
    pub(super) steps: Vec<Step>,
    #[serde(default)]
    pub(super) deleted: bool,
    /// The ledger's count of changes when this one last changed.
    #[serde(skip)]
    pub(super) revision: u64,
}

impl Text {
    /// A text under a new id, made now.
    pub(super) fn new(
        direction: Direction,
        from: Option<String>,
        to: String,
        body: String,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            sid: new_sid("SM"),
            direction,
            from,
            to,
            body,
            status: Status::Queued,
            created: now,
            updated: now,
            sent: None,
            service: None,
            callback: None,
            error: None,
            fate: Fate::default(),
            webhook: None,
            steps: Vec::new(),
            deleted: false,
            revision: 0,
        }
    }

    /// Moves it on.
    pub(super) fn reach(&mut self, status: Status, now: DateTime<Utc>) {
        self.status = status;
        self.updated = now;
        if matches!(status, Status::Sent | Status::Received) {
            self.sent = Some(now);
        }
    }

    /// Notes what happened.
    pub(super) fn note(
        &mut self,
        now: DateTime<Utc>,
        title: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.steps.push(Step {
            title: title.into(),
            detail: detail.into(),
            at_ms: now.timestamp_millis(),
        });
    }

    /// The service's own id of the text, out of its status callback's query.
    pub(super) fn outbox_id(&self) -> Option<i64> {
        let callback = signed_url(self.callback.as_ref()?);
        let (_, query) = callback.split_once('?')?;
        text_of(&parse_form(query.as_bytes()), "oid")?.parse().ok()
    }

    /// Segments that are sent and paid.
    pub(super) fn segments(&self) -> usize {
        count(&self.body).segments
    }

    /// Whether a carrier still has something to do with it.
    pub(super) fn is_under_way(&self) -> bool {
        !self.deleted
            && matches!(
                self.status,
                Status::Accepted | Status::Queued | Status::Sent
            )
    }
}

/// The encoding's name, as engineers say it.
pub(super) fn encoding_of(body: &str) -> &'static str {
    match count(body).encoding {
        Encoding::Gsm7 => "GSM-7",
        Encoding::Ucs2 => "UCS-2",
    }
}

/// An id of the gateway's form: two letters and 32 hexadecimal digits.
pub(super) fn new_sid(prefix: &str) -> String {
    format!("{prefix}{:032x}", rand::random::<u128>())
}
