//! One figure for many durations.

/// Which figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// Half took no longer.
    Median,
    /// Nine of ten took no longer.
    P90,
    /// The mean: a few very long ones weigh on it.
    Mean,
}

impl Statistic {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Median, Self::P90, Self::Mean];

    /// The word in a measure.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Median => "median",
            Self::P90 => "p90",
            Self::Mean => "mean",
        }
    }

    /// The figure of these; `None`: there are none. Between two values a quantile is taken in proportion, as spreadsheets do
    /// (`PERCENTILE.INC`), DuckDB (`quantile_cont`) and pandas.
    pub fn of(self, values: &mut [i64]) -> Option<f64> {
        match self {
            Self::Median => quantile(values, 0.5),
            Self::P90 => quantile(values, 0.9),
            Self::Mean => mean(values),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of some years stay below 2^53"
)]
fn mean(values: &[i64]) -> Option<f64> {
    let sum: i128 = values.iter().copied().map(i128::from).sum();
    (!values.is_empty()).then(|| sum as f64 / values.len() as f64)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list, not negative; milliseconds of some years stay below 2^53"
)]
fn quantile(values: &mut [i64], part: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = part * last as f64;
    let below = place.floor() as usize;
    let (_, lower, above) = values.select_nth_unstable(below.min(last));
    let lower = *lower as f64;
    let upper = above.iter().min().map_or(lower, |next| *next as f64);
    Some((place - place.floor()).mul_add(upper - lower, lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_of_other_programs() {
        // numpy.percentile and statistics.mean of the same.
        for (values, median, p90, mean) in [
            (vec![7], 7.0, 7.0, 7.0),
            (vec![4, 1], 2.5, 3.7, 2.5),
            (vec![10, 1, 3, 2, 4], 3.0, 7.6, 4.0),
            (vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5.5, 9.1, 5.5),
        ] {
            for (statistic, figure) in Statistic::ALL.into_iter().zip([median, p90, mean]) {
                let found = statistic.of(&mut values.clone()).unwrap();
                assert!(
                    (found - figure).abs() < 1e-9,
                    "{statistic:?} of {values:?}: {found}"
                );
            }
        }
        assert_eq!(Statistic::Median.of(&mut []), None);
    }
}
