//! SMTP (RFC 5321) with TLS and a login: one connection a letter, one step at a time, so that it is known at which one it ended.
//!
//! Rejected: the library's own transport and pool. It says that the network failed, and not whether the last byte had left: that is
//! the difference between a letter to send again and one that may have been taken. And on a connection that was kept, nobody could
//! say so either.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::reading::{Ended, Step, outcome_of, reply_of};
use super::{Letter, Mailer, Outcome};
use crate::complaint::EmailFailure;

/// How a connection is kept from other eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Begun in the clear and then encrypted, or given up: port 587.
    StartTls,
    /// Encrypted from the first byte: port 465.
    Tls,
    /// Not at all: for a server on this machine.
    None,
}

/// The mail server and our account there.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its name, as its certificate has it.
    pub server: String,
    /// The port.
    pub port: u16,
    /// How it is kept from other eyes.
    pub security: Security,
    /// The user that logs in; empty: nobody does.
    pub user: String,
    /// Its password.
    pub password: Zeroizing<String>,
}

/// How long to wait for the server (RFC 5321 §4.5.3.2).
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For a connection: name, TCP, TLS, greeting.
    pub connect: Duration,
    /// For the answer to a command.
    pub command: Duration,
    /// For the answer to the whole letter. Short ones make letters uncertain that a slow server takes.
    pub letter: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_secs(60),
            letter: Duration::from_secs(600),
        }
    }
}

/// Why no client could be made of the settings.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// TLS cannot be had.
    #[error("TLS for email.server cannot be set up: {0}")]
    Tls(#[from] Error),
}

/// A mail server.
pub struct SmtpMailer {
    settings: SmtpSettings,
    timeouts: Timeouts,
    tls: Option<TlsParameters>,
}

impl SmtpMailer {
    /// Prepares a client; nothing is sent yet. It trusts the certificates that the operating system trusts.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(settings: SmtpSettings, timeouts: Timeouts) -> Result<Self, SetupError> {
        let tls = match settings.security {
            Security::None => None,
            Security::StartTls | Security::Tls => {
                Some(TlsParameters::new(settings.server.clone())?)
            }
        };
        Ok(Self {
            settings,
            timeouts,
            tls,
        })
    }

    async fn hand_over(&self, letter: &Letter) -> Outcome {
        let Ok(message) = letter.compose() else {
            return Outcome::Refused(EmailFailure::BadAddress, None);
        };
        match self.connect().await {
            Ok(connection) => self.converse(connection, &message).await,
            Err((step, ended)) => outcome_of(step, &ended),
        }
    }

    async fn converse(&self, mut connection: AsyncSmtpConnection, message: &Message) -> Outcome {
        let (envelope, bytes) = (message.envelope().clone(), message.formatted());
        let taken = async {
            let sender = Mail::new(envelope.from().cloned(), Vec::new());
            let asked = connection.command(sender);
            self.within(Step::Sender, self.timeouts.command, asked)
                .await?;
            for to in envelope.to() {
                let asked = connection.command(Rcpt::new(to.clone(), Vec::new()));
                self.within(Step::Recipient, self.timeouts.command, asked)
                    .await?;
            }
            let asked = connection.command(Data);
            self.within(Step::Letter, self.timeouts.command, asked)
                .await?;
            self.give(&mut connection, bytes).await
        };
        let outcome = match taken.await {
            Ok(response) => Outcome::Accepted(reply_of(&response)),
            Err((step, ended)) => outcome_of(step, &ended),
        };
        // A farewell that nobody hears changes nothing.
        let _ = timeout(Duration::from_secs(1), connection.quit()).await;
        outcome
    }

    /// Connects, encrypts and logs in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, (Step, Ended)> {
        let (settings, hello) = (&self.settings, ClientId::default());
        let at_once = self
            .tls
            .clone()
            .filter(|_| settings.security == Security::Tls);
        let connecting = AsyncSmtpConnection::connect_tokio1(
            (settings.server.as_str(), settings.port),
            Some(self.timeouts.connect),
            &hello,
            at_once,
            None,
        );
        let mut connection = self
            .within(Step::Connection, self.timeouts.connect, connecting)
            .await?;
        if let (Security::StartTls, Some(tls)) = (settings.security, self.tls.clone()) {
            // A server without it, or somebody on the way who hides it: no password and no letter goes on in the clear.
            if !connection.can_starttls() {
                return Err((Step::Connection, Ended::NoTls));
            }
            let encrypting = connection.starttls(tls, &hello);
            self.within(Step::Connection, self.timeouts.connect, encrypting)
                .await?;
        }
        if !settings.user.is_empty() {
            let credentials =
                Credentials::new(settings.user.clone(), settings.password.to_string());
            let logging_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
            self.within(Step::Login, self.timeouts.command, logging_in)
                .await?;
        }
        Ok(connection)
    }

    /// Gives the letter and waits for what the server says. Until the line with the dot no server may take it (RFC 5321 §4.1.1.4);
    /// that line is written once the letter's parts have come to their end.
    async fn give(
        &self,
        connection: &mut AsyncSmtpConnection,
        bytes: Vec<u8>,
    ) -> Result<Response, (Step, Ended)> {
        let is_whole = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&is_whole);
        let mut rest = Some(bytes);
        let parts = std::iter::from_fn(move || {
            let part = rest.take();
            ends.store(part.is_none(), Ordering::SeqCst);
            part
        });
        let giving = connection.message_iter(parts);
        let given = self
            .within(Step::Letter, self.timeouts.letter, giving)
            .await;
        let step = if is_whole.load(Ordering::SeqCst) {
            Step::End
        } else {
            Step::Letter
        };
        given.map_err(|(_, ended)| (step, ended))
    }

    async fn within<T>(
        &self,
        step: Step,
        most: Duration,
        asked: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, (Step, Ended)> {
        match timeout(most, asked).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err((step, Ended::Failed(error))),
            Err(_) => Err((step, Ended::TooLate)),
        }
    }
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Outcome> {
        self.hand_over(letter).boxed()
    }
}

#[cfg(test)]
mod tests;
