//! How many days are looked at at once.

use std::time::Duration;

/// A look that takes less is worth a longer one.
const SHORT: Duration = Duration::from_millis(8);
/// One that takes more is too long: three hundred texts a second write a megabyte in forty milliseconds.
const LONG: Duration = Duration::from_millis(20);

/// Milliseconds in six hours: of fewer complaints a look would cost more than what it reads.
const SHORTEST: i64 = 6 * 3_600_000;
/// In two months: no look is longer than a month.
const LONGEST: i64 = 62 * 24 * 3_600_000;

/// It grows and shrinks with what looks take, by the clock: where texts have the processor a look takes longer, and reads less.
pub(super) struct Stride(i64);

impl Stride {
    /// A day.
    pub(super) fn new() -> Self {
        Self(4 * SHORTEST)
    }

    /// Of how long a time (milliseconds) complaints are to be read in the next look.
    pub(super) fn length(&self) -> i64 {
        self.0
    }

    /// A look took so long.
    pub(super) fn took(&mut self, took: Duration) {
        if took < SHORT {
            self.0 = LONGEST.min(self.0 * 2);
        } else if took > LONG {
            self.0 = SHORTEST.max(self.0 / 2);
        }
    }
}
