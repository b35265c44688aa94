//! What the phones' page and the tests talk to: texts typed, events live, counts, and the levers.

use std::time::Duration;

use actix_web::http::header;
use actix_web::web::{Bytes, Data, Json, ServiceConfig};
use actix_web::{HttpResponse, web};
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Sandbox;
use super::faults::Fault;
use super::request::LONGEST_BODY;
use super::text::{Direction, Text, encoding_of};
use crate::text::gsm7::count;

/// Texts that a page gets at first; older ones stay in the ledger.
const MOST_SHOWN: usize = 500;

/// After so long without an event a comment is sent, so that a proxy does not take the stream for dead.
const STILL_HERE: Duration = Duration::from_secs(15);

/// Characters of a phone's number or a sender's name.
const LONGEST_ADDRESS: usize = 40;

/// Mounts what is not a page.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .route("/phones/line", web::get().to(line))
        .route("/phones/events", web::get().to(events))
        .route("/phones/count", web::post().to(count_text))
        .route("/sandbox/texts", web::post().to(text_the_line))
        .route("/sandbox/messages", web::get().to(accepted))
        .route("/sandbox/faults", web::post().to(set_fault));
}

async fn line(sandbox: Data<Sandbox>) -> HttpResponse {
    let settings = &sandbox.0.settings;
    uncached().json(json!({ "name": settings.line_name, "numbers": settings.line_numbers }))
}

fn uncached() -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    response
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewText {
    from: String,
    to: String,
    body: String,
}

/// A text typed on a phone. Answers once the service has answered the webhook.
async fn text_the_line(sandbox: Data<Sandbox>, new: Json<NewText>) -> HttpResponse {
    let NewText { from, to, body } = new.into_inner();
    let refuse = |why: &str| HttpResponse::BadRequest().json(json!({ "error": why }));
    if !sandbox.0.settings.line_numbers.contains(&to) {
        return refuse("Nobody answers at this number.");
    }
    if from.is_empty() || from.chars().count() > LONGEST_ADDRESS {
        return refuse("A phone needs a number.");
    }
    if body.chars().count() > LONGEST_BODY {
        return refuse("A text holds 1,600 characters at most.");
    }
    // In a task of its own: a page that is closed must not take back a text that was sent.
    let sending = tokio::spawn(sandbox.get_ref().clone().text_the_line(from, to, body));
    match sending.await {
        Ok(Some(text)) => uncached().json(json!({ "sid": text.sid, "webhook": text.webhook })),
        _ => HttpResponse::InternalServerError().finish(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    text: String,
}

/// Counts a text while it is typed. In a body, so that its words stand in no URL.
async fn count_text(draft: Json<Draft>) -> HttpResponse {
    let counted = count(&draft.text);
    let capacity = if counted.segments > 1 {
        counted.segments * counted.encoding.part()
    } else {
        counted.encoding.single()
    };
    uncached().json(json!({
        "encoding": encoding_of(&draft.text),
        "units": counted.units,
        "segments": counted.segments,
        "left": capacity.saturating_sub(counted.units),
    }))
}

/// A text as a phone shows it.
fn shown(text: &Text) -> Value {
    if text.deleted {
        return json!({ "sid": text.sid, "deleted": true });
    }
    json!({
        "sid": text.sid,
        "inbound": text.direction == Direction::Inbound,
        "from": text.from,
        "to": text.to,
        "body": text.body,
        "status": text.status,
        "webhook": text.webhook,
        "error": text.error,
        "segments": text.segments(),
        "encoding": encoding_of(&text.body),
        "at_ms": text.created.timestamp_millis(),
        "steps": text.steps,
    })
}

/// Server-sent events: first what there is, then each change.
async fn events(sandbox: Data<Sandbox>) -> HttpResponse {
    let sandbox = sandbox.get_ref().clone();
    let progress = sandbox.0.ledger.progress();
    let frames = stream::unfold(
        (sandbox, progress, 0),
        |(sandbox, mut progress, seen)| async move {
            let news = progress.wait_for(|progress| progress.closed || progress.revision > seen);
            let news = tokio::time::timeout(STILL_HERE, news)
                .await
                .map(|news| news.map(|progress| *progress));
            let (frame, seen) = match news {
                Err(_quiet) => (Bytes::from_static(b":\n\n"), seen),
                Ok(Ok(now)) if !now.closed => (frame_of(&sandbox, seen), now.revision),
                Ok(_) => return None,
            };
            Some((Ok::<_, actix_web::Error>(frame), (sandbox, progress, seen)))
        },
    );
    uncached()
        .content_type("text/event-stream")
        .streaming(frames)
}

fn frame_of(sandbox: &Sandbox, seen: u64) -> Bytes {
    let texts: Vec<Value> = sandbox
        .0
        .ledger
        .since(seen, MOST_SHOWN)
        .iter()
        .map(shown)
        .collect();
    Bytes::from(format!("data: {}\n\n", Value::from(texts)))
}

/// What the gateway has taken from the service, oldest first, for tests.
async fn accepted(sandbox: Data<Sandbox>) -> HttpResponse {
    let texts = sandbox
        .0
        .ledger
        .newest_first(|text| text.direction == Direction::OutboundApi);
    let texts: Vec<Value> = texts
        .iter()
        .rev()
        .map(|text| {
            json!({
                "outbox_id": text.outbox_id(),
                "sid": text.sid,
                "from": text.from,
                "to": text.to,
                "body": text.body,
                "status": text.status,
                "created": text.created,
            })
        })
        .collect();
    uncached().json(texts)
}

#[derive(Deserialize)]
struct Order {
    #[serde(flatten)]
    fault: Fault,
    times: Option<u32>,
}

async fn set_fault(sandbox: Data<Sandbox>, order: Json<Order>) -> HttpResponse {
    sandbox.fail(order.fault, order.times);
    HttpResponse::NoContent().finish()
}
