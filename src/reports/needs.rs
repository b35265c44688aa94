//! Which parts of a fact a question looks at: the others need not be read.

use super::{Dimension, Measure, Question, Stage};

/// A part of a [`super::Fact`]. Its row, county, time of lodging, outcome and track are looked at by every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
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
    /// Whether it looks at that part.
    pub fn needs(&self, part: Part) -> bool {
        let filtered = self.filters().iter().map(|(dimension, _)| *dimension);
        let mut dimensions = self.by().iter().copied().chain(filtered);
        dimensions.any(|dimension| part_of(dimension) == Some(part))
            || parts_of(self.measure).contains(&part)
    }
}

fn part_of(dimension: Dimension) -> Option<Part> {
    Some(match dimension {
        Dimension::Gender => Part::Gender,
        Dimension::AgeGroup => Part::AgeGroup,
        Dimension::Sector => Part::Sector,
        Dimension::Kind => Part::Kind,
        Dimension::SubCounty | Dimension::Ward => Part::Place,
        Dimension::Channel => Part::Channel,
        Dimension::Organisation => Part::Holder,
        Dimension::Status => Part::Status,
        Dimension::Language => Part::Language,
        Dimension::County
        | Dimension::Outcome
        | Dimension::Day
        | Dimension::Week
        | Dimension::Month
        | Dimension::Quarter => return None,
    })
}

fn parts_of(measure: Measure) -> &'static [Part] {
    match measure {
        Measure::Complaints
        | Measure::PerInhabitants
        | Measure::Confirmed
        | Measure::Unconfirmed => &[],
        Measure::Open | Measure::Overdue | Measure::Time(_, _, Stage::Confirm) => &[Part::Status],
        Measure::Returned | Measure::Reopened => &[Part::Turns],
        Measure::NotSolved => &[Part::Status, Part::Turns],
        Measure::WomensShare => &[Part::Gender],
        Measure::InTime(_) => &[Part::Status, Part::Due, Part::Reached],
        Measure::Time(_, _, Stage::Refer) => &[Part::Referred],
        Measure::Time(..) => &[Part::Reached],
        Measure::Held(..) => &[Part::Status, Part::Reached],
    }
}
