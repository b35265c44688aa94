//! How a county does beside others that are not named, so that they can learn from each other.
//!
//! # What is anonymous enough
//!
//! - All figures are those that outsiders may know (`privacy`), and each rests on [`LEAST`] complaints or more.
//! - Of fewer than [`FEWEST_OTHERS`] other counties nothing is told, not even whether they do better: of one, the figure would be its own;
//!   of two, each of them takes its own figure off and has the other's. Of three, who knows one of them is left with two.
//! - Figures are rounded ([`Lesson::rounded`]), and stand in the order of their size, each lesson for itself: that a county is first in one
//!   does not say where it is in another.
//! - It does not hold against who looks up what each county publishes of itself: what it keeps from being told is who comes last, and not
//!   the figures.

use super::{
    Answer, Days, Dimension, Figure, Key, LEAST, Measure, Period, Question, Stage, Statistic, Value,
};

/// Fewer other counties would be known by their figures.
pub const FEWEST_OTHERS: usize = 3;
/// A sector is asked about where its share in time is so much below the middle of the others.
const WORSE: f64 = 0.1;
/// So many sectors at most.
const MOST_SECTORS: usize = 3;

/// What counties are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// The share that got that far by its deadline.
    InTime(Stage),
    /// In how many working days half are said to be solved.
    DaysToResolve,
    /// How many of those that are said to be solved are, by who complained.
    ConfirmedOfResolved,
    /// The share that an organisation sent back: it came to the wrong one.
    Returned,
    /// Women's share.
    Women,
    /// How many complain, for each 100,000 inhabitants.
    PerInhabitants,
}

/// All that is known of one county.
#[derive(Clone, Debug)]
pub struct OfCounty(Vec<Answer>);

/// A lesson: what it is in the own county, and in the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Of what.
    pub lesson: Lesson,
    /// In the own county; `None`: of too few.
    pub own: Option<Value>,
    /// In the others; `None`: of too few counties.
    pub others: Option<Others>,
}

/// The figures of other counties, from the least to the largest.
#[derive(Clone, Debug, PartialEq)]
pub struct Others {
    /// Each once.
    pub figures: Vec<Value>,
    /// Half are no larger.
    pub middle: Value,
    /// The best; `None`: neither more nor less is better.
    pub best: Option<Value>,
}

/// A sector in which the own county is behind the middle of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// Which.
    pub sector: Key,
    /// The share that is solved in time in the own county.
    pub own: Value,
    /// The same in the middle of the others.
    pub middle: Value,
}

/// How many working days half take until they are said to be solved.
pub const DAYS: Measure = Measure::Time(Statistic::Median, Days::Working, Stage::Resolve);

/// What is asked of each county.
pub fn questions(period: Period) -> Vec<Question> {
    let measures = [
        Measure::Complaints,
        Measure::InTime(Stage::Accept),
        Measure::InTime(Stage::Act),
        Measure::InTime(Stage::Resolve),
        DAYS,
        Measure::Confirmed,
        Measure::Returned,
        Measure::WomensShare,
        Measure::PerInhabitants,
    ];
    let of_all = measures.map(|measure| Question::new(&[], measure, period));
    let by_sector = Question::new(
        &[Dimension::Sector],
        Measure::InTime(Stage::Resolve),
        period,
    );
    // None of these is one that cannot be asked.
    of_all.into_iter().chain([by_sector]).flatten().collect()
}

impl Lesson {
    /// All of them, as they are shown.
    pub const ALL: [Self; 8] = [
        Self::DaysToResolve,
        Self::InTime(Stage::Accept),
        Self::InTime(Stage::Act),
        Self::InTime(Stage::Resolve),
        Self::ConfirmedOfResolved,
        Self::Returned,
        Self::Women,
        Self::PerInhabitants,
    ];

    /// Whether less is better; `None`: neither is.
    fn less_is_better(self) -> Option<bool> {
        match self {
            Self::InTime(_) | Self::ConfirmedOfResolved => Some(false),
            Self::DaysToResolve | Self::Returned => Some(true),
            Self::Women | Self::PerInhabitants => None,
        }
    }

    /// Shares to 5 in a hundred, days to whole ones, rates to half of their first digit: 120 is 100, and 260 is 250.
    pub fn rounded(self, figure: f64) -> Value {
        match self {
            Self::DaysToResolve => Value::Days(figure.round()),
            Self::PerInhabitants => {
                let step = 10f64.powf(figure.max(1.0).log10().floor()) / 2.0;
                Value::Rate((figure / step).round() * step)
            }
            _ => share(figure),
        }
    }
}

/// A share to 5 in a hundred.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of 1"
)]
fn share(part: f64) -> Value {
    Value::Share((part.clamp(0.0, 1.0) * 20.0).round() as u64, 20)
}

impl OfCounty {
    /// From the answers to [`questions`], as outsiders may know them.
    pub fn new(answers: Vec<Answer>) -> Self {
        Self(answers)
    }

    /// What it has of a lesson, rounded; `None`: it rests on too few, or is not told.
    fn of(&self, lesson: Lesson) -> Option<Value> {
        let number = match lesson {
            Lesson::InTime(stage) => enough(&self.total(Measure::InTime(stage))?)?,
            Lesson::DaysToResolve => enough(&self.total(DAYS)?)?,
            Lesson::Women => enough(&self.total(Measure::WomensShare)?)?,
            Lesson::PerInhabitants => enough(&self.total(Measure::PerInhabitants)?)?,
            Lesson::ConfirmedOfResolved => {
                let resolved = self.total(DAYS)?.rests_on;
                self.part(Measure::Confirmed, resolved)?
            }
            Lesson::Returned => {
                let all = self.total(Measure::Complaints)?.rests_on;
                self.part(Measure::Returned, all)?
            }
        };
        Some(lesson.rounded(number))
    }

    fn total(&self, measure: Measure) -> Option<Figure> {
        let mut all = self.0.iter();
        let found = all.find(|one| one.question.measure == measure && one.question.by().is_empty());
        found.map(|found| found.total)
    }

    /// What part of so many a count is.
    fn part(&self, measure: Measure, of: u64) -> Option<f64> {
        match self.total(measure)?.value {
            Value::Count(count) if of >= LEAST => Value::Share(count.min(of), of).number(),
            _ => None,
        }
    }

    /// Which share is solved in time in each sector.
    fn sectors(&self) -> impl Iterator<Item = (&Key, f64)> {
        let by_sector = self.0.iter().find(|one| one.question.rows().is_some());
        let rows = by_sector.into_iter();
        let rows = rows.flat_map(|answer| answer.rows.iter().zip(&answer.row_totals));
        rows.filter_map(|(key, figure)| Some((key, enough(figure)?)))
    }
}

fn enough(figure: &Figure) -> Option<f64> {
    figure.value.number().filter(|_| figure.rests_on >= LEAST)
}

/// Sets a county beside the others.
pub fn compare(own: &OfCounty, others: &[OfCounty]) -> Vec<Compared> {
    let compared = |lesson: Lesson| Compared {
        lesson,
        own: own.of(lesson),
        others: Others::of(lesson, others.iter().filter_map(|one| one.of(lesson))),
    };
    Lesson::ALL.map(compared).to_vec()
}

/// The sectors in which the own county is furthest behind.
pub fn behind(own: &OfCounty, others: &[OfCounty]) -> Vec<Behind> {
    let lesson = Lesson::InTime(Stage::Resolve);
    let mut found: Vec<(f64, Behind)> = own
        .sectors()
        .filter(|(sector, _)| sector.is_some())
        .filter_map(|(sector, own)| {
            let same = |other: &OfCounty| {
                let mut sectors = other.sectors();
                let found = sectors.find(|(key, _)| *key == sector);
                found.map(|(_, figure)| lesson.rounded(figure))
            };
            let middle = Others::of(lesson, others.iter().filter_map(same))?.middle;
            let own = lesson.rounded(own);
            let less = middle.number()? - own.number()?;
            let sector = sector.clone();
            (less > WORSE - 1e-9).then_some((
                less,
                Behind {
                    sector,
                    own,
                    middle,
                },
            ))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.truncate(MOST_SECTORS);
    found.into_iter().map(|(_, behind)| behind).collect()
}

impl Others {
    fn of(lesson: Lesson, figures: impl Iterator<Item = Value>) -> Option<Self> {
        let mut figures: Vec<Value> = figures.collect();
        if figures.len() < FEWEST_OTHERS {
            return None;
        }
        let number = |value: &Value| value.number().unwrap_or_default();
        figures.sort_by(|one, other| number(one).total_cmp(&number(other)));
        let half = figures.len() / 2;
        let upper = figures.get(half)?;
        let middle = if figures.len().is_multiple_of(2) {
            let lower = figures.get(half - 1)?;
            lesson.rounded(f64::midpoint(number(lower), number(upper)))
        } else {
            *upper
        };
        let best = match lesson.less_is_better() {
            Some(true) => figures.first().copied(),
            Some(false) => figures.last().copied(),
            None => None,
        };
        Some(Self {
            middle,
            best,
            figures,
        })
    }
}

impl Compared {
    /// Whether no other county does better; `None`: neither is better, or nobody knows.
    pub fn is_best(&self) -> Option<bool> {
        let own = self.own?.number()?;
        let best = self.others.as_ref()?.best?.number()?;
        let less = self.lesson.less_is_better()?;
        Some(if less { own <= best } else { own >= best })
    }
}

#[cfg(test)]
mod tests;
