//! What stands beside the phones, in the demo only: its clock, which can be moved on, and the letters that left last.

use actix_web::web::{Data, Json, ServiceConfig};
use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ahead::{Ahead, NotMoved};
use super::mail;
use super::page::{SCRIPT, file};
use super::wall::Wall;
use crate::email::Sender;
use crate::store::{SentEmail, Store, StoreError};

/// It is written into the page of phones as it is, and brings its own script.
pub(super) const BESIDE: &str = include_str!("page/beside.html");

/// Letters that are named there.
const NAMED: u32 = 3;

/// What it is made of.
pub(super) struct Beside {
    pub(super) ahead: Ahead,
    pub(super) wall: Wall,
    pub(super) store: Store,
    /// Whom a letter comes from that says nothing else.
    pub(super) sender: Sender,
    /// Where the console is: what begins so in a letter is a link.
    pub(super) origin: String,
}

pub(super) fn configure(beside: Data<Beside>) -> impl FnOnce(&mut ServiceConfig) {
    move |routes| {
        routes
            .app_data(beside)
            .route("/demo/beside.js", web::get().to(script))
            .route("/demo/now", web::get().to(now))
            .route("/demo/clock", web::post().to(move_on));
        mail::configure(routes);
    }
}

async fn script() -> HttpResponse {
    file(SCRIPT, include_str!("page/beside.js"))
}

async fn now(beside: Data<Beside>) -> HttpResponse {
    match beside.told().await {
        Ok(told) => HttpResponse::Ok().json(told),
        Err(error) => {
            tracing::error!(%error, "The letters could not be read");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

/// Until when. In a body of JSON, as all that the page of phones posts: no other site's form can post that.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    to: To,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum To {
    /// The same time on the next day.
    Day,
    /// When work next begins.
    Morning,
}

async fn move_on(beside: Data<Beside>, wanted: Json<Move>) -> HttpResponse {
    let moved = beside.ahead.move_on(|now| match wanted.to {
        To::Day => now + TimeDelta::days(1),
        To::Morning => beside.wall.next_morning(now),
    });
    let told = |error: &NotMoved| json!({ "error": error.to_string() });
    match moved {
        Ok(()) => now(beside).await,
        Err(error @ NotMoved::TooFar) => HttpResponse::Conflict().json(told(&error)),
        Err(error @ NotMoved::NotKept(_)) => {
            tracing::error!(?error, "The demo's clock could not be moved");
            HttpResponse::ServiceUnavailable().json(told(&error))
        }
    }
}

impl Beside {
    async fn told(&self) -> Result<Value, StoreError> {
        let letters = self.store.read(|reader| reader.sent_emails(NAMED)).await?;
        let letters: Vec<Value> = letters.iter().map(|letter| self.named(letter)).collect();
        let now = self.ahead.clock().now();
        Ok(json!({
            "place": self.wall.place,
            "shows": self.wall.shows(now),
            "at_work": self.wall.at_work(now),
            "letters": letters,
        }))
    }

    fn named(&self, letter: &SentEmail) -> Value {
        json!({
            // As words: a number of this size is rounded in a browser.
            "id": letter.email.id.to_string(),
            "to": letter.email.to,
            "subject": letter.email.subject,
            "at": self.wall.shows(letter.at),
        })
    }
}
