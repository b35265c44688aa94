//! How often somebody may try something within a time: a network to log in, anybody to guess at one complaint. In memory, and bounded: what
//! is counted for a person is in the store.
//!
//! A restart forgets the counts. That gives a guesser one more handful of tries, and nobody outside can bring a restart about.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Places that are counted in, half a megabyte of them once all were used. Where a thousand came lately, one of them in 65 shares its
/// place with another, and notices only where both together try more than one may.
const PLACES: usize = 1 << 16;

/// The tries of each.
///
/// Each has a handful, and what was used up comes back one by one, evenly: who mistyped waits for the next try and not for the end of a
/// day, and over any longer time nobody has more of them.
///
/// They are counted in a fixed number of places. Which is whose is drawn by a hash under a key of this process, so that nobody can choose
/// whom to share a place with. Those who share one share its tries: it is stricter, and never more lenient. Nothing is ever thrown out
/// for others, so that nobody makes us forget their tries by many others.
pub(crate) struct Tries<K> {
    /// Milliseconds until one more try comes back.
    each: i64,
    /// Milliseconds until all have come back to who has none left.
    all: i64,
    key: RandomState,
    /// When all tries will have come back to whose place it is, in milliseconds of Unix time.
    whole_again: Mutex<Box<[i64]>>,
    of: PhantomData<fn(K)>,
}

/// A try that was let in. It is given back when it ends in any way but one that counts: also where who asked does not wait for the answer.
#[must_use]
pub(crate) struct Taken<'t, K> {
    tries: &'t Tries<K>,
    place: usize,
    does_count: bool,
}

impl<K: Hash> Tries<K> {
    /// A handful is `most`, which come back within `span`.
    pub(crate) fn new(most: u32, span: TimeDelta) -> Self {
        Self::among(PLACES, most, span)
    }

    fn among(places: usize, most: u32, span: TimeDelta) -> Self {
        let each = span.num_milliseconds() / i64::from(most.max(1));
        Self {
            each,
            all: each * i64::from(most),
            key: RandomState::new(),
            whole_again: Mutex::new(vec![0; places].into_boxed_slice()),
            of: PhantomData,
        }
    }

    /// A try of this one, if it has one left. While it lasts, it has one less: else many at once would all be let in.
    pub(crate) fn take(&self, who: K, now: DateTime<Utc>) -> Option<Taken<'_, K>> {
        let now = now.timestamp_millis();
        let place = self.place_of(who);
        let is_let_in = self.at(place, |whole_again| {
            let since = self.counted_from(*whole_again, now);
            let then = since.saturating_add(self.each);
            let may = then <= now.saturating_add(self.all);
            *whole_again = if may { then } else { since };
            may
        });
        // Not made where it is refused: what is dropped gives back.
        is_let_in.then(|| Taken {
            tries: self,
            place,
            does_count: false,
        })
    }

    fn place_of(&self, who: K) -> usize {
        let many = u64::try_from(self.places().len()).unwrap_or(u64::MAX);
        let place = self.key.hash_one(who) % many.max(1);
        usize::try_from(place).unwrap_or_default()
    }
}

impl<K> Tries<K> {
    /// What is counted on from. A clock that was put back a little leaves nobody with a longer wait than having used up all; one that had
    /// been wrong for long counts for nothing, for it would lock out everybody.
    fn counted_from(&self, whole_again: i64, now: i64) -> i64 {
        let latest = now.saturating_add(self.all);
        if whole_again > latest.saturating_add(self.all) {
            now
        } else {
            whole_again.clamp(now, latest)
        }
    }

    /// Does something with a place. There is always such a one; if there were none, nobody might try.
    fn at<T: Default>(&self, place: usize, act: impl FnOnce(&mut i64) -> T) -> T {
        self.places().get_mut(place).map(act).unwrap_or_default()
    }

    fn places(&self) -> std::sync::MutexGuard<'_, Box<[i64]>> {
        self.whole_again
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K> Taken<'_, K> {
    /// It is used up.
    pub(crate) fn counts(mut self) {
        self.does_count = true;
    }
}

impl<K> Drop for Taken<'_, K> {
    fn drop(&mut self) {
        if !self.does_count {
            let each = self.tries.each;
            self.tries.at(self.place, |whole_again| {
                *whole_again = whole_again.saturating_sub(each);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIES: u32 = 40;
    const SPAN: TimeDelta = TimeDelta::minutes(10);

    fn office_tries() -> (Tries<u64>, DateTime<Utc>) {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(9);
        (Tries::new(TRIES, SPAN), now)
    }

    impl Tries<u64> {
        fn may_try(&self, who: u64, now: DateTime<Utc>) -> bool {
            self.take(who, now).map(Taken::counts).is_some()
        }
    }

    fn tries_of(tries: &Tries<u64>, who: u64, now: DateTime<Utc>) -> usize {
        (0..99).filter(|_| tries.may_try(who, now)).count()
    }

    #[test]
    fn a_handful_is_had_at_once_and_then_they_come_back_one_by_one() {
        let (tries, now) = office_tries();
        assert_eq!(tries_of(&tries, 1, now), 40);
        assert!(tries.may_try(2, now));
        assert_eq!(tries_of(&tries, 1, now + TimeDelta::seconds(14)), 0);
        assert_eq!(
            tries_of(&tries, 1, now + TimeDelta::seconds(15)),
            1,
            "a fortieth of the span"
        );
        assert_eq!(tries_of(&tries, 1, now + TimeDelta::minutes(5)), 19);
        assert_eq!(
            tries_of(&tries, 1, now + SPAN * 9),
            40,
            "no more are saved up"
        );
    }

    #[test]
    fn what_does_not_count_is_given_back_and_takes_a_try_while_it_lasts() {
        let (tries, now) = office_tries();
        for _ in 0..100 {
            assert!(tries.take(1, now).is_some());
        }
        let at_once: Vec<_> = (0..99).map_while(|_| tries.take(1, now)).collect();
        assert_eq!(at_once.len(), 40);
        assert!(!tries.may_try(1, now));
        drop(at_once);
        assert_eq!(tries_of(&tries, 1, now), 40);
    }

    #[test]
    fn a_clock_that_is_put_back_frees_nobody_and_one_that_was_wrong_locks_nobody_out() {
        let (tries, now) = office_tries();
        assert_eq!(tries_of(&tries, 1, now), 40);
        let before = now - TimeDelta::minutes(9);
        assert!(!tries.may_try(1, before));
        assert!(tries.may_try(1, before + SPAN));
        assert!(tries.may_try(1, now - TimeDelta::days(8)));
    }

    #[test]
    fn what_is_counted_is_bounded_and_many_others_make_nobody_forgotten() {
        let now = DateTime::default();
        let tries = Tries::among(4096, 10, TimeDelta::days(1));
        assert!((0..10).all(|_| tries.may_try(1, now)));
        for other in 2..200_000 {
            tries.may_try(other, now);
        }
        assert!(!tries.may_try(1, now));
        assert_eq!(tries.places().len(), 4096);
    }

    #[test]
    fn who_shares_a_place_has_fewer_tries_and_never_more() {
        let (all, now) = (Tries::among(1, 3, SPAN), DateTime::default());
        let tries: Vec<bool> = (0..5).map(|who| all.may_try(who, now)).collect();
        assert_eq!(tries, [true, true, true, false, false]);
    }

    #[test]
    fn strangers_rarely_meet_and_nobody_can_know_who_meets_whom() {
        let now = DateTime::default();
        let meets = |tries: &Tries<u64>| -> Vec<u64> {
            (0..1000).filter(|who| !tries.may_try(*who, now)).collect()
        };
        let (one, other) = (meets(&Tries::new(1, SPAN)), meets(&Tries::new(1, SPAN)));
        assert!(one.len() < 30 && other.len() < 30, "some 8 of a thousand");
        let few = || Tries::among(4096, 1, SPAN);
        assert_ne!(meets(&few()), meets(&few()), "the key is drawn");
    }
}
