//! The number a citizen gets: ten digits, easy to key in, read out and check; hard to guess.

use std::fmt;

use rand::{Rng, RngExt};

/// A tracking number: a first digit of 2 to 9, eight random digits, and a Damm check digit.
///
/// The first digit keeps it apart from phone numbers, which begin with 0 or, with a country code, are longer. The check
/// digit catches every wrong digit and every swap of neighbours (H. M. Damm, 2004).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackingNumber(u64);

/// Why ten digits are no tracking number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATrackingNumber {
    /// Not ten digits, or a first digit of 0 or 1.
    #[error("a tracking number is ten digits, the first of them 2 to 9")]
    Form,
    /// Ten digits of the right form: one of them is mistyped.
    #[error("the check digit does not fit: a digit is mistyped")]
    CheckDigit,
}

impl TrackingNumber {
    /// How many digits it has.
    pub const DIGITS: usize = 10;

    /// Draws a number. The caller makes sure that it was never given before.
    pub fn draw(rng: &mut impl Rng) -> Self {
        let stem: u64 = rng.random_range(200_000_000..1_000_000_000);
        Self(stem * 10 + u64::from(damm(stem)))
    }

    /// Reads ten decimal digits (values 0 to 9).
    ///
    /// # Errors
    /// The wrong form, or a check digit that does not fit.
    pub fn from_digits(digits: &[u8]) -> Result<Self, NotATrackingNumber> {
        if digits.len() != Self::DIGITS
            || !digits.first().is_some_and(|first| (2..=9).contains(first))
        {
            return Err(NotATrackingNumber::Form);
        }
        let value = digits
            .iter()
            .fold(0, |value, digit| value * 10 + u64::from(*digit));
        if damm(value) == 0 {
            Ok(Self(value))
        } else {
            Err(NotATrackingNumber::CheckDigit)
        }
    }

    /// Its three groups of digits with this between them.
    pub fn grouped(self, between: &str) -> String {
        let (head, tail) = (self.0 / 10_000, self.0 % 10_000);
        let (first, second) = (head / 1000, head % 1000);
        format!("{first:03}{between}{second:03}{between}{tail:04}")
    }

    /// The value that the store keeps.
    pub fn value(self) -> u64 {
        self.0
    }

    /// From the value that the store kept.
    pub fn from_value(value: u64) -> Self {
        Self(value)
    }
}

impl fmt::Display for TrackingNumber {
    /// Grouped as people read it: `482 109 3753`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped(" "))
    }
}

impl fmt::Debug for TrackingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A totally anti-symmetric quasigroup of order 10, from Damm's thesis: 0 on the diagonal, so that a number with its
/// check digit comes out as 0.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit of a number, or 0 if the number ends with its check digit.
fn damm(number: u64) -> u8 {
    number.to_string().bytes().fold(0, |interim: u8, digit| {
        QUASIGROUP
            .get(usize::from(interim))
            .and_then(|row| row.get(usize::from(digit - b'0')))
            .copied()
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;

    fn digits(number: TrackingNumber) -> Vec<u8> {
        number
            .value()
            .to_string()
            .bytes()
            .map(|b| b - b'0')
            .collect()
    }

    #[test]
    fn the_published_example_of_the_check_digit_holds() {
        assert_eq!(damm(572), 4);
        assert_eq!(damm(5724), 0);
    }

    #[test]
    fn it_is_written_in_groups() {
        assert_eq!(
            TrackingNumber::from_value(4_821_093_753).to_string(),
            "482 109 3753"
        );
        assert_eq!(
            TrackingNumber::from_value(2_000_000_007).to_string(),
            "200 000 0007"
        );
    }

    proptest! {
        #[test]
        fn a_drawn_number_reads_back_and_one_wrong_digit_or_swap_does_not(seed: u64, at in 0..10_usize, other in 0..10_u8) {
            let number = TrackingNumber::draw(&mut rand::rngs::StdRng::seed_from_u64(seed));
            let good = digits(number);
            prop_assert_eq!(TrackingNumber::from_digits(&good), Ok(number));
            prop_assert!((2..=9).contains(&good[0]));

            let mut wrong = good.clone();
            wrong[at] = other;
            prop_assert_eq!(TrackingNumber::from_digits(&wrong).is_ok(), wrong == good);

            let mut swapped = good.clone();
            swapped.swap(at, (at + 1) % 10);
            if at < 9 {
                prop_assert_eq!(TrackingNumber::from_digits(&swapped).is_ok(), swapped == good);
            }
        }
    }
}
