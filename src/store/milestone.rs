//! How far a complaint got, and when: what its events add up to, kept beside its status, so that reports need not read its history.

use rusqlite::params;

use super::error::StoreError;
use super::tx::Tx;

/// What a complaint got to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// A rule that decided, or a person, gave it to who can mend it.
    Referred,
    /// Its holder said yes to it.
    Accepted,
    /// Its holder did something about it.
    ActedOn,
    /// Its holder said that it is solved.
    Resolved,
    /// Its complainant said that it is not.
    Reopened,
}

impl Milestone {
    /// What an entry of that kind says by itself. Whether one that was referred got to who can mend it, the entry does not say.
    pub(super) fn of_event(kind: &str) -> Option<Self> {
        match kind {
            "accepted" => Some(Self::Accepted),
            "started" | "updated" | "asked" => Some(Self::ActedOn),
            "resolved" => Some(Self::Resolved),
            "reopened" => Some(Self::Reopened),
            _ => None,
        }
    }

    /// Notes when; `None`: it takes a time away.
    fn sql(self) -> Option<&'static str> {
        Some(match self {
            Self::Referred => {
                "UPDATE complaint SET referred_at = ?2 WHERE id = ?1 AND referred_at IS NULL"
            }
            Self::Accepted => {
                "UPDATE complaint SET accepted_at = ?2, accepted_late = ?2 > accept_due WHERE id = ?1 AND accepted_at IS NULL"
            }
            Self::ActedOn => {
                "UPDATE complaint SET acted_at = ?2, acted_late = ?2 > first_action_due WHERE id = ?1 AND acted_at IS NULL"
            }
            Self::Resolved => {
                "UPDATE complaint SET resolved_at = ?2, resolved_late = ?2 > resolve_due WHERE id = ?1"
            }
            Self::Reopened => return None,
        })
    }
}

impl Tx<'_> {
    /// A complaint got that far now. What comes first counts, but for the solution: there the last one does.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn reach(&mut self, complaint_id: i64, milestone: Milestone) -> Result<(), StoreError> {
        let Some(sql) = milestone.sql() else {
            return self.is_not_solved(complaint_id);
        };
        self.connection
            .prepare_cached(sql)?
            .execute(params![complaint_id, self.now.timestamp_millis()])?;
        // To solve it is to act on it.
        match milestone {
            Milestone::Resolved => self.reach(complaint_id, Milestone::ActedOn),
            _ => Ok(()),
        }
    }

    fn is_not_solved(&mut self, complaint_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE complaint SET reopens = reopens + 1, resolved_at = NULL, resolved_late = NULL WHERE id = ?1")?
            .execute(params![complaint_id])?;
        Ok(())
    }
}
