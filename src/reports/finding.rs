//! What a table says, as somebody would tell it: what changed since the period before, and who or what stands out.
//!
//! Typed and without words, so that each language can say it in its own way. What rests on few is no finding: nobody is told that
//! complaints doubled where there are four instead of two.

mod part;

use super::{Answer, Dimension, Figure, Key, Measure, Value};

pub use part::Part;

/// Below so many complaints nothing is compared and nobody is ranked: it would be chance.
pub const LEAST: u64 = 10;
/// What differs by less than this is the same.
const SAME: f64 = 0.05;
/// From so much more on it is told in times.
const NEARLY_TWICE: f64 = 0.93;
/// Who stands out has so many times what the next one has, or what all have.
const AHEAD: f64 = 1.25;
/// Two together are worth a word from this part of all on: what is left is not another's then.
const TWO: f64 = 0.475;
/// Who leads as before has about the same part of all: "half are still from there" is untrue where it was a third.
const STILL: f64 = 0.06;

/// What a table says.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Since the period before.
    pub change: Change,
    /// Among the rows.
    pub shape: Shape,
}

/// What became of the figure of all since the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There is none to compare with, or it rests on few.
    Unknown,
    /// About as before.
    Same,
    /// More than before.
    Rose(By),
    /// Less.
    Fell(By),
}

/// By how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By this part of what it was.
    Part(Part),
    /// To so many times what it was, two at least.
    Times(u64),
    /// A share: by so many points of a hundred.
    Points(u64),
}

/// What stands out.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// There is nothing.
    Nothing,
    /// There are but so many.
    Few(u64),
    /// One figure, of all.
    All(Value),
    /// One row has this part of all.
    Leads {
        /// By what the rows are.
        dimension: Dimension,
        /// Which row.
        key: Key,
        /// What part of all.
        part: Part,
        /// Whether it led in the period before too, with about as large a part.
        still: bool,
    },
    /// Two rows have this part of all between them, half of it or more.
    Two {
        /// By what the rows are.
        dimension: Dimension,
        /// The larger, and the other.
        keys: [Key; 2],
        /// What part of all.
        part: Part,
    },
    /// Of so many it is not given that little can be said.
    NotGiven {
        /// What is not given.
        dimension: Dimension,
        /// Of what part.
        part: Part,
    },
    /// One row has a figure well above that of all.
    Highest(Extreme),
    /// One row has a figure well below that of all.
    Lowest(Extreme),
    /// One span of time has most.
    Peak {
        /// Days or months.
        dimension: Dimension,
        /// Which.
        key: Key,
        /// How much.
        value: Value,
    },
    /// No row stands out.
    Even,
    /// What would say it is hidden.
    Hidden,
}

/// A row that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Extreme {
    /// By what the rows are.
    pub dimension: Dimension,
    /// Which row.
    pub key: Key,
    /// Its figure.
    pub value: Value,
    /// The figure of all.
    pub all: Value,
}

/// A row, or a column, with its figure over all of the other side.
type Headed<'a> = (&'a Key, &'a Figure);

impl Finding {
    /// What the answer says, beside that of the period before.
    pub fn of(answer: &Answer, before: Option<&Answer>) -> Self {
        Self {
            change: before.map_or(Change::Unknown, |before| {
                Change::between(&before.total, &answer.total)
            }),
            shape: Shape::of(answer, before),
        }
    }

    /// What became of one row's figure since the period before, and nothing else.
    pub fn of_row(now: &Figure, before: &Figure) -> Self {
        Self {
            change: Change::between(before, now),
            shape: Shape::Even,
        }
    }

    /// Whether it says that something rose or fell.
    pub fn has_changed(&self) -> bool {
        matches!(self.change, Change::Rose(_) | Change::Fell(_))
    }

    /// The row that it names, for a chart to point at.
    pub fn key(&self) -> Option<&Key> {
        match &self.shape {
            Shape::Leads { key, .. } | Shape::Peak { key, .. } => Some(key),
            Shape::Two { keys: [key, _], .. } => Some(key),
            Shape::Highest(extreme) | Shape::Lowest(extreme) => Some(&extreme.key),
            _ => None,
        }
    }
}

impl Change {
    fn between(before: &Figure, now: &Figure) -> Self {
        let enough = before.rests_on.max(now.rests_on) >= LEAST && before.rests_on > 0;
        let (Some(was), Some(is), true) = (before.value.number(), now.value.number(), enough)
        else {
            return Self::Unknown;
        };
        if let Value::Share(..) = now.value {
            return Self::of_points((is - was) * 100.0);
        }
        if was <= 0.0 {
            return Self::Unknown;
        }
        let change = is / was - 1.0;
        if change.abs() < SAME {
            Self::Same
        } else if change >= NEARLY_TWICE {
            Self::Rose(By::Times(part::whole(is / was)))
        } else if change > 0.0 {
            Self::Rose(By::Part(Part::of(change)))
        } else {
            Self::Fell(By::Part(Part::of(-change)))
        }
    }

    fn of_points(points: f64) -> Self {
        match part::whole(points.abs()) {
            0..3 => Self::Same,
            by if points > 0.0 => Self::Rose(By::Points(by)),
            by => Self::Fell(By::Points(by)),
        }
    }
}

impl Shape {
    fn of(answer: &Answer, before: Option<&Answer>) -> Self {
        let total = &answer.total;
        let measure = answer.question.measure;
        match total.value {
            Value::Hidden => return Self::Hidden,
            Value::Nothing if measure != Measure::PerInhabitants => return Self::Nothing,
            Value::Count(0) => return Self::Nothing,
            _ if total.rests_on < LEAST => return Self::Few(total.rests_on),
            _ => {}
        }
        let Some((dimension, rows)) = headed(answer) else {
            return Self::All(total.value);
        };
        if dimension.is_time() {
            return Self::of_time(dimension, &rows);
        }
        match total.value.number() {
            Some(all) if measure.is_count() => {
                Self::of_parts(dimension, &rows, (all, total.value), before)
            }
            _ => Self::of_extremes(dimension, &rows, total, measure),
        }
    }

    fn of_time(dimension: Dimension, spans: &[Headed<'_>]) -> Self {
        let known: Vec<(&Key, Value, f64)> = spans
            .iter()
            .filter_map(|(key, figure)| Some((*key, figure.value, figure.value.number()?)))
            .collect();
        let mean = known.iter().map(|(_, _, number)| number).sum::<f64>() / count(known.len());
        let most = known
            .iter()
            .max_by(|(.., one), (.., other)| one.total_cmp(other));
        match most {
            Some((key, value, number)) if known.len() > 1 && *number >= mean * AHEAD => {
                Self::Peak {
                    dimension,
                    key: (*key).clone(),
                    value: *value,
                }
            }
            Some(_) => Self::Even,
            None => Self::Hidden,
        }
    }

    /// Of counts: the rows are parts of all.
    fn of_parts(
        dimension: Dimension,
        rows: &[Headed<'_>],
        (all, total): (f64, Value),
        before: Option<&Answer>,
    ) -> Self {
        let given = sorted(rows);
        let not_given = rows.iter().find(|(key, _)| key.is_none());
        let not_given = not_given.and_then(|(_, figure)| figure.value.number());
        if let Some(missing) = not_given.filter(|missing| *missing > all / 2.0) {
            let part = Part::of(missing / all);
            return Self::NotGiven { dimension, part };
        }
        let hidden = hidden(rows, all);
        let next = |at: usize| given.get(at).map_or(0.0, |(_, number)| *number).max(hidden);
        let Some((key, most)) = given.first() else {
            return Self::Hidden;
        };
        let key = (*key).clone();
        if *most >= next(1) * AHEAD {
            return Self::Leads {
                dimension,
                part: Part::of(most / all),
                still: before.is_some_and(|before| led(before, dimension, &key, most / all)),
                key,
            };
        }
        match given.get(1) {
            Some((second, of_second))
                if next(2) * AHEAD <= *of_second
                    && given.len() > 2
                    && (most + of_second) / all >= TWO =>
            {
                Self::Two {
                    dimension,
                    keys: [key, (*second).clone()],
                    part: Part::of((most + of_second) / all),
                }
            }
            _ if hidden >= *most => Self::All(total),
            _ => Self::Even,
        }
    }

    /// Of durations, shares and rates: the rows stand beside the figure of all.
    fn of_extremes(
        dimension: Dimension,
        rows: &[Headed<'_>],
        total: &Figure,
        measure: Measure,
    ) -> Self {
        let ranked = rows
            .iter()
            .filter(|(key, figure)| key.is_some() && figure.rests_on >= LEAST);
        let known = ranked.filter_map(|(key, figure)| Some((*key, figure, figure.value.number()?)));
        let Some(all) = total.value.number() else {
            return Self::Even;
        };
        let extreme = |key: &Key, figure: &Figure| Extreme {
            dimension,
            key: key.clone(),
            value: figure.value,
            all: total.value,
        };
        let by_number =
            |one: &(&Key, &&Figure, f64), other: &(&Key, &&Figure, f64)| one.2.total_cmp(&other.2);
        // What is in time is told by who is late.
        let found = if matches!(measure, Measure::InTime(_)) {
            let least = known
                .min_by(by_number)
                .filter(|(.., low)| low * AHEAD <= all);
            least.map(|(key, figure, _)| Self::Lowest(extreme(key, figure)))
        } else {
            let most = known
                .max_by(by_number)
                .filter(|(.., high)| *high >= all * AHEAD);
            most.map(|(key, figure, _)| Self::Highest(extreme(key, figure)))
        };
        found.unwrap_or(Self::Even)
    }
}

/// Whether that row led in that answer too, with about this part of all.
fn led(answer: &Answer, dimension: Dimension, key: &Key, part: f64) -> bool {
    let of_all = || {
        let (by, rows) = headed(answer)?;
        let (first, number) = sorted(&rows).into_iter().next()?;
        let all = answer.total.value.number()?;
        let is_it = by == dimension && first == key && hidden(&rows, all) < number;
        Some(number / all).filter(|_| is_it)
    };
    of_all().is_some_and(|before| (before - part).abs() <= STILL)
}

/// How many those have together of whom it is not told how many each has: one of them may have all of these.
fn hidden(rows: &[Headed<'_>], all: f64) -> f64 {
    let is_hidden = |(_, figure): &Headed<'_>| figure.value == Value::Hidden;
    if !rows.iter().any(is_hidden) {
        return 0.0;
    }
    let shown = rows.iter().filter_map(|(_, figure)| figure.value.number());
    all - shown.sum::<f64>()
}

/// What is compared, with its figures.
fn headed(answer: &Answer) -> Option<(Dimension, Vec<Headed<'_>>)> {
    let compared = answer.question.compared()?;
    let (keys, figures) = if answer.question.rows() == Some(compared) {
        (&answer.rows, &answer.row_totals)
    } else {
        (&answer.columns, &answer.column_totals)
    };
    Some((compared, keys.iter().zip(figures).collect()))
}

/// Those that are given, with their numbers, the largest first; what has none at all aside.
fn sorted<'a>(rows: &[Headed<'a>]) -> Vec<(&'a Key, f64)> {
    let mut given: Vec<(&Key, f64)> = rows
        .iter()
        .filter(|(key, _)| key.is_some())
        .filter_map(|(key, figure)| Some((*key, figure.value.number()?)))
        .filter(|(_, number)| *number > 0.0)
        .collect();
    given.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    given
}

#[expect(clippy::cast_precision_loss, reason = "so many rows no table has")]
fn count(rows: usize) -> f64 {
    rows as f64
}

#[cfg(test)]
mod tests;
