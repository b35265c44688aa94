//! A value that somebody set, and who.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Value};

use crate::text::diagnostic::nearest;
use crate::text::toml_file::{Report, kind};

/// Keys whose values are never shown, also not with the line that they stand in.
const SECRET: [&str; 2] = ["auth_password", "signature_keys"];
/// What a key is called that somebody took for one of these.
const SOUNDS_SECRET: [&str; 4] = ["password", "passwd", "secret", "token"];

/// A value that somebody set.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) section: String,
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) origin: Origin,
}

/// Who set it.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// The file, there.
    File(Range<usize>),
    /// That variable.
    Variable(String),
    /// The program itself, for the demo.
    Fixed,
}

impl Given {
    /// The key with its section: `server.listen`.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }

    /// Whether it says anything: an empty value is "not set".
    pub(super) fn is_set(&self) -> bool {
        !matches!(&self.value, Value::String(text) if text.is_empty())
            && !matches!(&self.value, Value::Array(list) if list.is_empty())
    }
}

/// Whether a key holds a secret, or a slip of one: a password behind a mistyped key is still a password.
pub(super) fn is_secret(key: &str) -> bool {
    let sounds_secret = || SOUNDS_SECRET.iter().any(|word| key.contains(word));
    !key.ends_with("_file") && (nearest(key, SECRET).is_some() || sounds_secret())
}

/// The values of a section of the file, where `known` are its keys with their defaults.
pub(super) fn from_section(
    section: &str,
    value: &Spanned<DeValue<'_>>,
    known: &toml::Table,
    report: &mut Report<'_>,
) -> Vec<Given> {
    let mut given = Vec::new();
    for (key, value) in report
        .section(section, value)
        .into_iter()
        .flat_map(DeTable::iter)
    {
        let Some(default) = known.get(&**key.get_ref()) else {
            report.unknown(
                key.span(),
                "key",
                key.get_ref(),
                known.keys().map(String::as_str),
            );
            continue;
        };
        if report.is_broken(&value.span()) {
            continue;
        }
        let key = key.get_ref().to_string();
        let plain = plain(value.get_ref()).map(|plain| in_type_of(default, plain));
        match plain.filter(|plain| plain.same_type(default)) {
            Some(plain) => {
                let origin = Origin::File(value.span());
                given.push(Given {
                    section: section.to_owned(),
                    key,
                    value: plain,
                    origin,
                });
            }
            None => {
                let (expected, found) = (expected(default), kind(value.get_ref()));
                report.error(
                    value.span(),
                    format!("`{section}.{key}` must be {expected}, not {found}"),
                );
            }
        }
    }
    given
}

/// A value as a variable spells it, by the type of the default.
pub(super) fn spelled(spelling: &str, default: &Value) -> Result<Value, &'static str> {
    let spelling = spelling.trim();
    let value = match default {
        Value::Integer(_) => spelling.parse().ok().map(Value::Integer),
        Value::Float(_) => spelling.parse().ok().map(Value::Float),
        Value::Boolean(_) => spelling.parse().ok().map(Value::Boolean),
        Value::Array(_) => {
            let entries = spelling
                .split(',')
                .map(str::trim)
                .filter(|entry| !entry.is_empty());
            Some(Value::Array(
                entries
                    .map(|entry| Value::String(entry.to_owned()))
                    .collect(),
            ))
        }
        _ => Some(Value::String(spelling.to_owned())),
    };
    value.ok_or_else(|| expected(default))
}

/// A value without its place; `None` for what no key of ours is.
fn plain(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::String(text.to_string())),
        DeValue::Integer(number) => {
            // One with too many digits is out of every range, and is told so.
            let number = i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(i64::MAX);
            Some(Value::Integer(number))
        }
        DeValue::Float(number) => number.as_str().parse().ok().map(Value::Float),
        DeValue::Boolean(yes) => Some(Value::Boolean(*yes)),
        DeValue::Array(list) => {
            let text = |entry: &Spanned<DeValue<'_>>| {
                Some(Value::String(entry.get_ref().as_str()?.to_owned()))
            };
            list.iter()
                .map(text)
                .collect::<Option<_>>()
                .map(Value::Array)
        }
        _ => None,
    }
}

/// Where a fraction may stand, a whole number may.
fn in_type_of(default: &Value, value: Value) -> Value {
    match (default, value) {
        (Value::Float(_), Value::Integer(number)) => i32::try_from(number)
            .map_or(Value::Integer(number), |number| Value::Float(number.into())),
        (_, value) => value,
    }
}

fn expected(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list of texts in quotes",
        _ => "a text in quotes",
    }
}
