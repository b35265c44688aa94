//! What is asked.

use std::fmt;

use super::{Dimension, Measure, Period};

/// A question: how much of what, by what, of which complaints.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// What the rows are by, then the columns; none: one figure for all.
    by: Vec<Dimension>,
    /// Only complaints that have one of the values of each dimension that is named; `None` is "not given".
    only: Vec<(Dimension, Option<String>)>,
    /// What is counted.
    pub measure: Measure,
    /// When they were lodged.
    pub period: Period,
}

/// Why nothing can be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// More than two dimensions.
    TooManyDimensions,
    /// One of them is named twice.
    Twice(Dimension),
    /// People are counted in places only, and these are given by what is no place.
    NoInhabitants(Dimension),
    /// Women's share of women is all of them, and of men none: by gender, or of one gender alone.
    WomenByGender,
}

impl Question {
    /// What was asked.
    ///
    /// # Errors
    /// Why it cannot be answered.
    pub fn new(by: &[Dimension], measure: Measure, period: Period) -> Result<Self, Wrong> {
        match by {
            [] | [_] => {}
            [one, other] if one == other => return Err(Wrong::Twice(*one)),
            [_, _] => {}
            _ => return Err(Wrong::TooManyDimensions),
        }
        let no_place = by.iter().find(|one| !one.is_place() && !one.is_time());
        match no_place {
            Some(one) if measure == Measure::PerInhabitants => {
                return Err(Wrong::NoInhabitants(*one));
            }
            _ => {}
        }
        let question = Self {
            by: by.to_vec(),
            only: Vec::new(),
            measure,
            period,
        };
        question.checked()
    }

    /// The same, if its filters leave something to be answered: what somebody asks for is checked when all of them are known.
    ///
    /// # Errors
    /// Why it cannot be answered.
    pub fn checked(self) -> Result<Self, Wrong> {
        let filtered = self.only.iter().map(|(dimension, _)| dimension);
        let mut told_apart = self.by.iter().chain(filtered);
        if self.measure == Measure::WomensShare && told_apart.any(|one| *one == Dimension::Gender) {
            return Err(Wrong::WomenByGender);
        }
        Ok(self)
    }

    /// The same of those only that have this; beside another value of the same dimension: or this.
    #[must_use]
    pub fn only(mut self, dimension: Dimension, value: Option<&str>) -> Self {
        self.only.push((dimension, value.map(str::to_owned)));
        self
    }

    /// What the rows are by.
    pub fn rows(&self) -> Option<Dimension> {
        self.by.first().copied()
    }

    /// What the columns are by.
    pub fn columns(&self) -> Option<Dimension> {
        self.by.get(1).copied()
    }

    /// What is compared: the rows; where these are spans of time and there are columns, the columns.
    pub fn compared(&self) -> Option<Dimension> {
        match (self.rows(), self.columns()) {
            (Some(rows), Some(columns)) if rows.is_time() => Some(columns),
            (rows, _) => rows,
        }
    }

    /// All that it asks by, rows first.
    pub fn by(&self) -> &[Dimension] {
        &self.by
    }

    /// Which complaints alone are counted.
    pub fn filters(&self) -> &[(Dimension, Option<String>)] {
        &self.only
    }

    /// Whether it tells complaints apart by nothing but the month in which they were lodged.
    pub fn is_of_lodging_alone(&self) -> bool {
        let mut by = self.by.iter();
        self.measure == Measure::Complaints
            && self.only.is_empty()
            && by.all(|one| matches!(one, Dimension::Month | Dimension::Quarter))
    }

    /// The same asked of other days.
    #[must_use]
    pub fn in_period(&self, period: Period) -> Self {
        Self {
            period,
            ..self.clone()
        }
    }

    /// The same asked for another figure; `None`: it cannot be.
    pub(super) fn measuring(&self, measure: Measure) -> Option<Self> {
        let question = Self::new(&self.by, measure, self.period).ok()?;
        Some(Self {
            only: self.only.clone(),
            ..question
        })
    }

    /// How many there are of all.
    pub(super) fn of_all(period: Period) -> Self {
        Self {
            by: Vec::new(),
            only: Vec::new(),
            measure: Measure::Complaints,
            period,
        }
    }
}

/// For people at a command line.
impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyDimensions => f.write_str("a table has two dimensions at most"),
            Self::Twice(one) => write!(f, "`{}` is named twice", one.as_str()),
            Self::NoInhabitants(one) => write!(
                f,
                "people are counted by place only, not by {}: ask by county, sub_county, ward, or a span of time",
                one.as_str()
            ),
            Self::WomenByGender => f.write_str(
                "women's share by gender, or of one gender alone, is all or nothing: ask by or of something else, or for complaints by gender",
            ),
        }
    }
}

impl std::error::Error for Wrong {}
