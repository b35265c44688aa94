//! Whoever takes all wards off their sub-county, or who is overdue off all that are open.

use std::collections::HashMap;

use super::attack::{leaks, of_each};
use super::figures::{Asked, Told};
use super::town::{MONTHS, Scope};

/// What is told of a category and of others that lie within it, or that it lies within, of another axis, where the others together have but
/// 1 to 4 less, or more.
pub(super) fn covered_but_for_few(asked: &Asked, told: &[Told]) -> Vec<String> {
    let shown = |figure: &&Told| figure.told.is_some();
    let shown: HashMap<&[usize], u64> = told
        .iter()
        .filter(shown)
        .map(|figure| (&*figure.of, figure.truth))
        .collect();
    let mut few = Vec::new();
    for among in tables(asked) {
        let axes = asked.axes.iter();
        let axes: Vec<_> = axes.map(|axis| asked.categories(*axis, &among)).collect();
        for whole in axes.iter().flatten() {
            let Some(count) = shown.get(&**whole) else {
                continue;
            };
            for parts in &axes {
                let meets = |part: &&Vec<usize>| part.iter().any(|way| whole.contains(way));
                let is_within = |part: &&Vec<usize>| part.iter().all(|way| whole.contains(way));
                let within = parts.iter().filter(is_within);
                let within: u64 = within.filter_map(|part| shown.get(&**part)).sum();
                let around = parts.iter().filter(meets);
                let around: Option<u64> = around.map(|part| shown.get(&**part).copied()).sum();
                let more = around.map(|around| around - count);
                for rest in [Some(count - within), more].into_iter().flatten() {
                    if (1..5).contains(&rest) {
                        few.push(format!("{rest} of {whole:?} or around it"));
                    }
                }
            }
        }
    }
    few
}

/// The ways that complaints of a month or of both could be, all or of one category: what one column counts.
fn tables(asked: &Asked) -> Vec<Vec<usize>> {
    let all = 0..asked.all.len();
    let of_month = |month: usize| -> Vec<usize> {
        let is_of = |way: &usize| asked.all[*way].0 == month;
        all.clone().filter(is_of).collect()
    };
    let mut tables: Vec<Vec<usize>> = (0..MONTHS.len()).map(of_month).collect();
    tables.push(all.collect());
    let columns = |table: &Vec<usize>| -> Vec<Vec<usize>> {
        let axes = asked.axes.iter();
        axes.flat_map(|axis| asked.categories(*axis, table))
            .collect()
    };
    let by_two: Vec<_> = tables.iter().flat_map(columns).collect();
    tables.extend(by_two);
    tables
}

#[test]
fn a_sub_county_without_its_wards_does_not_tell_of_the_places_in_none() {
    // Women and men: Burder 10 and 10, Dadaja Bulla 9 and 9, Wajir South itself two women; Gurar 5 men, and no place 5 women.
    let month = of_each(&[
        (10, [0, 0, 0, 0, 0]),
        (10, [1, 0, 0, 0, 0]),
        (9, [0, 0, 0, 1, 0]),
        (9, [1, 0, 0, 1, 0]),
        (2, [0, 0, 0, 4, 0]),
        (5, [1, 0, 0, 2, 0]),
        (5, [0, 0, 0, 3, 0]),
    ]);
    let none = Vec::<String>::new();
    assert_eq!(leaks(&Scope::of(&[0, 3]), &[vec![], month]), none);
}

#[test]
fn all_that_are_open_without_those_overdue_do_not_tell_who_has_time_left() {
    let became = [5, 0, 0, 5, 0, 0, 12, 3, 8, 0, 6, 8, 0, 7, 5, 0, 10, 8, 0, 6];
    let ways = (0..became.len()).filter(|way| became[*way] > 0);
    let scope = Scope {
        matters: &[4],
        became: ways.clone().collect(),
    };
    let month: Vec<_> = ways.map(|way| (became[way], [0, 0, 0, 0, way])).collect();
    let none = Vec::<String>::new();
    assert_eq!(leaks(&scope, &[vec![], of_each(&month)]), none);
}
