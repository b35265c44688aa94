//! How often one complaint may be guessed at, by whomever.
//!
//! Ten wrong proofs may come at once, and then one more each time that a tenth of a day is over: the ten thousand endings of a phone
//! number take two years and nine months, a code of six digits three centuries. A number that is closed answers as any that fails, also
//! to the right proof, so that nobody learns from it that there is one. Its owner can text the number in the meantime.
//!
//! Only complaints that there are leave a trace, so that asking for numbers that there are not makes nothing forgotten. A restart forgets
//! all; who guesses cannot bring one about.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Wrong proofs that may come at once.
const AT_ONCE: i32 = 10;
/// The time in which one more may come.
const ONE_MORE: TimeDelta = TimeDelta::minutes(144);
/// Complaints that are remembered, three megabytes of them. When all are guessed at, no other one can be looked up.
const REMEMBERED: usize = 100_000;

/// The guesses at each complaint.
pub(super) struct Guesses {
    most: usize,
    /// When all of one's guesses will be forgotten.
    known: Mutex<HashMap<u64, DateTime<Utc>>>,
}

impl Default for Guesses {
    fn default() -> Self {
        Self::of(REMEMBERED)
    }
}

impl Guesses {
    /// Remembers so many complaints.
    fn of(most: usize) -> Self {
        Self {
            most,
            known: Mutex::default(),
        }
    }

    /// Whether this number may be tried now. It counts as a wrong proof until it is given back: else many at once would all be let in.
    pub(super) fn may_try(&self, number: u64, now: DateTime<Utc>) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= self.most && !known.contains_key(&number) {
            known.retain(|_, forgotten| *forgotten > now);
        }
        let is_room = known.len() < self.most;
        let all = ONE_MORE * AT_ONCE;
        let Some(forgotten) = known.get_mut(&number) else {
            if is_room {
                known.insert(number, now + ONE_MORE);
            }
            return is_room;
        };
        // After the clock went back nobody waits for longer than usual.
        let next = (*forgotten).clamp(now, now + all) + ONE_MORE;
        let may = next <= now + all;
        if may {
            *forgotten = next;
        }
        may
    }

    /// The last try was no wrong proof of a complaint that there is.
    pub(super) fn give_back(&self, number: u64, now: DateTime<Utc>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(forgotten) = known.get_mut(&number) {
            *forgotten -= ONE_MORE;
            if *forgotten <= now {
                known.remove(&number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: u64 = 4_821_093_753;

    fn tries(guesses: &Guesses, now: DateTime<Utc>) -> usize {
        (0..100)
            .take_while(|_| guesses.may_try(NUMBER, now))
            .count()
    }

    #[test]
    fn ten_may_be_wrong_at_once_and_ten_a_day() {
        let (guesses, now) = (Guesses::default(), DateTime::default());
        assert_eq!(tries(&guesses, now), 10);
        assert_eq!(tries(&guesses, now + ONE_MORE - TimeDelta::seconds(1)), 0);
        assert_eq!(tries(&guesses, now + ONE_MORE), 1);
        assert_eq!(tries(&guesses, now + TimeDelta::days(1)), 9);
        assert_eq!(tries(&guesses, now + TimeDelta::days(30)), 10);
    }

    #[test]
    fn what_was_right_does_not_count() {
        let (guesses, now) = (Guesses::default(), DateTime::default());
        for _ in 0..100 {
            assert!(guesses.may_try(NUMBER, now));
            guesses.give_back(NUMBER, now);
        }
        assert!(
            guesses.known.lock().unwrap().is_empty(),
            "nor is it remembered"
        );
        assert_eq!(tries(&guesses, now), 10);
    }

    #[test]
    fn a_clock_that_went_back_closes_nothing_for_longer() {
        let (guesses, now) = (Guesses::default(), DateTime::default());
        assert_eq!(tries(&guesses, now + TimeDelta::days(400)), 10);
        assert_eq!(tries(&guesses, now), 0);
        assert!(guesses.may_try(1, now));
    }

    #[test]
    fn many_others_make_nothing_forgotten() {
        let (guesses, now) = (Guesses::of(100), DateTime::default());
        assert_eq!(tries(&guesses, now), 10);
        let tried = (0..200).filter(|number| guesses.may_try(*number, now));
        assert_eq!(tried.count(), 99);
        assert_eq!(tries(&guesses, now), 0);
        assert!(guesses.may_try(u64::MAX, now + TimeDelta::days(1)));
    }
}
