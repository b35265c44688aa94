//! What the rules came to, and why.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::complaint::{County, OrganisationId, PactCode, PlaceId, Priority, RuleId, SectorId};
use crate::deadlines::About;
use crate::text::json::joined;

/// Where a complaint goes, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The rule that decided; `None`: none was sure enough, and the convener decides, or a pact did.
    pub rule: Option<RuleId>,
    /// The integrity pact whose code is in the text, which decides before any rule; the first of several.
    pub pact: Option<PactCode>,
    /// Who gets it.
    pub to: OrganisationId,
    /// What it is about, if the rule says.
    pub sector: Option<SectorId>,
    /// What kind of complaint, if the rule says.
    pub kind: Option<Arc<str>>,
    /// The smallest place that it is about, if known.
    pub place: Option<PlaceId>,
    /// How pressing it is.
    pub priority: Priority,
    /// Whether it takes the track of its own: neutral texts, nobody but whom it goes to.
    pub sensitive: bool,
    /// The organisations it accuses: never visible to them.
    pub against: Vec<OrganisationId>,
    /// How sure the rule is, 0 to 1; 1 by a pact, 0 where nothing decided.
    pub sure: f64,
    /// The rule's words that are in the text, or the codes of pacts, in its order.
    pub reasons: Vec<Reason>,
    /// The next rules, at most three, the surest first; without a rule, whom the convener may think of.
    pub runners_up: Vec<RunnerUp>,
    /// Whether a rule for some places only would send it elsewhere, were it known that it is about one of them.
    pub place_would_tell: bool,
    /// Which version of the rules decided: see [`Rules::digest`](super::Rules::digest).
    pub digest: Arc<str>,
}

/// A word of a rule, and where the text has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The word as the administrator wrote it, never the text's own.
    pub pattern: Arc<str>,
    /// Bytes of the original text.
    pub at: Range<usize>,
    /// Whether the text has it with a typing slip: `borhole`.
    pub slip: bool,
}

/// A rule that matched and did not decide.
#[derive(Clone, Debug, PartialEq)]
pub struct RunnerUp {
    /// Which.
    pub rule: RuleId,
    /// How sure it is, 0 to 1.
    pub sure: f64,
}

impl Decision {
    /// Whether the file says whose it is: by a rule, or by a pact. Else the convener does.
    pub fn is_decided(&self) -> bool {
        self.rule.is_some() || self.pact.is_some()
    }

    /// As the store keeps it with the referral: `rule`, `pact` (its code), `sure`, `reasons` (patterns with the bytes of the text, and whether it is
    /// mistyped there), `place`, `runners_up`, `against` (whom it accuses, by the rules of that day), `digest`. No word
    /// of the text.
    pub fn to_json(&self) -> String {
        self.kept().to_string()
    }

    /// All of it: also what the store keeps with the complaint.
    pub fn to_value(&self) -> Value {
        let of_complaint = json!({
            "to": self.to.as_str(),
            "sector": self.sector.as_ref().map(SectorId::as_str),
            "kind": self.kind.as_deref(),
            "priority": self.priority.as_str(),
            "sensitive": self.sensitive,
            "place_would_tell": self.place_would_tell,
        });
        joined(self.kept(), of_complaint)
    }

    fn kept(&self) -> Value {
        let runner_up =
            |next: &RunnerUp| json!({ "rule": next.rule.as_str(), "sure": rounded(next.sure) });
        json!({
            "rule": self.rule.as_ref().map(RuleId::as_str),
            "pact": self.pact.as_ref().map(PactCode::as_str),
            "sure": rounded(self.sure),
            "reasons": self.reasons.iter().map(Reason::to_value).collect::<Vec<_>>(),
            "place": self.place.as_ref().map(PlaceId::as_str),
            "runners_up": self.runners_up.iter().map(runner_up).collect::<Vec<_>>(),
            "against": self.against.iter().map(OrganisationId::as_str).collect::<Vec<_>>(),
            "digest": &*self.digest,
        })
    }

    /// Whom a decision accuses that was kept as [`Self::to_json`] writes it.
    pub fn accused_in(json: &str) -> Vec<OrganisationId> {
        let kept: Value = serde_json::from_str(json).unwrap_or_default();
        let against = kept.get("against").and_then(Value::as_array);
        let ids = against.into_iter().flatten().filter_map(|id| id.as_str());
        ids.map(OrganisationId::new).collect()
    }

    /// What the deadlines of what it decides depend on.
    pub fn about(&self) -> About<'_> {
        About {
            sector: self.sector.as_ref(),
            kind: self.kind.as_deref(),
            priority: self.priority,
            holder: &self.to,
        }
    }

    /// By which pact a decision went that was kept as [`Self::to_json`] writes it.
    pub fn pact_in(json: &str) -> Option<PactCode> {
        let kept: Value = serde_json::from_str(json).unwrap_or_default();
        kept.get("pact")?.as_str().map(PactCode::new)
    }

    /// The same where somebody chose what it is about, and no rule for just that decided: that organisation has such complaints.
    pub fn chosen(self, sector: &SectorId, to: &OrganisationId) -> Self {
        Self {
            rule: None,
            to: to.clone(),
            sector: Some(sector.clone()),
            kind: None,
            sure: 0.0,
            ..self
        }
    }

    /// The same where these are accused too: nothing goes to one of them.
    pub fn also_against(mut self, accused: Vec<OrganisationId>, county: &County) -> Self {
        self.against.extend(accused);
        self.against.sort_unstable();
        self.against.dedup();
        if self.against.contains(&self.to) {
            self.to = county.neutral(&self.against).clone();
        }
        self
    }
}

impl Reason {
    /// `pattern`, `at` (from, to, in bytes of the text), `slip`.
    pub(super) fn to_value(&self) -> Value {
        json!({
            "pattern": &*self.pattern,
            "at": [self.at.start, self.at.end],
            "slip": self.slip,
        })
    }
}

/// To four places: what is beyond is noise of the arithmetic.
pub(super) fn rounded(sure: f64) -> f64 {
    (sure * 10_000.0).round() / 10_000.0
}
