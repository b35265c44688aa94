//! How a complaint stands, for who knows its number and proves it. One answer for all that fails: an unknown number, a wrong proof, a
//! complaint that is kept private.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Public;
use super::county::{Line, to_ask};
use super::look::{Frame, Problem, shown};
use super::words::{Language, Words};
use crate::complaint::{Status, TrackingNumber};
use crate::pages::{Form, LARGEST, is_from};
use crate::store::{Looked, Tracked};
use crate::text::normalise::digit;

#[derive(Template)]
#[template(path = "track.html", config = "src/public/askama.toml")]
struct TrackPage<'a> {
    frame: Frame<'a>,
    action: String,
    /// Whom to ask of what is shown to nobody.
    to_ask: String,
    has_failed: bool,
    /// The numbers to text instead.
    lines: Vec<Line>,
    found: Option<Standing>,
}

/// How it stands, in words.
struct Standing {
    number: String,
    status: String,
    since: String,
    with: String,
    due: String,
    steps: Vec<(String, String)>,
}

/// `/track`
pub(super) async fn page(public: web::Data<Public>, request: HttpRequest) -> HttpResponse {
    let page = public.track_page(&request, false, None);
    public.answer(&request, page)
}

/// `POST /track`
pub(super) async fn look_up(
    public: web::Data<Public>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let page = public.look_up(&request, payload).await;
    public.answer(&request, page)
}

/// The digits in what somebody typed, in any script.
fn digits(typed: &str) -> Vec<u8> {
    typed.chars().take(40).filter_map(digit).collect()
}

impl Public {
    async fn look_up(
        &self,
        request: &HttpRequest,
        payload: web::Payload,
    ) -> Result<HttpResponse, Problem> {
        let form = Form::read(payload, LARGEST).await?;
        if !is_from(&self.origin, request.headers()) {
            return Err(Problem::Foreign);
        }
        let now = self.clock.now();
        if !self.looks.may_try(request, now) {
            return Err(Problem::TooMany);
        }
        let found = match TrackingNumber::from_digits(&digits(form.get("number"))) {
            Ok(number) => self.proven(number, form.get("proof")).await?,
            Err(_) => None,
        };
        self.track_page(request, found.is_none(), found)
    }

    /// The complaint of a number, for who proves it. A number that was guessed at too often opens to nobody for a while; that is answered
    /// as every failure is and takes as long, so that nobody can tell which guesses were looked at.
    async fn proven(
        &self,
        number: TrackingNumber,
        proof: &str,
    ) -> Result<Option<Tracked>, Problem> {
        let proof: String = digits(proof)
            .into_iter()
            .map(|digit| char::from(b'0' + digit))
            .collect();
        let guess = self.wrong_proofs.take(number.value(), self.clock.now());
        let looked = self
            .store
            .read(move |reader| reader.tracked(number, &proof))
            .await?;
        match (looked, guess) {
            (Looked::Found(tracked), Some(_)) => return Ok(Some(*tracked)),
            (Looked::Refused, Some(wrong)) => wrong.counts(),
            _ => {}
        }
        Ok(None)
    }

    /// Nothing that was typed stands in it: of phones that are lent, the next one reads it. So what fails is one page to the byte.
    fn track_page(
        &self,
        request: &HttpRequest,
        has_failed: bool,
        found: Option<Tracked>,
    ) -> Result<HttpResponse, Problem> {
        let configuration = self.configuration.current();
        let county = found
            .as_ref()
            .map(|tracked| configuration.county_or_first(&tracked.complaint.county));
        let language = self.language(request, county)?;
        let found = found.map(|tracked| self.standing(language, &tracked));
        let mut page = shown(&TrackPage {
            frame: Frame {
                home: format!("/complain?lang={}", language.id),
                ..self.frame(request, language, language.words.track_title(), None)
            },
            action: format!("/track?lang={}", language.id),
            to_ask: to_ask(configuration.rules.counties(), &configuration, language),
            has_failed,
            lines: Line::of_all(configuration.rules.counties()),
            found,
        })?;
        if has_failed {
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Ok(page)
    }

    fn standing(&self, language: &Language, tracked: &Tracked) -> Standing {
        let configuration = self.configuration.current();
        let complaint = &tracked.complaint;
        let zone = configuration.county_or_first(&complaint.county).zone;
        let w = &language.words;
        let day =
            |at: chrono::DateTime<chrono::Utc>| language.date(at.with_timezone(&zone).date_naive());
        let holder = configuration.rules.organisation(&complaint.holder);
        let is_open = !matches!(complaint.status, Status::Resolved | Status::Closed);
        let is_ahead = tracked.next_due >= self.clock.now();
        Standing {
            number: complaint.number.grouped(" "),
            status: w.of_status(complaint.status),
            since: w.since(day(complaint.status_since)),
            with: holder
                .filter(|_| is_open)
                .map(|one| w.with(one.short_name_in(&language.id)))
                .unwrap_or_default(),
            due: if is_open && is_ahead {
                w.due(day(tracked.next_due))
            } else {
                String::new()
            },
            steps: tracked
                .steps
                .iter()
                .map(|(kind, at)| (day(*at), step(w, kind)))
                .collect(),
        }
    }
}

fn step(w: &Words, kind: &str) -> String {
    match kind {
        "received" => w.received(),
        "referred" => w.referred(),
        "accepted" => w.accepted(),
        "returned" => w.returned(),
        "started" => w.in_progress(),
        "updated" => w.updated(),
        "asked" => w.asked(),
        "resolved" => w.resolved(),
        "reopened" => w.reopened(),
        _ => w.closed(),
    }
}
