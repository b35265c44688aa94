//! What a correct `routing.toml` says and its writer probably does not mean: told as warnings, with the mend.
//!
//! A lint that cries wolf is soon read by nobody. So each tells only what follows from the file alone, for every text: what
//! may be meant, such as two rules that share a word at different places, is let pass. Typing slips are left aside.

use std::collections::{BTreeMap, BTreeSet};

use super::load::Ids;
use super::rules::{Pattern, Rule, Rules};
use crate::complaint::RuleId;
use crate::intake::places::Places;
use crate::text::lines::Lines;
use crate::text::phrases::{Phrase, Phrases};
use crate::text::toml_file::Report;

mod beaten;
mod chance;
mod pacts;
mod shared;
mod unseen;
mod unused;
mod words;

use chance::Chance;

/// A file without a mistake, and where its ids stand.
pub(super) struct File<'a> {
    pub(super) rules: &'a Rules,
    /// `None` where places.csv could not be read.
    pub(super) places: Option<&'a Places>,
    pub(super) lines: &'a Lines,
    pub(super) counties: &'a Ids<'a>,
    pub(super) organisations: &'a Ids<'a>,
    pub(super) sectors: &'a Ids<'a>,
    pub(super) rule_ids: &'a Ids<'a>,
}

/// Tells all of it. A rule that can never win is told as such, and its words are not told to be shared.
pub(super) fn lint(file: &File<'_>, report: &mut Report<'_>) {
    unused::tell(file, report);
    unseen::tell(file, report);
    pacts::tell(file, report);
    let Some(vocabulary) = Vocabulary::of(&file.rules.rules) else {
        return;
    };
    let mut chances: Vec<_> = (0..)
        .zip(&file.rules.rules)
        .map(|(index, rule)| Chance::of(index, rule, &vocabulary))
        .collect();
    for chance in &mut chances {
        words::tell(chance, &vocabulary, report);
        chance.tell_if_none(file, report);
    }
    beaten::tell(&mut chances, &vocabulary, file, report);
    shared::tell(&chances, file, report);
}

impl File<'_> {
    /// `rule` (line 12), of a rule's id.
    fn named(&self, id: &RuleId) -> String {
        let line = self.lines.number(self.rule_ids.place(id.as_str()).start);
        format!("`{id}` (line {line})")
    }
}

/// All phrases of the file, and which of them are in every text that another is in.
struct Vocabulary<'a> {
    numbers: BTreeMap<&'a Phrase, usize>,
    implied: Vec<BTreeSet<usize>>,
}

/// A phrase has hardly more than a handful of others in it. Past so many the rest is let pass.
const MOST_IMPLIED: usize = 256;

impl<'a> Vocabulary<'a> {
    fn of(rules: &'a [Rule]) -> Option<Self> {
        let phrases: BTreeSet<_> = rules
            .iter()
            .flat_map(|rule| &rule.patterns)
            .map(|pattern| &pattern.phrase)
            .collect();
        let all = Phrases::new(phrases.iter().copied()).ok()?;
        Some(Self {
            implied: phrases
                .iter()
                .map(|phrase| all.implied_by(phrase).take(MOST_IMPLIED).collect())
                .collect(),
            numbers: phrases.into_iter().zip(0..).collect(),
        })
    }

    fn len(&self) -> usize {
        self.implied.len()
    }

    fn number(&self, pattern: &Pattern) -> usize {
        self.numbers
            .get(&pattern.phrase)
            .copied()
            .unwrap_or_default()
    }

    /// What is in every text that the phrase is in, itself with it.
    fn implied_by(&self, phrase: usize) -> impl Iterator<Item = usize> {
        self.implied.get(phrase).into_iter().flatten().copied()
    }

    fn implies(&self, phrase: usize, other: usize) -> bool {
        self.implied
            .get(phrase)
            .is_some_and(|implied| implied.contains(&other))
    }
}
