//! `jibu serve`: the service with a real gateway.

use std::net::TcpListener;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::clock::Clock;
use crate::configuration::{Configuration, Live, Watch};
use crate::service::Service;
use crate::telemetry;

pub(super) fn run(directory: &Path) -> anyhow::Result<ExitCode> {
    let configuration = super::check::load(directory)?;
    configuration.settings.refuse_missing_secrets()?;
    start_logging(&configuration)?;
    runtime()?.block_on(async {
        let listen = configuration.settings.server.listen;
        let listener =
            TcpListener::bind(listen).with_context(|| format!("{listen} cannot be listened on"))?;
        let clock = Clock::system();
        let database = configuration.settings.database.path.clone();
        let live = Live::new(Arc::new(configuration), clock.now());
        let watch = Watch::start(
            directory.to_owned(),
            std::env::vars_os(),
            live.clone(),
            clock.clone(),
            move || super::database::named(&database),
        )
        .context("the configuration cannot be watched")?;
        let service = Service::start(listener, live, clock, |_| |_: &mut _| {}).await?;
        tokio::spawn(reload_on_hangup(
            signal(SignalKind::hangup()).context("SIGHUP cannot be heard")?,
            watch,
        ));
        until_stopped(service, || {}).await
    })
}

/// SIGHUP is how an operator, or `systemctl reload`, asks for the configuration to be read at once.
async fn reload_on_hangup(mut hangup: Signal, watch: Watch) {
    while hangup.recv().await.is_some() {
        tracing::info!("Reading the configuration, as SIGHUP asks");
        watch.reload().await;
    }
}

/// Starts logging as the configuration wants it.
pub(super) fn start_logging(configuration: &Configuration) -> anyhow::Result<()> {
    let log = &configuration.settings.log;
    telemetry::start(log.json, &log.level)
}

/// One thread for the sender, the timers and the signals; the web server's workers have their own.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime does not start")
}

/// Serves until SIGTERM or Ctrl-C, which end in success, or until the service can no longer do its work. `stopping` ends
/// what would never finish by itself, such as a stream of events that a page holds open.
pub(super) async fn until_stopped(
    mut service: Service,
    stopping: impl FnOnce(),
) -> anyhow::Result<ExitCode> {
    let mut terminate = signal(SignalKind::terminate()).context("SIGTERM cannot be heard")?;
    // Says nothing where no service manager listens.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    let failure = tokio::select! {
        _ = terminate.recv() => None,
        pressed = tokio::signal::ctrl_c() => pressed.err().map(anyhow::Error::from),
        failure = service.failed() => Some(failure),
    };
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
    tracing::info!("Stopping: what is in flight finishes first");
    stopping();
    service.stop().await;
    match failure {
        None => Ok(ExitCode::SUCCESS),
        Some(failure) => Err(failure.context("jibu had to stop")),
    }
}
