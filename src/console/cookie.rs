//! The one cookie. Before a login it ties the forms of a browser to it; from the login on it is the session.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};

use super::Console;
use crate::people::Token;

impl Console {
    /// With the prefix a browser takes it over TLS only, from this host only, and for all of it (RFC 6265bis §4.1.3.2). On
    /// this machine alone there is no TLS, and so no prefix.
    fn cookie_name(&self) -> &'static str {
        if self.is_secure() {
            "__Host-jibu"
        } else {
            "jibu"
        }
    }

    /// The token that a browser brings.
    pub(super) fn token_of(&self, request: &HttpRequest) -> Option<Token> {
        Token::parse(request.cookie(self.cookie_name())?.value())
    }

    /// The cookie that gives a browser its token, until it is closed.
    pub(super) fn cookie(&self, token: &Token) -> Cookie<'static> {
        Cookie::build(self.cookie_name(), token.expose().to_owned())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.is_secure())
            .finish()
    }
}
