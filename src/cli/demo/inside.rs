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
    if let Some(complaint_id) = message.complaint_id {
        // The hops that this text made: those of its own transaction.
        let hops = reader.referrals(complaint_id)?.into_iter();
        steps.extend(hops.filter(|hop| hop.at == message.received_at).map(|hop| {
            step(
                &format!("Referred to {}", name_of(configuration, &hop.to)),
                &decided(&hop.reason),
                hop.at,
            )
        }));
    }
    steps.extend(reader.replies_to(message.id)?.iter().map(owed));
    Ok(Some(steps))
}

fn step(title: &str, detail: &str, at_ms: i64) -> Value {
    json!({ "title": title, "detail": detail, "at_ms": at_ms })
}

fn taken_in(message: &MessageRow) -> Value {
    let (taken_for, kept) = match message.outcome.as_str() {
        "complaint" => ("a new complaint", "message, complaint, referral"),
        "added" => ("more words on a complaint", "message, event"),
        "place_told" => ("where a complaint is", "message, event, place"),
        "place_skipped" => ("an answer that tells no place", "message"),
        "place_unclear" => ("a place that is not known, asked again", "message, event"),
        "status" => ("a question how it stands", "message"),
        "number_unknown" => ("a number that is not this phone's", "message"),
        "check_number" => ("a mistyped number", "message"),
        "help" => ("a call for help", "message"),
        "stop" => ("STOP", "message, block"),
        "start" => ("START", "message"),
        other => (other, "message"),
    };
    let reply = message
        .silence
        .as_ref()
        .map_or("and reply".to_owned(), |why| {
            format!("but no reply ({})", why.replace('_', " "))
        });
    step(
        &format!("Taken for {taken_for}"),
        &format!(
            "Signature checked; then {kept} {reply} in one transaction, on disk before the answer."
        ),
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

/// The stored reasons as sentences.
fn decided(reason: &str) -> String {
    let reason: Value = serde_json::from_str(reason).unwrap_or_default();
    let by = |key: &str| reason.get(key).and_then(Value::as_str);
    let found = match (by("pact"), by("rule")) {
        (Some(code), _) => {
            format!("The code of the integrity pact {code} is in it. No rule was asked.")
        }
        (None, Some(rule)) => format!(
            "Rule {rule} is {} sure. It found: {}.",
            percent(&reason),
            listed(&reason, "reasons", |word| word
                .get("pattern")?
                .as_str()
                .map(str::to_owned)),
        ),
        (None, None) => "No rule was sure enough, so the convener decides.".to_owned(),
    };
    let next = listed(&reason, "runners_up", |next| {
        Some(format!(
            "{}, {}",
            next.get("rule")?.as_str()?,
            percent(next)
        ))
    });
    if next.is_empty() {
        found
    } else {
        format!("{found} Next: {next}.")
    }
}

fn percent(of: &Value) -> String {
    let sure = of.get("sure").and_then(Value::as_f64).unwrap_or_default();
    format!("{:.0} %", sure * 100.0)
}

fn listed(reason: &Value, name: &str, word: impl Fn(&Value) -> Option<String>) -> String {
    let entries = reason.get(name).and_then(Value::as_array);
    let words: Vec<String> = entries.into_iter().flatten().filter_map(word).collect();
    words.join("; ")
}

/// At the time that it was owed, so that it stands before the request it led to; in the state that it has by now.
fn owed(row: &OutboxRow) -> Value {
    let why = row
        .why
        .as_ref()
        .map_or_else(String::new, |why| format!(" ({why})"));
    let detail = format!(
        "Row {}, from the same transaction. {}; now {}{why}.",
        row.id,
        handed_over(row.attempts),
        row.state
    );
    step(
        "Reply in the outbox",
        &detail,
        row.created_at.timestamp_millis(),
    )
}

fn handed_over(attempts: u32) -> String {
    match attempts {
        0 => "Not handed to the gateway yet".to_owned(),
        1 => "Handed to the gateway once".to_owned(),
        2 => "Handed to the gateway twice".to_owned(),
        more => format!("Handed to the gateway {more} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told_with_its_words_and_the_next_rules() {
        let reason = json!({
            "rule": "water-point-broken",
            "sure": 0.98,
            "reasons": [{ "pattern": "borehole*", "at": [0, 8] }, { "pattern": "no water", "at": [34, 42] }],
            "runners_up": [{ "rule": "water", "sure": 0.5 }],
        });
        assert_eq!(
            decided(&reason.to_string()),
            "Rule water-point-broken is 98 % sure. It found: borehole*; no water. Next: water, 50 %."
        );
    }

    #[test]
    fn by_a_pact_its_code_decides() {
        let reason = json!({ "rule": null, "pact": "WJR-2026-014", "runners_up": [] });
        assert_eq!(
            decided(&reason.to_string()),
            "The code of the integrity pact WJR-2026-014 is in it. No rule was asked."
        );
    }

    #[test]
    fn without_a_rule_the_convener_decides_and_hears_who_came_near() {
        let reason = json!({ "rule": null, "runners_up": [{ "rule": "roads", "sure": 0.4 }] });
        assert_eq!(
            decided(&reason.to_string()),
            "No rule was sure enough, so the convener decides. Next: roads, 40 %."
        );
    }

    #[test]
    fn attempts_are_counted_as_people_count() {
        let told: Vec<String> = (0..4).map(handed_over).collect();
        assert_eq!(
            told,
            [
                "Not handed to the gateway yet",
                "Handed to the gateway once",
                "Handed to the gateway twice",
                "Handed to the gateway 3 times",
            ]
        );
    }
}
