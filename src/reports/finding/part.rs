//! A part of a whole, as people say it.

/// A part, by the fraction that it is near, else in a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Every one.
    All,
    /// All but a few.
    NearlyAll,
    /// 3/4.
    ThreeQuarters,
    /// 2/3.
    TwoThirds,
    /// 1/2.
    Half,
    /// 1/3.
    Third,
    /// 1/4.
    Quarter,
    /// 1/5.
    Fifth,
    /// 1/10.
    Tenth,
    /// So many of a hundred.
    Percent(u64),
}

/// The fractions, each with how far from it people still say it.
const FRACTIONS: [(Part, f64, f64); 7] = [
    (Part::ThreeQuarters, 3.0 / 4.0, 0.02),
    (Part::TwoThirds, 2.0 / 3.0, 0.02),
    (Part::Half, 1.0 / 2.0, 0.025),
    (Part::Third, 1.0 / 3.0, 0.02),
    (Part::Quarter, 1.0 / 4.0, 0.015),
    (Part::Fifth, 1.0 / 5.0, 0.012),
    (Part::Tenth, 1.0 / 10.0, 0.008),
];

impl Part {
    /// What a part between 0 and 1 is called.
    pub fn of(part: f64) -> Self {
        if part >= 0.995 {
            return Self::All;
        }
        if part >= 0.93 {
            return Self::NearlyAll;
        }
        let near = FRACTIONS
            .iter()
            .find(|(_, fraction, about)| (part - fraction).abs() <= *about);
        near.map_or_else(
            || Self::Percent(whole(part * 100.0).max(1)),
            |(name, ..)| *name,
        )
    }
}

/// The nearest whole number; of what is below 0: 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small number that is not negative"
)]
pub(super) fn whole(number: f64) -> u64 {
    number.round().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_called_by_the_fraction_that_it_is_near() {
        for (part, name) in [
            (1.0, Part::All),
            (0.96, Part::NearlyAll),
            (0.74, Part::ThreeQuarters),
            (0.66, Part::TwoThirds),
            (0.51, Part::Half),
            (0.345, Part::Third),
            (0.26, Part::Quarter),
            (0.19, Part::Fifth),
            (0.1, Part::Tenth),
            (0.42, Part::Percent(42)),
            (0.002, Part::Percent(1)),
        ] {
            assert_eq!(Part::of(part), name, "{part}");
        }
    }
}
