//! Answers that whoever stands between us and a reader may keep: published figures stay as they are.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, EntityTag, Header as _, IfNoneMatch, LAST_MODIFIED, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::pages::Form;
use crate::public::words::Language;
use crate::text::hex::hex;

/// An hour: after that it is asked whether it is still the same, which costs a few bytes.
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// What may be kept.
pub(super) struct Kept<'a> {
    pub(super) kind: &'static str,
    pub(super) body: String,
    /// As of when its figures are; `None`: it has none.
    pub(super) taken_at: Option<DateTime<Utc>>,
    pub(super) language: &'a Language,
}

impl Kept<'_> {
    /// The answer; to who has the same already, that they do.
    pub(super) fn answer(self, request: &HttpRequest) -> HttpResponse {
        let digest = hex(&Sha256::digest(self.body.as_bytes()));
        let tag = EntityTag::new_strong(digest.chars().take(32).collect());
        let has_already = has_already(request, &tag);
        let mut answer = if has_already {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        answer
            .insert_header((CACHE_CONTROL, FOR_AN_HOUR))
            .insert_header((ETAG, tag.to_string()));
        if let Some(taken_at) = self.taken_at {
            let date = taken_at.format("%a, %d %b %Y %H:%M:%S GMT");
            answer.insert_header((LAST_MODIFIED, date.to_string()));
        }
        if !names_its_language(request, self.language) {
            answer.insert_header((VARY, "Accept-Language"));
        }
        // A body after a 304 would be taken for the next answer on the connection (RFC 9110, 15.4.5).
        if has_already {
            return answer.finish();
        }
        answer.insert_header((CONTENT_TYPE, self.kind));
        answer.body(self.body)
    }
}

/// Whether one of those that they have is it. A proxy that compresses makes a strong tag a weak one, and the content is the same.
fn has_already(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}

/// Whether the address says in which language, so that it is the same for everybody.
fn names_its_language(request: &HttpRequest, language: &Language) -> bool {
    let query = Form::of_query(request.query_string());
    query.get("lang") == language.id.as_str()
}
