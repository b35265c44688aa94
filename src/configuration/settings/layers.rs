//! The defaults, the file and the environment, one over the other.
//!
//! Each value that is given is tried alone over the defaults: since these are right, whatever is wrong then is wrong with
//! that one value, and is told with its place or its variable. So all wrong values are told in one go.

use std::ffi::OsString;

use toml::{Table, Value};

use super::given::{self, Given, Origin};
use super::running::Spelled;
use super::{FILE, Settings};
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::toml_file;

/// The documented sample: what holds where nothing else is said.
const DEFAULTS: &str = include_str!("../../../config/service.toml");

/// What variables of ours begin with.
const PREFIX: &str = "JIBU_";

/// What stands in a report where a file's name would.
const ENVIRONMENT: &str = "the environment";

/// The layers so far, and what is wrong with them.
pub(super) struct Layers {
    defaults: Table,
    given: Vec<Given>,
    findings: Vec<Diagnostic>,
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
            let name = section.get_ref();
            match self.defaults.get(&**name).and_then(Value::as_table) {
                Some(known) => {
                    self.given
                        .extend(given::from_section(name, value, known, &mut report))
                }
                None => report.unknown(
                    section.span(),
                    "section",
                    name,
                    self.defaults.keys().map(String::as_str),
                ),
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
            let last = self.given.iter().rev().find(|given| given.name() == name);
            last.filter(|given| given.is_set())
                .map(|given| given.origin.clone())
        };
        if let (Some(_), Some(origin)) = (set(one), set(other)) {
            self.refuse(
                &origin,
                other,
                &format!("and `{one}` are both set: leave one empty"),
            );
        }
    }

    /// Refuses that value of one key where the other's is not as it must be with it.
    pub(super) fn refuse_with(
        &mut self,
        (one, value): (&str, &str),
        other: &str,
        (is_right, what): (fn(&str) -> bool, &str),
    ) {
        let last = |name: &str| {
            let last = self.given.iter().rev().find(|given| given.name() == name)?;
            Some((last.value.as_str()?.to_owned(), last.origin.clone()))
        };
        if let (Some((set, origin)), Some((with, _))) = (last(one), last(other))
            && set == value
            && !is_right(&with)
        {
            self.refuse(&origin, one, what);
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
            let whole = over(self.defaults, &self.given);
            let spelled = Spelled::of(&whole, &self.given);
            match settings(whole) {
                Ok(settings) => Ok(Settings {
                    spelled,
                    ..settings
                }),
                Err(error) => Err(vec![Diagnostic::error(FILE, None, error.message())]),
            }
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
        match default.map(|default| given::spelled(spelled, default)) {
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
            Origin::File(span) => Diagnostic::error(FILE, span.clone(), format!("`{name}` {what}")),
            Origin::Fixed => Diagnostic::error(FILE, None, format!("`{name}` {what}")),
        });
    }
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
