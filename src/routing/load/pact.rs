//! Integrity pacts: who watches whom, and by which codes people tell of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::codes::Codes;
use super::partners::quoted;
use super::section::{Section, Text};
use super::{Loading, keys};
use crate::complaint::{CountyId, Organisation, OrganisationId, PactCode};
use crate::routing::pact::{Bidder, Code, Pact};
use crate::text::normalise::Normalised;

impl Loading<'_> {
    /// The pacts. What could not be read is left out: the rest is checked all the same.
    pub(super) fn pacts(
        &mut self,
        sections: &[Section<'_>],
        mut codes: Codes<'_>,
        organisations: &[Organisation],
    ) -> Vec<Pact> {
        let names = organisations.iter().flat_map(|one| {
            let names = one.names().map(|name| folded(name));
            names.map(|name| (name, one.id.as_str()))
        });
        let names = names.collect();
        sections
            .iter()
            .filter_map(|one| self.pact(one, &mut codes, &names))
            .collect()
    }

    fn pact(
        &mut self,
        section: &Section<'_>,
        codes: &mut Codes<'_>,
        names: &BTreeMap<String, &str>,
    ) -> Option<Pact> {
        section.only(keys::PACT, &mut self.report);
        let (code, codes) = self.codes(section, codes);
        let title = section.text("title", &mut self.report);
        let county = section.text("county", &mut self.report);
        let county = county.filter(|(id, at)| self.counties.has(id, at, &mut self.report));
        let county = county.map(|(id, _)| CountyId::new(id));
        let authority = section.text("authority", &mut self.report);
        let authority =
            authority.filter(|(id, at)| self.organisations.has(id, at, &mut self.report));
        let authority = authority.map(|(id, _)| OrganisationId::new(id));
        let bidders = self.bidders(section, names);
        let priority = section.text("priority", &mut self.report);
        let priority = priority.and_then(|word| self.priority(word));
        let until = section.text("until", &mut self.report);
        let until = until.and_then(|(day, at)| Some((self.day((day, at.clone()))?, at)));
        let monitor = section.text("monitor", &mut self.report);
        let monitor = monitor.filter(|(id, at)| self.organisations.has(id, at, &mut self.report));
        let pact = Pact {
            code: code?,
            title: title?.0.into(),
            county: county?,
            authority: authority?,
            bidders,
            monitor: OrganisationId::new(monitor.as_ref()?.0),
            priority: priority.unwrap_or_default(),
            codes,
            until,
        };
        self.check_monitor(&pact, monitor?);
        Some(pact)
    }

    /// The code that the pact is kept by, and all that it goes by.
    fn codes(
        &mut self,
        section: &Section<'_>,
        codes: &mut Codes<'_>,
    ) -> (Option<PactCode>, Vec<Code>) {
        let own = section.text("code", &mut self.report);
        let id = own.as_ref().map(|(code, _)| PactCode::new(*code));
        let called = section.texts("called", &mut self.report);
        // One that is no id, or stands above already, is told by then.
        let own = own.filter(|(code, at)| self.pacts.place(code) == *at);
        let all = own.into_iter().chain(called);
        let all = all.filter_map(|one| codes.code(one, &mut self.report));
        (id, all.collect())
    }

    /// Whoever watches a pact has no part in it, and works where its complaints come from.
    fn check_monitor(&mut self, pact: &Pact, (id, at): Text<'_>) {
        let Pact {
            monitor, county, ..
        } = pact;
        if pact.accused().any(|accused| accused == monitor) {
            let message = format!("`{id}` is to watch a pact that it has a part in");
            let help = "name an organisation that is neither the authority nor a bidder";
            self.report.error_with(at, message, help);
        } else if let Some(own) = self
            .works_in
            .get(monitor)
            .filter(|own| !own.contains(county))
        {
            let own = quoted(own);
            let message = format!("`{id}` works in {own}, and the pact is of `{county}`");
            let help = "name an organisation of the pact's county";
            self.report.error_with(at, message, help);
        }
    }

    fn bidders(&mut self, section: &Section<'_>, names: &BTreeMap<String, &str>) -> Vec<Bidder> {
        let written = section.texts("bidders", &mut self.report);
        let bidders = written
            .into_iter()
            .filter_map(|one| self.bidder(one, names));
        bidders.collect()
    }

    /// The id of an organisation, or else the name of a company. What may be meant for an id is refused: nothing would be hidden from
    /// whom it means.
    fn bidder(&mut self, (name, at): Text<'_>, names: &BTreeMap<String, &str>) -> Option<Bidder> {
        if self.organisations.is_known(name) {
            return Some(Bidder::Partner(OrganisationId::new(name)));
        }
        let folded = folded(name);
        if folded.is_empty() {
            let message = format!("`{name}` has no letter and no digit");
            self.report
                .error_with(at, message, "write the company's name, or take it out");
            return None;
        }
        let named = names.get(&folded).copied();
        let near = || self.report.nearest(name, self.organisations.iter());
        let (id, message) = match (named, named.is_none().then(near).flatten()) {
            (Some(id), _) => (id, format!("`{name}` is a name of the organisation `{id}`")),
            (None, Some(id)) => (id, format!("`{name}` is nearly the organisation `{id}`")),
            (None, None) => return Some(Bidder::Company(name.into())),
        };
        let help = format!(
            "write \"{id}\", so that nothing is shown to it; a company that is none needs another name"
        );
        self.report.error_with(at, message, help);
        None
    }

    fn day(&mut self, (day, at): Text<'_>) -> Option<NaiveDate> {
        let date = day
            .parse()
            .ok()
            .filter(|date: &NaiveDate| date.to_string() == day);
        if date.is_none() {
            let message = format!("`{day}` is no day");
            self.report
                .error_with(at, message, "write year, month and day: 2027-06-30");
        }
        date
    }
}

fn folded(name: &str) -> String {
    Normalised::new(name).folded().to_owned()
}
