//! What outsiders may ask.

use std::fmt;

use super::super::{Dimension, Ground, Measure, Period, Question};
use super::axis::Axis;
use crate::complaint::CountyId;

/// Why outsiders are not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// What is hidden is hidden within a county: two of them, or the county as a dimension, are two questions.
    NotOneCounty,
    /// Only whole months are told, so that no day is the difference of two answers.
    NoWholeMonths,
    /// A month is told when it is over: else each day would be the difference to the day before.
    NotOver,
    /// A month is told once its figures are published, a month after it is over.
    NotPublished,
    /// Months and quarters are told, days and weeks not; and the period says which, no filter.
    Time(Dimension),
    /// More than two that complaints are told apart by, with filters, and with what is counted of them.
    TooMany,
    /// Both say the same thing, or one depends on the other.
    SameMatter,
    /// That measure is not told by that.
    NotToldBy(Dimension),
}

/// Questions that outsiders may ask, of one county.
pub struct Allowed<'q> {
    pub(super) questions: &'q [Question],
    county: &'q CountyId,
}

impl<'q> Allowed<'q> {
    /// These, if they may ask each.
    ///
    /// # Errors
    /// Why they may not.
    pub fn new(questions: &'q [Question], ground: &'q Ground<'_>) -> Result<Self, Refused> {
        let [(county, _)] = ground.counties.as_slice() else {
            return Err(Refused::NotOneCounty);
        };
        questions
            .iter()
            .try_for_each(|question| may_ask(question, ground))?;
        Ok(Self { questions, county })
    }

    /// The questions.
    pub fn questions(&self) -> &'q [Question] {
        self.questions
    }

    /// Of which county.
    pub fn county(&self) -> &'q CountyId {
        self.county
    }

    /// Each month that one of them is about, the earliest first.
    pub fn months(&self) -> Vec<Period> {
        let periods = self.questions.iter().map(|question| question.period);
        let mut months: Vec<Period> = periods.flat_map(|period| period.months()).collect();
        months.sort_by_key(|month| month.from);
        months.dedup();
        months
    }
}

/// Whether outsiders may ask that: one county, whole months that are over, and at most two that complaints are told apart by. A filter
/// is one of them, as its answer is a line of the table by it; so is what is counted, as "open" is one of the two columns of open and
/// not.
///
/// # Errors
/// Why they may not.
pub fn may_ask(question: &Question, ground: &Ground<'_>) -> Result<(), Refused> {
    let [(_, zone)] = ground.counties.as_slice() else {
        return Err(Refused::NotOneCounty);
    };
    if question.period.whole_months().is_none() {
        return Err(Refused::NoWholeMonths);
    }
    if question.period.in_zone(*zone).1 > ground.now.timestamp_millis() {
        return Err(Refused::NotOver);
    }
    let filters = question.filters().iter().map(|(dimension, _)| *dimension);
    let mut by: Vec<Dimension> = Vec::new();
    for dimension in question.by().iter().copied() {
        match dimension {
            Dimension::County => return Err(Refused::NotOneCounty),
            Dimension::Day | Dimension::Week => return Err(Refused::Time(dimension)),
            Dimension::Month | Dimension::Quarter => {}
            _ => by.push(dimension),
        }
    }
    for dimension in filters {
        match dimension {
            Dimension::County => return Err(Refused::NotOneCounty),
            time if time.is_time() => return Err(Refused::Time(time)),
            _ if by.contains(&dimension) => {}
            _ => by.push(dimension),
        }
    }
    together(question.measure, &by)
}

/// Whether a measure is told by all of these at once.
fn together(measure: Measure, by: &[Dimension]) -> Result<(), Refused> {
    if measure.is_of_hops() {
        let other = by.iter().find(|one| **one != Dimension::Organisation);
        return other.map_or(Ok(()), |one| Err(Refused::NotToldBy(*one)));
    }
    let mut axes: Vec<Axis> = by.iter().copied().map(Axis::Of).collect();
    axes.extend(Axis::of_measure(measure));
    match axes.as_slice() {
        [] | [_] => Ok(()),
        [one, other] if one.matter() == other.matter() => Err(Refused::SameMatter),
        [one, other] if one.is_told_by(*other) => Ok(()),
        [Axis::Of(one), _] => Err(Refused::NotToldBy(*one)),
        _ => Err(Refused::TooMany),
    }
}

/// For people at a command line.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outside the county's own view, ")?;
        match self {
            Self::NotOneCounty => f.write_str("one county is told at a time, and none by the side of another"),
            Self::NoWholeMonths => f.write_str("whole months are told"),
            Self::NotOver | Self::NotPublished => {
                f.write_str("a month is told once its figures are published, a month after it is over")
            }
            Self::Time(one @ (Dimension::Day | Dimension::Week)) => {
                write!(f, "nothing is told by {}: ask by month or quarter", one.as_str())
            }
            Self::Time(one) => {
                write!(f, "{} is no filter: ask for another period instead", one.as_str())
            }
            Self::TooMany => f.write_str(
                "complaints are told apart by two things at most, where a filter is one, and so is a figure that not all complaints \
                 count for: leave one out",
            ),
            Self::SameMatter => f.write_str(
                "what depends on each other is told in two tables, not in one: ask for each by itself",
            ),
            Self::NotToldBy(one) => write!(
                f,
                "this figure is not told by {}: what became of complaints is told by sector, kind, gender, age_group, sub_county or \
                 organisation, and how long somebody had them by organisation alone",
                one.as_str()
            ),
        }
    }
}

impl std::error::Error for Refused {}
