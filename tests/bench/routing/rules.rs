//! A large rules file, the same for the same texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jibu::text::normalise::Normalised;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const RULES: usize = 2_000;
const WORDS: usize = 10_000;
/// The share of words that stand in a text.
const OF_THE_TEXTS: usize = WORDS / 2;
const ORGANISATIONS: usize = 50;

/// Words as an administrator writes them.
pub(crate) fn words(texts: &[Normalised]) -> Vec<String> {
    let mut random = StdRng::seed_from_u64(2026);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        let words: Vec<&str> = text.words().map(|word| word.text).collect();
        let single = words.iter().filter(|word| word.chars().count() > 3);
        let pairs = words.windows(2).map(|pair| pair.join(" "));
        for word in single.map(|word| (*word).to_owned()).chain(pairs) {
            *seen.entry(word).or_default() += 1;
        }
    }
    let mut rarest: Vec<(usize, String)> = seen.into_iter().map(|(word, of)| (of, word)).collect();
    rarest.sort();
    let (pairs, single): (Vec<String>, Vec<String>) = rarest
        .into_iter()
        .map(|(_, word)| word)
        .partition(|word| word.contains(' '));
    let mut words: BTreeSet<String> = single.into_iter().take(OF_THE_TEXTS * 3 / 4).collect();
    words.extend(pairs.into_iter().take(OF_THE_TEXTS / 4));
    while words.len() < WORDS {
        words.insert(invented(&mut random));
    }
    let beginning = |(at, word): (usize, String)| match at % 10 {
        0 if !word.contains(' ') => format!("{word}*"),
        _ => word,
    };
    words.into_iter().enumerate().map(beginning).collect()
}

fn invented(random: &mut StdRng) -> String {
    let syllables = ["ba", "ke", "mi", "zo", "ru", "nya", "sha", "lo", "ti", "wa"];
    let count = random.random_range(2..5);
    (0..count)
        .filter_map(|_| syllables.choose(random))
        .copied()
        .collect()
}

/// The whole file; `mark` stands before each word.
pub(crate) fn file(words: &[String], mark: &str) -> String {
    let mut file = String::from(
        "[[county]]\nid = \"wajir\"\nname = \"Wajir\"\nconvener = \"office0\"\nzone = \"Africa/Nairobi\"\nlanguage = \"en\"\n",
    );
    for at in 0..ORGANISATIONS {
        write!(
            file,
            "[[organisation]]\nid = \"office{at}\"\nname = \"Office {at}\"\nshort_name = \"Office {at}\"\nemail = \"o{at}@example.org\"\ncounty = \"wajir\"\n"
        )
        .unwrap();
    }
    // Neighbours in the alphabet are not in one rule.
    let mut rules = vec![Vec::new(); RULES];
    for (at, word) in words.iter().enumerate() {
        let marked: Vec<String> = word
            .split(' ')
            .map(|part| format!("{mark}{part}"))
            .collect();
        rules[at % RULES].push(marked.join(" "));
    }
    for (at, words) in rules.iter().enumerate() {
        write!(
            file,
            "[[rule]]\nid = \"rule{at}\"\nany = {words:?}\nto = \"office{}\"\n",
            at % ORGANISATIONS
        )
        .unwrap();
    }
    file
}

/// As the automaton looks for it: with the spaces around it.
pub(crate) fn as_looked_for(word: &str) -> String {
    match word.strip_suffix('*') {
        Some(stem) => format!(" {stem}"),
        None => format!(" {word} "),
    }
}
