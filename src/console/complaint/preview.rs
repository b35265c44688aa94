//! What the phone will show, with how much of a text it takes.

use chrono::{DateTime, Utc};

use crate::actions::deed;
use crate::configuration::Configuration;
use crate::console::look::shown;
use crate::people::Deed;
use crate::store::{Dossier, Entry, TextOut, TextState, Untold};
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
        let mut untold = untold(dossier, now);
        untold.push(Untold {
            words: words.trim().to_owned(),
            asks: deed == Deed::Ask,
        });
        untold.retain(|one| !one.words.is_empty());
        let text = deed::preview(configuration, &dossier.complaint, deed, &untold, now)?;
        let written: Vec<_> = untold.iter().map(|one| one.words.as_str()).collect();
        let count = gsm7::count(&text);
        Some(Self {
            is_cut: !deed::holds(&text, &written.join(" ")),
            text: shown(&text),
            segments: u64::try_from(count.segments).unwrap_or(u64::MAX),
            units: count.units,
            holds: count.encoding.single(),
        })
    }
}

/// What was written to the complainant and still waits to be sent: it leaves in one text with what is written now.
fn untold(dossier: &Dossier, now: DateTime<Utc>) -> Vec<Untold> {
    let has_left =
        |text: &&TextOut| text.notice && (text.state != TextState::Pending || text.due_at <= now);
    let left = dossier.texts.iter().filter(has_left).map(|text| text.id);
    let since = left.max().unwrap_or_default();
    let told_in_words = |entry: &&Entry| {
        entry.id > since && matches!(entry.kind.as_str(), "updated" | "asked" | "resolved")
    };
    let waiting = dossier.entries.iter().filter(told_in_words);
    waiting
        .filter_map(|entry| {
            Some(Untold {
                words: entry.words.clone()?,
                asks: entry.kind == "asked",
            })
        })
        .collect()
}
