//! How many took how long.

use super::{Days, Figure, Statistic, Value};

/// A day, in milliseconds.
pub(super) const A_DAY: i64 = 86_400_000;
/// So many spans of equal length at most.
const MOST: i64 = 12;
/// How many days a span may have.
const WIDTHS: [u32; 12] = [1, 2, 5, 7, 10, 14, 20, 30, 50, 100, 200, 500];

/// Durations, by how long they were. The few that were very long are counted together, so that the others can be told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Which days these are.
    pub days: Days,
    /// How many days each span has.
    pub width: u32,
    /// How many lasted from nought to before one width, to before two, and so on.
    pub spans: Vec<Figure>,
    /// How many lasted longer.
    pub longer: Figure,
    /// Half lasted no longer, in days.
    pub median: f64,
}

impl Spread {
    /// That of these: milliseconds, or working days; `None`: there are none.
    pub(super) fn of(mut times: Vec<i64>, days: Days) -> Option<Self> {
        let unit = match days {
            Days::Calendar => A_DAY,
            Days::Working => 1,
        };
        let median = Statistic::Median.of(&mut times)?;
        times.sort_unstable();
        let nearly_all = times.get(times.len().saturating_sub(1) * 19 / 20)?;
        let last = nearly_all / unit;
        let width = WIDTHS
            .into_iter()
            .find(|width| last / i64::from(*width) < MOST)
            .unwrap_or(1000);
        let wide = i64::from(width) * unit;
        let count = |from: i64, until: i64| {
            let below = |end: i64| times.partition_point(|time| *time < end);
            let count = u64::try_from(below(until) - below(from)).unwrap_or(u64::MAX);
            Figure {
                rests_on: count,
                value: Value::Count(count),
            }
        };
        let spans = (nearly_all / wide).min(MOST - 1) + 1;
        Some(Self {
            days,
            width,
            spans: (0..spans)
                .map(|span| count(span * wide, (span + 1) * wide))
                .collect(),
            longer: count(spans * wide, i64::MAX),
            median: match days {
                Days::Calendar => median / in_days(),
                Days::Working => median,
            },
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a day has fewer than 2^53")]
pub(super) fn in_days() -> f64 {
    A_DAY as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(spread: &Spread) -> Vec<u64> {
        spread.spans.iter().map(|span| span.rests_on).collect()
    }

    #[test]
    fn durations_are_counted_in_spans_of_round_days() {
        let working = vec![0, 0, 1, 2, 2, 2, 3, 5];
        let spread = Spread::of(working, Days::Working).unwrap();
        assert_eq!(counts(&spread), [2, 1, 3, 1]);
        assert_eq!((spread.width, spread.longer.rests_on), (1, 1));
        assert!((spread.median - 2.0).abs() < 1e-9);
        assert_eq!(Spread::of(Vec::new(), Days::Working), None);
    }

    #[test]
    fn a_few_very_long_ones_do_not_press_the_others_together() {
        let mut times: Vec<i64> = (0..99).map(|at| at * A_DAY / 4).collect();
        times.push(900 * A_DAY);
        let spread = Spread::of(times, Days::Calendar).unwrap();
        assert_eq!(spread.width, 2);
        assert_eq!(spread.spans.len(), 12);
        assert_eq!(spread.longer.rests_on, 4);
        assert_eq!(counts(&spread).iter().sum::<u64>(), 96);
    }
}
