//! What a month's report asks, and its answers by what was asked.

use crate::console::figures::view::View;
use crate::reports::dashboard::SCORES;
use crate::reports::{
    Answer, Change, Days, Dimension, Finding, Measure, Period, Question, Stage, Statistic, Wrong,
};

/// How long until somebody said that it is solved, as half of them took at most.
pub(super) const UNTIL_SOLVED: Measure =
    Measure::Time(Statistic::Median, Days::Working, Stage::Resolve);

/// What stands beside the month before.
pub(super) const KEY_FIGURES: [Measure; 12] = [
    Measure::Complaints,
    Measure::Open,
    Measure::Overdue,
    Measure::Returned,
    Measure::Reopened,
    Measure::Confirmed,
    Measure::Unconfirmed,
    Measure::NotSolved,
    Measure::InTime(Stage::Accept),
    Measure::InTime(Stage::Resolve),
    Measure::Time(Statistic::Median, Days::Working, Stage::Accept),
    UNTIL_SOLVED,
];

/// By what complaints are counted, beside the month before.
const COUNTED_BY: [Dimension; 8] = [
    Dimension::Sector,
    Dimension::Kind,
    Dimension::SubCounty,
    Dimension::Gender,
    Dimension::AgeGroup,
    Dimension::Channel,
    Dimension::Status,
    Dimension::Outcome,
];

/// How long each stage took: a column each.
pub(super) const TIMES: [(Statistic, Days); 3] = [
    (Statistic::Median, Days::Working),
    (Statistic::P90, Days::Working),
    (Statistic::Median, Days::Calendar),
];

/// So many months a line goes back.
const MONTHS: u32 = 12;

/// All that the report asks, each once.
pub(super) fn questions(month: &Period, view: &View) -> Result<Vec<Question>, Wrong> {
    let mut asked = Vec::new();
    for period in [*month, month.before()] {
        let key = KEY_FIGURES.map(|measure| Question::new(&[], measure, period));
        let by = COUNTED_BY.map(|one| Question::new(&[one], Measure::Complaints, period));
        asked.extend(key.into_iter().chain(by));
    }
    asked.extend(of_stages().map(|measure| Question::new(&[], measure, *month)));
    asked.push(Question::new(&[Dimension::Sector], UNTIL_SOLVED, *month));
    asked.push(trend(month));
    if view.whom.holder.is_none() {
        let by = [Dimension::Organisation];
        asked.extend(SCORES.map(|measure| Question::new(&by, measure, *month)));
    }
    asked.into_iter().collect()
}

/// The measures of the table of stages that are not key figures anyway.
fn of_stages() -> impl Iterator<Item = Measure> {
    let times = Stage::ALL
        .into_iter()
        .flat_map(|stage| TIMES.map(|(statistic, days)| Measure::Time(statistic, days, stage)));
    let in_time = Stage::WITH_DEADLINE.map(Measure::InTime);
    let all = times.chain(in_time);
    all.filter(|measure| !KEY_FIGURES.contains(measure))
}

fn trend(month: &Period) -> Result<Question, Wrong> {
    let months = month.months_to_its_end(MONTHS);
    Question::new(&[Dimension::Month], Measure::Complaints, months)
}

/// The answers to these questions.
pub(super) struct Answers {
    month: Period,
    all: Vec<Answer>,
}

impl Answers {
    pub(super) fn new(month: Period, all: Vec<Answer>) -> Self {
        Self { month, all }
    }

    fn of(&self, by: &[Dimension], measure: Measure, period: Period) -> Option<&Answer> {
        self.all.iter().find(|answer| {
            let question = &answer.question;
            question.by() == by && question.measure == measure && question.period == period
        })
    }

    /// One figure of all complaints of the month.
    pub(super) fn total(&self, measure: Measure) -> Option<&Answer> {
        self.of(&[], measure, self.month)
    }

    /// The same of the month before.
    pub(super) fn total_before(&self, measure: Measure) -> Option<&Answer> {
        self.of(&[], measure, self.month.before())
    }

    /// The month's, by what one thing tells apart.
    pub(super) fn by(&self, dimension: Dimension, measure: Measure) -> Option<&Answer> {
        self.of(&[dimension], measure, self.month)
    }

    /// The month with those before it.
    pub(super) fn trend(&self) -> Option<&Answer> {
        let mut all = self.all.iter();
        all.find(|answer| answer.question.rows() == Some(Dimension::Month))
    }

    /// Those that the table of organisations is made of.
    pub(super) fn scores(&self) -> Vec<Answer> {
        let by = |measure| self.by(Dimension::Organisation, measure).cloned();
        SCORES.into_iter().filter_map(by).collect()
    }

    /// What a figure of all shows, with what became of it since the month before.
    pub(super) fn finding(&self, measure: Measure) -> Option<(Finding, &Question)> {
        let answer = self.total(measure)?;
        let finding = Finding::of(answer, self.total_before(measure));
        Some((finding, &answer.question))
    }

    /// Who or what stands out among complaints, and whether it did in the month before. What became of all of them is said elsewhere.
    pub(super) fn who_stands_out(&self, dimension: Dimension) -> Option<(Finding, &Question)> {
        let answer = self.by(dimension, Measure::Complaints)?;
        let before = self.of(&[dimension], Measure::Complaints, self.month.before());
        let finding = Finding {
            change: Change::Unknown,
            ..Finding::of(answer, before)
        };
        Some((finding, &answer.question))
    }
}
