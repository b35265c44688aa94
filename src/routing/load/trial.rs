//! The file's own tests: texts, and where they are to go.

use std::collections::HashMap;
use std::ops::Range;

use super::section::Section;
use super::{CONVENER, Loading, keys};
use crate::complaint::{County, CountyId, OrganisationId, PactCode};
use crate::routing::{Decision, Rules, decide};
use crate::text::normalise::Normalised;
use crate::text::toml_file::Report;

/// A `[[test]]`.
pub(super) struct Trial<'t> {
    text: &'t str,
    /// Where it is to go; `None`: to the convener.
    to: Option<OrganisationId>,
    at: Range<usize>,
    county: Option<CountyId>,
    /// The pact that it is to go by, and where that is written.
    pact: Option<(PactCode, Range<usize>)>,
}

impl Loading<'_> {
    pub(super) fn trial<'t>(&mut self, section: &Section<'t>) -> Option<Trial<'t>> {
        section.only(keys::TEST, &mut self.report);
        let text = section.text("text", &mut self.report);
        let to = section.text("to", &mut self.report);
        let to = to
            .filter(|(id, at)| *id == CONVENER || self.organisations.has(id, at, &mut self.report));
        let county = section.text("county", &mut self.report);
        let county = county.filter(|(id, at)| self.counties.has(id, at, &mut self.report));
        let pact = section.text("pact", &mut self.report);
        let pact = pact.filter(|(code, at)| self.pacts.has(code, at, &mut self.report));
        let (to, at) = to?;
        let to = (to != CONVENER).then(|| OrganisationId::new(to));
        let own = to
            .as_ref()
            .and_then(|to| self.works_in.get(to)?.first())
            .cloned();
        let county = county.map(|(id, _)| CountyId::new(id)).or(own);
        Some(Trial {
            text: text?.0,
            to,
            at,
            county,
            pact: pact.map(|(code, at)| (PactCode::new(code), at)),
        })
    }

    /// Tries out the tests, but for those that contradict an earlier one: no rules could pass both.
    pub(super) fn try_out(&mut self, trials: &[Trial<'_>], rules: &Rules) {
        let Some(first_county) = rules.counties().next() else {
            return;
        };
        let mut known: HashMap<(String, &CountyId), (&OrganisationId, &Trial<'_>)> = HashMap::new();
        for trial in trials {
            let named = trial.county.as_ref().and_then(|id| rules.county(id));
            let county = named.unwrap_or(first_county);
            let to = trial.to.as_ref().unwrap_or(&county.convener);
            let text = Normalised::new(trial.text);
            let key = (text.folded().to_owned(), &county.id);
            let (earlier, first) = *known.entry(key).or_insert((to, trial));
            if earlier == to {
                self.try_one(trial, &text, to, county, rules);
            } else {
                let message = "another test sends the same text elsewhere";
                let told = self.report.error_at(trial.at.clone(), message);
                let told = told.beside(first.at.clone(), "here");
                self.report.tell(told.help("take one of the two out"));
            }
        }
    }

    /// Routes a test's text as if it had been texted to a number of its county: that which `county` says, else the first of
    /// the organisation it is to go to, else the first of the file.
    fn try_one(
        &mut self,
        trial: &Trial<'_>,
        text: &Normalised,
        to: &OrganisationId,
        county: &County,
        rules: &Rules,
    ) {
        let Some(places) = self.places else { return };
        let places = places.ancestry_of(&places.find(text, &county.id));
        let decision = decide(rules, text, county, &places);
        if decision.to != *to {
            tell(&decision, trial.at.clone(), &mut self.report);
        } else if let Some((_, at)) = trial
            .pact
            .as_ref()
            .filter(|(code, _)| decision.pact.as_ref() != Some(code))
        {
            let (message, help) = match &decision.pact {
                Some(other) => (
                    format!("the text goes by the pact `{other}`"),
                    "its code is the first in the text",
                ),
                None => (
                    "the text goes by no pact".to_owned(),
                    "write the pact's code in the text, or take this line out",
                ),
            };
            self.report.error_with(at.clone(), message, help);
        }
    }
}

/// Where the text goes instead, and why.
fn tell(decision: &Decision, span: Range<usize>, report: &mut Report<'_>) {
    let to = &decision.to;
    if let Some(pact) = &decision.pact {
        let help = "its code is in the text; where the monitor is accused, the convener gets it, or who oversees the convener";
        report.error_with(
            span,
            format!("the text goes to `{to}`, by the pact `{pact}`"),
            help,
        );
        return;
    }
    let (message, help) = match (&decision.rule, decision.runners_up.first()) {
        (Some(rule), _) => {
            let words: Vec<_> = decision
                .reasons
                .iter()
                .map(|reason| format!("`{}`", reason.pattern))
                .collect();
            (
                format!("the text goes to `{to}`, by the rule `{rule}`"),
                format!(
                    "its words in the text are {}, which make it {:.2} sure",
                    words.join(", "),
                    decision.sure
                ),
            )
        }
        (None, Some(next)) => (
            format!("the text goes to `{to}`: no rule is sure enough"),
            format!("the nearest is `{}`, {:.2} sure", next.rule, next.sure),
        ),
        (None, None) => (
            format!("the text goes to `{to}`: no rule has a word of it"),
            "add the word that tells it to a rule's `any`".to_owned(),
        ),
    };
    report.error_with(span, message, help);
}
