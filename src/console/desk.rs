//! Whose complaints somebody works on: those of their organisation, or of the county that it convenes.

use chrono::{DateTime, Utc};

use super::Console;
use super::problem::Problem;
use crate::complaint::{CountyId, OrganisationId};
use crate::people::{Person, Role};
use crate::routing::Rules;
use crate::store::Shelf;

/// Who sits at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Desk {
    /// Their organisation: what accuses it is in no list of theirs.
    pub(super) own: OrganisationId,
    /// The county that it convenes, where they are its convener.
    pub(super) convenes: Option<CountyId>,
}

/// How many complaints wait at a desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waiting {
    /// In the inbox, or in all of the county.
    pub(super) open: u32,
    /// In the convener's queue.
    pub(super) queue: u32,
}

impl Desk {
    /// The desk of a person who works on complaints. A convener is an organisation of its county, so it convenes one at most.
    pub(super) fn of(person: &Person, rules: &Rules) -> Option<Self> {
        let own = person.role.organisation()?.clone();
        let convenes = matches!(person.role, Role::Convener(_))
            .then(|| rules.counties().find(|county| county.convener == own))
            .flatten()
            .map(|county| county.id.clone());
        Some(Self { own, convenes })
    }

    /// What is not over.
    pub(super) fn open(&self) -> Shelf {
        match &self.convenes {
            Some(county) => Shelf::Open(county.clone()),
            None => Shelf::Held(self.own.clone()),
        }
    }

    /// What is over.
    pub(super) fn closed(&self) -> Shelf {
        match &self.convenes {
            Some(county) => Shelf::ClosedIn(county.clone()),
            None => Shelf::ClosedBy(self.own.clone()),
        }
    }

    /// What the convener alone sees to: nobody's yet, sent back twice, said not to be solved, sensitive.
    pub(super) fn queue(&self) -> Option<[Shelf; 4]> {
        let county = self.convenes.as_ref()?;
        Some([
            Shelf::Unrouted(self.own.clone()),
            Shelf::Disputed(county.clone()),
            Shelf::Reopened(county.clone()),
            Shelf::Sensitive(county.clone()),
        ])
    }

    /// What is late with anybody. It is not counted with the queue: others are to act first, and some of it waits in the queue already.
    pub(super) fn overdue(&self, now: DateTime<Utc>) -> Option<Shelf> {
        let county = self.convenes.clone()?;
        Some(Shelf::Overdue(county, now))
    }
}

impl Console {
    /// The desk of somebody who is logged in; without one there is no such page for them.
    pub(super) fn desk(&self, person: &Person) -> Result<Desk, Problem> {
        Desk::of(person, &self.configuration.current().rules).ok_or(Problem::NotThere)
    }

    /// How many wait there.
    pub(super) async fn waiting(&self, desk: &Desk) -> Result<Waiting, Problem> {
        let desk = desk.clone();
        let count = self.store.read(move |reader| {
            let mut waiting = Waiting {
                open: reader.count(&desk.open(), &desk.own)?,
                queue: 0,
            };
            for shelf in desk.queue().iter().flatten() {
                waiting.queue = waiting
                    .queue
                    .saturating_add(reader.count(shelf, &desk.own)?);
            }
            Ok(waiting)
        });
        Ok(count.await?)
    }
}
