//! Two hundred texts in the manner of people, in five languages, and whether they are taken for what they are: `meanings.txt`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jibu::configuration::Configuration;

use crate::stage::{Stage, shipped};

/// So many of them, in hundredths, are to be taken for what they are.
const TO_BE_UNDERSTOOD: usize = 99;

/// So many there are in each language.
const EACH: usize = 40;

#[derive(Debug)]
struct Sample<'t> {
    language: &'t str,
    before: &'t str,
    meaning: &'t str,
    text: &'t str,
}

fn samples() -> Vec<Sample<'static>> {
    let lines = include_str!("meanings.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.splitn(4, '|').map(str::trim);
            let mut next = || cells.next().unwrap();
            Sample {
                language: next(),
                before: next(),
                meaning: next(),
                text: next(),
            }
        })
        .collect()
}

/// What went before a text, as a script.
fn script(before: &str) -> &'static [&'static str] {
    match before {
        "nothing" => &[],
        "minutes ago" => &["Borehole in Eldas is broken", "(5 minutes later)"],
        "days ago" => &["Borehole in Eldas is broken", "(4 days later)"],
        "who" => &["Borehole in Eldas is broken", "(1 minute later)"],
        "age" => &["Borehole in Eldas is broken", "1", "(1 minute later)"],
        "where" => &["no water for three days", "(1 minute later)"],
        "which" => &["no water in Jogoo", "(1 minute later)"],
        "sector" => &["the chief in Bute gives no letters", "(1 minute later)"],
        "verdict" => &[
            "Borehole in Eldas is broken",
            "(Halima accepts)",
            "(1 day later)",
            "(Halima resolves: Pump replaced.)",
            "(1 hour later)",
        ],
        "officer" => &[
            "Borehole in Eldas is broken",
            "(Halima accepts)",
            "(1 day later)",
            "(Halima asks: Which part is broken?)",
            "(1 hour later)",
        ],
        "stopped" => &["STOP", "(1 minute later)"],
        other => panic!("what is {other}?"),
    }
}

/// What a text was taken for, in the words of `meanings.txt`.
fn meaning(outcome: &str) -> String {
    match outcome {
        "complaint" => "complaint".to_owned(),
        "status" | "number_unknown" | "check_number" => "status".to_owned(),
        "added" | "went_on" => "follow_up".to_owned(),
        "stop" | "start" | "help" | "language" => format!("command {outcome}"),
        answer => format!("answer {answer}"),
    }
}

impl Sample<'_> {
    /// What the text is taken for, where it is not what it means.
    async fn missed(&self, configuration: &Arc<Configuration>) -> Option<String> {
        let mut stage = Stage::new(configuration);
        for line in script(self.before) {
            match line.starts_with('(') {
                true => stage.step(line).await,
                false => stage.text("Amina", line).await,
            };
        }
        let text = self.text.replace("<number", "<first");
        stage.text("Amina", &text).await;
        let taken = meaning(&stage.outcome());
        // A greeting is answered like a call for help.
        let meant = match self.meaning {
            "greeting" => "command help",
            meaning => meaning,
        };
        (taken != meant).then_some(taken)
    }
}

#[tokio::test]
async fn texts_are_taken_for_what_they_are() {
    let samples = samples();
    let configuration = shipped();
    let mut of_each: BTreeMap<&str, usize> = BTreeMap::new();
    let mut missed = Vec::new();
    for sample in &samples {
        *of_each.entry(sample.language).or_default() += 1;
        if let Some(taken) = sample.missed(&configuration).await {
            missed.push(format!("taken for {taken}: {sample:?}"));
        }
    }
    assert_eq!(of_each.len(), 5);
    assert!(of_each.values().all(|count| *count >= EACH), "{of_each:?}");
    let understood = samples.len() - missed.len();
    println!("{understood} of {}\n{}", samples.len(), missed.join("\n"));
    assert!(
        understood * 100 >= samples.len() * TO_BE_UNDERSTOOD,
        "{} of {} were taken for something else:\n{}",
        missed.len(),
        samples.len(),
        missed.join("\n")
    );
}
