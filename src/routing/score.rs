//! How well the rules do on labelled texts.

use std::collections::{BTreeMap, BTreeSet};

use super::learn::{Example, labels};
use super::{Decision, Rules};
use crate::complaint::{County, OrganisationId, RuleId};
use crate::routing::load::CONVENER;

/// Labelled texts, and what the rules did with them.
#[derive(Clone, Debug)]
pub struct Scores {
    /// The texts with one label, in the order of the file.
    pub texts: Vec<Scored>,
    /// Rows with several labels, which are left out.
    pub several: usize,
    /// Rows without a label or without a word, which are left out.
    pub empty: usize,
    /// Labels that name no organisation of the rules: no rule can be right there.
    pub strangers: Vec<String>,
}

/// A text that the rules decided.
#[derive(Clone, Debug)]
pub struct Scored {
    /// As it was typed.
    pub text: String,
    /// Whom its label names.
    pub label: OrganisationId,
    /// Who gets it.
    pub to: OrganisationId,
    /// By which rule; `None`: none was sure enough, and the convener decides.
    pub rule: Option<RuleId>,
}

/// What became of the texts of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfOrganisation {
    /// Which.
    pub id: OrganisationId,
    /// Texts that are labelled as its.
    pub texts: usize,
    /// Texts that reach it, whosever they are.
    pub reached: usize,
    /// Those of its texts that reach it.
    pub right: usize,
}

/// What a rule took, and what of it belongs elsewhere.
#[derive(Clone, Debug)]
pub struct TakenBy<'s> {
    /// Which rule; `None`: none was sure enough.
    pub rule: Option<&'s RuleId>,
    /// How many texts it took.
    pub took: usize,
    /// Those of them that belong elsewhere; there is at least one.
    pub wrong: Vec<&'s Scored>,
}

impl Scores {
    /// Has rows decided as `decide` does; their labels are ids or names of organisations, found as `jibu learn` finds them.
    pub fn of(
        rows: Vec<Example>,
        rules: &Rules,
        county: &County,
        mut decide: impl FnMut(&str) -> Decision,
    ) -> Self {
        let addressed = labels::address(rows, Some(rules));
        let texts = addressed.examples.into_iter().map(|example| {
            let decision = decide(&example.text);
            let label = match example.label.as_str() {
                CONVENER => county.convener.clone(),
                id => OrganisationId::new(id),
            };
            Scored {
                text: example.text,
                label,
                to: decision.to,
                rule: decision.rule,
            }
        });
        Self {
            texts: texts.collect(),
            several: addressed.several,
            empty: addressed.empty,
            strangers: addressed
                .newcomers
                .into_values()
                .map(|stranger| stranger.name)
                .collect(),
        }
    }

    /// How many of all texts reach whom their label names.
    pub fn right(&self) -> usize {
        self.texts.iter().filter(|text| text.is_right()).count()
    }

    /// How many a rule decides, and how many of these reach whom their label names.
    pub fn decided(&self) -> (usize, usize) {
        let decided = self.texts.iter().filter(|text| text.rule.is_some());
        let right = decided.clone().filter(|text| text.is_right());
        (decided.count(), right.count())
    }

    /// The organisations that labels name or rules send to, those with most texts first.
    pub fn organisations(&self) -> Vec<OfOrganisation> {
        let mut counts: BTreeMap<&OrganisationId, (usize, usize, usize)> = BTreeMap::new();
        for text in &self.texts {
            counts.entry(&text.label).or_default().0 += 1;
            counts.entry(&text.to).or_default().1 += 1;
            counts.entry(&text.label).or_default().2 += usize::from(text.is_right());
        }
        let of = |(id, (texts, reached, right)): (&OrganisationId, _)| OfOrganisation {
            id: id.clone(),
            texts,
            reached,
            right,
        };
        let sent_to: BTreeSet<_> = self.texts.iter().filter_map(Scored::sent_to).collect();
        let named = counts
            .into_iter()
            .filter(|(id, (texts, ..))| *texts > 0 || sent_to.contains(*id));
        let mut organisations: Vec<_> = named.map(of).collect();
        organisations.sort_by_key(|one| std::cmp::Reverse(one.texts));
        organisations
    }

    /// The mean of the organisations' F1, 0 to 1, over those that labels name: each counts as much, however few its texts.
    pub fn macro_f1(&self) -> f64 {
        let named = self.organisations().into_iter();
        let each: Vec<f64> = named
            .filter(|one| one.texts > 0)
            .map(|one| one.f1())
            .collect();
        match each.len() {
            0 => 0.0,
            organisations => each.iter().sum::<f64>() / as_f64(organisations),
        }
    }

    /// How often texts of the first are sent to the second by a rule; `None`: no rule decided.
    pub fn sent(&self) -> BTreeMap<(&OrganisationId, Option<&OrganisationId>), usize> {
        let mut sent = BTreeMap::new();
        for text in &self.texts {
            *sent.entry((&text.label, text.sent_to())).or_default() += 1;
        }
        sent
    }

    /// What went wrong, by the rule that took it; most of it first.
    pub fn misses(&self) -> Vec<TakenBy<'_>> {
        let mut by_rule: BTreeMap<Option<&RuleId>, TakenBy<'_>> = BTreeMap::new();
        for text in &self.texts {
            let rule = text.rule.as_ref();
            let taken = by_rule.entry(rule).or_insert_with(|| TakenBy {
                rule,
                took: 0,
                wrong: Vec::new(),
            });
            taken.took += 1;
            if !text.is_right() {
                taken.wrong.push(text);
            }
        }
        let mut misses: Vec<_> = by_rule.into_values().collect();
        misses.retain(|taken| !taken.wrong.is_empty());
        misses.sort_by_key(|taken| std::cmp::Reverse(taken.wrong.len()));
        misses
    }
}

impl Scored {
    /// Whether it reaches whom its label names.
    pub fn is_right(&self) -> bool {
        self.to == self.label
    }

    /// Whom a rule sends it to.
    pub fn sent_to(&self) -> Option<&OrganisationId> {
        self.rule.as_ref().map(|_| &self.to)
    }
}

impl OfOrganisation {
    /// Of its texts, the share that reaches it (recall), 0 to 1; 0 where it has none.
    pub fn found(&self) -> f64 {
        share(self.right, self.texts)
    }

    /// Of the texts that reach it, the share that is its (precision), 0 to 1; 0 where none does.
    pub fn true_of_reached(&self) -> f64 {
        share(self.right, self.reached)
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.texts + self.reached)
    }
}

/// A part of a whole, 0 to 1; 0 of nothing.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        as_f64(part) / as_f64(whole)
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
