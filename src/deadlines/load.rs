//! `calendar.toml` and `deadlines.toml`, read and checked: all that is wrong with them in one go, with line, column and mend.

mod calendar;
mod terms;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Calendars, Deadlines};
use crate::text::diagnostic::Diagnostic;
use crate::text::toml_file::{self, Report};

/// What the two files may name.
#[derive(Clone, Debug, Default)]
pub struct Named<'n> {
    /// Ids of counties.
    pub counties: Vec<&'n str>,
    /// Ids of sectors.
    pub sectors: Vec<&'n str>,
    /// Ids of organisations.
    pub organisations: Vec<&'n str>,
    /// Kinds that rules give to complaints.
    pub kinds: Vec<&'n str>,
}

impl Calendars {
    /// Reads `calendar.toml`; `file` is its name for findings. `None` for `named`: the rules could not be read, and nothing is said about
    /// what it names.
    ///
    /// # Errors
    /// All that is wrong with the file.
    pub fn load(
        file: &str,
        source: &str,
        named: Option<&Named<'_>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        read(
            file,
            source,
            named,
            &["calendar", "holiday"],
            calendar::calendars,
        )
    }
}

impl Deadlines {
    /// Reads `deadlines.toml`; the same. What is right and probably not meant comes with it, as warnings.
    ///
    /// # Errors
    /// All that is wrong with the file.
    pub fn load(
        file: &str,
        source: &str,
        named: Option<&Named<'_>>,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        read(
            file,
            source,
            named,
            &["deadline", "reminders"],
            terms::deadlines,
        )
    }
}

fn read<T>(
    file: &str,
    source: &str,
    named: Option<&Named<'_>>,
    sections: &[&str],
    of: impl FnOnce(&DeTable<'_>, Option<&Named<'_>>, &mut Report<'_>) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let closed = toml_file::close(source);
    let (table, mut report) = toml_file::read_closed(file, &closed);
    report.names("section", table.get_ref(), None, sections, &[]);
    let read = of(table.get_ref(), named, &mut report);
    if report.is_clean() {
        Ok(read)
    } else {
        Err(report.into_findings())
    }
}

/// One `[[section]]`, and its place.
struct Section<'t> {
    table: &'t DeTable<'t>,
    at: Range<usize>,
}

/// All sections of that name; each with no other keys than these.
fn sections<'t>(
    table: &'t DeTable<'t>,
    name: &str,
    keys: &[&str],
    report: &mut Report<'_>,
) -> Vec<Section<'t>> {
    let Some(value) = table.get(name) else {
        return Vec::new();
    };
    let Some(list) = value.get_ref().as_array() else {
        let help = format!("write it in two brackets: [[{name}]]");
        report.error_with(
            value.span(),
            format!("there may be several of `{name}`"),
            help,
        );
        return Vec::new();
    };
    let mut sections = Vec::new();
    for one in list.iter() {
        if let Some(table) = report.section(name, one) {
            report.names("key", table, Some(one.span()), keys, &[]);
            sections.push(Section {
                table,
                at: one.span(),
            });
        }
    }
    sections
}

impl<'t> Section<'t> {
    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    fn text(&self, key: &str, report: &mut Report<'_>) -> Option<(&'t str, Range<usize>)> {
        let value = self.get(key)?;
        Some((report.text(key, value)?.trim(), value.span()))
    }

    fn texts(&self, key: &str, report: &mut Report<'_>) -> Vec<(&'t str, Range<usize>)> {
        let value = self.get(key);
        value
            .map(|value| report.texts(key, value))
            .unwrap_or_default()
    }

    fn flag(&self, key: &str, report: &mut Report<'_>) -> bool {
        let value = self.get(key);
        value
            .and_then(|value| report.flag(key, value))
            .unwrap_or_default()
    }

    /// A name of another file; one that is not known there is told.
    fn name(&self, key: &str, known: Option<&[&str]>, report: &mut Report<'_>) -> Option<&'t str> {
        let (name, at) = self.text(key, report)?;
        is_known(key, name, at, known, report).then_some(name)
    }
}

fn is_known(
    what: &str,
    name: &str,
    at: Range<usize>,
    known: Option<&[&str]>,
    report: &mut Report<'_>,
) -> bool {
    let is_known = known.is_none_or(|known| known.contains(&name));
    if !is_known {
        report.unknown(at, what, name, known.unwrap_or_default().iter().copied());
    }
    is_known
}

#[cfg(test)]
mod tests;
