//! What somebody can do now: the one thing that is next, then all else that is theirs to do.

use chrono::{DateTime, Utc};

use super::alike::TO_ALL;
use super::{Preview, Typed};
use crate::complaint::Status;
use crate::console::names::Names;
use crate::console::words::Words;
use crate::people::{Deed, Person, may};
use crate::store::Dossier;

/// Something that can be done.
pub(super) struct Offer {
    /// The deed in addresses.
    pub(super) word: &'static str,
    /// What it is called.
    pub(super) label: String,
    /// What it does.
    pub(super) what: String,
    /// What its button says.
    pub(super) button: String,
    /// Whether it is what comes next.
    pub(super) is_main: bool,
    /// Whether its form is shown at once.
    pub(super) is_open: bool,
    /// What the field for words is called; empty: there is none.
    pub(super) words_label: String,
    pub(super) words: String,
    pub(super) words_needed: bool,
    /// What the field for an organisation is called; empty: there is none.
    pub(super) to_label: String,
    /// What the field says where nobody is chosen.
    pub(super) to_nobody: String,
    pub(super) to_needed: bool,
    pub(super) to: String,
    pub(super) others: Vec<(String, String)>,
    /// Whether the complainant is told in the words that are typed.
    pub(super) tells: bool,
    pub(super) preview: Option<Preview>,
    /// Whether it can go to all of a group at once.
    pub(super) to_all: bool,
}

/// All that they may do with it.
pub(super) fn offers(
    dossier: &Dossier,
    person: &Person,
    names: &Names<'_>,
    typed: &Typed,
    now: DateTime<Utc>,
) -> Vec<Offer> {
    let concern = dossier.concern();
    let main = main_deed(dossier, person);
    let may_be_done = |deed: &Deed| may(person, *deed, &concern);
    let mut offers: Vec<Offer> = Deed::ALL
        .into_iter()
        .filter(may_be_done)
        .map(|deed| Offer::new(deed, deed == main, dossier, names, typed, now))
        .collect();
    offers.sort_by_key(|offer| !offer.is_main);
    offers
}

/// What comes next where it stands.
fn main_deed(dossier: &Dossier, person: &Person) -> Deed {
    let is_conveners = person.role.organisation() == Some(&dossier.convener);
    match dossier.complaint.status {
        _ if dossier.complaint.holder != dossier.convener && is_conveners => Deed::Refer,
        Status::Received | Status::Referred | Status::Returned if is_conveners => Deed::Refer,
        Status::Received | Status::Referred | Status::Returned => Deed::Accept,
        Status::Accepted | Status::InProgress | Status::Reopened => Deed::Update,
        Status::Resolved | Status::Closed => Deed::Note,
    }
}

impl Offer {
    fn new(
        deed: Deed,
        is_main: bool,
        dossier: &Dossier,
        names: &Names<'_>,
        typed: &Typed,
        now: DateTime<Utc>,
    ) -> Self {
        let words = &names.language.words;
        let is_typed = typed.deed == Some(deed);
        let written = if is_typed { typed.words.as_str() } else { "" };
        let (label, what, button) = said(deed, words);
        let (words_label, words_needed) = words_field(deed, words);
        let (to_label, to_nobody, to_needed) = to_field(deed, words);
        let others = if to_label.is_empty() {
            Vec::new()
        } else if deed == Deed::Language {
            names.text_languages()
        } else {
            names.organisations_of(&dossier.complaint.county)
        };
        let holder = dossier.complaint.holder.as_str();
        let can_get_it = |id: &str| {
            matches!(deed, Deed::MarkSensitive | Deed::Language)
                || (id != holder && !dossier.accused.iter().any(|accused| accused.as_str() == id))
        };
        let tells = matches!(deed, Deed::Update | Deed::Ask | Deed::Resolve);
        let shows = !tells || (is_typed && typed.shows && !written.is_empty());
        Self {
            to_all: TO_ALL.contains(&deed),
            word: deed.word(),
            label,
            what,
            button,
            is_main,
            is_open: is_main || is_typed,
            words_label,
            words: written.to_owned(),
            words_needed,
            to_label,
            to_nobody,
            to_needed,
            to: match deed {
                _ if is_typed => typed.to.clone(),
                Deed::Language => dossier.complaint.language.to_string(),
                _ => String::new(),
            },
            others: others
                .into_iter()
                .filter(|(id, _)| can_get_it(id))
                .collect(),
            tells,
            preview: if shows {
                Preview::of(&names.configuration, dossier, deed, written, now)
            } else {
                None
            },
        }
    }
}

/// What a deed is called.
pub(in crate::console) fn deed_name(deed: Deed, words: &Words) -> String {
    said(deed, words).0
}

/// What a deed is called, what it does, and what its button says.
fn said(deed: Deed, words: &Words) -> (String, String, String) {
    let w = &words.deed;
    match deed {
        Deed::Accept => (w.accept(), w.accept_what(), w.accept_do()),
        Deed::Return => (w.send_back(), w.send_back_what(), w.send_back_do()),
        Deed::Refer => (w.refer(), w.refer_what(), w.refer_do()),
        Deed::Start => (w.start(), w.start_what(), w.start_do()),
        Deed::Update => (w.update(), w.update_what(), w.update_do()),
        Deed::Ask => (w.ask(), w.ask_what(), w.ask_do()),
        Deed::Resolve => (w.resolve(), w.resolve_what(), w.resolve_do()),
        Deed::Note => (w.note(), w.note_what(), w.note_do()),
        Deed::Language => (w.language(), w.language_what(), w.language_do()),
        Deed::MarkSensitive => (w.sensitive(), w.sensitive_what(), w.sensitive_do()),
        Deed::NotAComplaint => (
            w.not_a_complaint(),
            w.not_a_complaint_what(),
            w.not_a_complaint_do(),
        ),
    }
}

/// What the field for words is called, and whether it must be filled in.
fn words_field(deed: Deed, words: &Words) -> (String, bool) {
    let w = &words.deed;
    match deed {
        Deed::Update => (w.words_update(), true),
        Deed::Ask => (w.words_ask(), true),
        Deed::Resolve => (w.words_resolve(), true),
        Deed::Return => (w.words_why(), true),
        Deed::Note => (w.words_note(), true),
        Deed::Refer => (w.words(), false),
        Deed::Accept | Deed::Start | Deed::Language | Deed::MarkSensitive | Deed::NotAComplaint => {
            (String::new(), false)
        }
    }
}

/// What the field for an organisation is called, what it says where nobody is chosen, and whether somebody must be.
fn to_field(deed: Deed, words: &Words) -> (String, String, bool) {
    let w = &words.deed;
    match deed {
        Deed::Return => (w.to(), w.to_convener(), false),
        Deed::Refer => (w.to(), w.to_whom(), true),
        Deed::MarkSensitive => (w.accuses(), w.accuses_nobody(), false),
        Deed::Language => (w.texts_in(), w.texts_in_which(), true),
        _ => (String::new(), String::new(), false),
    }
}
