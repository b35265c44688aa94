//! The gazetteer: which ward or sub-county a text names.

mod load;
mod tile;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::complaint::{CountyId, PlaceId};
use crate::text::diagnostic::Diagnostic;
use crate::text::normalise::Normalised;
use crate::text::phrases::Phrases;

/// How large a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A county.
    County,
    /// A sub-county.
    SubCounty,
    /// A ward.
    Ward,
}

/// A place of `places.csv`.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its name for people.
    pub name: String,
    /// How large it is.
    pub level: Level,
    /// How many people live there, if known.
    pub population: Option<u32>,
    /// How many of them are women and girls, if known.
    pub women: Option<u32>,
    /// Where its tile is on a map of tiles, if that is said.
    pub tile: Option<Tile>,
    /// The place that it lies in; a county lies in none.
    parent: Option<usize>,
}

pub use tile::Tile;

/// The place that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// None that is known.
    None,
    /// This one.
    One(PlaceId),
    /// One of these, and nothing in the text says which.
    Ambiguous(Vec<PlaceId>),
}

/// All places, and the names by which texts mean them.
#[derive(Clone, Debug)]
pub struct Places {
    digest: [u8; 32],
    places: Vec<Place>,
    by_id: BTreeMap<PlaceId, usize>,
    names: Phrases,
    /// For each of the `names`: the places that bear it.
    bearers: Vec<Vec<usize>>,
}

impl Places {
    /// Reads `places.csv`: `id,name,level,parent,aliases,population`; aliases are parted by `|`. One that begins with `=` is no
    /// alias for a mistyped word: `=Burder` beside the name Burder, so that a border is none. A column `tile` behind these may say where on a
    /// map a place's tile is: `"2,1"` is in the second column of the first row. The last, `women`, may say how many of the population are women.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn load(file: &str, source: &str) -> Result<Self, Vec<Diagnostic>> {
        load::load(file, source)
    }

    /// Which version of the file these are: its SHA-256.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// All places, as the file orders them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Place> {
        self.places.iter()
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &PlaceId> {
        self.by_id.keys()
    }

    /// The ids of the counties.
    pub fn counties(&self) -> impl Iterator<Item = CountyId> {
        let counties = self.iter().filter(|place| place.level == Level::County);
        counties.map(|place| CountyId::new(place.id.as_str()))
    }

    /// The words of all names, folded.
    pub fn name_words(&self) -> impl Iterator<Item = &str> {
        self.names.words()
    }

    /// The place that was found, then those that it lies in. Where it is one of several, those that all of these lie in; nothing
    /// where that is only their county, which is known anyway.
    pub fn ancestry_of(&self, found: &Found) -> Vec<PlaceId> {
        match found {
            Found::One(place) => self.ancestry(place),
            Found::None => Vec::new(),
            Found::Ambiguous(candidates) => {
                let mut lines = candidates.iter().map(|place| self.ancestry(place));
                let mut common = lines.next().unwrap_or_default();
                for line in lines {
                    common.retain(|place| line.contains(place));
                }
                if common.len() > 1 { common } else { Vec::new() }
            }
        }
    }

    /// The place itself, then those that it lies in; nothing for an unknown one.
    pub fn ancestry(&self, id: &PlaceId) -> Vec<PlaceId> {
        let first = self.by_id.get(id).copied();
        self.line(first).map(|place| place.id.clone()).collect()
    }

    /// The name of a place for people; `None` for an unknown one.
    pub fn name(&self, id: &PlaceId) -> Option<&str> {
        self.place(id).map(|place| place.name.as_str())
    }

    /// What to call these in one menu: by name, and where two of them bear the same, with the place that each lies in. `None`
    /// if one of them is unknown.
    pub fn labels(&self, ids: &[PlaceId]) -> Option<Vec<String>> {
        let places: Vec<&Place> = ids.iter().map(|id| self.place(id)).collect::<Option<_>>()?;
        let namesakes = |name: &str| places.iter().filter(|place| place.name == name).count() > 1;
        let label = |place: &&Place| {
            let parent = place.parent.and_then(|parent| self.places.get(parent));
            match parent.filter(|_| namesakes(&place.name)) {
                Some(parent) => format!("{} ({})", place.name, parent.name),
                None => place.name.clone(),
            }
        };
        Some(places.iter().map(label).collect())
    }

    fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.by_id.get(id).and_then(|index| self.places.get(*index))
    }

    /// The place in this county that a text names: the smallest that lies in all others it names. A name that a ward shares with its
    /// own sub-county means the sub-county, which is right either way. The county's own name says nothing: it is known by
    /// the number that was texted.
    pub fn find(&self, text: &Normalised, county: &CountyId) -> Found {
        let mut named: Vec<usize> = self
            .hits(text)
            .into_iter()
            .flat_map(|bearers| self.without_namesakes_within(bearers))
            .filter(|place| self.lies_in_county(*place, county))
            .collect();
        named.sort_unstable();
        named.dedup();
        let within_another =
            |inner: usize, outer: usize| inner != outer && self.lies_in(inner, outer);
        let smallest: Vec<PlaceId> = named
            .iter()
            .filter(|place| !named.iter().any(|other| within_another(*other, **place)))
            .filter_map(|place| self.places.get(*place))
            .map(|place| place.id.clone())
            .collect();
        match smallest.as_slice() {
            [] => Found::None,
            [only] => Found::One(only.clone()),
            _ => Found::Ambiguous(smallest),
        }
    }

    /// The bearers of each name in the text, a name within a longer one aside ("Wajir" in "Wajir South").
    fn hits(&self, text: &Normalised) -> Vec<&[usize]> {
        let all = self.names.hits(text);
        let within = |inner: &Range<usize>, outer: &Range<usize>| {
            inner != outer && outer.start <= inner.start && inner.end <= outer.end
        };
        all.iter()
            .filter(|hit| !all.iter().any(|other| within(&hit.at, &other.at)))
            .filter_map(|hit| self.bearers.get(hit.phrase).map(Vec::as_slice))
            .collect()
    }

    fn without_namesakes_within<'a>(
        &'a self,
        bearers: &'a [usize],
    ) -> impl Iterator<Item = usize> + 'a {
        bearers.iter().copied().filter(move |place| {
            !bearers
                .iter()
                .any(|outer| outer != place && self.lies_in(*place, *outer))
        })
    }

    /// Below the county itself, and in it.
    fn lies_in_county(&self, place: usize, county: &CountyId) -> bool {
        let mut line = self.line(Some(place));
        line.next()
            .is_some_and(|place| place.level != Level::County)
            && line
                .last()
                .is_some_and(|top| top.id.as_str() == county.as_str())
    }

    fn lies_in(&self, inner: usize, outer: usize) -> bool {
        let outer = self.places.get(outer).map(|place| &place.id);
        self.line(Some(inner)).any(|place| Some(&place.id) == outer)
    }

    fn line(&self, from: Option<usize>) -> impl Iterator<Item = &Place> {
        let place = |index: Option<usize>| index.and_then(|index| self.places.get(index));
        std::iter::successors(place(from), move |inner| place(inner.parent))
    }
}

#[cfg(test)]
mod tests;
