//! What was answered: what people wrote and did, and each text to the complainant with how far it came, in the order in which it was.

use chrono::{DateTime, Utc};

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
    /// Of a text: how far it came, and whether that is a trouble.
    pub(super) state: Option<(String, &'static str)>,
}

/// All of it but what opened the complaint, which is the letter, and the hops, which are the line.
pub(super) fn items(dossier: &Dossier, names: &Names<'_>, calendar: &Calendar<'_>) -> Vec<Item> {
    let entries = dossier.entries.iter().skip(1);
    let told = entries
        .filter(|entry| !matches!(entry.kind.as_str(), "received" | "referred" | "returned"));
    let oldest = dossier
        .entries
        .get(1)
        .filter(|_| dossier.is_cut)
        .map(|entry| entry.at);
    let texts = dossier
        .texts
        .iter()
        .filter(|text| oldest.is_none_or(|oldest| text.created_at >= oldest));
    let mut items: Vec<(DateTime<Utc>, u8, Item)> = told
        .map(|entry| (entry.at, 0, of_entry(entry, names, calendar)))
        .chain(texts.map(|text| (text.created_at, 1, of_text(text, names, calendar))))
        .collect();
    items.sort_by_key(|(at, order, _)| (*at, *order));
    items.into_iter().map(|(_, _, item)| item).collect()
}

/// An entry in a line: who, what, when.
pub(in crate::console) fn in_a_line(
    entry: &Entry,
    names: &Names<'_>,
    calendar: &Calendar<'_>,
) -> String {
    let item = of_entry(entry, names, calendar);
    format!("{} {} ({})", item.who, item.what, item.moment.ago)
}

fn of_entry(entry: &Entry, names: &Names<'_>, calendar: &Calendar<'_>) -> Item {
    let words = &names.language.words.history;
    let class = match (entry.kind.as_str(), entry.actor.as_str()) {
        ("noted", _) => "note",
        (_, "complainant") if entry.words.is_some() || entry.is_damaged => "citizen",
        _ if entry.words.is_some() || entry.is_damaged => "team",
        _ => "event",
    };
    let who = match (entry.actor.as_str(), &entry.person, &entry.organisation) {
        ("complainant", ..) => words.complainant(),
        ("clock", ..) => words.clock(),
        ("rules", ..) => words.rules(),
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
        state: None,
    }
}

/// What happened.
pub(super) fn what(entry: &Entry, names: &Names<'_>) -> String {
    let words = &names.language.words.history;
    match (entry.kind.as_str(), entry.detail.as_deref()) {
        ("received", _) => words.received(),
        ("referred", _) => words.referred(),
        ("words_added", _) => words.words_added(),
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
        ("closed", as_what) => {
            let as_what = as_what.unwrap_or_default();
            words.closed(names::closed_as(&names.language.words, as_what))
        }
        (other, _) => words.other(other),
    }
}

fn of_text(text: &TextOut, names: &Names<'_>, calendar: &Calendar<'_>) -> Item {
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
    Item {
        class: "sms",
        who: words.title(),
        what: words.segments(text.segments.into()),
        words: text.words.as_deref().map(shown),
        is_damaged: text.words.is_none(),
        media: 0,
        moment: calendar.moment(text.created_at),
        state: Some((state, class)),
    }
}
