//! Texts on their way to the gateway.

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
use crate::complaint::Failure;
use crate::gateway::{Outcome, OutgoingText, SmsGateway};
use crate::store::{Claimed, Settled, Store, StoreError, Tx};

/// How the sender sends.
#[derive(Clone, Copy, Debug)]
pub struct SenderSettings {
    /// Segments a second.
    pub per_second: u32,
    /// Texts at the gateway at one time; as many rows are `sending` at most.
    pub in_flight: usize,
    /// A text that could not be sent for so long is not sent any more.
    pub expires_after: TimeDelta,
}

/// Records what a hand-over of a text came to.
pub type Settle = Arc<dyn Fn(&mut Tx<'_>, i64, &Settled) -> Result<(), StoreError> + Send + Sync>;

/// Sends what the outbox owes. Clones share it.
#[derive(Clone)]
pub struct Sender(Arc<Inner>);

struct Inner {
    store: Store,
    settle: Settle,
    gateway: Arc<dyn SmsGateway>,
    clock: Clock,
    settings: SenderSettings,
    pace: Mutex<Pace>,
    wake: Arc<Notify>,
}

impl Sender {
    /// Sets up a sender; [`Sender::run`] starts it.
    pub fn new(
        store: Store,
        settle: Settle,
        gateway: Arc<dyn SmsGateway>,
        clock: Clock,
        settings: SenderSettings,
    ) -> Self {
        let pace = Mutex::new(Pace::new(settings.per_second, clock.now()));
        let wake = store.outbox_wake();
        Self(Arc::new(Inner {
            store,
            settle,
            gateway,
            clock,
            settings,
            pace,
            wake,
        }))
    }

    /// What the gateway was last taken for.
    pub fn gateway_state(&self) -> GatewayState {
        self.0.pace().state().clone()
    }

    /// Sends until `stop` turns true; then lets what is in flight finish, and returns. Nothing is sent before the texts that
    /// the last process left in `sending` are marked as uncertain.
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

    /// Whether the texts that were being sent when the last process ended are marked now.
    async fn doubt_interrupted(&self) -> bool {
        let doubted = self
            .store
            .write("doubt_interrupted_texts", |tx| tx.doubt_interrupted_texts());
        running::doubted("texts", doubted.await)
    }

    /// Claims what is due and may leave, and sends each text on its way; how long to sleep if nothing wakes us.
    ///
    /// A text that is due but held back, by an earlier one to its phone or because all hands are full, is looked at again
    /// when a flight ends.
    async fn launch(self: &Arc<Self>, flights: &mut JoinSet<()>) -> Duration {
        let now = self.clock.now();
        let free = self.settings.in_flight.saturating_sub(flights.len());
        let most = self.pace().claimable(free, now);
        if most == 0 {
            return until(self.pace().next_look(now).filter(|_| free > 0), now);
        }
        let expires_after = self.settings.expires_after;
        let looked = self
            .store
            .write("claim_texts", move |tx| {
                Ok((tx.claim_texts(most, expires_after)?, tx.next_text_due()?))
            })
            .await;
        match looked {
            Ok((look, next_due)) => {
                for text in look.claimed {
                    self.pace().spend(text.segments);
                    flights.spawn(Arc::clone(self).fly(text));
                }
                if look.given_up > 0 {
                    return Duration::ZERO;
                }
                let by_pace = self.pace().next_look(now).filter(|_| next_due.is_some());
                until_next(next_due, by_pace, now)
            }
            Err(error) => {
                tracing::error!(%error, "The outbox could not be looked at");
                AFTER_A_FAILED_LOOK
            }
        }
    }
}

impl Inner {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One text's hand-over, from `sending` to what came of it.
    async fn fly(self: Arc<Self>, text: Claimed) {
        let outgoing = OutgoingText {
            outbox_id: text.id,
            to: text.to.clone(),
            from: Some(text.line.clone()),
            body: text.words.clone(),
        };
        // A row that nobody settles would hold back all later texts to its phone until the next start.
        let outcome = AssertUnwindSafe(async { self.gateway.send(&outgoing).await })
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Outcome::Uncertain {
                why: "handing it over failed in an unforeseen way".to_owned(),
            });
        let settled = self.weigh(&text, outcome);
        self.record(&text, settled).await;
    }

    /// What an outcome means for the row, and for the pace.
    fn weigh(&self, text: &Claimed, outcome: Outcome) -> Settled {
        let now = self.clock.now();
        let mut pace = self.pace();
        match outcome {
            Outcome::Accepted { sid, status } => {
                pace.went_through();
                Settled::Accepted {
                    sid,
                    delivery: status,
                }
            }
            Outcome::NotSent { why, retry_after } => {
                let wish = retry_after.and_then(|wish| TimeDelta::from_std(wish).ok());
                pace.did_not_get_through(&why, wish, now);
                let wait =
                    backoff::wait(text.attempts, &mut rand::rng()).max(wish.unwrap_or_default());
                Settled::Again {
                    due_at: now + wait,
                    why,
                    counts: true,
                }
            }
            Outcome::Rejected {
                code,
                failure: Failure::Misconfigured,
            } => {
                tracing::error!(
                    code,
                    "The gateway refuses our account, number or settings; texts wait until that is mended"
                );
                pace.refused(code, None, now);
                Settled::Again {
                    due_at: now,
                    why: "the gateway refuses our account or settings".to_owned(),
                    counts: false,
                }
            }
            Outcome::Rejected {
                failure: Failure::TryLater,
                ..
            } => {
                pace.went_through();
                let wait = backoff::wait(text.attempts, &mut rand::rng());
                Settled::Again {
                    due_at: now + wait,
                    why: "the gateway asks to try later".to_owned(),
                    counts: true,
                }
            }
            Outcome::Rejected { code, failure } => {
                pace.went_through();
                Settled::Failed {
                    code,
                    opted_out: failure == Failure::OptedOut,
                }
            }
            Outcome::Uncertain { why } => {
                pace.did_not_get_through(&why, None, now);
                Settled::Uncertain { why }
            }
        }
    }

    /// Records the outcome.
    async fn record(&self, text: &Claimed, settled: Settled) {
        let id = text.id;
        tracing::info!(
            outbox.id = id,
            attempt = text.attempts,
            outcome = settled.word(),
            "Handed a text to the gateway"
        );
        let by = Arc::clone(&self.settle);
        let settle = move |tx: &mut Tx<'_>| by(tx, id, &settled);
        record(&self.store, "settle_text", id, settle).await;
    }
}
