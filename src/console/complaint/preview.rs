//! What the phone will show, with how much of a text it takes.

use chrono::{DateTime, Utc};

use crate::actions::deed;
use crate::configuration::Configuration;
use crate::console::look::shown;
use crate::people::Deed;
use crate::store::Dossier;
use crate::text::gsm7;

/// A text before it is sent.
pub(in crate::console) struct Preview {
    pub(in crate::console) text: String,
    pub(in crate::console) segments: u64,
    /// Units used, and how many one segment holds.
    pub(in crate::console) units: usize,
    pub(in crate::console) holds: usize,
    /// Whether some of the words did not fit.
    pub(in crate::console) is_cut: bool,
}

impl Preview {
    /// The text that tells of a deed; `None`: nothing is told, or nobody can be.
    pub(in crate::console) fn of(
        configuration: &Configuration,
        dossier: &Dossier,
        deed: Deed,
        words: &str,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        if dossier.complaint.phone_id.is_none() || dossier.about.stopped_at.is_some() {
            return None;
        }
        let text = deed::preview(configuration, &dossier.complaint, deed, words, now)?;
        let count = gsm7::count(&text);
        Some(Self {
            is_cut: !deed::holds(&text, words),
            text: shown(&text),
            segments: u64::try_from(count.segments).unwrap_or(u64::MAX),
            units: count.units,
            holds: count.encoding.single(),
        })
    }
}
