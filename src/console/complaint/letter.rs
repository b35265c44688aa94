//! What was said, and the envelope that it came in.

use crate::complaint::{Channel, Next, Status};
use crate::console::look::{Calendar, DueText, Moment, Pressing, shown};
use crate::console::names::{self, Names};
use crate::console::words::Words;
use crate::people::Sight;
use crate::routing::Decision;
use crate::store::{BY_RULES, Dossier};

/// The letter with its envelope.
pub(super) struct Letter {
    pub(super) number: String,
    pub(super) status: String,
    /// What the complainant wrote; `None`: it cannot be shown.
    pub(super) words: Option<String>,
    /// How many pictures and sounds came with it.
    pub(super) media: u64,
    pub(super) came: Moment,
    pub(super) channel: String,
    /// When it was entered, where it was told before that day.
    pub(super) entered: Option<Moment>,
    /// Who brought it for who complained; empty: nobody, or not theirs to read.
    pub(super) brought_by: String,
    /// Who took it down; empty: nobody, or not theirs to read.
    pub(super) taken_by: String,
    /// Where; empty: not known.
    pub(super) place: String,
    pub(super) sector: String,
    pub(super) kind: String,
    /// The integrity pact by whose code it went: the code, and the title as long as the pact is there.
    pub(super) pact: Option<(String, String)>,
    /// Said where it is more pressing than most.
    pub(super) priority: String,
    pub(super) holder: String,
    /// What is due next and when; `None`: nothing is, or it is not theirs to know.
    pub(super) due: Option<(String, DueText)>,
    /// When it was closed.
    pub(super) closed: Option<Moment>,
    pub(super) sensitive: bool,
    /// Whom it accuses.
    pub(super) accused: String,
    /// Why the complainant cannot be texted.
    pub(super) cannot_be_texted: String,
    /// The language of the texts.
    pub(super) language: String,
    /// Who they are, as far as they said and it is the reader's to know: name, gender and age.
    pub(super) who: String,
    /// Where its words are, if with another.
    pub(super) merged: String,
}

impl Letter {
    pub(super) fn new(dossier: &Dossier, names: &Names<'_>, calendar: &Calendar<'_>) -> Self {
        let (complaint, about, origin) = (&dossier.complaint, &dossier.about, &dossier.origin);
        let words = &names.language.words;
        let first = dossier.entries.first();
        let media = first.map(|entry| entry.media.len()).unwrap_or_default();
        let accused: Vec<String> = dossier
            .accused
            .iter()
            .map(|id| names.organisation(id))
            .collect();
        let status = match &about.closed_as {
            Some(closed_as) => names::closed_as(words, closed_as),
            None => names::status(words, complaint.status),
        };
        let channel = Channel::from_word(&about.channel);
        let entered = first
            .filter(|entry| calendar.date(entry.at) != calendar.date(about.opened_at))
            .map(|entry| calendar.moment(entry.at));
        let mut came = calendar.moment(about.opened_at);
        // Of a paper the day is known, and no hour.
        if channel == Some(Channel::Paper) && entered.is_some() {
            came.at = calendar.date(about.opened_at);
        }
        let sees_all = dossier.sight == Sight::All;
        let is_closed = complaint.status == Status::Closed;
        Self {
            number: complaint.number.to_string(),
            status: if sees_all { status } else { String::new() },
            words: first.and_then(|entry| entry.words.as_deref()).map(shown),
            media: u64::try_from(media).unwrap_or(u64::MAX),
            came,
            channel: match channel {
                Some(channel) => names::channel(words, channel),
                None => about.channel.clone(),
            },
            entered,
            brought_by: match origin.brought_by.as_deref() {
                None => String::new(),
                Some("") => words.complaint.unnamed(),
                Some(who) => shown(who),
            },
            taken_by: match &origin.taken_by {
                Some((person, Some(own))) => words.history.person(person, names.short(own)),
                Some((person, None)) => person.clone(),
                None => String::new(),
            },
            place: complaint
                .place
                .as_ref()
                .map(|place| names.place_within(place, &complaint.county))
                .unwrap_or_default(),
            sector: about
                .sector
                .as_ref()
                .map(|sector| names.sector(sector))
                .unwrap_or_default(),
            kind: about
                .kind
                .as_deref()
                .filter(|_| sees_all || !complaint.sensitive)
                .map(|kind| names.kind(kind))
                .unwrap_or_default(),
            pact: pact(dossier, names),
            priority: match about.priority.as_str() {
                "high" => words.complaint.priority_high(),
                "urgent" => words.complaint.priority_urgent(),
                _ => String::new(),
            },
            holder: names.organisation(&complaint.holder),
            due: next_due(dossier, names, calendar).filter(|_| sees_all && !is_closed),
            closed: (sees_all && is_closed).then(|| calendar.moment(about.next_due)),
            // What became of it later is not theirs to know who passed it on.
            sensitive: sees_all && complaint.sensitive,
            accused: accused.join(&words.signs.comma()),
            cannot_be_texted: match (about.stopped_at, complaint.phone_id) {
                (Some(since), _) => words.complaint.stopped_what(calendar.date(since)),
                (None, None) => words.complaint.no_phone(),
                (None, Some(_)) => String::new(),
            },
            language: names.text_language(&complaint.language),
            who: who(dossier, words),
            // Who passed it on does not learn what became of it.
            merged: about
                .merged_into
                .filter(|_| sees_all)
                .map(|number| words.complaint.merged_into(number))
                .unwrap_or_default(),
        }
    }
}

/// What they said of themselves: `Amina Abdi, a woman, 18 to 34`.
fn who(dossier: &Dossier, words: &Words) -> String {
    let about = &dossier.about;
    let name = dossier.origin.name.as_deref().map(shown);
    let gender = about.gender.map(|gender| names::gender(words, gender));
    let age = about.age_group.map(|group| names::age_group(words, group));
    let said: Vec<String> = name.into_iter().chain(gender).chain(age).collect();
    if said.is_empty() {
        return words.complaint.not_given();
    }
    said.join(&words.signs.comma())
}

/// By the last decision of the rules that rested on one, of those that are theirs to know.
fn pact(dossier: &Dossier, names: &Names<'_>) -> Option<(String, String)> {
    let by_rules = dossier.hops.iter().filter(|hop| hop.actor == BY_RULES);
    let mut codes = by_rules.filter_map(|hop| Decision::pact_in(&hop.reason));
    let code = codes.next_back()?;
    let pact = names.configuration.rules.pact(&code);
    let title = pact.map(|pact| shown(&pact.title)).unwrap_or_default();
    Some((code.to_string(), title))
}

/// What is due next, in words, and when. On the complainant nobody waits as on a debtor: it is never late.
fn next_due(
    dossier: &Dossier,
    names: &Names<'_>,
    calendar: &Calendar<'_>,
) -> Option<(String, DueText)> {
    let words = &names.language.words.complaint;
    let mut due = calendar.due(dossier.about.next_due);
    let what = match dossier.complaint.status.next()? {
        Next::Accept => words.accept_by(),
        Next::Act => words.act_by(),
        Next::Resolve => words.resolve_by(),
        Next::Verdict => {
            due.pressing = Pressing::Later;
            words.answer_by()
        }
    };
    if dossier.about.is_paused {
        due.pressing = Pressing::Later;
        return Some((words.paused(what), due));
    }
    Some((what, due))
}
