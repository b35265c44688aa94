//! Where conversations are held: people with phones, officers at their desks, and the time that goes by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::close_unconfirmed;
use jibu::actions::deed::{DeedForm, Outcome};
use jibu::complaint::{LanguageId, OrganisationId};
use jibu::configuration::Configuration;
use jibu::intake::numbers;
use jibu::people::{Deed, Person};

use crate::desk::{act_on, halima, hire, omar, yusuf, zahra};
use crate::world::{AMINA, HASSAN, World, past_the_store};

/// Names of tracking numbers in the order of their first appearance.
const NAMES: [&str; 8] = [
    "<first>",
    "<second>",
    "<third>",
    "<fourth>",
    "<fifth>",
    "<sixth>",
    "<seventh>",
    "<eighth>",
];

/// What people do with a complaint, as a script says it: `(Halima resolves <first>: Pump replaced.)`.
const DEEDS: [(&str, Deed); 9] = [
    ("accepts", Deed::Accept),
    ("starts", Deed::Start),
    ("updates", Deed::Update),
    ("asks", Deed::Ask),
    ("resolves", Deed::Resolve),
    ("returns", Deed::Return),
    ("refers", Deed::Refer),
    ("marks", Deed::MarkSensitive),
    ("sorts out", Deed::NotAComplaint),
];

/// What of a complaint is on record, in words; a part that is not known is left out.
const RECORD: &str = "
    SELECT iif(closed_as IS NULL, status, 'closed as ' || closed_as) || ', with ' || holder
        || iif(sensitive = 1, '; sensitive', '') || coalesce('; about ' || sector, '') || coalesce('; in ' || place, '')
        || coalesce('; ' || gender, '') || coalesce('; ' || age_group, '') || '; texts: '
        || (SELECT count(*) FROM message WHERE complaint_id = complaint.id)
    FROM complaint WHERE id = ?1";

/// Phones of those who talk; each their own, but for who borrows one.
fn phone_of(person: &str) -> &str {
    match person {
        "Amina" | "Amina's neighbour" => AMINA,
        "Hassan" | "Hassan's brother" => HASSAN,
        "Fatuma" => "+254733000003",
        "Idris" => "+254744000004",
        "Claire" => "+254755000005",
        "short code" => "21801",
        "sender's name" => "SAFARICOM",
        "our own number" => "+254700100200",
        other => panic!("nobody called {other} is known here: give them a phone"),
    }
}

fn officer(name: &str) -> Person {
    match name {
        "Halima" => halima(),
        "Omar" => omar(),
        "Yusuf" => yusuf(),
        "Zahra" => zahra(),
        other => panic!("nobody called {other} works here"),
    }
}

/// The configuration that is shipped, for many stages: reading it is what takes long.
pub(crate) fn shipped() -> Arc<Configuration> {
    Arc::new(Configuration::sample(Path::new("stage"), &[]).unwrap())
}

pub(crate) struct Stage {
    pub world: World,
    /// Tracking numbers in digits, and their names in scripts.
    names: BTreeMap<String, &'static str>,
    /// Whose the phones are, by their rows.
    owners: BTreeMap<i64, String>,
    /// The notices that were read.
    read: BTreeSet<i64>,
}

impl Stage {
    pub(crate) fn new(configuration: &Arc<Configuration>) -> Self {
        let world = World::of(|_| Arc::clone(configuration));
        hire(&world);
        Self {
            world,
            names: BTreeMap::new(),
            owners: BTreeMap::new(),
            read: BTreeSet::new(),
        }
    }

    /// Somebody texts; what jibu says to that.
    pub(crate) async fn text(&mut self, person: &str, words: &str) -> Vec<String> {
        let words = self.spelt(words);
        let reply = self.world.text(phone_of(person), &words).await;
        let phone = self.number("SELECT phone_id FROM message ORDER BY id DESC LIMIT 1");
        self.owners
            .entry(phone)
            .or_insert_with(|| person.to_owned());
        let reply = match reply {
            Some(reply) => format!("jibu> {}", self.named(&reply)),
            None => "jibu is silent".to_owned(),
        };
        let mut said = vec![reply];
        said.extend(self.notices().await);
        said
    }

    /// What the last text was taken for.
    pub(crate) fn outcome(&self) -> String {
        past_the_store(&self.world.folder)
            .query_row(
                "SELECT outcome FROM message ORDER BY id DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .unwrap()
    }

    /// What stands in brackets happens; what jibu says to that, or what is on record.
    pub(crate) async fn step(&mut self, step: &str) -> Vec<String> {
        let step = step.trim_start_matches('(').trim_end_matches(')');
        if let Some(name) = step.strip_prefix("the record of ") {
            return vec![format!("record> {}", self.record(name))];
        }
        match step.strip_suffix(" later") {
            Some(time) => self.wait(time).await,
            None => self.deed(step).await,
        }
        self.notices().await
    }

    /// Time goes by, and what falls due is done.
    async fn wait(&self, time: &str) {
        let (count, unit) = time.split_once(' ').unwrap();
        let count: i64 = count.parse().unwrap();
        self.world.clock.advance(match unit.trim_end_matches('s') {
            "second" => TimeDelta::seconds(count),
            "minute" => TimeDelta::minutes(count),
            "hour" => TimeDelta::hours(count),
            "day" => TimeDelta::days(count),
            other => panic!("how long is a {other}?"),
        });
        let configuration = self.world.configuration.clone();
        self.world
            .store
            .write("close", move |tx| close_unconfirmed(tx, &configuration))
            .await
            .unwrap();
    }

    /// Who, what, which complaint, where the script names one, and to whom or to which language: `Omar refers <first> to wajir-health: …`.
    async fn deed(&self, step: &str) {
        let (what, words) = step.split_once(": ").unwrap_or((step, ""));
        let (name, what) = what.split_once(' ').unwrap();
        let to = what.split_once(" to ").map(|(_, to)| to);
        let (deed, language) = match DEEDS.iter().find(|(verb, _)| what.starts_with(verb)) {
            Some((_, deed)) => (*deed, None),
            None if what.starts_with("sets") => (Deed::Language, to.map(LanguageId::new)),
            None => panic!("nobody can do this: {step}"),
        };
        let form = DeedForm {
            words: (!words.is_empty()).then(|| words.to_owned()),
            to: to.filter(|_| language.is_none()).map(OrganisationId::new),
            language,
        };
        let complaint = self.complaint(what);
        let outcome = act_on(&self.world, complaint, &officer(name), deed, form, None).await;
        assert_eq!(outcome, Outcome::Done, "{step}");
    }

    /// The complaint that the words name, else the one that was opened last.
    fn complaint(&self, words: &str) -> i64 {
        let named = self.names.iter().find(|(_, name)| words.contains(**name));
        match named {
            Some((number, _)) => {
                self.number(&format!("SELECT id FROM complaint WHERE number = {number}"))
            }
            None => self.number("SELECT max(id) FROM complaint"),
        }
    }

    fn record(&self, name: &str) -> String {
        past_the_store(&self.world.folder)
            .query_row(RECORD, [self.complaint(name)], |row| row.get(0))
            .unwrap()
    }

    fn number(&self, sql: &str) -> i64 {
        past_the_store(&self.world.folder)
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    }

    /// The notices that left since these were last read.
    async fn notices(&mut self) -> Vec<String> {
        let now = self.world.clock.now().timestamp_millis();
        let left: Vec<(i64, i64)> = past_the_store(&self.world.folder)
            .prepare(
                "SELECT id, phone_id FROM outbox WHERE notice = 1 AND state = 'pending' AND due_at <= ?1
                 ORDER BY due_at, id",
            )
            .unwrap()
            .query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut lines = Vec::new();
        for (id, phone) in left {
            if self.read.insert(id) {
                let read = move |reader: &jibu::store::Reader<'_>| reader.text_words(id);
                let words = self.world.store.read(read).await.unwrap();
                let words = self.named(&words);
                lines.push(format!("jibu to {}> {words}", self.owners[&phone]));
            }
        }
        lines
    }

    /// A text of the script with the numbers that its names stand for; also as people spell or misspell them.
    fn spelt(&self, words: &str) -> String {
        let words = words.replace("\\n", "\n");
        self.names.iter().fold(words, |words, (number, name)| {
            let bare = name.trim_end_matches('>');
            let (first, second, third) = (&number[..3], &number[3..6], &number[6..]);
            words
                .replace(name, &format!("{first} {second} {third}"))
                .replace(&format!("{bare}, a digit wrong>"), &mistyped(number))
                .replace(&format!("{bare}, in Eastern digits>"), &eastern(number))
        })
    }

    /// The text with its tracking numbers replaced by their names: they are random.
    fn named(&mut self, text: &str) -> String {
        let mut named = text.to_owned();
        for group in numbers::find(text) {
            let shown = &text[group.at];
            let next = NAMES[self.names.len()];
            let name = self.names.entry(shown.replace(' ', "")).or_insert(next);
            named = named.replace(shown, name);
        }
        named
    }
}

fn mistyped(number: &str) -> String {
    let (rest, last) = number.split_at(number.len() - 1);
    let other = (last.parse::<u8>().unwrap() + 1) % 10;
    format!("{rest}{other}")
}

fn eastern(number: &str) -> String {
    number
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(0x660 + digit).unwrap(),
            None => c,
        })
        .collect()
}
