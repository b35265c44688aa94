//! `jibu route --replay`: what an edited directory would do to the complaints that there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use chrono::TimeDelta;
use futures_util::stream::{self, StreamExt};
use jibu::clock::Clock;
use serde_json::{Value, json};

use crate::edited::{copy_sample, rule};
use crate::process::{jibu, refused, said, shipped};
use crate::world::{World, new_sid, past_the_store};

/// The sample with other rules, in a directory of the world's.
fn edit(world: &World, change: impl Fn(String) -> String) -> PathBuf {
    let edited = world.folder.path().join("edited");
    copy_sample(&edited);
    let routing = edited.join("routing.toml");
    let sample = fs::read_to_string(&routing).unwrap();
    // Its own tests would refuse most of what is tried here.
    let rules = sample[..sample.find("# ── Tests").unwrap()].to_owned();
    fs::write(&routing, change(rules)).unwrap();
    edited
}

/// The sample's rules and those of an edited directory on the complaints of the world, beside the service that has them open.
fn replay(world: &World, edited: &Path, more: &[&str]) -> Output {
    let (config, edited) = (shipped(), edited.to_str().unwrap());
    let arguments = [
        "route",
        "--config",
        config.to_str().unwrap(),
        "--replay",
        edited,
    ];
    jibu(&[&arguments, more].concat(), world.folder.path())
}

fn replayed(world: &World, edited: &Path, more: &[&str]) -> Value {
    let told = said(&replay(world, edited, &[more, &["--json"]].concat()));
    serde_json::from_str(&told).unwrap()
}

/// Texts, and returns the tracking number of the complaint that it opened.
/// Somebody who never texted before complains; the tracking number.
async fn complain(world: &World, words: &str) -> String {
    let phones: i64 = past_the_store(&world.folder)
        .query_row("SELECT count(*) FROM phone", [], |row| row.get(0))
        .unwrap();
    world.text(&format!("+2547110{phones:05}"), words).await;
    let number: i64 = past_the_store(&world.folder)
        .query_row(
            "SELECT number FROM complaint ORDER BY id DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let digits = number.to_string();
    format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
}

#[tokio::test]
async fn what_would_move_is_told_by_number_and_never_by_its_words() {
    let world = World::new();
    let first = complain(&world, "A zebra stands in the yard").await;
    complain(&world, "Kisima cha Bute kimeharibika").await;
    let second = complain(&world, "Another zebra, in the market of Eldas").await;
    complain(&world, "The zebra has eaten our crops").await;
    world.refer_by_hand("wajir-roads").await;
    complain(&world, "This zebra is lame").await;
    world.refer_by_hand("wajir-health").await;
    // Returned to the convener.
    let third = complain(&world, "A zebra with a bad tooth").await;
    world.refer_by_hand("ti-wajir").await;

    let edited = edit(&world, |sample| sample + &rule("zebra", "wajir-roads"));
    let told = said(&replay(&world, &edited, &[]));
    let told = told
        .replace(edited.to_str().unwrap(), "EDITED")
        .replace(shipped().to_str().unwrap(), "CONFIG");
    let expected = format!(
        "\
Compared     the words that opened each complaint, decided by the rules of now (CONFIG)
             and by the edited ones (EDITED)
Complaints   4
Moved        3 (75.0 %) would go elsewhere; nothing is moved now
By people    2 complaints that people referred by hand are not counted above, for no rule moves
             them; the rules of now send 0 of them where people did, the edited ones 1

From                              to                                complaints
ti-wajir                          wajir-roads                                3

ti-wajir → wajir-roads
  {first}  {second}  {third}
"
    );
    // Where its first lines end depends on the names of the directories.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&told), words(&expected));

    let told = replayed(&world, &edited, &[]);
    assert_eq!(
        (&told["complaints"], &told["moved"]),
        (&json!(4), &json!(3))
    );
    let moved = json!([{ "from": "ti-wajir", "to": "wajir-roads", "complaints": 3, "numbers": [first, second, third] }]);
    assert_eq!(told["moves"], moved);
    assert_eq!(
        told["referred_by_people"],
        json!({ "complaints": 2, "right_before": 0, "right_after": 1 })
    );
    assert_ne!(told["rules_before"], told["rules_after"]);
}

#[tokio::test]
async fn what_would_be_hidden_or_no_longer_is_told() {
    let world = World::new();
    let chief = complain(&world, "The chief keeps our letters").await;
    let food = complain(&world, "They are selling our food at the market").await;
    let bribe = complain(&world, "he wants a bribe").await;
    let edited = edit(&world, |sample| {
        let chief = rule("chief", "convener").replace("zebra", "chief*") + "sensitive = true\n";
        let sample = sample.replacen(
            "against = [\"wajir-food-aid\"]",
            "against = [\"wajir-drought\"]",
            1,
        );
        let bribe = sample.find("id = \"bribe\"").unwrap();
        let (before, after) = sample.split_at(bribe);
        before.to_owned() + &after.replacen("sensitive = true\n", "", 1) + &chief
    });
    let told = replayed(&world, &edited, &[]);
    assert_eq!(told["moved"], 0);
    assert_eq!(told["become_sensitive"], json!([chief]));
    assert_eq!(told["no_longer_sensitive"], json!([bribe]));
    assert_eq!(told["accuse_others"], json!([food]));
    let told = said(&replay(&world, &edited, &[]));
    assert!(
        told.contains(&format!("\n\n1 would become sensitive\n  {chief}\n")),
        "{told}"
    );
    for words in ["chief keeps", "selling", "bribe"] {
        assert!(!told.contains(words), "{told}");
    }
}

#[tokio::test]
async fn the_place_that_was_told_later_counts() {
    let world = World::new();
    let number = complain(&world, "No water for days").await;
    world.text("+254711000000", "Township").await;
    let edited = edit(&world, |sample| {
        sample.replace("place = [\"township\"]", "place = [\"bute\"]")
    });
    let told = replayed(&world, &edited, &[]);
    assert_eq!(told["moves"][0]["from"], "wajir-utility");
    assert_eq!(told["moves"][0]["numbers"], json!([number]));
}

#[tokio::test]
async fn only_the_last_days_can_be_looked_at() {
    let world = World::new();
    let since_monday = Clock::system().now() - world.clock.now();
    world.clock.advance(since_monday - TimeDelta::days(3));
    complain(&world, "A zebra stands in the yard").await;
    world.clock.advance(TimeDelta::days(2));
    complain(&world, "Another zebra, in the market").await;
    let edited = edit(&world, |sample| sample + &rule("zebra", "wajir-roads"));
    assert_eq!(replayed(&world, &edited, &["--days", "2"])["complaints"], 1);
    assert_eq!(replayed(&world, &edited, &["--days", "4"])["complaints"], 2);
}

/// They are read a thousand at a time.
#[tokio::test]
async fn none_of_many_is_missed_and_none_counted_twice() {
    let world = World::new();
    let world = &world;
    let deliver = |phone: usize| async move {
        let (sid, from) = (new_sid(), format!("+2547{phone:08}"));
        let zebra = "A zebra stands in the yard";
        world.deliver(&sid, &from, zebra).await;
    };
    let texts = stream::iter(0..2_500);
    texts.for_each_concurrent(256, deliver).await;
    let edited = edit(world, |sample| sample + &rule("zebra", "wajir-roads"));
    let told = replayed(world, &edited, &[]);
    assert_eq!(told["complaints"], 2_500);
    let numbers = told["moves"][0]["numbers"].as_array().unwrap();
    let different: BTreeSet<&str> = numbers.iter().filter_map(Value::as_str).collect();
    assert_eq!((numbers.len(), different.len()), (2_500, 2_500));
    let told = said(&replay(world, &edited, &[]));
    assert!(
        told.ends_with("  … and 2,465 more; --json names them all\n"),
        "{told}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_either_directory_is_told_and_no_database_too() {
    let world = World::new();
    let edited = edit(&world, |sample| sample + "\n[[rule]]\nid = 7\n");
    let told = refused(&replay(&world, &edited, &[]));
    assert!(
        told.ends_with(" in 1 file; nothing was done\n") && told.contains("edited has "),
        "{told}"
    );

    let edited = edit(&world, |sample| sample);
    let nowhere = tempfile::tempdir().unwrap();
    let config = shipped();
    let arguments = [
        "route",
        "--config",
        config.to_str().unwrap(),
        "--replay",
        edited.to_str().unwrap(),
    ];
    let told = refused(&jibu(&arguments, nowhere.path()));
    assert!(
        told.starts_with("error: there is no database at "),
        "{told}"
    );
}
