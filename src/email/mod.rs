//! Doors out: letters to officers, conveners and committees, through an institution's own mail server.
//!
//! A letter is composed by a library that knows how headers are written, from values that hold no line end: nothing that a person
//! typed can become a header or another recipient.
//!
//! What may have been taken is never handed over again by itself (no blind resend): a mail server tells nothing later, and
//! cannot be asked. Rejected: to send once more under the same Message-ID. Some mailboxes then show it once and many show it twice;
//! and a reminder that is in doubt is no loss, for the next one and the escalation follow by the complaint's own clock. Who minds
//! the line sees it and can send it again, under the same Message-ID.

mod letter;
mod reading;
mod smtp;

use std::fmt;

use futures_util::future::BoxFuture;

use crate::complaint::EmailFailure;

pub use letter::{BadField, Letter, Sender, domain_of, message_id};
pub use smtp::{Security, SetupError, SmtpMailer, SmtpSettings, Timeouts};

/// What a mail server answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// By RFC 5321: `550`.
    pub code: u16,
    /// By RFC 3463, where it says one: `5.1.1`.
    pub status: Option<String>,
    /// Its words. They may name the address: for the eyes of who typed it, never for a log or the store.
    pub text: String,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("code", &self.code)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// What became of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has it.
    Accepted(Reply),
    /// This letter will not arrive, and trying again would not help.
    Refused(EmailFailure, Option<Reply>),
    /// Proven not to have been taken: safe to try again.
    NotNow(EmailFailure, Option<Reply>),
    /// It may or may not have been taken.
    Uncertain,
    /// Our login, our sender or the server itself is not in order: no letter will leave before somebody mends that.
    Misconfigured(EmailFailure, Option<Reply>),
}

/// What sends letters.
pub trait Mailer: Send + Sync {
    /// Hands over one letter, once; never repeats it by itself.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Outcome>;
}
