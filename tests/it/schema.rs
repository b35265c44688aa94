//! The schema for editors, by a validator that is not ours: it is current, knows what the loader knows, and marks nothing that the
//! loader takes.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use boon::{Compiler, ErrorKind, SchemaIndex, Schemas, ValidationError};
use jibu::intake::places::Places;
use jibu::routing::Rules;
use serde_json::Value;

use crate::process::shipped;

/// All sections, each with all of its keys.
const FULL: &str = include_str!("../rules/every-key/routing.toml");

const PLACES: &str = include_str!("../rules/every-key/places.csv");

/// The sections of the file above, as the schema and the validator find them.
const SECTIONS: [&str; 9] = [
    "",
    "/county/0",
    "/organisation/0",
    "/sector/0",
    "/rule/0",
    "/rule/0/any/1",
    "/pact/0",
    "/test/0",
    "/test/1",
];

fn jibu_schema() -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_jibu"))
        .arg("schema")
        .output()
        .unwrap();
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap()
}

struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let schema = serde_json::from_str(&jibu_schema()).unwrap();
        let mut compiler = Compiler::new();
        let mut schemas = Schemas::new();
        compiler
            .add_resource("routing.schema.json", schema)
            .unwrap();
        let index = compiler
            .compile("routing.schema.json", &mut schemas)
            .unwrap();
        Self { schemas, index }
    }

    /// Where an editor would draw its lines.
    fn marked(&self, file: &Value) -> BTreeSet<String> {
        let mut marked = BTreeSet::new();
        if let Err(error) = self.schemas.validate(file, self.index) {
            collect(&error, &mut marked);
        }
        marked
    }
}

fn collect(error: &ValidationError<'_, '_>, marked: &mut BTreeSet<String>) {
    let whole = error.causes.is_empty() || matches!(error.kind, ErrorKind::AnyOf);
    if whole {
        marked.insert(error.instance_location.to_string());
    } else {
        error.causes.iter().for_each(|cause| collect(cause, marked));
    }
}

fn json(toml: &str) -> Value {
    let file: toml::Table = toml
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{toml}"));
    serde_json::to_value(file).unwrap()
}

/// What the loader says against a file.
fn refused(toml: &str) -> Vec<String> {
    let places = Places::load("places.csv", PLACES).unwrap();
    match Rules::load("routing.toml", toml, Some(&places)) {
        Ok(_) => Vec::new(),
        Err(found) => found
            .into_iter()
            .map(|one| one.message + " / " + &one.help.unwrap_or_default())
            .collect(),
    }
}

/// The file as TOML, with one value changed or taken out.
fn with(pointer: &str, value: Option<Value>) -> (Value, String) {
    let mut file = json(FULL);
    let (section, key) = pointer.rsplit_once('/').unwrap();
    let section = file.pointer_mut(section).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => section.insert(key.to_owned(), value),
        None => section.remove(key),
    };
    let text = toml::to_string(&file).unwrap();
    (file, text)
}

/// With `UPDATE_GOLDEN=1` the file is written anew, to be read in the diff.
#[test]
fn the_one_beside_the_sample_is_current_and_the_sample_names_it() {
    let file = shipped().join("routing.schema.json");
    let schema = jibu_schema();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &schema).unwrap();
    }
    assert!(
        schema == std::fs::read_to_string(file).unwrap(),
        "config/routing.schema.json is not what `jibu schema` prints; UPDATE_GOLDEN=1 writes it anew"
    );
    let sample = std::fs::read_to_string(shipped().join("routing.toml")).unwrap();
    assert!(sample.starts_with("#:schema ./routing.schema.json\n"));
}

#[test]
fn what_is_right_is_not_marked() {
    let validator = Validator::new();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let sample = read(&shipped().join("routing.toml"));
    let learnt = sample.clone() + &read(&rules.join("learn/proposed.toml"));
    for file in [FULL, &sample, &learnt] {
        assert_eq!(validator.marked(&json(file)), BTreeSet::new());
    }
    assert_eq!(refused(FULL), [""; 0]);
    // Of its two errors an editor cannot see the one: that an id leads nowhere.
    let wrong = read(&rules.join("five-errors/routing.toml"));
    assert_eq!(
        validator.marked(&json(&wrong)),
        BTreeSet::from(["/rule/0/sure".to_owned()])
    );
}

#[test]
fn the_loader_and_the_schema_know_the_same_keys_and_need_the_same() {
    let schema: Value = serde_json::from_str(&jibu_schema()).unwrap();
    for section in SECTIONS {
        let of_section = described(&schema, section);
        let known: Vec<_> = of_section["properties"]
            .as_object()
            .unwrap()
            .keys()
            .collect();
        let (_, text) = with(&format!("{section}/qqqqqqqq"), Some(1.into()));
        let told = refused(&text);
        let listed = told.iter().find_map(|told| told.split_once("known are: "));
        let mut listed: Vec<_> = listed.unwrap().1.split(", ").collect();
        listed.sort_unstable();
        assert_eq!(listed, known, "{section}");

        let needed = of_section["required"].as_array().unwrap();
        for key in known {
            let (_, without) = with(&format!("{section}/{key}"), None);
            let missing = format!("`{key}` is missing");
            let is_told = refused(&without).iter().any(|told| told.contains(&missing));
            assert_eq!(
                is_told,
                needed.contains(&key.as_str().into()),
                "{section}/{key}"
            );
        }
    }
}

/// The part of the schema that describes a section.
fn described<'s>(schema: &'s Value, section: &str) -> &'s Value {
    section.split('/').skip(1).fold(schema, |schema, step| {
        let within = match step.parse::<usize>() {
            Ok(_) => &schema["items"],
            Err(_) => &schema["properties"][step],
        };
        assert!(within.is_object(), "{section} is not described");
        within
    })
}

/// Every key with values of every kind: what an editor marks, the loader refuses.
#[test]
fn nothing_is_marked_that_the_loader_takes() {
    let validator = Validator::new();
    let values = values();
    let schema: Value = serde_json::from_str(&jibu_schema()).unwrap();
    let (mut taken, mut both) = (0, 0);
    for section in SECTIONS {
        for key in described(&schema, section)["properties"]
            .as_object()
            .unwrap()
            .keys()
        {
            let pointer = format!("{section}/{key}");
            for value in &values {
                let (file, text) = with(&pointer, Some(value.clone()));
                let marked = validator.marked(&file);
                let refused = refused(&text);
                assert!(
                    marked.is_empty() || !refused.is_empty(),
                    "{pointer} = {value} is marked at {marked:?}"
                );
                taken += usize::from(refused.is_empty());
                both += usize::from(!marked.is_empty());
            }
        }
    }
    assert!(
        taken > 60 && both > 600,
        "{taken} taken, {both} marked and refused"
    );
}

/// Texts, numbers, lists and sections, right somewhere and wrong elsewhere.
fn values() -> Vec<Value> {
    let values = r#"["", " ", "wajir", "water", "convener", "ti-wajir", "maji*", "ma*ji", "maji *", "maji* ", "Máji safi", "en", "swa", "English", "high",
        "Africa/Nairobi", "UTC", "Etc/GMT+3", "a@b", "a b@c", "a\u0000@b", "a@b\u0000", "حليمة@b", "a@b,c@d", "<a@b>", "+254700100200", "21801", " whatsapp:+254700100200 ",
        0, 1, 0.5, 1.5, -1, true, false, [], [""], ["water"], ["wajir"], ["21801", "+254700100201"], [7], [["water"]],
        ["maji*", {"word": "pump"}], [{"word": "pump", "sure": 1}], [{"word": "pump", "sure": 2}], [{"wrod": "pump"}], [{}],
        {}, {"sw": "Maji"}, {"swa": "Maji"}, {"SW": "Maji"}, {"sw": " "}, {"sw": 1}, {"word": "pump"}]"#;
    serde_json::from_str(values).unwrap()
}

/// What an editor should mark while it is typed: each at its place, and refused by the loader too.
#[test]
fn what_is_wrong_is_marked_where_it_is() {
    let validator = Validator::new();
    for (pointer, value) in [
        ("/sure_enough", "1.1"),
        ("/county/0/zone", r#""East Africa""#),
        ("/county/0/language", r#""English""#),
        ("/county/0/numbers/0", r#""0700100200""#),
        ("/organisation/1/id", r#""convener""#),
        ("/organisation/0/id", r#""ti wajir""#),
        ("/organisation/0/email", r#""wajir.example""#),
        ("/organisation/0/email", r#""ti@wajir.example\u0000""#),
        ("/organisation/0/name", r#""""#),
        ("/organisation/0/short_names/sw", r#"" ""#),
        ("/sector/0/names", r#""Maji""#),
        ("/rule/0/id", "7"),
        ("/rule/0/any", r#""borehole""#),
        ("/rule/0/any/0", "7"),
        ("/rule/0/any/0", r#""bore*hole""#),
        ("/rule/0/any/1/word", r#""*""#),
        ("/rule/0/any/1/sure", "-0.1"),
        ("/rule/0/any/1", "{}"),
        ("/rule/0/none/0", r#""bill *""#),
        ("/rule/0/sure", r#""high""#),
        ("/rule/0/sensitive", r#""yes""#),
        ("/rule/0/priority", r#""hihg""#),
        ("/rule/0/kind", r#"" ""#),
        ("/rule/0/against", r#""water""#),
        ("/rule/0", r#"{"id": "pump", "to": "water"}"#),
        ("/rule/0", r#"{"id": "pump", "any": ["pump"]}"#),
        ("/pact/0/code", r#""WJR 2026""#),
        ("/pact/0/called/0", r#""WJR--14""#),
        ("/pact/0/monitor", r#""convener""#),
        ("/pact/0/until", r#""30 June 2027""#),
        ("/pact/0/bidders", r#""Desert Drilling Ltd""#),
        ("/test/1/pact", "14"),
        ("/test/0", r#"{"text": "pump"}"#),
        ("/county", "[]"),
        ("/organisation", "{}"),
    ] {
        let mut file = json(FULL);
        *file.pointer_mut(pointer).unwrap() = serde_json::from_str(value).unwrap();
        let at = BTreeSet::from([pointer.to_owned()]);
        assert_eq!(validator.marked(&file), at, "{pointer} = {value}");
        let told = refused(&toml::to_string(&file).unwrap());
        assert!(!told.is_empty(), "{pointer} = {value}");
    }
    for unknown in SECTIONS {
        let (file, text) = with(&format!("{unknown}/colour"), Some("red".into()));
        assert_eq!(
            validator.marked(&file),
            BTreeSet::from([unknown.to_owned()])
        );
        assert!(
            refused(&text)
                .iter()
                .any(|told| told.starts_with("unknown"))
        );
    }
}
