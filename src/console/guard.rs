//! Who is there, and whether the page is for them. Every route goes through [`admit`]; none can be mounted without.

use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use chrono::TimeDelta;
use url::form_urlencoded;

use super::form::Form;
use super::import::Arrived;
use super::problem::{self, Problem};
use super::routes::Takes;
use super::{Console, OpenTo};
use crate::people::{Person, Session, Token};

/// `seen_at` is written no more often than this: reading a list must not cost a write a row.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Of an address that is remembered in another. Proxies take no more than some kilobytes of headers from us, and an address in an
/// address may take three letters for one.
pub(super) const LONGEST_ADDRESS: usize = 1_000;

/// Where everybody begins.
const START: &str = "/console";

/// A browser, and who is known to sit before it. Handlers of pages for anybody take it.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// What its cookie holds, or will hold.
    pub(super) token: Token,
    /// The session of that token, if there is one that lasts.
    pub(super) session: Option<Session>,
    /// The languages that the browser asks for: `Accept-Language`.
    pub(super) accepted: String,
    /// The address that is asked for, without its query.
    pub(super) path: String,
}

/// Somebody who is logged in. Handlers of pages for certain roles take it.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    /// Who it is.
    pub(super) person: Person,
    /// Their browser.
    pub(super) visit: Visit,
}

impl Visit {
    /// What the forms of the page carry in their field `csrf`.
    pub(super) fn csrf(&self) -> String {
        self.token.for_forms().expose().to_owned()
    }

    /// Who is logged in, the second factor given.
    pub(super) fn person(&self) -> Option<&Person> {
        let session = self.session.as_ref().filter(|session| session.proven);
        session.map(|session| &session.person)
    }

    /// A browser of which no more is known than what it says itself.
    fn new(token: Token, request: &ServiceRequest) -> Self {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
        Self {
            token,
            session: None,
            accepted: accepted.unwrap_or_default().to_owned(),
            path: request.path().to_owned(),
        }
    }

    /// The same with who sits before it.
    async fn known(self, console: &Console) -> Result<Self, Problem> {
        let hash = self.token.hash();
        let found = console
            .store
            .read(move |reader| reader.session(hash))
            .await?;
        let now = console.clock.now();
        let session = found.filter(|session| session.lasts(now));
        if let Some(session) = &session
            && session.proven
            && now >= session.seen_at + SEEN_EVERY
        {
            // A disk that is full is no reason to show nothing: the store has told of it, and the login ends a little early.
            let _ = console
                .store
                .write("see_session", move |tx| tx.see_session(hash))
                .await;
        }
        Ok(Self { session, ..self })
    }

    /// Whether the page is for them; what to answer where it is not.
    fn refuse(
        &self,
        open_to: OpenTo,
        console: &Console,
        request: &ServiceRequest,
    ) -> Option<HttpResponse> {
        let half_way = self.session.as_ref().is_some_and(|session| !session.proven);
        match (open_to, self.person()) {
            (OpenTo::Anybody, _) => None,
            (OpenTo::HalfWay, _) if half_way => None,
            (OpenTo::Roles(roles), Some(person)) if roles.contains(&person.role.kind()) => None,
            (OpenTo::Roles(_), Some(_)) => Some(problem::page(console, self, Problem::NotThere)),
            (OpenTo::HalfWay, Some(_)) => Some(go_to(START)),
            (OpenTo::Roles(_), None) if request.method() == Method::POST => {
                Some(problem::page(console, self, Problem::LoggedOut))
            }
            (OpenTo::Roles(_) | OpenTo::HalfWay, None) => Some(go_to(&login_for(request))),
        }
    }
}

/// Lets a request through to its page, or answers in its place.
pub(super) async fn admit(
    open_to: OpenTo,
    takes: Takes,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(console) = request.app_data::<web::Data<Console>>().cloned() else {
        return Ok(request.error_response(Problem::Unavailable));
    };
    let known = console.token_of(request.request());
    let is_new = known.is_none();
    let token = known.unwrap_or_else(|| Token::draw(&mut rand::rng()));
    let visit = Visit::new(token, &request);
    let refused = |problem, request: ServiceRequest, visit: &Visit| {
        let page = problem::page(&console, visit, problem);
        Ok(request.into_response(page))
    };
    let visit = match visit.clone().known(&console).await {
        Ok(visit) => Rc::new(visit),
        Err(problem) => return refused(problem, request, &visit),
    };
    if let Some(refusal) = visit.refuse(open_to, &console, &request) {
        return Ok(request.into_response(refusal));
    }
    if request.method() == Method::POST {
        let payload = request.extract::<web::Payload>().await?;
        let brought = (!is_new).then_some(&visit.token);
        let posted = console.posted(takes, &visit, brought, request.headers(), payload);
        match posted.await {
            Ok((form, arrived)) => {
                request.extensions_mut().insert(Rc::new(form));
                request.extensions_mut().insert(Rc::new(arrived));
            }
            Err(problem) => return refused(problem, request, &visit),
        }
    }
    request.extensions_mut().insert(Rc::clone(&visit));
    let mut response = problem::shown(
        &console,
        &visit,
        next.call(request).await?.map_into_boxed_body(),
    );
    // A page that sets one itself has just logged somebody in or out; what anybody may keep carries nobody's.
    let has = |name| response.headers().contains_key(name);
    if is_new && !has(header::SET_COOKIE) && !has(header::CACHE_CONTROL) {
        let _ = response
            .response_mut()
            .add_cookie(&console.cookie(&visit.token));
    }
    Ok(response)
}

impl Console {
    /// What was posted, where it is ours: of a file what arrived is said besides.
    async fn posted(
        &self,
        takes: Takes,
        visit: &Visit,
        token: Option<&Token>,
        headers: &HeaderMap,
        payload: web::Payload,
    ) -> Result<(Form, Arrived), Problem> {
        match (takes, visit.person()) {
            (Takes::File, Some(person)) => self.arriving(person, token, headers, payload).await,
            (Takes::File, None) => Err(Problem::NotThere),
            (Takes::Form(largest), _) => {
                let form = Form::read(payload, largest).await?;
                self.refuse_foreign(headers, token, &form)?;
                Ok((form, Arrived::Nothing))
            }
        }
    }
}

/// Where to log in, and where to go on from there.
fn login_for(request: &ServiceRequest) -> String {
    let wanted = request.uri().path_and_query();
    let wanted = wanted.map_or("", |wanted| wanted.as_str());
    with_next("/console/login", next_of(wanted))
}

/// An address that remembers where to go on from there.
pub(super) fn with_next(address: &str, next: &str) -> String {
    if next.is_empty() || next == START {
        return address.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("{address}?{query}")
}

/// Where to go on from a login: one of our own pages, whatever somebody put into the address.
pub(super) fn next_of(wanted: &str) -> &str {
    let rest = wanted.strip_prefix(START);
    let is_ours = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && wanted.len() <= LONGEST_ADDRESS
        && wanted.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours { wanted } else { START }
}

/// Sends the browser there with a GET.
pub(super) fn go_to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .finish()
}

/// What `admit` put there for the handler.
fn put<T: 'static>(request: &HttpRequest) -> Result<Rc<T>, Error> {
    let put = request.extensions().get::<Rc<T>>().cloned();
    put.ok_or_else(|| Problem::Unavailable.into())
}

impl FromRequest for Visit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(put::<Visit>(request).map(Rc::unwrap_or_clone))
    }
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            put::<Visit>(request).and_then(|visit| match visit.person() {
                Some(person) => Ok(Self {
                    person: person.clone(),
                    visit: Visit::clone(&visit),
                }),
                None => Err(Problem::NotThere.into()),
            }),
        )
    }
}

impl FromRequest for Form {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(put::<Form>(request).map(Rc::unwrap_or_clone))
    }
}

impl FromRequest for Arrived {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(put::<Self>(request).map(Rc::unwrap_or_clone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for ours in ["/console", "/console/complaints?page=2", "/console?a=b"] {
            assert_eq!(next_of(ours), ours);
        }
        for other in [
            "",
            "https://evil.example/console",
            "//evil.example",
            "/consolevil",
            "/console\r\nLocation: x",
            "/console/ \u{202e}",
            &format!("/console?{}", "a".repeat(LONGEST_ADDRESS)),
        ] {
            assert_eq!(next_of(other), "/console", "{other}");
        }
    }
}
