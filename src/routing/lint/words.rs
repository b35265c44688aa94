//! Words that say nothing, or something else than they seem to, within one rule.

use std::collections::BTreeMap;

use super::{Chance, Vocabulary};
use crate::routing::rules::{Pattern, Role};
use crate::text::diagnostic::Diagnostic;
use crate::text::toml_file::Report;

/// A beginning of fewer letters is that of every tenth word.
const FEWEST_LETTERS: usize = 3;

pub(super) fn tell(chance: &Chance<'_>, vocabulary: &Vocabulary<'_>, report: &mut Report<'_>) {
    let mut seen: BTreeMap<usize, &Pattern> = BTreeMap::new();
    for pattern in &chance.rule.patterns {
        let first = *seen.entry(vocabulary.number(pattern)).or_insert(pattern);
        if let Some(told) = looks_wrong(pattern, report) {
            report.tell(told);
        } else if first.at != pattern.at
            && (first.role == Role::None) == (pattern.role == Role::None)
        {
            report.tell(twice(first, pattern, report));
        } else if let Some(beginning) = beginning_of(pattern, chance, vocabulary) {
            report.tell(counted_twice(beginning, pattern, report));
        }
    }
    // Where all are cancelled, that is told of the rule.
    if !chance.any.is_empty() {
        for (word, by) in chance
            .cancelled
            .iter()
            .filter(|(word, _)| word.role == Role::Any)
        {
            report.tell(cancelled(word, by, report));
        }
    }
}

/// What can be seen of a word alone.
fn looks_wrong(pattern: &Pattern, report: &Report<'_>) -> Option<Diagnostic> {
    let (written, phrase) = (&pattern.written, &pattern.phrase);
    let words = phrase.words().count();
    if words > 1 && written.contains([',', ';', '|']) {
        let message = format!(
            "`{written}` is one phrase: only a text with all its words, in this order, has it"
        );
        let help = "write each word in quotes of its own: \"borehole\", \"kisima\"";
        return Some(report.warning_at(pattern.at.clone(), message).help(help));
    }
    let letters = phrase
        .words()
        .map(|word| word.chars().count())
        .sum::<usize>();
    if words == 1 && phrase.is_beginning() && letters < FEWEST_LETTERS {
        let message =
            format!("`{written}` finds every word that begins so: hardly a text has none");
        let help = "write more of the word before the `*`";
        return Some(report.warning_at(pattern.at.clone(), message).help(help));
    }
    None
}

fn twice(first: &Pattern, again: &Pattern, report: &Report<'_>) -> Diagnostic {
    let list = list(first.role);
    let message = format!(
        "`{}` is in this rule already: a word counts once, at its surest",
        again.written
    );
    let told = report.warning_at(again.at.clone(), message);
    told.beside(first.at.clone(), format!("in `{list}`"))
        .help("take it out here or there")
}

/// The other word of the list that finds all that this one finds, as sure: `road*` of `roads`.
fn beginning_of<'a>(
    pattern: &Pattern,
    chance: &Chance<'a>,
    vocabulary: &Vocabulary<'_>,
) -> Option<&'a Pattern> {
    let words = match pattern.role {
        Role::Any => &chance.any,
        Role::All => &chance.all,
        Role::None => &chance.none,
    };
    let number = vocabulary.number(pattern);
    let others = vocabulary
        .implied_by(number)
        .filter(|other| *other != number);
    others
        .filter_map(|other| words.get(&other).copied())
        .find(|other| {
            other.phrase.is_beginning()
                && other.phrase.words().count() == pattern.phrase.words().count()
                && (pattern.role == Role::None || other.sure.total_cmp(&pattern.sure).is_eq())
        })
}

fn counted_twice(beginning: &Pattern, word: &Pattern, report: &Report<'_>) -> Diagnostic {
    let why = match word.role {
        Role::Any => "and would count as two words",
        Role::All | Role::None => "and says nothing more",
    };
    let message = format!(
        "`{}` is found by `{}` already, {why}",
        word.written, beginning.written
    );
    let told = report.warning_at(word.at.clone(), message);
    told.beside(beginning.at.clone(), "this finds it too")
        .help("take it out, or give it a `sure` of its own")
}

fn cancelled(word: &Pattern, by: &Pattern, report: &Report<'_>) -> Diagnostic {
    let message = format!(
        "`{}` can never speak for this rule: `{}` in its `none` cancels it",
        word.written, by.written
    );
    let told = report.warning_at(word.at.clone(), message);
    told.beside(by.at.clone(), "in every text that has the word")
        .help("take the word out here, or out of `none`")
}

fn list(role: Role) -> &'static str {
    match role {
        Role::Any => "any",
        Role::All => "all",
        Role::None => "none",
    }
}
