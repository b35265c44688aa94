//! The defaults, the file and the environment, one over the other.
//!
//! Each value that is given is tried alone over the defaults: since these are right, whatever is wrong then is wrong with
//! that one value, and is told with its place or its variable. So all wrong values are told in one go.

use std::ffi::OsString;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;
use toml::{Table, Value};

use super::{FILE, Settings};
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::toml_file::{self, Report, kind};

/// The documented sample: what holds where nothing else is said.
const DEFAULTS: &str = include_str!("../../../config/service.toml");

/// What variables of ours begin with.
const PREFIX: &str = "JIBU_";

/// What stands in a report where a file's name would.
const ENVIRONMENT: &str = "the environment";

/// Keys whose values are never shown, also not with the line that they stand in.
pub(in crate::configuration) const SECRET: [&str; 2] = ["auth_password", "signature_keys"];

/// The layers so far, and what is wrong with them.
pub(super) struct Layers {
    defaults: Table,
    given: Vec<Given>,
    findings: Vec<Diagnostic>,
}

/// A value that somebody set.
struct Given {
    section: String,
    key: String,
    value: Value,
    origin: Origin,
}

/// Who set it.
#[derive(Clone, Debug)]
enum Origin {
    File(Range<usize>),
    Variable(String),
    /// The program itself, for the demo.
    Fixed,
}

impl Layers {
    pub(super) fn defaults() -> Result<Self, Vec<Diagnostic>> {
        match DEFAULTS.parse() {
            Ok(defaults) => Ok(Self {
                defaults,
                given: Vec::new(),
                findings: Vec::new(),
            }),
            Err(error) => Err(vec![Diagnostic::error(
                "the built-in service.toml",
                error.span(),
                error.message(),
            )]),
        }
    }

    /// The file's values, over those before.
    pub(super) fn take_file(&mut self, source: &str) {
        let (table, mut report) = toml_file::read(FILE, source);
        for (section, value) in table.get_ref() {
            let Some(known) = self
                .defaults
                .get(&**section.get_ref())
                .and_then(Value::as_table)
            else {
                report.unknown(
                    section.span(),
                    "section",
                    section.get_ref(),
                    self.defaults.keys().map(String::as_str),
                );
                continue;
            };
            let Some(keys) = report.section(section.get_ref(), value) else {
                continue;
            };
            for (key, value) in keys {
                match known.get(&**key.get_ref()) {
                    None => report.unknown(
                        key.span(),
                        "key",
                        key.get_ref(),
                        known.keys().map(String::as_str),
                    ),
                    Some(_) if report.is_broken(&value.span()) => {}
                    Some(default) => {
                        let name = format!("{}.{}", section.get_ref(), key.get_ref());
                        self.given
                            .extend(take_value(&name, value, default, &mut report));
                    }
                }
            }
        }
        self.findings.extend(report.into_findings());
    }

    /// The environment's, over those before.
    pub(super) fn take_environment(
        &mut self,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) {
        let mut ours: Vec<_> = environment
            .into_iter()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
            .filter(|(name, _)| name.starts_with(PREFIX))
            .collect();
        ours.sort();
        for (name, value) in ours {
            let known = self
                .names()
                .into_iter()
                .find(|(section, key)| variable(section, key) == name);
            match (known, value.into_string()) {
                (Some((section, key)), Ok(value)) => {
                    self.take_spelled(section, key, &value, Origin::Variable(name))
                }
                (Some(_), Err(_)) => self.refuse(&Origin::Variable(name), "", "is not UTF-8"),
                (None, _) => self.refuse_unknown(&name),
            }
        }
    }

    fn refuse_unknown(&mut self, name: &str) {
        let known: Vec<_> = self
            .names()
            .iter()
            .map(|(section, key)| variable(section, key))
            .collect();
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(right) => format!("did you mean `{right}`?"),
            None => format!("a key of {FILE} is set by {PREFIX}<SECTION>__<KEY>"),
        };
        let message = format!("unknown variable `{name}`");
        self.findings
            .push(Diagnostic::error(ENVIRONMENT, None, message).help(help));
    }

    /// The program's own, over those before.
    pub(super) fn take_fixed(&mut self, fixed: &[(&str, String)]) {
        for (name, value) in fixed {
            let (section, key) = name.split_once('.').unwrap_or((name, ""));
            self.take_spelled(section.to_owned(), key.to_owned(), value, Origin::Fixed);
        }
    }

    /// Refuses two keys that say the same thing in two ways.
    pub(super) fn refuse_both(&mut self, one: &str, other: &str) {
        let set = |name: &str| {
            let given = self.given.iter().rev().find(|given| given.name() == name)?;
            let is_empty = given.value.as_str().is_some_and(str::is_empty)
                || given.value.as_array().is_some_and(Vec::is_empty);
            (!is_empty).then(|| given.origin.clone())
        };
        if let (Some(_), Some(origin)) = (set(one), set(other)) {
            self.refuse(
                &origin,
                other,
                &format!("and `{one}` are both set: leave one empty"),
            );
        }
    }

    /// The settings, if nothing is wrong.
    pub(super) fn into_settings(mut self) -> Result<Settings, Vec<Diagnostic>> {
        for given in std::mem::take(&mut self.given) {
            if let Err(error) = settings(over(self.defaults.clone(), [&given])) {
                self.refuse(&given.origin, &given.name(), error.message());
            }
            self.given.push(given);
        }
        if self.findings.is_empty() {
            let whole = settings(over(self.defaults, &self.given));
            whole.map_err(|error| vec![Diagnostic::error(FILE, None, error.message())])
        } else {
            Err(self.findings)
        }
    }

    /// Takes a value as a variable spells it: by the type of the default.
    fn take_spelled(&mut self, section: String, key: String, spelled: &str, origin: Origin) {
        let default = self
            .defaults
            .get(&section)
            .and_then(|section| section.get(&key));
        match default.map(|default| spelled_as(default, spelled)) {
            Some(Ok(value)) => self.given.push(Given {
                section,
                key,
                value,
                origin,
            }),
            Some(Err(expected)) => self.refuse(
                &origin,
                &format!("{section}.{key}"),
                &format!("must be {expected}"),
            ),
            None => self.refuse(&origin, &format!("{section}.{key}"), "is no key"),
        }
    }

    /// All keys, with their sections.
    fn names(&self) -> Vec<(String, String)> {
        let sections = self
            .defaults
            .iter()
            .filter_map(|(section, keys)| Some((section, keys.as_table()?)));
        sections
            .flat_map(|(section, keys)| keys.keys().map(|key| (section.clone(), key.clone())))
            .collect()
    }

    /// Tells what is wrong with a value, with the place or the variable that it came from.
    fn refuse(&mut self, origin: &Origin, name: &str, what: &str) {
        self.findings.push(match origin {
            Origin::Variable(variable) => {
                Diagnostic::error(ENVIRONMENT, None, format!("`{variable}` {what}"))
            }
            Origin::File(span) if !is_secret(name) => {
                Diagnostic::error(FILE, span.clone(), format!("`{name}` {what}"))
            }
            Origin::File(_) | Origin::Fixed => {
                Diagnostic::error(FILE, None, format!("`{name}` {what}"))
            }
        });
    }
}

impl Given {
    fn name(&self) -> String {
        format!("{}.{}", self.section, self.key)
    }
}

fn is_secret(name: &str) -> bool {
    SECRET.iter().any(|secret| name.ends_with(secret))
}

/// The variable of a key: `JIBU_SERVER__LISTEN`.
fn variable(section: &str, key: &str) -> String {
    format!("{PREFIX}{}__{}", section.to_uppercase(), key.to_uppercase())
}

/// The table with these values over its own.
fn over<'a>(mut table: Table, given: impl IntoIterator<Item = &'a Given>) -> Table {
    for Given {
        section,
        key,
        value,
        ..
    } in given
    {
        if let Some(keys) = table.get_mut(section).and_then(Value::as_table_mut) {
            keys.insert(key.clone(), value.clone());
        }
    }
    table
}

fn settings(table: Table) -> Result<Settings, toml::de::Error> {
    Value::Table(table).try_into()
}

/// A value of the file, if it is of the default's type.
fn take_value(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    default: &Value,
    report: &mut Report<'_>,
) -> Option<Given> {
    let plain = plain(value.get_ref()).filter(|plain| plain.same_type(default));
    let Some(plain) = plain else {
        let message = format!(
            "`{name}` must be {}, not {}",
            expected(default),
            kind(value.get_ref())
        );
        if is_secret(name) {
            report.error_in_file(message, "write it as in the sample");
        } else {
            report.error(value.span(), message);
        }
        return None;
    };
    let (section, key) = name.split_once('.')?;
    let origin = Origin::File(value.span());
    Some(Given {
        section: section.to_owned(),
        key: key.to_owned(),
        value: plain,
        origin,
    })
}

/// A value without its place; `None` for what no key of ours is.
fn plain(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::String(text.to_string())),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map(Value::Integer),
        DeValue::Boolean(yes) => Some(Value::Boolean(*yes)),
        DeValue::Array(list) => {
            let texts = list.iter().map(|entry| {
                entry
                    .get_ref()
                    .as_str()
                    .map(|text| Value::String(text.to_owned()))
            });
            texts.collect::<Option<_>>().map(Value::Array)
        }
        _ => None,
    }
}

/// A value as a variable spells it.
fn spelled_as(default: &Value, spelled: &str) -> Result<Value, &'static str> {
    let spelled = spelled.trim();
    let value = match default {
        Value::Integer(_) => spelled.parse().ok().map(Value::Integer),
        Value::Boolean(_) => spelled.parse().ok().map(Value::Boolean),
        Value::Array(_) => {
            let entries = spelled
                .split(',')
                .map(str::trim)
                .filter(|entry| !entry.is_empty());
            Some(Value::Array(
                entries
                    .map(|entry| Value::String(entry.to_owned()))
                    .collect(),
            ))
        }
        _ => Some(Value::String(spelled.to_owned())),
    };
    value.ok_or_else(|| expected(default))
}

fn expected(default: &Value) -> &'static str {
    match default {
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list of texts in quotes",
        _ => "a text in quotes",
    }
}
