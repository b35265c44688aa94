//! Which fields of a fact a question looks at: the others need not be read.

use super::{Dimension, Measure, Question, Stage};

/// A field of a [`super::Fact`] that is read where a question looks at it. When a complaint was lodged and how it was closed are
/// looked at by every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its row.
    Id,
    /// Where.
    Place,
    /// On what.
    Sector,
    /// What kind.
    Kind,
    /// How it came.
    Channel,
    /// The language of its texts.
    Language,
    /// Who has it.
    Holder,
    /// The complainant's gender.
    Gender,
    /// Their age group.
    AgeGroup,
    /// Whether it takes the track of its own.
    Sensitive,
    /// Where it stands.
    Status,
    /// When the next thing is due.
    NextDue,
    /// By when it is to reach that stage.
    Due(Stage),
    /// How often it was sent back.
    Returns,
    /// How often it was opened again.
    Reopens,
    /// When it reached it.
    Reached(Stage),
    /// Whether that was after its deadline.
    Late(Stage),
}

impl Question {
    /// Whether it looks at that one.
    pub fn needs(&self, field: Field) -> bool {
        let filtered = self.filters().iter().map(|(dimension, _)| *dimension);
        let mut dimensions = self.by().iter().copied().chain(filtered);
        dimensions.any(|dimension| field_of(dimension) == Some(field))
            || is_measured(self.measure, field)
    }
}

fn field_of(dimension: Dimension) -> Option<Field> {
    Some(match dimension {
        Dimension::Gender => Field::Gender,
        Dimension::AgeGroup => Field::AgeGroup,
        Dimension::Sector => Field::Sector,
        Dimension::Kind => Field::Kind,
        Dimension::SubCounty | Dimension::Ward => Field::Place,
        Dimension::Channel => Field::Channel,
        Dimension::Organisation => Field::Holder,
        Dimension::Status => Field::Status,
        Dimension::Language => Field::Language,
        Dimension::County
        | Dimension::Outcome
        | Dimension::Day
        | Dimension::Week
        | Dimension::Month
        | Dimension::Quarter => return None,
    })
}

fn is_measured(measure: Measure, field: Field) -> bool {
    match measure {
        Measure::Complaints
        | Measure::PerInhabitants
        | Measure::Confirmed
        | Measure::Unconfirmed => false,
        Measure::Open => field == Field::Status,
        Measure::Overdue => matches!(field, Field::Status | Field::NextDue),
        Measure::Returned => field == Field::Returns,
        Measure::Reopened => field == Field::Reopens,
        Measure::NotSolved => matches!(field, Field::Status | Field::Reopens),
        Measure::WomensShare => field == Field::Gender,
        Measure::InTime(stage) => [
            Field::Status,
            Field::Due(stage),
            Field::Reached(stage),
            Field::Late(stage),
        ]
        .contains(&field),
        // What is confirmed is closed: when, stands where the next thing would be due.
        Measure::Time(_, _, Stage::Confirm) => field == Field::NextDue,
        Measure::Time(_, _, stage) => field == Field::Reached(stage),
        // Which hops are of one complaint; from when to when they were is read with them.
        Measure::Held(..) => field == Field::Id,
    }
}
