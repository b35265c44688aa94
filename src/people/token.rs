//! Secrets that a browser or a letter carries: of a session, of an invitation. The store knows their hashes only, so that who
//! reads the database can log in as nobody.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rand::Rng;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// 256 bits, as OWASP's session management asks for at least 64, spelt in 43 letters that need no quoting in an address.
const BYTES: usize = 32;
const LETTERS: usize = 43;

/// A secret of 256 random bits.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// What is stored of a token. Found by an index and not by comparing, so the time that takes tells nothing of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl Token {
    /// A new one.
    pub fn draw(rng: &mut impl Rng) -> Self {
        let mut bytes = Zeroizing::new([0_u8; BYTES]);
        rng.fill_bytes(bytes.as_mut());
        Self(Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(*bytes)))
    }

    /// What somebody presents; `None`: it can be none of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let right = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (text.len() == LETTERS && text.bytes().all(right))
            .then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The secret itself, for the cookie or the link that carries it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash(self.derive(b"jibu token"))
    }

    /// What the forms of a page carry that was made for the bearer of this token. It does not lead back to the token.
    pub fn for_forms(&self) -> Token {
        Self(Zeroizing::new(
            BASE64_URL_SAFE_NO_PAD.encode(self.derive(b"jibu form")),
        ))
    }

    /// Whether it is the same. Takes the same time wherever they differ.
    pub fn is(&self, other: &str) -> bool {
        let differing = |sum: u8, (a, b): (u8, u8)| sum | (a ^ b);
        self.0.len() == other.len() && self.0.bytes().zip(other.bytes()).fold(0, differing) == 0
    }

    /// A value for one purpose that nobody can tell who does not have the token.
    pub(super) fn derive(&self, purpose: &[u8]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(purpose);
        hash.update([0]);
        hash.update(self.0.as_bytes());
        hash.finalize().into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_does_not_show() {
        let token = Token::draw(&mut rand::rng());
        let read = Token::parse(token.expose()).unwrap();
        assert_eq!(read.hash(), token.hash());
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_ne!(Token::draw(&mut rand::rng()).hash(), token.hash());
    }

    #[test]
    fn what_is_no_token_is_not_looked_up() {
        for text in [
            "",
            "short",
            &"é".repeat(22),
            &"a".repeat(44),
            &" ".repeat(43),
        ] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_form_takes_the_value_of_its_own_token_only() {
        let token = Token::draw(&mut rand::rng());
        let form = token.for_forms();
        assert!(form.is(token.for_forms().expose()));
        for other in [
            token.expose(),
            "",
            Token::draw(&mut rand::rng()).for_forms().expose(),
        ] {
            assert!(!form.is(other));
        }
    }
}
