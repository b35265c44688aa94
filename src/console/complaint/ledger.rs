//! Where a complaint has been: the ledger as a line of hops, with the time that each held it and why it went there.

use serde_json::Value;

use crate::complaint::OrganisationId;
use crate::console::look::{Calendar, Moment, shown};
use crate::console::names::Names;
use crate::people::Sight;
use crate::routing::Decision;
use crate::store::{Dossier, Hop};

/// A hop on the line.
pub(super) struct HopView {
    pub(super) holder: String,
    pub(super) at: Moment,
    /// Who referred it, in words.
    pub(super) by: String,
    pub(super) returned: bool,
    /// Why, in the person's words.
    pub(super) words: Option<String>,
    /// Why the rules sent it there, a line each.
    pub(super) why: Vec<String>,
    /// When it was accepted.
    pub(super) accepted: Option<Moment>,
    /// `held 2 days 4 h`; empty: not theirs to know.
    pub(super) held: String,
    /// How long the line is drawn to the next hop: 1 to 5.
    pub(super) length: u8,
    /// Whether they have it now.
    pub(super) is_now: bool,
}

impl HopView {
    pub(super) fn new(
        hop: &Hop,
        dossier: &Dossier,
        names: &Names<'_>,
        calendar: &Calendar<'_>,
    ) -> Self {
        let words = &names.language.words.complaint;
        let is_last = dossier.hops.last().is_some_and(|last| last.id == hop.id);
        let is_theirs = dossier.sight == Sight::All || hop.until.is_some();
        let time = hop.until.unwrap_or(calendar.now) - hop.at;
        let held = match hop.until {
            Some(_) => words.held(calendar.span(time)),
            None if is_theirs => words.held_so_far(calendar.span(time)),
            None => String::new(),
        };
        Self {
            holder: names.organisation(&hop.to),
            at: calendar.moment(hop.at),
            by: match (hop.actor.as_str(), &hop.person) {
                (_, Some(person)) if hop.returned => words.sent_back_by(person),
                ("rules", _) => words.by_rules(),
                ("complainant", _) => words.by_complainant(),
                ("hand_over", _) => words.by_hand_over(),
                (_, Some(person)) => words.by_person(person),
                _ => String::new(),
            },
            returned: hop.returned,
            words: hop.words.as_deref().map(shown),
            why: if hop.actor == "rules" {
                why(hop, &dossier.convener, names)
            } else {
                Vec::new()
            },
            accepted: hop.accepted_at.map(|at| calendar.moment(at)),
            held,
            length: length(time.num_hours()),
            is_now: is_last && hop.until.is_none() && dossier.sight == Sight::All,
        }
    }
}

/// Longer held, longer drawn: under a day, three, a week, three weeks, more.
fn length(hours: i64) -> u8 {
    match hours {
        ..24 => 1,
        24..72 => 2,
        72..168 => 3,
        168..504 => 4,
        _ => 5,
    }
}

/// A decision as it was kept: by which pact, or by which rule, how sure, for which words.
fn why(hop: &Hop, convener: &OrganisationId, names: &Names<'_>) -> Vec<String> {
    let (words, signs) = (&names.language.words.complaint, &names.language.words.signs);
    if let Some(code) = Decision::pact_in(&hop.reason) {
        return vec![words.by_pact(code)];
    }
    let kept: Value = serde_json::from_str(&hop.reason).unwrap_or_default();
    let Some(rule) = kept.get("rule").and_then(Value::as_str) else {
        return if hop.to == *convener {
            vec![words.no_rule()]
        } else {
            vec![words.chosen()]
        };
    };
    let sure = kept.get("sure").and_then(Value::as_f64).unwrap_or_default();
    let percent = format!("{:.0}", sure * 100.0);
    let reasons = kept.get("reasons").and_then(Value::as_array);
    let patterns = reasons
        .into_iter()
        .flatten()
        .filter_map(|one| one.get("pattern")?.as_str());
    let patterns: Vec<String> = patterns.map(|pattern| signs.quoted(pattern)).collect();
    let mut lines = vec![words.rule(rule, percent)];
    if !patterns.is_empty() {
        lines.push(words.words_found(patterns.join(&signs.comma())));
    }
    lines
}
