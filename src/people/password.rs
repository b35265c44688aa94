//! Passwords: which are good enough, and how they are kept.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
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

/// The memory in which passwords are looked at: none before the first, 19 MiB after it. Who looks at many keeps one. What is freed between
/// two looks comes back scattered, and a process that answers logins all day would grow to many times as much.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl Memory {
    fn blocks(&mut self, count: usize) -> Result<&mut [Block], NotHashed> {
        let missing = count.saturating_sub(self.0.len());
        self.0.try_reserve_exact(missing).map_err(|_| NotHashed)?;
        self.0.resize(self.0.len() + missing, Block::new());
        self.0.get_mut(..count).ok_or(NotHashed)
    }
}

/// What is stored of a password: Argon2id in PHC form. Takes 19 MiB and some tens of milliseconds.
///
/// # Errors
/// There is no memory for it.
pub fn hash(
    password: &str,
    salt: [u8; SALT_BYTES],
    memory: &mut Memory,
) -> Result<String, NotHashed> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    let form = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(Salt::new(&salt)?),
        hash: None,
    };
    let output = output(password, &form, memory)?;
    let hash = Some(output);
    Ok(PasswordHash { hash, ..form }.to_string())
}

/// Whether it is the password of that stored form. Where there is none, nobody's is tried in the same time, so that how long an
/// answer takes does not tell whether a person exists.
///
/// # Errors
/// There is no memory for it.
pub fn verify(
    password: &str,
    stored: Option<&str>,
    memory: &mut Memory,
) -> Result<bool, NotHashed> {
    let Some(stored) = stored else {
        return hash(password, [0; SALT_BYTES], memory).map(|_| false);
    };
    let stored = PasswordHash::new(stored)?;
    // Outputs are compared in the same time wherever they differ.
    Ok(stored.hash == Some(output(password, &stored, memory)?))
}

/// What comes out for a password by the parameters and the salt of a stored form.
fn output(password: &str, form: &PasswordHash, memory: &mut Memory) -> Result<Output, NotHashed> {
    let params = Params::try_from(form)?;
    let version = form.version.map(Version::try_from).transpose()?;
    let salt = form.salt.as_ref().ok_or(NotHashed)?;
    let blocks = memory.blocks(params.block_count())?;
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let algorithm = Algorithm::try_from(form.algorithm.as_str())?;
    let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), params);
    let mut out = Zeroizing::new(vec![0; length]);
    argon2.hash_password_into_with_memory(normal(password).as_bytes(), salt, &mut out, blocks)?;
    Ok(Output::new(&out)?)
}

impl From<argon2::Error> for NotHashed {
    fn from(_: argon2::Error) -> Self {
        Self
    }
}

impl From<argon2::password_hash::Error> for NotHashed {
    fn from(_: argon2::password_hash::Error) -> Self {
        Self
    }
}

impl From<argon2::password_hash::phc::Error> for NotHashed {
    fn from(_: argon2::password_hash::phc::Error) -> Self {
        Self
    }
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
        let memory = &mut Memory::default();
        let stored = hash("caf\u{e9} ya Wajir", [7; SALT_BYTES], memory).unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        let mut fits = |password| verify(password, Some(&stored), memory).unwrap();
        assert!(fits("cafe\u{301} ya Wajir"));
        assert!(!fits("cafe ya Wajir"));
        assert!(!verify("anything", None, memory).unwrap());
        assert_eq!(verify("anything", Some("plain"), memory), Err(NotHashed));
        assert_eq!(memory.0.len(), MEMORY_KIB as usize, "taken once");
    }
}
