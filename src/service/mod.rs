//! The wiring: the only place that knows every room. Starts in order, unwinds if a step fails, stops in reverse.

mod health;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::header::HeaderName;
use actix_web::{App, HttpServer, web};
use anyhow::Context;
use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::actions::settle_text;
use crate::clock::Clock;
use crate::configuration::Live;
use crate::configuration::settings::Email;
use crate::console::{self, Console};
use crate::email::{self, Mailer, SmtpMailer};
use crate::gateway::http::Timeouts;
use crate::gateway::signature::Verifier;
use crate::gateway::twilio::TwilioGateway;
use crate::import;
use crate::inbound::{self, CatchUp, Inbound, LookUp};
use crate::outbox::{MailSender, MailSettings, Sender, SenderSettings};
use crate::public::{self, Public};
use crate::store::{Store, StorePaths};
use crate::timers;

/// All in flight has this long to finish after a request to stop; the service manager's patience is longer.
const GRACE: Duration = Duration::from_secs(9);
/// Requests have this long, in seconds.
const GRACE_REQUESTS: u64 = 5;
/// A connection that does not send its request's head in time is closed.
const REQUEST_HEAD: Duration = Duration::from_secs(5);
/// An idle connection is kept open for so long.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Connections a worker takes at most.
const MAX_CONNECTIONS: usize = 512;

/// A running service.
pub struct Service {
    address: SocketAddr,
    store: Store,
    server: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
    stop_sending: watch::Sender<bool>,
    sending: JoinHandle<()>,
    mailing: JoinHandle<()>,
    catching_up: JoinHandle<()>,
    looking_up: JoinHandle<()>,
    timing: JoinHandle<()>,
    importing: JoinHandle<()>,
}

impl Service {
    /// Starts on a socket that is bound already: opens the store, starts the sender, then answers requests. All
    /// that is looked up for a text is that of the version in force then, all else that of the first. `more` mounts further
    /// routes beside the gateway's, the console's and `/health`.
    ///
    /// # Errors
    /// The first step that failed, with what was started before it stopped again.
    pub async fn start<F>(
        listener: TcpListener,
        configuration: Live,
        clock: Clock,
        more: impl FnOnce(&Store) -> F,
    ) -> anyhow::Result<Self>
    where
        F: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    {
        let mailer = mailer(&configuration.current().settings.email)?;
        Self::start_with(listener, configuration, clock, mailer, more).await
    }

    /// The same with who sends emails handed in, whatever the settings say: the demo's mail leaves no process.
    ///
    /// # Errors
    /// As there.
    pub async fn start_with<F>(
        listener: TcpListener,
        configuration: Live,
        clock: Clock,
        mailer: Option<Arc<dyn Mailer>>,
        more: impl FnOnce(&Store) -> F,
    ) -> anyhow::Result<Self>
    where
        F: Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
    {
        let first = configuration.current();
        let settings = &first.settings;
        let address = listener.local_addr().context("the socket has no address")?;
        let gateway = Arc::new(TwilioGateway::new(settings.twilio()?, Timeouts::default())?);
        let paths = StorePaths {
            database: settings.database.path.clone(),
            keys: settings.keys.path.clone(),
        };
        let store = open_store(paths, clock.clone()).await?;

        import::clear_away(&store, clock.now(), true);

        let live = configuration.clone();
        let sender = Sender::new(
            store.clone(),
            Arc::new(move |tx, id, settled| settle_text(tx, &live.current(), id, settled)),
            gateway.clone(),
            clock.clone(),
            SenderSettings {
                per_second: settings.outbox.per_second,
                in_flight: settings.outbox.in_flight,
                expires_after: TimeDelta::hours(i64::from(settings.outbox.expire_hours)),
            },
        );
        let mail_sender = MailSender::new(
            store.clone(),
            mailer,
            clock.clone(),
            MailSettings {
                from: settings.email.sender(),
                per_minute: settings.email.per_minute,
                in_flight: settings.email.in_flight,
                expires_after: TimeDelta::hours(i64::from(settings.email.expire_hours)),
            },
        );
        let inbound = web::Data::new(Inbound {
            store: store.clone(),
            configuration: configuration.clone(),
            verifier: Verifier::new(
                &settings.server.public_url,
                settings.gateway.signature_keys.clone(),
            ),
            signature_header: HeaderName::try_from(settings.gateway.signature_header.as_str())
                .context("gateway.signature_header is no name of a header")?,
            account_sid: settings.gateway.account_sid.clone(),
        });
        let catch_up = CatchUp::new(
            store.clone(),
            configuration.clone(),
            gateway.clone(),
            clock.clone(),
        );
        let look_up = LookUp::new(store.clone(), configuration.clone(), gateway, clock.clone());
        let health = web::Data::new(health::Health {
            store: store.clone(),
            sender: sender.clone(),
            mail_sender: mail_sender.clone(),
            catch_up: catch_up.clone(),
            configuration: configuration.clone(),
            clock: clock.clone(),
        });
        let course = import::Course::default();
        let console = web::Data::new(Console::new(
            store.clone(),
            configuration.clone(),
            clock.clone(),
            course.clone(),
            &settings.server.public_url,
        )?);
        let public = web::Data::new(Public::new(
            store.clone(),
            configuration.clone(),
            clock.clone(),
            &settings.server.public_url,
        )?);
        let more = more(&store);
        let server = HttpServer::new(move || {
            App::new()
                .configure(inbound::configure(inbound.clone()))
                .configure(health::configure(health.clone()))
                .configure(console::configure(console.clone()))
                .configure(more.clone())
                // Last: where something else is mounted at the start page, it stays there.
                .configure(public::configure(public.clone()))
        })
        .workers(settings.server.workers)
        .max_connections(MAX_CONNECTIONS)
        .client_request_timeout(REQUEST_HEAD)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(GRACE_REQUESTS)
        .disable_signals()
        .listen(listener)
        .context("the socket cannot be listened on")?
        .run();

        let (stop_sending, stop) = watch::channel(false);
        let mailing = mail_sender.run(stop.clone());
        let catching_up = catch_up.run(stop.clone());
        let looking_up = look_up.run(stop.clone());
        let timing = timers::run(
            store.clone(),
            configuration.clone(),
            clock.clone(),
            stop.clone(),
        );
        let importing = import::run(store.clone(), configuration, clock, course, stop.clone());
        let service = Self {
            address,
            store,
            server: server.handle(),
            serving: tokio::spawn(server),
            sending: tokio::spawn(sender.run(stop)),
            mailing: tokio::spawn(mailing),
            catching_up: tokio::spawn(catching_up),
            looking_up: tokio::spawn(looking_up),
            timing: tokio::spawn(timing),
            importing: tokio::spawn(importing),
            stop_sending,
        };
        tracing::info!(%address, rules = first.rules.digest(), "Ready: webhooks can be committed");
        Ok(service)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Returns when the service can no longer do its work, with the reason.
    pub async fn failed(&mut self) -> anyhow::Error {
        let mut fatal = self.store.fatal();
        tokio::select! {
            reason = fatal.wait_for(Option::is_some) => match reason.ok().and_then(|reason| reason.clone()) {
                Some(reason) => anyhow::anyhow!("the disk failed, and nothing more is written: {reason}"),
                None => anyhow::anyhow!("the store closed by itself"),
            },
            ended = &mut self.serving => match ended {
                Ok(Err(error)) => anyhow::Error::new(error).context("the web server ended"),
                _ => anyhow::anyhow!("the web server ended"),
            },
            _ = &mut self.sending => anyhow::anyhow!("the sender ended"),
            _ = &mut self.mailing => anyhow::anyhow!("the sender of emails ended"),
            _ = &mut self.catching_up => anyhow::anyhow!("what looks for missed texts ended"),
            _ = &mut self.looking_up => anyhow::anyhow!("what looks for texts in doubt ended"),
            _ = &mut self.timing => anyhow::anyhow!("the timers ended"),
            _ = &mut self.importing => anyhow::anyhow!("what takes imports in ended"),
        }
    }

    /// Stops: no new requests, those in flight finish, texts and emails on their way finish, the database is folded
    /// together. What has not finished within 9 s is found as uncertain at the next start.
    pub async fn stop(self) {
        self.stop_sending.send_replace(true);
        let in_flight = async {
            self.server.stop(true).await;
            end_of(self.serving).await;
            end_of(self.sending).await;
            end_of(self.mailing).await;
            end_of(self.catching_up).await;
            end_of(self.looking_up).await;
            end_of(self.timing).await;
            end_of(self.importing).await;
        };
        if tokio::time::timeout(GRACE, in_flight).await.is_err() {
            tracing::warn!("Not all that was in flight finished in time");
        }
        self.store.close().await;
    }
}

/// Waits for a task's end. How it ended was either seen by [`Service::failed`], or is what was asked for. One whose end was
/// seen there must not be waited for again: that panics, and the rest would not be stopped.
async fn end_of<T>(task: JoinHandle<T>) {
    if !task.is_finished() {
        let _ = task.await;
    }
}

/// Who sends emails; `None`: no server is set.
fn mailer(settings: &Email) -> anyhow::Result<Option<Arc<dyn Mailer>>> {
    let Some(smtp) = settings.smtp() else {
        return Ok(None);
    };
    let mailer = SmtpMailer::new(smtp, email::Timeouts::default())?;
    Ok(Some(Arc::new(mailer)))
}

async fn open_store(paths: StorePaths, clock: Clock) -> anyhow::Result<Store> {
    tokio::task::spawn_blocking(move || Store::open(&paths, clock))
        .await
        .context("opening the database was interrupted")?
        .context("the service did not start")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_whose_end_was_seen_is_not_waited_for_again() {
        let mut ended = tokio::spawn(async {});
        (&mut ended).await.unwrap();
        end_of(ended).await;
        end_of(tokio::spawn(async {})).await;
    }
}
