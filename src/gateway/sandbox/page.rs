//! The phones' page: a few files, embedded, that load nothing from anywhere else.

use actix_web::http::header;
use actix_web::web::{Bytes, ServiceConfig};
use actix_web::{HttpResponse, web};

use super::{OtherSide, SandboxSettings};

/// Nothing but our own files: a text that somebody sends is shown on this page, and must stay a text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SCRIPT: &str = "text/javascript; charset=utf-8";

const PAGE: &str = include_str!("page/index.html");

/// Where the page leads to the other side, if there is one.
const OTHER_SIDE: &str = "<!-- the other side -->";
/// Where what else there is stands beside the phones.
const BESIDE: &str = "<!-- beside -->";

const FILES: [(&str, &str, &str); 6] = [
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

/// Mounts the page, with a link to the other side and what else stands beside the phones.
pub(super) fn configure(config: &mut ServiceConfig, settings: &SandboxSettings) {
    let link = settings
        .other_side
        .map(|OtherSide { label, address }| format!(" <a href=\"{address}\">{label}</a>"));
    let page = PAGE
        .replace(OTHER_SIDE, &link.unwrap_or_default())
        .replace(BESIDE, settings.beside.unwrap_or_default());
    let page = Bytes::from(page);
    mount(config, "/phones", "text/html; charset=utf-8", page);
    for (path, kind, content) in FILES {
        mount(config, path, kind, Bytes::from_static(content.as_bytes()));
    }
}

fn mount(config: &mut ServiceConfig, path: &str, kind: &'static str, content: Bytes) {
    let answer = move || {
        let content = content.clone();
        async move { file(kind, content) }
    };
    config.route(path, web::get().to(answer));
}

fn file(kind: &'static str, content: Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(content)
}
