//! A complaint in a list, as its row shows it.

use crate::complaint::{Channel, Status};
use crate::console::look::{Calendar, DueText, Pressing, first_words};
use crate::console::names::{self, Names};
use crate::store::Listed;

/// A row.
#[derive(Debug)]
pub(in crate::console) struct RowView {
    /// Its number in groups.
    pub(in crate::console) number: String,
    /// Its number in addresses.
    pub(in crate::console) digits: u64,
    /// The last entry of its history: what something is done on.
    pub(in crate::console) seen: i64,
    /// How it came; empty: by text, as most do.
    pub(in crate::console) channel: String,
    /// The first words; `None`: they cannot be shown.
    pub(in crate::console) words: Option<String>,
    /// Where; empty: not known.
    pub(in crate::console) place: String,
    /// On what; empty: not known.
    pub(in crate::console) sector: String,
    /// Who has it.
    pub(in crate::console) holder: String,
    /// How it stands.
    pub(in crate::console) status: String,
    /// When the next thing is due; of one that is over, when it was closed.
    pub(in crate::console) due: DueText,
    /// Whether it waits for the complainant's word, and nobody is late.
    pub(in crate::console) waits: bool,
    /// Whether it takes the track of its own.
    pub(in crate::console) sensitive: bool,
    /// How often it was sent back.
    pub(in crate::console) returns: u32,
}

impl RowView {
    /// A row for a reader.
    pub(in crate::console) fn new(
        listed: &Listed,
        names: &Names<'_>,
        calendar: &Calendar<'_>,
    ) -> Self {
        let words = &names.language.words;
        let waits = listed.status == Status::Resolved;
        let is_closed = listed.status == Status::Closed;
        let mut due = calendar.due(listed.next_due);
        if is_closed {
            due.distance = calendar.moment(listed.next_due).ago;
        }
        if listed.is_paused {
            due.distance = words.list.paused();
        }
        if waits || is_closed || listed.is_paused {
            due.pressing = Pressing::Later;
        }
        let status = match &listed.closed_as {
            Some(closed_as) if is_closed => names::closed_as(words, closed_as),
            _ => names::status(words, listed.status),
        };
        Self {
            number: listed.number.to_string(),
            digits: listed.number.value(),
            seen: listed.newest_event,
            channel: match listed.channel {
                Channel::Sms => String::new(),
                other => names::channel(words, other),
            },
            // Who reads it is on record, and that is done by its own page.
            words: match listed.sensitive {
                true => Some(words.list.private()),
                false => listed.words.as_deref().map(first_words),
            },
            place: names.place_listed(listed.place.as_ref(), &listed.county),
            sector: listed
                .sector
                .as_ref()
                .map(|sector| names.sector(sector))
                .unwrap_or_default(),
            holder: names.short(&listed.holder),
            status,
            due,
            waits,
            sensitive: listed.sensitive,
            returns: listed.returns,
        }
    }
}
