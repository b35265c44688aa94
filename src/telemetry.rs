//! Logs for an operator: what happened to which message, complaint or outbox row, by their ids. Never a number, never a
//! text: what holds these ([`crate::complaint::Address`], the forms) has no way into a log.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error: lines for a person, or JSON for a machine. `level` is one of tracing's, or a filter of its
/// (`info,jibu::outbox=debug`).
///
/// # Errors
/// The filter is none, or logging was started before.
pub fn start(json: bool, level: &str) -> anyhow::Result<()> {
    // The web server's threads come and go as ours do; who wants to read of that asks for debug.
    let filter = EnvFilter::try_new(match level {
        "info" => "info,actix_server=warn",
        level => level,
    })?;
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let started = if json {
        logs.json().flatten_event(true).try_init()
    } else {
        logs.with_target(false).compact().try_init()
    };
    started.map_err(|error| anyhow::anyhow!("logging does not start: {error}"))?;
    // A panic's message may quote what it was working on, which may be a person's text: only its place is told.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "Something unforeseen happened");
    }));
    Ok(())
}
