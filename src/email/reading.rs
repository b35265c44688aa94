//! What it means that a conversation with a mail server ended, by the step at which it did.

use std::error::Error as _;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;

use super::{Outcome, Reply};
use crate::complaint::EmailFailure;

/// Of a server's words: more is nothing that anybody reads.
const LONGEST_REPLY: usize = 500;

/// A step of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Name, TCP, greeting, TLS.
    Connection,
    /// User and password.
    Login,
    /// `MAIL FROM`
    Sender,
    /// `RCPT TO`
    Recipient,
    /// `DATA` and the letter, before its last line.
    Letter,
    /// After that.
    End,
}

/// Why it ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// As the library says.
    Failed(Error),
    /// No answer came in time.
    TooLate,
    /// TLS is not offered.
    NoTls,
}

pub(super) fn reply_of(response: &Response) -> Reply {
    let lines: Vec<&str> = response.message().collect();
    reply(response.code().into(), &lines.join(" "))
}

fn reply(code: u16, words: &str) -> Reply {
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_status = first.split('.').count() == 3
        && first
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let plain = words.chars().map(|c| if c.is_control() { ' ' } else { c });
    Reply {
        code,
        status: is_status.then(|| first.to_owned()),
        text: plain.take(LONGEST_REPLY).collect(),
    }
}

/// The answer that an error holds, if there was one.
fn answered(error: &Error) -> Option<Reply> {
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    error.status().map(|code| reply(code.into(), &words))
}

pub(super) fn outcome_of(step: Step, ended: &Ended) -> Outcome {
    let error = match ended {
        Ended::Failed(error) => error,
        Ended::NoTls => return Outcome::Misconfigured(EmailFailure::NoTrust, None),
        Ended::TooLate => return unanswered(step),
    };
    if is_distrust(error) {
        return Outcome::Misconfigured(EmailFailure::NoTrust, None);
    }
    match answered(error) {
        Some(reply) => refusal(step, reply),
        // No way of logging in that both know.
        None if step == Step::Login && error.is_client() => {
            Outcome::Misconfigured(EmailFailure::Account, None)
        }
        None => unanswered(step),
    }
}

/// No answer that can be read: it is known how far the letter had come.
fn unanswered(step: Step) -> Outcome {
    match step {
        Step::Connection => Outcome::NotNow(EmailFailure::NoConnection, None),
        Step::Login | Step::Sender | Step::Recipient | Step::Letter => {
            Outcome::NotNow(EmailFailure::BrokenOff, None)
        }
        Step::End => Outcome::Uncertain,
    }
}

/// The server said no (RFC 5321 §4.2.1): with a 4 for now, with a 5 for good. What it says before it has heard to whom the letter
/// goes is about us, and the next letter would hear it too.
fn refusal(step: Step, reply: Reply) -> Outcome {
    let about_login = matches!(reply.code, 530 | 534 | 535 | 538);
    match (step, reply.code) {
        (_, 400..=499) => Outcome::NotNow(EmailFailure::Deferred, Some(reply)),
        (Step::Connection, _) => Outcome::NotNow(EmailFailure::NoConnection, Some(reply)),
        (Step::Login | Step::Sender, _) => {
            Outcome::Misconfigured(EmailFailure::Account, Some(reply))
        }
        _ if about_login => Outcome::Misconfigured(EmailFailure::Account, Some(reply)),
        _ => Outcome::Refused(meant(&reply), Some(reply)),
    }
}

/// What a refusal means (RFC 3463); the codes of old servers say less.
fn meant(reply: &Reply) -> EmailFailure {
    match (reply.status.as_deref(), reply.code) {
        (Some("5.2.2"), _) | (None, 552) => EmailFailure::MailboxFull,
        (Some("5.1.3"), _) | (None, 553) => EmailFailure::BadAddress,
        (Some(status), _) if status.starts_with("5.1.") => EmailFailure::NoSuchMailbox,
        (None, 550) => EmailFailure::NoSuchMailbox,
        _ => EmailFailure::Refused,
    }
}

/// Whether a certificate is wrong. A handshake that broke for another reason may go through next time.
fn is_distrust(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        let inner = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        let tls = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            return true;
        }
        source = cause.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use EmailFailure::{
        Account, BadAddress, Deferred, MailboxFull, NoSuchMailbox, Refused as Unwanted,
    };

    #[test]
    fn a_refusal_means_what_it_means_at_its_step() {
        let outcome = |step, line: &str| {
            let (code, words) = line.split_once(' ').unwrap();
            refusal(step, reply(code.parse().unwrap(), words))
        };
        let refused = |line: &str| match outcome(Step::Recipient, line) {
            Outcome::Refused(why, Some(_)) => why,
            other => panic!("{line}: {other:?}"),
        };
        for (line, why) in [
            ("550 5.1.1 <x@y>: Recipient address rejected", NoSuchMailbox),
            ("550 No such user here", NoSuchMailbox),
            ("552 5.2.2 Over quota", MailboxFull),
            ("552 mailbox full", MailboxFull),
            ("553 5.1.3 Bad address syntax", BadAddress),
            ("550 5.7.1 Message looks like spam", Unwanted),
            ("554 5.7.1 Relay access denied", Unwanted),
        ] {
            assert_eq!(refused(line), why, "{line}");
        }
        for step in [Step::Sender, Step::Recipient, Step::Letter, Step::End] {
            let greylisted = outcome(step, "451 4.7.1 Greylisted, come back later");
            assert!(
                matches!(greylisted, Outcome::NotNow(Deferred, Some(_))),
                "{step:?}"
            );
            let unknown = outcome(step, "530 5.7.0 Authentication required");
            assert!(
                matches!(unknown, Outcome::Misconfigured(Account, Some(_))),
                "{step:?}"
            );
        }
        for (step, line) in [
            (Step::Login, "535 5.7.8 Bad credentials"),
            (Step::Sender, "553 5.7.1 Sender address not owned by user"),
        ] {
            let about_us = outcome(step, line);
            assert!(
                matches!(about_us, Outcome::Misconfigured(Account, Some(_))),
                "{line}"
            );
        }
    }

    #[test]
    fn only_after_the_last_byte_it_is_not_known() {
        for step in [
            Step::Connection,
            Step::Login,
            Step::Sender,
            Step::Recipient,
            Step::Letter,
        ] {
            let outcome = outcome_of(step, &Ended::TooLate);
            assert!(matches!(outcome, Outcome::NotNow(..)), "{step:?}");
        }
        assert_eq!(outcome_of(Step::End, &Ended::TooLate), Outcome::Uncertain);
    }

    #[test]
    fn of_an_answer_only_its_numbers_show() {
        let reply = reply(550, "5.1.1 <halima@water.example>: unknown\r\n");
        assert_eq!(reply.status.as_deref(), Some("5.1.1"));
        let shown = format!("{reply:?}");
        assert!(
            shown.contains("550") && !shown.contains("halima"),
            "{shown}"
        );
        assert!(!reply.text.contains('\n'));
    }
}
