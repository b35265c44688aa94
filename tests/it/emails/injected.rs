//! Headers written into each field that comes into a letter: an address is refused, and with anything else the letter has just the headers
//! that are meant, once each, and goes to nobody else.

use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jibu::configuration::{Configuration, Live};
use jibu::email::{Letter, Mailer, Outcome, Reply};
use jibu::intake::places::Places;
use jibu::letters::Letters;
use jibu::outbox::{MailSender, MailSettings};
use jibu::routing::Rules;
use jibu::timers::do_what_is_due;
use tokio::sync::watch;

use super::states;
use crate::served::wait_for;
use crate::world::{AMINA, HASSAN, World};

const EVIL: [&str; 8] = [
    "x\r\nBcc: thief@example.org",
    "x\nBcc: thief@example.org\n\nA second body",
    "x\rBcc: thief@example.org",
    "x\0y",
    "x\u{2028}Bcc: thief@example.org",
    "x\" <thief@example.org>, \"y",
    "=?utf-8?q?x=0D=0ABcc:_thief@example.org?=",
    "مياه وجير\r\nBcc: thief@example.org",
];

/// Names in routing.toml, as the sample spells them.
const NAMES: [&str; 4] = [
    "name = \"Wajir County Water Department\"",
    "name = \"Transparency Wajir, convener of the complaints mechanism\"",
    "name = \"Wajir\"",
    "name = \"Water\"",
];
/// Addresses in it.
const ADDRESSES: [&str; 3] = [
    "email = \"complaints@water.wajir.example\"",
    "email = \"convener@transparency-wajir.example\"",
    "committee = \"committee@wajir.example\"",
];
/// Subjects in letters/en.toml, and what each needs.
const SUBJECTS: [(&str, &str); 3] = [
    ("one = \"{county}: one complaint is overdue\"", "{county}"),
    ("alone = \"Complaint {number} is overdue\"", "{number}"),
    (
        "one = \"{county}: one complaint that nobody answers\"",
        "{county}",
    ),
];
/// Each once, and no other.
const HEADERS: [&str; 11] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "MIME-Version",
    "Message-ID",
    "Precedence",
    "Sender",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
];

/// The same key with an evil value, as TOML spells it.
fn with(line: &str, evil: &str) -> String {
    let (key, _) = line.split_once('=').unwrap();
    format!("{key}= {}", serde_json::to_string(evil).unwrap())
}

/// The sample with it in each field that comes into a letter, but for addresses: with it these are refused.
fn sample_with(folder: &Path, evil: &str) -> Configuration {
    let sample = |from: String| {
        let settings = [("email.from_name", evil.to_owned()), ("email.from", from)];
        Configuration::sample(folder, &settings)
    };
    let from = "jibu@example.org";
    assert!(sample(format!("{from}{evil}")).is_err(), "{evil:?}");
    let mut configuration = sample(from.to_owned()).unwrap();
    configuration.settings.server.public_url = format!("https://sms.example.org/{evil}");

    let row = "bute,Bute,ward,wajir-north,";
    let quoted = evil.replace('"', "\"\"");
    let evil_row = format!("bute,\"{quoted}\",ward,wajir-north,Bute|");
    let places = replaced(include_str!("../../../config/places.csv"), row, &evil_row);
    configuration.places = Places::load("places.csv", &places).unwrap();

    let (sample, _) = include_str!("../../../config/routing.toml")
        .split_once("\n[[test]]")
        .unwrap();
    let rules = |source: &str| Rules::load("routing.toml", source, Some(&configuration.places));
    for line in ADDRESSES {
        let (_, value) = line.split_once('=').unwrap();
        let address = value.trim().trim_matches('"');
        let changed = replaced(sample, line, &with(line, &format!("{address}{evil}")));
        assert!(rules(&changed).is_err(), "{line} with {evil:?}");
    }
    let wishes = format!("{}\nnotices = \"each\"", ADDRESSES[0]);
    let source = NAMES.iter().fold(sample.to_owned(), |source, line| {
        replaced(&source, line, &with(line, evil))
    });
    configuration.rules = rules(&replaced(&source, ADDRESSES[0], &wishes)).unwrap();

    let words = include_str!("../../../config/letters/en.toml").to_owned();
    let words = SUBJECTS.iter().fold(words, |words, (line, needed)| {
        replaced(&words, line, &with(line, &format!("{evil} {needed}")))
    });
    configuration.letters = Letters::load(&[("letters/en.toml".to_owned(), words)]).unwrap();
    configuration
}

fn replaced(source: &str, line: &str, by: &str) -> String {
    assert!(source.contains(line), "{line}");
    source.replacen(line, by, 1)
}

/// Keeps each letter as it goes over the wire.
#[derive(Default)]
struct Composing(Mutex<Vec<(String, Vec<String>, String)>>);

impl Mailer for Composing {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Outcome> {
        async move {
            let message = letter.compose().unwrap();
            let recipients = message.envelope().to().iter();
            let recipients = recipients.map(ToString::to_string).collect();
            let whole = String::from_utf8(message.formatted()).unwrap();
            self.0
                .lock()
                .unwrap()
                .push((letter.to.clone(), recipients, whole));
            Outcome::Accepted(Reply {
                code: 250,
                status: None,
                text: String::new(),
            })
        }
        .boxed()
    }
}

#[tokio::test]
async fn whatever_is_written_in_a_field_the_letter_has_the_headers_that_are_meant() {
    for evil in EVIL {
        let world = World::of(|folder| Arc::new(sample_with(folder, evil)));
        world.text(AMINA, "Borehole in Bute is broken").await;
        world
            .text(HASSAN, "Cholera in Eldas, people are dying")
            .await;
        let post = Arc::new(Composing::default());
        let settings = MailSettings {
            from: world.configuration.settings.email.sender(),
            per_minute: 6_000,
            in_flight: 2,
            expires_after: TimeDelta::hours(72),
        };
        let mailer = Some(Arc::clone(&post) as Arc<dyn Mailer>);
        let sender = MailSender::new(world.store.clone(), mailer, world.clock.clone(), settings);
        let (stop, stopping) = watch::channel(false);
        let sending = tokio::spawn(sender.run(stopping));
        // Monday, Thursday, Monday, Wednesday, and the Wednesday after.
        for hours in [1, 3 * 24, 4 * 24, 2 * 24, 7 * 24] {
            world.clock.advance(TimeDelta::hours(hours));
            let live = Live::new(Arc::clone(&world.configuration), world.clock.now());
            do_what_is_due(&world.store, &live).await;
            wait_for("all letters to leave", async || {
                let states = states(&world.folder);
                states.iter().all(|state| state == "sent 250").then_some(())
            })
            .await;
        }
        stop.send_replace(true);
        sending.await.unwrap();
        let letters = post.0.lock().unwrap();
        assert!(
            letters.len() > 12,
            "{} letters with {evil:?}",
            letters.len()
        );
        for (to, recipients, whole) in letters.iter() {
            let headers = headers(whole);
            assert_eq!(recipients, std::slice::from_ref(to));
            let value = |name: &str| &headers.iter().find(|(known, _)| known == name).unwrap().1;
            assert_eq!(value("To"), to, "{evil:?}");
            let is_ours = |address: &str| value("From").ends_with(address);
            assert!(
                is_ours("<convener@transparency-wajir.example>") || is_ours("<jibu@example.org>"),
                "{whole}"
            );
            let mut names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
            names.sort_unstable();
            let mut meant = HEADERS.to_vec();
            // Who hands it over stands apart only where somebody else writes.
            if is_ours("<jibu@example.org>") {
                meant.retain(|name| *name != "Sender");
            }
            assert_eq!(names, meant, "{evil:?}");
        }
    }
}

/// The lines of the message's own headers, unfolded: each a name and a value.
fn headers(whole: &str) -> Vec<(String, String)> {
    assert!(whole.is_ascii());
    let (head, _) = whole.split_once("\r\n\r\n").unwrap();
    let bare = head.replace("\r\n", "");
    assert!(!bare.contains(['\r', '\n', '\0']), "{head:?}");
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let lines = unfolded.split("\r\n").map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_owned(), value.to_owned())
    });
    lines.collect()
}
