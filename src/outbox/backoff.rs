//! How long to wait before a text that did not leave is tried again.

use chrono::TimeDelta;
use rand::{Rng, RngExt};

/// Seconds after the first, second … attempt; the last one for all that follow. Short first, for a blip; then long, for an
/// outage, so that a queue of thousands costs a gateway that is down little.
const WAITS: [i64; 6] = [5, 30, 120, 600, 1800, 3600];

/// The wait after that many attempts, a fifth more or less, so that what failed together is not tried together.
pub(super) fn wait(attempts: u32, rng: &mut impl Rng) -> TimeDelta {
    let step = usize::try_from(attempts.saturating_sub(1))
        .unwrap_or(usize::MAX)
        .min(WAITS.len() - 1);
    let seconds = WAITS.get(step).copied().unwrap_or(3600);
    TimeDelta::milliseconds(seconds * rng.random_range(800..=1200))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_a_fifth() {
        for (attempts, seconds) in [(0, 5), (1, 5), (2, 30), (3, 120), (6, 3600), (1000, 3600)] {
            for _ in 0..100 {
                let wait = wait(attempts, &mut rand::rng()).num_milliseconds();
                assert!(
                    (seconds * 800..=seconds * 1200).contains(&wait),
                    "{attempts}: {wait} ms"
                );
            }
        }
    }
}
