//! What is hidden of a month is read as it was written, by this version and by later ones.

use proptest::prelude::*;

use super::super::super::{Codes, Dimension, Key, LeftOut, Period};
use super::super::axis::Axis;
use super::super::{Month, Protection};
use super::town::{self, Complaint, MONTHS, Scope, Town};

/// What is hidden of a month of these.
fn protected(complaints: &[Complaint]) -> Protection {
    let town = Town::new();
    let mut codes = Codes::default();
    let mut month = Month::of_complaints(october(), town.ground(), &mut codes);
    for complaint in complaints {
        let fact = town::fact(complaint, town::lodged(0), &mut codes);
        month.add(&fact, &mut codes);
    }
    month.protect(&codes)
}

fn october() -> Period {
    Period::from_word(MONTHS[0]).unwrap()
}

fn read(kept: &str) -> Option<Protection> {
    Protection::of_kept(october(), kept)
}

/// A month with something in it that is hidden, and something that is not.
fn some_month() -> Protection {
    let ways = Scope::of(&[0, 1, 3]).all();
    let often = ways.iter().zip((1..8).cycle());
    let all: Vec<Complaint> = often.flat_map(|(way, times)| vec![*way; times]).collect();
    protected(&all)
}

/// Whether it shows how many are of one.
fn shows(month: &Protection, one: &(Axis, Key)) -> bool {
    month.shows(std::slice::from_ref(one))
}

fn is(axis: Dimension, word: &str) -> (Axis, Key) {
    (Axis::Of(axis), Some(word.into()))
}

proptest! {
    #[test]
    fn what_is_kept_answers_as_what_is_worked_out(
        complaints in Scope::any(&[0, 1, 2, 3, 4]).prop_flat_map(|scope| scope.month(60))
    ) {
        let worked_out = protected(&complaints);
        prop_assert_eq!(read(&worked_out.to_kept()), Some(worked_out));
    }
}

#[test]
fn what_is_left_out_is_kept_too() {
    let month = Protection {
        left_out: LeftOut {
            not_complaints: 7,
            merged: 8,
            sensitive: 9,
        },
        ..some_month()
    };
    assert_eq!(read(&month.to_kept()), Some(month));
}

/// Each stands in databases: another word, or another meaning of one, would be another figure of a month that stays.
#[test]
fn axes_are_kept_by_words_that_do_not_change() {
    let all = Axis::all();
    let words: Vec<String> = all.iter().map(|axis| axis.kept_as()).collect();
    assert_eq!(
        words.join(" "),
        "sector kind gender age_group sub_county ward channel organisation status outcome language \
         open overdue returned reopened confirmed unconfirmed not_solved referred \
         in_time_to_accept in_time_to_act in_time_to_resolve"
    );
    for (axis, word) in all.iter().zip(&words) {
        assert_eq!(Axis::of_kept(word), Some(*axis));
    }
    assert_eq!(Axis::of_kept("shoe_size"), None);
}

#[test]
fn what_a_month_was_not_protected_by_is_not_told() {
    let month = some_month();
    let water = is(Dimension::Sector, "water");
    let woman = is(Dimension::Gender, "woman");
    assert!(month.shows(&[water.clone(), woman.clone()]));
    // One of a later version stands where gender does.
    let of_later = month.to_kept().replace("\"gender\"", "\"shoe_size\"");
    let of_later = read(&of_later).unwrap();
    assert!(shows(&of_later, &water));
    assert!(!shows(&of_later, &woman));
    assert!(!of_later.shows(&[is(Dimension::Gender, "nobody is of it")]));
    assert!(!of_later.shows(&[water.clone(), woman.clone()]));
    assert_eq!(of_later.categories(woman.0).count(), 0);
    // What an axis has that is none of this month's is nobody.
    assert!(month.shows(&[is(Dimension::Gender, "nobody is of it")]));
    // A pair of axes that is told since.
    let mut of_before = month;
    of_before.by_two.clear();
    assert!(shows(&of_before, &water) && shows(&of_before, &woman));
    assert!(!of_before.shows(&[water, woman]));
}

#[test]
fn what_was_not_written_so_is_refused_and_not_guessed() {
    let kept = some_month().to_kept();
    assert!(read(&kept).is_some());
    let hidden = kept.split_once("\"hidden\":\"").unwrap().1;
    let hidden = hidden.split_once('"').unwrap().0;
    let with = |bits: String| {
        let (old, new) = (
            format!("\"hidden\":\"{hidden}\""),
            format!("\"hidden\":\"{bits}\""),
        );
        kept.replacen(&old, &new, 1)
    };
    for wrong in [
        String::new(),
        "{}".to_owned(),
        with(hidden.replacen(['0', '1'], "x", 1)),
        with(format!("{hidden}0")),
        with(hidden.get(1..).unwrap().to_owned()),
        kept.replacen("[0,1,\"", "[1,0,\"", 1),
        kept.replacen("[0,1,\"", "[0,99,\"", 1),
        kept.replacen("[0,1,\"", "[0,1,\"0", 1),
        kept.replacen("\"woman\"", "\"man\"", 1),
        kept.replacen("\"few\":false", "\"few\":0", 1),
    ] {
        assert_ne!(wrong, kept);
        assert_eq!(read(&wrong), None, "{wrong}");
    }
}
