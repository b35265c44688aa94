//! The demo's mail server: it takes every letter and shows it, and it is where time is moved on.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use anyhow::Context;
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::later::{Later, Until};
use crate::clock::Clock;
use crate::configuration::Live;
use crate::email::{Letter, Mailer, Outcome, Reply};
use crate::pages::{Form, is_from};

/// Letters that are shown; older ones stay in the file.
const MOST_SHOWN: usize = 100;

/// Letters as a page shows them may say how they look, and nothing else: they run nothing and fetch nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A letter that was taken.
#[derive(Clone, Serialize, Deserialize)]
struct Taken {
    at: DateTime<Utc>,
    from: String,
    to: String,
    subject: String,
    plain: String,
    html: Option<String>,
}

/// What takes the demo's letters. They are in a file, and there again after a restart.
pub(super) struct Mailbox {
    path: PathBuf,
    letters: Mutex<Vec<Taken>>,
}

impl Mailbox {
    /// Reads what was taken before.
    pub(super) fn open(data: &Path) -> anyhow::Result<Self> {
        let path = data.join("mail.jsonl");
        let mut letters = Vec::new();
        if path.exists() {
            let told = || format!("{} cannot be read", path.display());
            let file = File::open(&path).with_context(told)?;
            for line in BufReader::new(file).lines() {
                // A line that was cut off when the plug was pulled is a letter of a demo.
                letters.extend(serde_json::from_str(&line.with_context(told)?));
            }
        }
        Ok(Self {
            path,
            letters: Mutex::new(letters),
        })
    }

    fn take(&self, letter: &Letter) -> std::io::Result<()> {
        let from = match letter.from.name.as_str() {
            "" => letter.from.address.clone(),
            name => format!("{name} <{}>", letter.from.address),
        };
        let taken = Taken {
            at: letter.date,
            from,
            to: letter.to.clone(),
            subject: letter.subject.clone(),
            plain: letter.plain.clone(),
            html: letter.html.clone(),
        };
        let mut line = serde_json::to_string(&taken)?;
        line.push('\n');
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        file.write_all(line.as_bytes())?;
        letters.push(taken);
        Ok(())
    }

    /// The latest first.
    fn latest(&self) -> Vec<Taken> {
        let letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        letters.iter().rev().take(MOST_SHOWN).cloned().collect()
    }
}

impl Mailer for Mailbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let reply = |code| Reply {
                code,
                status: None,
                text: String::new(),
            };
            match self.take(letter) {
                Ok(()) => Outcome::Accepted(reply(250)),
                Err(_) => {
                    Outcome::NotNow(crate::complaint::EmailFailure::Deferred, Some(reply(452)))
                }
            }
        })
    }
}

/// What the pages need.
pub(super) struct Desk {
    pub(super) mailbox: Arc<Mailbox>,
    pub(super) later: Later,
    pub(super) clock: Clock,
    pub(super) configuration: Live,
    /// As the browser sees us.
    pub(super) origin: String,
}

pub(super) fn configure(desk: web::Data<Desk>) -> impl FnOnce(&mut web::ServiceConfig) {
    move |routes| {
        routes
            .app_data(desk)
            .route("/mail", web::get().to(show))
            .route("/mail/later", web::post().to(later));
    }
}

#[derive(Template)]
#[template(path = "mail.html", config = "src/cli/demo/askama.toml")]
struct MailPage {
    now: String,
    letters: Vec<Shown>,
}

struct Shown {
    at: String,
    from: String,
    to: String,
    subject: String,
    lines: Vec<Line>,
    html: Option<String>,
}

/// A line of a letter; an address is a link.
struct Line {
    text: String,
    is_link: bool,
}

async fn show(desk: web::Data<Desk>) -> HttpResponse {
    let zone = desk.zone();
    let told = |at: DateTime<Utc>| {
        at.with_timezone(&zone)
            .format("%a %-d %b %Y, %H:%M")
            .to_string()
    };
    let letters = desk.mailbox.latest().into_iter().map(|letter| Shown {
        at: told(letter.at),
        from: letter.from,
        to: letter.to,
        subject: letter.subject,
        lines: letter
            .plain
            .lines()
            .map(|line| Line {
                text: line.to_owned(),
                is_link: line.starts_with(&desk.origin),
            })
            .collect(),
        html: letter.html,
    });
    let page = MailPage {
        now: told(desk.clock.now()),
        letters: letters.collect(),
    };
    match page.render() {
        Ok(page) => HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .body(page),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

async fn later(desk: web::Data<Desk>, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    if !is_from(&desk.origin, request.headers()) {
        return HttpResponse::Forbidden().finish();
    }
    let Ok(form) = Form::read(payload).await else {
        return HttpResponse::BadRequest().finish();
    };
    let until = match form.get("until") {
        "morning" => Until::NextMorning,
        _ => Until::Tomorrow,
    };
    match desk.later.go(&desk.clock, &desk.configuration, until).await {
        Ok(()) => HttpResponse::SeeOther()
            .insert_header((LOCATION, "/mail"))
            .finish(),
        Err(error) => {
            tracing::error!(%error, "The demo's time could not be moved on");
            HttpResponse::ServiceUnavailable().body(format!("{error:#}"))
        }
    }
}

impl Desk {
    fn zone(&self) -> Tz {
        let configuration = self.configuration.current();
        let county = configuration.rules.counties().next();
        county.map_or(Tz::UTC, |county| county.zone)
    }
}
