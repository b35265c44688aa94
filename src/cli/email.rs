//! `jibu email test`: one letter now, and what the mail server said, in words for who has to mend it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use crate::clock::Clock;
use crate::complaint::EmailFailure;
use crate::configuration::settings::Email as Settings;
use crate::email::{Letter, Mailer, Outcome, Reply, SmtpMailer, Timeouts};

#[derive(Debug, Subcommand)]
pub(super) enum Email {
    /// Send one letter now, past the outbox, and say what the mail server said
    Test {
        /// Whom to send it to: your own address
        address: String,
        /// The directory with service.toml
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
    },
}

pub(super) fn run(what: &Email) -> anyhow::Result<ExitCode> {
    let Email::Test { address, config } = what;
    let settings = super::check::load_settings(config)?;
    let smtp = settings
        .email
        .smtp()
        .context("email.server is not set in service.toml, so that no email leaves")?;
    settings.refuse_missing_email()?;
    let server = format!("{}:{}", smtp.server, smtp.port);
    let letter = letter(&settings.email, address);
    letter
        .compose()
        .map_err(|field| anyhow::anyhow!("nothing was sent: {field}"))?;
    let mailer = SmtpMailer::new(smtp, Timeouts::default())?;
    let outcome = super::serve::runtime()?.block_on(mailer.send(&letter));
    match outcome {
        Outcome::Accepted(reply) => {
            super::say(&format!("{server} took the letter{}.", said(Some(&reply))));
            super::say(
                "It has not arrived before it is in the mailbox: look there, and among the spam.",
            );
            Ok(ExitCode::SUCCESS)
        }
        Outcome::Refused(why, reply) => {
            anyhow::bail!(
                "{server} refused the letter for good: {}{}",
                meant(why),
                said(reply.as_ref())
            )
        }
        Outcome::NotNow(why, reply) => anyhow::bail!(
            "the letter did not leave, and `serve` would try again later: {}{}",
            meant(why),
            said(reply.as_ref())
        ),
        Outcome::Uncertain => anyhow::bail!(
            "it is not known whether {server} took the letter: {}",
            meant(EmailFailure::Lost)
        ),
        Outcome::Misconfigured(why, reply) => anyhow::bail!(
            "no letter can leave before this is mended: {}{}",
            meant(why),
            said(reply.as_ref())
        ),
    }
}

fn letter(settings: &Settings, to: &str) -> Letter {
    let from = settings.sender();
    let now = Clock::system().now();
    Letter {
        // No row: the time, so that no mailbox takes a second try for the first.
        id: now.timestamp_millis(),
        returns_to: from.address.clone(),
        from,
        to: to.to_owned(),
        reply_to: None,
        subject: "jibu: a test".to_owned(),
        plain: "If you read this, jibu can send email.\n\nNobody has to answer.\n".to_owned(),
        html: Some(
            "<p>If you read this, jibu can send email.</p>\n<p>Nobody has to answer.</p>\n"
                .to_owned(),
        ),
        follows: None,
        date: now,
    }
}

/// The server's own words, for who typed the address.
fn said(reply: Option<&Reply>) -> String {
    match reply {
        Some(reply) => format!(". It said: {} {}", reply.code, reply.text.trim())
            .trim_end_matches('.')
            .to_owned(),
        None => String::new(),
    }
}

/// What a failure means, and what to look at.
fn meant(why: EmailFailure) -> &'static str {
    match why {
        EmailFailure::BadAddress => "it takes the address for none. Is it spelt right?",
        EmailFailure::NoSuchMailbox => "it knows no such mailbox. Is the address spelt right?",
        EmailFailure::MailboxFull => "the mailbox is full",
        EmailFailure::Refused => {
            "it does not want this letter. Its words may say why; often it lets this account not send so far, or not as email.from"
        }
        EmailFailure::Deferred => {
            "the server asks to try later. Many do so with senders that they do not know yet"
        }
        EmailFailure::NoConnection => {
            "the server was not reached. Are email.server and email.port right, and does the firewall let us out?"
        }
        EmailFailure::BrokenOff => {
            "the connection broke, or no answer came in time. With port 465, email.tls is \"tls\""
        }
        EmailFailure::NoTrust => {
            "the server could not prove that it is email.server, or offers no TLS. Is the name the one in its certificate, \
             and does this machine trust who signed it?"
        }
        EmailFailure::Account => {
            "the server does not let us in. Are email.user, email.password and email.from right?"
        }
        EmailFailure::Lost => {
            "the connection broke after the letter's last byte, or no answer came. Look into the mailbox"
        }
        EmailFailure::Interrupted => "it was interrupted",
        EmailFailure::Copied => "it stands in a backup",
        EmailFailure::Sealed => "it does not open",
    }
}
