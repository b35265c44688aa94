//! Emails on their way to the mail server.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::backoff;
use super::pace::{GatewayState, Pace};
use super::running::{self, AFTER_A_FAILED_LOOK, Post, record, until, until_next};
use crate::clock::Clock;
use crate::complaint::EmailFailure;
use crate::email::{self, Letter, Mailer, Outcome, Reply};
use crate::store::{AlarmKind, ClaimedEmail, EmailSettled, ServerReply, Store, Tx};

/// How emails are sent.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// Whom they come from, where an email says nothing else.
    pub from: email::Sender,
    /// Emails a minute.
    pub per_minute: u32,
    /// Emails at the server at one time; as many rows are `sending` at most.
    pub in_flight: usize,
    /// An email that could not be sent for so long is not sent any more.
    pub expires_after: TimeDelta,
}

/// Sends the emails that the outbox owes. Clones share it.
#[derive(Clone)]
pub struct MailSender(Arc<Inner>);

struct Inner {
    store: Store,
    /// `None`: there is no mail server, and all that is owed waits.
    mailer: Option<Arc<dyn Mailer>>,
    clock: Clock,
    settings: MailSettings,
    pace: Mutex<Pace>,
    wake: Arc<Notify>,
}

impl MailSender {
    /// Sets up a sender; [`MailSender::run`] starts it. Without a mailer nothing is sent and nothing given up.
    pub fn new(
        store: Store,
        mailer: Option<Arc<dyn Mailer>>,
        clock: Clock,
        settings: MailSettings,
    ) -> Self {
        let pace = Mutex::new(Pace::per_minute(settings.per_minute, clock.now()));
        let wake = store.email_wake();
        Self(Arc::new(Inner {
            store,
            mailer,
            clock,
            settings,
            pace,
            wake,
        }))
    }

    /// What the mail server was last taken for; `None`: there is none.
    pub fn server_state(&self) -> Option<GatewayState> {
        let mailer = self.0.mailer.as_ref();
        mailer.map(|_| self.0.pace().state().clone())
    }

    /// Sends until `stop` turns true; then lets what is in flight finish, and returns. Nothing is sent before the emails that the
    /// last process left in `sending` are marked as uncertain.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        running::run(self.0, stop).await;
    }
}

impl Post for Inner {
    fn wake(&self) -> &Notify {
        &self.wake
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    async fn doubt_interrupted(&self) -> bool {
        let doubted = self.store.write("doubt_interrupted_emails", |tx| {
            tx.doubt_interrupted_emails()
        });
        running::doubted("emails", doubted.await)
    }

    async fn launch(self: &Arc<Self>, flights: &mut JoinSet<()>) -> Duration {
        let Some(mailer) = &self.mailer else {
            return until(None, self.clock.now());
        };
        let now = self.clock.now();
        let free = self.settings.in_flight.saturating_sub(flights.len());
        let most = self.pace().claimable(free, now);
        if most == 0 {
            return until(self.pace().next_look(now).filter(|_| free > 0), now);
        }
        let too_old = now - self.settings.expires_after;
        let looked = self
            .store
            .write("claim_emails", move |tx| {
                Ok((tx.claim_emails(most, too_old)?, tx.next_email_due()?))
            })
            .await;
        match looked {
            Ok((look, next_due)) => {
                for email in look.claimed {
                    self.pace().spend(1);
                    flights.spawn(Arc::clone(self).fly(Arc::clone(mailer), email));
                }
                if look.given_up > 0 {
                    return Duration::ZERO;
                }
                let by_pace = self.pace().next_look(now).filter(|_| next_due.is_some());
                until_next(next_due, by_pace, now)
            }
            Err(error) => {
                tracing::error!(%error, "The emails could not be looked at");
                AFTER_A_FAILED_LOOK
            }
        }
    }
}

impl Inner {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One email's hand-over, from `sending` to what came of it.
    async fn fly(self: Arc<Self>, mailer: Arc<dyn Mailer>, email: ClaimedEmail) {
        let (id, attempts) = (email.id, email.attempts);
        let letter = self.letter(email);
        // A row that nobody settles would stay on the wire until the next start.
        let outcome = AssertUnwindSafe(async { mailer.send(&letter).await })
            .catch_unwind()
            .await
            .unwrap_or(Outcome::Uncertain);
        let raises = matches!(outcome, Outcome::Misconfigured(..));
        let settled = self.weigh(attempts, outcome);
        tracing::info!(
            email.id = id,
            attempt = attempts,
            outcome = settled.word(),
            "Handed an email to the mail server"
        );
        let settle = move |tx: &mut Tx<'_>| {
            if raises {
                tx.raise_alarm(AlarmKind::EmailAccount)?;
            }
            tx.settle_email(id, &settled)
        };
        record(&self.store, "settle_email", id, settle).await;
    }

    fn letter(&self, email: ClaimedEmail) -> Letter {
        let from = email
            .from
            .map(|(name, address)| email::Sender { name, address });
        Letter {
            id: email.id,
            returns_to: self.settings.from.address.clone(),
            from: from.unwrap_or_else(|| self.settings.from.clone()),
            to: email.to,
            reply_to: email.reply_to,
            subject: email.subject,
            plain: email.plain,
            html: email.html,
            follows: email.follows,
            date: self.clock.now(),
        }
    }

    /// What an outcome means for the row, and for the pace.
    fn weigh(&self, attempts: u32, outcome: Outcome) -> EmailSettled {
        let now = self.clock.now();
        let mut pace = self.pace();
        match outcome {
            Outcome::Accepted(reply) => {
                pace.went_through();
                EmailSettled::Sent(numbers(reply))
            }
            Outcome::Refused(why, reply) => {
                pace.went_through();
                EmailSettled::Failed {
                    why,
                    reply: reply.map(numbers),
                }
            }
            Outcome::NotNow(why, reply) => {
                // Who is put off by greylisting tells nothing of the next one; who cannot connect does.
                if why == EmailFailure::Deferred {
                    pace.went_through();
                } else {
                    pace.did_not_get_through(why.as_str(), None, now);
                }
                EmailSettled::Again {
                    due_at: now + backoff::wait(attempts, &mut rand::rng()),
                    why,
                    reply: reply.map(numbers),
                    counts: true,
                }
            }
            Outcome::Misconfigured(why, reply) => {
                let code = reply.as_ref().map(|reply| reply.code.into());
                tracing::error!(
                    code,
                    why = why.as_str(),
                    "The mail server refuses our account or sender, or is not to be trusted; emails wait until that is mended"
                );
                pace.refused(code, Some(why.as_str()), now);
                EmailSettled::Again {
                    due_at: now,
                    why,
                    reply: reply.map(numbers),
                    counts: false,
                }
            }
            Outcome::Uncertain => {
                pace.did_not_get_through(EmailFailure::Lost.as_str(), None, now);
                EmailSettled::Uncertain(EmailFailure::Lost)
            }
        }
    }
}

/// What of an answer may be stored: its words may name somebody.
fn numbers(reply: Reply) -> ServerReply {
    ServerReply {
        code: reply.code,
        status: reply.status,
    }
}
