//! Whose complaints somebody works on: those of their organisation, or of the county that it convenes.

use chrono::{DateTime, Utc};

use super::Console;
use super::look::counted;
use super::names::Names;
use super::problem::Problem;
use crate::complaint::{CountyId, OrganisationId};
use crate::people::{Person, Role};
use crate::routing::Rules;
use crate::store::{Scope, Shelf};

/// Who sits at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Desk {
    /// Their organisation: what accuses it is in no list of theirs.
    pub(super) own: OrganisationId,
    /// The county that it convenes, where they are its convener and look at that county.
    pub(super) convenes: Option<CountyId>,
    /// All counties that it convenes, where they are its convener.
    pub(super) counties: Vec<CountyId>,
}

/// The word in an address for what a convener has where it does not convene.
pub(super) const ELSEWHERE: &str = "elsewhere";

/// How many complaints wait at a desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waiting {
    /// In the inbox, or in all of the county.
    pub(super) open: u32,
    /// In the convener's queue.
    pub(super) queue: u32,
}

impl Desk {
    /// The desk of a person who works on complaints. Who convenes several counties looks at one of them at a time: that which
    /// `wanted` names, or else the first.
    pub(super) fn of(person: &Person, rules: &Rules, wanted: &str) -> Option<Self> {
        let own = person.role.organisation()?.clone();
        let mut counties = Vec::new();
        if matches!(person.role, Role::Convener(_)) {
            let convened = rules.counties().filter(|county| county.convener == own);
            counties.extend(convened.map(|county| county.id.clone()));
        }
        let named = counties.iter().find(|county| county.as_str() == wanted);
        let convenes = named.or(counties.first()).cloned();
        Some(Self {
            convenes: convenes.filter(|_| wanted != ELSEWHERE),
            own,
            counties,
        })
    }

    /// What it is made up of, each looked at by itself: the counties that it convenes, and what it has elsewhere.
    pub(super) fn parts(&self, rules: &Rules) -> Vec<Self> {
        let part = |convenes| Self {
            convenes,
            ..self.clone()
        };
        let mut parts: Vec<Self> = self.counties.iter().cloned().map(Some).map(part).collect();
        // Who convenes all counties has nothing elsewhere.
        if rules.counties().len() > self.counties.len() {
            parts.push(part(None));
        }
        parts
    }

    /// What an address says to come back to this part; empty: what is shown anyway.
    pub(super) fn word(&self) -> &str {
        match &self.convenes {
            None if self.counties.is_empty() => "",
            None => ELSEWHERE,
            Some(county) if self.counties.first() == Some(county) => "",
            Some(county) => county.as_str(),
        }
    }

    /// In which counties it has what it looks at.
    fn scope(&self) -> Scope {
        match &self.convenes {
            Some(county) => Scope::In(county.clone()),
            None if self.counties.is_empty() => Scope::Anywhere,
            None => Scope::Outside(self.counties.clone()),
        }
    }

    /// What is not over.
    pub(super) fn open(&self) -> Shelf {
        match &self.convenes {
            Some(county) => Shelf::Open(county.clone()),
            None => Shelf::Held(self.own.clone(), self.scope()),
        }
    }

    /// What is over.
    pub(super) fn closed(&self) -> Shelf {
        match &self.convenes {
            Some(county) => Shelf::ClosedIn(county.clone()),
            None => Shelf::ClosedBy(self.own.clone(), self.scope()),
        }
    }

    /// What the convener alone sees to: nobody's yet, sent back twice, said not to be solved, reminded of twice, sensitive, perhaps no
    /// complaint.
    pub(super) fn queue(&self) -> Option<[Shelf; 6]> {
        let county = self.convenes.as_ref()?;
        Some([
            Shelf::Unrouted(self.own.clone(), self.scope()),
            Shelf::Disputed(county.clone()),
            Shelf::Reopened(county.clone()),
            Shelf::Escalated(county.clone()),
            Shelf::Sensitive(county.clone()),
            Shelf::Doubtful(self.own.clone(), self.scope()),
        ])
    }

    /// What others see to, and a convener follows: what is overdue, and whom no text reaches.
    /// Neither is counted with the queue: others are to act first, and some of it waits in the queue already.
    pub(super) fn followed(&self, now: DateTime<Utc>) -> Option<[Shelf; 2]> {
        let county = self.convenes.as_ref()?;
        Some([
            Shelf::Overdue(county.clone(), now),
            Shelf::Untextable(county.clone()),
        ])
    }
}

impl Console {
    /// The desk of somebody who is logged in; without one there is no such page for them.
    pub(super) fn desk(&self, person: &Person) -> Result<Desk, Problem> {
        self.desk_at(person, "")
    }

    /// The same, at the part that an address names.
    pub(super) fn desk_at(&self, person: &Person, wanted: &str) -> Result<Desk, Problem> {
        let configuration = self.configuration.current();
        Desk::of(person, &configuration.rules, wanted).ok_or(Problem::NotThere)
    }

    /// Whether there is a county that they convene: their organisation may have handed it over.
    pub(super) fn convenes(&self, person: &Person) -> bool {
        self.desk(person)
            .is_ok_and(|desk| !desk.counties.is_empty())
    }

    /// How many wait there, in all of its parts.
    pub(super) async fn waiting(&self, desk: &Desk) -> Result<Waiting, Problem> {
        let mut all = Waiting::default();
        for (_, waiting) in self.waiting_by_part(desk).await? {
            all.open = all.open.saturating_add(waiting.open);
            all.queue = all.queue.saturating_add(waiting.queue);
        }
        Ok(all)
    }

    /// How many wait in each of its parts.
    async fn waiting_by_part(&self, desk: &Desk) -> Result<Vec<(Desk, Waiting)>, Problem> {
        let parts = desk.parts(&self.configuration.current().rules);
        let count = self.store.read(move |reader| {
            let counted = parts.into_iter().map(|part| {
                let mut waiting = Waiting {
                    open: reader.count(&part.open(), &part.own)?,
                    queue: 0,
                };
                for shelf in part.queue().iter().flatten() {
                    let count = reader.count(shelf, &part.own)?;
                    waiting.queue = waiting.queue.saturating_add(count);
                }
                Ok((part, waiting))
            });
            counted.collect()
        });
        Ok(count.await?)
    }

    /// The parts to choose from on a page at `here`, each with what waits there as `count` takes it; none where there is only one.
    pub(super) async fn parts(
        &self,
        desk: &Desk,
        names: &Names<'_>,
        here: &str,
        count: impl Fn(Waiting) -> Option<u32>,
    ) -> Result<Vec<PartLink>, Problem> {
        if desk.counties.is_empty() {
            return Ok(Vec::new());
        }
        let parts = self.waiting_by_part(desk).await?;
        let is_here = |part: &Desk| part.convenes == desk.convenes;
        let shown = parts
            .into_iter()
            .filter(|(part, waiting)| part.convenes.is_some() || waiting.open > 0 || is_here(part));
        let link = |(part, waiting): (Desk, Waiting)| PartLink {
            href: at_part(here, &part),
            label: match &part.convenes {
                Some(county) => names.county(county),
                None => names.language.words.list.elsewhere(),
            },
            count: count(waiting).map(counted),
            is_here: is_here(&part),
        };
        let links: Vec<PartLink> = shown.map(link).collect();
        Ok(links).map(|links| if links.len() > 1 { links } else { Vec::new() })
    }
}

/// A part of a desk to choose.
#[derive(Clone, Debug)]
pub(super) struct PartLink {
    pub(super) href: String,
    pub(super) label: String,
    /// How many wait there, as far as was counted; `None`: the page counts nothing.
    pub(super) count: Option<String>,
    pub(super) is_here: bool,
}

/// A page at a part of a desk.
pub(super) fn at_part(here: &str, part: &Desk) -> String {
    match part.word() {
        "" => here.to_owned(),
        word => format!("{here}?county={word}"),
    }
}
