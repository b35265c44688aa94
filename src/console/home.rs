//! Where somebody lands who logged in.

use actix_web::HttpResponse;

use super::guard::Visitor;

pub(super) async fn page(visitor: Visitor) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(format!(
            "<!doctype html><title>jibu</title><p>{}",
            visitor.person.name.len()
        ))
}
