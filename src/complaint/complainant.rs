//! What a complainant may tell of themselves. It is asked for the reports, after the complaint has its number, and never needed.

/// Their gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// A woman.
    Woman,
    /// A man.
    Man,
    /// Another.
    Other,
}

impl Gender {
    /// All of them, in the order of the digits that mean them, from 1 on.
    pub const ALL: [Self; 3] = [Self::Woman, Self::Man, Self::Other];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Woman => "woman",
            Self::Man => "man",
            Self::Other => "other",
        }
    }

    /// The gender with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gender| gender.as_str() == word)
    }
}

/// Their age group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeGroup {
    /// Below 18 years.
    Under18,
    /// 18 to 34 years: young people, as Kenya's constitution has it (article 260).
    From18,
    /// 35 to 59 years.
    From35,
    /// 60 years and more: older members of society, in the same article.
    From60,
}

impl AgeGroup {
    /// All of them, in the order of the digits that mean them, from 1 on.
    pub const ALL: [Self; 4] = [Self::Under18, Self::From18, Self::From35, Self::From60];

    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Under18 => "under_18",
            Self::From18 => "18_34",
            Self::From35 => "35_59",
            Self::From60 => "60_over",
        }
    }

    /// The age group with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == word)
    }

    /// The group of somebody of so many years.
    pub fn of(years: usize) -> Self {
        match years {
            ..18 => Self::Under18,
            18..35 => Self::From18,
            35..60 => Self::From35,
            60.. => Self::From60,
        }
    }
}
