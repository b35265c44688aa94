//! What happens inside, text by text: for the page of phones, in the demo only.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::configuration::Configuration;
use crate::store::{MessageRow, OutboxRow, Reader, Store, StoreError};

pub(super) struct Inside {
    pub(super) store: Store,
    pub(super) configuration: Arc<Configuration>,
}

pub(super) fn configure(inside: web::Data<Inside>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |routes| {
        routes
            .app_data(inside)
            .route("/inside/{message_sid}", web::get().to(show));
    }
}

async fn show(inside: web::Data<Inside>, sid: web::Path<String>) -> HttpResponse {
    let configuration = Arc::clone(&inside.configuration);
    let steps = inside
        .store
        .read(move |reader| steps(reader, &configuration, &sid))
        .await;
    match steps {
        Ok(Some(steps)) => HttpResponse::Ok().json(json!({ "steps": steps })),
        Ok(None) => HttpResponse::NotFound().finish(),
        Err(error) => {
            tracing::error!(%error, "What happened inside could not be read");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

fn steps(
    reader: &Reader<'_>,
    configuration: &Configuration,
    sid: &str,
) -> Result<Option<Vec<Value>>, StoreError> {
    let Some(message) = reader.message(sid)? else {
        return Ok(None);
    };
    let mut steps = vec![taken_in(&message)];
    if let (Some(complaint_id), "complaint") = (message.complaint_id, message.outcome.as_str()) {
        for (_, to, reason) in reader.referrals(complaint_id)? {
            steps.push(step(
                &format!("Referred to {}", name_of(configuration, &to)),
                &decided(&reason),
                message.received_at,
            ));
        }
    }
    steps.extend(reader.replies_to(message.id)?.iter().map(owed));
    Ok(Some(steps))
}

fn step(title: &str, detail: &str, at_ms: i64) -> Value {
    json!({ "title": title, "detail": detail, "at_ms": at_ms })
}

fn taken_in(message: &MessageRow) -> Value {
    let silence = message.silence.as_ref().map_or_else(String::new, |why| {
        format!(" No reply: {}.", why.replace('_', " "))
    });
    let detail = format!(
        "Taken for: {}. Committed before the gateway got its 200.{silence}",
        message.outcome.replace('_', " ")
    );
    step(
        "Message, complaint and reply in one transaction",
        &detail,
        message.received_at,
    )
}

fn name_of(configuration: &Configuration, id: &str) -> String {
    let known = configuration
        .rules
        .organisations()
        .find(|organisation| organisation.id.as_str() == id);
    known.map_or_else(|| id.to_owned(), |organisation| organisation.name.clone())
}

/// The stored reasons as a sentence.
fn decided(reason: &str) -> String {
    let reason: Value = serde_json::from_str(reason).unwrap_or_default();
    let Some(rule) = reason.get("rule").and_then(Value::as_str) else {
        return "No rule was sure enough, so the convener decides.".to_owned();
    };
    let patterns: Vec<&str> = reason
        .get("reasons")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|reason| reason.get("pattern")?.as_str())
        .collect();
    let sure = reason
        .get("sure")
        .and_then(Value::as_f64)
        .unwrap_or_default();
    format!(
        "Rule {rule}, {:.0} % sure, by: {}.",
        sure * 100.0,
        patterns.join(", ")
    )
}

fn owed(row: &OutboxRow) -> Value {
    let word = row
        .delivery
        .as_ref()
        .map_or_else(String::new, |word| format!("; the gateway says: {word}"));
    let why = row
        .why
        .as_ref()
        .map_or_else(String::new, |why| format!(" ({why})"));
    let detail = format!(
        "Outbox row {}: {}{why}{word}. Handed over {} times.",
        row.id, row.state, row.attempts
    );
    step(
        "Reply in the outbox",
        &detail,
        row.changed_at.timestamp_millis(),
    )
}
