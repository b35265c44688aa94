//! A twin: the same complaints but for two, each of which is what the other is in one matter.

use super::few::Few;
use super::tables::{Cell, FEWEST, Sheet, Spot, Tables};

/// Of complaints that may be swapped so many are looked at, at most: of many, enough are alike.
const OF_ALL: usize = 2_000;
/// The same on each side, where both sides may be many.
const OF_EACH: usize = 64;
/// What it costs that somebody seems to be where nobody is, or nobody where somebody is.
const SEEMING: u64 = 5;

/// Axes that change together, by their numbers, and the tables that change with them: by one of these and another axis.
#[derive(Clone, Debug, Default)]
pub(super) struct Matter {
    pub(super) axes: Vec<usize>,
    tables: Vec<Sheet>,
}

impl Matter {
    /// All of them.
    pub(super) fn all(tables: &Tables) -> Vec<Self> {
        let mut matters: Vec<(_, Self)> = Vec::new();
        for (axis, one) in tables.axes.iter().enumerate() {
            let known = matters.iter_mut().find(|(of, _)| *of == one.matter());
            match known {
                Some((_, matter)) => matter.axes.push(axis),
                None => matters.push((
                    one.matter(),
                    Self {
                        axes: vec![axis],
                        tables: Vec::new(),
                    },
                )),
            }
        }
        let pairs = tables.pairs();
        let with_tables = |(_, mut matter): (_, Self)| {
            for (one, other) in &pairs {
                let [one, other] = match [one, other].map(|axis| matter.axes.contains(axis)) {
                    [true, false] => [*one, *other],
                    [false, true] => [*other, *one],
                    _ => continue,
                };
                matter.tables.extend(tables.sheet(one, other));
            }
            matter
        };
        matters.into_iter().map(with_tables).collect()
    }
}

/// Two complaints, and the matter in which each becomes what the other is.
#[derive(Clone, Copy)]
struct Swap<'p> {
    one: &'p [usize],
    other: &'p [usize],
    matter: &'p Matter,
}

impl<'p> Swap<'p> {
    /// Which cells have one more or one less then, four of each table. Tables by one, and tables within the matter, stay as they are.
    fn changes(self) -> impl Iterator<Item = [(usize, i8); 4]> + use<'p> {
        let Self { one, other, matter } = self;
        let tables = matter.tables.iter();
        tables.filter_map(move |sheet| {
            let (mine, theirs) = (*one.get(sheet.axis)?, *other.get(sheet.axis)?);
            let (my_other, their_other) = (*one.get(sheet.by)?, *other.get(sheet.by)?);
            let differ = mine != theirs && my_other != their_other;
            differ.then(|| {
                [
                    (sheet.place(mine, my_other), -1),
                    (sheet.place(theirs, their_other), -1),
                    (sheet.place(mine, their_other), 1),
                    (sheet.place(theirs, my_other), 1),
                ]
            })
        })
    }

    /// How many of the two are between, when each is as the other is in the matter.
    fn between_then(self, few: &[Few; 2]) -> usize {
        let Self { one, other, matter } = self;
        let then = [(one, other), (other, one)].into_iter();
        then.filter(|(own, others)| {
            is_between(few, |axis| {
                let of = if matter.axes.contains(&axis) {
                    others
                } else {
                    own
                };
                of.get(axis).copied()
            })
        })
        .count()
    }

    /// What it costs to hide all of it; `None`: so much or more.
    fn cost(self, tables: &Tables, most: u64) -> Option<u64> {
        let mut cost = 0;
        for changes in self.changes() {
            for (place, change) in changes {
                cost += cost_of(tables.at(place), change);
            }
            if cost >= most {
                return None;
            }
        }
        Some(cost)
    }
}

/// What it costs that a cell is hidden and could have one more or one less.
pub(super) fn cost_of(cell: Cell, change: i8) -> u64 {
    let hiding = if cell.is_hidden {
        0
    } else {
        u64::from(cell.count) + 1
    };
    let seeming = match (cell.count, change) {
        (0, _) if !cell.is_hidden => SEEMING,
        (1, -1) => SEEMING,
        _ => 0,
    };
    hiding + seeming
}

/// Whether who is of these categories, axis by axis, is one of those of two categories that are not of two others.
fn is_between([rows, columns]: &[Few; 2], category: impl Fn(usize) -> Option<usize>) -> bool {
    let [[of_row, but_row], [of_column, but_column]] =
        [rows, columns].map(|few| few.both(&category));
    of_row && of_column && !(but_row && but_column)
}

/// Finds the twins that cost least.
pub(super) struct Twins<'p> {
    complaints: &'p [Vec<usize>],
    /// The complaints of each category of each axis.
    of: Vec<Vec<Vec<&'p [usize]>>>,
    matters: Vec<&'p Matter>,
}

impl<'p> Twins<'p> {
    pub(super) fn new(
        tables: &Tables,
        complaints: &'p [Vec<usize>],
        matters: &'p [Matter],
    ) -> Self {
        let mut of: Vec<Vec<Vec<&[usize]>>> = tables
            .ones
            .iter()
            .map(|all| vec![Vec::new(); all.len()])
            .collect();
        for complaint in complaints {
            for (all, category) in of.iter_mut().zip(complaint) {
                if let Some(of) = all.get_mut(*category) {
                    of.push(complaint);
                }
            }
        }
        let axes = 0..tables.axes.len();
        let matter_of = |axis| matters.iter().find(|matter| matter.axes.contains(&axis));
        Self {
            complaints,
            of,
            matters: axes.filter_map(matter_of).collect(),
        }
    }

    fn of(&self, (axis, category): Spot) -> impl Iterator<Item = &'p [usize]> {
        let of = self.of.get(axis).and_then(|all| all.get(category));
        of.into_iter().flatten().copied()
    }

    /// Cells of 1 to 4 that need a twin, the smallest first. A hidden category of an axis on which nothing depends has one already: a
    /// complaint of it could be of another hidden one, and all cells of both are hidden.
    pub(super) fn wanted(&self, tables: &Tables, rows: usize, columns: usize) -> Vec<(Spot, Spot)> {
        let depends = |spot: &Spot| {
            let matter = self.matters.get(spot.0);
            matter.is_some_and(|matter| matter.axes.len() > 1)
        };
        let wanting = |axis| {
            let spots = tables.spots(axis);
            spots.filter(|spot| depends(spot) || !tables.one(*spot).is_hidden)
        };
        let count = |(row, column): &(Spot, Spot)| {
            let cell = tables.two(*row, *column);
            cell.unwrap_or_default().count
        };
        let mut cells: Vec<(Spot, Spot)> = wanting(rows)
            .flat_map(|row| wanting(columns).map(move |column| (row, column)))
            .filter(|cell| (1..FEWEST).contains(&count(cell)))
            .collect();
        cells.sort_by_key(count);
        cells
    }

    /// The same of those of two categories that are not of two others; none: there is no twin.
    pub(super) fn between(&self, tables: &Tables, few: &[Few; 2]) -> Vec<usize> {
        let all = self.complaints.iter().map(Vec::as_slice);
        let (those, others): (Vec<_>, Vec<_>) =
            all.partition(|complaint| is_between(few, |axis| complaint.get(axis).copied()));
        let matters: Vec<&Matter> = few
            .iter()
            .filter_map(|few| few.of.first())
            .filter_map(|(axis, _)| self.matters.get(*axis).copied())
            .collect();
        let swaps = others.iter().flat_map(|other| {
            let those = those.iter();
            let matters = &matters;
            those.flat_map(move |one| {
                matters
                    .iter()
                    .map(move |matter| Swap { one, other, matter })
            })
        });
        let others = swaps.filter(|swap| swap.between_then(few) != 1);
        cheapest_of(tables, others.take(OF_ALL))
    }

    /// The places of the cells that a twin changes which has one more or one less of the few in the column: the one that costs least to
    /// hide. Where either alone has complaints, there is one: one of each, swapped, are one more here.
    pub(super) fn cheapest(&self, tables: &Tables, few: &Few, column: Spot) -> Vec<usize> {
        let (axis, category) = column;
        let is_in_column = |one: &[usize]| one.get(axis) == Some(&category);
        let of_few = || {
            let all = few.of.iter().flat_map(|spot| self.of(*spot));
            all.filter(|one| few.has(one))
        };
        let both: Vec<_> = of_few().filter(|one| is_in_column(one)).collect();
        let all = self.complaints.iter().map(Vec::as_slice);
        let neither = all.filter(|one| !few.has(one) && !is_in_column(one));
        let in_row: Vec<_> = of_few()
            .filter(|one| !is_in_column(one))
            .take(OF_EACH)
            .collect();
        let in_column = self.of(column).filter(|one| !few.has(one)).take(OF_EACH);
        let less = neither.take(OF_ALL).map(|other| (&both, other));
        let more = in_column.map(|other| (&in_row, other));
        let rows = few.of.first().map(|(axis, _)| *axis);
        let axes = rows.into_iter().chain([axis]);
        let matters: Vec<&Matter> = axes
            .filter_map(|axis| self.matters.get(axis).copied())
            .collect();
        let swaps = less.chain(more).flat_map(|(those, other)| {
            let matters = &matters;
            those.iter().flat_map(move |one| {
                matters
                    .iter()
                    .map(move |matter| Swap { one, other, matter })
            })
        });
        cheapest_of(tables, swaps)
    }
}

/// The places of the cells that the swap changes which costs least to hide; none: there is no swap.
fn cheapest_of<'p>(tables: &Tables, swaps: impl Iterator<Item = Swap<'p>>) -> Vec<usize> {
    let mut best: Option<(u64, Swap<'_>)> = None;
    for swap in swaps {
        let most = best.as_ref().map_or(u64::MAX, |(cost, _)| *cost);
        if let Some(cost) = swap.cost(tables, most) {
            best = Some((cost, swap));
            if cost == 0 {
                break;
            }
        }
    }
    let changes = best.into_iter().flat_map(|(_, swap)| swap.changes());
    changes.flatten().map(|(place, _)| place).collect()
}
