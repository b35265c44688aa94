//! Rules that another one always beats: wherever the one matches, the other matches too and comes first.

use std::collections::BTreeSet;

use super::chance::{Chance, ROUNDING, together};
use super::{File, Vocabulary};
use crate::routing::rules::{Role, Rule, Target};
use crate::text::toml_file::Report;

/// With so many others a rule is compared, the first of the file that share a word with it. A word that more rules share
/// tells none of them from another.
const MOST_COMPARED: usize = 64;

pub(super) fn tell(
    chances: &mut [Chance<'_>],
    vocabulary: &Vocabulary<'_>,
    file: &File<'_>,
    report: &mut Report<'_>,
) {
    let users = users(chances, vocabulary);
    let beaten: Vec<_> = chances
        .iter()
        .filter(|chance| chance.can_win)
        .filter_map(|chance| {
            let rivals = rivals(chance, &users, vocabulary);
            let mut rivals = rivals.into_iter().filter_map(|index| chances.get(index));
            let by = rivals
                .find(|rival| rival.can_win && always_beats(rival, chance, vocabulary, file))?;
            Some((chance.index, by.rule))
        })
        .collect();
    for (index, by) in beaten {
        let Some(chance) = chances.get_mut(index) else {
            continue;
        };
        chance.can_win = false;
        let id = &chance.rule.id;
        let message = format!(
            "`{id}` can never win: {} matches wherever it does, and comes first",
            file.named(&by.id)
        );
        let told = report.warning_at(file.rule_ids.place(id.as_str()), message);
        let told = told.beside(file.rule_ids.place(by.id.as_str()), "this one wins");
        report.tell(told.help("make its words surer than there, or take one of the two out"));
    }
}

/// By word: the rules that it speaks for.
fn users(chances: &[Chance<'_>], vocabulary: &Vocabulary<'_>) -> Vec<Vec<usize>> {
    let mut users = vec![Vec::new(); vocabulary.len()];
    for chance in chances {
        for phrase in chance.phrases() {
            if let Some(users) = users.get_mut(phrase) {
                users.push(chance.index);
            }
        }
    }
    users
}

/// Those that may beat a rule: they have what is in every text that it matches.
fn rivals(
    chance: &Chance<'_>,
    users: &[Vec<usize>],
    vocabulary: &Vocabulary<'_>,
) -> BTreeSet<usize> {
    let of = |phrase: usize| {
        vocabulary
            .implied_by(phrase)
            .filter_map(|implied| users.get(implied))
            .flatten()
    };
    // Each word of `any` must lead to the rival, so that the rarest will do.
    let rarest = chance.any.keys().min_by_key(|phrase| of(**phrase).count());
    let words = rarest.into_iter().chain(chance.all.keys());
    let others = words
        .flat_map(|phrase| of(*phrase).take(MOST_COMPARED))
        .filter(|rule| **rule != chance.index);
    others.copied().collect()
}

/// Whether there is no text, place or county for which `loser` wins, because of `winner`.
fn always_beats(
    winner: &Chance<'_>,
    loser: &Chance<'_>,
    vocabulary: &Vocabulary<'_>,
    file: &File<'_>,
) -> bool {
    let never_helps = loser
        .rule
        .against
        .iter()
        .all(|accused| winner.rule.against.contains(accused));
    let not_outranked = winner.rule.sensitive || !loser.rule.sensitive;
    never_helps
        && not_outranked
        && holds_wherever(winner.rule, loser.rule, file)
        && matches_wherever(winner, loser, vocabulary)
        && comes_first(winner, loser, vocabulary, file)
}

/// Whether a rule has a say about every complaint that another has a say about.
pub(super) fn holds_wherever(rule: &Rule, other: &Rule, file: &File<'_>) -> bool {
    let in_county = match (&rule.to, &other.to) {
        (Target::Convener, _) => true,
        (
            Target::Organisation { counties, .. },
            Target::Organisation {
                counties: of_other, ..
            },
        ) => of_other.iter().all(|county| counties.contains(county)),
        (Target::Organisation { counties, .. }, Target::Convener) => file
            .rules
            .counties()
            .all(|county| counties.contains(&county.id)),
    };
    let lies_within = |place| {
        let within = file
            .places
            .map(|places| places.ancestry(place))
            .unwrap_or_default();
        rule.place
            .iter()
            .any(|own| own == place || within.contains(own))
    };
    in_county
        && (rule.place.is_empty()
            || (!other.place.is_empty() && other.place.iter().all(lies_within)))
}

/// Whether a rule's words are in every text that another's are in, and nothing cancels it there.
fn matches_wherever(rule: &Chance<'_>, other: &Chance<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let implies = |phrase: &usize, own: &usize| vocabulary.implies(*phrase, *own);
    let leads_to_any = |phrase: &usize| {
        vocabulary
            .implied_by(*phrase)
            .any(|own| rule.any.contains_key(&own))
    };
    let any = !rule.has(Role::Any)
        || other.all.keys().any(leads_to_any)
        || (!other.any.is_empty() && other.any.keys().all(leads_to_any));
    let all = rule
        .all
        .keys()
        .all(|own| certain(other).any(|phrase| implies(phrase, own)));
    let cancels = rule
        .none
        .keys()
        .all(|own| other.none.keys().any(|theirs| implies(own, theirs)));
    any && all && cancels
}

/// The words that are in every text that the rule matches.
fn certain<'a>(chance: &'a Chance<'_>) -> impl Iterator<Item = &'a usize> {
    let only = chance.any.keys().filter(|_| chance.any.len() == 1);
    chance.all.keys().chain(only)
}

/// Whether a rule, where both match, is the surer, or as sure and the earlier, or sensitive and sure enough.
fn comes_first(
    rule: &Chance<'_>,
    other: &Chance<'_>,
    vocabulary: &Vocabulary<'_>,
    file: &File<'_>,
) -> bool {
    let is_earlier = rule.index < other.index;
    let has_all_words = other.phrases().all(|phrase| {
        let (own, theirs) = (rule.sure(phrase), other.sure(phrase).unwrap_or_default());
        own.is_some_and(|own| own > theirs + ROUNDING || (is_earlier && own >= theirs))
    });
    let (least, most) = (least(rule, other, vocabulary), other.most());
    let one_each = is_earlier && other.phrases().count() == 1 && least >= most;
    let takes_precedence =
        rule.rule.sensitive && !other.rule.sensitive && least >= file.rules.sure_enough + ROUNDING;
    has_all_words || one_each || least > most + ROUNDING || takes_precedence
}

/// How sure a rule is at least, wherever another matches.
fn least(rule: &Chance<'_>, other: &Chance<'_>, vocabulary: &Vocabulary<'_>) -> f64 {
    let given: BTreeSet<_> = other
        .all
        .keys()
        .flat_map(|phrase| vocabulary.implied_by(*phrase))
        .collect();
    let given_sure = together(given.iter().filter_map(|phrase| rule.sure(*phrase)));
    let surest = |phrase: &usize| {
        let more = vocabulary
            .implied_by(*phrase)
            .filter(|own| !given.contains(own));
        more.filter_map(|own| rule.sure(own)).fold(0.0, f64::max)
    };
    let weakest = other.any.keys().map(surest).min_by(f64::total_cmp);
    together([given_sure, weakest.unwrap_or_default()])
}
