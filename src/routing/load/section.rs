//! One section of the file, and what its keys hold.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{FILE, Key, names, needed};
use crate::complaint::{LanguageId, is_language_code};
use crate::text::toml_file::Report;

/// A section, such as one `[[rule]]`.
pub(super) struct Section<'t> {
    pub(super) table: &'t DeTable<'t>,
    /// Its first line, for what is missing in it.
    pub(super) at: Range<usize>,
}

/// A text of the file, and where it stands.
pub(super) type Text<'t> = (&'t str, Range<usize>);

/// All sections of that name.
pub(super) fn sections<'t>(
    table: &'t DeTable<'t>,
    name: &str,
    report: &mut Report<'_>,
) -> Vec<Section<'t>> {
    let Some(value) = table.get(name) else {
        return Vec::new();
    };
    let Some(list) = value.get_ref().as_array() else {
        report.error_with(
            value.span(),
            format!("there may be several of `{name}`"),
            format!("write it in two brackets: [[{name}]]"),
        );
        return Vec::new();
    };
    if list.is_empty() && needed(FILE).contains(&name) {
        report.error_with(
            value.span(),
            format!("there is no {name}"),
            format!("take this line out, and write sections: [[{name}]]"),
        );
    }
    list.iter()
        .filter_map(|one| {
            Some(Section {
                table: report.section(name, one)?,
                at: one.span(),
            })
        })
        .collect()
}

impl<'t> Section<'t> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// Tells the keys that are not known, and those that are missing.
    pub(super) fn keys(&self, known: &[&str], required: &[&str], report: &mut Report<'_>) {
        report.names("key", self.table, Some(self.at.clone()), known, required);
    }

    /// The same by a table of keys.
    pub(super) fn only(&self, keys: &[Key], report: &mut Report<'_>) {
        self.keys(&names(keys), &needed(keys), report);
    }

    /// The text of a key. An empty one is told.
    pub(super) fn text(&self, key: &str, report: &mut Report<'_>) -> Option<Text<'t>> {
        let value = self.get(key)?;
        let text = report.text(key, value)?;
        if text.trim().is_empty() {
            report.error_with(
                value.span(),
                format!("`{key}` is empty"),
                "write it between the quotes, or take the line out",
            );
            return None;
        }
        Some((text, value.span()))
    }

    /// The texts of a list; none where there is no such key.
    pub(super) fn texts(&self, key: &str, report: &mut Report<'_>) -> Vec<Text<'t>> {
        self.get(key)
            .map(|value| report.texts(key, value))
            .unwrap_or_default()
    }

    /// Whether a key is true; a key that is not there is not.
    pub(super) fn flag(&self, key: &str, report: &mut Report<'_>) -> bool {
        self.get(key)
            .and_then(|value| report.flag(key, value))
            .unwrap_or_default()
    }

    /// A text for each language: `names.sw = "Maji"`.
    pub(super) fn by_language(
        &self,
        key: &str,
        report: &mut Report<'_>,
    ) -> BTreeMap<LanguageId, String> {
        let Some(value) = self.get(key) else {
            return BTreeMap::new();
        };
        let Some(table) = report.section(key, value) else {
            return BTreeMap::new();
        };
        let section = Section {
            table,
            at: value.span(),
        };
        let languages = table.keys().filter_map(|name| {
            let language = language(name.get_ref(), name.span(), report)?;
            let (text, _) = section.text(name.get_ref(), report)?;
            Some((language, text.to_owned()))
        });
        languages.collect()
    }
}

/// A key that says how sure something is, 0 to 1.
pub(super) fn sure(table: &DeTable<'_>, key: &str, report: &mut Report<'_>) -> Option<f64> {
    let value = table.get(key)?;
    let sure = report.number(key, value)?;
    if !(0.0..=1.0).contains(&sure) {
        report.error_with(
            value.span(),
            format!("`{key}` must be from 0 to 1"),
            "0.8 is quite sure, 1 is always",
        );
        return None;
    }
    Some(sure)
}

/// A language by its code.
pub(super) fn language(
    code: &str,
    span: Range<usize>,
    report: &mut Report<'_>,
) -> Option<LanguageId> {
    let is_code = is_language_code(code);
    if !is_code {
        report.error_with(
            span,
            format!("`{code}` is no language"),
            "write its ISO 639-1 code in small letters: en, sw, so",
        );
    }
    is_code.then(|| LanguageId::new(code))
}
