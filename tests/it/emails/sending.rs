//! The sender with a mail server that does what the test says.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jibu::complaint::EmailFailure;
use jibu::email::{Letter, Mailer, Outcome, Reply, Sender};
use jibu::outbox::{GatewayState, MailSender, MailSettings};
use jibu::store::{EmailFrom, NewEmail};
use tokio::sync::{Notify, watch};

use super::{owed, states};
use crate::served::wait_for;
use crate::world::World;

/// What the server does with the next letter.
enum Next {
    Say(Outcome),
    Panic,
    /// Waits until it is told to go on, then takes it.
    Hold(Arc<Notify>),
}

/// Takes every letter, after doing what it was told for the first ones.
#[derive(Default)]
struct Scripted {
    script: Mutex<Vec<Next>>,
    letters: Mutex<Vec<Letter>>,
}

fn taken() -> Outcome {
    Outcome::Accepted(reply(250))
}

fn reply(code: u16) -> Reply {
    Reply {
        code,
        status: None,
        text: "halima@water.example".to_owned(),
    }
}

impl Mailer for Scripted {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Outcome> {
        let next = {
            let mut script = self.script.lock().unwrap();
            (!script.is_empty()).then(|| script.remove(0))
        };
        self.letters.lock().unwrap().push(letter.clone());
        async move {
            match next {
                None => taken(),
                Some(Next::Say(outcome)) => outcome,
                Some(Next::Panic) => panic!("a defect in the client"),
                Some(Next::Hold(go)) => {
                    go.notified().await;
                    taken()
                }
            }
        }
        .boxed()
    }
}

impl Scripted {
    fn count(&self) -> usize {
        self.letters.lock().unwrap().len()
    }

    async fn has_seen(&self, count: usize) {
        wait_for("the letters to arrive", async || {
            (self.count() == count).then_some(())
        })
        .await;
    }
}

fn settings() -> MailSettings {
    MailSettings {
        from: Sender {
            name: "jibu".to_owned(),
            address: "jibu@example.org".to_owned(),
        },
        per_minute: 6000,
        in_flight: 2,
        expires_after: TimeDelta::hours(72),
    }
}

/// Starts sending; dropping the answer's first part stops it.
fn send(world: &World, script: Vec<Next>) -> (watch::Sender<bool>, Arc<Scripted>, MailSender) {
    let server = Arc::new(Scripted {
        script: Mutex::new(script),
        ..Scripted::default()
    });
    let mailer = Some(Arc::clone(&server) as Arc<dyn Mailer>);
    let sender = MailSender::new(world.store.clone(), mailer, world.clock.clone(), settings());
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(sender.clone().run(stopping));
    (stop, server, sender)
}

/// Owes emails to Halima, with these keys.
async fn owe(world: &World, keys: &[&'static str]) {
    let keys = keys.to_vec();
    let written = world.store.write("owe", move |tx| {
        keys.iter().try_for_each(|key| {
            tx.add_email(&owed(key, "halima@water.example", tx.now))
                .map(|_| ())
        })
    });
    written.await.unwrap();
}

async fn until(world: &World, expected: &[&str]) {
    wait_for(&format!("{expected:?}"), async || {
        (states(&world.folder) == expected).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_fact_owes_one_email_however_often_it_is_told() {
    let world = World::new();
    owe(&world, &["reminder:1", "reminder:1"]).await;
    let (_stop, server, _) = send(&world, vec![]);
    until(&world, &["sent 250"]).await;
    owe(&world, &["reminder:1", "reminder:2"]).await;
    until(&world, &["sent 250", "sent 250"]).await;
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn what_is_written_is_what_leaves_and_the_second_follows_the_first() {
    let world = World::new();
    let written = world.store.write("owe", |tx| {
        tx.add_email(&owed("first", "halima@water.example", tx.now))?;
        let second = NewEmail {
            from: Some(EmailFrom {
                name: "Asha",
                address: "asha@example.org",
            }),
            reply_to: Some("desk@example.org"),
            follows: Some("first"),
            html: None,
            due_at: tx.now + TimeDelta::seconds(1),
            ..owed("second", "halima@water.example", tx.now)
        };
        tx.add_email(&second)
    });
    assert!(written.await.unwrap());
    let (_stop, server, _) = send(&world, vec![]);
    until(&world, &["sent 250", "pending"]).await;
    world.clock.advance(TimeDelta::seconds(1));
    until(&world, &["sent 250", "sent 250"]).await;
    let letters = server.letters.lock().unwrap();
    let [first, second] = letters.as_slice() else {
        panic!("two of them");
    };
    assert_eq!((first.from.name.as_str(), first.follows), ("jibu", None));
    assert_eq!(first.plain, "482 109 3753 waits since Monday.\n");
    assert_eq!(second.follows, Some(first.id));
    assert_eq!(
        (second.from.name.as_str(), second.from.address.as_str()),
        ("Asha", "asha@example.org")
    );
    assert_eq!(second.reply_to.as_deref(), Some("desk@example.org"));
    assert_eq!(
        (second.returns_to.as_str(), &second.html),
        ("jibu@example.org", &None)
    );
}

#[tokio::test]
async fn who_is_put_off_is_tried_again_and_who_is_refused_is_not() {
    let world = World::new();
    owe(&world, &["1"]).await;
    let later = Outcome::NotNow(EmailFailure::Deferred, Some(reply(451)));
    let no = Outcome::Refused(EmailFailure::NoSuchMailbox, Some(reply(550)));
    let (_stop, server, _) = send(&world, vec![Next::Say(later), Next::Say(no)]);
    until(&world, &["pending deferred 451"]).await;
    world.clock.advance(TimeDelta::seconds(7));
    until(&world, &["failed no_such_mailbox 550"]).await;
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_broken_account_holds_all_and_raises_an_alarm_until_it_is_mended() {
    let world = World::new();
    let broken = Outcome::Misconfigured(EmailFailure::Account, Some(reply(535)));
    let (_stop, server, sender) = send(&world, vec![Next::Say(broken)]);
    owe(&world, &["1"]).await;
    until(&world, &["pending account 535"]).await;
    owe(&world, &["2"]).await;
    assert_eq!(
        sender.server_state(),
        Some(GatewayState::Refuses {
            code: Some(535),
            why: Some("account")
        })
    );
    let alarms = world.store.read(|reader| reader.alarms()).await.unwrap();
    assert_eq!(
        (alarms.len(), alarms[0].kind.as_str()),
        (1, "email_account")
    );
    assert_eq!(server.count(), 1, "the second did not leave");
    world.clock.advance(TimeDelta::seconds(61));
    until(&world, &["sent 250", "sent 250"]).await;
    assert_eq!(sender.server_state(), Some(GatewayState::Well));
    let attempts: u32 = crate::world::past_the_store(&world.folder)
        .query_row("SELECT max(attempts) FROM email", [], |row| row.get(0))
        .unwrap();
    assert_eq!(attempts, 1, "a broken account is no failure of the email's");
}

#[tokio::test]
async fn what_is_in_doubt_is_sent_again_by_hand_only_and_as_the_same_letter() {
    let world = World::new();
    owe(&world, &["1"]).await;
    let (_stop, server, _) = send(&world, vec![Next::Say(Outcome::Uncertain)]);
    until(&world, &["uncertain lost"]).await;
    world.clock.advance(TimeDelta::hours(80));
    owe(&world, &["2"]).await;
    until(&world, &["uncertain lost", "sent 250"]).await;
    let id = server.letters.lock().unwrap()[0].id;
    let resend = || {
        world.store.write("resend", move |tx| {
            tx.resend_email(id, &jibu::store::Eyes::Any)
        })
    };
    assert!(resend().await.unwrap());
    until(&world, &["sent 250", "sent 250"]).await;
    assert!(!resend().await.unwrap(), "it has left now");
    let ids: Vec<i64> = server
        .letters
        .lock()
        .unwrap()
        .iter()
        .map(|letter| letter.id)
        .collect();
    assert_eq!(ids[2], ids[0]);
}

#[tokio::test]
async fn a_client_that_fails_in_an_unforeseen_way_leaves_no_email_on_the_wire() {
    let world = World::new();
    owe(&world, &["1"]).await;
    let (_stop, _, _) = send(&world, vec![Next::Panic]);
    until(&world, &["uncertain lost"]).await;
}

#[tokio::test]
async fn no_more_are_on_the_wire_than_agreed() {
    let world = World::new();
    let go = Arc::new(Notify::new());
    owe(&world, &["1", "2", "3"]).await;
    let script = vec![Next::Hold(Arc::clone(&go)), Next::Hold(Arc::clone(&go))];
    let (_stop, server, _) = send(&world, script);
    server.has_seen(2).await;
    assert_eq!(states(&world.folder), ["sending", "sending", "pending"]);
    go.notify_one();
    server.has_seen(3).await;
    go.notify_one();
    until(&world, &["sent 250", "sent 250", "sent 250"]).await;
}

#[tokio::test]
async fn what_is_too_old_or_damaged_is_not_sent() {
    let world = World::new();
    owe(&world, &["old"]).await;
    world.clock.advance(TimeDelta::hours(73));
    owe(&world, &["damaged", "good"]).await;
    crate::world::past_the_store(&world.folder)
        .execute(
            "UPDATE email SET plain = zeroblob(80) WHERE key = 'damaged'",
            [],
        )
        .unwrap();
    let (_stop, server, _) = send(&world, vec![]);
    until(&world, &["expired", "failed sealed", "sent 250"]).await;
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn without_a_server_all_that_is_owed_waits() {
    let world = World::new();
    owe(&world, &["1"]).await;
    crate::world::past_the_store(&world.folder)
        .execute("UPDATE email SET state = 'sending'", [])
        .unwrap();
    let sender = MailSender::new(world.store.clone(), None, world.clock.clone(), settings());
    let (stop, stopping) = watch::channel(false);
    let running = tokio::spawn(sender.clone().run(stopping));
    until(&world, &["uncertain interrupted"]).await;
    owe(&world, &["2"]).await;
    world.clock.advance(TimeDelta::days(30));
    stop.send_replace(true);
    running.await.unwrap();
    assert_eq!(states(&world.folder), ["uncertain interrupted", "pending"]);
    assert_eq!(sender.server_state(), None);
}

#[tokio::test]
async fn nothing_of_an_email_is_in_the_open_and_a_backup_sends_none() {
    let world = World::new();
    owe(&world, &["1"]).await;
    let reader = jibu::store::open_for_reading(&crate::world::paths(&world.folder).database);
    let copies = tempfile::tempdir().unwrap();
    let copy = copies.path().join("jibu.sqlite3");
    reader.unwrap().backup(&copy, |_| {}).unwrap();
    assert_eq!(states(&copies), ["uncertain copied"]);
    let bytes = std::fs::read(&copy).unwrap();
    for words in ["halima", "Two complaints", "482 109"] {
        let found = bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes());
        assert!(!found, "{words}");
    }
}
