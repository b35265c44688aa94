//! Counties, organisations and sectors.

use std::ops::Range;

use super::section::{self, Section, Text};
use super::{CONVENER, Loading, keys};
use crate::complaint::{
    Address, County, CountyId, Notices, Organisation, OrganisationId, Sector, SectorId,
};
use crate::intake::places::Level;
use crate::text::normalise::Normalised;

impl Loading<'_> {
    pub(super) fn county(&mut self, section: &Section<'_>) -> Option<County> {
        section.only(keys::COUNTY, &mut self.report);
        let id = section.text("id", &mut self.report);
        let name = section.text("name", &mut self.report);
        let convener = section.text("convener", &mut self.report);
        let zone = section
            .text("zone", &mut self.report)
            .and_then(|zone| self.zone(zone));
        let language = section.text("language", &mut self.report);
        let language_at = language.as_ref().map(|(_, at)| at.clone());
        let language =
            language.and_then(|(code, at)| section::language(code, at, &mut self.report));
        let numbers = self.numbers(section);
        let id = id.map(|id| self.county_id(id));
        self.languages.extend(id.clone().zip(language_at));
        let convener = convener.and_then(|convener| self.convener(convener, id.as_ref()?));
        let oversight = section.text("oversight", &mut self.report);
        let oversight = oversight.and_then(|id| self.oversight(id, convener.as_ref()));
        let committee = section.text("committee", &mut self.report);
        let committee = committee.filter(|email| self.is_email(email));
        Some(County {
            id: id?,
            name: name?.0.to_owned(),
            convener: convener?,
            oversight,
            committee: committee.map(|(email, _)| email.to_owned()),
            zone: zone?,
            language: language?,
            numbers,
        })
    }

    /// A county of the gazetteer: under any other id, no place would ever be found in its texts.
    fn county_id(&mut self, (id, span): Text<'_>) -> CountyId {
        let counties = self.places.map(|places| {
            let counties = places.iter().filter(|place| place.level == Level::County);
            counties.map(|place| place.id.as_str()).collect::<Vec<_>>()
        });
        if let Some(counties) = counties.filter(|counties| !counties.contains(&id)) {
            let help = self.report.did_you_mean(id, counties);
            self.report
                .error_with(span, format!("places.csv has no county `{id}`"), help);
        }
        CountyId::new(id)
    }

    fn convener(&mut self, (id, span): Text<'_>, county: &CountyId) -> Option<OrganisationId> {
        if !self.organisations.has(id, &span, &mut self.report) {
            return None;
        }
        let id = OrganisationId::new(id);
        if let Some(others) = self
            .works_in
            .get(&id)
            .filter(|works_in| !works_in.contains(county))
        {
            let message = format!("`{id}` works in {}, not in `{county}`", quoted(others));
            let help = format!(
                "a convener is an organisation of its county: name another, or add `{county}` to the `counties` of `{id}`"
            );
            self.report.error_with(span, message, help);
        }
        Some(id)
    }

    fn oversight(
        &mut self,
        (id, span): Text<'_>,
        convener: Option<&OrganisationId>,
    ) -> Option<OrganisationId> {
        if !self.organisations.has(id, &span, &mut self.report) {
            return None;
        }
        let id = OrganisationId::new(id);
        if convener == Some(&id) {
            let message = format!("`{id}` is the convener itself");
            let help = "name another organisation, or take the line out: what accuses the convener is then the convener's";
            self.report.error_with(span, message, help);
        }
        Some(id)
    }

    fn zone(&mut self, (name, span): Text<'_>) -> Option<chrono_tz::Tz> {
        let zone = name.parse().ok();
        if zone.is_none() {
            let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
            let help = match self.report.nearest(name, names) {
                Some(right) => format!("did you mean `{right}`?"),
                None => "write continent and city: Africa/Nairobi".to_owned(),
            };
            self.report
                .error_with(span, format!("there is no time zone `{name}`"), help);
        }
        zone
    }

    /// The numbers of a county, of which no other county may have one. Findings never repeat a number.
    fn numbers(&mut self, section: &Section<'_>) -> Vec<Address> {
        let numbers = section.texts("numbers", &mut self.report);
        let told = numbers
            .into_iter()
            .filter_map(|(number, span)| self.number(number, span));
        told.collect()
    }

    fn number(&mut self, number: &str, span: Range<usize>) -> Option<Address> {
        let address = Address::new(number);
        if !address.is_phone() && !address.is_short_code() {
            self.report.error_with(span, "this is no number that can be texted", "write it with its country code and without spaces, +254700100200, or as a short code, 21801");
            return None;
        }
        if !self.numbers.insert(address.clone()) {
            self.report.error_with(
                span,
                "this number stands for a county already",
                "a number texted must mean one county: take it out here or there",
            );
        }
        Some(address)
    }

    pub(super) fn organisation(&mut self, section: &Section<'_>) -> Option<Organisation> {
        section.only(keys::ORGANISATION, &mut self.report);
        let id = section.text("id", &mut self.report);
        let name = section.text("name", &mut self.report);
        let short_name = section.text("short_name", &mut self.report);
        let short_names = section.by_language("short_names", &mut self.report);
        let called = section.texts("called", &mut self.report).into_iter();
        let called = called.filter_map(|name| self.called(name)).collect();
        let email = section
            .text("email", &mut self.report)
            .filter(|email| self.is_email(email));
        let counties = self.counties_of(section);
        let language = section.text("language", &mut self.report);
        let language =
            language.and_then(|(code, at)| section::language(code, at, &mut self.report));
        let notices = section.text("notices", &mut self.report);
        let notices = notices.and_then(|notices| self.notices(notices));
        if let Some((_, span)) = id.as_ref().filter(|(id, _)| *id == CONVENER) {
            let message =
                format!("`{CONVENER}` is what rules call the convener of whichever county");
            self.report
                .error_with(span.clone(), message, "give the organisation another id");
        }
        Some(Organisation {
            id: OrganisationId::new(id?.0),
            name: name?.0.to_owned(),
            short_name: short_name?.0.to_owned(),
            short_names,
            called,
            email: email?.0.to_owned(),
            notices,
            language,
            counties: counties?,
        })
    }

    fn notices(&mut self, (word, span): Text<'_>) -> Option<Notices> {
        let notices = Notices::from_word(word);
        if notices.is_none() {
            self.report
                .unknown(span, "notices", word, Notices::ALL.map(Notices::as_str));
        }
        notices
    }

    /// Where an organisation works: one county, or several. `None`: it is told that none is known.
    fn counties_of(&mut self, section: &Section<'_>) -> Option<Vec<CountyId>> {
        let (one, several) = (section.get("county"), section.get("counties"));
        if let (Some(_), Some(twice)) = (one, several) {
            let message = "`county` and `counties` say the same";
            let help = "take out `county`, and name all of them in `counties`";
            self.report.error_with(twice.span(), message, help);
        }
        if one.is_none() && several.is_none() && self.report.is_whole() {
            let message = "an organisation needs a `county`, or several `counties`";
            let help =
                "add a line such as county = \"wajir\", or counties = [\"wajir\", \"marsabit\"]";
            self.report.error_with(section.at.clone(), message, help);
        }
        let named = match several {
            Some(list) => {
                let named = section.texts("counties", &mut self.report);
                if list
                    .get_ref()
                    .as_array()
                    .is_some_and(|list| list.is_empty())
                {
                    let message = "`counties` names no county";
                    let help = "write the ids of those that it works in";
                    self.report.error_with(list.span(), message, help);
                }
                named
            }
            None => Vec::from_iter(section.text("county", &mut self.report)),
        };
        let mut counties = Vec::new();
        for (id, span) in named {
            if !self.counties.has(id, &span, &mut self.report) {
                continue;
            }
            let id = CountyId::new(id);
            if counties.contains(&id) {
                let message = format!("`{id}` stands there twice");
                self.report
                    .error_with(span, message, "take one of the two out");
            } else {
                counties.push(id);
            }
        }
        (!counties.is_empty()).then_some(counties)
    }

    /// A name that people use; without a word in it, it would never be found.
    fn called(&mut self, (name, span): Text<'_>) -> Option<String> {
        if Normalised::new(name).is_blank() {
            let message = format!("`{name}` has no letter and no digit");
            self.report
                .error_with(span, message, "write what people call it, or take it out");
            return None;
        }
        Some(name.to_owned())
    }

    fn is_email(&mut self, (email, span): &Text<'_>) -> bool {
        // What a letter could not be sent to is told here, and not when the first one is due.
        let steers = |c: char| c.is_control() || c.is_whitespace() || "\"<>(),;:\\@".contains(c);
        let is_email = email.split_once('@').is_some_and(|(who, host)| {
            let is_plain = |part: &str| !part.is_empty() && !part.contains(steers);
            who.is_ascii() && is_plain(who) && is_plain(host)
        });
        if !is_email {
            self.report.error_with(
                span.clone(),
                "this is no email address",
                "write it as name@host, and nothing else",
            );
        }
        is_email
    }

    pub(super) fn sector(&mut self, section: &Section<'_>) -> Option<Sector> {
        section.only(keys::SECTOR, &mut self.report);
        let id = section.text("id", &mut self.report);
        let name = section.text("name", &mut self.report);
        let names = section.by_language("names", &mut self.report);
        let to = self.of_each_county(section);
        Some(Sector {
            id: SectorId::new(id?.0),
            name: name?.0.to_owned(),
            names,
            to,
        })
    }

    /// The organisations that a sector goes to; two of one county are told.
    fn of_each_county(&mut self, section: &Section<'_>) -> Vec<OrganisationId> {
        let mut to: Vec<OrganisationId> = Vec::new();
        for (id, span) in section.texts("to", &mut self.report) {
            if !self.organisations.has(id, &span, &mut self.report) {
                continue;
            }
            let id = OrganisationId::new(id);
            let shared = to.iter().find_map(|other| {
                let theirs = self.works_in.get(other)?;
                let mut own = self.works_in.get(&id)?.iter();
                Some((other, own.find(|county| theirs.contains(county))?))
            });
            if let Some((other, county)) = shared {
                self.report.error_with(
                    span,
                    format!("`{id}` and `{other}` both work in `{county}`"),
                    "leave it to one of them, and write rules for the other",
                );
            } else {
                to.push(id);
            }
        }
        to
    }
}

/// Counties, as a finding names them.
pub(super) fn quoted(counties: &[CountyId]) -> String {
    let quoted: Vec<String> = counties.iter().map(|id| format!("`{id}`")).collect();
    quoted.join(", ")
}
