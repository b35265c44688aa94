//! From the rules that match to one decision.

use std::cmp::Reverse;
use std::sync::Arc;

use super::matcher::Match;
use super::pact::Named;
use super::rules::{Rule, Rules};
use super::{Decision, Reason, RunnerUp};
use crate::complaint::{County, OrganisationId, PlaceId, Priority};
use crate::text::normalise::Normalised;

/// How many rules that did not decide are kept with a decision.
const RUNNERS_UP: usize = 3;
/// What pacts are against.
const KIND_OF_A_PACT: &str = "corruption";

/// A rule that matches a text and has a say about it.
#[derive(Clone)]
struct Candidate<'r> {
    rule: &'r Rule,
    found: Match<'r>,
    /// Whether it may decide.
    sure_enough: bool,
}

/// Decides who gets a complaint.
///
/// `places` is where it is about with all that this lies in (ward, sub-county, county); empty where it is not known. The
/// surest rule wins, then the earlier in the file. A sensitive rule that is sure enough wins over all that are not
/// sensitive: a word of a bribe weighs more than all the words about the pump. Below `sure_enough` the convener decides;
/// and nothing goes to an organisation that it accuses, but to the convener, or to who oversees the convener: whom a rule
/// that is sure enough says so of, and, where the matter is sensitive, whom the text names.
///
/// A pact's code is before all of that: what is texted with it goes to the pact's monitor, and is sensitive.
///
/// Where the place is not known, the decision also says whether to know it could change who gets it.
pub fn decide(rules: &Rules, text: &Normalised, county: &County, places: &[PlaceId]) -> Decision {
    let (here, elsewhere): (Vec<_>, Vec<_>) = candidates(rules, text, county)
        .into_iter()
        .partition(|candidate| candidate.rule.holds_at(county, places));
    let pacts = rules.pacts.named_in(text);
    if let Some(first) = pacts.first() {
        let decision = decided_by_pact(first, &pacts, here, rules, text, county);
        return Decision {
            place: places.first().cloned(),
            ..decision
        };
    }
    if elsewhere.is_empty() || !places.is_empty() {
        let decision = decide_among(here, rules, text, county);
        return Decision {
            place: places.first().cloned(),
            ..decision
        };
    }
    let decision = decide_among(here.clone(), rules, text, county);
    let place_would_tell = elsewhere
        .into_iter()
        .filter(|one| one.sure_enough)
        .any(|one| {
            let with_it = here.iter().cloned().chain([one]).collect();
            let then = decide_among(with_it, rules, text, county);
            (then.to, then.sensitive) != (decision.to.clone(), decision.sensitive)
        });
    Decision {
        place_would_tell,
        ..decision
    }
}

fn decide_among(
    mut candidates: Vec<Candidate<'_>>,
    rules: &Rules,
    text: &Normalised,
    county: &County,
) -> Decision {
    rank(&mut candidates);
    let decides = candidates.first().is_some_and(|first| first.sure_enough);
    let sensitive = decides && candidates.first().is_some_and(|first| first.rule.sensitive);
    let named = sensitive.then(|| rules.names.named_in(text, &county.id));
    let against = accused(&candidates, named.into_iter().flatten());
    let mut rest = candidates.into_iter();
    let winner = if decides { rest.next() } else { None };
    let undecided = undecided(rest, rules, county);
    match winner {
        Some(winner) => decided_by(&winner, against, county, undecided),
        None => undecided,
    }
}

/// By the first pact's code in the text. All pacts in it accuse, beside the rules and the names: the monitor may be whom another pact is
/// about, and nobody but the convener, or who oversees it, can then tell whose it is. So it goes there too where the pact is of another county:
/// its monitor has nothing to do with this one's complaints.
fn decided_by_pact(
    first: &Named<'_>,
    pacts: &[Named<'_>],
    mut candidates: Vec<Candidate<'_>>,
    rules: &Rules,
    text: &Normalised,
    county: &County,
) -> Decision {
    rank(&mut candidates);
    let named = rules.names.named_in(text, &county.id);
    let by_pacts = pacts.iter().flat_map(|named| named.pact.accused());
    let against = accused(&candidates, named.chain(by_pacts));
    let pact = first.pact;
    let to = match pact.county == county.id && !against.contains(&pact.monitor) {
        true => &pact.monitor,
        false => county.neutral(&against),
    };
    let reasons = pacts.iter().map(|named| Reason {
        pattern: named.pact.code.as_str().into(),
        at: named.at.clone(),
        slip: false,
    });
    Decision {
        pact: Some(pact.code.clone()),
        to: to.clone(),
        kind: Some(KIND_OF_A_PACT.into()),
        priority: pact.priority,
        sensitive: true,
        against,
        sure: 1.0,
        reasons: reasons.collect(),
        ..undecided(candidates.into_iter(), rules, county)
    }
}

/// The convener decides, and may think of these.
fn undecided<'r>(
    candidates: impl Iterator<Item = Candidate<'r>>,
    rules: &Rules,
    county: &County,
) -> Decision {
    Decision {
        rule: None,
        pact: None,
        to: county.convener.clone(),
        sector: None,
        kind: None,
        place: None,
        priority: Priority::default(),
        sensitive: false,
        against: Vec::new(),
        sure: 0.0,
        reasons: Vec::new(),
        runners_up: candidates.take(RUNNERS_UP).map(RunnerUp::from).collect(),
        place_would_tell: false,
        digest: Arc::clone(&rules.digest),
    }
}

/// Puts first what is to win.
fn rank(candidates: &mut [Candidate<'_>]) {
    candidates.sort_by(|a, b| {
        let sensitive = |c: &Candidate<'_>| c.sure_enough && c.rule.sensitive;
        Reverse(sensitive(a))
            .cmp(&Reverse(sensitive(b)))
            .then(b.found.sure.total_cmp(&a.found.sure))
            .then(a.found.rule.cmp(&b.found.rule))
    });
}

/// The rules that match and hold for that county, wherever in it, in the order of the file.
fn candidates<'r>(rules: &'r Rules, text: &Normalised, county: &County) -> Vec<Candidate<'r>> {
    let matches = rules.matcher.matches(&rules.rules, text).into_iter();
    matches
        .filter_map(|found| {
            let rule = rules.rules.get(found.rule)?;
            let sure_enough = found.sure >= rules.sure_enough;
            rule.holds_for(&county.id).then_some(Candidate {
                rule,
                found,
                sure_enough,
            })
        })
        .collect()
}

/// Whom the rules that are sure enough accuse, also those that did not win: `pump` may be surer than `bribe`; and these.
fn accused<'a>(
    candidates: &[Candidate<'a>],
    named: impl Iterator<Item = &'a OrganisationId>,
) -> Vec<OrganisationId> {
    let sure = candidates.iter().filter(|candidate| candidate.sure_enough);
    let by_rule = sure.flat_map(|candidate| &candidate.rule.against);
    let mut against: Vec<OrganisationId> = by_rule.chain(named).cloned().collect();
    against.sort_unstable();
    against.dedup();
    against
}

fn decided_by(
    winner: &Candidate<'_>,
    against: Vec<OrganisationId>,
    county: &County,
    undecided: Decision,
) -> Decision {
    let rule = winner.rule;
    let to = rule.organisation(county);
    let to = if against.contains(to) {
        county.neutral(&against)
    } else {
        to
    };
    let reasons = winner.found.words.iter().map(|word| Reason {
        pattern: Arc::clone(&word.pattern.written),
        at: word.at.clone(),
        slip: word.slip,
    });
    Decision {
        rule: Some(rule.id.clone()),
        to: to.clone(),
        sector: rule.sector.clone(),
        kind: rule.kind.clone(),
        priority: rule.priority,
        sensitive: rule.sensitive,
        against,
        sure: winner.found.sure,
        reasons: reasons.collect(),
        ..undecided
    }
}

impl From<Candidate<'_>> for RunnerUp {
    fn from(candidate: Candidate<'_>) -> Self {
        Self {
            rule: candidate.rule.id.clone(),
            sure: candidate.found.sure,
        }
    }
}
