//! Many complaints with all that can become of them, in eighteen months that pass quickly; the same each time.

use chrono::{DateTime, TimeDelta, Utc};
use jibu::complaint::{
    AgeGroup, Channel, CountyId, Gender, LanguageId, OrganisationId, PlaceId, SectorId, Status,
};
use jibu::deadlines::Due;
use jibu::store::{
    BY_PERSON, BY_RULES, Milestone, NewComplaint, NewEvent, NewReferral, Store, StoreError, Tx,
};
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

/// Complaints in one transaction.
const GROUP: usize = 2_000;
const MONTHS: TimeDelta = TimeDelta::days(548);
const DAY: i64 = 86_400_000;

/// What a county's complaints are about and with whom: the most frequent first.
struct County {
    id: &'static str,
    places: &'static [&'static str],
    organisations: &'static [&'static str],
    sectors: &'static [&'static str],
}

const COUNTIES: [County; 2] = [
    County {
        id: "wajir",
        places: &[
            "wajir-south",
            "bute",
            "eldas",
            "wagberi",
            "tarbaj-ward",
            "wajir",
            "township",
            "habasswein",
        ],
        organisations: &[
            "wajir-water",
            "wajir-health",
            "wajir-food-aid",
            "ti-wajir",
            "wajir-roads",
            "wajir-education",
        ],
        sectors: &["water", "health", "food-aid", "roads", "education"],
    },
    County {
        id: "marsabit",
        places: &["laisamis", "korr", "moyale", "sololo", "marsabit"],
        organisations: &["marsabit-water", "ti-marsabit"],
        sectors: &["water", "health", "roads"],
    },
];
const KINDS: [&str; 5] = ["service", "delay", "exclusion", "fees", "corruption"];
const LANGUAGES: [&str; 5] = ["so", "sw", "en", "ar", "fr"];

/// Puts in so many, told until then.
pub(super) async fn fill(store: &Store, complaints: usize, now: DateTime<Utc>) {
    for group in 0..complaints.div_ceil(GROUP) {
        let fill = store.write("fill", move |tx| {
            let mut rng = StdRng::seed_from_u64(u64::try_from(group).unwrap());
            let of = group * GROUP..complaints.min((group + 1) * GROUP);
            of.into_iter().try_for_each(|_| {
                let story = Story::begin(&mut rng, now);
                tx.at(story.at, |tx| story.tell(tx))
            })
        });
        fill.await.unwrap();
    }
}

/// The small numbers come up more often than the large ones.
fn one_of<T: Copy>(rng: &mut impl Rng, all: &[T]) -> T {
    let at = rng
        .random_range(0..all.len())
        .min(rng.random_range(0..all.len()));
    all[at]
}

/// A complaint and what becomes of it.
struct Story {
    rng: StdRng,
    county: &'static County,
    /// When the next thing happens.
    at: DateTime<Utc>,
    /// Nothing happens after that.
    now: DateTime<Utc>,
    holder: OrganisationId,
    due: Due,
}

impl Story {
    fn begin(rng: &mut StdRng, now: DateTime<Utc>) -> Self {
        let ago = TimeDelta::milliseconds(rng.random_range(0..MONTHS.num_milliseconds()));
        let county = one_of(rng, &[&COUNTIES[0], &COUNTIES[1]]);
        Self {
            holder: OrganisationId::new(one_of(rng, county.organisations)),
            rng: StdRng::seed_from_u64(rng.random()),
            county,
            at: now - ago,
            now,
            due: Due {
                accept: now,
                first_action: now,
                resolve: now,
            },
        }
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// Some time goes by: mostly little, seldom much. Whether it is still to be told.
    fn wait(&mut self, tx: &mut Tx<'_>, days: i64) -> bool {
        let most = self.rng.random_range(1..days * DAY);
        self.at += TimeDelta::milliseconds(self.rng.random_range(0..most));
        tx.now = self.at;
        self.at < self.now
    }

    fn tell(mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let id = self.lodge(tx)?;
        self.refer(tx, id, None)?;
        while self.wait(tx, 9) && self.chance(12) {
            self.send_back(tx, id)?;
        }
        if self.at >= self.now || self.chance(8) {
            return Ok(());
        }
        if self.chance(6) {
            let ends = ["withdrawn", "not_a_complaint", "merged"];
            let end = one_of(&mut self.rng, &ends);
            return self.close(tx, id, end);
        }
        self.event(tx, id, "accepted")?;
        tx.set_status(id, Status::Accepted, self.due.first_action)?;
        while self.wait(tx, 12) && self.chance(55) {
            let what = one_of(&mut self.rng, &["updated", "started", "asked"]);
            self.event(tx, id, what)?;
            tx.set_status(id, Status::InProgress, self.due.resolve)?;
        }
        while self.at < self.now && !self.chance(15) {
            self.event(tx, id, "resolved")?;
            tx.set_status(id, Status::Resolved, tx.now + TimeDelta::days(7))?;
            if !self.wait(tx, 10) || self.chance(10) {
                return Ok(());
            }
            if !self.chance(15) {
                let ends = ["confirmed", "unconfirmed", "not_solved"];
                let end = one_of(&mut self.rng, &ends);
                return self.close(tx, id, end);
            }
            self.reopen(tx, id)?;
            self.wait(tx, 20);
        }
        Ok(())
    }

    fn lodge(&mut self, tx: &mut Tx<'_>) -> Result<i64, StoreError> {
        let given = |percent: u32, rng: &mut StdRng| rng.random_range(0..100) < percent;
        let rng = &mut self.rng;
        let place = given(80, rng).then(|| PlaceId::new(one_of(rng, self.county.places)));
        let sector = given(85, rng).then(|| SectorId::new(one_of(rng, self.county.sectors)));
        let kind = given(80, rng).then(|| one_of(rng, &KINDS));
        let gender = given(60, rng).then(|| one_of(rng, &Gender::ALL));
        let age_group = given(50, rng).then(|| one_of(rng, &AgeGroup::ALL));
        self.due = due(tx.now, rng);
        let new = NewComplaint {
            phone_id: None,
            channel: one_of(rng, &Channel::ALL),
            county: &CountyId::new(self.county.id),
            place: place.as_ref(),
            place_candidates: &[],
            sector: sector.as_ref(),
            kind,
            priority: "normal",
            sensitive: given(2, rng),
            language: &LanguageId::new(one_of(rng, &LANGUAGES)),
            holder: &self.holder,
            due: self.due,
            gender,
            age_group,
            untextable: None,
            doubtful: false,
            opened_at: tx.now,
        };
        let (id, _) = tx.add_complaint(&new, Status::Received)?;
        Ok(id)
    }

    /// It goes to its holder; whether that is who can mend it, the rules know of most.
    fn refer(
        &mut self,
        tx: &mut Tx<'_>,
        id: i64,
        from: Option<&OrganisationId>,
    ) -> Result<(), StoreError> {
        let hop = NewReferral {
            from,
            to: &self.holder,
            actor: if from.is_none() { BY_RULES } else { BY_PERSON },
            reason: "{}",
            person: None,
            returned: from.is_some(),
            words: None,
        };
        tx.add_referral(id, &hop)?;
        if self.chance(80) {
            tx.reach(id, Milestone::Referred)?;
            tx.set_status(id, Status::Referred, self.due.accept)?;
        }
        Ok(())
    }

    fn send_back(&mut self, tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
        let before = self.holder.clone();
        self.holder = OrganisationId::new(one_of(&mut self.rng, self.county.organisations));
        tx.count_return(id)?;
        self.due.accept = tx.now + TimeDelta::milliseconds(self.rng.random_range(DAY..5 * DAY));
        tx.hold(id, &self.holder, self.due.accept)?;
        self.refer(tx, id, Some(&before))
    }

    fn reopen(&mut self, tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
        self.event(tx, id, "reopened")?;
        self.due = due(tx.now, &mut self.rng);
        tx.set_due(id, self.due)?;
        tx.set_status(id, Status::Reopened, self.due.accept)
    }

    fn close(&mut self, tx: &mut Tx<'_>, id: i64, end: &str) -> Result<(), StoreError> {
        self.event(tx, id, "closed")?;
        tx.close_complaint(id, end)
    }

    fn event(&self, tx: &mut Tx<'_>, id: i64, kind: &str) -> Result<(), StoreError> {
        let event = NewEvent {
            kind,
            actor: "person",
            ..NewEvent::default()
        };
        tx.add_event(id, &event)
    }
}

fn due(now: DateTime<Utc>, rng: &mut StdRng) -> Due {
    let mut within =
        |days: i64| now + TimeDelta::milliseconds(rng.random_range(days * DAY / 2..days * DAY));
    Due {
        accept: within(4),
        first_action: within(8),
        resolve: within(24),
    }
}
