use super::*;

#[test]
fn time_is_taken_by_the_clock_or_in_working_days() {
    let solved_on_monday = |codes: &mut Codes| {
        let one = some(codes);
        // From Friday noon to Monday noon.
        let opened_at = at("2026-10-09T09:00:00Z");
        let resolved = Reached {
            at: at("2026-10-12T09:00:00Z"),
            late: false,
        };
        vec![
            Fact {
                opened_at,
                reached: [None, None, Some(resolved)],
                ..one
            },
            one,
        ]
    };
    for (days, took) in [(Days::Calendar, 3.0), (Days::Working, 1.0)] {
        let measure = Measure::Time(Statistic::Median, days, Stage::Resolve);
        let answer = asked(&[], measure, solved_on_monday);
        assert_eq!(
            answer.total,
            Figure {
                rests_on: 1,
                value: Value::Days(took)
            }
        );
    }
}

#[test]
fn how_long_each_took_is_counted_beside_the_answer() {
    let measure = Measure::Time(Statistic::Median, Days::Calendar, Stage::Resolve);
    let question = Question::new(&[], measure, Period::from_word("2026").unwrap()).unwrap();
    let places = Places::load("places.csv", PLACES).unwrap();
    let calendars = Calendars::default();
    let mut codes = Codes::default();
    let one = some(&mut codes);
    let mut count = Count::new(question, ground(&places, &calendars), false, &mut codes);
    assert_eq!(count.spread(), None);
    for days in [1, 1, 3] {
        let at = one.opened_at + days * 86_400_000;
        let resolved = Reached { at, late: false };
        let reached = [None, None, Some(resolved)];
        count.add(&Fact { reached, ..one }, &mut codes);
    }
    let spread = count.spread().unwrap();
    let spans: Vec<u64> = spread.spans.iter().map(|span| span.rests_on).collect();
    assert_eq!((spread.width, spans), (1, vec![0, 2]));
    assert_eq!(spread.longer.rests_on, 1);
}
