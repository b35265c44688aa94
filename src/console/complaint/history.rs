//! What was answered: what people wrote and did, each with the text that told the complainant of it and how far that came.

use chrono::{DateTime, Utc};

use crate::complaint::{LanguageId, SectorId};
use crate::console::look::{Calendar, Moment, shown};
use crate::console::names::{self, Names};
use crate::store::{Dossier, Entry, TextOut, TextState};

/// Something in the history.
pub(super) struct Item {
    /// How it is drawn: `citizen`, `team`, `note`, `event`, `sms`.
    pub(super) class: &'static str,
    pub(super) who: String,
    pub(super) what: String,
    pub(super) words: Option<String>,
    pub(super) is_damaged: bool,
    pub(super) media: u64,
    pub(super) moment: Moment,
    /// What the complainant was texted of it.
    pub(super) texts: Vec<TextView>,
}

/// A text to the complainant.
pub(super) struct TextView {
    /// The words; `None`: they cannot be shown.
    pub(super) words: Option<String>,
    pub(super) segments: u64,
    /// How far it came, in words.
    pub(super) state: String,
    /// How that is drawn: `arrived`, `on-the-way`, `lost`.
    pub(super) class: &'static str,
}

/// What was texted at once for the words that opened the complaint, then all of the history but those words, which are the letter. Of
/// the hops, which are the line, only what the complainant was texted.
pub(super) fn items(
    dossier: &Dossier,
    names: &Names<'_>,
    calendar: &Calendar<'_>,
) -> (Vec<TextView>, Vec<Item>) {
    let mut texts: Vec<&TextOut> = dossier.texts.iter().collect();
    let mut answers = Vec::new();
    let mut items: Vec<(DateTime<Utc>, Item)> = Vec::new();
    for (at, entry) in dossier.entries.iter().enumerate() {
        // What one transaction did and what it owes have one time.
        let (own, others): (Vec<&TextOut>, Vec<&TextOut>) = texts
            .into_iter()
            .partition(|text| text.created_at == entry.at);
        texts = others;
        let own = own.into_iter().map(|text| of_text(text, names, calendar));
        if at == 0 {
            answers.extend(own);
        } else {
            let mut item = of_entry(entry, names, calendar);
            item.texts.extend(own);
            let is_hop = matches!(entry.kind.as_str(), "referred" | "returned");
            if !is_hop || !item.texts.is_empty() {
                items.push((entry.at, item));
            }
        }
    }
    // What is left tells of entries that are not shown, or of several at once.
    let oldest = dossier
        .entries
        .get(1)
        .map(|entry| entry.at)
        .filter(|_| dossier.is_cut);
    let shown = texts
        .into_iter()
        .filter(|text| oldest.is_none_or(|oldest| text.created_at >= oldest));
    items.extend(shown.map(|text| (text.created_at, alone(text, names, calendar))));
    items.sort_by_key(|(at, _)| *at);
    (answers, items.into_iter().map(|(_, item)| item).collect())
}

/// An entry in a line: who, what, when.
pub(in crate::console) fn in_a_line(
    entry: &Entry,
    names: &Names<'_>,
    calendar: &Calendar<'_>,
) -> String {
    let item = of_entry(entry, names, calendar);
    let words = &names.language.words.history;
    words.line(item.who, item.what, item.moment.ago)
}

fn of_entry(entry: &Entry, names: &Names<'_>, calendar: &Calendar<'_>) -> Item {
    let words = &names.language.words.history;
    let has_words = entry.words.is_some() || entry.is_damaged;
    let class = match (entry.kind.as_str(), entry.actor.as_str()) {
        ("noted", _) => "note",
        (_, "complainant") if has_words => "citizen",
        _ if has_words => "team",
        _ => "event",
    };
    let who = match (entry.actor.as_str(), &entry.person, &entry.organisation) {
        ("complainant", ..) => words.complainant(),
        ("clock", ..) => words.clock(),
        ("rules" | "hand_over", ..) => words.rules(),
        (_, Some(person), Some(organisation)) => words.person(person, names.short(organisation)),
        (_, Some(person), None) => person.clone(),
        _ => String::new(),
    };
    Item {
        class,
        who,
        what: what(entry, names),
        words: entry.words.as_deref().map(shown),
        is_damaged: entry.is_damaged,
        media: u64::try_from(entry.media.len()).unwrap_or(u64::MAX),
        moment: calendar.moment(entry.at),
        texts: Vec::new(),
    }
}

/// What happened.
fn what(entry: &Entry, names: &Names<'_>) -> String {
    let words = &names.language.words.history;
    match (entry.kind.as_str(), entry.detail.as_deref()) {
        ("received", _) => words.received(),
        ("referred", _) => words.referred(),
        ("words_added", _) => words.words_added(),
        ("words_moved", _) => words.words_moved(),
        ("sector_told", Some(sector)) => words.sector_told(names.sector(&SectorId::new(sector))),
        ("language_chosen", Some(language)) => {
            words.language_chosen(names.text_language(&LanguageId::new(language)))
        }
        ("place_told", _) => words.place_told(),
        ("accepted", _) => words.accepted(),
        ("returned", _) => words.returned(),
        ("started", _) => words.started(),
        ("updated", _) => words.updated(),
        ("noted", _) => words.noted(),
        ("asked", _) => words.asked(),
        ("answered", _) => words.answered(),
        ("resolved", _) => words.resolved(),
        ("verdict", Some("solved")) => words.verdict_solved(),
        ("verdict", Some("partly")) => words.verdict_partly(),
        ("verdict", Some("not_solved")) => words.verdict_not_solved(),
        ("verdict", _) => words.verdict(),
        ("reopened", _) => words.reopened(),
        ("marked_sensitive", _) => words.marked_sensitive(),
        ("grouped", _) => words.grouped(),
        ("ungrouped", _) => words.ungrouped(),
        ("reminded", Some("second")) => words.reminded_again(),
        ("reminded", Some("escalated")) => words.escalated(),
        ("reminded", Some("committee")) => words.committee_told(),
        ("reminded", _) => words.reminded(),
        ("closed", as_what) => {
            let as_what = as_what.unwrap_or_default();
            words.closed(names::closed_as(&names.language.words, as_what))
        }
        (other, _) => words.other(other),
    }
}

/// A text that stands for itself.
fn alone(text: &TextOut, names: &Names<'_>, calendar: &Calendar<'_>) -> Item {
    Item {
        class: "sms",
        who: names.language.words.text.title(),
        what: String::new(),
        words: None,
        is_damaged: false,
        media: 0,
        moment: calendar.moment(text.created_at),
        texts: vec![of_text(text, names, calendar)],
    }
}

fn of_text(text: &TextOut, names: &Names<'_>, calendar: &Calendar<'_>) -> TextView {
    let words = &names.language.words.text;
    let (state, class) = match text.state {
        TextState::Pending if text.due_at > calendar.now => {
            (words.waits(calendar.moment(text.due_at).at), "on-the-way")
        }
        TextState::Pending => (words.pending(), "on-the-way"),
        TextState::Sending => (words.sending(), "on-the-way"),
        TextState::Accepted => (words.accepted(), "on-the-way"),
        TextState::Sent => (words.sent(), "on-the-way"),
        TextState::Delivered => (words.delivered(), "arrived"),
        TextState::Failed => (words.failed(), "lost"),
        TextState::Uncertain => (words.uncertain(), "lost"),
        TextState::Expired => (words.expired(), "lost"),
        TextState::Withheld => (words.withheld(), "lost"),
    };
    let state = match &text.why {
        Some(why) if class == "lost" => format!("{state} {}", words.why(why)),
        _ => state,
    };
    TextView {
        words: text.words.as_deref().map(shown),
        segments: text.segments.into(),
        state,
        class,
    }
}
