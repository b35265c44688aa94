//! Categories of axes that depend on each other which the same complaints are of, or one of which has all that the other has: whose figure
//! is hidden in one table may be told by another, and two figures may tell what is between them.

use std::collections::{BTreeSet, HashMap};

use super::tables::{Cell, FEWEST, Spot, Tables};

/// What somebody can tell of categories, who knows which of them are the same and which lie within which.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Of each category that has anybody, all that have the same, itself among them.
    same: HashMap<Spot, Vec<Spot>>,
    /// Those that have all.
    all: BTreeSet<Spot>,
    /// By matter: each category, and another that lies within it.
    within: Vec<Vec<[Spot; 2]>>,
}

impl Alike {
    /// Adds a matter: the ways in which its complaints are.
    pub(super) fn add(&mut self, ways: &[(Vec<Spot>, u32)]) {
        let mut of: HashMap<Spot, BTreeSet<usize>> = HashMap::new();
        for (number, (way, _)) in ways.iter().enumerate() {
            for spot in way {
                of.entry(*spot).or_default().insert(number);
            }
        }
        for (whole, of_whole) in &of {
            if of_whole.len() == ways.len() {
                self.all.insert(*whole);
            }
            let same = of.iter().filter(|(_, of)| *of == of_whole);
            let mut same: Vec<Spot> = same.map(|(spot, _)| *spot).collect();
            same.sort_unstable();
            self.same.insert(*whole, same);
        }
        // One stands for all that are the same.
        let first = |spot: &&Spot| self.same_as(**spot).first() == Some(*spot);
        let spots: BTreeSet<Spot> = of.keys().filter(first).copied().collect();
        let pairs = spots
            .iter()
            .flat_map(|whole| spots.iter().map(move |part| [*whole, *part]));
        let is_within = |[whole, part]: &[Spot; 2]| {
            let ways = of.get(part).zip(of.get(whole));
            part != whole && ways.is_some_and(|(part, whole)| part.is_subset(whole))
        };
        let within = pairs.filter(is_within).collect();
        self.within.push(within);
    }

    fn same_as(&self, spot: Spot) -> &[Spot] {
        self.same.get(&spot).map_or(&[], Vec::as_slice)
    }

    /// How many are of a category, if the table by one tells it.
    pub(super) fn told_alone(&self, tables: &Tables, spot: Spot) -> Option<u32> {
        let same = self.same_as(spot).iter();
        same.map(|spot| tables.one(*spot)).find_map(Cell::told)
    }

    /// How many are of both, if any table tells it.
    pub(super) fn told(&self, tables: &Tables, one: Spot, other: Spot) -> Option<u32> {
        let mut both = self.both(one, other);
        let by_two = both.find_map(|(one, other)| tables.two(one, other)?.told());
        let mut alone = [(one, other), (other, one)].into_iter();
        by_two.or_else(|| {
            let of_all = alone.find(|(_, all)| self.all.contains(all));
            self.told_alone(tables, of_all?.0)
        })
    }

    /// Hides it in all tables by two that tell it.
    pub(super) fn hide(&self, tables: &mut Tables, one: Spot, other: Spot) {
        for (one, other) in self.both(one, other) {
            tables.hide_two(one, other);
        }
    }

    fn both(&self, one: Spot, other: Spot) -> impl Iterator<Item = (Spot, Spot)> {
        let others = self.same_as(other);
        let same = self.same_as(one).iter();
        same.flat_map(move |one| others.iter().map(move |other| (*one, *other)))
    }

    /// Of the categories of two matters each that lies within another.
    pub(super) fn nested(&self) -> impl Iterator<Item = [[Spot; 2]; 2]> {
        let matters = self.within.iter().enumerate();
        matters.flat_map(move |(place, rows)| {
            let columns = self.within.iter().skip(place + 1).flatten();
            columns.flat_map(move |column| rows.iter().map(move |row| [*row, *column]))
        })
    }

    /// Whether it is told of two categories how few are not of the two that lie within them.
    pub(super) fn tells_few(&self, tables: &Tables, nested: [[Spot; 2]; 2]) -> bool {
        let [[row, part_of_row], [column, part_of_column]] = nested;
        let whole = self.told(tables, row, column);
        let part = self.told(tables, part_of_row, part_of_column);
        let between = whole
            .zip(part)
            .and_then(|(whole, part)| whole.checked_sub(part));
        between.is_some_and(|between| (1..FEWEST).contains(&between))
    }
}
