//! Categories of axes that depend on each other which the same complaints are of, or one of which has all that the other has: whose figure
//! is hidden in one table may be told by another, and two figures may tell what is between them.

use std::collections::{BTreeSet, HashMap};

use super::few::Few;
use super::tables::{Cell, FEWEST, Spot, Tables};

/// What somebody can tell of categories, who knows which of them are the same and which lie within which.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Of each category that has anybody, those that have the same: it is one of them.
    same: HashMap<Spot, Vec<Spot>>,
    /// Those that have all.
    all: BTreeSet<Spot>,
    /// By matter: each category, and each that lies within it; it is one of these too.
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
        let mut within = Vec::new();
        for (whole, of_whole) in &of {
            if of_whole.len() == ways.len() {
                self.all.insert(*whole);
            }
            for (part, of_part) in &of {
                if of_part.is_subset(of_whole) {
                    within.push([*whole, *part]);
                    if of_part == of_whole {
                        self.same.entry(*whole).or_default().push(*part);
                    }
                }
            }
        }
        within.sort_unstable();
        self.within.push(within);
    }

    /// How many are of both, if any table tells it.
    pub(super) fn told(&self, tables: &Tables, one: Spot, other: Spot) -> Option<u32> {
        let of = |spot| self.same.get(&spot).map_or(&[][..], Vec::as_slice);
        let both = of(one)
            .iter()
            .flat_map(|one| of(other).iter().map(move |other| tables.two(*one, *other)));
        let has_all = |spot| self.all.contains(&spot);
        let alone = [(one, other), (other, one)].into_iter();
        let alone = alone
            .filter(|(_, all)| has_all(*all))
            .flat_map(|(one, _)| of(one))
            .map(|one| Some(tables.one(*one)));
        both.chain(alone).flatten().find_map(Cell::told)
    }

    /// Those of two categories that are not of two others which lie within them, where these are few and both figures are told.
    pub(super) fn few_between(&self, tables: &Tables) -> Vec<[Few; 2]> {
        let mut few = Vec::new();
        for (place, rows) in self.within.iter().enumerate() {
            for columns in self.within.iter().skip(place + 1) {
                for [whole, part] in rows {
                    for [all, some] in columns
                        .iter()
                        .filter(|[all, some]| whole != part && all != some)
                    {
                        let both = self
                            .told(tables, *whole, *all)
                            .zip(self.told(tables, *part, *some));
                        let between = both.and_then(|(whole, part)| whole.checked_sub(part));
                        if between.is_some_and(|between| (1..FEWEST).contains(&between)) {
                            few.push([Few::without(*whole, *part), Few::without(*all, *some)]);
                        }
                    }
                }
            }
        }
        few
    }
}
