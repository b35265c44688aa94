//! What came together in one cell of a table.

use super::{Days, Figure, Measure, Statistic, Value, spread};

/// What came together in one cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// So many were counted.
    hits: u64,
    /// Of so many.
    of: u64,
    /// So long each took: milliseconds, or working days.
    times: Vec<i64>,
}

/// The same for keeping: how often which time was taken, as working days are few and come up again and again.
#[derive(Debug)]
pub(super) struct Packed {
    hits: u64,
    of: u64,
    pub(super) times: Vec<(i64, u32)>,
}

/// What a complaint adds to its cell.
pub(super) enum Measured {
    /// It counts, and whether it is one of those that are asked for.
    One(bool),
    /// It took so long.
    Took(i64),
    /// It does not count.
    Nothing,
}

impl Tally {
    pub(super) fn add(&mut self, measured: Measured) {
        match measured {
            Measured::One(is_hit) => {
                self.of += 1;
                self.hits += u64::from(is_hit);
            }
            Measured::Took(time) => {
                self.of += 1;
                self.times.push(time);
            }
            Measured::Nothing => {}
        }
    }

    /// Adds so many that count, and are asked for.
    pub(super) fn add_counted(&mut self, complaints: u64) {
        self.hits += complaints;
        self.of += complaints;
    }

    /// How many it is of, for the order of rows.
    pub(super) fn size(&self) -> u64 {
        self.of.max(self.hits)
    }

    pub(super) fn times(&self) -> impl Iterator<Item = i64> {
        self.times.iter().copied()
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.hits += other.hits;
        self.of += other.of;
        self.times.extend_from_slice(&other.times);
    }

    pub(super) fn packed(&self) -> Packed {
        let mut sorted = self.times.clone();
        sorted.sort_unstable();
        let times = sorted.chunk_by(|one, other| one == other);
        let times = times.filter_map(|run| {
            let time = run.first()?;
            Some((*time, u32::try_from(run.len()).ok()?))
        });
        Packed {
            hits: self.hits,
            of: self.of,
            times: times.collect(),
        }
    }

    pub(super) fn unpack(&mut self, packed: &Packed) {
        self.hits += packed.hits;
        self.of += packed.of;
        for (time, often) in &packed.times {
            let often = usize::try_from(*often).unwrap_or(usize::MAX);
            self.times.extend(std::iter::repeat_n(*time, often));
        }
    }

    pub(super) fn figure(
        &mut self,
        measure: Measure,
        inhabitants: impl Fn() -> Option<u64>,
    ) -> Figure {
        let (rests_on, value) = match measure {
            Measure::PerInhabitants => (self.hits, rate(self.hits, inhabitants())),
            Measure::WomensShare | Measure::InTime(_) => match self.of {
                0 => (0, Value::Nothing),
                of => (of, Value::Share(self.hits, of)),
            },
            Measure::Time(statistic, days, _) | Measure::Held(statistic, days) => {
                (self.of, self.days(statistic, days))
            }
            _ => (self.hits, Value::Count(self.hits)),
        };
        Figure { rests_on, value }
    }

    fn days(&mut self, statistic: Statistic, days: Days) -> Value {
        match (statistic.of(&mut self.times), days) {
            (None, _) => Value::Nothing,
            (Some(time), Days::Calendar) => Value::Days(time / spread::in_days()),
            (Some(time), Days::Working) => Value::Days(time),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "people and complaints are fewer than 2^53"
)]
pub(super) fn rate(complaints: u64, inhabitants: Option<u64>) -> Value {
    match inhabitants {
        None | Some(0) => Value::Nothing,
        Some(people) => Value::Rate(complaints as f64 * 100_000.0 / people as f64),
    }
}
