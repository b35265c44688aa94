//! Few complaints that could be known: those of a category, or those that one figure counts and another within it does not.

use super::tables::{Cell, FEWEST, Spot, Tables};

/// Categories of one axis that are told as one figure.
pub(super) type Part = Vec<Spot>;

/// Those of one part that are not of another.
#[derive(Clone, Debug)]
pub(super) struct Few {
    pub(super) of: Part,
    but: Part,
}

impl Few {
    /// Those of a category.
    pub(super) fn of(spot: Spot) -> Self {
        Self {
            of: vec![spot],
            but: Vec::new(),
        }
    }

    /// Whether a complaint is one of them, by its category of each axis.
    pub(super) fn has(&self, complaint: &[usize]) -> bool {
        let is = |(axis, category): &Spot| complaint.get(*axis) == Some(category);
        self.of.iter().any(is) && !self.but.iter().any(is)
    }

    /// Whether who is that way is one of them.
    pub(super) fn has_way(&self, way: &[Spot]) -> bool {
        is_of(way, &self.of) && !is_of(way, &self.but)
    }

    /// Whether the tables by one tell how few they are.
    pub(super) fn is_told(&self, tables: &Tables) -> bool {
        self.is_few(|spot| Some(tables.one(spot)))
    }

    /// Whether the tables by two tell how few they are in that column.
    pub(super) fn is_told_with(&self, tables: &Tables, column: Spot) -> bool {
        self.is_few(|spot| tables.two(spot, column))
    }

    fn is_few(&self, cell: impl Fn(Spot) -> Option<Cell>) -> bool {
        let shown = |part: &Part| -> Option<u32> {
            let cells = part
                .iter()
                .map(|spot| cell(*spot).filter(|cell| !cell.is_hidden));
            cells.map(|cell| cell.map(|cell| cell.count)).sum()
        };
        let differ = |(of, but): (u32, u32)| of.checked_sub(but);
        let few = shown(&self.of).zip(shown(&self.but)).and_then(differ);
        few.is_some_and(|few| (1..FEWEST).contains(&few))
    }

    /// All columns of tables by two that tell of them.
    pub(super) fn columns(&self, tables: &Tables) -> Vec<Spot> {
        let axes = 0..tables.axes.len();
        let has_both = |axis: &usize| {
            let spots = self.of.iter().chain(&self.but);
            spots.into_iter().all(|spot| tables.has(spot.0, *axis))
        };
        axes.filter(has_both)
            .flat_map(|axis| tables.spots(axis))
            .collect()
    }
}

fn is_of(way: &[Spot], part: &Part) -> bool {
    part.iter().any(|spot| way.contains(spot))
}

/// Of axes that depend on each other, each two parts of which one lies within the other, as all complaints have it: who is overdue is open,
/// a ward lies in its sub-county. Who knows both knows how many are of the one alone.
pub(super) fn differences(
    tables: &Tables,
    axes: &[usize],
    together: &[Part],
    ways: &[(Vec<Spot>, u32)],
) -> Vec<Few> {
    let spots = axes.iter().flat_map(|axis| tables.spots(*axis));
    let mut parts: Vec<Part> = spots.map(|spot| vec![spot]).collect();
    let is_some = |part: &&Part| part.len() > 1 && part.iter().all(|spot| axes.contains(&spot.0));
    parts.extend(together.iter().filter(is_some).cloned());
    let mut few = Vec::new();
    for of in &parts {
        for but in &parts {
            let is_within = |way: &Vec<Spot>| !is_of(way, but) || is_of(way, of);
            let differ = |way: &Vec<Spot>| is_of(way, but) != is_of(way, of);
            let mut all = ways.iter().map(|(way, _)| way);
            if all.clone().all(is_within) && all.any(differ) {
                let (of, but) = (of.clone(), but.clone());
                few.push(Few { of, but });
            }
        }
    }
    few
}
