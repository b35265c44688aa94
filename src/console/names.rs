//! What things are called on a page: what the configuration names, in the reader's language.

use std::sync::Arc;

use super::Console;
use super::desk::Desk;
use super::guard::Visit;
use super::problem::Problem;
use super::words::{Language, Words};
use crate::complaint::{
    AgeGroup, Channel, CountyId, Gender, LanguageId, OrganisationId, PlaceId, SectorId, Status,
};
use crate::configuration::Configuration;

/// Names for one reader. What the configuration no longer knows goes by its id.
pub(super) struct Names<'a> {
    pub(super) configuration: Arc<Configuration>,
    pub(super) language: &'a Language,
}

impl Console {
    /// Names for somebody, as the configuration has them now.
    pub(super) fn names(&self, visit: &Visit) -> Result<Names<'_>, Problem> {
        Ok(Names {
            configuration: self.configuration.current(),
            language: self.language(visit)?,
        })
    }
}

impl Names<'_> {
    /// The organisations of a county, by id and name: whom a complaint of it may go to, or accuse.
    pub(super) fn organisations_of(&self, county: &CountyId) -> Vec<(String, String)> {
        let all = self.configuration.rules.organisations();
        all.filter(|one| one.works_in(county))
            .map(|one| (one.id.to_string(), one.name.clone()))
            .collect()
    }

    /// Those of a desk's counties, but for its own.
    pub(super) fn others(&self, desk: &Desk) -> Vec<(String, String)> {
        let counties = self.counties_of(desk);
        let all = self.configuration.rules.organisations();
        let others = all.filter(|one| one.id != desk.own);
        others
            .filter(|one| counties.iter().any(|county| one.works_in(county)))
            .map(|one| (one.id.to_string(), one.name.clone()))
            .collect()
    }

    /// The counties whose complaints lie on a desk: that which it convenes, or else those that its organisation works in.
    pub(super) fn counties_of(&self, desk: &Desk) -> Vec<CountyId> {
        let own = self.configuration.rules.organisation(&desk.own);
        match &desk.convenes {
            Some(county) => vec![county.clone()],
            None => own.map_or_else(Vec::new, |own| own.counties.clone()),
        }
    }

    /// A county.
    pub(super) fn county(&self, id: &CountyId) -> String {
        let known = self.configuration.rules.county(id);
        known.map_or_else(|| id.to_string(), |known| known.name.clone())
    }

    /// Where a complaint of a list is: the county too, where there are several.
    pub(super) fn place_listed(&self, place: Option<&PlaceId>, county: &CountyId) -> String {
        let place = place.map(|place| self.place(place));
        let county = self.county(county);
        match place {
            place if self.configuration.rules.counties().len() < 2 => place.unwrap_or_default(),
            Some(place) if place != county => {
                let comma = self.language.words.signs.comma();
                format!("{place}{comma}{county}")
            }
            _ => county,
        }
    }

    /// What kind of complaint it is; one that is the administrator's own goes as they wrote it.
    pub(super) fn kind(&self, kind: &str) -> String {
        self.language.common.kind(kind)
    }

    /// An organisation, whole.
    pub(super) fn organisation(&self, id: &OrganisationId) -> String {
        let known = self.configuration.rules.organisation(id);
        known.map_or_else(|| id.to_string(), |known| known.name.clone())
    }

    /// An organisation, as texts call it.
    pub(super) fn short(&self, id: &OrganisationId) -> String {
        let known = self.configuration.rules.organisation(id);
        let name = known.map(|known| known.short_name_in(&self.language.id).to_owned());
        name.unwrap_or_else(|| id.to_string())
    }

    /// A language of the texts, by its own name.
    pub(super) fn text_language(&self, id: &LanguageId) -> String {
        let known = self.configuration.replies.language(id);
        known.map_or_else(|| id.to_string(), |known| known.name.clone())
    }

    /// All languages of the texts, by id and their own name.
    pub(super) fn text_languages(&self) -> Vec<(String, String)> {
        let all = self.configuration.replies.languages();
        all.map(|language| (language.id.to_string(), language.name.clone()))
            .collect()
    }

    /// A sector.
    pub(super) fn sector(&self, id: &SectorId) -> String {
        let known = self.configuration.rules.sector(id);
        let name = known.map(|known| known.names.get(&self.language.id).unwrap_or(&known.name));
        name.cloned().unwrap_or_else(|| id.to_string())
    }

    /// A place.
    pub(super) fn place(&self, id: &PlaceId) -> String {
        let name = self.configuration.places.name(id);
        name.map_or_else(|| id.to_string(), str::to_owned)
    }

    /// A place and what it lies in, the county aside: `Habasswein, Wajir South`.
    pub(super) fn place_within(&self, id: &PlaceId, county: &CountyId) -> String {
        let line = self.configuration.places.ancestry(id);
        let mut names: Vec<String> = line
            .iter()
            .filter(|place| place.as_str() != county.as_str())
            .map(|place| self.place(place))
            .collect();
        names.dedup();
        if names.is_empty() {
            return self.place(id);
        }
        names.join(", ")
    }
}

/// How a complaint came, in words.
pub(super) fn channel(words: &Words, channel: Channel) -> String {
    let w = &words.complaint;
    match channel {
        Channel::Sms => w.sms(),
        Channel::Web => w.web(),
        Channel::WalkIn => w.walk_in(),
        Channel::Paper => w.paper(),
        Channel::Import => w.import(),
    }
}

/// A code as people read it out: `123 456`.
pub(super) fn code(digits: &str) -> String {
    let half = digits.len() / 2;
    match (digits.get(..half), digits.get(half..)) {
        (Some(first), Some(second)) => format!("{first} {second}"),
        _ => digits.to_owned(),
    }
}

/// What somebody is, in words.
pub(super) fn gender(words: &Words, gender: Gender) -> String {
    let w = &words.complaint;
    match gender {
        Gender::Woman => w.woman(),
        Gender::Man => w.man(),
        Gender::Other => w.other_gender(),
    }
}

/// How old somebody is, in words.
pub(super) fn age_group(words: &Words, group: AgeGroup) -> String {
    let w = &words.complaint;
    match group {
        AgeGroup::Under18 => w.age_under_18(),
        AgeGroup::From18 => w.age_18(),
        AgeGroup::From35 => w.age_35(),
        AgeGroup::From60 => w.age_60(),
    }
}

/// How a complaint stands, in words.
pub(super) fn status(words: &Words, status: Status) -> String {
    let w = &words.status;
    match status {
        Status::Received => w.received(),
        Status::Referred => w.referred(),
        Status::Accepted => w.accepted(),
        Status::InProgress => w.in_progress(),
        Status::Resolved => w.resolved(),
        Status::Returned => w.returned(),
        Status::Reopened => w.reopened(),
        Status::Closed => w.closed(),
    }
}

/// As what a complaint was closed, in words; the store's own where it is none that is known.
pub(super) fn closed_as(words: &Words, closed_as: &str) -> String {
    let w = &words.status;
    match closed_as {
        "confirmed" => w.confirmed(),
        "unconfirmed" => w.unconfirmed(),
        "not_solved" => w.not_solved(),
        "withdrawn" => w.withdrawn(),
        "not_a_complaint" => w.not_a_complaint(),
        "merged" => w.merged(),
        other => other.to_owned(),
    }
}
