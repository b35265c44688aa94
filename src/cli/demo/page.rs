//! The demo's own pages and files: they load nothing from anywhere else, and are never kept.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";
pub(super) const STYLE: &str = "text/css; charset=utf-8";

/// Nothing but our own files.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A letter as its writer laid it out: no script, no form and nothing from anywhere, whatever it holds. What it links to opens beside it.
const POLICY_OF_A_LETTER: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                                  frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// A page or a file of ours.
pub(super) fn file(kind: &str, content: impl MessageBody + 'static) -> HttpResponse {
    under(POLICY, kind, content)
}

/// A letter's HTML.
pub(super) fn letter(html: String) -> HttpResponse {
    under(POLICY_OF_A_LETTER, HTML, html)
}

fn under(policy: &str, kind: &str, content: impl MessageBody + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(content)
}
