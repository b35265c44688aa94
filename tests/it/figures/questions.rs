//! What is asked: each figure by each dimension, pairs of them, filters, spans of time.

use chrono::NaiveDate;
use jibu::reports::{CountedFor, Days, Dimension, Measure, Period, Question, Stage, Statistic};

/// Seven weeks with a midnight that one county's clocks jump over, and most holidays of the year.
fn spring() -> Period {
    span((2026, 3, 19), (2026, 5, 10))
}

/// All of it.
fn whole() -> Period {
    span((2025, 3, 1), (2026, 9, 15))
}

fn span(first: (i32, u32, u32), last: (i32, u32, u32)) -> Period {
    let [first, last] =
        [first, last].map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap());
    Period::of_days(first, last).unwrap()
}

/// How many, by all that stands in a row of the export.
pub(super) fn counts() -> Vec<Question> {
    Dimension::ALL
        .into_iter()
        .filter(|one| !one.is_time())
        .map(|one| Question::new(&[one], Measure::Complaints, whole()).unwrap())
        .collect()
}

/// Few of each kind of figure.
fn some() -> [Measure; 6] {
    [
        Measure::Complaints,
        Measure::Overdue,
        Measure::WomensShare,
        Measure::InTime(Stage::Act),
        Measure::Time(Statistic::P90, Days::Working, Stage::Resolve),
        Measure::Held(Statistic::Median, Days::Calendar),
    ]
}

/// Questions that are answered in one go, for whom.
pub(super) fn all() -> Vec<(Vec<Question>, CountedFor)> {
    let ask = |by: &[Dimension], measure, period| Question::new(by, measure, period).ok();
    let mut in_spring = Vec::new();
    let mut ever: Vec<Question> = Measure::all()
        .into_iter()
        .filter_map(|measure| ask(&[], measure, whole()))
        .collect();
    for (at, one) in Dimension::ALL.into_iter().enumerate() {
        let measures = Measure::all().into_iter();
        in_spring.extend(measures.filter_map(|measure| ask(&[one], measure, spring())));
        ever.extend(
            some()
                .into_iter()
                .filter_map(|measure| ask(&[one], measure, whole())),
        );
        for other in Dimension::ALL.into_iter().skip(at + 1) {
            let measures = [
                Measure::Complaints,
                Measure::PerInhabitants,
                Measure::InTime(Stage::Act),
                Measure::Time(Statistic::P90, Days::Working, Stage::Resolve),
            ];
            let pairs = measures.into_iter();
            in_spring.extend(pairs.filter_map(|measure| ask(&[other, one], measure, spring())));
        }
    }
    let laisamis = [Dimension::SubCounty, Dimension::County, Dimension::Month]
        .map(|one| ask(&[one], Measure::PerInhabitants, whole()));
    let laisamis = laisamis.into_iter().flatten();
    ever.extend(laisamis.map(|question| question.only(Dimension::SubCounty, Some("laisamis"))));
    vec![
        (filtered(&in_spring), CountedFor::default()),
        (in_spring, CountedFor::default()),
        (filtered(&ever), for_the_public()),
        (ever, CountedFor::default()),
    ]
}

fn for_the_public() -> CountedFor {
    CountedFor {
        sensitive_apart: true,
        ..CountedFor::default()
    }
}

/// Each tenth of them, of some complaints only.
fn filtered(questions: &[Question]) -> Vec<Question> {
    let filters: [&[(Dimension, Option<&str>)]; 5] = [
        &[(Dimension::Gender, Some("woman"))],
        &[
            (Dimension::Sector, Some("water")),
            (Dimension::Sector, None),
        ],
        &[
            (Dimension::SubCounty, Some("laisamis")),
            (Dimension::Channel, Some("web")),
        ],
        &[
            (Dimension::Outcome, Some("confirmed")),
            (Dimension::Kind, None),
        ],
        &[
            (Dimension::Organisation, Some("marsabit-water")),
            (Dimension::Month, Some("2026-04")),
        ],
    ];
    let each_tenth = questions.iter().step_by(10).zip(filters.iter().cycle());
    each_tenth
        .map(|(question, filters)| {
            filters
                .iter()
                .fold(question.clone(), |question, (dimension, value)| {
                    question.only(*dimension, *value)
                })
        })
        .collect()
}
