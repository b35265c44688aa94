use super::*;
use crate::reports::{Days, LeftOut};
use crate::reports::{Period, Question, Stage, Statistic};

/// An answer by one dimension, with its figures; the total is theirs, or given.
fn answer(by: Dimension, measure: Measure, rows: &[(&str, u64, Value)], total: Value) -> Answer {
    let period = Period::from_word("2026-10").unwrap();
    let figures: Vec<Figure> = rows
        .iter()
        .map(|(_, rests_on, value)| Figure {
            rests_on: *rests_on,
            value: *value,
        })
        .collect();
    let key = |name: &str| (name != "-").then(|| name.into());
    Answer {
        question: Question::new(&[by], measure, period).unwrap(),
        rows: rows.iter().map(|(name, ..)| key(name)).collect(),
        columns: Vec::new(),
        cells: rows.iter().map(|_| Vec::new()).collect(),
        row_totals: figures,
        column_totals: Vec::new(),
        total: Figure {
            rests_on: rows.iter().map(|(_, rests_on, _)| rests_on).sum(),
            value: total,
        },
        left_out: LeftOut::default(),
    }
}

fn counts(by: Dimension, rows: &[(&str, u64)]) -> Answer {
    let all = rows.iter().map(|(_, count)| count).sum();
    let rows: Vec<(&str, u64, Value)> = rows
        .iter()
        .map(|(name, count)| (*name, *count, Value::Count(*count)))
        .collect();
    answer(by, Measure::Complaints, &rows, Value::Count(all))
}

fn shape(answer: &Answer) -> Shape {
    Finding::of(answer, None).shape
}

#[test]
fn complaints_fell_by_a_third_and_half_are_still_from_one_place() {
    let by = Dimension::SubCounty;
    let before = counts(by, &[("wajir-south", 50), ("eldas", 40), ("-", 0)]);
    let now = counts(by, &[("wajir-south", 30), ("eldas", 20), ("tarbaj", 10)]);
    assert_eq!(
        Finding::of(&now, Some(&before)),
        Finding {
            change: Change::Fell(By::Part(Part::Third)),
            shape: Shape::Leads {
                dimension: by,
                key: Some("wajir-south".into()),
                part: Part::Half,
                still: true,
            },
        }
    );
}

#[test]
fn what_rests_on_few_is_no_finding() {
    let by = Dimension::Sector;
    let now = counts(by, &[("water", 4), ("health", 2)]);
    let before = counts(by, &[("water", 2)]);
    let finding = Finding::of(&now, Some(&before));
    assert_eq!(finding.change, Change::Unknown);
    assert_eq!(finding.shape, Shape::Few(6));
    assert_eq!(shape(&counts(by, &[("-", 0)])), Shape::Nothing);
}

#[test]
fn of_equals_nobody_leads_and_of_two_both_do() {
    let by = Dimension::Sector;
    let even = counts(by, &[("water", 20), ("health", 19), ("roads", 18)]);
    assert_eq!(shape(&even), Shape::Even);
    let two = counts(
        by,
        &[("water", 40), ("health", 35), ("roads", 10), ("-", 15)],
    );
    assert_eq!(
        shape(&two),
        Shape::Two {
            dimension: by,
            keys: [Some("water".into()), Some("health".into())],
            part: Part::ThreeQuarters,
        }
    );
}

#[test]
fn two_that_have_less_than_half_between_them_are_no_finding() {
    let rows = [
        ("north", 40),
        ("south", 40),
        ("east", 30),
        ("west", 30),
        ("-", 90),
    ];
    assert_eq!(shape(&counts(Dimension::SubCounty, &rows)), Shape::Even);
}

#[test]
fn who_has_another_part_than_before_does_not_have_it_still() {
    let by = Dimension::Sector;
    let still = |before: &[(&str, u64)]| {
        let now = counts(by, &[("water", 50), ("health", 30), ("roads", 20)]);
        let finding = Finding::of(&now, Some(&counts(by, before)));
        let Shape::Leads { still, .. } = finding.shape else {
            panic!("{finding:?}");
        };
        still
    };
    assert!(still(&[("water", 45), ("health", 35), ("roads", 20)]));
    assert!(!still(&[("water", 38), ("health", 32), ("roads", 30)]));
    assert!(!still(&[("water", 70), ("health", 20), ("roads", 10)]));
    assert!(!still(&[("health", 50), ("water", 30), ("roads", 20)]));
}

#[test]
fn where_most_is_not_given_nothing_is_said_of_the_rest() {
    let by = Dimension::Gender;
    let answer = counts(by, &[("woman", 20), ("man", 10), ("-", 60)]);
    assert_eq!(
        shape(&answer),
        Shape::NotGiven {
            dimension: by,
            part: Part::TwoThirds
        }
    );
}

#[test]
fn a_rise_is_told_in_times_and_a_share_in_points() {
    let figure = |value| Figure {
        rests_on: 100,
        value,
    };
    for (was, is, change) in [
        (
            Value::Count(20),
            Value::Count(41),
            Change::Rose(By::Times(2)),
        ),
        (
            Value::Count(100),
            Value::Count(125),
            Change::Rose(By::Part(Part::Quarter)),
        ),
        (Value::Count(100), Value::Count(97), Change::Same),
        (
            Value::Days(8.0),
            Value::Days(4.0),
            Change::Fell(By::Part(Part::Half)),
        ),
        (
            Value::Share(60, 100),
            Value::Share(72, 100),
            Change::Rose(By::Points(12)),
        ),
        (Value::Hidden, Value::Count(40), Change::Unknown),
    ] {
        assert_eq!(Change::between(&figure(was), &figure(is)), change);
    }
}

#[test]
fn of_durations_the_slowest_is_told_if_it_has_enough_cases() {
    let by = Dimension::Organisation;
    let measure = Measure::Time(Statistic::Median, Days::Calendar, Stage::Resolve);
    let days = Value::Days;
    let rows = [
        ("water", 40, days(6.0)),
        ("health", 30, days(9.0)),
        ("roads", 2, days(40.0)),
    ];
    assert_eq!(
        shape(&answer(by, measure, &rows, days(6.5))),
        Shape::Highest(Extreme {
            dimension: by,
            key: Some("health".into()),
            value: days(9.0),
            all: days(6.5),
        })
    );
    let in_time = [
        ("water", 40, Value::Share(36, 40)),
        ("health", 30, Value::Share(12, 30)),
    ];
    let measure = Measure::InTime(Stage::Resolve);
    let late = shape(&answer(by, measure, &in_time, Value::Share(48, 70)));
    assert!(matches!(late, Shape::Lowest(Extreme { key: Some(key), .. }) if &*key == "health"));
}

#[test]
fn over_time_the_peak_is_told() {
    let by = Dimension::Month;
    let answer = counts(by, &[("2026-08", 20), ("2026-09", 60), ("2026-10", 30)]);
    assert_eq!(
        shape(&answer),
        Shape::Peak {
            dimension: by,
            key: Some("2026-09".into()),
            value: Value::Count(60)
        }
    );
}

#[test]
fn what_is_hidden_is_not_told() {
    let by = Dimension::Sector;
    let few = [("water", 40, Value::Hidden), ("health", 3, Value::Hidden)];
    let hidden = answer(by, Measure::Complaints, &few, Value::Count(43));
    assert_eq!(shape(&hidden), Shape::Hidden);
    let all = answer(by, Measure::Complaints, &few, Value::Hidden);
    assert_eq!(shape(&all), Shape::Hidden);
}

#[test]
fn nobody_is_said_to_have_most_where_who_is_hidden_may_have_more() {
    let by = Dimension::Ward;
    let of = |rows: &[(&str, u64, Value)]| {
        shape(&answer(by, Measure::Complaints, rows, Value::Count(55)))
    };
    let hidden = [
        ("a", 40, Value::Hidden),
        ("b", 5, Value::Hidden),
        ("c", 10, Value::Count(10)),
    ];
    assert_eq!(of(&hidden), Shape::All(Value::Count(55)));
    let leads = [
        ("a", 40, Value::Count(40)),
        ("b", 5, Value::Hidden),
        ("c", 10, Value::Hidden),
    ];
    assert!(matches!(of(&leads), Shape::Leads { .. }));
}
