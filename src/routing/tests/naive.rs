//! The matcher against one that looks for each word of each rule by itself.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{decide_on, rules};
use crate::complaint::RuleId;
use crate::text::normalise::Normalised;

/// A rule as the file has it.
#[derive(Clone, Debug)]
struct Written {
    any: Vec<(String, f64)>,
    all: Vec<(String, f64)>,
    none: Vec<String>,
    sensitive: bool,
}

fn word() -> impl Strategy<Value = String> {
    // Few letters, so that words of rules are in texts, in each other, and there twice.
    "[ab]{1,3}( [ab]{1,2})?[*]?"
}

fn sure() -> impl Strategy<Value = f64> {
    // Halves and quarters: sums of their products are exact, so that the order of the words does not show.
    prop::sample::select(vec![0.0, 0.25, 0.5, 0.75, 1.0])
}

fn rule() -> impl Strategy<Value = Written> {
    let words = |most| prop::collection::vec((word(), sure()), 0..most);
    (
        words(4),
        words(3),
        prop::collection::vec(word(), 0..2),
        any::<bool>(),
    )
        .prop_filter("needs a word", |(any, all, ..)| {
            !any.is_empty() || !all.is_empty()
        })
        .prop_map(|(any, all, none, sensitive)| Written {
            any,
            all,
            none,
            sensitive,
        })
}

fn file(rules: &[Written]) -> String {
    let list = |words: &[(String, f64)]| {
        let words: Vec<_> = words
            .iter()
            .map(|(word, sure)| format!("{{ word = \"{word}\", sure = {sure:?} }}"))
            .collect();
        words.join(", ")
    };
    let mut file = String::new();
    for (at, rule) in rules.iter().enumerate() {
        let (any, all, none, sensitive) =
            (list(&rule.any), list(&rule.all), &rule.none, rule.sensitive);
        writeln!(
            file,
            "[[rule]]\nid = \"r{at}\"\nany = [{any}]\nall = [{all}]\nnone = {none:?}\nsensitive = {sensitive}\nto = \"water\""
        )
        .unwrap();
    }
    file
}

/// Whether a text has a word: at any place, word by word.
fn has(text: &[&str], word: &str) -> bool {
    let (stem, prefix) = word
        .strip_suffix('*')
        .map_or((word, false), |stem| (stem, true));
    let stem: Vec<_> = stem.split(' ').collect();
    text.windows(stem.len()).any(|window| {
        let last = stem.len() - 1;
        let ends = if prefix {
            window[last].starts_with(stem[last])
        } else {
            window[last] == stem[last]
        };
        window[..last] == stem[..last] && ends
    })
}

/// How sure a rule is of a text; `None`: it does not match.
fn weigh(rule: &Written, text: &[&str]) -> Option<f64> {
    let mut hits: Vec<&(String, f64)> = rule
        .any
        .iter()
        .chain(&rule.all)
        .filter(|(word, _)| has(text, word))
        .collect();
    let any = rule.any.is_empty() || rule.any.iter().any(|(word, _)| has(text, word));
    let all = rule.all.iter().all(|(word, _)| has(text, word));
    if !any || !all || rule.none.iter().any(|word| has(text, word)) {
        return None;
    }
    hits.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    hits.dedup_by_key(|hit| &hit.0);
    Some(1.0 - hits.iter().map(|(_, sure)| 1.0 - sure).product::<f64>())
}

proptest! {
    #[test]
    fn it_decides_as_a_naive_one_does(
        written in prop::collection::vec(rule(), 1..6),
        text in "[abA ,]{0,24}",
    ) {
        let normalised = Normalised::new(&text);
        let words: Vec<_> = normalised.words().map(|word| word.text).collect();
        let weighed = written.iter().enumerate().filter_map(|(at, rule)| Some((at, rule, weigh(rule, &words)?)));
        let mut weighed: Vec<_> = weighed.map(|(at, rule, sure)| (rule.sensitive && sure >= 0.5, sure, at)).collect();
        weighed.sort_by(|a, b| (b.0, b.1).partial_cmp(&(a.0, a.1)).unwrap().then(a.2.cmp(&b.2)));

        let decision = decide_on(&rules(&file(&written)), &text);
        let name = |at: usize| format!("r{at}");
        let (decides, rest) = match weighed.split_first() {
            Some((first, rest)) if first.1 >= 0.5 => (Some((name(first.2), first.1)), rest),
            _ => (None, &weighed[..]),
        };
        prop_assert_eq!(decision.rule.map(|rule| (rule.to_string(), decision.sure)), decides);
        let expected: Vec<_> = rest.iter().take(3).map(|(_, sure, at)| (name(*at), *sure)).collect();
        let runners_up: Vec<_> = decision.runners_up.iter().map(|next| (next.rule.to_string(), next.sure)).collect();
        prop_assert_eq!(runners_up, expected);
        for reason in &decision.reasons {
            let quoted = Normalised::new(text.get(reason.at.clone()).unwrap());
            let quoted: Vec<_> = quoted.words().map(|word| word.text).collect();
            prop_assert!(has(&quoted, &reason.pattern), "{:?} is where {} stands", quoted, reason.pattern);
        }
    }

    #[test]
    fn the_order_of_the_file_tells_only_between_rules_that_are_equally_sure(
        written in prop::collection::vec(rule(), 1..6),
        text in "[abA ,]{0,24}",
    ) {
        let decision = decide_on(&rules(&file(&written)), &text);
        let reversed: Vec<Written> = written.iter().rev().cloned().collect();
        let other = decide_on(&rules(&file(&reversed)), &text);
        prop_assert_eq!(decision.sure, other.sure);
        prop_assert_eq!(decision.rule.is_some(), other.rule.is_some());
        let index = |rule: &Option<RuleId>| rule.as_ref().and_then(|rule| rule.as_str().trim_start_matches('r').parse::<usize>().ok());
        if let (Some(one), Some(back)) = (index(&decision.rule), index(&other.rule)) {
            let same = one == written.len() - 1 - back;
            let normalised = Normalised::new(&text);
            let words: Vec<_> = normalised.words().map(|word| word.text).collect();
            let tied = weigh(&written[one], &words) == weigh(&reversed[back], &words);
            prop_assert!(same || tied, "{one} and {back} of {}", written.len());
        }
        prop_assert_eq!(decision.to.as_str(), if decision.rule.is_some() { "water" } else { "ti-wajir" });
    }

    #[test]
    fn rules_without_a_word_of_the_text_change_nothing(
        written in prop::collection::vec(rule(), 1..4),
        others in prop::collection::vec("[xyz]{1,3}", 1..4),
        text in "[ab ]{0,16}",
    ) {
        let alone = decide_on(&rules(&file(&written)), &text);
        let others: String = others
            .iter()
            .enumerate()
            .map(|(at, word)| format!("[[rule]]\nid = \"other{at}\"\nany = [{word:?}]\nsure = 1\nto = \"police\"\n"))
            .collect();
        let mut among = decide_on(&rules(&format!("{others}{}", file(&written))), &text);
        among.digest = alone.digest.clone();
        prop_assert_eq!(among, alone);
    }

    #[test]
    fn every_decision_names_a_rule_or_is_the_conveners(
        written in prop::collection::vec(rule(), 0..6),
        text in "([ab]{1,3} |water dept |police |[^ ]{1,4} ){0,8}",
    ) {
        let decision = decide_on(&rules(&file(&written)), &text);
        let (to, known) = (decision.to.as_str(), 0..written.len());
        let known: Vec<String> = known.map(|at| format!("r{at}")).collect();
        let accused = decision.against.iter().any(|one| one.as_str() == "water");
        match &decision.rule {
            Some(rule) => {
                prop_assert!(known.iter().any(|one| one == rule.as_str()));
                prop_assert_eq!(to, if accused { "ti-wajir" } else { "water" });
            }
            None => prop_assert_eq!(to, "ti-wajir"),
        }
        prop_assert!(!decision.against.contains(&decision.to));
    }
}
