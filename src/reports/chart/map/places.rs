//! Which places a map shows, and in which tile each is.

use std::collections::BTreeMap;

use crate::complaint::PlaceId;
use crate::intake::places::{Level, Place, Places};
use crate::reports::{Answer, Dimension};

/// The tiles of a county, or of all counties.
pub(super) struct Laid<'a> {
    /// The county's name.
    pub(super) name: &'a str,
    /// Each place with its column and its row, from 0.
    pub(super) tiles: Vec<(&'a Place, (u8, u8))>,
}

impl Laid<'_> {
    pub(super) fn columns(&self) -> u8 {
        let all = self.tiles.iter().map(|(_, (column, _))| column + 1);
        all.max().unwrap_or_default()
    }

    pub(super) fn rows(&self) -> u8 {
        let all = self.tiles.iter().map(|(_, (_, row))| row + 1);
        all.max().unwrap_or_default()
    }
}

/// All places of the counties that the answer has figures of, also those that it has none of; where it is asked for some places alone,
/// those within them.
pub(super) fn laid_out<'a>(answer: &Answer, places: &'a Places) -> Vec<Laid<'a>> {
    let level = match answer.question.rows() {
        Some(Dimension::County) => Level::County,
        Some(Dimension::SubCounty) => Level::SubCounty,
        Some(Dimension::Ward) => Level::Ward,
        _ => return Vec::new(),
    };
    let county_of = |id: &PlaceId| match level {
        // Counties are on one map, whatever they are called.
        Level::County => None,
        _ => places.ancestry(id).pop(),
    };
    let keys = answer.rows.iter().flatten();
    let shown: Vec<Option<PlaceId>> = keys
        .map(|key| PlaceId::new(&**key))
        .filter(|id| places.name(id).is_some())
        .map(|id| county_of(&id))
        .collect();
    let mut counties: BTreeMap<Option<PlaceId>, Vec<&Place>> = BTreeMap::new();
    for place in places.iter().filter(|place| place.level == level) {
        let county = county_of(&place.id);
        if shown.contains(&county) && is_asked_for(answer, places, &place.id) {
            counties.entry(county).or_default().push(place);
        }
    }
    counties
        .into_iter()
        .map(|(county, of_county)| Laid {
            name: county.and_then(|id| places.name(&id)).unwrap_or_default(),
            tiles: tiles(&of_county),
        })
        .collect()
}

/// Whether it lies in the places that are asked for: for each level, in one of those that are named.
fn is_asked_for(answer: &Answer, places: &Places, id: &PlaceId) -> bool {
    let ancestry = places.ancestry(id);
    let levels = [Dimension::County, Dimension::SubCounty, Dimension::Ward];
    levels.into_iter().all(|level| {
        let filters = answer.question.filters().iter();
        let named: Vec<Option<&str>> = filters
            .filter(|(dimension, _)| *dimension == level)
            .map(|(_, value)| value.as_deref())
            .collect();
        named.is_empty()
            || ancestry
                .iter()
                .any(|place| named.contains(&Some(place.as_str())))
    })
}

/// Those that say where they are are there; the others follow below, in the order of the file, about as many across as down.
fn tiles<'a>(places: &[&'a Place]) -> Vec<(&'a Place, (u8, u8))> {
    let said = places
        .iter()
        .filter_map(|place| Some((*place, place.tile?)));
    let west = said.clone().map(|(_, tile)| tile.column).min().unwrap_or(1);
    let north = said.clone().map(|(_, tile)| tile.row).min().unwrap_or(1);
    let mut tiles: Vec<(&Place, (u8, u8))> = said
        .map(|(place, tile)| (place, (tile.column - west, tile.row - north)))
        .collect();
    let below = tiles.iter().map(|(_, (_, row))| row + 1).max();
    let widest = tiles.iter().map(|(_, (column, _))| column + 1).max();
    let others: Vec<&Place> = places
        .iter()
        .copied()
        .filter(|place| place.tile.is_none())
        .collect();
    let across = widest.unwrap_or_else(|| about_as_many(others.len())).max(1);
    let (mut column, mut row) = (0, below.unwrap_or_default());
    for place in others {
        tiles.push((place, (column, row)));
        column += 1;
        if column == across {
            (column, row) = (0, row.saturating_add(1));
        }
    }
    tiles
}

/// So many across that there are about as many rows as columns, and no more than a page is wide.
fn about_as_many(places: usize) -> u8 {
    (1..6)
        .find(|across| usize::from(across * across) >= places)
        .unwrap_or(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(lines: &str) -> Vec<(String, (u8, u8))> {
        let file = format!(
            "id,name,level,parent,aliases,population,tile\nwajir,Wajir,county,,,,\n{lines}"
        );
        let places = Places::load("places.csv", &file).unwrap();
        let all: Vec<&Place> = places
            .iter()
            .filter(|place| place.level == Level::SubCounty)
            .collect();
        let tiles = tiles(&all).into_iter();
        tiles
            .map(|(place, at)| (place.id.to_string(), at))
            .collect()
    }

    fn line(id: &str, tile: &str) -> String {
        format!("{id},{id},sub-county,wajir,,,\"{tile}\"\n")
    }

    #[test]
    fn places_are_where_they_say_and_the_others_below() {
        let said = [
            line("a", "3,2"),
            line("b", ""),
            line("c", "2,3"),
            line("d", ""),
        ]
        .concat();
        let there = [("a", (1, 0)), ("c", (0, 1)), ("b", (0, 2)), ("d", (1, 2))];
        assert_eq!(laid(&said), there.map(|(id, at)| (id.to_owned(), at)));
    }

    #[test]
    fn where_nothing_is_said_there_are_about_as_many_across_as_down() {
        let all: String = ["a", "b", "c", "d", "e"].map(|id| line(id, "")).concat();
        let at: Vec<(u8, u8)> = laid(&all).into_iter().map(|(_, at)| at).collect();
        assert_eq!(at, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)]);
    }
}
