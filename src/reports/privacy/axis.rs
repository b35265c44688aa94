//! By what the tables that outsiders see can be told apart.

use super::super::tally::Measured;
use super::super::{Days, Dimension, Key, Measure, Stage, Statistic};
use crate::complaint::Gender;

/// A dimension, or a measure taken as one: how many are open, by sector, is the table of open or not and sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Axis {
    /// Of all that a table may have its rows by, but for spans of time and the county.
    Of(Dimension),
    /// Whether it is one of those that the measure counts: yes, no, or not counted at all.
    Whether(Measure),
    /// How it stood with a deadline: kept, missed, over and still not there, or none of these. Both how many were in time and how long it
    /// took are sums of these: of two measures the difference could be one complaint.
    Got(Stage),
}

/// What belongs to "yes" and to "no" of a measure.
const YES: &str = "yes";
const NO: &str = "no";
/// What became of a deadline.
const IN_TIME: &str = "in_time";
const LATE: &str = "late";
const OVERDUE: &str = "overdue";

/// The measures that are as good as a dimension. How long something took is told of those that got so far.
const MEASURES: [Measure; 8] = [
    Measure::Open,
    Measure::Overdue,
    Measure::Returned,
    Measure::Reopened,
    Measure::Confirmed,
    Measure::Unconfirmed,
    Measure::NotSolved,
    REFERRED,
];

/// Stands for all that is told of how long it took until it was with who can mend it: there is no deadline for that.
const REFERRED: Measure = Measure::Time(Statistic::Median, Days::Calendar, Stage::Refer);

impl Axis {
    /// All of them: outsiders may ask by each, so that each is protected beside each other one.
    pub(super) fn all() -> Vec<Self> {
        let dimensions = Dimension::ALL.into_iter().filter(|one| is_told(*one));
        let measures = MEASURES.into_iter().map(Self::Whether);
        let deadlines = Stage::WITH_DEADLINE.into_iter().map(Self::Got);
        let dimensions = dimensions.map(Self::Of);
        dimensions.chain(measures).chain(deadlines).collect()
    }

    /// The word that it is kept under. It stands for this way to tell complaints apart for ever: what published months hide is kept by it.
    pub(super) fn kept_as(self) -> String {
        match self {
            Self::Of(dimension) => dimension.as_str().to_owned(),
            Self::Whether(REFERRED) => "referred".to_owned(),
            Self::Whether(measure) => measure.word(),
            Self::Got(stage) => Measure::InTime(stage).word(),
        }
    }

    /// The axis that is kept under that word; `None`: this version has none.
    pub(super) fn of_kept(word: &str) -> Option<Self> {
        Self::all().into_iter().find(|one| one.kept_as() == word)
    }

    /// What a measure tells complaints apart by; `None`: it counts them all.
    pub(super) fn of_measure(measure: Measure) -> Option<Self> {
        match measure {
            Measure::Complaints | Measure::PerInhabitants | Measure::Held(..) => None,
            Measure::WomensShare => Some(Self::Of(Dimension::Gender)),
            // Nobody confirms but what was confirmed.
            Measure::Time(_, _, Stage::Confirm) => Some(Self::Whether(Measure::Confirmed)),
            Measure::Time(_, _, Stage::Refer) => Some(Self::Whether(REFERRED)),
            Measure::InTime(stage) | Measure::Time(_, _, stage) => Some(Self::Got(stage)),
            _ => Some(Self::Whether(measure)),
        }
    }

    /// The categories of a measure's axis that its figure is made of.
    pub(super) fn asked_of(self, measure: Measure) -> Vec<Key> {
        match self {
            Self::Got(_) => {
                let missed = matches!(measure, Measure::InTime(_)).then_some(OVERDUE);
                let got = [IN_TIME, LATE].into_iter().chain(missed);
                got.map(|word| Some(word.into())).collect()
            }
            // Of all who gave their gender: of all, without those who did not.
            Self::Of(_) => vec![Some(Gender::Woman.as_str().into()), None],
            Self::Whether(_) => vec![Some(YES.into()), Some(NO.into())],
        }
    }

    /// The words of its categories that are told together, as one figure: all that got there, and all whose time is over.
    pub(super) fn together(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Got(_) => &[&[IN_TIME, LATE], &[IN_TIME, LATE, OVERDUE]],
            Self::Of(_) | Self::Whether(_) => &[],
        }
    }

    /// What it is about. Axes of one matter depend on each other (a ward lies in its sub-county, only what is closed has an outcome), so
    /// that they change together, and no table has both.
    pub(super) fn matter(self) -> Dimension {
        match self {
            Self::Of(Dimension::SubCounty | Dimension::Ward) => Dimension::SubCounty,
            Self::Of(Dimension::Status | Dimension::Outcome) | Self::Whether(_) | Self::Got(_) => {
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
            Self::Whether(_) | Self::Got(_) => false,
        };
        let is_measure = |one: Self| matches!(one, Self::Whether(_) | Self::Got(_));
        self.matter() != other.matter()
            && (!is_measure(self) || by(other))
            && (!is_measure(other) || by(self))
    }
}

/// Whether outsiders may ask by it.
fn is_told(dimension: Dimension) -> bool {
    !dimension.is_time() && dimension != Dimension::County
}

/// The word of how it stands with a deadline: whether it got there, and whether that is in time.
pub(super) fn word_of_deadline(got: &Measured, in_time: &Measured) -> Option<&'static str> {
    match (got, in_time) {
        (Measured::Took(_), Measured::One(true)) => Some(IN_TIME),
        (Measured::Took(_), _) => Some(LATE),
        (_, Measured::One(false)) => Some(OVERDUE),
        _ => None,
    }
}

/// The word that a measure puts a complaint under.
pub(super) fn word(measured: &Measured) -> Option<&'static str> {
    match measured {
        Measured::One(true) | Measured::Took(_) => Some(YES),
        Measured::One(false) => Some(NO),
        Measured::Nothing => None,
    }
}
