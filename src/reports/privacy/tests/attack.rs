//! Whoever has all that is told tries to compute what is not.

use proptest::prelude::*;

use super::super::super::{LeftOut, Measure, Period};
use super::covers::covered_but_for_few;
use super::figures::{Asked, Told};
use super::told::{answer, one, question};
use super::town::{Complaint, Scope};

/// A prime below 2^31: what is determined over the rationals is so modulo nearly each prime, and the other way round.
const PRIME: u64 = 2_147_483_629;

/// Between what and what each unknown lies.
type Bounds = Vec<(i64, i64)>;
/// Some unknowns, and between what and what their sum lies.
pub(super) type Sum<'a> = (&'a [usize], (i64, i64));

/// What follows from sums of what cannot be negative: each is at most what its sum leaves for it, and at least what the others leave.
pub(super) fn bounds(unknowns: usize, sums: &[Sum<'_>]) -> Bounds {
    let mut bounds = vec![(0, i64::from(u32::MAX)); unknowns];
    let mut is_new = true;
    while is_new {
        is_new = false;
        for (of, (sum_low, sum_high)) in sums {
            let (least, most) = between(of, &bounds);
            for one in *of {
                let (low, high) = bounds[*one];
                let new = (
                    low.max(sum_low - (most - high)),
                    high.min(sum_high - (least - low)),
                );
                is_new |= new != (low, high);
                bounds[*one] = new;
            }
        }
    }
    bounds
}

/// Between what and what the sum of these lies.
pub(super) fn between(of: &[usize], bounds: &[(i64, i64)]) -> (i64, i64) {
    let each = of.iter().map(|one| bounds[*one]);
    each.fold((0, 0), |(low, high), one| (low + one.0, high + one.1))
}

/// The sums that are told, solved for as many unknowns as can be; what is known to be zero is left out.
struct Solved {
    /// Each with its first unknown, of which it has one.
    rows: Vec<(usize, Vec<u64>)>,
    is_zero: Vec<bool>,
}

impl Solved {
    fn new(bounds: &Bounds, told: &[Told]) -> Self {
        let mut solved = Self {
            rows: Vec::new(),
            is_zero: bounds.iter().map(|bounds| *bounds == (0, 0)).collect(),
        };
        for figure in told.iter().filter(|figure| figure.told.is_some()) {
            let row = solved.reduced(figure);
            if let Some(first) = row.iter().position(|factor| *factor != 0) {
                let inverse = power(row[first], PRIME - 2);
                let row = row.iter().map(|factor| factor * inverse % PRIME).collect();
                solved.rows.push((first, row));
            }
        }
        solved
    }

    /// What remains of a sum when all that is told is taken off it.
    fn reduced(&self, figure: &Told) -> Vec<u64> {
        let mut row = vec![0; self.is_zero.len()];
        for one in figure.of.iter().filter(|one| !self.is_zero[**one]) {
            row[*one] = 1;
        }
        for (first, known) in &self.rows {
            let times = PRIME - row[*first];
            if times < PRIME {
                for (factor, known) in row.iter_mut().zip(known).filter(|(_, known)| **known != 0) {
                    *factor = (*factor + times * known) % PRIME;
                }
            }
        }
        row
    }

    /// Whether a figure is a sum of what is told.
    fn determines(&self, figure: &Told) -> bool {
        self.reduced(figure).iter().all(|factor| *factor == 0)
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut power = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            power = power * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    power
}

/// The figures of 1 to 4 that are told, or can be computed.
fn known(asked: &Asked, told: &[Told]) -> Vec<String> {
    let sums = told.iter().filter_map(Told::sum);
    let bounds = bounds(asked.all.len(), &sums.collect::<Vec<_>>());
    let solved = Solved::new(&bounds, told);
    let is_known = |figure: &&Told| {
        let (least, most) = between(&figure.of, &bounds);
        figure.told.is_some() || least == most || solved.determines(figure)
    };
    let small = told.iter().filter(|figure| (1..5).contains(&figure.truth));
    small
        .filter(is_known)
        .map(|figure| asked.name(figure))
        .collect()
}

/// What is told of two, of which one lies within the other, where the other has but 1 to 4 more: "of twenty that are open eighteen are
/// overdue".
fn differ_by_few(asked: &Asked, told: &[Told]) -> Vec<String> {
    let shown: Vec<&Told> = told.iter().filter(|figure| figure.told.is_some()).collect();
    let sets: Vec<Vec<u64>> = shown
        .iter()
        .map(|figure| figure.set(asked.all.len()))
        .collect();
    let is_within = |part: &[u64], whole: &[u64]| {
        part.iter()
            .zip(whole)
            .all(|(part, whole)| part & !whole == 0)
    };
    let mut few = Vec::new();
    for (whole, of_whole) in shown.iter().zip(&sets) {
        for (part, of_part) in shown.iter().zip(&sets) {
            let more = whole.truth.saturating_sub(part.truth);
            if (1..5).contains(&more) && is_within(of_part, of_whole) {
                few.push(format!(
                    "{}, but not {}",
                    asked.name(whole),
                    asked.name(part)
                ));
            }
        }
    }
    few
}

/// The figures of 1 to 4 that have no twin: that are the same in each month that is told the same and has but one complaint otherwise,
/// or two that are in one matter what the other is. What has one cannot be computed by anybody, whatever they do.
fn without_twin(asked: &Asked, told: &[Told], months: &[Vec<Complaint>]) -> Vec<String> {
    let mut small: Vec<&Told> = told
        .iter()
        .filter(|figure| (1..5).contains(&figure.truth))
        .collect();
    let shown: Vec<&Told> = told.iter().filter(|figure| figure.told.is_some()).collect();
    let masks = |figures: &[&Told]| -> Vec<Vec<i8>> {
        let mask = |figure: &&Told| {
            let mut mask = vec![0; asked.all.len()];
            for one in &figure.of {
                mask[*one] = 1;
            }
            mask
        };
        figures.iter().map(mask).collect()
    };
    let shown = masks(&shown);
    let mut masks_of_small = masks(&small);
    let number = |month: usize, way: &Complaint| {
        asked
            .all
            .iter()
            .position(|one| *one == (month, *way))
            .unwrap()
    };
    for (month, all) in months.iter().enumerate() {
        let mut ways = all.clone();
        ways.sort_unstable();
        ways.dedup();
        for one in &ways {
            for other in &ways {
                for matter in asked.scope.matters {
                    let (mut as_other, mut as_one) = (*one, *other);
                    as_other[*matter] = other[*matter];
                    as_one[*matter] = one[*matter];
                    let [less, more] = [one, &as_other].map(|way| number(month, way));
                    let [other_less, other_more] = [other, &as_one].map(|way| number(month, way));
                    let alone = |mask: &Vec<i8>| mask[more] - mask[less];
                    let both = |mask: &Vec<i8>| alone(mask) + mask[other_more] - mask[other_less];
                    let gone = |mask: &Vec<i8>| -mask[less];
                    for change in [&alone as &dyn Fn(&Vec<i8>) -> i8, &both, &gone] {
                        if shown.iter().all(|mask| change(mask) == 0) {
                            let keep: Vec<bool> = masks_of_small
                                .iter()
                                .map(|mask| change(mask) == 0)
                                .collect();
                            let mut each = keep.iter();
                            small.retain(|_| *each.next().unwrap());
                            let mut each = keep.iter();
                            masks_of_small.retain(|_| *each.next().unwrap());
                        }
                    }
                }
            }
        }
    }
    small.into_iter().map(|figure| asked.name(figure)).collect()
}

const MATTERS: [&[usize]; 5] = [&[0, 1, 4], &[0, 3, 4], &[1, 2, 3], &[1, 2, 4], &[0, 1, 3]];

/// Two months of complaints that differ in some matters.
fn county() -> impl Strategy<Value = (Scope, Vec<Vec<Complaint>>)> {
    let matters = prop::sample::select(&MATTERS[..]);
    matters.prop_flat_map(Scope::any).prop_flat_map(|scope| {
        let months = [30, 90].map(|most| scope.month(most).boxed());
        (Just(scope), months.to_vec())
    })
}

/// All that can be known and should not.
pub(super) fn leaks(scope: &Scope, months: &[Vec<Complaint>]) -> Vec<String> {
    let asked = Asked::new(scope);
    let told = asked.told(months);
    let mut leaks = known(&asked, &told);
    leaks.extend(without_twin(&asked, &told, months));
    leaks.extend(differ_by_few(&asked, &told));
    leaks.extend(covered_but_for_few(&asked, &told));
    leaks
}

/// What proptest tries if `PROPTEST_CASES` does not say how many.
const USUAL: u32 = 256;

/// Counties are tried: so few, if `PROPTEST_CASES` does not say how many.
pub(super) fn how_many(few: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    let cases = if usual.cases == USUAL {
        few
    } else {
        usual.cases
    };
    ProptestConfig { cases, ..usual }
}

proptest! {
    #![proptest_config(how_many(12))]

    #[test]
    fn what_is_hidden_cannot_be_computed((scope, months) in county()) {
        prop_assert_eq!(leaks(&scope, &months), Vec::<String>::new());
    }
}

/// How many of 0 to 4 each month has of what is left out, as far as that is told: by itself, or by what two months have.
fn left_out_known(months: &[[usize; 3]; 2]) -> Vec<String> {
    let told = |from: u32, count: u32| {
        let both = question(&[], Measure::Complaints, "2026-10");
        let asked = both.in_period(Period::of_months(2026, from, count).unwrap());
        let answer = answer(asked, |codes| {
            let left_out = |(month, of): (usize, &[usize; 3])| {
                let mut all = vec![one(month, codes); 20 + of.iter().sum::<usize>()];
                let (wrong, rest) = all.split_at_mut(of[0]);
                let (merged, rest) = rest.split_at_mut(of[1]);
                let wrong = wrong.iter_mut().map(|one| (one, "not_a_complaint"));
                for (one, word) in wrong.chain(merged.iter_mut().map(|one| (one, "merged"))) {
                    one.closed_as = Some(codes.code(word));
                }
                rest[..of[2]]
                    .iter_mut()
                    .for_each(|one| one.sensitive = true);
                all
            };
            months.iter().enumerate().flat_map(left_out).collect()
        });
        let LeftOut {
            not_complaints,
            merged,
            sensitive,
        } = answer.left_out;
        [not_complaints, merged, sensitive]
    };
    let (october, november, both) = (told(10, 1), told(11, 1), told(10, 2));
    let mut known = Vec::new();
    for kind in 0..3 {
        let all = [october[kind], november[kind], both[kind]];
        // Told as none: none, or a few.
        let few = [0, 1].map(|month| (1..5).contains(&months[month][kind]));
        let is_computed = few.contains(&true) && both[kind] > 0;
        if is_computed || all.iter().any(|told| (1..5).contains(told)) {
            known.push(format!("{kind} of {months:?}: {all:?}"));
        }
    }
    known
}

proptest! {
    #![proptest_config(how_many(12))]

    #[test]
    fn how_few_are_left_out_cannot_be_computed(months in prop::array::uniform2(prop::array::uniform3(0_usize..9))) {
        prop_assert_eq!(left_out_known(&months), Vec::<String>::new());
    }
}

/// So many of each.
pub(super) fn of_each(all: &[(usize, Complaint)]) -> Vec<Complaint> {
    let of = |(count, one): &(usize, Complaint)| vec![*one; *count];
    all.iter().flat_map(of).collect()
}

#[test]
fn a_sub_county_does_not_tell_of_its_wards() {
    // On water, Wajir South has 8, Burder of it 5: the other ward's 3 are hidden with their ward, and would be the difference.
    let month = of_each(&[
        (5, [0, 0, 0, 0, 0]),
        (3, [0, 0, 0, 1, 0]),
        (3, [0, 0, 0, 2, 0]),
        (1, [0, 0, 0, 3, 0]),
        (1, [0, 0, 2, 2, 0]),
        (3, [0, 1, 1, 0, 0]),
        (2, [0, 1, 1, 1, 0]),
        (2, [0, 2, 2, 0, 0]),
        (1, [0, 2, 2, 2, 0]),
    ]);
    assert_eq!(
        leaks(&Scope::of(&[1, 2, 3]), &[vec![], month]),
        Vec::<String>::new()
    );
}

#[test]
fn hidden_cells_of_a_row_are_five_together() {
    // On water, a woman and a man: each is the other's twin, but "two have said who they are" would be told with them.
    let month = of_each(&[
        (1, [0, 0, 0, 0, 0]),
        (1, [1, 0, 0, 0, 0]),
        (20, [2, 0, 0, 0, 0]),
        (20, [0, 1, 0, 0, 0]),
        (20, [1, 1, 0, 0, 0]),
        (20, [2, 1, 0, 0, 0]),
    ]);
    let asked = Asked::new(&Scope::of(&[0, 1]));
    let told = asked.told(&[month, vec![]]);
    let on_water = |gender: &str| {
        let name = |figure: &&Told| asked.name(figure);
        let is_it = |name: &String| {
            name.contains(gender) && name.contains("[0] of") && name.contains("water")
        };
        let figure = told.iter().find(|figure| is_it(&name(figure)));
        figure.unwrap().told
    };
    assert_eq!(["woman", "man", "not given"].map(on_water), [None; 3]);
}
