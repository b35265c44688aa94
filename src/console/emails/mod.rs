//! Emails that have not left: what waits, what failed and why, and a button to send it again. No address and no words.

mod told;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::Console;
use super::guard::Visitor;
use super::look::{self, Frame, Moment};
use super::page::Told;
use super::problem::Problem;
use crate::store::{EmailCounts, EmailRow, EmailState};

/// Of each state, so many are listed: the rest shows when these are dealt with.
const MOST_LISTED: u32 = 100;

/// What is listed, what needs somebody first.
const LISTED: [EmailState; 4] = [
    EmailState::Failed,
    EmailState::Uncertain,
    EmailState::Expired,
    EmailState::Pending,
];

#[derive(Template)]
#[template(path = "emails/emails.html", config = "src/console/look/askama.toml")]
struct EmailsPage<'a> {
    frame: Frame<'a>,
    told: Option<Told>,
    /// Whether there is a mail server.
    has_server: bool,
    /// What the clock says, where that is not believed.
    stopped: Option<String>,
    counts: EmailCounts,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    purpose: String,
    organisation: String,
    state: String,
    why: String,
    tries: String,
    owed: Moment,
    can_resend: bool,
}

/// `/console/emails`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    console.emails_page(&visitor, None).await
}

/// Sends one again that failed, is in doubt or was given up.
pub(super) async fn resend(
    console: web::Data<Console>,
    visitor: Visitor,
    id: web::Path<i64>,
) -> Result<HttpResponse, Problem> {
    let id = *id;
    let resent = console
        .store
        .write("resend_email", move |tx| tx.resend_email(id))
        .await?;
    let words = &console.language(&visitor.visit)?.words.emails;
    let (told, status) = if resent {
        tracing::info!(
            by = visitor.person.id.0,
            email.id = id,
            "Sends an email again"
        );
        (Told::done(words.resent()), StatusCode::OK)
    } else {
        let told = Told::wrong(words.not_resent(), [words.not_resent_what()]);
        (told, StatusCode::CONFLICT)
    };
    let mut page = console.emails_page(&visitor, told).await?;
    *page.status_mut() = status;
    Ok(page)
}

/// The clock is right, though it jumped.
pub(super) async fn clock_is_right(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let write = console
        .store
        .write("believe_clock", |tx| tx.believe_clock());
    write.await?;
    tracing::info!(by = visitor.person.id.0, "Says that the clock is right");
    let words = &console.language(&visitor.visit)?.words.emails;
    let told = Told::done(words.clock_goes_on());
    console.emails_page(&visitor, told).await
}

impl Console {
    async fn emails_page(
        &self,
        visitor: &Visitor,
        told: Option<Told>,
    ) -> Result<HttpResponse, Problem> {
        let read = self.store.read(|reader| {
            let mut rows = Vec::new();
            for state in LISTED {
                rows.extend(reader.emails(state, MOST_LISTED)?);
            }
            Ok((reader.email_counts()?, rows, reader.clock_seen()?))
        });
        let (counts, rows, seen) = read.await?;
        let names = self.names(&visitor.visit)?;
        let calendar = self.calendar(&visitor.visit)?;
        let words = &names.language.words.emails;
        let row = |row: &EmailRow| Row {
            id: row.id,
            purpose: told::purpose(words, &row.purpose),
            organisation: row
                .organisation
                .as_ref()
                .map(|organisation| names.organisation(organisation))
                .unwrap_or_default(),
            state: told::state(words, row.state),
            why: told::why(words, row),
            tries: words.tries(row.attempts.into()),
            owed: calendar.moment(row.created_at),
            can_resend: row.state != Some(EmailState::Pending),
        };
        look::page(&EmailsPage {
            frame: self
                .frame_with_counts(visitor, |words| words.nav.emails())
                .await?,
            told,
            has_server: names.configuration.settings.email.smtp().is_some(),
            stopped: seen
                .and_then(|seen| seen.stopped_at)
                .map(|_| calendar.moment(calendar.now).at),
            counts,
            rows: rows.iter().map(row).collect(),
        })
    }
}
