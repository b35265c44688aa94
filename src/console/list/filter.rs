//! What a list is narrowed down to, as its address says it.

use chrono::{DateTime, TimeDelta, Utc};
use url::form_urlencoded::Serializer;

use crate::complaint::{CountyId, OrganisationId, PlaceId, SectorId, Status};
use crate::configuration::Configuration;
use crate::console::form::Form;
use crate::intake::places::Level;
use crate::store::{Filter, Key};

/// What "soon" means in the filter.
const SOON: TimeDelta = TimeDelta::days(3);
/// The ages to choose from, in days.
pub(super) const AGES: [i64; 3] = [7, 30, 90];

/// What was chosen; what is empty or unknown narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) words: String,
    /// The part of a desk; empty: the first.
    pub(super) county: String,
    pub(super) status: Option<Status>,
    pub(super) sector: Option<SectorId>,
    pub(super) place: Option<PlaceId>,
    pub(super) holder: Option<OrganisationId>,
    pub(super) due: Option<DueIn>,
    pub(super) age: Option<i64>,
    pub(super) after: Option<Key>,
}

/// How pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DueIn {
    Late,
    Soon,
    Later,
}

impl DueIn {
    pub(super) const ALL: [Self; 3] = [Self::Late, Self::Soon, Self::Later];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

impl Chosen {
    /// From the address. Ids are taken as they are: one that does not exist finds nothing.
    pub(super) fn read(query: &Form) -> Self {
        let given = |name| Some(query.get(name).trim()).filter(|value| !value.is_empty());
        Self {
            words: given("q").unwrap_or_default().to_owned(),
            county: given("county").unwrap_or_default().to_owned(),
            status: given("status").and_then(Status::from_word),
            sector: given("sector").map(SectorId::new),
            place: given("place").map(PlaceId::new),
            holder: given("holder").map(OrganisationId::new),
            due: given("due")
                .and_then(|word| DueIn::ALL.into_iter().find(|due| due.word() == word)),
            age: given("age")
                .and_then(|days| days.parse().ok())
                .filter(|days| AGES.contains(days)),
            after: given("after").and_then(key),
        }
    }

    /// Whether anything is narrowed down.
    pub(super) fn narrows(&self) -> bool {
        let nothing = Self {
            words: self.words.clone(),
            county: self.county.clone(),
            after: self.after,
            ..Self::default()
        };
        *self != nothing
    }

    /// For the store. A place means all that lies in it.
    pub(super) fn filter(&self, configuration: &Configuration, now: DateTime<Utc>) -> Filter {
        let (due_from, due_before) = match self.due {
            Some(DueIn::Late) => (None, Some(now)),
            Some(DueIn::Soon) => (Some(now), Some(now + SOON)),
            Some(DueIn::Later) => (Some(now + SOON), None),
            None => (None, None),
        };
        Filter {
            status: self.status,
            sector: self.sector.clone(),
            places: self
                .place
                .iter()
                .flat_map(|place| within(configuration, place))
                .collect(),
            due_from,
            due_before,
            opened_before: self.age.map(|days| now - TimeDelta::days(days)),
        }
    }

    /// The address's query for what is chosen, from a key on.
    pub(super) fn query(&self, after: Option<Key>) -> String {
        let mut query = Serializer::new(String::new());
        let mut add = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        };
        add(
            "county",
            Some(self.county.as_str()).filter(|county| !county.is_empty()),
        );
        add("status", self.status.map(Status::as_str));
        add("sector", self.sector.as_ref().map(SectorId::as_str));
        add("place", self.place.as_ref().map(PlaceId::as_str));
        add("holder", self.holder.as_ref().map(OrganisationId::as_str));
        add("due", self.due.map(DueIn::word));
        add("age", self.age.map(|days| days.to_string()).as_deref());
        add(
            "after",
            after
                .map(|key| format!("{}.{}", key.due, key.id))
                .as_deref(),
        );
        query.finish()
    }
}

fn key(text: &str) -> Option<Key> {
    let (due, id) = text.split_once('.')?;
    Some(Key {
        due: due.parse().ok()?,
        id: id.parse().ok()?,
    })
}

/// A place and all that lies in it.
fn within(configuration: &Configuration, place: &PlaceId) -> Vec<PlaceId> {
    let places = &configuration.places;
    let inside = places
        .iter()
        .filter(|inner| places.ancestry(&inner.id).contains(place));
    let mut ids: Vec<PlaceId> = inside.map(|inner| inner.id.clone()).collect();
    if ids.is_empty() {
        ids.push(place.clone());
    }
    ids
}

/// The places of a county to choose from: each sub-county with its wards.
pub(in crate::console) fn places_of(
    configuration: &Configuration,
    county: &CountyId,
) -> Vec<(PlaceId, Vec<PlaceId>)> {
    let places = &configuration.places;
    let within =
        |outer: &PlaceId, inner: &PlaceId| inner != outer && places.ancestry(inner).contains(outer);
    let county = PlaceId::new(county.as_str());
    let of_county = |level: Level| {
        places
            .iter()
            .filter(move |place| place.level == level)
            .map(|place| place.id.clone())
    };
    of_county(Level::SubCounty)
        .filter(|place| within(&county, place))
        .map(|place| {
            let wards = of_county(Level::Ward)
                .filter(|ward| within(&place, ward))
                .collect();
            (place, wards)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(query: &str) -> Chosen {
        Chosen::read(&Form::of_query(query))
    }

    #[test]
    fn what_was_chosen_stands_in_the_address_and_is_read_back() {
        let query =
            "status=in_progress&sector=water&place=wajir-south&holder=wajir-water&due=late&age=30";
        let read = chosen(query);
        assert_eq!(read.query(None), query);
        assert!(read.narrows());
        let next = read.query(Some(Key { due: -5, id: 7 }));
        assert_eq!(chosen(&next).after, Some(Key { due: -5, id: 7 }));
    }

    #[test]
    fn what_is_unknown_narrows_nothing() {
        let read = chosen("status=lost&due=never&age=8&after=x&q=%20maji%20");
        assert_eq!((read.narrows(), read.words.as_str()), (false, "maji"));
        assert_eq!(read.query(None), "");
    }

    #[test]
    fn a_place_means_all_that_lies_in_it() {
        let configuration = Configuration::sample(std::path::Path::new("."), &[]).unwrap();
        let now = DateTime::default();
        let places = chosen("place=wajir-south")
            .filter(&configuration, now)
            .places;
        let ids: Vec<&str> = places.iter().map(PlaceId::as_str).collect();
        assert!(
            ids.contains(&"wajir-south") && ids.contains(&"habasswein") && !ids.contains(&"bute"),
            "{ids:?}"
        );
        let all = places_of(&configuration, &CountyId::new("wajir"));
        assert_eq!(all.len(), 6, "sub-counties of Wajir");
        assert!(all.iter().all(|(_, wards)| !wards.is_empty()));
    }
}
