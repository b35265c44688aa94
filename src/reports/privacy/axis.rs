//! By what the tables that outsiders see can be told apart.

use super::super::count::Measured;
use super::super::{Days, Dimension, Key, Measure, Stage, Statistic};
use crate::complaint::Gender;

/// A dimension, or a measure taken as one: how many are open, by sector, is the table of open or not and sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Axis {
    /// Of all that a table may have its rows by, but for spans of time and the county.
    Of(Dimension),
    /// Whether it is one of those that the measure counts: yes, no, or not counted at all.
    Whether(Measure),
}

/// What belongs to "yes" and to "no" of a measure.
const YES: &str = "yes";
const NO: &str = "no";

/// The measures that are as good as a dimension. How long something took is told of those that got so far.
const MEASURES: [Measure; 14] = [
    Measure::Open,
    Measure::Overdue,
    Measure::Returned,
    Measure::Reopened,
    Measure::Confirmed,
    Measure::Unconfirmed,
    Measure::NotSolved,
    Measure::InTime(Stage::Accept),
    Measure::InTime(Stage::Act),
    Measure::InTime(Stage::Resolve),
    reached(Stage::Refer),
    reached(Stage::Accept),
    reached(Stage::Act),
    reached(Stage::Resolve),
];

/// Stands for all that is told of how long it took to that.
const fn reached(stage: Stage) -> Measure {
    Measure::Time(Statistic::Median, Days::Calendar, stage)
}

impl Axis {
    /// All of them: outsiders may ask by each, so that each is protected beside each other one.
    pub(super) fn all() -> Vec<Self> {
        let dimensions = Dimension::ALL.into_iter().filter(|one| is_told(*one));
        let measures = MEASURES.into_iter().map(Self::Whether);
        dimensions.map(Self::Of).chain(measures).collect()
    }

    /// What a measure tells complaints apart by; `None`: it counts them all.
    pub(super) fn of_measure(measure: Measure) -> Option<Self> {
        match measure {
            Measure::Complaints | Measure::PerInhabitants | Measure::Held(..) => None,
            Measure::WomensShare => Some(Self::Of(Dimension::Gender)),
            // Nobody confirms but what was confirmed.
            Measure::Time(_, _, Stage::Confirm) => Some(Self::Whether(Measure::Confirmed)),
            Measure::Time(_, _, stage) => Some(Self::Whether(reached(stage))),
            _ => Some(Self::Whether(measure)),
        }
    }

    /// The categories of a measure's axis that its figure is made of.
    pub(super) fn asked_of(self) -> Vec<Key> {
        match self {
            // Of all who gave their gender: of all, without those who did not.
            Self::Of(_) => vec![Some(Gender::Woman.as_str().into()), None],
            Self::Whether(_) => vec![Some(YES.into()), Some(NO.into())],
        }
    }

    /// What it is about. Axes of one matter depend on each other (a ward lies in its sub-county, only what is closed has an outcome), so
    /// that they change together, and no table has both.
    pub(super) fn matter(self) -> Dimension {
        match self {
            Self::Of(Dimension::SubCounty | Dimension::Ward) => Dimension::SubCounty,
            Self::Of(Dimension::Status | Dimension::Outcome) | Self::Whether(_) => {
                Dimension::Status
            }
            Self::Of(dimension) => dimension,
        }
    }

    /// Whether a table may have both. What became of complaints is told by what decides on it and by whom it is for, and not by all:
    /// each further table makes others hide more.
    pub(super) fn is_told_by(self, other: Self) -> bool {
        let by = |one: Self| match one {
            Self::Of(dimension) => matches!(
                dimension,
                Dimension::Sector
                    | Dimension::Kind
                    | Dimension::Gender
                    | Dimension::AgeGroup
                    | Dimension::SubCounty
                    | Dimension::Organisation
            ),
            Self::Whether(_) => false,
        };
        let is_measure = |one: Self| matches!(one, Self::Whether(_));
        self.matter() != other.matter()
            && (!is_measure(self) || by(other))
            && (!is_measure(other) || by(self))
    }
}

/// Whether outsiders may ask by it.
fn is_told(dimension: Dimension) -> bool {
    !dimension.is_time() && dimension != Dimension::County
}

/// The word that a measure puts a complaint under.
pub(super) fn word(measured: &Measured) -> Option<&'static str> {
    match measured {
        Measured::One(true) | Measured::Took(_) => Some(YES),
        Measured::One(false) => Some(NO),
        Measured::Nothing => None,
    }
}
