//! The second factor: a code of six digits that changes every 30 seconds (TOTP, RFC 6238), from an application on a person's
//! phone.

use std::fmt;

use chrono::{DateTime, Utc};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Secret, Totp};

use super::Token;

/// As many bytes of secret as the hash behind the code has (RFC 4226 §4, requirement R6).
const SECRET_BYTES: usize = 20;
/// Steps, a quarter of an hour, that the last code may seem to come from the future: the clock is set a little now and then. Further
/// on it was taken while the clock was wrong, and to wait for it would lock a person out for years.
const FROM_THE_FUTURE: i64 = 30;
/// What an authenticator lists it under.
const ISSUER: &str = "jibu";

/// A person's authenticator. One code before and one after the current are taken too: clocks differ.
pub struct Authenticator(Totp);

impl Authenticator {
    /// The one that a person enrols who holds that invitation, in that browser. It comes from both, and so is the same when a
    /// form has to be filled in again, though it is stored nowhere before it is proven; the browser's half is forgotten then, and
    /// who finds the invitation later learns nothing.
    pub fn enrolled(invitation: &Token, browser: &Token) -> Option<Self> {
        let secret = invitation.derive(&browser.derive(b"jibu authenticator"));
        Self::with(Secret::from(secret.get(..SECRET_BYTES)?.to_vec()))
    }

    /// The one with that stored secret.
    pub fn from_secret(base32: &str) -> Option<Self> {
        Self::with(Secret::try_from_base32(base32).ok()?)
    }

    fn with(secret: Secret) -> Option<Self> {
        let built = Builder::new().with_secret(secret).build();
        built.ok().map(Self)
    }

    /// The secret, as applications take it and as it is stored.
    pub fn secret(&self) -> String {
        self.0.secret().to_base32()
    }

    /// The address that applications read from a picture (Google Authenticator's Key Uri Format).
    pub fn address(&self, email: &str) -> String {
        format!(
            "otpauth://totp/{ISSUER}:{}?secret={}&issuer={ISSUER}",
            utf8_percent_encode(email, NON_ALPHANUMERIC),
            self.secret()
        )
    }

    /// Which step that code is of; `None`: it is wrong, or of no later step than `used`, the last whose code was taken. A
    /// code is taken once, so that who looked over a shoulder comes too late (RFC 6238 §5.2).
    pub fn step_of(&self, code: &str, now: DateTime<Utc>, used: i64) -> Option<i64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(now.timestamp()).ok()?;
        let step = i64::try_from(self.0.check(&code, seconds)?).ok()?;
        let is_new = step > used || used > step + FROM_THE_FUTURE;
        is_new.then_some(step)
    }

    /// The code that an application shows then.
    pub fn code(&self, at: DateTime<Utc>) -> String {
        let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
        self.0.generate(seconds).to_string()
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authenticator(…)")
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    /// The secret of RFC 6238's appendix B, `12345678901234567890`, in base32.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let authenticator = Authenticator::from_secret(RFC).unwrap();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(authenticator.code(at(seconds)), code);
            assert_eq!(
                authenticator.step_of(code, at(seconds), 0),
                Some(seconds / 30)
            );
        }
    }

    #[test]
    fn a_code_is_taken_once_a_little_early_and_a_little_late() {
        let authenticator = Authenticator::from_secret(RFC).unwrap();
        let now = at(1_234_567_890);
        let step = now.timestamp() / 30;
        let code = |minutes: i64| authenticator.code(now + TimeDelta::seconds(30 * minutes));
        for off in -1..=1 {
            assert_eq!(
                authenticator.step_of(&code(off), now, 0),
                Some(step + off),
                "{off}"
            );
        }
        for off in [-2, 2] {
            assert_eq!(authenticator.step_of(&code(off), now, 0), None, "{off}");
        }
        assert_eq!(authenticator.step_of(&code(0), now, step), None, "again");
        assert_eq!(authenticator.step_of(&code(-1), now, step), None, "earlier");
        assert_eq!(authenticator.step_of(&code(0), now, step + 30), None);
        let while_the_clock_was_wrong = step + 1_000_000;
        assert_eq!(
            authenticator.step_of(&code(0), now, while_the_clock_was_wrong),
            Some(step)
        );
        assert_eq!(authenticator.step_of("005 924", now, 0), Some(step));
        for wrong in ["", "5924", "0059240", "٠٠٥٩٢٤", "abcdef"] {
            assert_eq!(authenticator.step_of(wrong, now, 0), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_enrolled_depends_on_the_invitation_and_on_the_browser() {
        let [invitation, browser, other] = [(); 3].map(|()| Token::draw(&mut rand::rng()));
        let secret = |a: &Token, b: &Token| Authenticator::enrolled(a, b).unwrap().secret();
        assert_eq!(secret(&invitation, &browser), secret(&invitation, &browser));
        assert_eq!(secret(&invitation, &browser).len(), 32);
        assert_ne!(secret(&invitation, &browser), secret(&invitation, &other));
        assert_ne!(secret(&invitation, &browser), secret(&other, &browser));
    }

    #[test]
    fn an_application_reads_the_address() {
        let authenticator = Authenticator::from_secret(RFC).unwrap();
        assert_eq!(
            authenticator.address("asha+1@x.example"),
            format!("otpauth://totp/jibu:asha%2B1%40x%2Eexample?secret={RFC}&issuer=jibu")
        );
        assert_eq!(format!("{authenticator:?}"), "Authenticator(…)");
        assert!(Authenticator::from_secret("no base 32").is_none());
    }
}
