//! A row of a file becomes a complaint that can be handed in, or it is said what is wrong with it.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::mapping::{Column, Mapping, Value, When, folded};
use super::source::Row;
use super::wrong::{EARLIEST, LONGEST_ID, Why, Wrong};
use crate::actions::{Imported, Lodging};
use crate::complaint::{
    Address, AgeGroup, Channel, County, CountyId, Gender, LanguageId, PlaceId, SectorId,
};
use crate::configuration::Configuration;
use crate::intake::places::Found;
use crate::store::BY_CONTENT;
use crate::text::hex::hex;
use crate::text::normalise::Normalised;
use crate::text::shown::quotation;

/// So much of a value is quoted.
const QUOTED: usize = 40;
/// How times are written where a mapping does not say: so that day and month cannot be confused.
const FORMATS: [&str; 5] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
];

/// A mapping, with what its values mean by a version of the configuration.
pub(super) struct Meaning<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) configuration: &'a Configuration,
    /// Whether who has a phone is sent a receipt.
    pub(super) receipts: bool,
    pub(super) now: DateTime<Utc>,
}

impl Meaning<'_> {
    /// The complaint of a row.
    pub(super) fn lodging(&self, row: &Row<'_>) -> Result<Lodging, Wrong> {
        let mapping = self.mapping;
        let county = self.county(row)?;
        let told_at = self.time(row, mapping.received.as_ref(), county.zone)?;
        let over = self.over(row, told_at, county.zone)?;
        let phone = self.phone(row, county)?;
        Ok(Lodging {
            key: self.key(row)?,
            channel: Channel::Import,
            county: county.id.clone(),
            words: self.words(row)?,
            language: self.value(row, mapping.language.as_ref(), |text| self.language(text))?,
            place: self.in_column(row, mapping.place.as_ref(), "place", |text| {
                self.place(text, &county.id)
            })?,
            sector: self.in_column(row, mapping.sector.as_ref(), "sector", |text| {
                self.sector(text)
            })?,
            gender: self.in_column(row, mapping.gender.as_ref(), "gender", gender)?,
            age_group: self.in_column(row, mapping.age.as_ref(), "age", age_group)?,
            name: self.complainant(row)?,
            brought_by: None,
            taken_by: None,
            told_at,
            receipt: self.receipts && phone.is_some() && over.is_none(),
            phone,
            imported: Some(Imported {
                over,
                receipt_after: None,
            }),
        })
    }

    /// What it has one effect under: the import's name, and the row's id there, or its content.
    fn key(&self, row: &Row<'_>) -> Result<String, Wrong> {
        let of_import = self.mapping.keys();
        let Some(column) = self.mapping.id else {
            return Ok(format!("{of_import}{BY_CONTENT}{}", digest(row)));
        };
        let id = text(row, column)?;
        match id.chars().count() {
            0 => Err(Wrong::at(column, Why::NoId)),
            1..=LONGEST_ID => Ok(format!("{of_import}{id}")),
            _ => Err(Wrong::at(column, Why::LongId)),
        }
    }

    fn words(&self, row: &Row<'_>) -> Result<String, Wrong> {
        let mut words: Vec<&str> = Vec::new();
        for column in &self.mapping.words {
            let cell = text(row, *column)?;
            if !cell.is_empty() && words.last() != Some(&cell) {
                words.push(cell);
            }
        }
        Ok(words.join(&self.mapping.between))
    }

    fn county(&self, row: &Row<'_>) -> Result<&County, Wrong> {
        let rules = &self.configuration.rules;
        let found = match &self.mapping.county {
            Value::Fixed(id) => rules.county(&CountyId::new(id.as_str())),
            Value::In(column) => {
                let named = |text: &str| {
                    let named = |county: &&County| {
                        county.id.as_str() == text || folded(&county.name) == folded(text)
                    };
                    rules.counties().find(named)
                };
                self.in_column(row, Some(column), "county", named)?
            }
        };
        found.ok_or_else(|| Wrong::row(Why::NoCounty))
    }

    /// What a column, or the mapping for all rows, says.
    fn value<T>(
        &self,
        row: &Row<'_>,
        value: Option<&Value>,
        mean: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Wrong> {
        match value {
            None => Ok(None),
            Some(Value::Fixed(id)) => Ok(mean(id)),
            Some(Value::In(column)) => self.in_column(row, Some(column), "language", mean),
        }
    }

    /// What a cell means, by the mapping's names or else by itself.
    fn in_column<T>(
        &self,
        row: &Row<'_>,
        column: Option<&Column>,
        what: &'static str,
        mean: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Wrong> {
        let Some(column) = column else {
            return Ok(None);
        };
        let cell = text(row, column.at)?;
        let named = column.names.get(&folded(cell)).map(String::as_str);
        let said = named.unwrap_or(cell);
        if said.is_empty() {
            return Ok(None);
        }
        let found = mean(said);
        if found.is_none() && !column.leaves_out_others {
            return Err(Wrong::at(
                column.at,
                Why::Unknown {
                    value: quotation(cell, QUOTED),
                    what,
                },
            ));
        }
        Ok(found)
    }

    fn language(&self, text: &str) -> Option<LanguageId> {
        let mut languages = self.configuration.replies.languages();
        let language = languages.find(|language| language.id.as_str() == text)?;
        Some(language.id.clone())
    }

    fn place(&self, text: &str, county: &CountyId) -> Option<PlaceId> {
        let places = &self.configuration.places;
        let id = PlaceId::new(text);
        let lies_here = |place: &PlaceId| {
            let mut lies_in = places.ancestry(place).into_iter();
            lies_in.any(|place| place.as_str() == county.as_str())
        };
        if places.name(&id).is_some() && lies_here(&id) {
            return Some(id);
        }
        match places.find(&Normalised::new(text), county) {
            Found::One(place) => Some(place),
            Found::None | Found::Ambiguous(_) => None,
        }
    }

    fn sector(&self, text: &str) -> Option<SectorId> {
        let rules = &self.configuration.rules;
        let id = SectorId::new(text);
        match rules.sector(&id) {
            Some(_) => Some(id),
            None => rules.sector_named(&Normalised::new(text)).cloned(),
        }
    }

    fn phone(&self, row: &Row<'_>, county: &County) -> Result<Option<Address>, Wrong> {
        let Some(column) = &self.mapping.phone else {
            return Ok(None);
        };
        let cell = text(row, column.at)?;
        let is_nothing = column.names.contains_key(&folded(cell));
        if cell.is_empty() || is_nothing {
            return Ok(None);
        }
        let phone = Address::written(cell, county.line())
            .filter(|phone| self.configuration.rules.county_of_number(phone).is_none());
        match phone {
            None if !column.leaves_out_others => Err(Wrong::at(column.at, Why::NoPhone)),
            phone => Ok(phone),
        }
    }

    fn complainant(&self, row: &Row<'_>) -> Result<Option<String>, Wrong> {
        let name = match self.mapping.complainant {
            Some(column) => text(row, column)?,
            None => "",
        };
        Ok((!name.is_empty()).then(|| name.to_owned()))
    }

    /// Since when it is over there; `None`: it is open.
    fn over(
        &self,
        row: &Row<'_>,
        told_at: Option<DateTime<Utc>>,
        zone: Tz,
    ) -> Result<Option<DateTime<Utc>>, Wrong> {
        let Some(closed) = &self.mapping.closed else {
            return Ok(None);
        };
        let at = self.time(row, closed.when.as_ref(), zone)?;
        let is_over = match &closed.status {
            Some((column, values)) => values.contains(&folded(text(row, *column)?)),
            None => at.is_some(),
        };
        // Of some systems the clocks differ: nothing is over before it was told.
        Ok(is_over.then(|| at.max(told_at).unwrap_or(self.now)))
    }

    fn time(
        &self,
        row: &Row<'_>,
        when: Option<&When>,
        of_county: Tz,
    ) -> Result<Option<DateTime<Utc>>, Wrong> {
        let Some(when) = when else {
            return Ok(None);
        };
        let cell = text(row, when.at)?;
        if cell.is_empty() {
            return Ok(None);
        }
        let zone = when.zone.unwrap_or(of_county);
        let read = match &when.format {
            Some(format) => read_time(cell, format, zone),
            None => DateTime::parse_from_rfc3339(cell)
                .ok()
                .map(|at| at.to_utc())
                .or_else(|| {
                    let mut formats = FORMATS.iter();
                    formats.find_map(|format| read_time(cell, format, zone))
                }),
        };
        let Some(at) = read else {
            return Err(Wrong::at(
                when.at,
                Why::NoTime {
                    format: when.format.clone(),
                },
            ));
        };
        if at > self.now {
            return Err(Wrong::at(when.at, Why::NotYet));
        }
        if at.year() < EARLIEST {
            return Err(Wrong::at(when.at, Why::TooEarly));
        }
        Ok(Some(at))
    }
}

fn text<'a>(row: &Row<'a>, column: usize) -> Result<&'a str, Wrong> {
    row.text(column).map_err(|why| Wrong::at(column, why))
}

fn read_time(cell: &str, format: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_str(cell, format) {
        return Some(at.to_utc());
    }
    let date = || NaiveDate::parse_from_str(cell, format).ok();
    let local = NaiveDateTime::parse_from_str(cell, format)
        .ok()
        .or_else(|| date().map(|date| date.and_time(NaiveTime::MIN)))?;
    // In the hour that a change of clocks leaves out it is the hour behind.
    let at = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest();
    let at = at(local).or_else(|| at(local.checked_add_signed(TimeDelta::hours(1))?))?;
    Some(at.to_utc())
}

/// Of all that stands in a row: the same row has the same one, in whatever order its file is. What could be tried out by it is kept
/// under a key of the store's.
fn digest(row: &Row<'_>) -> String {
    let mut digest = Sha256::new();
    for cell in row.cells() {
        digest.update(cell.len().to_le_bytes());
        digest.update(cell);
    }
    let digest = digest.finalize();
    hex(digest.get(..16).unwrap_or_default())
}

fn gender(text: &str) -> Option<Gender> {
    Gender::from_word(&text.to_lowercase())
}

/// A group by its word, or the group of somebody of so many years.
fn age_group(text: &str) -> Option<AgeGroup> {
    AgeGroup::from_word(text).or_else(|| {
        let years = text.parse().ok().filter(|years| (0..=120).contains(years));
        years.map(AgeGroup::of)
    })
}

/// Whether a cell is a time in that format.
pub(super) fn is_time(cell: &str, format: &str) -> bool {
    read_time(cell, format, Tz::UTC).is_some()
}
