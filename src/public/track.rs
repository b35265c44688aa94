//! How a complaint stands, for who knows its number and proves it. One answer for all that fails: an unknown number, a wrong proof, a
//! complaint that is kept private.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Public;
use super::look::{Frame, Problem, shown};
use super::words::{Language, Words};
use crate::complaint::{Status, TrackingNumber};
use crate::pages::{Form, LARGEST, is_from, network_of};
use crate::store::{Looked, Tracked};
use crate::text::normalise::digit;

#[derive(Template)]
#[template(path = "track.html", config = "src/public/askama.toml")]
struct TrackPage<'a> {
    frame: Frame<'a>,
    action: String,
    number: String,
    has_failed: bool,
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
    let page = public.track_page(&request, String::new(), false, None);
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
        if !self.looks.may_try(network_of(request), now) {
            return Err(Problem::TooMany);
        }
        let typed = form.get("number").chars().take(40).collect::<String>();
        let Ok(number) = TrackingNumber::from_digits(&digits(&typed)) else {
            return self.track_page(request, typed, true, None);
        };
        let may_try = self.guesses.may_try(number.value(), now);
        let proof: String = digits(form.get("proof"))
            .into_iter()
            .map(|digit| char::from(b'0' + digit))
            .collect();
        let tracked = self
            .store
            .read(move |reader| reader.tracked(number, &proof))
            .await?;
        let found = match tracked {
            // A number that was guessed at too often answers as any that fails.
            _ if !may_try => None,
            Looked::Refused => None,
            Looked::NoSuch => {
                self.guesses.give_back(number.value(), now);
                None
            }
            Looked::Found(tracked) => {
                self.guesses.give_back(number.value(), now);
                Some(*tracked)
            }
        };
        self.track_page(request, typed, found.is_none(), found)
    }

    fn track_page(
        &self,
        request: &HttpRequest,
        number: String,
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
            number,
            has_failed,
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
            status: status(w, complaint.status),
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

fn status(w: &Words, status: Status) -> String {
    match status {
        Status::Received => w.received(),
        Status::Referred => w.referred(),
        Status::Accepted => w.accepted(),
        Status::InProgress => w.in_progress(),
        Status::Resolved => w.resolved(),
        Status::Returned => w.returned(),
        Status::Reopened => w.reopened(),
        Status::Closed => w.closed(),
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
