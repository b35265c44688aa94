//! Which pages there are, and whom each is for. What is not in the table is not there.

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::{Route, web};

use super::{
    account, audit, bulk, complaint, deed, emails, figures, guard, headers, home, import, intake,
    invitation, list, login, look, passed_on, people, problem, queue, reveal, second_factor, texts,
};
use crate::pages::{LARGEST, reading};
use crate::people::{IMPORTS, MINDS_THE_LINE, RoleKind};

/// Whom a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTo {
    /// Whoever comes.
    Anybody,
    /// Who has given the password and not yet the second factor.
    HalfWay,
    /// People with one of these roles. Nobody else learns that there is such a page.
    Roles(&'static [RoleKind]),
}

/// What is posted to a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// A form of so many bytes at most.
    Form(usize),
    /// A form with a file in it.
    File,
}

/// All who can log in.
pub(super) const ALL: OpenTo = OpenTo::Roles(&[
    RoleKind::Administrator,
    RoleKind::Convener,
    RoleKind::Officer,
    RoleKind::Committee,
]);

/// Who lets people in.
const ADMINISTRATORS: OpenTo = OpenTo::Roles(&[RoleKind::Administrator]);

/// Who works on complaints.
const DESKS: OpenTo = OpenTo::Roles(&[RoleKind::Convener, RoleKind::Officer]);

/// Who sees to what nobody else has, and calls.
const CONVENERS: OpenTo = OpenTo::Roles(&[RoleKind::Convener]);

/// Who sees figures: of the county, of their own complaints, or what is told outside.
const COUNTERS: OpenTo =
    OpenTo::Roles(&[RoleKind::Convener, RoleKind::Officer, RoleKind::Committee]);

/// Who sees their county beside others.
const COMPARERS: OpenTo = OpenTo::Roles(&[RoleKind::Convener, RoleKind::Committee]);

/// Who brings in the complaints of another system.
const IMPORTERS: OpenTo = OpenTo::Roles(IMPORTS);

/// With what the columns of a file mean: several hundred lines, in any script.
const WITH_A_MAPPING: Takes = Takes::Form(512 * 1024);

/// One route.
#[derive(Clone, Debug)]
pub struct Row {
    /// GET or POST.
    pub method: Method,
    /// As actix matches it: `/console/complaints/{number}`.
    pub path: &'static str,
    /// Whom it is for.
    pub open_to: OpenTo,
    takes: Takes,
    route: fn() -> Route,
}

const fn get(path: &'static str, open_to: OpenTo, route: fn() -> Route) -> Row {
    Row {
        method: Method::GET,
        path,
        open_to,
        takes: Takes::Form(LARGEST),
        route,
    }
}

const fn post(path: &'static str, open_to: OpenTo, route: fn() -> Route) -> Row {
    post_of(path, open_to, Takes::Form(LARGEST), route)
}

const fn post_of(path: &'static str, open_to: OpenTo, takes: Takes, route: fn() -> Route) -> Row {
    Row {
        method: Method::POST,
        path,
        open_to,
        takes,
        route,
    }
}

/// All of them.
#[rustfmt::skip]
pub const ROUTES: &[Row] = &[
    get("/console", ALL, || web::to(home::page)),
    get("/console/", ALL, || web::to(home::page)),
    get("/console/login", OpenTo::Anybody, || web::to(login::page)),
    post("/console/login", OpenTo::Anybody, || web::to(login::log_in)),
    get("/console/second-factor", OpenTo::HalfWay, || web::to(second_factor::page)),
    post("/console/second-factor", OpenTo::HalfWay, || web::to(second_factor::prove)),
    get("/console/invitation/{token}", OpenTo::Anybody, || web::to(invitation::page)),
    post("/console/invitation/{token}", OpenTo::Anybody, || web::to(invitation::take_up)),
    post("/console/logout", ALL, || web::to(login::log_out)),
    get("/console/account", ALL, || web::to(account::page)),
    post("/console/account", ALL, || web::to(account::save)),
    post("/console/account/password", ALL, || web::to(account::set_password)),
    post("/console/account/sessions", ALL, || web::to(account::end_others)),
    get("/console/people", ADMINISTRATORS, || web::to(people::page)),
    post("/console/people", ADMINISTRATORS, || web::to(people::invite)),
    post("/console/people/{id}/invite", ADMINISTRATORS, || web::to(people::invite_again)),
    post("/console/people/{id}/leave", ADMINISTRATORS, || web::to(people::leave)),
    get("/console/audit", ADMINISTRATORS, || web::to(audit::page)),
    get("/console/complaints", DESKS, || web::to(list::open)),
    post("/console/complaints", DESKS, || web::to(bulk::post)),
    get("/console/closed", DESKS, || web::to(list::closed)),
    get("/console/intake", DESKS, || web::to(intake::page)),
    post("/console/intake", DESKS, || web::to(intake::hand_in)),
    get("/console/intake/paper", DESKS, || web::to(intake::paper)),
    get("/console/import", IMPORTERS, || web::to(import::page)),
    post_of("/console/import", IMPORTERS, Takes::File, || web::to(import::choose)),
    post_of("/console/import/check", IMPORTERS, WITH_A_MAPPING, || web::to(import::check)),
    post_of("/console/import/take-in", IMPORTERS, WITH_A_MAPPING, || web::to(import::take_in)),
    post("/console/import/put-away", IMPORTERS, || web::to(import::put_away)),
    get("/console/import/progress", IMPORTERS, || web::to(import::progress)),
    post("/console/import/take-away", IMPORTERS, || web::to(import::take_away)),
    get("/console/passed-on", DESKS, || web::to(passed_on::page)),
    get("/console/queue", CONVENERS, || web::to(queue::page)),
    get("/console/figures", COUNTERS, || web::to(figures::page)),
    get("/console/figures/compare", COMPARERS, || web::to(figures::compare)),
    get("/console/figures/report", COUNTERS, || web::to(figures::report)),
    get("/console/figures/question", COUNTERS, || web::to(figures::ask)),
    get("/console/figures/question/{format}", COUNTERS, || web::to(figures::file)),
    get("/console/texts", OpenTo::Roles(MINDS_THE_LINE), || web::to(texts::page)),
    get("/console/emails", OpenTo::Roles(MINDS_THE_LINE), || web::to(emails::page)),
    post("/console/emails/clock", OpenTo::Roles(MINDS_THE_LINE), || web::to(emails::clock_is_right)),
    post("/console/emails/{id}/resend", OpenTo::Roles(MINDS_THE_LINE), || web::to(emails::resend)),
    get("/console/complaints/{number}", DESKS, || web::to(complaint::page)),
    post("/console/complaints/{number}/preview", DESKS, || web::to(deed::preview)),
    post("/console/complaints/{number}/reveal", CONVENERS, || web::to(reveal::post)),
    post("/console/complaints/{number}/group", DESKS, || web::to(complaint::put_together)),
    post("/console/complaints/{number}/ungroup", DESKS, || web::to(complaint::take_apart)),
    post("/console/complaints/{number}/{deed}", DESKS, || web::to(deed::post)),
    get("/console/assets/{name}", OpenTo::Anybody, || web::to(look::asset)),
];

/// The folder that all paths of the table begin with.
const PREFIX: &str = "/console";

/// What a 405 says that a path takes (RFC 9110 §15.5.6).
fn methods_of(path: &str) -> &'static str {
    let takes = |method| {
        ROUTES
            .iter()
            .any(|row| row.path == path && row.method == method)
    };
    match (takes(Method::GET), takes(Method::POST)) {
        (true, true) => "GET, HEAD, POST",
        (true, false) => "GET, HEAD",
        (false, _) => "POST",
    }
}

/// Mounts the table.
pub(super) fn mount(config: &mut web::ServiceConfig) {
    let mut scope = web::scope(PREFIX);
    for (at, first) in ROUTES.iter().enumerate() {
        if ROUTES.iter().take(at).any(|row| row.path == first.path) {
            continue;
        }
        let mut resource = web::resource(first.path.trim_start_matches(PREFIX));
        for row in ROUTES.iter().filter(|row| row.path == first.path) {
            let (open_to, takes, method) = (row.open_to, row.takes, row.method.clone());
            let guarded = from_fn(move |request, next| guard::admit(open_to, takes, request, next));
            let route = match method {
                Method::GET => (row.route)().guard(reading()),
                method => (row.route)().method(method),
            };
            resource = resource.route(route.wrap(guarded));
        }
        let allowed = HeaderValue::from_static(methods_of(first.path));
        let other_methods = from_fn(move |request, next| {
            let (allowed, answer) = (
                allowed.clone(),
                guard::admit(OpenTo::Anybody, Takes::Form(LARGEST), request, next),
            );
            async move {
                let mut answer = answer.await?;
                answer.headers_mut().insert(ALLOW, allowed);
                Ok(answer)
            }
        });
        scope = scope.service(
            resource.default_service(web::route().to(problem::no_such_method).wrap(other_methods)),
        );
    }
    let elsewhere =
        from_fn(|request, next| guard::admit(OpenTo::Anybody, Takes::Form(LARGEST), request, next));
    config.service(
        scope
            .default_service(web::route().to(problem::nothing_here).wrap(elsewhere))
            .wrap(from_fn(headers::on_every_response)),
    );
}
