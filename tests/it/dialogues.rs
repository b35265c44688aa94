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
//! (Halima resolves <first>: Pump replaced.)
//! jibu to Amina> <first>: Water Dept says it is solved: …
//! (the record of <first>)
//! record> resolved, with wajir-water; …
//! ```
//! Lines of jibu and of the record are what the service says and has now; all others are the script. In brackets stand the time that
//! goes by, with what falls due in it, and what people of the console do ([`super::stage`]). A text that nobody asked for says to whom it
//! goes.
//!
//! `UPDATE_DIALOGUES=1` writes what was said; then read the difference as the person who gets these texts.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use jibu::configuration::Configuration;

use crate::stage::{Stage, shipped};

#[tokio::test]
async fn conversations_go_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dialogues");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 50, "conversations are gone");
    let configuration = shipped();
    let mut differences = String::new();
    for file in files {
        let script = std::fs::read_to_string(&file).unwrap();
        assert!(
            script.contains("\njibu"),
            "nothing is said in {}",
            file.display()
        );
        let held = hold(&script, &configuration).await;
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

/// Holds the conversation again: what people say and do is taken from the script, what jibu says is what it says now.
async fn hold(script: &str, configuration: &Arc<Configuration>) -> String {
    let mut stage = Stage::new(configuration);
    let mut held = String::new();
    for line in script.lines() {
        if line.starts_with("jibu") || line.starts_with("record>") {
            continue;
        }
        let _ = writeln!(held, "{line}");
        let said = match line.split_once("> ") {
            _ if line.starts_with('#') => Vec::new(),
            _ if line.starts_with('(') => stage.step(line).await,
            Some((person, words)) => stage.text(person, words).await,
            None => Vec::new(),
        };
        for line in said {
            let _ = writeln!(held, "{line}");
        }
    }
    held
}
