//! By what complaints can be told apart.

use crate::complaint::{AgeGroup, Channel, Gender, Status};

/// What a table has its rows or columns by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// The complainant's gender, as they said.
    Gender,
    /// The same of their age.
    AgeGroup,
    /// On what.
    Sector,
    /// What kind: delay, corruption.
    Kind,
    /// In which county.
    County,
    /// In which sub-county.
    SubCounty,
    /// In which ward; what is known by its sub-county only has none.
    Ward,
    /// How it came.
    Channel,
    /// Who has it; of times held, who had it.
    Organisation,
    /// Where it stands.
    Status,
    /// As what it was closed; what is open has none.
    Outcome,
    /// The language of the texts about it.
    Language,
    /// The day on which it was lodged, in its county.
    Day,
    /// The week, from Monday on (ISO 8601).
    Week,
    /// The month.
    Month,
    /// The quarter of the year.
    Quarter,
}

impl Dimension {
    /// All of them, as a form offers them.
    pub const ALL: [Self; 16] = [
        Self::Sector,
        Self::Kind,
        Self::Gender,
        Self::AgeGroup,
        Self::County,
        Self::SubCounty,
        Self::Ward,
        Self::Channel,
        Self::Organisation,
        Self::Status,
        Self::Outcome,
        Self::Language,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
    ];

    /// The word in a command, in an address and in a file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gender => "gender",
            Self::AgeGroup => "age_group",
            Self::Sector => "sector",
            Self::Kind => "kind",
            Self::County => "county",
            Self::SubCounty => "sub_county",
            Self::Ward => "ward",
            Self::Channel => "channel",
            Self::Organisation => "organisation",
            Self::Status => "status",
            Self::Outcome => "outcome",
            Self::Language => "language",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The dimension with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Whether it is a span of time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Day | Self::Week | Self::Month | Self::Quarter)
    }

    /// Whether it is a place.
    pub fn is_place(self) -> bool {
        matches!(self, Self::County | Self::SubCounty | Self::Ward)
    }

    /// Whether a complaint may have none of it: then "not given" is always a row.
    pub fn may_be_missing(self) -> bool {
        matches!(
            self,
            Self::Gender
                | Self::AgeGroup
                | Self::Sector
                | Self::Kind
                | Self::SubCounty
                | Self::Ward
                | Self::Outcome
        )
    }

    /// Its words in their own order, where they have one: all of them are shown, also those that nobody has.
    pub(super) fn order(self) -> Vec<&'static str> {
        match self {
            Self::Gender => Gender::ALL.map(Gender::as_str).to_vec(),
            Self::AgeGroup => AgeGroup::ALL.map(AgeGroup::as_str).to_vec(),
            Self::Channel => Channel::ALL.map(Channel::as_str).to_vec(),
            Self::Status => Status::ALL.map(Status::as_str).to_vec(),
            _ => Vec::new(),
        }
    }
}
