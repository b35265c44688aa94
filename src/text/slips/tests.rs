//! What is forgiven, and what is not.

use super::*;
use proptest::prelude::*;

fn wanted(written: &str) -> Wanted {
    let (text, exact) = written
        .strip_prefix('=')
        .map_or((written, false), |word| (word, true));
    Wanted {
        text: text.trim_end_matches('*').to_owned(),
        begins: text.ends_with('*'),
        exact,
    }
}

fn meant(words: &[&str], names: &[&str], typed: &str) -> Vec<String> {
    let wanted: Vec<Wanted> = words.iter().map(|word| wanted(word)).collect();
    let meant = Slips::new(&wanted, names.iter().copied()).meant_by(typed, &mut Letters::default());
    meant
        .into_iter()
        .map(|word| words[word].to_owned())
        .collect()
}

#[test]
fn one_slip_is_forgiven_wherever_it_is_and_two_are_not() {
    for typed in [
        "borhole",
        "borehhole",
        "borehoke",
        "boreohle",
        "obrehole",
        "borehol",
        "boreholes",
    ] {
        assert_eq!(meant(&["borehole"], &[], typed), ["borehole"], "{typed}");
    }
    for typed in [
        "borehole",
        "borhle",
        "borholes",
        "bore",
        "hole",
        "boreehhole",
    ] {
        assert!(meant(&["borehole"], &[], typed).is_empty(), "{typed}");
    }
    assert_eq!(meant(&["مستشفى"], &[], "مستشفي"), ["مستشفى"]);
}

#[test]
fn short_words_numbers_and_what_is_to_be_exact_are_taken_as_they_are() {
    assert!(meant(&["road"], &[], "roads").is_empty());
    assert!(meant(&["20245"], &[], "20246").is_empty());
    assert!(meant(&["=border"], &[], "burder").is_empty());
    assert_eq!(meant(&["roads"], &[], "road"), ["roads"]);
}

#[test]
fn a_word_that_is_known_is_no_slip_of_another() {
    assert_eq!(meant(&["teacher"], &[], "teachers"), ["teacher"]);
    assert!(meant(&["teacher", "teachers"], &[], "teachers").is_empty());
    assert!(meant(&["teacher", "=teachers"], &[], "teachers").is_empty());
    assert!(meant(&["border"], &["burder"], "burder").is_empty());
}

#[test]
fn beginnings_of_six_letters_forgive_a_slip_before_the_last() {
    for typed in [
        "barbarani",
        "brabarani",
        "bararabani",
        "barrabarani",
        "barabrani",
    ] {
        assert_eq!(meant(&["baraba*"], &[], typed), ["baraba*"], "{typed}");
    }
    assert_eq!(
        meant(&["borehole*"], &[], "borehol"),
        ["borehole*"],
        "it ends too soon"
    );
    assert!(
        meant(&["baraba*"], &[], "barabizo").is_empty(),
        "a word of its own"
    );
    assert!(
        meant(&["baraba*"], &[], "baraz").is_empty(),
        "another letter"
    );
    assert!(meant(&["sewer*"], &[], "sever").is_empty(), "too short");
    assert!(meant(&["baraba*"], &[], "barabara").is_empty(), "no slip");
}

#[test]
fn a_mistyped_name_is_not_the_beginning_of_another_word() {
    assert_eq!(meant(&["harass*"], &[], "habassvein"), ["harass*"]);
    assert!(meant(&["harass*"], &["habasswein"], "habassvein").is_empty());
    assert!(meant(&["harass*"], &["habasswein"], "habasswein").is_empty());
    assert_eq!(
        meant(&["harass*"], &["habasswein"], "harrassment"),
        ["harass*"]
    );
}

/// By the distance of Damerau and Levenshtein, as others reckon it.
fn differ_by_a_slip(a: &str, b: &str) -> bool {
    let (first_of_a, first_of_b) = (a.chars().next(), b.chars().next());
    let swapped =
        a.len() == b.len() && first_of_a == b.chars().nth(1) && a.chars().nth(1) == first_of_b;
    let is_one = strsim::osa_distance(a, b) == 1;
    is_one && (first_of_a == first_of_b || (swapped && a.chars().skip(2).eq(b.chars().skip(2))))
}

/// Every beginning of the word that could be the stem with a slip is compared.
fn begins_with_a_slip(word: &str, stem: &str) -> bool {
    let ends_as_well = |part: &str| {
        let (body, end) = stem.split_at(stem.len() - 2);
        let swapped = end.chars().rev().eq(part.chars().skip(body.len()));
        part.chars().last() == stem.chars().last() || (part.starts_with(body) && swapped)
    };
    let parts = (2..=word.len()).filter_map(|end| word.get(..end));
    let is_cut = stem.starts_with(word) && stem.len() == word.len() + 1;
    let is_mistyped = parts
        .filter(|part| ends_as_well(part))
        .any(|part| differ_by_a_slip(part, stem));
    !word.starts_with(stem) && (is_mistyped || is_cut)
}

proptest! {
    #[test]
    fn it_finds_what_comparing_with_each_word_finds(
        words in prop::collection::btree_set("[ab]{4,7}", 1..6),
        stems in prop::collection::btree_set("[ab]{5,7}", 0..4),
        typed in "[abc]{3,10}",
    ) {
        let written: Vec<String> = words.iter().cloned().chain(stems.iter().map(|stem| format!("{stem}*"))).collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        let expected: Vec<&str> = written
            .iter()
            .copied()
            .filter(|_| !words.contains(&typed))
            .filter(|word| match word.strip_suffix('*') {
                Some(stem) => stem.len() >= 6 && begins_with_a_slip(&typed, stem),
                None => word.len() >= 5 && differ_by_a_slip(&typed, word),
            })
            .collect();
        prop_assert_eq!(meant(&written, &[], &typed), expected);
    }

    #[test]
    fn any_word_can_be_asked_for(word in "\\PC{0,40}", typed in "\\PC{0,40}") {
        let found = meant(&[&word], &[], &typed);
        prop_assert!(found.is_empty() || found == [word.as_str()]);
    }
}
