//! What the reminders bring about today, and the emails: what waits, what left, what failed and why, with a button to send it again. Counts
//! and purposes: no address, no number and no words.

mod due;
mod sent;
mod told;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::form::Form;
use super::guard::Visitor;
use super::look::{self, Calendar, Frame, Moment};
use super::names::Names;
use super::page::Told;
use super::problem::Problem;
use crate::actions::due_today;
use crate::complaint::CountyId;
use crate::people::{Person, Role};
use crate::store::{EmailCounts, EmailRow, EmailState, Eyes};
use due::DueView;
use sent::Sent;

/// Of each state, so many are listed: the rest shows when these are dealt with.
const MOST_LISTED: u32 = 100;

/// What needs somebody.
const TROUBLE: [EmailState; 3] = [
    EmailState::Failed,
    EmailState::Uncertain,
    EmailState::Expired,
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
    /// `None`: a later page of what left, and nothing else.
    standing: Option<Standing>,
    sent: Sent,
}

/// What is due, what waits, and what did not leave.
struct Standing {
    due: DueView,
    counts: EmailCounts,
    trouble: Vec<Row>,
    waiting: Vec<Row>,
}

impl Standing {
    fn in_trouble(&self) -> u32 {
        let counts = &self.counts;
        counts.failed + counts.uncertain + counts.expired
    }

    fn that_wait(&self) -> u32 {
        self.counts.pending + self.counts.sending
    }
}

struct Row {
    id: i64,
    purpose: String,
    organisation: String,
    state: String,
    why: String,
    tries: String,
    /// When it was owed; of what left, when that was.
    at: Moment,
    can_resend: bool,
}

impl Row {
    fn new(row: &EmailRow, names: &Names<'_>, calendar: &Calendar<'_>) -> Self {
        let words = &names.language.words.emails;
        let organisation = row.organisation.as_ref();
        let has_left = row.state == Some(EmailState::Sent);
        Self {
            id: row.id,
            purpose: told::purpose(words, &row.purpose),
            organisation: organisation.map_or_else(String::new, |id| names.organisation(id)),
            state: told::state(words, row.state),
            why: told::why(words, row),
            tries: words.tries(row.attempts.into()),
            at: calendar.moment(if has_left {
                row.changed_at
            } else {
                row.created_at
            }),
            can_resend: row.state.is_some_and(|state| TROUBLE.contains(&state)),
        }
    }
}

/// `/console/emails`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    console
        .emails_page(&visitor, None, query.get(sent::BEFORE))
        .await
}

/// Sends one again that failed, is in doubt or was given up.
pub(super) async fn resend(
    console: web::Data<Console>,
    visitor: Visitor,
    id: web::Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (id, sight) = (*id, console.sight(&visitor.person)?);
    let resent = console
        .store
        .write("resend_email", move |tx| tx.resend_email(id, &sight.eyes))
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
    let mut page = console.emails_page(&visitor, told, "").await?;
    *page.status_mut() = status;
    Ok(page)
}

/// The clock is right, though it jumped.
pub(super) async fn clock_is_right(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    console.sight(&visitor.person)?;
    let write = console
        .store
        .write("believe_clock", |tx| tx.believe_clock());
    write.await?;
    tracing::info!(by = visitor.person.id.0, "Says that the clock is right");
    let words = &console.language(&visitor.visit)?.words.emails;
    let told = Told::done(words.clock_goes_on());
    console.emails_page(&visitor, told, "").await
}

/// What somebody who minds the service sees of it.
struct Sight {
    /// Of the emails.
    eyes: Eyes,
    /// Of which counties it sees what is due.
    counties: Vec<CountyId>,
}

impl Console {
    /// An administrator sees all counts; a convener those of its counties, without what accuses it. An organisation that has handed its
    /// county over minds the line no more.
    fn sight(&self, person: &Person) -> Result<Sight, Problem> {
        if person.role == Role::Administrator {
            let configuration = self.configuration.current();
            let counties = configuration.rules.counties();
            return Ok(Sight {
                eyes: Eyes::Any,
                counties: counties.map(|county| county.id.clone()).collect(),
            });
        }
        let desk = self.desk(person)?;
        if desk.counties.is_empty() {
            return Err(Problem::NotThere);
        }
        Ok(Sight {
            eyes: Eyes::Of(desk.own),
            counties: desk.counties,
        })
    }

    /// The page; with `before`, what left before then and nothing else.
    async fn emails_page(
        &self,
        visitor: &Visitor,
        told: Option<Told>,
        before: &str,
    ) -> Result<HttpResponse, Problem> {
        let sight = self.sight(&visitor.person)?;
        let names = self.names(&visitor.visit)?;
        let calendar = self.calendar(&visitor.visit)?;
        let before = sent::key(before);
        let (configuration, now) = (names.configuration.clone(), calendar.now);
        let (today, has_standing) = (calendar.today_began(), before.is_none());
        let read = self.store.read(move |reader| {
            let Sight { eyes, counties } = &sight;
            let list = |state| reader.emails(state, MOST_LISTED, eyes);
            let standing = if has_standing {
                let all = matches!(eyes, Eyes::Any);
                let due = due_today(reader, &configuration, counties, now, all)?;
                let mut trouble = Vec::new();
                for state in TROUBLE {
                    trouble.extend(list(state)?);
                }
                let mut waiting = list(EmailState::Sending)?;
                waiting.extend(list(EmailState::Pending)?);
                Some((due, reader.email_counts(eyes)?, trouble, waiting))
            } else {
                None
            };
            let sent = sent::read(reader, now, today, before, eyes)?;
            Ok((standing, sent, reader.clock_seen()?))
        });
        let (standing, sent, seen) = read.await?;
        let rows = |rows: &[EmailRow]| -> Vec<Row> {
            let row = |row| Row::new(row, &names, &calendar);
            rows.iter().map(row).collect()
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
            standing: standing.map(|(due, counts, trouble, waiting)| Standing {
                due: DueView::new(&due, &names),
                counts,
                trouble: rows(&trouble),
                waiting: rows(&waiting),
            }),
            sent: Sent::new(&sent, rows(&sent.rows)),
        })
    }
}
