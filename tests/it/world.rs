//! A small world to test in: the sample county, a database of its own, a clock that stands until it is moved.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use jibu::actions::receive_message::Prepared;
use jibu::actions::{IncomingMessage, Receipt, receive_message};
use jibu::clock::Clock;
use jibu::complaint::{Address, OrganisationId, Status};
use jibu::configuration::Configuration;
use jibu::store::{BY_PERSON, Handover, NewEvent, NewReferral, Store, StorePaths, Tx};
use rusqlite::Connection;
use tempfile::TempDir;

/// The sample county's number.
pub(crate) const LINE: &str = "+254700100200";

/// Two people with a phone.
pub(crate) const AMINA: &str = "+254711000001";
pub(crate) const HASSAN: &str = "+254722000002";

/// Monday morning in Nairobi.
pub(crate) fn monday() -> DateTime<Utc> {
    "2026-05-04T06:00:00Z".parse().unwrap()
}

pub(crate) struct World {
    pub store: Store,
    pub clock: Clock,
    pub configuration: Arc<Configuration>,
    pub folder: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// With changed settings.
    pub(crate) fn with(change: impl FnOnce(&mut Configuration)) -> Self {
        Self::of(|folder| {
            let mut configuration = Configuration::sample(folder, &[]).unwrap();
            change(&mut configuration);
            Arc::new(configuration)
        })
    }

    /// With a configuration, given the folder of the database.
    pub(crate) fn of(configuration: impl FnOnce(&Path) -> Arc<Configuration>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = configuration(folder.path());
        let clock = Clock::standing(monday());
        let store = Store::open(&paths(&folder), clock.clone()).unwrap();
        Self {
            store,
            clock,
            configuration,
            folder,
        }
    }

    /// Closes the store and opens it again, as a restart of the service does.
    pub(crate) async fn restart(&mut self) {
        self.store.close().await;
        self.store = Store::open(&paths(&self.folder), self.clock.clone()).unwrap();
    }

    /// With a complaint of Amina's in it, on a borehole in Eldas.
    pub(crate) async fn with_a_complaint() -> Self {
        let world = Self::new();
        world
            .text(AMINA, "Borehole in Eldas is broken")
            .await
            .expect("she is answered");
        world
    }

    /// Takes a text in and returns its reply, if it gets one.
    pub(crate) async fn text(&self, from: &str, body: &str) -> Option<String> {
        let sid = new_sid();
        assert_eq!(self.deliver(&sid, from, body).await, Receipt::Taken);
        self.reply_to(&sid).await
    }

    pub(crate) async fn deliver(&self, sid: &str, from: &str, body: &str) -> Receipt {
        let message = IncomingMessage {
            sid: sid.to_owned(),
            from: Address::new(from),
            to: Address::new(LINE),
            body: body.to_owned(),
            media: Vec::new(),
        };
        self.deliver_message(message).await
    }

    pub(crate) async fn deliver_message(&self, message: IncomingMessage) -> Receipt {
        let text = Prepared::new(Arc::clone(&self.configuration), &message);
        self.store
            .write("receive_message", move |tx| {
                receive_message(tx, &text, &message)
            })
            .await
            .unwrap()
    }

    /// The words of the reply to a text.
    pub(crate) async fn reply_to(&self, sid: &str) -> Option<String> {
        let sid = sid.to_owned();
        self.store
            .read(move |reader| {
                let message = reader.message(&sid)?.expect("the text was taken in");
                let replies = reader.replies_to(message.id)?;
                assert!(replies.len() <= 1, "one reply a text");
                replies
                    .first()
                    .map(|reply| reader.text_words(reply.id))
                    .transpose()
            })
            .await
            .unwrap()
    }
}

impl World {
    /// A person refers the complaint that was opened last, as the console will.
    pub(crate) async fn refer_by_hand(&self, to: &str) {
        self.refer(BY_PERSON, to).await;
    }

    /// The complaint that was opened last goes on.
    pub(crate) async fn refer(&self, actor: &'static str, to: &str) {
        let complaint = self.last_complaint();
        let to = OrganisationId::new(to);
        let refer = move |tx: &mut Tx<'_>| {
            let complaint = tx.complaint(complaint)?.expect("it was opened");
            let referral = NewReferral {
                from: Some(&complaint.holder),
                to: &to,
                actor,
                reason: "{}",
                person: None,
                returned: false,
                words: None,
            };
            tx.add_referral(complaint.id, &referral)?;
            let handover = Handover {
                holder: &to,
                held_since: tx.now,
                accept_due: complaint.due.accept,
                sector: None,
                kind: None,
                priority: "normal",
                sensitive: complaint.sensitive,
            };
            tx.hand_over(complaint.id, &handover)
        };
        self.store.write("refer_by_hand", refer).await.unwrap();
    }

    /// Who has the complaint that was opened last says that it is solved.
    pub(crate) async fn resolve(&self) {
        let complaint = self.last_complaint();
        let resolved = NewEvent {
            kind: Status::Resolved.as_str(),
            actor: "person",
            ..NewEvent::default()
        };
        let resolve = move |tx: &mut Tx<'_>| tx.add_event(complaint, &resolved);
        self.store.write("resolve", resolve).await.unwrap();
    }

    fn last_complaint(&self) -> i64 {
        let sql = "SELECT max(id) FROM complaint";
        past_the_store(&self.folder)
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }
}

pub(crate) fn paths(folder: impl AsRef<Path>) -> StorePaths {
    let folder = folder.as_ref();
    StorePaths {
        database: folder.join("jibu.sqlite3"),
        keys: folder.join("jibu.keys"),
    }
}

/// The database in a folder, without the store in between: to see what is in it, to hold it up, or to damage it.
#[expect(
    clippy::disallowed_methods,
    reason = "the test goes past what alone opens connections"
)]
pub(crate) fn past_the_store(folder: impl AsRef<Path>) -> Connection {
    Connection::open(paths(folder).database).unwrap()
}

/// Complaints whose `only_hop_at` is not what the ledger says, or that are not with whom it says then.
pub(crate) const OTHER_HOPS: &str = "SELECT id FROM complaint c WHERE
     only_hop_at IS NOT (SELECT min(at) FROM referral WHERE complaint_id = c.id HAVING count(*) = 1)
     OR only_hop_at IS NOT NULL AND holder IS NOT (SELECT to_holder FROM referral WHERE complaint_id = c.id)";

/// A message id as the gateway makes them.
pub(crate) fn new_sid() -> String {
    format!("SM{:032x}", rand::random::<u128>())
}
