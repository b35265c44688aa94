//! Any conversation at all: random texts of three people and a machine, times and deeds of officers, on the real store. After each step
//! the laws of `laws` hold, and the text was taken for what a small model says.
//!
//! Some here; `bash tests/run talks` holds ten thousand.

mod laws;
mod model;
mod step;

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use jibu::actions::deed::{DeedForm, carry_out};
use jibu::actions::{IncomingMessage, Media, close_unconfirmed};
use jibu::complaint::{Address, OrganisationId};
use jibu::configuration::Configuration;
use jibu::people::{Deed, Person, PersonId, Role};
use jibu::store::Tx;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use rusqlite::Connection;

use crate::world::{LINE, World, new_sid, past_the_store};
use model::Before;
use step::{SENDERS, Says, Step, steps};

/// Conversations, if the environment does not say how many.
const FEW: u32 = 64;
/// Where those that went wrong once are kept, and held again each time.
const KEPT: &str = "proptest-regressions/it/talks.txt";

fn how_many() -> ProptestConfig {
    let cases = std::env::var("TALKS").map_or(FEW, |talks| talks.parse().unwrap());
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(KEPT))),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(how_many())]
    #[test]
    fn whatever_is_texted_each_conversation_keeps_the_laws(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(hold(&steps));
    }
}

async fn hold(steps: &[Step]) {
    let talks = Talks::begin();
    for step in steps {
        talks.go(step).await;
        laws::hold(&talks.database);
        model::texts_on_sensitive_matters_name_nobody(&talks).await;
    }
    model::all_words_are_there(&talks).await;
}

struct Talks {
    world: World,
    database: Connection,
    /// The gateway's id of each text, who sent it and its words.
    sent: RefCell<Vec<(String, usize, String)>>,
}

impl Talks {
    fn begin() -> Self {
        static SAMPLE: OnceLock<Arc<Configuration>> = OnceLock::new();
        let world = World::of(|folder| {
            let sample = || Arc::new(Configuration::sample(folder, &[]).unwrap());
            Arc::clone(SAMPLE.get_or_init(sample))
        });
        let database = past_the_store(&world.folder);
        let somebody = "INSERT INTO person (id, email, name, role, scope, made_at) VALUES (1, 'a@b', 'Asha', 'officer', 'wajir-water', 0)";
        database.execute_batch(somebody).unwrap();
        Self {
            world,
            database,
            sent: RefCell::default(),
        }
    }

    async fn go(&self, step: &Step) {
        match step {
            Step::Text { from, says } => self.text(*from, *says).await,
            Step::Later(time) => {
                self.world.clock.advance(*time);
                self.close_what_is_due().await;
            }
            Step::Deed { of, deed, to } => self.do_deed(*of, *deed, to).await,
        }
    }

    async fn text(&self, from: usize, says: Says) {
        let (sid, body) = (new_sid(), self.body(says));
        let before = Before::of(self, from, &body);
        let message = IncomingMessage {
            sid: sid.clone(),
            from: Address::new(SENDERS[from]),
            to: Address::new(LINE),
            body: body.clone(),
            media: media(says),
        };
        self.world.deliver_message(message).await;
        self.sent.borrow_mut().push((sid.clone(), from, body));
        let reply = self.world.reply_to(&sid).await;
        before.compare(self, &sid, says, reply.as_deref());
    }

    fn body(&self, says: Says) -> String {
        match says {
            Says::Matter(text)
            | Says::Sensitive(text)
            | Says::Words(text)
            | Says::Command(text, _)
            | Says::Nothing(text)
            | Says::Picture(text) => text.to_owned(),
            Says::Digit(digit) => digit.to_string(),
            Says::Number { of, mistyped, rest } => {
                let number = self.pick("number", of).unwrap_or(4_821_093_753);
                let last = (number + i64::from(mistyped)) % 10;
                format!("{} {rest}", number - number % 10 + last)
            }
        }
    }

    /// That of one of the complaints, if there are any.
    fn pick(&self, column: &str, of: usize) -> Option<i64> {
        let all = self.ids(&format!("SELECT {column} FROM complaint ORDER BY id"));
        all.get(of.checked_rem(all.len())?).copied()
    }

    fn ids(&self, sql: &str) -> Vec<i64> {
        let mut statement = self.database.prepare_cached(sql).unwrap();
        let ids = statement.query_map([], |row| row.get(0)).unwrap();
        let mut ids: Vec<i64> = ids.map(Result::unwrap).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether there is such a row.
    fn is(&self, sql: &str, id: Option<i64>) -> bool {
        self.database
            .prepare_cached(sql)
            .unwrap()
            .exists([id])
            .unwrap()
    }

    fn now(&self) -> i64 {
        self.world.clock.now().timestamp_millis()
    }

    /// The row of a sender's phone, once it texted.
    fn phone(&self, from: usize) -> Option<i64> {
        let sent = self.sent.borrow();
        let (sid, ..) = sent.iter().find(|(_, sender, _)| *sender == from)?;
        let sql = "SELECT phone_id FROM message WHERE sid = ?1";
        Some(
            self.database
                .query_row(sql, [sid], |row| row.get(0))
                .unwrap(),
        )
    }

    /// The words of all texts that a complaint is to keep.
    fn written(&self) -> Vec<String> {
        let sql = "SELECT 1 FROM message JOIN event ON event.message_id = message.id AND event.complaint_id = message.complaint_id
                   WHERE sid = ?1 AND (outcome IN ('complaint', 'added', 'went_on', 'answered')
                       OR outcome = 'unclear' AND event.kind = 'words_added')";
        let mut statement = self.database.prepare_cached(sql).unwrap();
        let mut is_kept = |sid: &str| statement.exists([sid]).unwrap();
        let sent = self.sent.borrow();
        let kept = sent.iter().filter(|(sid, ..)| is_kept(sid));
        kept.map(|(.., body)| body.clone()).collect()
    }

    async fn do_deed(&self, of: usize, deed: Deed, to: &str) {
        let Some(id) = self.pick("id", of) else {
            return;
        };
        let holder: String = self
            .database
            .query_row("SELECT holder FROM complaint WHERE id = ?1", [id], |row| {
                row.get(0)
            })
            .unwrap();
        let who = Person {
            id: PersonId(1),
            name: "Asha".to_owned(),
            email: "a@b".to_owned(),
            role: Role::Officer(OrganisationId::new(holder)),
            language: None,
        };
        let form = DeedForm {
            words: Some("We look into it at Water Dept.".to_owned()),
            to: Some(OrganisationId::new(to)),
            language: None,
        };
        let configuration = Arc::clone(&self.world.configuration);
        let job = move |tx: &mut Tx<'_>| carry_out(tx, &configuration, &who, id, deed, &form, None);
        self.world.store.write("deed", job).await.unwrap();
    }

    async fn close_what_is_due(&self) {
        let unconfirmed = "SELECT id FROM complaint WHERE closed_as = 'unconfirmed' ORDER BY id";
        let before = self.ids(unconfirmed);
        let configuration = Arc::clone(&self.world.configuration);
        let job = move |tx: &mut Tx<'_>| close_unconfirmed(tx, &configuration);
        self.world.store.write("close", job).await.unwrap();
        let mut closed = self.ids(unconfirmed);
        closed.retain(|id| !before.contains(id));
        model::who_is_told_of_a_closing_can_say_otherwise(self, &closed);
    }
}

fn media(says: Says) -> Vec<Media> {
    let picture = Media {
        url: "https://api.example.org/1".to_owned(),
        content_type: "image/jpeg".to_owned(),
    };
    match says {
        Says::Picture(_) => vec![picture],
        _ => Vec::new(),
    }
}
