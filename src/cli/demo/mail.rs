//! The demo's mail: a mailer that takes every letter, as a mail server would, and the page that shows them to whoever opens it.
//!
//! The letters are those of the email table: what was taken is there already, and stays over a restart.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::beside::Beside;
use super::page::{HTML, SCRIPT, STYLE, file, letter};
use crate::complaint::EmailFailure;
use crate::email::{Letter, Mailer, Outcome, Reply};
use crate::store::{SentEmail, StoreError};

/// Letters in the list; older ones stay in the store.
const LISTED: u32 = 100;

/// Takes all letters that can be written down.
pub(super) struct Postbox;

impl Mailer for Postbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Outcome> {
        let taken = Reply {
            code: 250,
            status: Some("2.0.0".to_owned()),
            text: "Taken".to_owned(),
        };
        let outcome = match letter.compose() {
            Ok(_) => Outcome::Accepted(taken),
            Err(_) => Outcome::Refused(EmailFailure::BadAddress, None),
        };
        std::future::ready(outcome).boxed()
    }
}

pub(super) fn configure(routes: &mut ServiceConfig) {
    routes
        .route("/mail", web::get().to(newest))
        .route("/mail/mail.css", web::get().to(style))
        .route("/mail/mail.js", web::get().to(script))
        .route("/mail/{id}", web::get().to(one))
        .route("/mail/{id}/html", web::get().to(laid_out));
}

async fn style() -> HttpResponse {
    file(STYLE, include_str!("page/mail.css"))
}

async fn script() -> HttpResponse {
    file(SCRIPT, include_str!("page/mail.js"))
}

#[derive(Template)]
#[template(path = "mail.html", config = "src/cli/demo/askama.toml")]
struct MailPage {
    place: String,
    letters: Vec<Entry>,
    open: Option<Open>,
    /// Whether a letter was asked for that is not there.
    missing: bool,
}

/// A letter in the list.
struct Entry {
    id: i64,
    subject: String,
    to: String,
    at: String,
    is_open: bool,
}

/// The letter that is read.
struct Open {
    id: i64,
    subject: String,
    from: String,
    to: String,
    reply_to: Option<String>,
    at: String,
    text: Vec<Piece>,
    is_laid_out: bool,
}

/// A piece of a letter's text.
struct Piece {
    words: String,
    is_link: bool,
}

async fn newest(beside: Data<Beside>) -> HttpResponse {
    answer(beside.mail(None).await)
}

async fn one(beside: Data<Beside>, id: Path<String>) -> HttpResponse {
    // What is no number is no letter either.
    answer(beside.mail(Some(id.parse().unwrap_or_default())).await)
}

fn answer(page: Result<MailPage, StoreError>) -> HttpResponse {
    let page = page.map_err(|error| error.to_string());
    match page.and_then(|page| Ok((page.missing, page.render().map_err(|e| e.to_string())?))) {
        Ok((missing, html)) => {
            let mut response = file(HTML, html);
            if missing {
                *response.status_mut() = StatusCode::NOT_FOUND;
            }
            response
        }
        Err(error) => {
            tracing::error!(error, "The mail could not be shown");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

/// The letter's HTML alone, for the frame that it is shown in.
async fn laid_out(beside: Data<Beside>, id: Path<i64>) -> HttpResponse {
    let found = beside
        .store
        .read(move |reader| reader.sent_email(*id))
        .await;
    match found.map(|found| found.and_then(|letter| letter.email.html)) {
        // Where links open is said last: whatever stands before the letter's own beginning would change how it is laid out.
        Ok(Some(html)) => letter(format!("{html}<base target=\"_blank\">")),
        Ok(None) => HttpResponse::NotFound().finish(),
        Err(error) => {
            tracing::error!(%error, "A letter could not be read");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

impl Beside {
    async fn mail(&self, wanted: Option<i64>) -> Result<MailPage, StoreError> {
        let read = move |reader: &crate::store::Reader<'_>| {
            let listed = reader.sent_emails(LISTED)?;
            let open = match wanted {
                Some(id) => reader.sent_email(id)?,
                None => listed.first().cloned(),
            };
            Ok((listed, open))
        };
        let (listed, open) = self.store.read(read).await?;
        let id = open.as_ref().map(|letter| letter.email.id);
        let entries = listed.into_iter().map(|letter| self.entry(letter, id));
        Ok(MailPage {
            place: self.wall.place.clone(),
            letters: entries.collect(),
            missing: wanted.is_some() && open.is_none(),
            open: open.map(|letter| self.open(letter)),
        })
    }

    fn entry(&self, SentEmail { email, at }: SentEmail, open: Option<i64>) -> Entry {
        Entry {
            id: email.id,
            subject: email.subject,
            to: email.to,
            at: self.wall.shows(at),
            is_open: open == Some(email.id),
        }
    }

    fn open(&self, SentEmail { email, at }: SentEmail) -> Open {
        let own = || (self.sender.name.clone(), self.sender.address.clone());
        let (name, address) = email.from.unwrap_or_else(own);
        Open {
            id: email.id,
            subject: email.subject,
            from: format!("{name} <{address}>").trim_start().to_owned(),
            to: email.to,
            reply_to: email.reply_to,
            at: self.wall.shows(at),
            text: pieces(&email.plain, &self.origin),
            is_laid_out: email.html.is_some(),
        }
    }
}

/// A text with its links to our own pages apart from its words, as a mail program shows them.
fn pieces(text: &str, origin: &str) -> Vec<Piece> {
    let ours = format!("{origin}/");
    let mut pieces = vec![];
    let mut add = |words: &str, is_link| {
        let words = words.to_owned();
        pieces.push(Piece { words, is_link });
    };
    let mut rest = text;
    while let Some((before, from)) = rest.find(&ours).and_then(|at| rest.split_at_checked(at)) {
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let (word, _) = from.split_at_checked(end).unwrap_or((from, ""));
        // A full stop behind an address ends the sentence.
        let link = word.trim_end_matches(['.', ',', ';', ':', ')', '>', '"', '\'']);
        add(before, false);
        add(link, true);
        rest = from.strip_prefix(link).unwrap_or_default();
    }
    add(rest, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, bool)> {
        let pieces = pieces(text, "http://127.0.0.1:8080");
        let told = pieces.into_iter().filter(|piece| !piece.words.is_empty());
        told.map(|piece| (piece.words, piece.is_link)).collect()
    }

    #[test]
    fn only_what_leads_to_our_own_pages_is_a_link() {
        let link = "http://127.0.0.1:8080/console/complaints/4821093753";
        for (text, pieces) in [
            ("Two wait.\n", vec![("Two wait.\n", false)]),
            (
                &format!("See {link}.\nThen http://evil.example/"),
                vec![
                    ("See ", false),
                    (link, true),
                    (".\nThen http://evil.example/", false),
                ],
            ),
            (
                &format!("({link}) <{link}>"),
                vec![
                    ("(", false),
                    (link, true),
                    (") <", false),
                    (link, true),
                    (">", false),
                ],
            ),
            (
                "http://127.0.0.1:80801/ é",
                vec![("http://127.0.0.1:80801/ é", false)],
            ),
        ] {
            let expected: Vec<(String, bool)> = pieces
                .into_iter()
                .map(|(words, is_link)| (words.to_owned(), is_link))
                .collect();
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_can_be_written_down_is_taken_and_nothing_else() {
        let letter = |to: &str| Letter {
            id: 1,
            from: crate::email::Sender::default(),
            returns_to: "line@wajir.example".to_owned(),
            to: to.to_owned(),
            reply_to: None,
            subject: "Two complaints wait".to_owned(),
            plain: "Two wait.".to_owned(),
            html: None,
            follows: None,
            date: chrono::DateTime::UNIX_EPOCH,
        };
        let sent = |to| {
            let letter = Letter {
                from: crate::email::Sender {
                    name: "Line".to_owned(),
                    address: "line@wajir.example".to_owned(),
                },
                ..letter(to)
            };
            Postbox.send(&letter).now_or_never()
        };
        let taken = sent("desk@water.example").unwrap();
        assert!(matches!(taken, Outcome::Accepted(reply) if reply.code == 250));
        let refused = sent("no address").unwrap();
        assert_eq!(refused, Outcome::Refused(EmailFailure::BadAddress, None));
    }
}
