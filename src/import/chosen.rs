//! What is known of a file that somebody chose in the console, until it is handed over or put away.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::store::Store;

/// A file that nobody came back to for so long is taken away.
const ABANDONED_AFTER: TimeDelta = TimeDelta::days(1);

/// A file that was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chosen {
    /// Tells it from any other file that the same person chose.
    pub once: String,
    /// Its name, as it can be shown: never a path.
    pub name: String,
    /// When it was chosen.
    pub at: DateTime<Utc>,
    /// How it is said to be written; empty: it says so itself.
    pub encoding: String,
    /// The county that a draft of the mapping names.
    pub county: String,
    /// The mapping that was chosen with it; empty: none.
    pub mapping: String,
}

impl Chosen {
    /// As it stands before the file.
    ///
    /// # Errors
    /// None that is known of: it is text.
    pub fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// What stands before a file; `None`: nothing that this version knows.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// Takes away the files that nobody came back to. With `at_start` also what had not arrived when the service ended.
pub fn clear_away(store: &Store, now: DateTime<Utc>, at_start: bool) {
    let is_over = |about: &str| {
        let chosen = Chosen::from_text(about);
        chosen.is_none_or(|chosen| now - chosen.at > ABANDONED_AFTER)
    };
    if let Err(error) = store.take_away_uploads(at_start, is_over) {
        tracing::warn!(%error, "Files that were chosen for an import and left could not be taken away");
    }
}
