//! What is kept of how a person proves who they are.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use zeroize::Zeroizing;

use super::{Authenticator, Person};

/// So many wrong passwords and codes in a row are a slip of the hand.
const FREE_FAILURES: u32 = 5;
/// The longest wait: longer would let anybody lock a person out for a day by typing their address.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

/// A person with what they prove themselves by.
pub struct Account {
    /// Who it is.
    pub person: Person,
    /// Their password in PHC form; `None`: they have not taken up their invitation.
    pub password: Option<Zeroizing<String>>,
    /// Their second factor.
    pub authenticator: Option<Authenticator>,
    /// The last step whose code was taken.
    pub used_step: i64,
    /// Wrong passwords and codes since the last login.
    pub failures: u32,
    /// No login before then.
    pub locked_until: DateTime<Utc>,
    /// Whether they have left.
    pub has_left: bool,
}

impl Account {
    /// Whether they may not even try now. No wait is longer than the longest, so one that seems to be was begun before the clock went
    /// back.
    pub fn is_locked(&self, now: DateTime<Utc>) -> bool {
        now < self.locked_until && self.locked_until - now <= LONGEST_WAIT
    }

    /// Until when they have to wait after one more failure now.
    pub fn locked_after_failure(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + wait_after(self.failures.saturating_add(1))
    }
}

/// How long nobody may log in after so many failures in a row: a minute, two, four, eight, and then 15 each time.
fn wait_after(failures: u32) -> TimeDelta {
    match failures.checked_sub(FREE_FAILURES) {
        None => TimeDelta::zero(),
        Some(doublings @ 0..4) => TimeDelta::minutes(1 << doublings),
        Some(_) => LONGEST_WAIT,
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("person", &self.person.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends() {
        let minutes: Vec<i64> = (4..12)
            .map(|failures| wait_after(failures).num_minutes())
            .collect();
        assert_eq!(minutes, [0, 1, 2, 4, 8, 15, 15, 15]);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT);
    }
}
