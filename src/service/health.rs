//! `/health`: 200 while webhooks can be committed; all else that an operator asks first stands in its JSON.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::configuration::{Live, State};
use crate::inbound::{CatchUp, CaughtUp, ListState};
use crate::outbox::{GatewayState, MailSender, Sender};
use crate::pages::reading;
use crate::store::{Alarm, EmailCounts, Eyes, OutboxCounts, Store, StoreError};
use crate::text::diagnostic::Level;

/// A file of another kind in a file's place may be wrong in a thousand lines.
const MOST_FINDINGS: usize = 50;

pub(super) struct Health {
    pub(super) store: Store,
    pub(super) sender: Sender,
    pub(super) mail_sender: MailSender,
    pub(super) catch_up: CatchUp,
    pub(super) configuration: Live,
    pub(super) clock: Clock,
}

pub(super) fn configure(health: web::Data<Health>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |routes| {
        routes
            .app_data(health)
            .route("/health", web::route().guard(reading()).to(report));
    }
}

async fn report(health: web::Data<Health>) -> HttpResponse {
    let committable = health.can_commit().await;
    let mut response = if committable {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    response
        .insert_header(("Cache-Control", "no-store"))
        .json(health.facts(committable).await)
}

impl Health {
    /// The last commit tells; after one that failed, as much as a webhook writes is tried: the disk may have room again.
    async fn can_commit(&self) -> bool {
        self.store.takes_writes()
            || (self
                .store
                .write("health", |tx| tx.take_room())
                .await
                .is_ok()
                && self
                    .store
                    .write("health", |tx| tx.give_back_room())
                    .await
                    .is_ok())
    }

    async fn facts(&self, committable: bool) -> Value {
        let now = self.clock.now();
        let state = self.configuration.state();
        let limits = &state.configuration.settings.limits;
        let read = self.store.read(move |reader| {
            Ok((
                reader.outbox_counts()?,
                reader.email_counts(&Eyes::Any)?,
                reader.alarms()?,
                reader.segments_today(now)?,
            ))
        });
        let store = match read.await {
            Ok((outbox, emails, alarms, segments)) => json!({
                "outbox": counts(outbox),
                "emails": email_counts(emails),
                "alarms": listed(&alarms),
                "segments_today": segments,
                "segments_per_day": limits.segments_per_day,
            }),
            Err(error) => unread(&error),
        };
        json!({
            "webhooks_can_be_committed": committable,
            "store": store,
            "gateway": gateway(&self.sender.gateway_state()),
            "missed_texts": missed_texts(&self.catch_up.so_far()),
            "mail_server": mail_server(self.mail_sender.server_state()),
            "configuration": configuration(&state),
        })
    }
}

fn counts(outbox: OutboxCounts) -> Value {
    json!({
        "pending": outbox.pending,
        "sending": outbox.sending,
        "uncertain": outbox.uncertain,
        "failed": outbox.failed,
        "expired": outbox.expired,
    })
}

fn email_counts(emails: EmailCounts) -> Value {
    json!({
        "pending": emails.pending,
        "sending": emails.sending,
        "uncertain": emails.uncertain,
        "failed": emails.failed,
        "expired": emails.expired,
    })
}

fn listed(alarms: &[Alarm]) -> Value {
    alarms
        .iter()
        .map(|alarm| {
            (
                alarm.kind.clone(),
                json!({ "times": alarm.times, "last_at_ms": alarm.last_at }),
            )
        })
        .collect()
}

fn unread(error: &StoreError) -> Value {
    tracing::error!(%error, "The health of the outbox could not be read");
    json!({ "unread": error.to_string() })
}

/// The version in force. An edit that was refused leaves webhooks as committable as before, but somebody waits for it.
fn configuration(state: &State) -> Value {
    let running = &state.configuration;
    let mut findings = running.findings.told(Level::Note, MOST_FINDINGS);
    findings.extend(state.missing.told(Level::Note, MOST_FINDINGS));
    let refused = state.refused.as_ref().map(|refused| {
        json!({
            "at_ms": refused.at.timestamp_millis(),
            "findings": refused.findings.told(Level::Error, MOST_FINDINGS),
            "mend": "correct the files: they are read again when they are saved; the version before stays in force meanwhile",
        })
    });
    json!({
        "rules": running.rules.digest(),
        "since_ms": state.since.timestamp_millis(),
        "findings": findings,
        "last_refused": refused,
    })
}

fn gateway(state: &GatewayState) -> Value {
    match state {
        GatewayState::Well => json!({ "state": "well" }),
        GatewayState::Down { why } => json!({ "state": "down", "why": why }),
        GatewayState::Refuses { code, .. } => json!({
            "state": "refuses_us",
            "code": code,
            "mend": "check gateway.account_sid, gateway.auth_user, gateway.auth_password and gateway.from; texts wait meanwhile",
        }),
    }
}

/// Texts whose webhooks did not come. That some did not is an alarm too, which a restart does not forget.
fn missed_texts(so_far: &CaughtUp) -> Value {
    let (state, why) = match so_far.list {
        ListState::NotLooked => ("not_looked", None),
        ListState::Well => ("well", None),
        ListState::Down { why } => ("down", Some(why)),
        ListState::Behind { why } => ("behind", Some(why)),
        ListState::NoList => ("no_list", None),
        ListState::NoNumber => ("no_number", None),
    };
    json!({
        "list": state,
        "why": why,
        "looked_at_ms": so_far.at.map(|at| at.timestamp_millis()),
        "taken_in_since_start": so_far.taken,
    })
}

fn mail_server(state: Option<GatewayState>) -> Value {
    match state {
        None => json!({
            "state": "none",
            "mend": "email.server is not set: no email leaves, and all that is owed waits",
        }),
        Some(GatewayState::Well) => json!({ "state": "well" }),
        Some(GatewayState::Down { why }) => json!({ "state": "down", "why": why }),
        Some(GatewayState::Refuses { code, why }) => json!({
            "state": "refuses_us",
            "code": code,
            "why": why,
            "mend": "try `jibu email test ADDRESS`, which says what is wrong; emails wait meanwhile",
        }),
    }
}
