//! Which figures of a month outsiders may not see.

use std::collections::HashMap;

use super::super::{Key, LeftOut, Period};
use super::axis::Axis;
use super::tables::Tables;

/// What is hidden of a month, and what its complaints are told apart by. How many there are is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    pub(super) period: Period,
    /// There are so few that not even how many is shown.
    pub(super) is_hidden: bool,
    /// What is in no table.
    pub(super) left_out: LeftOut,
    pub(super) by_one: Vec<ByOne>,
    /// The tables of two axes, by their places in `by_one`, the smaller first: whether each cell is hidden, row by row.
    pub(super) by_two: HashMap<(usize, usize), Vec<bool>>,
}

/// A table by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ByOne {
    /// `None`: one that this version does not know.
    pub(super) axis: Option<Axis>,
    /// The categories that somebody is of, and the place of each.
    pub(super) places: HashMap<Key, usize>,
    /// Whether each is hidden.
    pub(super) hidden: Vec<bool>,
}

/// A category, by the places of its axis and its own; of what nobody is of, `None`.
type Spot = (usize, Option<usize>);

impl Protection {
    /// What these tables hide; `categories` are those of each axis.
    pub(super) fn of_tables(
        period: Period,
        is_hidden: bool,
        left_out: LeftOut,
        categories: Vec<HashMap<Key, usize>>,
        tables: &Tables,
    ) -> Self {
        let by_one = tables.axes.iter().zip(categories).enumerate();
        let by_one = by_one.map(|(number, (axis, places))| ByOne {
            axis: Some(*axis),
            places,
            hidden: tables
                .spots(number)
                .map(|spot| tables.one(spot).is_hidden)
                .collect(),
        });
        let by_two = tables.pairs().into_iter().map(|(rows, columns)| {
            let cells = tables
                .spots(rows)
                .flat_map(|row| tables.spots(columns).map(move |column| (row, column)));
            let is_hidden =
                |(row, column)| tables.two(row, column).is_none_or(|cell| cell.is_hidden);
            ((rows, columns), cells.map(is_hidden).collect())
        });
        Self {
            period,
            is_hidden,
            left_out,
            by_one: by_one.collect(),
            by_two: by_two.collect(),
        }
    }

    /// Whether the figure of these is shown: of none, of one or of two categories. What nobody is of is shown as that; what the month
    /// was not protected by is not.
    pub(super) fn shows(&self, of: &[(Axis, Key)]) -> bool {
        let spots = of.iter().map(|(axis, key)| self.spot(*axis, key));
        let Some(spots) = spots.collect::<Option<Vec<Spot>>>() else {
            return false;
        };
        let together = match spots.as_slice() {
            [] | [_] => true,
            [one, other] => self.shows_both(*one, *other),
            _ => false,
        };
        !self.is_hidden && together && spots.into_iter().all(|spot| self.shows_one(spot))
    }

    /// Where a category stands; `None`: the month knows no such axis.
    fn spot(&self, axis: Axis, key: &Key) -> Option<Spot> {
        let place = self.by_one.iter().position(|one| one.axis == Some(axis))?;
        let category = self.by_one.get(place)?.places.get(key);
        Some((place, category.copied()))
    }

    fn shows_one(&self, (axis, category): Spot) -> bool {
        let Some(category) = category else {
            return true;
        };
        let hidden = self
            .by_one
            .get(axis)
            .and_then(|one| one.hidden.get(category));
        hidden == Some(&false)
    }

    fn shows_both(&self, one: Spot, other: Spot) -> bool {
        let (row, column) = if one.0 < other.0 {
            (one, other)
        } else {
            (other, one)
        };
        let Some(cells) = self.by_two.get(&(row.0, column.0)) else {
            return false;
        };
        let (Some(across), Some(down)) = (column.1, row.1) else {
            return true;
        };
        let width = self.by_one.get(column.0).map_or(0, |one| one.hidden.len());
        cells.get(down * width + across) == Some(&false)
    }

    /// Whether it is one of the months of a period.
    pub(super) fn is_within(&self, period: &Period) -> bool {
        period.from <= self.period.from && self.period.until <= period.until
    }

    /// The categories that somebody is of.
    pub(super) fn categories(&self, axis: Axis) -> impl Iterator<Item = &Key> {
        let one = self.by_one.iter().find(|one| one.axis == Some(axis));
        one.into_iter().flat_map(|one| one.places.keys())
    }
}
