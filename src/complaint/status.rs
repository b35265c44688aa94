//! A complaint's status: what its events add up to.

/// Where a complaint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Taken in, nobody has it yet.
    Received,
    /// Sent to an organisation or the convener, who has not said yes yet.
    Referred,
    /// The holder said yes.
    Accepted,
    /// The holder works on it.
    InProgress,
    /// The holder says that it is solved; the complainant has not said so.
    Resolved,
    /// Sent back by an organisation; the convener decides.
    Returned,
    /// The complainant said that it is not solved.
    Reopened,
    /// Over, one way or the other.
    Closed,
}

/// What is due next of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Whom it was sent to is to accept it.
    Accept,
    /// The holder is to do a first thing about it.
    Act,
    /// The holder is to solve it.
    Resolve,
    /// The complainant is to say whether it is solved.
    Verdict,
}

impl Status {
    /// All of them, in the order of a complaint's life.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Referred,
        Self::Accepted,
        Self::InProgress,
        Self::Resolved,
        Self::Returned,
        Self::Reopened,
        Self::Closed,
    ];

    /// The word in the store, in pages and in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Referred => "referred",
            Self::Accepted => "accepted",
            Self::InProgress => "in_progress",
            Self::Resolved => "resolved",
            Self::Returned => "returned",
            Self::Reopened => "reopened",
            Self::Closed => "closed",
        }
    }

    /// What is due next; `None`: it is over.
    pub fn next(self) -> Option<Next> {
        match self {
            Self::Received | Self::Referred | Self::Returned => Some(Next::Accept),
            Self::Accepted | Self::Reopened => Some(Next::Act),
            Self::InProgress => Some(Next::Resolve),
            Self::Resolved => Some(Next::Verdict),
            Self::Closed => None,
        }
    }

    /// Whether the holder has done something about it: what is owed next is the solution.
    pub fn has_been_acted_on(self) -> bool {
        matches!(self, Self::InProgress | Self::Resolved | Self::Closed)
    }

    /// The status with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}
