//! Few complaints that could be known: those of a category, or those that one figure counts and others within it do not.

use std::collections::HashSet;

use super::tables::{FEWEST, Spot, Tables};

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

    /// Those of a category that are not of another.
    pub(super) fn without(whole: Spot, part: Spot) -> Self {
        Self {
            of: vec![whole],
            but: vec![part],
        }
    }

    /// Whether a complaint is one of them, by its category of each axis.
    pub(super) fn has(&self, complaint: &[usize]) -> bool {
        let [of, but] = self.both(|axis| complaint.get(axis).copied());
        of && !but
    }

    /// Whether who is of these categories, axis by axis, is of the one part, and of the other.
    pub(super) fn both(&self, category: impl Fn(usize) -> Option<usize>) -> [bool; 2] {
        let is = |spot: &Spot| category(spot.0) == Some(spot.1);
        [&self.of, &self.but].map(|part| part.iter().any(is))
    }

    /// Whether who is that way is one of them.
    pub(super) fn has_way(&self, way: &[Spot]) -> bool {
        is_of(way, &self.of) && !is_of(way, &self.but)
    }

    /// Whether figures tell how few they are.
    pub(super) fn is_few(&self, told: impl Fn(Spot) -> Option<u32>) -> bool {
        let shown = |part: &Part| -> Option<u32> { part.iter().map(|spot| told(*spot)).sum() };
        let differ = |(of, but): (u32, u32)| of.checked_sub(but);
        let few = shown(&self.of).zip(shown(&self.but)).and_then(differ);
        few.is_some_and(|few| (1..FEWEST).contains(&few))
    }
}

fn is_of(way: &[Spot], part: &Part) -> bool {
    part.iter().any(|spot| way.contains(spot))
}

/// Of axes that depend on each other, a part and the categories of an axis that cover it, as all complaints have it: wards cover a
/// sub-county, and who is overdue is covered by the statuses of what is open. Who knows both knows how many are of the one alone.
#[derive(Debug)]
pub(super) struct Cover {
    part: Part,
    /// Those that have nobody who is not of the part.
    within: Part,
    /// Those that have anybody of the part.
    around: Part,
}

impl Cover {
    /// All of them. `together`: categories of one axis that are told as one figure.
    pub(super) fn all(
        tables: &Tables,
        axes: &[usize],
        together: &[Part],
        ways: &[(Vec<Spot>, u32)],
    ) -> Vec<Self> {
        let spots = axes.iter().flat_map(|axis| tables.spots(*axis));
        let mut parts: Vec<Part> = spots.map(|spot| vec![spot]).collect();
        let is_some =
            |part: &&Part| part.len() > 1 && part.iter().all(|spot| axes.contains(&spot.0));
        parts.extend(together.iter().filter(is_some).cloned());
        let mut all = Vec::new();
        for part in &parts {
            let (of, others): (Vec<_>, Vec<_>) = ways.iter().partition(|(way, _)| is_of(way, part));
            let spots = |ways: Vec<&(Vec<Spot>, u32)>| -> HashSet<Spot> {
                ways.into_iter().flat_map(|(way, _)| way).copied().collect()
            };
            let (met, of_others) = (spots(of), spots(others));
            for axis in axes {
                let around: Part = tables
                    .spots(*axis)
                    .filter(|spot| met.contains(spot))
                    .collect();
                let within = around.iter().filter(|spot| !of_others.contains(spot));
                let within = within.copied().collect();
                if around.len() > 1 || around != *part {
                    all.push(Self {
                        part: part.clone(),
                        within,
                        around,
                    });
                }
            }
        }
        all
    }

    /// What is left of the part without those within it that are shown, and of those around it without the part.
    pub(super) fn rests(&self, is_shown: impl Fn(Spot) -> bool) -> [Few; 2] {
        let shown = self.within.iter().filter(|spot| is_shown(**spot));
        let of_part = Few {
            of: self.part.clone(),
            but: shown.copied().collect(),
        };
        let of_cover = Few {
            of: self.around.clone(),
            but: self.part.clone(),
        };
        [of_part, of_cover]
    }

    /// All columns that a table by two could have beside them: what does not depend on them.
    pub(super) fn columns(&self, tables: &Tables, axes: &[usize]) -> Vec<Spot> {
        let others = (0..tables.axes.len()).filter(|axis| !axes.contains(axis));
        others.flat_map(|axis| tables.spots(axis)).collect()
    }
}
