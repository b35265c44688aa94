//! One text, and what the rules make of it.

use serde_json::{Value, json};

use super::advice::Advice;
use crate::cli::lines::labelled;
use crate::clock::Clock;
use crate::complaint::{County, OrganisationId, PactCode, PlaceId};
use crate::configuration::Configuration;
use crate::intake::conversation::Known;
use crate::intake::places::Found;
use crate::intake::{Meaning, understand};
use crate::routing::{Decision, Reason, Suggestion};
use crate::text::json::joined;
use crate::text::shown::quotation;

/// So much of a word of the text is quoted: somebody may have pasted anything.
const QUOTED: usize = 40;

/// A text as if it had been the first that a phone ever sent to a number of the county.
pub(super) struct Routed<'a> {
    configuration: &'a Configuration,
    text: &'a str,
    pub(super) decision: Decision,
    pub(super) place: Found,
    meaning: Meaning,
    suggestions: Vec<Suggestion>,
}

impl<'a> Routed<'a> {
    pub(super) fn new(
        configuration: &'a Configuration,
        county: &County,
        text: &'a str,
        advice: &Advice<'_>,
    ) -> Self {
        let (reading, decision, place) = configuration.read(text, county);
        let now = Clock::system().now();
        let known = Known {
            own: None,
            has_media: false,
            asked: None,
            asked_by: None,
            open: None,
            can_turn: false,
            named: &place,
            sector_named: None,
            decision: &decision,
            now,
        };
        Self {
            configuration,
            text,
            meaning: understand(&reading, &known),
            suggestions: advice.on(&reading.words, &decision),
            decision,
            place,
        }
    }

    /// For programs: the decision with all that the store keeps of it, and the suggestions with how many complaints they rest on,
    /// beside the words of the rules.
    pub(super) fn to_value(&self, advice: &Advice<'_>) -> Value {
        let candidates = match &self.place {
            Found::Ambiguous(candidates) => candidates.as_slice(),
            Found::One(_) | Found::None => &[],
        };
        let beside = json!({
            "suggestions": self.suggestions.iter().map(Suggestion::to_value).collect::<Vec<_>>(),
            "settled_complaints": (!self.decision.is_decided()).then(|| advice.settled()),
            "place_candidates": candidates.iter().map(PlaceId::as_str).collect::<Vec<_>>(),
            "taken_for": self.meaning.outcome(),
        });
        joined(self.decision.to_value(), beside)
    }

    /// For people.
    pub(super) fn told(&self, advice: &Advice<'_>) -> String {
        let mut rows = vec![("To", self.organisation(&self.decision.to))];
        rows.extend(self.taken_for().map(|what| ("But", what)));
        rows.extend(self.rule());
        rows.extend(self.secrecy());
        rows.push(("Place", self.place()));
        rows.extend(self.about().map(|about| ("About", about)));
        rows.extend(self.next());
        if !self.decision.is_decided() {
            rows.extend(self.suggested(&advice.rests_on()));
        }
        let lines: Vec<String> = rows
            .iter()
            .map(|(label, text)| labelled(label, text))
            .collect();
        lines.join("\n")
    }

    /// A text that asks for help or for a status never gets as far as the rules.
    fn taken_for(&self) -> Option<String> {
        (self.meaning != Meaning::Complaint).then(|| {
            let outcome = self.meaning.outcome().replace('_', " ");
            format!("texted, these words open no complaint: they are taken for `{outcome}`")
        })
    }

    /// The rule, and the words that made it so sure; or the pact, and its code.
    fn rule(&self) -> Vec<(&'static str, String)> {
        let because = || ("Because of", self.quoted(&self.decision.reasons));
        match (&self.decision.pact, &self.decision.rule) {
            (Some(pact), _) => vec![("Pact", self.pact(pact))],
            (None, Some(rule)) => {
                let rule = format!("{rule}, {}", sure(self.decision.sure));
                vec![("Rule", rule), because()]
            }
            (None, None) => {
                let needed = self.configuration.rules.sure_enough();
                let none = format!("none is {needed} sure, so the convener decides by hand");
                vec![("Rule", none)]
            }
        }
    }

    /// `WJR-2026-014, Borehole at Eldas: its monitor gets it, whatever the rules say`.
    fn pact(&self, code: &PactCode) -> String {
        let pact = self.configuration.rules.pact(code);
        let title = pact.map(|pact| &*pact.title).unwrap_or_default();
        let whose = match pact.is_some_and(|pact| pact.monitor == self.decision.to) {
            true => "its monitor gets it",
            false => "its monitor is of another county, or is accused itself",
        };
        format!("{code}, {title}: {whose}; no rule is asked")
    }

    fn secrecy(&self) -> Vec<(&'static str, String)> {
        let Decision {
            sensitive, against, ..
        } = &self.decision;
        let track =
            "the answers name neither the matter nor anybody, and only whom it goes to can see it";
        let track = sensitive.then(|| ("Sensitive", track.to_owned()));
        let accused: Vec<_> = against.iter().map(|id| self.organisation(id)).collect();
        let accused = accused.join("; ");
        let hidden = if against.contains(&self.decision.to) {
            format!("{accused}: and yet there is nobody else to have it")
        } else {
            format!("{accused}: never visible to them")
        };
        let hidden = (!against.is_empty()).then_some(("Against", hidden));
        track.into_iter().chain(hidden).collect()
    }

    fn place(&self) -> String {
        let name = |place: &PlaceId| self.configuration.places.name(place).unwrap_or_default();
        let named = match &self.place {
            Found::One(place) => return format!("{} ({place})", name(place)),
            Found::Ambiguous(candidates) => {
                let names = self.configuration.places.labels(candidates);
                format!("one of {}", names.unwrap_or_default().join(", "))
            }
            Found::None => "none named".to_owned(),
        };
        if self.decision.sensitive {
            named
        } else if self.decision.place_would_tell {
            format!(
                "{named}; the sender is asked, for a rule for some places might send it elsewhere"
            )
        } else {
            format!("{named}; the sender is asked")
        }
    }

    fn about(&self) -> Option<String> {
        if !self.decision.is_decided() {
            return None;
        }
        let Decision {
            sector,
            kind,
            priority,
            ..
        } = &self.decision;
        let sector = sector
            .as_ref()
            .and_then(|sector| self.configuration.rules.sector(sector));
        let sector = sector.map(|sector| sector.name.clone());
        let kind = kind.as_ref().map(|kind| kind.to_string());
        let priority = format!("{} priority", priority.as_str());
        let all: Vec<String> = sector.into_iter().chain(kind).chain([priority]).collect();
        Some(all.join(", "))
    }

    /// The rules that came next.
    fn next(&self) -> Option<(&'static str, String)> {
        let next = self.decision.runners_up.iter();
        let next: Vec<String> = next
            .map(|next| format!("{}, {}", next.rule, sure(next.sure)))
            .collect();
        (!next.is_empty()).then(|| ("Next", next.join("; ")))
    }

    /// Where no word of the text is known, those named would be named for any text.
    fn suggested(&self, rests_on: &str) -> Vec<(&'static str, String)> {
        if self.suggestions.iter().all(|one| one.words.is_empty()) {
            let nobody = "nobody, for none of its words is known".to_owned();
            return vec![("Likeliest", nobody), ("", rests_on.to_owned())];
        }
        let labels = std::iter::once("Likeliest").chain(std::iter::repeat(""));
        let told = self.suggestions.iter().map(|one| {
            let organisation = self.organisation(&one.organisation);
            let words = self.quoted(&one.words);
            let by = if words.is_empty() { "" } else { ": " };
            format!("{:.2}  {organisation}{by}{words}", one.sure)
        });
        labels.zip(told.chain([rests_on.to_owned()])).collect()
    }

    /// `"kimeharibka" (kimeharib*, mistyped)`: the text's own words, beside the rule's.
    fn quoted(&self, reasons: &[Reason]) -> String {
        let quote = |reason: &Reason| {
            let found = self.text.get(reason.at.clone()).unwrap_or_default();
            let found = quotation(found, QUOTED);
            let slip = if reason.slip { ", mistyped" } else { "" };
            if found.to_lowercase() == reason.pattern.to_lowercase() {
                format!("\"{found}\"")
            } else {
                format!("\"{found}\" ({}{slip})", reason.pattern)
            }
        };
        let quotes: Vec<String> = reasons.iter().map(quote).collect();
        quotes.join(", ")
    }

    fn organisation(&self, id: &OrganisationId) -> String {
        match self.configuration.rules.organisation(id) {
            Some(organisation) => format!("{} ({id})", organisation.name),
            None => id.to_string(),
        }
    }
}

/// As routing.toml writes it. Short of 1 nothing is told as 1.
fn sure(sure: f64) -> String {
    let shown = if sure < 1.0 { sure.min(0.99) } else { sure };
    format!("{shown:.2} sure")
}
