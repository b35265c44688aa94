//! What to ask next about a complaint: where it is, what it is about, who the person is; each once, and only what is missing.

use super::place::menu;
use super::{Asks, MENU};
use crate::complaint::SectorId;
use crate::intake::places::Found;

/// What is not known of a complaint, and may be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Missing<'a> {
    /// The place, as far as its words tell it; `None`: it is known.
    pub place: Option<&'a Found>,
    /// The sectors to choose from; `None`: it is known what it is about.
    pub sectors: Option<&'a [SectorId]>,
    /// Whether the person may be asked who they are: not again within a day.
    pub person: bool,
}

/// The question that comes after that one, with the ids to choose from; `None`: all is asked. Never to be asked about a sensitive
/// matter.
pub fn next(after: Option<Asks>, missing: Missing<'_>) -> Option<(Asks, Vec<String>)> {
    let rest: &[Asks] = match after {
        None => &[Asks::Place, Asks::Sector, Asks::Gender, Asks::Age],
        Some(Asks::Place) => &[Asks::Sector, Asks::Gender, Asks::Age],
        Some(Asks::Sector) => &[Asks::Gender, Asks::Age],
        Some(Asks::Gender) => &[Asks::Age],
        Some(_) => &[],
    };
    rest.iter().find_map(|asks| {
        let choices = match asks {
            Asks::Place => places(missing.place?)?,
            Asks::Sector => sectors(missing.sectors?)?,
            _ => missing.person.then(Vec::new)?,
        };
        Some((*asks, choices))
    })
}

fn places(found: &Found) -> Option<Vec<String>> {
    match found {
        Found::One(_) => None,
        Found::Ambiguous(candidates) => Some(menu(candidates)),
        Found::None => Some(Vec::new()),
    }
}

fn sectors(all: &[SectorId]) -> Option<Vec<String>> {
    let menu = all
        .iter()
        .take(MENU)
        .map(|sector| sector.as_str().to_owned());
    (all.len() > 1).then(|| menu.collect())
}
