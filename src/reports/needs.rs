//! Which fields of a fact a question looks at: the others need not be read.

use super::{Dimension, Measure, Question, Stage};

/// A field, or some that go together, of a [`super::Fact`]. Its row, county, time of lodging, outcome and track are looked at by every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
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
    /// Where it stands, and when the next thing is due.
    Status,
    /// How often it was sent back and opened again.
    Turns,
    /// When it got to who can mend it.
    Referred,
    /// Its deadlines.
    Due,
    /// When it was accepted, acted on and resolved.
    Reached,
}

impl Question {
    /// Whether it looks at that one.
    pub fn needs(&self, field: Field) -> bool {
        let filtered = self.filters().iter().map(|(dimension, _)| *dimension);
        let mut dimensions = self.by().iter().copied().chain(filtered);
        dimensions.any(|dimension| field_of(dimension) == Some(field))
            || fields_of(self.measure).contains(&field)
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

fn fields_of(measure: Measure) -> &'static [Field] {
    match measure {
        Measure::Complaints
        | Measure::PerInhabitants
        | Measure::Confirmed
        | Measure::Unconfirmed => &[],
        Measure::Open | Measure::Overdue | Measure::Time(_, _, Stage::Confirm) => &[Field::Status],
        Measure::Returned | Measure::Reopened => &[Field::Turns],
        Measure::NotSolved => &[Field::Status, Field::Turns],
        Measure::WomensShare => &[Field::Gender],
        Measure::InTime(_) => &[Field::Status, Field::Due, Field::Reached],
        Measure::Time(_, _, Stage::Refer) => &[Field::Referred],
        Measure::Time(..) => &[Field::Reached],
        Measure::Held(..) => &[Field::Status, Field::Reached],
    }
}
