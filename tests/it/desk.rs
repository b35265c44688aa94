//! A complaint on the desks of people, and the phone that it came from.

use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::deed::{DeedForm, Outcome, carry_out};
use jibu::complaint::OrganisationId;
use jibu::people::{Deed, Person, PersonId, Role};

use crate::world::{AMINA, World, past_the_store};

const BOREHOLE: &str = "Borehole in Eldas is broken";

pub(crate) struct Desk {
    pub world: World,
    complaint_id: i64,
}

impl Desk {
    /// Amina's borehole, with the water department.
    pub(crate) async fn open() -> Self {
        Self::open_on(BOREHOLE, |_| {}).await
    }

    pub(crate) async fn open_on(
        words: &str,
        change: impl FnOnce(&mut jibu::configuration::Configuration),
    ) -> Self {
        let world = World::with(change);
        world.text(AMINA, words).await.unwrap();
        let store = past_the_store(&world.folder);
        let complaint_id = store
            .query_row("SELECT id FROM complaint", [], |row| row.get(0))
            .unwrap();
        hire(&world);
        Self {
            world,
            complaint_id,
        }
    }

    pub(crate) async fn act(
        &self,
        who: &Person,
        deed: Deed,
        words: &str,
        to: Option<&str>,
        seen: Option<i64>,
    ) -> Outcome {
        let form = DeedForm {
            words: (!words.is_empty()).then(|| words.to_owned()),
            to: to.map(OrganisationId::new),
            language: None,
        };
        act_on(&self.world, self.complaint_id, who, deed, form, seen).await
    }

    pub(crate) async fn done(&self, who: &Person, deed: Deed, words: &str) {
        assert_eq!(
            self.act(who, deed, words, None, None).await,
            Outcome::Done,
            "{deed:?}"
        );
    }

    pub(crate) async fn refer(&self, who: &Person, deed: Deed, to: Option<&str>) -> Outcome {
        self.act(who, deed, "It is not ours", to, None).await
    }

    pub(crate) fn column(&self, column: &str) -> String {
        past_the_store(&self.world.folder)
            .query_row(
                &format!("SELECT coalesce({column}, '') || '' FROM complaint"),
                [],
                |row| row.get(0),
            )
            .unwrap()
    }

    /// Its tracking number, as people read it.
    pub(crate) fn number(&self) -> String {
        let number: u64 = self.column("CAST(number AS TEXT)").parse().unwrap();
        jibu::complaint::TrackingNumber::from_value(number).to_string()
    }

    pub(crate) fn newest_event(&self) -> i64 {
        past_the_store(&self.world.folder)
            .query_row("SELECT max(id) FROM event", [], |row| row.get(0))
            .unwrap()
    }

    /// What was or will be texted of news, and how many seconds from now.
    pub(crate) async fn notices(&self) -> Vec<(i64, String)> {
        let rows: Vec<(i64, i64)> = past_the_store(&self.world.folder)
            .prepare("SELECT id, due_at FROM outbox WHERE notice = 1 ORDER BY id")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let now = self.world.clock.now().timestamp_millis();
        let number = self.column("number");
        let number = format!("{} {} {}", &number[..3], &number[3..6], &number[6..]);
        let mut notices = Vec::new();
        for (id, due_at) in rows {
            let words = self
                .world
                .store
                .read(move |reader| reader.text_words(id))
                .await
                .unwrap();
            notices.push(((due_at - now) / 1000, words.replace(&number, "<it>")));
        }
        notices
    }

    pub(crate) async fn last_notice(&self) -> String {
        self.notices().await.pop().unwrap().1
    }

    pub(crate) async fn text(&self, words: &str) -> String {
        self.world.text(AMINA, words).await.unwrap_or_default()
    }

    pub(crate) fn later(&self, minutes: i64) {
        self.world.clock.advance(TimeDelta::minutes(minutes));
    }
}

/// Lets people work in a world.
pub(crate) fn hire(world: &World) {
    past_the_store(&world.folder)
        .execute_batch(
            "INSERT INTO person (id, email, name, role, scope, made_at) VALUES
             (1, 'halima@water.example', 'Halima', 'officer', 'wajir-water', 0),
             (2, 'omar@ti.example', 'Omar', 'convener', 'ti-wajir', 0),
             (3, 'yusuf@health.example', 'Yusuf', 'officer', 'wajir-health', 0),
             (4, 'zahra@ombudsman.example', 'Zahra', 'officer', 'ombudsman', 0)",
        )
        .unwrap();
}

/// One of them does something with a complaint.
pub(crate) async fn act_on(
    world: &World,
    complaint_id: i64,
    who: &Person,
    deed: Deed,
    form: DeedForm,
    seen: Option<i64>,
) -> Outcome {
    let (configuration, who) = (Arc::clone(&world.configuration), who.clone());
    let job = move |tx: &mut jibu::store::Tx<'_>| {
        carry_out(tx, &configuration, &who, complaint_id, deed, &form, seen)
    };
    world.store.write("deed", job).await.unwrap()
}

fn person(id: i64, name: &str, role: Role) -> Person {
    Person {
        id: PersonId(id),
        name: name.to_owned(),
        email: format!("{name}@example.org"),
        role,
        language: None,
    }
}

pub(crate) fn halima() -> Person {
    person(
        1,
        "Halima",
        Role::Officer(OrganisationId::new("wajir-water")),
    )
}

pub(crate) fn omar() -> Person {
    person(2, "Omar", Role::Convener(OrganisationId::new("ti-wajir")))
}

pub(crate) fn yusuf() -> Person {
    person(
        3,
        "Yusuf",
        Role::Officer(OrganisationId::new("wajir-health")),
    )
}

pub(crate) fn zahra() -> Person {
    person(4, "Zahra", Role::Officer(OrganisationId::new("ombudsman")))
}
