//! What the page for the monthly meeting asks: of a span of time, and of the one before.

use super::{Days, Dimension, Measure, Period, Question, Stage, Statistic};

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
pub fn questions(period: &Period, with_scores: bool) -> Vec<Question> {
    let both = [*period, period.before()];
    let key = both.map(|period| KEY_FIGURES.map(|measure| Question::new(&[], measure, period)));
    let shown =
        both.map(|period| SHOWN_BY.map(|by| Question::new(&[by], Measure::Complaints, period)));
    let months = period.months_to_its_end(MONTHS);
    let line = Question::new(&[Dimension::Month], Measure::Complaints, months);
    let scores = SCORES.map(|measure| Question::new(&[Dimension::Organisation], measure, *period));
    let all = key.into_iter().flatten();
    let all = all.chain(shown.into_iter().flatten()).chain([line]);
    let all = all.chain(scores.into_iter().filter(|_| with_scores));
    // Each makes sense.
    all.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_makes_sense() {
        let month = Period::from_word("2026-09").unwrap();
        let twice = KEY_FIGURES.len() + SHOWN_BY.len();
        assert_eq!(questions(&month, false).len(), 2 * twice + 1);
        assert_eq!(questions(&month, true).len(), 2 * twice + 1 + SCORES.len());
    }
}
