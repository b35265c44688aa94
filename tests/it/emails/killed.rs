//! Pull the plug at each step from a deadline that passes to the letter that left: no step is lost or taken twice, and no letter leaves
//! twice.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{TimeDelta, Timelike};
use chrono_tz::Africa::Nairobi;
use jibu::clock::Clock;
use jibu::configuration::Configuration;
use jibu::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

use super::post::Post;
use crate::edited::copy_sample;
use crate::process::{Process, free_port};
use crate::served::wait_for;
use crate::world::{World, past_the_store, paths};

/// Who hears of the complaints, and how many letters each gets: the convener one of all that is not urgent, and one of what is.
const READERS: [(&str, usize); 3] = [
    ("complaints@water.wajir.example", 1),
    ("complaints@health.wajir.example", 1),
    ("convener@transparency-wajir.example", 2),
];
const LETTERS: usize = 4;

/// Complaints that fell overdue while nothing ran, and a county where somebody is at work at any hour.
struct Left {
    folder: TempDir,
    config: PathBuf,
    post: Post,
    database: Connection,
    complaints: usize,
}

impl Left {
    /// That many on boreholes, and one that is urgent.
    async fn behind(boreholes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config");
        copy_sample(&config);
        let calendar = "[[calendar]]\nweekend = []\nopens = \"00:00\"\ncloses = \"23:59\"\n";
        std::fs::write(config.join("calendar.toml"), calendar).unwrap();
        let now = Clock::system().now();
        // No letter is to fall on another day than the one before.
        let zone = match now.with_timezone(&Nairobi).hour() {
            23 => "Asia/Tokyo",
            _ => "Africa/Nairobi",
        };
        let routing = config.join("routing.toml");
        let rules = std::fs::read_to_string(&routing).unwrap();
        std::fs::write(&routing, rules.replacen("Africa/Nairobi", zone, 1)).unwrap();
        let clock = Clock::standing(now - TimeDelta::days(12));
        let world = World {
            store: Store::open(&paths(&folder), clock.clone()).unwrap(),
            clock,
            configuration: Arc::new(Configuration::sample(folder.path(), &[]).unwrap()),
            folder,
        };
        for n in 0..boreholes {
            let words = format!("Borehole in Eldas is broken, the {n}th");
            world.text(&format!("+2547110{n:05}"), &words).await;
        }
        let words = "Cholera in Eldas, people are dying";
        world.text("+254722000002", words).await;
        world.store.close().await;
        Self {
            config,
            post: Post::start(),
            database: past_the_store(&world.folder),
            folder: world.folder,
            complaints: boreholes + 1,
        }
    }

    fn spawn(&self) -> Process {
        let settings = self.post.settings();
        let settings: Vec<(&str, &str)> = settings
            .iter()
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        let nobody = "http://127.0.0.1:9";
        Process::spawn_from(
            &self.config,
            self.folder.path(),
            free_port(),
            nobody,
            &settings,
        )
    }

    fn count(&self, sql: &str) -> usize {
        let count: i64 = self
            .database
            .query_row(&format!("SELECT count(*) FROM {sql}"), [], |row| row.get(0))
            .unwrap();
        usize::try_from(count).unwrap()
    }

    /// How far it has come: steps, letters, letters on the wire, letters that left.
    fn progress(&self) -> [usize; 4] {
        [
            "reminder",
            "email",
            "email WHERE state <> 'pending'",
            "email WHERE state NOT IN ('pending', 'sending')",
        ]
        .map(|sql| self.count(sql))
    }

    async fn until_all_has_left(&self) {
        let end = [self.complaints, LETTERS, LETTERS, LETTERS];
        wait_for("all letters to leave", async || {
            (self.progress() == end).then_some(())
        })
        .await;
    }

    /// Each step once, each letter once; `in_doubt` letters at most of which nobody knows whether they arrived.
    fn is_told_once(&self, in_doubt: usize) {
        let at = self.progress();
        assert_eq!(at, [self.complaints, LETTERS, LETTERS, LETTERS]);
        let once = "(SELECT DISTINCT complaint_id FROM reminder WHERE step = 'first')";
        assert_eq!(self.count(once), self.complaints);
        assert_eq!(self.count("event WHERE kind = 'reminded'"), self.complaints);
        let uncertain = self.count("email WHERE state = 'uncertain'");
        assert!(uncertain <= in_doubt, "{uncertain} of {in_doubt}");
        let mut taken: Vec<String> = Vec::new();
        for (reader, letters) in READERS {
            let theirs = self.post.taken(reader);
            assert!(theirs.len() <= letters, "{reader}: {theirs:?}");
            taken.extend(theirs);
        }
        let all = taken.len();
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), all, "each once");
        let mut statement = self
            .database
            .prepare(
                "SELECT '<jibu-email-' || id || '@example.org>' FROM email WHERE state = 'sent'",
            )
            .unwrap();
        let sent = statement.query_map([], |row| row.get(0)).unwrap();
        for id in sent.map(Result::<String, _>::unwrap) {
            assert!(taken.contains(&id), "{id} is said to have left: {taken:?}");
        }
    }
}

/// What the database refuses, so that the service stands just before it; what the log says then; how far it has come; and how many
/// letters may be in doubt afterwards.
const STEPS: [(&str, &str, [usize; 3], usize); 4] = [
    (
        "BEFORE INSERT ON reminder",
        "What is due could not be done",
        [0, 0, 0],
        0,
    ),
    (
        "BEFORE INSERT ON email",
        "What is due could not be done",
        [3, 0, 0],
        0,
    ),
    (
        "BEFORE UPDATE ON email WHEN NEW.state = 'sending'",
        "The emails could not be looked at",
        [3, LETTERS, 0],
        0,
    ),
    (
        "BEFORE UPDATE ON email WHEN NEW.state = 'sent'",
        "What a hand-over came to could not be recorded yet",
        [3, LETTERS, 2],
        LETTERS,
    ),
];

#[tokio::test]
async fn between_any_two_steps() {
    for (before, told, reached, in_doubt) in STEPS {
        let left = Left::behind(2).await;
        let trigger =
            format!("CREATE TRIGGER held {before} BEGIN SELECT RAISE(ABORT, 'held'); END");
        left.database.execute_batch(&trigger).unwrap();
        let mut process = left.spawn();
        wait_for(told, async || {
            let [steps, letters, flown, _] = left.progress();
            let is_there = [steps, letters, flown] >= reached;
            (is_there && process.log().contains(told)).then_some(())
        })
        .await;
        process.kill();
        assert_eq!(left.progress()[3], 0, "{before}");
        left.database.execute_batch("DROP TRIGGER held").unwrap();

        let mut process = left.spawn();
        left.until_all_has_left().await;
        process.kill();
        left.is_told_once(in_doubt);
        let mut process = left.spawn().ready().await;
        process.terminate();
        assert!(process.wait().success());
        left.is_told_once(in_doubt);
    }
}

/// As soon as anything is seen to have happened, again and again.
#[tokio::test]
async fn at_whatever_is_seen_to_have_happened() {
    let left = Left::behind(45).await;
    let mut kills = 0;
    while left.progress() != [left.complaints, LETTERS, LETTERS, LETTERS] && kills < 12 {
        let before = left.progress();
        let mut process = left.spawn();
        wait_for("anything to happen", async || {
            (left.progress() != before).then_some(())
        })
        .await;
        process.kill();
        kills += 1;
    }
    assert!(kills > 2, "the plug was pulled too late to prove anything");
    let mut process = left.spawn();
    left.until_all_has_left().await;
    process.kill();
    left.is_told_once(LETTERS);
}
