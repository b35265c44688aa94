use super::*;

/// A county in which so many were solved, half within so many days, and so many of these are confirmed; on water, so many in a hundred in
/// time.
fn county(solved: u64, days: f64, confirmed: u64, water: u64) -> OfCounty {
    let period = Period::from_word("2026-Q3").unwrap();
    let answers = questions(period).into_iter().map(|question| {
        let (rests_on, value) = match question.measure {
            DAYS => (solved, Value::Days(days)),
            Measure::Confirmed => (confirmed, Value::Count(confirmed)),
            Measure::InTime(Stage::Resolve) => (solved, Value::Share(solved / 2, solved)),
            Measure::PerInhabitants => (solved, Value::Rate(127.0)),
            Measure::Returned => (0, Value::Hidden),
            _ => (solved, Value::Count(solved)),
        };
        let figure = Figure { rests_on, value };
        let of_water = Figure {
            rests_on: 100,
            value: Value::Share(water, 100),
        };
        let by_sector = question.rows().is_some();
        Answer {
            rows: if by_sector {
                vec![Some("water".into())]
            } else {
                Vec::new()
            },
            columns: Vec::new(),
            cells: vec![Vec::new(); usize::from(by_sector)],
            row_totals: if by_sector {
                vec![of_water]
            } else {
                Vec::new()
            },
            column_totals: Vec::new(),
            total: figure,
            left_out: super::super::LeftOut::default(),
            question,
        }
    });
    OfCounty::new(answers.collect())
}

fn of(lesson: Lesson, own: &OfCounty, others: &[OfCounty]) -> Compared {
    let mut all = compare(own, others).into_iter();
    all.find(|one| one.lesson == lesson).unwrap()
}

#[test]
fn others_stand_by_their_size_and_rounded() {
    let own = county(40, 14.2, 20, 30);
    let others = [(30, 11.4, 6, 62), (90, 8.6, 50, 58), (25, 20.0, 9, 90)];
    let others =
        others.map(|(solved, days, confirmed, water)| county(solved, days, confirmed, water));
    let days = of(Lesson::DaysToResolve, &own, &others);
    assert_eq!(days.own, Some(Value::Days(14.0)));
    assert_eq!(
        days.others,
        Some(Others {
            figures: [9.0, 11.0, 20.0].map(Value::Days).to_vec(),
            middle: Value::Days(11.0),
            best: Some(Value::Days(9.0)),
        })
    );
    assert_eq!(days.is_best(), Some(false));
    let confirmed = of(Lesson::ConfirmedOfResolved, &own, &others);
    assert_eq!(confirmed.own, Some(Value::Share(10, 20)));
    let of_others = confirmed.others.unwrap().figures;
    assert_eq!(of_others, [4, 7, 11].map(|part| Value::Share(part, 20)));
    // More complaints may be a better known number, or worse services.
    let rates = of(Lesson::PerInhabitants, &own, &others);
    assert_eq!(
        (rates.own, rates.is_best()),
        (Some(Value::Rate(150.0)), None)
    );
    assert_eq!(
        behind(&own, &others),
        [Behind {
            sector: Some("water".into()),
            own: Value::Share(6, 20),
            middle: Value::Share(12, 20),
        }]
    );
}

#[test]
fn of_two_others_each_would_know_the_other() {
    let own = county(40, 14.0, 20, 30);
    let one = || county(50, 3.0, 30, 90);
    for others in [vec![], vec![one()], vec![one(), one()]] {
        for compared in compare(&own, &others) {
            assert_eq!(compared.others, None, "{compared:?}");
            assert_eq!(compared.is_best(), None);
        }
        assert!(behind(&own, &others).is_empty());
    }
    let three = [one(), one(), one()];
    assert!(of(Lesson::DaysToResolve, &own, &three).others.is_some());
}

#[test]
fn who_has_few_is_not_compared_and_nobody_with_them() {
    let own = county(9, 14.0, 9, 30);
    let one = || county(50, 3.0, 30, 90);
    let with_few = [one(), one(), county(9, 1.0, 9, 90)];
    let days = of(Lesson::DaysToResolve, &own, &with_few);
    assert_eq!((days.own, days.others), (None, None));
    // What is not told of a county is not worked out here either.
    let returned = of(Lesson::Returned, &one(), &[one(), one(), one()]);
    assert_eq!((returned.own, returned.others), (None, None));
}

#[test]
fn four_others_have_their_middle_between_two() {
    let days = [4.0, 6.0, 11.0, 30.0].map(|days| county(50, days, 30, 90));
    let compared = of(Lesson::DaysToResolve, &county(50, 4.0, 30, 90), &days);
    assert_eq!(compared.is_best(), Some(true));
    assert_eq!(compared.others.unwrap().middle, Value::Days(9.0));
}
