//! `jibu route --file`: the texts of a file, and how well the rules do on labelled ones.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::process::{jibu, refused, said, shipped};

/// Texts that the sample's rules know how to take, and some that they do not.
const ROWS: &str = "\
what,text,whose
1,Kisima cha Habasswein kimeharibika,Water Dept
2,The borehole pump in Bute is broken,wajir-water
3,\"No medicine, and the nurse is gone\",Wajir County Health Department
4,The ambulance of the hospital never came,wajir-hospital
5,Ambulensi haikuja hospitalini,wajir-hospital
6,The street lights are off,wajir-roads
7,The zebra has eaten our crops,Ministry of Zebras
8,no label,
9,Maji na barabara,wajir-water|wajir-roads
10,They asked for money at the hospital,convener
";

/// What it says of a file of these rows.
fn tried(more: &[&str]) -> std::process::Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("texts.csv");
    fs::write(&file, ROWS).unwrap();
    let (config, file) = (shipped(), file.display().to_string());
    let arguments = [
        "route",
        "--config",
        config.to_str().unwrap(),
        "--file",
        &file,
    ];
    jibu(&[&arguments, more].concat(), folder.path())
}

#[test]
fn without_labels_each_text_is_a_line_of_a_csv() {
    let told = said(&tried(&["--text-column", "text"]));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 11);
    assert_eq!(lines[0], "row,to,rule,sure,place,pact");
    assert_eq!(
        lines[1],
        "1,wajir-water,water-point-broken,0.8000,habasswein,"
    );
    assert_eq!(lines[6], "6,ti-wajir,,0.0000,,");
}

#[test]
fn without_labels_and_as_json_each_text_is_an_object_on_its_line() {
    let told = said(&tried(&["--text-column", "text", "--json"]));
    let lines: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 10);
    assert_eq!(lines[1]["row"], 2);
    assert_eq!(lines[1]["rule"], "water-point-broken");
    assert_eq!(lines[1]["place"], "bute");
    assert_eq!(lines[5]["suggestions"].as_array().unwrap().len(), 3);
}

/// With `UPDATE_GOLDEN=1` the file is written anew, to be read in the diff.
#[test]
fn with_labels_a_page_says_how_well_the_rules_do() {
    let told = said(&tried(&[
        "--text-column",
        "text",
        "--label-column",
        "whose",
    ]));
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/route/labelled.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&golden, &told).unwrap();
    }
    assert_eq!(told, fs::read_to_string(golden).unwrap());
}

#[test]
fn with_labels_and_as_json_it_is_one_object_with_the_same_figures() {
    let told = said(&tried(&[
        "--text-column",
        "text",
        "--label-column",
        "whose",
        "--json",
    ]));
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["texts"], &told["right"], &told["decided"]),
        (&8.into(), &4.into(), &6.into())
    );
    assert_eq!(told["accuracy"], 0.5);
    assert_eq!(
        told["left_out"],
        serde_json::json!({ "several_labels": 1, "no_text_or_label": 1 })
    );
    assert_eq!(
        told["unknown_labels"],
        serde_json::json!(["Ministry of Zebras"])
    );
    let first = &told["organisations"][0];
    assert_eq!(
        (&first["organisation"], &first["f1"]),
        (&"wajir-hospital".into(), &0.0.into())
    );
    let confusion = told["confusion"].as_array().unwrap();
    assert!(confusion.contains(
        &serde_json::json!({ "label": "wajir-hospital", "sent_to": "wajir-health", "texts": 2 })
    ));
    let miss = &told["misses"][0];
    assert_eq!(
        (&miss["took"], miss["wrong"].as_array().unwrap().len()),
        (&2.into(), 2)
    );
}

#[test]
fn what_is_not_in_the_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = refused(&tried(&["--text-column", "txt"]));
    assert!(
        told.ends_with("texts.csv has no column `txt`; did you mean `text`?\n"),
        "{told}"
    );
    let nowhere = [
        "route",
        "--file",
        "/nowhere.csv",
        "--text-column",
        "text",
        "--config",
    ];
    let config = shipped();
    let arguments = [&nowhere[..], &[config.to_str().unwrap()]].concat();
    let told = refused(&jibu(&arguments, folder.path()));
    assert!(
        told.starts_with("error: /nowhere.csv cannot be read"),
        "{told}"
    );
    let told = jibu(&["route", "--file", "x.csv"], folder.path());
    assert_eq!(told.status.code(), Some(2), "--text-column is asked for");
}
