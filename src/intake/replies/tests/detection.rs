//! The language of short complaints, as people write them: misspelt, without an accent's worth of grammar.

use super::five::all;
use super::*;

/// A language and a complaint in it a line. The last 42 were written after the lists of Somali, Arabic and French.
const TEXTS: &str = include_str!("languages.tsv");

fn detected(replies: &Replies, text: &str) -> Option<String> {
    let language = replies.detect(text, &Normalised::new(text));
    language.map(|id| id.to_string())
}

#[test]
fn short_complaints_are_answered_in_their_own_language() {
    let replies = all();
    let texts = TEXTS.lines().map(|line| line.split_once('\t').unwrap());
    let (mut told, mut wrong) = (0, Vec::new());
    for (language, text) in texts.clone() {
        match detected(&replies, text) {
            Some(found) if found == language => told += 1,
            Some(found) => wrong.push((text, found)),
            None => {}
        }
    }
    assert_eq!(wrong, []);
    assert!(told * 100 >= texts.count() * 97, "{told}");
}

#[test]
fn names_and_numbers_are_of_no_language() {
    let replies = all();
    for text in [
        "Habasswein",
        "Habasswein 12",
        "Lakoley South",
        "Bute Wajir North",
        "Bulla Jogoo",
        "Fatuma Abdi Hassan",
        "Mohamed Ali Omar",
        "Kahin Abdullahi Noor, Arbajahan",
        "HSNP 4",
        "12 34",
        "?",
    ] {
        assert_eq!(detected(&replies, text), None, "{text}");
    }
}

/// Of people who write in a language that nobody is answered in, nothing is known: better the county's than the nearest other.
#[test]
fn a_language_without_a_file_is_not_taken_for_another() {
    let replies = shipped();
    assert_eq!(detected(&replies, "geel baa dhintay guryo burbureen"), None);
    assert_eq!(detected(&replies, "ضربوا أخي"), None);
    assert_eq!(
        detected(&all(), "geel baa dhintay guryo burbureen").as_deref(),
        Some("so")
    );
}

#[test]
fn letters_tell_where_words_do_not() {
    let replies = all();
    let by_words = |text: &str| replies.vocabulary.likeliest(&Normalised::new(text)).len();
    assert_eq!(by_words("toit effondré"), 0);
    assert_eq!(detected(&replies, "toit effondré").as_deref(), Some("fr"));
}
