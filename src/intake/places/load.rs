//! Reads `places.csv`, and tells all that is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use csv::StringRecord;
use sha2::{Digest, Sha256};

use super::{Level, Place, Places, Tile};
use crate::complaint::{PlaceId, is_id};
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::normalise::Normalised;
use crate::text::phrases::{Phrase, Phrases};

const COLUMNS: [&str; 6] = ["id", "name", "level", "parent", "aliases", "population"];
/// May stand behind them.
const TILE: &str = "tile";
/// May stand behind them all.
const WOMEN: &str = "women";

/// A line of the file.
struct Line {
    record: StringRecord,
    at: Range<usize>,
}

impl Line {
    fn field(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }
}

struct Loading<'a> {
    file: &'a str,
    findings: Vec<Diagnostic>,
    /// What columns there are besides those that must be.
    behind: Vec<&'static str>,
}

impl Loading<'_> {
    /// A column that may be there; empty where it is not.
    fn behind<'l>(&self, line: &'l Line, column: &str) -> &'l str {
        let at = self.behind.iter().position(|one| *one == column);
        at.map_or("", |at| line.field(COLUMNS.len() + at))
    }

    fn error(&mut self, line: &Line, message: String, help: &str) {
        self.findings
            .push(Diagnostic::error(self.file, line.at.clone(), message).help(help));
    }
}

pub(super) fn load(file: &str, source: &str) -> Result<Places, Vec<Diagnostic>> {
    let mut loading = Loading {
        file,
        findings: Vec::new(),
        behind: Vec::new(),
    };
    let lines = loading.lines(source);
    let mut by_id: BTreeMap<PlaceId, usize> = BTreeMap::new();
    let mut places: Vec<Place> = Vec::new();
    let mut read: Vec<Line> = Vec::new();
    for line in lines {
        if let Some(place) = loading.place(&line) {
            if by_id.contains_key(&place.id) {
                loading.error(
                    &line,
                    format!("`{}` is there already", place.id),
                    "an id names one place only",
                );
            } else {
                by_id.insert(place.id.clone(), places.len());
                places.push(place);
                read.push(line);
            }
        }
    }
    for (index, line) in read.iter().enumerate() {
        let parent = loading.parent(line, index, &places, &by_id);
        if let Some(place) = places.get_mut(index) {
            place.parent = parent;
        }
    }
    loading.tiles(&read, &places);
    let (names, bearers) = loading.names(&read);
    match names {
        Some(names) if loading.findings.is_empty() => Ok(Places {
            digest: Sha256::digest(source).into(),
            places,
            by_id,
            names,
            bearers,
        }),
        _ => {
            loading
                .findings
                .sort_by_key(|finding| finding.span.as_ref().map(|span| span.start));
            Err(loading.findings)
        }
    }
}

impl Loading<'_> {
    fn lines(&mut self, source: &str) -> Vec<Line> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(source.as_bytes());
        let mut lines = Vec::new();
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    let start = record.position().map_or(0, csv::Position::byte);
                    let start = usize::try_from(start).unwrap_or(0);
                    let end = usize::try_from(reader.position().byte()).unwrap_or(source.len());
                    let text = source.get(start..end).unwrap_or_default().trim_end();
                    lines.push(Line {
                        record: record.clone(),
                        at: start..start + text.len(),
                    });
                }
                Err(error) => {
                    let message = format!("this is no CSV: {error}");
                    self.findings.push(
                        Diagnostic::error(self.file, None, message)
                            .help("quote fields that hold commas or quotes"),
                    );
                    break;
                }
            }
        }
        self.check_first(&mut lines);
        lines
    }

    /// Takes the heading off, and the lines that have another number of fields.
    fn check_first(&mut self, lines: &mut Vec<Line>) {
        let heading = COLUMNS.join(",");
        let behind = lines.first().and_then(|line| {
            let first: Vec<&str> = line.record.iter().map(str::trim).collect();
            match first.strip_prefix(&COLUMNS)? {
                [] => Some(Vec::new()),
                [TILE] => Some(vec![TILE]),
                [WOMEN] => Some(vec![WOMEN]),
                [TILE, WOMEN] => Some(vec![TILE, WOMEN]),
                _ => None,
            }
        });
        let Some(behind) = behind else {
            let at = lines.first().map_or(0..0, |line| line.at.clone());
            let message = "the first line does not name the columns".to_owned();
            self.findings.push(
                Diagnostic::error(self.file, at, message)
                    .help(format!(
                        "it is to be `{heading}`, with commas between, and `{TILE}` and `{WOMEN}` behind them where places have them"
                    )),
            );
            lines.clear();
            return;
        };
        let fields = COLUMNS.len() + behind.len();
        self.behind = behind;
        lines.remove(0);
        lines.retain(|line| {
            let fits = line.record.len() == fields;
            if !fits {
                let (here, there) = (line.record.len(), fields);
                let message =
                    format!("this line has {here} fields where the first line has {there}");
                let help = if line.record.iter().any(|field| field.contains('\n')) {
                    "a quote is opened in its first line and not closed there"
                } else {
                    "a comma is missing, or one too many"
                };
                self.error(line, message, help);
            }
            fits
        });
    }

    fn place(&mut self, line: &Line) -> Option<Place> {
        let (id, name, level) = (line.field(0), line.field(1), line.field(2));
        if id.is_empty() {
            self.error(
                line,
                "this place has no id".to_owned(),
                "a short name in lower-case letters, `wajir-south`",
            );
            return None;
        }
        if !is_id(id) {
            let message = format!("`{id}` is no id");
            let help = "an id is made of letters a to z, digits and hyphens: wajir-south";
            self.error(line, message, help);
            return None;
        }
        if Normalised::new(name).is_blank() {
            self.error(
                line,
                format!("`{id}` has no name"),
                "the name as people write it",
            );
            return None;
        }
        let level = match level {
            "county" => Level::County,
            "sub-county" => Level::SubCounty,
            "ward" => Level::Ward,
            other => {
                self.error(
                    line,
                    format!("`{other}` is no level"),
                    "county, sub-county or ward",
                );
                return None;
            }
        };
        let population = self.people(line, line.field(5), "population");
        let women = self.people(line, self.behind(line, WOMEN), "number of women");
        if population
            .zip(women)
            .is_some_and(|(all, women)| women > all)
        {
            let message = format!("more women live in `{id}` than people");
            self.error(line, message, "the women are a part of the population");
        }
        Some(Place {
            id: PlaceId::new(id),
            name: name.to_owned(),
            level,
            population,
            women,
            tile: self.tile(line),
            parent: None,
        })
    }

    /// A number of people; an empty field: nobody knows.
    fn people(&mut self, line: &Line, written: &str, what: &str) -> Option<u32> {
        if written.is_empty() {
            return None;
        }
        let count = written.parse().ok();
        if count.is_none() {
            let message = format!("the {what} is no whole number");
            self.error(line, message, "digits only, or leave it empty");
        }
        count
    }

    fn tile(&mut self, line: &Line) -> Option<Tile> {
        let written = self.behind(line, TILE);
        let tile = Tile::from_words(written);
        if tile.is_none() && !written.is_empty() {
            let message = format!("`{written}` is no tile");
            let help = "its column and its row on the map, from 1 to 99, in quotes: \"2,1\"";
            self.error(line, message, help);
        }
        tile
    }

    /// No two places of a level have one tile; those of two counties are on two maps.
    fn tiles(&mut self, lines: &[Line], places: &[Place]) {
        let county = |place: &Place| {
            let within = |index: Option<usize>| index.and_then(|index| places.get(index));
            let line = std::iter::successors(within(place.parent), |inner| within(inner.parent));
            line.last().map(|top| top.id.clone())
        };
        let mut taken: BTreeMap<(Level, Option<PlaceId>, Tile), &Place> = BTreeMap::new();
        for (line, place) in lines.iter().zip(places) {
            let Some(tile) = place.tile else { continue };
            if let Some(other) = taken.insert((place.level, county(place), tile), place) {
                let message = format!("`{}` has the tile of `{}`", place.id, other.id);
                self.error(line, message, "two places cannot lie on each other");
            }
        }
    }

    fn parent(
        &mut self,
        line: &Line,
        index: usize,
        places: &[Place],
        by_id: &BTreeMap<PlaceId, usize>,
    ) -> Option<usize> {
        let place = places.get(index)?;
        let named = line.field(3);
        if place.level == Level::County {
            if !named.is_empty() {
                let message = format!("`{}` is a county and lies in none", place.id);
                self.error(line, message, "leave its parent empty");
            }
            return None;
        }
        let Some(&parent) = by_id.get(&PlaceId::new(named)) else {
            let help = nearest(named, by_id.keys().map(PlaceId::as_str)).map_or_else(
                || "the id of another line".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.error(line, format!("there is no place `{named}`"), &help);
            return None;
        };
        // A parent is larger than what lies in it, so that no place can lie in itself.
        let level = places.get(parent).map(|parent| parent.level);
        match place.level {
            Level::SubCounty if level != Some(Level::County) => {
                let message = format!("`{}` does not lie in a county", place.id);
                self.error(line, message, "a sub-county's parent is a county");
                None
            }
            Level::Ward if level != Some(Level::SubCounty) => {
                let message = format!("`{}` does not lie in a sub-county", place.id);
                self.error(line, message, "a ward's parent is a sub-county");
                None
            }
            _ => Some(parent),
        }
    }

    /// All names and aliases to look for, and who bears each. A name with `=` before it among the aliases is looked for as it
    /// is written, and only so.
    fn names(&mut self, lines: &[Line]) -> (Option<Phrases>, Vec<Vec<usize>>) {
        let mut bearers: BTreeMap<Phrase, Vec<usize>> = BTreeMap::new();
        for (index, line) in lines.iter().enumerate() {
            let (name, aliases) = (line.field(1), line.field(4));
            let marked = |alias: &str| alias.trim().strip_prefix('=') == Some(name);
            let own = (!aliases.split('|').any(marked)).then_some(name);
            let names = own.into_iter().chain(aliases.split('|'));
            for name in names.filter_map(Phrase::whole) {
                let bearers = bearers.entry(name).or_default();
                if !bearers.contains(&index) {
                    bearers.push(index);
                }
            }
        }
        let names = Phrases::new(bearers.keys()).ok();
        if names.is_none() {
            let message = "there are too many names in this file to be looked for at once";
            let help = "leave out aliases that nobody writes";
            self.findings
                .push(Diagnostic::error(self.file, None, message).help(help));
        }
        (names, bearers.into_values().collect())
    }
}
