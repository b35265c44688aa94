//! One figure of a table.

/// A figure, and how many complaints it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// So many complaints (of times held: hops).
    pub rests_on: u64,
    /// What they come to.
    pub value: Value,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// So many.
    Count(u64),
    /// So many of so many.
    Share(u64, u64),
    /// So many days.
    Days(f64),
    /// So many for each 100,000 inhabitants.
    Rate(f64),
    /// There is nothing that it could be of: no complaint got that far, or nobody knows how many live there.
    Nothing,
    /// It is of so few that somebody could be known by it, or gives such a one away.
    Hidden,
}

impl Value {
    /// The value as a number, a share as a part of 1; `None`: there is none to show.
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are fewer complaints than 2^53"
    )]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(count as f64),
            Self::Share(_, 0) | Self::Nothing | Self::Hidden => None,
            Self::Share(part, of) => Some(part as f64 / of as f64),
            Self::Days(days) => Some(days),
            Self::Rate(rate) => Some(rate),
        }
    }
}
