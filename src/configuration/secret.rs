//! Passwords and keys that came with the configuration.

use std::fmt;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

/// What no log, page or error may show. Wiped from memory when dropped; not comparable, since `==` takes longer the more of a
/// guess is right.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(Zeroizing::new(secret.into()))
    }

    /// The secret itself, for who signs in with it.
    pub fn expose(&self) -> &Zeroizing<String> {
        &self.0
    }

    /// Whether none was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() {
            "Secret(none)"
        } else {
            "Secret(…)"
        })
    }
}

/// No password is longer; a wrong path, say to a disk, must not fill the memory.
const LONGEST_FILE: u64 = 64 * 1024;

/// Reads the file that a secret stands in, less white space at its ends.
///
/// # Errors
/// Why it could not be read, for people.
pub(super) fn read_file(path: &Path) -> Result<Secret, String> {
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST_FILE + 1)
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    if text.len() as u64 > LONGEST_FILE {
        return Err("it is over 64 KiB".to_owned());
    }
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    Ok(Secret::new(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
        assert_eq!(format!("{:?}", Secret::default()), "Secret(none)");
    }

    #[test]
    fn a_file_is_read_without_its_line_end() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("password");
        std::fs::write(&path, "hunter2\n").unwrap();
        assert_eq!(read_file(&path).unwrap().expose().as_str(), "hunter2");
    }

    #[test]
    fn a_file_that_cannot_hold_a_secret_is_told() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("password");
        assert!(read_file(&path).unwrap_err().contains("No such file"));
        for (held, why) in [
            (" \n".to_owned(), "empty"),
            ("x".repeat(70_000), "over 64 KiB"),
        ] {
            std::fs::write(&path, held).unwrap();
            assert!(read_file(&path).unwrap_err().contains(why));
        }
        std::fs::write(&path, b"\xff\xfe").unwrap();
        assert!(read_file(&path).unwrap_err().contains("UTF-8"));
    }
}
