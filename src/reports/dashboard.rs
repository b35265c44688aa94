//! What the page for the monthly meeting asks: of a span of time, and of the one before.

use super::{Days, Dimension, Measure, Period, Question, Stage, Statistic, Wrong};

/// The figures at its top.
pub const KEY_FIGURES: [Measure; 5] = [
    Measure::Complaints,
    Measure::Overdue,
    Measure::InTime(Stage::Resolve),
    Measure::Time(Statistic::Median, Days::Working, Stage::Resolve),
    Measure::Confirmed,
];

/// By what complaints are shown. Where somebody sees one organisation, by whom is no question.
pub const SHOWN_BY: [Dimension; 4] = [
    Dimension::Sector,
    Dimension::SubCounty,
    Dimension::Gender,
    Dimension::AgeGroup,
];

/// What is told of each organisation, side by side: how many, then how they fare.
pub const SCORES: [Measure; 7] = [
    Measure::Complaints,
    Measure::Open,
    Measure::Overdue,
    Measure::Time(Statistic::Median, Days::Working, Stage::Accept),
    Measure::Time(Statistic::Median, Days::Working, Stage::Resolve),
    Measure::InTime(Stage::Resolve),
    Measure::Confirmed,
];

/// So many months a line goes back.
const MONTHS: u32 = 12;

/// All that it asks: the key figures of the span and of the one before, what it shows of both, the months, the scores.
///
/// # Errors
/// A question that makes no sense: there is none.
pub fn questions(period: &Period, with_scores: bool) -> Result<Vec<Question>, Wrong> {
    let both = [*period, period.before()];
    let mut questions = Vec::new();
    for period in both {
        for measure in KEY_FIGURES {
            questions.push(Question::new(&[], measure, period)?);
        }
    }
    for period in both {
        for dimension in SHOWN_BY {
            questions.push(Question::new(&[dimension], Measure::Complaints, period)?);
        }
    }
    let line = period.months_to_its_end(MONTHS);
    questions.push(Question::new(
        &[Dimension::Month],
        Measure::Complaints,
        line,
    )?);
    if with_scores {
        for measure in SCORES {
            questions.push(Question::new(&[Dimension::Organisation], measure, *period)?);
        }
    }
    Ok(questions)
}
