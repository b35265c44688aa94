//! Where complaints turned out to belong, as people said of them, and what that teaches: examples for `jibu learn`, and
//! suggestions for the queue of the convener.
//!
//! Two things say whose a complaint was: that a person referred it to who has it, and that who has it said that it is solved. Those
//! that went right count as much as those that went wrong: from the latter alone, a word that sends a thousand complaints to
//! the right door and ten to the wrong one would be taken for a word of the ten. That the rules sent it somewhere, and nobody has
//! said anything yet, says nothing: the rules would learn from themselves.
//!
//! A referral to the convener says nothing either: there goes what was returned, is late or in dispute, whatever it is about. How
//! a complaint was closed is not looked at, for it may have been no complaint. What is sensitive is never learnt from.

use std::collections::VecDeque;

use crate::complaint::{County, CountyId, OrganisationId};
use crate::intake::words_of;
use crate::routing::learn::Example;
use crate::routing::{Decision, Rules, Suggester, Suggestion};
use crate::store::{PastComplaint, Reader, StoreError};
use crate::text::normalise::Normalised;

/// Suggestions are loaded from so many complaints, the latest: more tell little more, and what is known of each text stays in
/// memory.
const LATEST: usize = 20_000;

/// Whose a complaint was, where people said so and the rules still know them.
pub fn belonged_to<'c>(complaint: &'c PastComplaint, rules: &Rules) -> Option<&'c OrganisationId> {
    let holder = &complaint.holder;
    let convener = &rules.county(&complaint.county)?.convener;
    let referred = complaint.referred_to.as_ref() == Some(holder) && holder != convener;
    let told = !complaint.sensitive && (complaint.resolved || referred);
    (told && rules.organisation(holder).is_some()).then_some(holder)
}

/// The complaints of which people said whose they were, each under its number. `progress` is told how much is done, 0 to 1.
///
/// # Errors
/// The store's.
pub fn examples(
    reader: &Reader<'_>,
    rules: &Rules,
    mut progress: impl FnMut(f64),
) -> Result<Vec<Example>, StoreError> {
    let mut examples = Vec::new();
    reader.past_complaints(None, |complaint, done| {
        progress(done);
        if let Some(organisation) = belonged_to(&complaint, rules) {
            examples.push(Example {
                label: organisation.to_string(),
                number: Some(complaint.number),
                text: complaint.words,
            });
        }
    })?;
    Ok(examples)
}

/// Whom the convener of a county may think of. It is loaded once, and takes in each complaint when people have said whose it
/// was; with other rules it is loaded anew.
#[derive(Clone, Debug)]
pub struct Suggestions {
    suggester: Suggester,
    county: CountyId,
    settled: usize,
}

impl Suggestions {
    /// From the words of the rules alone: a first day's.
    pub fn from_rules(rules: &Rules, county: &County) -> Self {
        Self {
            suggester: Suggester::from_rules(rules, county),
            county: county.id.clone(),
            settled: 0,
        }
    }

    /// From the words of the rules, and the county's latest complaints of which people said whose they were. `progress` is told how much is
    /// done, 0 to 1.
    ///
    /// # Errors
    /// The store's.
    pub fn from_history(
        rules: &Rules,
        county: &County,
        reader: &Reader<'_>,
        mut progress: impl FnMut(f64),
    ) -> Result<Self, StoreError> {
        let mut latest = VecDeque::new();
        reader.past_complaints(None, |complaint, done| {
            progress(done);
            if complaint.county == county.id && belonged_to(&complaint, rules).is_some() {
                latest.push_back(complaint);
            }
            if latest.len() > LATEST {
                latest.pop_front();
            }
        })?;
        let mut suggestions = Self::from_rules(rules, county);
        for complaint in &latest {
            suggestions.take_in(complaint, rules);
        }
        Ok(suggestions)
    }

    /// Takes in a complaint of the county, if people have said whose it was. Each once: a second time counts twice.
    pub fn take_in(&mut self, complaint: &PastComplaint, rules: &Rules) {
        if complaint.county == self.county
            && let Some(organisation) = belonged_to(complaint, rules)
        {
            self.suggester
                .add(&words_of(&complaint.words), organisation);
            self.settled += 1;
        }
    }

    /// How many complaints it rests on, besides the words of the rules.
    pub fn settled(&self) -> usize {
        self.settled
    }

    /// The likeliest organisations for a text that was decided so: see [`Suggester::suggest`].
    pub fn suggest(&self, text: &Normalised, decision: &Decision) -> Vec<Suggestion> {
        self.suggester.suggest(text, decision)
    }
}
