//! `jibu learn`, as an administrator runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::process;
use crate::world::{LINE, World};

fn complaints() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/learn/complaints.csv")
}

fn jibu(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jibu"))
        .args(arguments)
        .output()
        .unwrap()
}

fn learn(file: &Path, label_column: &str) -> Output {
    learn_with(file, label_column, &[])
}

fn learn_with(file: &Path, label_column: &str, more: &[&str]) -> Output {
    let file = file.to_str().unwrap();
    let columns = ["--text-column", "text", "--label-column", label_column];
    jibu(&[&["learn", "--file", file], &columns[..], more].concat())
}

fn words(said: &[u8]) -> String {
    String::from_utf8(said.to_vec()).unwrap()
}

/// With `UPDATE_GOLDEN=1` the file is written anew, to be read in the diff.
#[test]
fn the_proposal_for_the_samples_complaints_is_as_written() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = package.join("config");
    let proposed = learn_with(&complaints(), "to", &["--config", config.to_str().unwrap()]);
    assert!(proposed.status.success(), "{}", words(&proposed.stderr));
    let golden = package.join("tests/rules/learn/proposed.toml");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &proposed.stdout).unwrap();
    }
    let golden = std::fs::read_to_string(golden).unwrap();
    assert_eq!(words(&proposed.stdout), golden);
}

#[test]
fn what_it_says_is_a_routing_toml_that_check_finds_good() {
    let proposed = learn(&complaints(), "to");
    assert!(proposed.status.success(), "{}", words(&proposed.stderr));
    let folder = tempfile::tempdir().unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    std::fs::write(folder.path().join("routing.toml"), &proposed.stdout).unwrap();
    std::fs::copy(config.join("places.csv"), folder.path().join("places.csv")).unwrap();
    std::fs::create_dir(folder.path().join("replies")).unwrap();
    for entry in std::fs::read_dir(config.join("replies")).unwrap() {
        let entry = entry.unwrap();
        let to = folder.path().join("replies").join(entry.file_name());
        std::fs::copy(entry.path(), to).unwrap();
    }
    let checked = jibu(&["check", "--config", folder.path().to_str().unwrap()]);
    let said = words(&checked.stdout);
    assert!(checked.status.success(), "{said}");
    assert!(said.contains("is good: 9 organisations, 8 rules"), "{said}");
}

#[test]
fn what_it_cannot_learn_from_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = |content: &str, column: &str| {
        let file = folder.path().join("file.csv");
        std::fs::write(&file, content).unwrap();
        let said = learn(&file, column);
        assert!(!said.status.success() && said.stdout.is_empty());
        words(&said.stderr).replace(folder.path().to_str().unwrap(), "DIR")
    };
    assert_eq!(
        told("text,label\nmaji,water\n", "labels"),
        "error: DIR/file.csv has no column `labels`; did you mean `label`?\n"
    );
    assert_eq!(
        told("text,label\n", "label"),
        "error: there is no text with a label to learn from\n"
    );
    assert_eq!(
        told("text,label\nmaji,water\nkisima,water\n", "label"),
        "error: all texts have the label `water`: words are learnt from what tells one label from another\n"
    );
    assert!(
        words(&learn(Path::new("/nowhere.csv"), "to").stderr)
            .starts_with("error: /nowhere.csv cannot be read")
    );
}

/// What it proposes from the complaints of a world.
fn from_history(world: &World) -> Output {
    let config = process::shipped();
    let arguments = ["learn", "--history", "--config", config.to_str().unwrap()];
    process::jibu(&arguments, world.folder.path())
}

#[tokio::test]
async fn what_people_did_with_complaints_is_learnt_and_their_words_are_not_quoted() {
    let world = World::new();
    let nothing = process::refused(&from_history(&world));
    assert_eq!(
        nothing,
        "error: there is nothing to learn from yet: nobody has referred a complaint by hand, or resolved one\n"
    );

    for day in ["Monday", "Tuesday", "Friday"] {
        for (words, to) in [
            (format!("The lorry broke our fence on {day}"), "wajir-roads"),
            (
                format!("A lorry brought salty biscuits {day}"),
                "wajir-food-aid",
            ),
            (
                format!("officer {day} wants a bribe, chairman Zanzibari"),
                "wajir-health",
            ),
        ] {
            world.text(&new_phone(), &words).await;
            world.refer_by_hand(to).await;
        }
        // Sent there by the rules, and the holder did not say no: it solved it.
        world
            .text(&new_phone(), &format!("Kisima kimekauka {day}"))
            .await;
        world.resolve().await;
        // Sent there by the rules, and nobody has said anything yet.
        world
            .text(&new_phone(), &format!("Barabara mbovu {day}"))
            .await;
        // Solved, as its holder said, and then it was not: the convener has it.
        world
            .text(&new_phone(), &format!("Daraja limeanguka {day}"))
            .await;
        world.resolve().await;
        world.refer("complainant", "ti-wajir").await;
        // Returned: nobody knows yet whose it is.
        world
            .text(&new_phone(), &format!("Mwalimu mgeni {day}"))
            .await;
        world.refer_by_hand("ti-wajir").await;
    }
    let toml = process::said(&from_history(&world));
    assert!(
        toml.starts_with("# Proposed by `jibu learn` from 9 complaints that people referred by hand or resolved: 9 different texts with one of 3 labels.\n"),
        "{toml}"
    );
    for learnt in [
        "broke",
        "biscuit",
        "kimekau",
        "wajir-roads",
        "wajir-food-aid",
        "wajir-water",
    ] {
        assert!(toml.contains(learnt), "{learnt}: {toml}");
    }
    for kept in [
        "zanzibari",
        "bribe",
        "barabara",
        "mgeni",
        "daraja",
        "limeanguka",
        "The lorry broke",
        "our fence on Monday",
    ] {
        assert!(!toml.contains(kept), "{kept}: {toml}");
    }
    let numbers = toml
        .lines()
        .filter_map(|line| line.split_once("  # 3 of 3: "));
    let numbers: Vec<&str> = numbers.map(|(_, number)| number).collect();
    assert!(
        !numbers.is_empty() && numbers.iter().all(|number| is_grouped(number)),
        "{toml}"
    );
}

fn new_phone() -> String {
    format!(
        "{}{}",
        &LINE[..4],
        rand::random_range(711_000_000..712_000_000)
    )
}

/// `482 109 3753`
fn is_grouped(number: &str) -> bool {
    let groups: Vec<usize> = number.split(' ').map(str::len).collect();
    groups == [3, 3, 4] && number.chars().all(|c| c == ' ' || c.is_ascii_digit())
}
