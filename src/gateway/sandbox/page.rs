//! The phones' page: a few files, embedded, that load nothing from anywhere else.

use actix_web::http::header;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, web};

/// Nothing but our own files: a text that somebody sends is shown on this page, and must stay a text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: [(&str, &str, &str); 7] = [
    (
        "/phones",
        "text/html; charset=utf-8",
        include_str!("page/index.html"),
    ),
    (
        "/phones/phones.css",
        "text/css; charset=utf-8",
        include_str!("page/phones.css"),
    ),
    ("/phones/phones.js", SCRIPT, include_str!("page/phones.js")),
    ("/phones/phone.js", SCRIPT, include_str!("page/phone.js")),
    ("/phones/keypad.js", SCRIPT, include_str!("page/keypad.js")),
    ("/phones/inside.js", SCRIPT, include_str!("page/inside.js")),
    (
        "/phones/icon.svg",
        "image/svg+xml",
        include_str!("page/icon.svg"),
    ),
];

/// Mounts the page.
pub(super) fn configure(config: &mut ServiceConfig) {
    for (path, kind, content) in FILES {
        config.route(
            path,
            web::get().to(move || async move { file(kind, content) }),
        );
    }
}

fn file(kind: &'static str, content: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(content)
}
