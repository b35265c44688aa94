//! Words that rules to different organisations share and are equally sure of: alone in a text, such a word goes to the rule
//! that happens to be the earlier.

use std::collections::BTreeMap;

use super::beaten::holds_wherever;
use super::chance::ROUNDING;
use super::{Chance, File};
use crate::complaint::OrganisationId;
use crate::routing::rules::{Pattern, Rule, Target};
use crate::text::diagnostic::Diagnostic;
use crate::text::toml_file::Report;

/// With so many earlier uses a word's use is compared.
const MOST_COMPARED: usize = 64;

/// A rule that the word alone decides for.
struct Use<'a> {
    rule: &'a Rule,
    word: &'a Pattern,
}

pub(super) fn tell(chances: &[Chance<'_>], file: &File<'_>, report: &mut Report<'_>) {
    let mut uses: BTreeMap<usize, Vec<Use<'_>>> = BTreeMap::new();
    for chance in chances.iter().filter(|chance| chance.can_win) {
        for (phrase, word) in chance.any.iter().chain(&chance.all) {
            let decides =
                word.sure + ROUNDING >= file.rules.sure_enough && chance.suffices(*phrase);
            if decides {
                let rule = chance.rule;
                uses.entry(*phrase).or_default().push(Use { rule, word });
            }
        }
    }
    for uses in uses.values() {
        for (later, index) in uses.iter().zip(0..) {
            let mut earlier = uses.iter().take(index).take(MOST_COMPARED);
            if let Some(earlier) = earlier.find(|earlier| takes(earlier, later, file)) {
                report.tell(told(earlier, later, file, report));
            }
        }
    }
}

/// Whether the earlier rule takes every text from the later that has this word alone. One that only holds at a place, or
/// is sensitive, stands before the others for that.
fn takes(earlier: &Use<'_>, later: &Use<'_>, file: &File<'_>) -> bool {
    earlier.word.sure.total_cmp(&later.word.sure).is_eq()
        && earlier.rule.sensitive == later.rule.sensitive
        && holds_wherever(earlier.rule, later.rule, file)
        && to(earlier.rule, file) != to(later.rule, file)
}

/// Whom a rule sends to, as far as the file says: the convener of the only county is an organisation.
fn to<'a>(rule: &'a Rule, file: &'a File<'_>) -> Option<&'a OrganisationId> {
    let mut counties = file.rules.counties();
    match (&rule.to, counties.next(), counties.next()) {
        (Target::Organisation { id, .. }, ..) => Some(id),
        (Target::Convener, Some(only), None) => Some(&only.convener),
        (Target::Convener, ..) => None,
    }
}

fn told(earlier: &Use<'_>, later: &Use<'_>, file: &File<'_>, report: &Report<'_>) -> Diagnostic {
    let (first, word) = (file.named(&earlier.rule.id), &later.word.written);
    let message =
        format!("a text with `{word}` alone goes by {first}, which is as sure and the earlier");
    let told = report.warning_at(later.word.at.clone(), message);
    let to = match &earlier.rule.to {
        Target::Convener => "the convener".to_owned(),
        Target::Organisation { id, .. } => format!("`{id}`"),
    };
    told.beside(earlier.word.at.clone(), format!("to {to}"))
        .help(format!(
            "make one of the two surer: {{ word = \"{word}\", sure = 0.7 }}; or take it out of one"
        ))
}
