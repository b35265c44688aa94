//! Which pages there are, and whom each is for. What is not in the table is not there.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{Route, web};

use super::{guard, headers, home, login, look, problem};
use crate::people::RoleKind;

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

/// All who can log in.
pub(super) const ALL: OpenTo = OpenTo::Roles(&[
    RoleKind::Administrator,
    RoleKind::Convener,
    RoleKind::Officer,
    RoleKind::Committee,
]);

/// One route.
#[derive(Clone, Debug)]
pub struct Row {
    /// GET or POST.
    pub method: Method,
    /// As actix matches it: `/console/complaints/{number}`.
    pub path: &'static str,
    /// Whom it is for.
    pub open_to: OpenTo,
    route: fn() -> Route,
}

const fn get(path: &'static str, open_to: OpenTo, route: fn() -> Route) -> Row {
    Row {
        method: Method::GET,
        path,
        open_to,
        route,
    }
}

const fn post(path: &'static str, open_to: OpenTo, route: fn() -> Route) -> Row {
    Row {
        method: Method::POST,
        path,
        open_to,
        route,
    }
}

/// All of them.
pub const ROUTES: &[Row] = &[
    get("/console", ALL, || web::to(home::page)),
    get("/console/login", OpenTo::Anybody, || web::to(login::page)),
    post("/console/login", OpenTo::Anybody, || web::to(login::log_in)),
    get("/console/assets/{name}", OpenTo::Anybody, || {
        web::to(look::asset)
    }),
];

/// The folder that all paths of the table begin with.
const PREFIX: &str = "/console";

/// Mounts the table.
pub(super) fn mount(config: &mut web::ServiceConfig) {
    let mut scope = web::scope(PREFIX);
    for (at, first) in ROUTES.iter().enumerate() {
        if ROUTES.iter().take(at).any(|row| row.path == first.path) {
            continue;
        }
        let mut resource = web::resource(first.path.trim_start_matches(PREFIX));
        for row in ROUTES.iter().filter(|row| row.path == first.path) {
            let (open_to, method) = (row.open_to, row.method.clone());
            let guarded = from_fn(move |request, next| guard::admit(open_to, request, next));
            resource = resource.route((row.route)().method(method).wrap(guarded));
        }
        let other_methods = from_fn(|request, next| guard::admit(OpenTo::Anybody, request, next));
        scope = scope.service(
            resource.default_service(web::route().to(problem::no_such_method).wrap(other_methods)),
        );
    }
    let elsewhere = from_fn(|request, next| guard::admit(OpenTo::Anybody, request, next));
    config.service(
        scope
            .default_service(web::route().to(problem::nothing_here).wrap(elsewhere))
            .wrap(from_fn(headers::on_every_response)),
    );
}
