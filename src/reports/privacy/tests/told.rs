//! What the committee and the public are told, as they ask.

use super::super::super::tests::rows;
use super::super::super::{
    Answer, Codes, Dimension, Fact, Key, LeftOut, Measure, Period, Question, Reached, Stage,
    Statistic, Value,
};
use super::super::super::{Days, Figure};
use super::super::{Allowed, Month, Outside, Protection, Refused, may_ask};
use super::town::{self, Town};

/// The number of one that has none of its own.
const SOME: i64 = 1;

pub(super) fn question(by: &[Dimension], measure: Measure, period: &str) -> Question {
    Question::new(by, measure, Period::from_word(period).unwrap()).unwrap()
}

pub(super) fn answer(
    question: Question,
    complaints: impl FnOnce(&mut Codes) -> Vec<Fact>,
) -> Answer {
    let town = Town::new();
    let mut codes = Codes::default();
    // Each is another one, unless its own number says otherwise.
    let numbered = (1_000..).zip(complaints(&mut codes));
    let numbered = numbered.map(|(id, fact)| match fact.id {
        SOME => Fact { id, ..fact },
        _ => fact,
    });
    let complaints: Vec<Fact> = numbered.collect();
    let questions = [question];
    let ground = town.ground();
    let allowed = Allowed::new(&questions, &ground).unwrap();
    let mut outside = Outside::new(&allowed, &ground, &mut codes);
    let of_hops = questions[0].measure.is_of_hops();
    for period in allowed.months() {
        let month = match of_hops {
            true => Month::of_hops(period, ground.clone(), &mut codes),
            false => Month::of_complaints(period, ground.clone(), &mut codes),
        };
        let protection = protection(month, &complaints, &mut codes);
        let kept = Protection::of_kept(period, &protection.to_kept()).unwrap();
        assert_eq!(kept, protection);
        outside.hide(of_hops, kept);
    }
    for fact in &complaints {
        outside.add(fact, &mut codes);
    }
    outside.answers(&codes).remove(0)
}

fn protection(mut month: Month<'_>, complaints: &[Fact], codes: &mut Codes) -> Protection {
    for fact in complaints {
        month.add(fact, codes);
    }
    month.protect(codes)
}

/// A complaint of a woman on water in Burder, lodged in that month, that is referred.
pub(super) fn one(month: usize, codes: &mut Codes) -> Fact {
    town::fact(&[0; town::MATTERS], town::lodged(month), codes)
}

/// So many, each on that sector.
pub(super) fn on(sector: &str, count: usize, month: usize, codes: &mut Codes) -> Vec<Fact> {
    let sector = Some(codes.code(sector));
    vec![
        Fact {
            sector,
            ..one(month, codes)
        };
        count
    ]
}

#[test]
fn who_is_one_of_few_is_hidden_and_so_is_the_next_larger_row() {
    let by_sector = question(&[Dimension::Sector], Measure::Complaints, "2026-10");
    let answer = answer(by_sector, |codes| {
        [("roads", 3), ("health", 30), ("water", 20), ("food", 25)]
            .iter()
            .flat_map(|(sector, count)| on(sector, *count, 0, codes))
            .collect()
    });
    // The hidden ones stand by their names, and not by how many they are.
    assert_eq!(
        rows(&answer),
        [
            ("health", Value::Count(30)),
            ("food", Value::Count(25)),
            ("roads", Value::Hidden),
            ("water", Value::Hidden),
            ("not given", Value::Count(0)),
        ]
    );
    assert_eq!(answer.total.value, Value::Count(78));
}

#[test]
fn a_month_of_a_few_says_nothing_not_even_who_is_in_it() {
    let by_sector = question(&[Dimension::Sector], Measure::Complaints, "2026-10");
    let answer = answer(by_sector, |codes| on("roads", 4, 0, codes));
    assert_eq!(rows(&answer), [("not given", Value::Hidden)]);
    assert_eq!(answer.total.value, Value::Hidden);
}

#[test]
fn a_row_that_a_filter_leaves_nobody_in_is_a_row() {
    // Were it none, a hidden cell of nobody would be told by the row that is missing.
    let by_sector = question(&[Dimension::Sector], Measure::Complaints, "2026-10");
    let of_men = by_sector.only(Dimension::Gender, Some("man"));
    let answer = answer(of_men, |codes| {
        let mut all = on("water", 10, 0, codes);
        all.extend(on("health", 20, 0, codes));
        for one in all.iter_mut().take(10) {
            one.gender = Some(codes.code("man"));
        }
        all
    });
    assert_eq!(
        rows(&answer),
        [
            ("water", Value::Count(10)),
            ("health", Value::Count(0)),
            ("not given", Value::Count(0)),
        ]
    );
}

#[test]
fn five_of_whom_each_could_be_one_do_not_stand_alone() {
    // Of five who are known to be at least one each, and five together, each is one.
    let by_sector = question(&[Dimension::Sector], Measure::Complaints, "2026-10");
    let answer = answer(by_sector, |codes| {
        let sectors = ["a", "b", "c", "d", "e"];
        let few = sectors.iter().flat_map(|one| on(one, 1, 0, codes));
        let mut all: Vec<Fact> = few.collect();
        all.extend(on("water", 30, 0, codes));
        all.extend(on("roads", 40, 0, codes));
        all
    });
    let shown: Vec<_> = rows(&answer)
        .into_iter()
        .filter(|(_, value)| *value != Value::Hidden)
        .collect();
    assert_eq!(
        shown,
        [("roads", Value::Count(40)), ("not given", Value::Count(0))]
    );
}

#[test]
fn two_months_say_nothing_that_each_does_not() {
    let by_sector = question(&[Dimension::Sector], Measure::Complaints, "2026-10")
        .in_period(Period::of_months(2026, 10, 2).unwrap());
    let answer = answer(by_sector, |codes| {
        let mut all = on("roads", 3, 0, codes);
        all.extend(on("water", 10, 0, codes));
        all.extend(on("health", 10, 0, codes));
        all.extend(on("roads", 30, 1, codes));
        all.extend(on("water", 10, 1, codes));
        all.extend(on("health", 10, 1, codes));
        all
    });
    // Roads are shown in November, and their sum would show October's.
    assert_eq!(
        rows(&answer),
        [
            ("health", Value::Count(20)),
            ("roads", Value::Hidden),
            ("water", Value::Hidden),
            ("not given", Value::Count(0)),
        ]
    );
}

#[test]
fn what_is_sensitive_is_a_total_of_five_or_more_and_no_slice_of_it() {
    for (sensitive, told) in [(4, 0), (5, 5)] {
        let water = question(&[], Measure::Complaints, "2026-10");
        let water = water.only(Dimension::Sector, Some("water"));
        let answer = answer(water, |codes| {
            let mut all = on("water", 10, 0, codes);
            let roads = on("roads", sensitive, 0, codes);
            all.extend(roads.into_iter().map(|one| Fact {
                sensitive: true,
                ..one
            }));
            all
        });
        assert_eq!(answer.total.value, Value::Count(10));
        assert_eq!(
            answer.left_out,
            LeftOut {
                sensitive: told,
                ..LeftOut::default()
            }
        );
    }
}

#[test]
fn how_long_it_took_is_told_of_five_or_more_and_not_to_the_second() {
    let median = Measure::Time(Statistic::Median, Days::Calendar, Stage::Resolve);
    for (solved, told) in [(4, Value::Hidden), (6, Value::Days(2.3))] {
        let answer = answer(question(&[], median, "2026-10"), |codes| {
            let mut all = on("water", 20, 0, codes);
            for one in all.iter_mut().take(solved) {
                let at = one.opened_at + 200_000_123;
                one.reached[2] = Some(Reached { at, late: false });
            }
            all
        });
        assert_eq!(answer.total.value, told);
    }
}

#[test]
fn who_was_late_is_no_difference_of_two_figures() {
    // Of seven who were accepted six are told to be in time: one was not.
    let in_time = Measure::InTime(Stage::Accept);
    let median = Measure::Time(Statistic::Median, Days::Calendar, Stage::Accept);
    for (late, is_told) in [(1, false), (6, true)] {
        for measure in [in_time, median] {
            let answer = answer(question(&[], measure, "2026-10"), |codes| {
                let mut all = on("water", 27, 0, codes);
                for (at, one) in all.iter_mut().take(6 + late).enumerate() {
                    one.reached[0] = Some(Reached {
                        at: one.opened_at + 86_400_000,
                        late: at < late,
                    });
                }
                all
            });
            let told = answer.total.value != Value::Hidden;
            assert_eq!(told, is_told, "{measure:?} with {late} late");
        }
    }
}

#[test]
fn what_is_in_time_does_not_tell_of_the_one_that_is_late() {
    // Four are overdue and one was late: the two are hidden beside each other, and ten in time are not.
    let median = Measure::Time(Statistic::Median, Days::Calendar, Stage::Accept);
    let answer = answer(question(&[], median, "2026-10"), |codes| {
        let closed = codes.code("closed");
        let mut all = on("water", 30, 0, codes);
        for (at, one) in all.iter_mut().enumerate() {
            let accepted = Reached {
                at: one.opened_at + 86_400_000,
                late: at == 0,
            };
            one.reached[0] = (at <= 10).then_some(accepted);
            one.status = if (11..15).contains(&at) {
                one.status
            } else {
                closed
            };
        }
        all
    });
    assert_eq!(answer.total.value, Value::Hidden);
}

#[test]
fn five_times_the_same_complaint_is_no_five() {
    let held = Measure::Held(Statistic::Mean, Days::Calendar);
    let by_holder = question(&[Dimension::Organisation], held, "2026-10");
    let answer = answer(by_holder, |codes| {
        let hop = one(0, codes);
        let mut of = |holder: &str, id: i64| Fact {
            id,
            holder: codes.code(holder),
            held: Some((hop.opened_at, hop.opened_at + 86_400_000)),
            ..hop
        };
        let mut hops: Vec<Fact> = (10..30).map(|id| of("wajir-water", id)).collect();
        hops.extend((10..30).map(|id| of("wajir-health", id)));
        hops.extend([10, 10, 10, 11, 11, 11].map(|id| of("wajir-roads", id)));
        let sensitive = [40, 40, 41, 41, 42, 42].map(|id| Fact {
            sensitive: true,
            ..of("wajir-water", id)
        });
        hops.extend(sensitive);
        hops
    });
    let roads: Key = Some("wajir-roads".into());
    assert_eq!(answer.figure(Some(&roads), None).value, Value::Hidden);
    assert_eq!(answer.left_out.sensitive, 0, "three are too few to tell");
}

#[test]
fn how_many_of_few_are_open_is_hidden_and_so_is_how_many_are_not() {
    for (open, told) in [
        (3, Value::Hidden),
        (17, Value::Hidden),
        (10, Value::Count(10)),
    ] {
        let answer = answer(question(&[], Measure::Open, "2026-10"), |codes| {
            let mut all = on("water", 20, 0, codes);
            for one in all.iter_mut().skip(open) {
                one.status = codes.code("closed");
            }
            all
        });
        assert_eq!(answer.total.value, told, "{open}");
    }
}

#[test]
fn times_held_are_told_of_five_or_more_hops_and_not_of_how_many() {
    let held = Measure::Held(Statistic::Mean, Days::Calendar);
    let by_holder = question(&[Dimension::Organisation], held, "2026-10");
    let answer = answer(by_holder, |codes| {
        let hop = one(0, codes);
        let a_day = Some((hop.opened_at, hop.opened_at + 86_400_000));
        let by = |holder: &str, count: usize, codes: &mut Codes| {
            let holder = codes.code(holder);
            let held = Fact {
                holder,
                held: a_day,
                ..hop
            };
            vec![held; count]
        };
        let mut hops = by("wajir-water", 12, codes);
        hops.extend(by("wajir-health", 6, codes));
        hops.extend(by("wajir-roads", 2, codes));
        hops
    });
    assert_eq!(
        rows(&answer),
        [
            ("wajir-water", Value::Days(1.0)),
            ("wajir-health", Value::Hidden),
            ("wajir-roads", Value::Hidden),
        ]
    );
    let [water, ..] = answer.row_totals.as_slice() else {
        panic!("no rows");
    };
    assert_eq!(
        *water,
        Figure {
            rests_on: 10,
            value: Value::Days(1.0)
        }
    );
}

#[test]
fn outsiders_are_told_why_they_are_not_told() {
    let town = Town::new();
    let ask = |question: &Question| may_ask(question, &town.ground());
    let complaints = |by: &[Dimension], period| question(by, Measure::Complaints, period);
    let two = [Dimension::Sector, Dimension::Gender];
    assert_eq!(ask(&complaints(&two, "2026-10")), Ok(()));
    let with_a_filter = complaints(&two, "2026-10").only(Dimension::Ward, Some("burder"));
    assert_eq!(ask(&with_a_filter), Err(Refused::TooMany));
    let with_its_own = complaints(&two, "2026-10").only(Dimension::Gender, Some("woman"));
    assert_eq!(ask(&with_its_own), Ok(()));
    let open = question(&two, Measure::Open, "2026-10");
    assert_eq!(ask(&open), Err(Refused::TooMany));
    let open = question(&[Dimension::Status], Measure::Open, "2026-10");
    assert_eq!(ask(&open), Err(Refused::SameMatter));
    let open = question(&[Dimension::Ward], Measure::Open, "2026-10");
    assert_eq!(ask(&open), Err(Refused::NotToldBy(Dimension::Ward)));
    let places = complaints(&[Dimension::SubCounty, Dimension::Ward], "2026-10");
    assert_eq!(ask(&places), Err(Refused::SameMatter));
    assert_eq!(ask(&complaints(&[], "2026-12")), Err(Refused::NotOver));
    assert_eq!(
        ask(&complaints(&[], "2026-10-05")),
        Err(Refused::NoWholeMonths)
    );
    let day = Dimension::Day;
    assert_eq!(ask(&complaints(&[day], "2026-10")), Err(Refused::Time(day)));
    let county = complaints(&[Dimension::County], "2026-10");
    assert_eq!(ask(&county), Err(Refused::NotOneCounty));
    let mut two_counties = town.ground();
    let again = two_counties.counties[0].clone();
    two_counties.counties.push(again);
    let all = complaints(&[], "2026-10");
    assert_eq!(may_ask(&all, &two_counties), Err(Refused::NotOneCounty));
}
