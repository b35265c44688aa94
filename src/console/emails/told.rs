//! An email's state and what came between, in words for who has to mend it.

use crate::complaint::EmailFailure;
use crate::console::words::Emails;
use crate::store::{EmailRow, EmailState};

/// What an email is for. One that these pages do not know yet is told by its own word.
pub(super) fn purpose(words: &Emails, purpose: &str) -> String {
    match purpose {
        "reminder" => words.reminder(),
        "escalation" => words.escalation(),
        "digest" => words.digest(),
        "referral" => words.referral(),
        "report" => words.report(),
        other => other.to_owned(),
    }
}

/// How far it has come.
pub(super) fn state(words: &Emails, state: Option<EmailState>) -> String {
    match state {
        Some(EmailState::Failed) => words.failed(),
        Some(EmailState::Uncertain) => words.uncertain(),
        Some(EmailState::Expired) => words.expired(),
        Some(EmailState::Sending) => words.sending(),
        _ => words.pending(),
    }
}

/// What came between, with the numbers of the server's answer, by which its people find it in their log.
pub(super) fn why(words: &Emails, row: &EmailRow) -> String {
    let Some(why) = row.why else {
        return String::new();
    };
    let why = match why {
        EmailFailure::BadAddress => words.bad_address(),
        EmailFailure::NoSuchMailbox => words.no_such_mailbox(),
        EmailFailure::MailboxFull => words.mailbox_full(),
        EmailFailure::Refused => words.refused(),
        EmailFailure::Deferred => words.deferred(),
        EmailFailure::NoConnection => words.no_connection(),
        EmailFailure::BrokenOff => words.broken_off(),
        EmailFailure::NoTrust => words.no_trust(),
        EmailFailure::Account => words.account(),
        EmailFailure::Lost => words.lost(),
        EmailFailure::Interrupted => words.interrupted(),
        EmailFailure::Copied => words.copied(),
        EmailFailure::Sealed => words.sealed(),
    };
    match row.code {
        Some(code) => {
            let status = row.status.as_deref().unwrap_or_default();
            let answer = format!("{code} {status}");
            format!("{why} {}", words.answer(answer.trim()))
        }
        None => why,
    }
}
