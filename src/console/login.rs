//! The login page.

use actix_web::HttpResponse;

use super::form::Form;
use super::guard::{Visit, go_to};

pub(super) async fn page(visit: Visit) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html><title>jibu</title><form method=post><input type=hidden name=csrf value={}></form>",
            visit.csrf()
        ))
}

pub(super) async fn log_in(_form: Form) -> HttpResponse {
    go_to("/console/login")
}
