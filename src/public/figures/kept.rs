//! Answers that whoever stands between us and a reader may keep: published figures stay as they are.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, EntityTag, Header as _, IfNoneMatch, LAST_MODIFIED, VARY,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::Asked;
use crate::pages::Form;
use crate::text::hex::hex;

/// A month by its name, for an hour: after that it is asked whether it is still the same, which costs a few bytes.
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// The newest month, or that there is none yet: another one is published, and whoever comes then is to see it.
const FOR_A_MINUTE: &str = "public, max-age=60";

/// How an answer may be kept. It is known before the answer is: who has the same already costs us nothing.
pub(super) struct Kept {
    tag: EntityTag,
    has_already: bool,
    how_long: &'static str,
    /// As of when its figures are; `None`: it has none.
    taken_at: Option<DateTime<Utc>>,
    /// Whether the address says in which language, so that it is the same for everybody.
    names_its_language: bool,
}

impl Kept {
    /// How what is asked for may be kept.
    pub(super) fn of(request: &HttpRequest, asked: &Asked<'_>) -> Self {
        let tag = tag(request.path(), asked);
        let query = Form::of_query(request.query_string());
        Self {
            has_already: has_already(request, &tag),
            tag,
            how_long: match request.match_info().get("month") {
                Some(_) => FOR_AN_HOUR,
                None => FOR_A_MINUTE,
            },
            taken_at: asked.month.map(|of| of.taken_at),
            names_its_language: query.get("lang") == asked.language.id.as_str(),
        }
    }

    /// The answer to who has the same already: that they do. A body behind it would be taken for the next answer on the connection
    /// (RFC 9110, 15.4.5).
    pub(super) fn known(&self) -> Option<HttpResponse> {
        self.has_already
            .then(|| self.headed(HttpResponse::NotModified()).finish())
    }

    /// The answer to everybody else.
    pub(super) fn answer(&self, kind: &'static str, body: String) -> HttpResponse {
        self.headed(HttpResponse::Ok())
            .insert_header((CONTENT_TYPE, kind))
            .body(body)
    }

    fn headed(&self, mut answer: HttpResponseBuilder) -> HttpResponseBuilder {
        answer
            .insert_header((CACHE_CONTROL, self.how_long))
            .insert_header((ETAG, self.tag.to_string()));
        if let Some(taken_at) = self.taken_at {
            let date = taken_at.format("%a, %d %b %Y %H:%M:%S GMT");
            answer.insert_header((LAST_MODIFIED, date.to_string()));
        }
        if !self.names_its_language {
            answer.insert_header((VARY, "Accept-Language"));
        }
        answer
    }
}

/// What an answer is known by. It depends on the address, the language, the months that are published, and on the configuration and the
/// program: these two are in the edition, which is another one after each edit and each start. No word that changes is forgotten by that.
fn tag(path: &str, asked: &Asked<'_>) -> EntityTag {
    let rests_on = format!(
        "{path} {} {:032x} {:?}",
        asked.language.id, asked.edition, asked.published
    );
    let digest = hex(&Sha256::digest(rests_on.as_bytes()));
    EntityTag::new_strong(digest.chars().take(32).collect())
}

/// Whether one of those that they have is it. A proxy that compresses makes a strong tag a weak one, and the content is the same.
fn has_already(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|one| one.weak_eq(tag)),
        Err(_) => false,
    }
}
