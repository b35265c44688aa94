//! Passwords: which are good enough, and how they are kept.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::common::is_common;

/// Fewer characters than this can be tried out by who has stolen a hash. Without rules on what kinds of characters: these make
/// passwords that are forgotten, not passwords that are hard to guess (NIST SP 800-63B §5.1.1.2).
pub const SHORTEST: usize = 12;
/// More is nobody's password.
pub const LONGEST: usize = 128;
/// Of one that repeats fewer than these, each guess is cheap.
const DIFFERENT: usize = 5;

/// What OWASP's Password Storage Cheat Sheet asks of Argon2id at least: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Bytes of salt (RFC 9106 §3.1).
pub const SALT_BYTES: usize = 16;

/// Why a password will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Under [`SHORTEST`] characters.
    Short,
    /// Over [`LONGEST`] characters.
    Long,
    /// It holds the person's name or email.
    OwnName,
    /// A few characters over and over.
    Plain,
    /// Put together from what others try first.
    Common,
}

/// A password could not be hashed: no memory, or a stored hash that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct NotHashed;

/// Why this person must not take that password; `None`: they may.
pub fn weakness(password: &str, name: &str, email: &str) -> Option<Weak> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(Weak::Short);
    }
    if length > LONGEST {
        return Some(Weak::Long);
    }
    let folded = password.to_lowercase();
    let mailbox = email.split('@').next().unwrap_or_default();
    // Two letters of a name may stand in any password.
    let tells = |own: &str| own.chars().count() > 3 && folded.contains(&own.to_lowercase());
    if tells(mailbox) || name.split_whitespace().any(tells) {
        return Some(Weak::OwnName);
    }
    let mut different: Vec<char> = folded.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < DIFFERENT {
        return Some(Weak::Plain);
    }
    is_common(&folded).then_some(Weak::Common)
}

/// What is stored of a password: Argon2id in PHC form. Takes 19 MiB and some tens of milliseconds.
///
/// # Errors
/// There is no memory for it.
pub fn hash(password: &str, salt: [u8; SALT_BYTES]) -> Result<String, NotHashed> {
    let hash = hasher()?.hash_password_with_salt(normal(password).as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|_| NotHashed)
}

/// Whether it is the password of that stored form. Where there is none, nobody's is tried in the same time, so that how long an
/// answer takes does not tell whether a person exists.
///
/// # Errors
/// There is no memory for it.
pub fn verify(password: &str, stored: Option<&str>) -> Result<bool, NotHashed> {
    let Some(stored) = stored else {
        return hash(password, [0; SALT_BYTES]).map(|_| false);
    };
    match hasher()?.verify_password(normal(password).as_bytes(), stored) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(NotHashed),
    }
}

fn hasher() -> Result<Argon2<'static>, NotHashed> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| NotHashed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The same password typed on another keyboard: `é` may be one character or two.
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfkc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<Weak> {
        weakness(password, "Halima Abdi", "habdi@water.example")
    }

    #[test]
    fn length_is_what_counts() {
        assert_eq!(weak("short-words"), Some(Weak::Short));
        assert_eq!(weak("three camels at noon"), None);
        assert_eq!(weak("maji safi kila siku"), None);
        assert_eq!(weak(&"longer ".repeat(18)), None);
        assert_eq!(weak(&"longer ".repeat(19)), Some(Weak::Long));
        assert_eq!(weak("ኣብ ማይ ጽሩይ ኣሎ ሎሚ"), None, "characters, not bytes");
    }

    #[test]
    fn ones_own_name_and_one_key_held_down_are_no_password() {
        assert_eq!(weak("HABDI-2026-wajir"), Some(Weak::OwnName));
        assert_eq!(weak("i am halima abdi!"), Some(Weak::OwnName));
        assert_eq!(weak("halima-kutoka-eldas"), Some(Weak::OwnName));
        assert_eq!(weak("p@ssw0rd2026!"), Some(Weak::Common));
        assert_eq!(weak("aaaaaaaaaaaaaaaa"), Some(Weak::Plain));
        assert_eq!(weak("121212121212"), Some(Weak::Plain));
        assert_eq!(weakness("a long enough one", "Al", "al@x.example"), None);
    }

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let stored = hash("caf\u{e9} ya Wajir", [7; SALT_BYTES]).unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(verify("cafe\u{301} ya Wajir", Some(&stored)).unwrap());
        assert!(!verify("cafe ya Wajir", Some(&stored)).unwrap());
        assert!(!verify("anything", None).unwrap());
        assert_eq!(verify("anything", Some("plain")), Err(NotHashed));
    }
}
