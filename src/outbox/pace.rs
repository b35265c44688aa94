//! How fast, and whether at all: the agreed rate, and a pause when the gateway lets nothing through.

use chrono::{DateTime, TimeDelta, Utc};

/// Failures in a row after which the gateway is taken to be down.
const FAILURES_TO_PAUSE: u32 = 5;
/// How long to leave a gateway alone that is down.
const PAUSE_DOWN: TimeDelta = TimeDelta::seconds(30);
/// How long to leave a gateway alone that refuses our account: an administrator has to mend something.
const PAUSE_REFUSED: TimeDelta = TimeDelta::seconds(60);

/// No pause is longer, so one that seems to be was begun before the clock went back. The gateway's own wish is an hour at most.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// What a sender takes the gateway, or the mail server, for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayState {
    /// The last hand-over went through, or none was tried yet.
    Well,
    /// Nothing gets through; the queue is kept.
    Down {
        /// What the last try said.
        why: String,
    },
    /// It refuses our account, number or settings; the queue is kept.
    Refuses {
        /// Its error code.
        code: Option<u32>,
        /// What is wrong, where more is known than the code.
        why: Option<&'static str>,
    },
}

/// Says how many texts may be claimed now; an email counts as a text of one segment.
#[derive(Debug)]
pub(super) struct Pace {
    per_second: f64,
    /// What may leave at once: a second's worth, and one where that is less.
    most: f64,
    /// Segments that may leave now; below zero after a long text.
    allowance: f64,
    counted_at: DateTime<Utc>,
    failures: u32,
    paused_until: Option<DateTime<Utc>>,
    state: GatewayState,
}

impl Pace {
    /// At most `per_second` segments a second; a second's worth may leave at once.
    pub(super) fn new(per_second: u32, now: DateTime<Utc>) -> Self {
        Self::at(f64::from(per_second.max(1)), now)
    }

    /// At most `per_minute` a minute, one after the other.
    pub(super) fn per_minute(per_minute: u32, now: DateTime<Utc>) -> Self {
        Self::at(f64::from(per_minute.max(1)) / 60.0, now)
    }

    fn at(per_second: f64, now: DateTime<Utc>) -> Self {
        let most = per_second.max(1.0);
        Self {
            per_second,
            most,
            allowance: most,
            counted_at: now,
            failures: 0,
            paused_until: None,
            state: GatewayState::Well,
        }
    }

    /// How many texts may be claimed at `now`, of `free` that could be in flight. After a pause one, to see.
    pub(super) fn claimable(&mut self, free: usize, now: DateTime<Utc>) -> usize {
        if self.pause(now).is_some() {
            return 0;
        }
        self.refill(now);
        if self.allowance < 1.0 {
            return 0;
        }
        if self.state != GatewayState::Well {
            return free.min(1);
        }
        // A text has at least one segment, so that a whole number of segments bounds the number of texts.
        (1..=free)
            .take_while(|count| {
                u32::try_from(*count).is_ok_and(|count| f64::from(count) <= self.allowance)
            })
            .count()
    }

    fn pause(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.paused_until
            .filter(|until| now < *until && *until - now <= LONGEST_PAUSE)
    }

    fn refill(&mut self, now: DateTime<Utc>) {
        // A clock that went back refills nothing and is believed from now on.
        let passed = (now - self.counted_at).num_milliseconds().max(0);
        let seconds = f64::from(u32::try_from(passed).unwrap_or(u32::MAX)) / 1000.0;
        self.allowance = (self.allowance + seconds * self.per_second).min(self.most);
        self.counted_at = now;
    }

    /// A text of that many segments was claimed.
    pub(super) fn spend(&mut self, segments: u32) {
        self.allowance -= f64::from(segments);
    }

    /// When to look again, if time alone holds something back.
    pub(super) fn next_look(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if let Some(until) = self.pause(now) {
            return Some(until);
        }
        (self.allowance < 1.0).then(|| now + TimeDelta::milliseconds(20))
    }

    /// A hand-over reached the gateway, which answered for that text.
    pub(super) fn went_through(&mut self) {
        self.failures = 0;
        self.paused_until = None;
        self.state = GatewayState::Well;
    }

    /// A hand-over did not get through; `retry_after` is the gateway's own wish.
    pub(super) fn did_not_get_through(
        &mut self,
        why: &str,
        retry_after: Option<TimeDelta>,
        now: DateTime<Utc>,
    ) {
        self.failures += 1;
        if self.failures >= FAILURES_TO_PAUSE {
            self.state = GatewayState::Down {
                why: why.to_owned(),
            };
            self.paused_until = Some(now + PAUSE_DOWN);
        }
        if let Some(wish) = retry_after {
            self.paused_until = self.paused_until.max(Some(now + wish));
        }
    }

    /// The gateway refuses our account.
    pub(super) fn refused(
        &mut self,
        code: Option<u32>,
        why: Option<&'static str>,
        now: DateTime<Utc>,
    ) {
        self.state = GatewayState::Refuses { code, why };
        self.paused_until = Some(now + PAUSE_REFUSED);
    }

    pub(super) fn state(&self) -> &GatewayState {
        &self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + ms).unwrap()
    }

    #[test]
    fn segments_leave_at_the_agreed_rate() {
        let mut pace = Pace::new(10, at(0));
        let mut left = 0;
        for ms in 0..5000 {
            for _ in 0..pace.claimable(16, at(ms)) {
                pace.spend(2);
                left += 2;
            }
        }
        assert!(
            (50..=80).contains(&left),
            "10 a second for 5 seconds, and a second's worth at once: {left}"
        );
    }

    #[test]
    fn a_gateway_that_is_down_is_left_alone_then_asked_once() {
        let mut pace = Pace::new(10, at(0));
        for _ in 0..4 {
            pace.did_not_get_through("no connection", None, at(0));
        }
        assert_eq!(pace.claimable(16, at(1)), 10, "four failures are bad luck");
        pace.did_not_get_through("no connection", None, at(1));
        assert_eq!(pace.claimable(16, at(30_000)), 0);
        assert_eq!(pace.claimable(16, at(30_001)), 1);
        pace.went_through();
        assert_eq!(pace.claimable(16, at(30_001)), 10);
    }

    #[test]
    fn a_rate_below_one_a_second_lets_one_after_the_other_leave() {
        let mut pace = Pace::per_minute(30, at(0));
        let mut left = 0;
        for ms in 0..60_000 {
            for _ in 0..pace.claimable(4, at(ms)) {
                pace.spend(1);
                left += 1;
            }
        }
        assert!((30..=31).contains(&left), "{left}");
    }

    #[test]
    fn the_gateways_own_wish_is_heeded() {
        let mut pace = Pace::new(10, at(0));
        pace.did_not_get_through("429", Some(TimeDelta::seconds(7)), at(0));
        assert_eq!(pace.claimable(16, at(6_999)), 0);
        assert_eq!(pace.next_look(at(5_000)), Some(at(7_000)));
        assert_eq!(pace.claimable(16, at(7_000)), 10);
    }

    #[test]
    fn a_clock_that_goes_back_neither_stops_nor_floods() {
        let mut pace = Pace::new(10, at(10_000_000));
        pace.spend(10);
        assert_eq!(pace.claimable(16, at(0)), 0);
        assert_eq!(pace.claimable(16, at(500)), 5);

        pace.refused(None, None, at(10_000_000));
        assert_eq!(pace.claimable(16, at(9_999_000)), 0);
        assert_eq!(
            pace.claimable(16, at(0)),
            1,
            "a pause is not hours long because the clock was wrong"
        );
    }
}
