//! Who complains, and what becomes of it: some is done in time, some late, some never; asked back, sent back, sent on, opened again.

use chrono::{DateTime, TimeDelta, Utc};
use jibu::complaint::Status;
use jibu::people::Deed;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;

use super::book::Book;
use super::counties::County;
use crate::world::{World, past_the_store};

/// No word of any language: in each text of a complainant and in each answer of an officer, and in no letter.
pub(super) const PRIVATE: &str = "zumbara";

/// What somebody may do next, and how likely that is beside the others.
#[derive(Clone, Debug)]
enum Act {
    Deed(Deed),
    /// To whom, and by whom.
    Refer(String, String),
    Mark,
    NotAComplaint,
    Words,
    Verdict(bool),
    Nothing,
}

pub(super) struct Town {
    pub(super) counties: Vec<County>,
    pub(super) book: Book,
    pub(super) chance: StdRng,
    /// When each complaint comes, and to which county; the last one first.
    lodged: Vec<(DateTime<Utc>, usize)>,
    /// When something is done next about those that there are.
    next: Vec<Option<DateTime<Utc>>>,
    pub(super) people: Vec<String>,
    pub(super) database: Connection,
}

impl Town {
    pub(super) fn of(world: &World, counties: Vec<County>, seed: u64, complaints: usize) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let start = world.clock.now();
        let mut lodged: Vec<_> = (0..complaints)
            .map(|n| {
                (
                    start + TimeDelta::seconds(chance.random_range(0..340 * 24 * 3600)),
                    n % counties.len(),
                )
            })
            .collect();
        lodged.sort_unstable_by(|a, b| b.cmp(a));
        let mut people: Vec<String> = counties.iter().flat_map(County::organisations).collect();
        people.sort_unstable();
        people.dedup();
        let database = past_the_store(&world.folder);
        for (id, organisation) in (1_i64..).zip(&people) {
            let role = if organisation.ends_with("-convener") {
                "convener"
            } else {
                "officer"
            };
            database
                .execute(
                    "INSERT INTO person (id, email, name, role, scope, made_at) VALUES (?1, ?2 || '@people.example', ?2, ?3, ?2, 0)",
                    rusqlite::params![id, organisation, role],
                )
                .unwrap();
        }
        Self {
            counties,
            book: Book::default(),
            chance,
            lodged,
            next: Vec::new(),
            people,
            database,
        }
    }

    /// When somebody does something next.
    pub(super) fn moment(&self) -> Option<DateTime<Utc>> {
        let lodged = self.lodged.last().map(|(at, _)| *at);
        self.next.iter().flatten().copied().chain(lodged).min()
    }

    /// They do it.
    pub(super) async fn go(&mut self, world: &World) {
        let now = world.clock.now();
        if self.lodged.last().is_some_and(|(at, _)| *at <= now) {
            let (_, county) = self.lodged.pop().unwrap();
            self.lodge(world, county).await;
        }
        for at in 0..self.next.len() {
            if self.next[at].is_some_and(|then| then <= now) {
                let is_nothing = self.go_on_with(world, at).await;
                let ends = is_nothing && self.chance.random_bool(0.5);
                self.next[at] = (!ends).then(|| now + self.after_a_while());
            }
        }
    }

    /// Somebody does something about that complaint, or nothing.
    pub(super) async fn go_on_with(&mut self, world: &World, at: usize) -> bool {
        let acts = self.acts(at);
        let act = self.draw(acts);
        let is_nothing = matches!(act, Act::Nothing);
        self.carry_out(world, at, act).await;
        self.compare(world, at);
        is_nothing
    }

    fn after_a_while(&mut self) -> TimeDelta {
        let hours = match self.chance.random_range(0..100) {
            0..30 => 1..20,
            30..70 => 20..100,
            70..90 => 100..300,
            _ => 300..900,
        };
        TimeDelta::seconds(
            self.chance
                .random_range(hours.start * 3600..hours.end * 3600),
        )
    }

    async fn lodge(&mut self, world: &World, county: usize) {
        let (place, at) = (&self.counties[county], self.book.complaints.len());
        let id = place.id;
        let convener = place.convener();
        let (matter, holder, urgent, accused) = match self.chance.random_range(0..100) {
            0..40 => (
                "borehole is dry".to_owned(),
                format!("{id}-water"),
                false,
                None,
            ),
            40..60 => (
                "dispensary is shut".to_owned(),
                format!("{id}-health"),
                false,
                None,
            ),
            60..75 => (
                "cholera here".to_owned(),
                format!("{id}-health"),
                true,
                None,
            ),
            75..85 => (
                "they want a bribe".to_owned(),
                convener,
                false,
                Some(vec![]),
            ),
            85..92 => (
                format!("bribe at the {id}-water office"),
                convener,
                false,
                Some(vec![format!("{id}-water")]),
            ),
            _ => (
                format!("bribe at the {convener} office"),
                place.neutral(std::slice::from_ref(&convener)),
                false,
                Some(vec![convener]),
            ),
        };
        let phone = format!("+2547{at:08}");
        let words = format!("{matter} {PRIVATE} uplands of {id}");
        self.text(world, &phone, county, &words).await;
        let (row, number): (i64, i64) = self
            .database
            .query_row(
                "SELECT id, number FROM complaint ORDER BY id DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        let number =
            jibu::complaint::TrackingNumber::from_value(number.cast_unsigned()).to_string();
        let now = world.clock.now();
        self.book.opened(
            &self.counties,
            now,
            county,
            (row, number, phone.clone()),
            holder,
            urgent,
            accused,
        );
        if self.chance.random_bool(0.05) {
            self.text(world, &phone, county, "STOP").await;
            self.book.complaints[at].is_stopped = true;
        }
        self.compare(world, at);
        let then = self.after_a_while();
        self.next.push(Some(now + then));
    }

    /// What may be done about a complaint, as likely as it stands there often.
    fn acts(&self, at: usize) -> Vec<(u32, Act)> {
        let complaint = &self.book.complaints[at];
        let county = &self.counties[complaint.county];
        let convener = county.convener();
        if !complaint.is_open() {
            return match complaint.status {
                Status::Resolved => vec![
                    (2, Act::Verdict(true)),
                    (4, Act::Verdict(false)),
                    (4, Act::Nothing),
                ],
                _ if complaint.is_unconfirmed => vec![(2, Act::Verdict(false)), (1, Act::Nothing)],
                _ => vec![(1, Act::Nothing)],
            };
        }
        let mut acts = vec![(3, Act::Nothing), (2, Act::Words)];
        // Where nobody stands above the convener it has what accuses it, and sees nothing of it.
        if complaint.accused.contains(&complaint.holder) {
            return acts;
        }
        if complaint.is_asked {
            acts.push((12, Act::Words));
        }
        let deeds: &[_] = match complaint.status {
            Status::Accepted | Status::Reopened => &[
                (3, Deed::Start),
                (3, Deed::Update),
                (5, Deed::Ask),
                (3, Deed::Resolve),
            ],
            Status::InProgress => &[(3, Deed::Update), (4, Deed::Ask), (6, Deed::Resolve)],
            _ => &[(12, Deed::Accept)],
        };
        acts.extend(
            deeds
                .iter()
                .map(|(likely, deed)| (*likely, Act::Deed(*deed))),
        );
        let may_be_sent_back =
            complaint.holder != convener && county.neutral(&complaint.accused) != complaint.holder;
        if may_be_sent_back {
            acts.push((3, Act::Deed(Deed::Return)));
        }
        let is_convened = !complaint.accused.contains(&convener);
        let can_get_it = |to: &String| *to != complaint.holder && !complaint.accused.contains(to);
        for to in county.organisations().into_iter().filter(can_get_it) {
            acts.push((1, Act::Refer(to.clone(), complaint.holder.clone())));
            if is_convened {
                acts.push((1, Act::Refer(to, convener.clone())));
            }
        }
        if is_convened && complaint.holder != convener {
            acts.push((1, Act::Mark));
        }
        if is_convened {
            acts.push((1, Act::NotAComplaint));
        }
        acts
    }

    fn draw(&mut self, acts: Vec<(u32, Act)>) -> Act {
        let all = acts.iter().map(|(likely, _)| likely).sum();
        let mut drawn = self.chance.random_range(0..all);
        let found = acts.into_iter().find(|(likely, _)| {
            let is_it = drawn < *likely;
            drawn = drawn.saturating_sub(*likely);
            is_it
        });
        found.unwrap().1
    }

    async fn carry_out(&mut self, world: &World, at: usize, act: Act) {
        let now = world.clock.now();
        let complaint = &self.book.complaints[at];
        let (county, holder) = (complaint.county, complaint.holder.clone());
        let convener = self.counties[county].convener();
        let number = complaint.number.replace(' ', "");
        let phone = complaint.phone.clone();
        match act {
            Act::Nothing => {}
            Act::Words => {
                self.text(
                    world,
                    &phone,
                    county,
                    &format!("{number} it is by the mosque {PRIVATE}"),
                )
                .await;
                self.book.heard(&self.counties, now, at);
            }
            Act::Verdict(solved) => {
                let said = if solved { "yes" } else { "no" };
                self.text(world, &phone, county, &format!("{number} {said}"))
                    .await;
                self.book.judged(&self.counties, now, at, solved);
            }
            Act::Deed(Deed::Return) => {
                self.deed(world, at, &holder, Deed::Return, PRIVATE, None)
                    .await;
                let to = self.counties[county].neutral(&self.book.complaints[at].accused);
                self.book
                    .went_to(&self.counties, now, at, &to, Status::Returned);
            }
            Act::Deed(Deed::Ask) => {
                self.deed(world, at, &holder, Deed::Ask, PRIVATE, None)
                    .await;
                self.book.asked(&self.counties, now, at);
            }
            Act::Deed(deed) => {
                self.deed(world, at, &holder, deed, PRIVATE, None).await;
                let status = match deed {
                    Deed::Accept => Status::Accepted,
                    Deed::Resolve => Status::Resolved,
                    _ => Status::InProgress,
                };
                self.book.moved(&self.counties, now, at, status);
            }
            Act::Refer(to, by) => {
                self.deed(world, at, &by, Deed::Refer, PRIVATE, Some(&to))
                    .await;
                self.book
                    .went_to(&self.counties, now, at, &to, Status::Referred);
            }
            Act::Mark => {
                self.deed(world, at, &convener, Deed::MarkSensitive, "", Some(&holder))
                    .await;
                self.book.complaints[at].sensitive = true;
                self.book.complaints[at].accused.push(holder);
                self.book
                    .went_to(&self.counties, now, at, &convener, Status::Referred);
            }
            Act::NotAComplaint => {
                self.deed(world, at, &convener, Deed::NotAComplaint, "", None)
                    .await;
                self.book.moved(&self.counties, now, at, Status::Closed);
            }
        }
    }
}
