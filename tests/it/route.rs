//! `jibu route`, as an administrator tries texts with it.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::edited::copy_sample;
use crate::process::{command, jibu, refused, said};
use crate::world::{AMINA, HASSAN, World, paths};

const ROUTE: [&str; 3] = [
    "route",
    "--config",
    concat!(env!("CARGO_MANIFEST_DIR"), "/config"),
];

/// What it says of a text, by the sample's rules and nothing else.
fn route(arguments: &[&str]) -> String {
    let nowhere = tempfile::tempdir().unwrap();
    said(&jibu(&[&ROUTE, arguments].concat(), nowhere.path()))
}

/// The same of a world's complaints.
fn route_in(world: &World, text: &str) -> String {
    said(&jibu(&[&ROUTE[..], &[text]].concat(), world.folder.path()))
}

#[test]
fn a_person_is_told_who_gets_it_by_which_rule_and_by_which_words() {
    assert_eq!(
        route(&["Water pumps at the Kisímà in Habaswein. No medicine"]),
        "\
To           Wajir County Water Department (wajir-water)
Rule         water-point-broken, 0.98 sure
Because of   \"Water\", \"pumps\", \"Kisímà\" (kisima)
Place        Habasswein (habasswein)
About        Water, service, normal priority
Next         no-medicine, 0.94 sure
"
    );
}

#[test]
fn the_pact_whose_code_decides_is_told() {
    assert_eq!(
        route(&["wjr 2026 022 the engineer was paid at Habasswein"]),
        "\
To           Office of the Ombudsman, Wajir desk (ombudsman)
Pact         WJR-2026-022, Gravel road from Habasswein to Sabuli: its monitor gets it; no rule is
             asked
Sensitive    the answers name neither the matter nor anybody, and only whom it goes to can see it
Against      Wajir County Roads and Transport Department (wajir-roads): never visible to them
Place        Habasswein (habasswein)
About        corruption, high priority
"
    );
    let accused = route(&["WJR-2026-022, the Ombudsman was paid"]);
    assert!(accused.contains("is accused itself"), "{accused}");
    let told: Value = serde_json::from_str(&route(&["--json", "WJR-2026-022"])).unwrap();
    assert_eq!(
        (&told["pact"], &told["rule"]),
        (&"WJR-2026-022".into(), &Value::Null)
    );
    assert_eq!(told["suggestions"], Value::Array(Vec::new()));
}

#[test]
fn what_is_hidden_from_whom_is_told() {
    assert_eq!(
        route(&["A teacher at Jogoo touches girls"]),
        "\
To           Transparency Wajir, convener of the complaints mechanism (ti-wajir)
Rule         teacher-misconduct, 0.90 sure
Because of   \"teacher\" (teacher*), \"touches\"
Sensitive    the answers name neither the matter nor anybody, and only whom it goes to can see it
Against      Wajir County Education Office (wajir-education): never visible to them
Place        one of Wagberi, Township
About        Education, staff conduct, urgent priority
Next         school, 0.75 sure
"
    );
}

#[test]
fn that_there_is_nobody_else_than_the_accused_is_told() {
    let told = route(&["the ombudsman took a bribe with Transparency Wajir"]);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("(ti-wajir): and yet there is nobody else to have it Place"),
        "{told}"
    );
}

#[test]
fn a_word_that_is_mistyped_is_told_so() {
    let told = route(&["The borhole is dry"]);
    assert!(
        told.contains("Because of   \"borhole\" (borehole*, mistyped)\n"),
        "{told}"
    );
}

#[test]
fn where_no_rule_decides_the_likeliest_are_named_with_their_words() {
    let told = route(&["The truck was stealing our lights off the street"]);
    let expected = "\
To           Transparency Wajir, convener of the complaints mechanism (ti-wajir)
Rule         none is 0.5 sure, so the convener decides by hand
Place        none named; the sender is asked
Next         bribe, 0.40 sure
Likeliest    0.";
    assert!(told.starts_with(expected), "{told}");
    assert!(
        told.contains("  Wajir County Water Department (wajir-water): "),
        "{told}"
    );
    assert!(
        told.ends_with("by the words of the rules alone: there is no database yet\n"),
        "{told}"
    );
    assert!(told.contains("\"truck\" (truck*)"), "{told}");
}

#[test]
fn what_is_asked_and_what_is_no_complaint_is_told() {
    let elsewhere = route(&["no water for days"]);
    assert!(
        elsewhere.contains(
            "none named; the sender is asked, for a rule for some places might send it elsewhere"
        ),
        "{elsewhere}"
    );
    let greeting = route(&["hello"]);
    assert!(
        greeting.contains(
            "But          texted, these words open no complaint: they are taken for `help`"
        ),
        "{greeting}"
    );
}

#[test]
fn as_json_it_is_one_object_with_all_of_the_decision() {
    let decided: Value =
        serde_json::from_str(&route(&["--json", "No", "water", "at", "Jogoo"])).unwrap();
    assert_eq!(decided["reasons"][0]["pattern"], "no water");
    assert_eq!(decided["reasons"][0]["at"], serde_json::json!([0, 8]));
    for (key, value) in [
        ("rule", "water-point-broken"),
        ("to", "wajir-water"),
        ("sector", "water"),
        ("kind", "service"),
        ("priority", "normal"),
    ] {
        assert_eq!(decided[key], value);
    }
    assert_eq!(
        decided["place_candidates"],
        serde_json::json!(["wagberi", "township"])
    );
    assert_eq!(decided["place_would_tell"], true);
    assert_eq!(
        (decided["sensitive"].as_bool(), decided["sure"].as_f64()),
        (Some(false), Some(0.9))
    );
    for list in ["against", "suggestions"] {
        assert_eq!(decided[list], serde_json::json!([]), "{list}");
    }
    assert!(decided["place"] == "wajir-east" && decided["digest"].as_str().unwrap().len() == 64);

    let undecided: Value =
        serde_json::from_str(&route(&["--json", "The street lights are off"])).unwrap();
    assert!(undecided["rule"].is_null() && undecided["to"] == "ti-wajir");
    assert_eq!(undecided["suggestions"].as_array().unwrap().len(), 3);
    assert_eq!(undecided["settled_complaints"], 0);
    assert!(decided["settled_complaints"].is_null());
}

#[test]
fn a_text_may_come_from_standard_input() {
    let nowhere = tempfile::tempdir().unwrap();
    let mut child = command(&[&ROUTE[..], &["-"]].concat(), nowhere.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all("Kisima\ncha Bute \u{fffd}\n".as_bytes())
        .unwrap();
    drop(stdin);
    let told = said(&child.wait_with_output().unwrap());
    assert!(told.contains("\nPlace        Bute (bute)\n"), "{told}");
}

#[test]
fn what_is_wrong_with_the_files_or_the_question_is_told_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    copy_sample(&config);
    let told = |more: &[&str]| {
        let arguments = [&["route", "--config", config.to_str().unwrap()], more].concat();
        refused(&jibu(&arguments, folder.path()))
    };
    assert_eq!(
        told(&["--county", "wajr", "no water"]),
        "error: there is no county `wajr`; did you mean `wajir`?\n"
    );
    assert!(told(&[" "]).starts_with("error: there is no text: "));
    std::fs::write(config.join("routing.toml"), "[[rule]]\nid = 7\n").unwrap();
    let wrong = told(&["no water"]);
    assert!(wrong.contains("routing.toml:2:6"), "{wrong}");
    assert!(wrong.ends_with(" in 1 file; nothing was done\n"), "{wrong}");
}

#[tokio::test]
async fn suggestions_grow_with_what_people_say_of_complaints() {
    let world = World::new();
    let told = route_in(&world, "The zebra has eaten our lights");
    assert!(
        told.ends_with("by the words of the rules and 0 complaints that people settled\n"),
        "{told}"
    );
    assert!(!told.contains("\"zebra\""), "{told}");

    world.text(AMINA, "A zebra stands in the yard").await;
    world.refer_by_hand("wajir-roads").await;
    world
        .text(HASSAN, "The zebra again, officer wants a bribe")
        .await;
    world.refer_by_hand("wajir-health").await;
    let told = route_in(&world, "The zebra has eaten our lights");
    let first = told
        .lines()
        .find(|line| line.starts_with("Likeliest"))
        .unwrap();
    assert!(
        first.contains("(wajir-roads)") && first.contains("\"zebra\""),
        "{told}"
    );
    assert!(
        told.ends_with("and 1 complaint that people settled\n"),
        "{told}"
    );

    std::fs::remove_file(paths(&world.folder).keys).unwrap();
    let told = route_in(&world, "The zebra has eaten our lights");
    assert!(
        told.contains("by the words of the rules alone: ") && told.contains("its key file"),
        "{told}"
    );
}
