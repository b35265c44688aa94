//! Doors out: the SMS gateway's REST API, behind a trait that another gateway can stand behind too.

pub mod codes;
pub mod form;
pub mod http;
pub mod listing;
pub mod sandbox;
pub mod signature;
pub mod twilio;

use std::fmt;
use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::complaint::{Address, Delivery, Failure};

/// A text on its way out. `Debug` shows neither its words nor its numbers.
#[derive(Clone)]
pub struct OutgoingText {
    /// Our outbox row's id. It rides in the status callback's query, so that a callback proves the send even where the
    /// answer to the request was lost.
    pub outbox_id: i64,
    /// Whom it goes to.
    pub to: Address,
    /// The number it leaves from: the one that was texted. `None`: the gateway's settings decide.
    pub from: Option<Address>,
    /// The words, at most 1,600 characters.
    pub body: String,
}

impl fmt::Debug for OutgoingText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingText")
            .field("outbox_id", &self.outbox_id)
            .finish_non_exhaustive()
    }
}

/// What became of one request to the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The gateway has it, under this id.
    Accepted {
        /// The gateway's id of the text.
        sid: String,
        /// Its first status.
        status: Delivery,
    },
    /// Proven not to have been taken (no connection, 429): safe to try again.
    NotSent {
        /// For the log and for people; never a number or a text.
        why: String,
        /// The gateway's own wish, where it told one.
        retry_after: Option<Duration>,
    },
    /// The gateway refused it.
    Rejected {
        /// The gateway's error code.
        code: Option<u32>,
        /// What that means.
        failure: Failure,
    },
    /// It may or may not have left: a time-out, a reset after the request was written, a 5xx, an unreadable answer.
    /// Never sent again without proof.
    Uncertain {
        /// For the log and for people; never a number or a text.
        why: String,
    },
}

/// What sends texts.
pub trait SmsGateway: Send + Sync {
    /// Makes exactly one request; never repeats it by itself.
    fn send<'a>(&'a self, text: &'a OutgoingText) -> BoxFuture<'a, Outcome>;
}
