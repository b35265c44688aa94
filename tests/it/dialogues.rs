//! Golden conversations: `tests/dialogues/*.txt`, as people would tell them.
//!
//! ```text
//! # Why this conversation matters
//! Amina> Borehole at Habasswein is broken
//! jibu> Thank you. Complaint <first> …
//! Amina> <first>
//! jibu> …
//! (3 days later)
//! Amina> …
//! jibu is silent
//! ```
//! `UPDATE_DIALOGUES=1` writes what was said; then read the difference as the person who gets these texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use chrono::TimeDelta;

use crate::world::World;

/// Names of tracking numbers in the order of their first appearance.
const NAMES: [&str; 6] = [
    "<first>", "<second>", "<third>", "<fourth>", "<fifth>", "<sixth>",
];

/// Phones of those who talk; each their own.
fn phone_of(person: &str) -> String {
    match person {
        "Amina" => "+254711000001".to_owned(),
        "Hassan" => "+254722000002".to_owned(),
        "short code" => "21801".to_owned(),
        "sender's name" => "SAFARICOM".to_owned(),
        "our own number" => "+254700100200".to_owned(),
        other => panic!("nobody called {other} is known here: give them a phone"),
    }
}

#[tokio::test]
async fn conversations_go_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogues");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "the conversations are gone");
    let mut differences = String::new();
    for file in files {
        let script = std::fs::read_to_string(&file).unwrap();
        let held = hold(&script).await;
        if held != script {
            if std::env::var_os("UPDATE_DIALOGUES").is_some() {
                std::fs::write(&file, &held).unwrap();
            }
            let _ = writeln!(differences, "--- {}\n{held}", file.display());
        }
    }
    assert!(
        differences.is_empty(),
        "these went otherwise:\n{differences}"
    );
}

/// Holds the conversation again: what people say is taken from the script, what jibu says is what it says now.
async fn hold(script: &str) -> String {
    let world = World::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let mut held = String::new();
    for line in script.lines() {
        if line.starts_with("jibu") {
            continue;
        }
        let _ = writeln!(held, "{line}");
        if let Some(time) = line.strip_prefix('(') {
            world.clock.advance(duration(time));
        } else if let Some((person, text)) =
            line.split_once("> ").filter(|_| !line.starts_with('#'))
        {
            let text = names
                .iter()
                .fold(text.replace("\\n", "\n"), |text, (number, name)| {
                    text.replace(name, number)
                });
            match world.text(&phone_of(person), &text).await {
                Some(reply) => {
                    let _ = writeln!(held, "jibu> {}", named(&reply, &mut names));
                }
                None => held.push_str("jibu is silent\n"),
            }
        }
    }
    held
}

/// The reply with its tracking numbers replaced by their names: they are random.
fn named(reply: &str, names: &mut BTreeMap<String, &'static str>) -> String {
    for group in jibu::intake::numbers::find(reply) {
        let number = reply[group.at].to_owned();
        let known = names.len();
        names.entry(number).or_insert_with(|| NAMES[known]);
    }
    names
        .iter()
        .fold(reply.to_owned(), |reply, (number, name)| {
            reply.replace(number, name)
        })
}

/// `3 days later)` and the like.
fn duration(words: &str) -> TimeDelta {
    let (count, unit) = words.split_once(' ').unwrap();
    let count: i64 = count.parse().unwrap();
    match unit.trim_end_matches(" later)").trim_end_matches('s') {
        "minute" => TimeDelta::minutes(count),
        "hour" => TimeDelta::hours(count),
        "day" => TimeDelta::days(count),
        other => panic!("how long is a {other}?"),
    }
}
