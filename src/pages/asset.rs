//! A style sheet or a script: part of the program, under a name that says which version it is, so that a browser keeps it.

use sha2::{Digest, Sha256};

use crate::text::hex::hex;

/// A file that pages name.
#[derive(Clone, Debug)]
pub(crate) struct Asset {
    /// The last part of its address: `console.0123456789ab.css`.
    pub(crate) name: String,
    /// Its MIME type.
    pub(crate) content_type: &'static str,
    /// The file.
    pub(crate) body: &'static str,
}

/// What an asset is answered with: its name changes with it, so that nobody has to ask again for a year.
pub(crate) const KEPT: &str = "public, max-age=31536000, immutable";

impl Asset {
    /// Names it by what is in it.
    pub(crate) fn new(
        stem: &str,
        kind: &str,
        content_type: &'static str,
        body: &'static str,
    ) -> Self {
        let digest = hex(&Sha256::digest(body.as_bytes()));
        let version: String = digest.chars().take(12).collect();
        Self {
            name: format!("{stem}.{version}.{kind}"),
            content_type,
            body,
        }
    }
}
