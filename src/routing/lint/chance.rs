//! What a rule's words can come to.

use std::collections::BTreeMap;

use super::{File, Vocabulary};
use crate::routing::rules::{Pattern, Role, Rule};
use crate::text::toml_file::Report;

/// Two sums over the same words in another order differ by less.
pub(super) const ROUNDING: f64 = 1e-9;

/// A rule's words by what they do, those that it cancels itself left out.
pub(super) struct Chance<'a> {
    /// Its place among the rules: the earlier of two equally sure ones wins.
    pub(super) index: usize,
    pub(super) rule: &'a Rule,
    pub(super) any: Words<'a>,
    pub(super) all: Words<'a>,
    pub(super) none: Words<'a>,
    /// Words of `any` and `all`, each with the one of `none` that is in every text that it is in.
    pub(super) cancelled: Vec<(&'a Pattern, &'a Pattern)>,
    /// Whether there is a text that the rule wins, for all that was found so far.
    pub(super) can_win: bool,
}

/// Words by their numbers, of each the surest.
pub(super) type Words<'a> = BTreeMap<usize, &'a Pattern>;

impl<'a> Chance<'a> {
    pub(super) fn of(index: usize, rule: &'a Rule, vocabulary: &Vocabulary<'_>) -> Self {
        let none = words(rule, Role::None, vocabulary);
        let mut cancelled = Vec::new();
        let mut alive = |role| {
            let mut words = words(rule, role, vocabulary);
            words.retain(|phrase, pattern| {
                let mut by = vocabulary
                    .implied_by(*phrase)
                    .filter_map(|implied| none.get(&implied));
                let by = by.next();
                cancelled.extend(by.map(|by| (*pattern, *by)));
                by.is_none()
            });
            words
        };
        Self {
            index,
            rule,
            any: alive(Role::Any),
            all: alive(Role::All),
            none,
            cancelled,
            can_win: true,
        }
    }

    /// How sure the word makes the rule, if it has it and is not cancelled by it.
    pub(super) fn sure(&self, phrase: usize) -> Option<f64> {
        let sure = |words: &Words<'_>| words.get(&phrase).map(|pattern| pattern.sure);
        let (any, all) = (sure(&self.any), sure(&self.all));
        any.into_iter().chain(all).max_by(f64::total_cmp)
    }

    /// The words that speak for it, without those that it cancels.
    pub(super) fn phrases(&self) -> impl Iterator<Item = usize> {
        let of_any = self
            .any
            .keys()
            .filter(|phrase| !self.all.contains_key(phrase));
        of_any.chain(self.all.keys()).copied()
    }

    /// How sure all its words together make it.
    pub(super) fn most(&self) -> f64 {
        together(self.phrases().filter_map(|phrase| self.sure(phrase)))
    }

    /// The word that alone is enough for the rule to match.
    pub(super) fn suffices(&self, phrase: usize) -> bool {
        let any = self.any.contains_key(&phrase) || !self.has(Role::Any);
        any && self.all.keys().all(|needed| *needed == phrase)
    }

    /// Whether there is a word in that list, cancelled or not.
    pub(super) fn has(&self, role: Role) -> bool {
        self.rule
            .patterns
            .iter()
            .any(|pattern| pattern.role == role)
    }

    /// Tells that a rule cancels itself, or is never sure enough.
    pub(super) fn tell_if_none(&mut self, file: &File<'_>, report: &mut Report<'_>) {
        let all_are_cancelled = self.any.is_empty() && self.has(Role::Any);
        let needed = self
            .cancelled
            .iter()
            .find(|(word, _)| all_are_cancelled || word.role == Role::All);
        let id = &self.rule.id;
        let most = self.most();
        let (message, help) = if let Some((word, by)) = needed {
            (
                format!(
                    "`{id}` can never win: `{}` in its `none` cancels the rule wherever `{}` is",
                    by.written, word.written
                ),
                "take the word out of `none`, or the rule out".to_owned(),
            )
        } else if most + ROUNDING < file.rules.sure_enough {
            let enough = file.rules.sure_enough;
            (
                format!(
                    "`{id}` can never win: all its words together make it {most:.2} sure, and `sure_enough` is {enough:.2}"
                ),
                "raise its `sure`, or lower `sure_enough`".to_owned(),
            )
        } else {
            return;
        };
        self.can_win = false;
        report.tell(
            report
                .warning_at(file.rule_ids.place(id.as_str()), message)
                .help(help),
        );
    }
}

/// `1 − Π(1 − sureᵢ)`, as it is reckoned for a text.
pub(super) fn together(sures: impl IntoIterator<Item = f64>) -> f64 {
    sures
        .into_iter()
        .fold(0.0, |sum, sure| sum + sure * (1.0 - sum))
}

fn words<'a>(rule: &'a Rule, role: Role, vocabulary: &Vocabulary<'_>) -> Words<'a> {
    let mut words = Words::new();
    for pattern in rule.patterns.iter().filter(|pattern| pattern.role == role) {
        let surest = words.entry(vocabulary.number(pattern)).or_insert(pattern);
        if pattern.sure > surest.sure {
            *surest = pattern;
        }
    }
    words
}
