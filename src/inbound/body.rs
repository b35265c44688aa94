//! A webhook's body: all of it, within a size and a time.

use std::time::Duration;

use actix_web::web;
use futures_util::StreamExt;

use super::{MAX_BODY, Refusal};

/// The gateway gives up after 15 seconds; a sender that takes 5 for a few hundred bytes is none.
const DEADLINE: Duration = Duration::from_secs(5);

pub(super) async fn read(payload: web::Payload) -> Result<Vec<u8>, Refusal> {
    tokio::time::timeout(DEADLINE, read_up_to_limit(payload))
        .await
        .unwrap_or(Err(Refusal::TooSlow))
}

async fn read_up_to_limit(mut payload: web::Payload) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refusal::Unreadable)?;
        if body.len() + chunk.len() > MAX_BODY {
            return Err(Refusal::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
