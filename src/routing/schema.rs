//! `routing.toml` described for editors: a JSON Schema, by which they offer keys, explain them and mark mistakes while the file is
//! being typed. What it accepts, [`super::Rules::load`] may still refuse: no schema sees whether an id leads somewhere.
//!
//! Of the drafts of JSON Schema it is number 7: Taplo, which is behind most editors' support of TOML, knows it in every version
//! that is in use. Nothing is referred to by `$ref`: what stands beside one is not read by that draft, and a description would.

use serde_json::{Value, json};

use super::load::CONVENER;
use super::load::keys::{FILE, Holds, Key, needed};
use crate::complaint::{Notices, Priority};

/// The schema, as JSON in lines.
pub fn schema() -> String {
    let mut schema = section(FILE);
    set(
        &mut schema,
        "$schema",
        "http://json-schema.org/draft-07/schema#",
    );
    set(&mut schema, "title", "routing.toml of jibu");
    let about = "Who answers complaints, and which words send a complaint to whom. `jibu check` says all that is wrong with it.";
    set(&mut schema, "description", about);
    format!("{schema:#}\n")
}

/// A section with these keys and no others.
fn section(keys: &[Key]) -> Value {
    let properties = keys.iter().map(|key| (key.name.to_owned(), property(key)));
    json!({
        "type": "object",
        "properties": properties.collect::<serde_json::Map<_, _>>(),
        "required": needed(keys),
        "additionalProperties": false,
    })
}

fn property(key: &Key) -> Value {
    let mut property = what(&key.holds);
    set(&mut property, "description", key.about);
    // Taplo says of a list only what is said of its values: over `[[rule]]`, and over a word.
    if let Some(one) = property.get_mut("items") {
        set(one, "description", key.about);
    }
    if key.is_needed && matches!(key.holds, Holds::Sections(_) | Holds::OneOf(..)) {
        set(&mut property, "minItems", 1);
    }
    property
}

fn what(holds: &Holds) -> Value {
    match holds {
        Holds::Text => matching(r"\S"),
        Holds::Id => id(),
        Holds::OrganisationId => {
            let mut id = id();
            set(&mut id, "not", json!({ "const": CONVENER }));
            id
        }
        Holds::Zone => matching(r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"),
        Holds::Language => matching("^[a-z]{2,3}$"),
        Holds::Email => {
            matching(r#"^[!#-'*+.-9=?A-Z\[\]^-~-]+@[^\s\x00-\x1f\x7f-\x9f"<>(),;:\\@]+$"#)
        }
        Holds::Sure(default) => sure(*default),
        Holds::Flag => json!({ "type": "boolean", "default": false }),
        Holds::Priority => json!({
            "type": "string",
            "enum": Priority::ALL.map(Priority::as_str),
            "default": Priority::default().as_str(),
        }),
        Holds::Notices => json!({ "type": "string", "enum": Notices::ALL.map(Notices::as_str) }),
        Holds::Word => matching(WORD),
        Holds::Code => matching(CODE),
        Holds::Codes => list(matching(CODE)),
        Holds::Day => matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        Holds::Ids => list(id()),
        Holds::Texts => list(matching(r"\S")),
        // The channel of a number, `whatsapp:`, is the gateway's.
        Holds::Numbers => list(matching(
            r"^\s*(([^:]*:)?\+[1-9][0-9]{7,14}|[0-9]{3,8})\s*$",
        )),
        Holds::Words(keys) => list(word(keys)),
        Holds::ByLanguage => json!({
            "type": "object",
            "patternProperties": { "^[a-z]{2,3}$": matching(r"\S") },
            "additionalProperties": false,
        }),
        Holds::Sections(keys) => list(section(keys)),
        Holds::OneOf(keys, [this, that]) => {
            // That one of the two has something in it is left to the loader: told here, both would be offered twice.
            let mut one = section(keys);
            let one_of_these = json!([{ "required": [this] }, { "required": [that] }]);
            set(&mut one, "anyOf", one_of_these);
            list(one)
        }
    }
}

/// `*` ends a word, or is not in it.
const WORD: &str = r"^[^*]*[^*\s]\*?\s*$";

/// Letters and digits with single hyphens between.
const CODE: &str = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$";

fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn id() -> Value {
    matching("^[A-Za-z0-9_.-]+$")
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn sure(default: Option<f64>) -> Value {
    let mut sure = json!({ "type": "number", "minimum": 0, "maximum": 1 });
    if let Some(default) = default {
        set(&mut sure, "default", default);
    }
    sure
}

/// A word in quotes, or a section. Not "any of these two": an editor could only say that it is neither, not what is wrong.
fn word(keys: &[Key]) -> Value {
    let mut word = section(keys);
    set(&mut word, "type", json!(["string", "object"]));
    set(&mut word, "pattern", WORD);
    word
}

fn set(schema: &mut Value, key: &str, value: impl Into<Value>) {
    if let Some(keys) = schema.as_object_mut() {
        keys.insert(key.to_owned(), value.into());
    }
}
