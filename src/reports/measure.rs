//! What is counted.

use super::Statistic;

/// What a table's figures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// How many.
    Complaints,
    /// How many of them are not over.
    Open,
    /// Of how many the next thing is late.
    Overdue,
    /// How many an organisation sent back.
    Returned,
    /// Of how many the complainant said that they are not solved.
    Reopened,
    /// How many the complainant says are solved.
    Confirmed,
    /// How many were said to be solved, and the complainant did not answer.
    Unconfirmed,
    /// How many are not solved: the complainant said so, and nobody has said otherwise since.
    NotSolved,
    /// How many for each 100,000 who live there.
    PerInhabitants,
    /// How many in a hundred of those who gave their gender are women.
    WomensShare,
    /// How many in a hundred got that far by their deadline, of those that did or whose deadline is over.
    InTime(Stage),
    /// How long it took from the lodging on.
    Time(Statistic, Days, Stage),
    /// How long an organisation had it, by the ledger.
    Held(Statistic, Days),
}

/// How far a complaint is to get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// To who can mend it.
    Refer,
    /// Accepted.
    Accept,
    /// Acted on for the first time.
    Act,
    /// Said to be solved.
    Resolve,
    /// Its complainant says so too.
    Confirm,
}

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    /// Each, by the clock, in parts of a day.
    Calendar,
    /// The working days of the county after the day from which is counted, as its deadlines are counted.
    Working,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Refer,
        Self::Accept,
        Self::Act,
        Self::Resolve,
        Self::Confirm,
    ];
    /// Those that have a deadline.
    pub const WITH_DEADLINE: [Self; 3] = [Self::Accept, Self::Act, Self::Resolve];

    /// The word in a measure.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refer => "refer",
            Self::Accept => "accept",
            Self::Act => "act",
            Self::Resolve => "resolve",
            Self::Confirm => "confirm",
        }
    }
}

impl Days {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Calendar, Self::Working];

    fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "days",
            Self::Working => "working_days",
        }
    }
}

impl Measure {
    /// All of them, as a form offers them.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Complaints,
            Self::Open,
            Self::Overdue,
            Self::Returned,
            Self::Reopened,
            Self::Confirmed,
            Self::Unconfirmed,
            Self::NotSolved,
            Self::PerInhabitants,
            Self::WomensShare,
        ];
        all.extend(Stage::WITH_DEADLINE.map(Self::InTime));
        for days in Days::ALL {
            for statistic in Statistic::ALL {
                all.extend(Stage::ALL.map(|stage| Self::Time(statistic, days, stage)));
                all.push(Self::Held(statistic, days));
            }
        }
        all
    }

    /// The word in a command, in an address and in a file: `median_working_days_to_resolve`.
    pub fn word(self) -> String {
        match self {
            Self::Complaints => "complaints".to_owned(),
            Self::Open => "open".to_owned(),
            Self::Overdue => "overdue".to_owned(),
            Self::Returned => "returned".to_owned(),
            Self::Reopened => "reopened".to_owned(),
            Self::Confirmed => "confirmed".to_owned(),
            Self::Unconfirmed => "unconfirmed".to_owned(),
            Self::NotSolved => "not_solved".to_owned(),
            Self::PerInhabitants => "per_100000".to_owned(),
            Self::WomensShare => "womens_share".to_owned(),
            Self::InTime(stage) => format!("in_time_to_{}", stage.as_str()),
            Self::Time(statistic, days, stage) => format!(
                "{}_{}_to_{}",
                statistic.as_str(),
                days.as_str(),
                stage.as_str()
            ),
            Self::Held(statistic, days) => {
                format!("{}_{}_held", statistic.as_str(), days.as_str())
            }
        }
    }

    /// The measure with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().into_iter().find(|one| one.word() == word)
    }

    /// Whether it counts complaints, so that its figures add up.
    pub fn is_count(self) -> bool {
        matches!(
            self,
            Self::Complaints
                | Self::Open
                | Self::Overdue
                | Self::Returned
                | Self::Reopened
                | Self::Confirmed
                | Self::Unconfirmed
                | Self::NotSolved
        )
    }

    /// Whether it is part of a whole.
    pub fn is_share(self) -> bool {
        matches!(self, Self::WomensShare | Self::InTime(_))
    }

    /// In which days it is; `None`: it is no time.
    pub fn days(self) -> Option<Days> {
        match self {
            Self::Time(_, days, _) | Self::Held(_, days) => Some(days),
            _ => None,
        }
    }

    /// Whether it is counted over the hops of the ledger.
    pub fn is_of_hops(self) -> bool {
        matches!(self, Self::Held(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_a_word_of_its_own() {
        for measure in Measure::all() {
            assert_eq!(Measure::from_word(&measure.word()), Some(measure));
        }
        let median = Measure::Time(Statistic::Median, Days::Calendar, Stage::Resolve);
        assert_eq!(Measure::from_word("median_days_to_resolve"), Some(median));
    }
}
