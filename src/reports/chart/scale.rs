//! From figures to lengths, and the round figures beside an axis.

/// Round figures from 0 up to the largest or past it, so many steps at most. `whole`: there are no parts of one.
pub(super) fn ticks(largest: f64, most_steps: u32, whole: bool) -> Vec<f64> {
    let steps = f64::from(most_steps.max(1));
    let least = (largest / steps).max(if whole { 1.0 } else { 1e-6 });
    let ten = 10f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|round| round * ten)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * ten);
    let mut ticks = vec![0.0];
    for at in 1..=most_steps {
        let tick = f64::from(at) * step;
        ticks.push(tick);
        if tick >= largest * (1.0 - 1e-9) {
            break;
        }
    }
    ticks
}

/// A figure as a part of a length, none below 0 and none past it.
pub(super) fn along(figure: f64, largest: f64, length: f64) -> f64 {
    if largest <= 0.0 {
        return 0.0;
    }
    (figure / largest).clamp(0.0, 1.0) * length
}

/// A place in a list, as a number.
#[expect(clippy::cast_precision_loss, reason = "so many of them no chart has")]
pub(super) fn at(index: usize) -> f64 {
    index as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_past_the_largest() {
        for (largest, whole, round) in [
            (0.0, true, vec![0.0, 1.0]),
            (1.0, true, vec![0.0, 1.0]),
            (3.0, true, vec![0.0, 1.0, 2.0, 3.0]),
            (7.0, true, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (130.0, true, vec![0.0, 50.0, 100.0, 150.0]),
            (1.0, false, vec![0.0, 0.5, 1.0]),
            (4000.0, true, vec![0.0, 1000.0, 2000.0, 3000.0, 4000.0]),
        ] {
            let found = ticks(largest, 4, whole);
            assert_eq!(found.len(), round.len(), "{largest}: {found:?}");
            for (one, other) in found.iter().zip(&round) {
                assert!((one - other).abs() < 1e-9, "{largest}: {found:?}");
            }
        }
    }

    #[test]
    fn lengths_begin_at_nought() {
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(near(along(0.0, 10.0, 300.0), 0.0));
        assert!(near(along(5.0, 10.0, 300.0), 150.0));
        assert!(near(along(15.0, 10.0, 300.0), 300.0));
        assert!(near(along(5.0, 0.0, 300.0), 0.0));
    }
}
