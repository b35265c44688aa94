//! The ids that a file gives, and whether those it uses are among them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::section::Section;
use crate::complaint::is_id;
use crate::text::toml_file::Report;

/// The ids of one kind of section.
pub(in crate::routing) struct Ids<'t> {
    /// The section's name.
    what: &'static str,
    /// Where each is given.
    known: BTreeMap<&'t str, Range<usize>>,
    /// Ids on lines of their own, of whatever kind, where the file is no TOML throughout: a broken line may have swallowed
    /// the section that gives one, and then it is not the use of it that is wrong.
    swallowed: BTreeSet<&'t str>,
}

impl<'t> Ids<'t> {
    /// Collects the ids, which stand in `key`, and tells those that stand twice or are none.
    pub(super) fn of(
        what: &'static str,
        key: &str,
        sections: &[Section<'t>],
        source: &'t str,
        report: &mut Report<'_>,
    ) -> Self {
        let swallowed = if report.is_whole() {
            BTreeSet::new()
        } else {
            id_lines(source, key).collect()
        };
        let mut ids = Self {
            what,
            known: BTreeMap::new(),
            swallowed,
        };
        for section in sections {
            // Anything else than a text is told when the section is read.
            let id = section
                .get(key)
                .and_then(|value| Some((value.get_ref().as_str()?, value.span())));
            if let Some((id, span)) = id {
                ids.declare(id, span, report);
            }
        }
        ids
    }

    fn declare(&mut self, id: &'t str, span: Range<usize>, report: &mut Report<'_>) {
        if !is_id(id) && !id.trim().is_empty() {
            report.error_with(
                span,
                format!("`{id}` is no id"),
                "an id is made of letters a to z, digits and hyphens: wajir-water",
            );
        } else if let Some(first) = self.known.get(id) {
            let message = format!("there is another {} `{id}` above", self.what);
            let told = report.error_at(span, message);
            report.tell(
                told.beside(first.clone(), "here")
                    .help("rename one of the two"),
            );
        } else {
            self.known.insert(id, span);
        }
    }

    /// Where an id is given; nowhere if it is not known.
    pub(in crate::routing) fn place(&self, id: &str) -> Range<usize> {
        self.known.get(id).cloned().unwrap_or_default()
    }

    /// Whether there is such an id.
    pub(super) fn is_known(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'t str> {
        self.known.keys().copied()
    }

    /// Whether there is such an id; if not, it is told.
    pub(super) fn has(&self, id: &str, span: &Range<usize>, report: &mut Report<'_>) -> bool {
        let has = self.known.contains_key(id);
        if !has && !self.swallowed.contains(id) {
            let what = self.what;
            let help = if self.known.is_empty() {
                format!("add a [[{what}]] with it")
            } else {
                report.did_you_mean(id, self.known.keys().copied())
            };
            report.error_with(span.clone(), format!("there is no {what} `{id}`"), help);
        }
        has
    }
}

/// What lines of the form `id = "…"` give.
fn id_lines<'t>(source: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    source.lines().filter_map(move |line| {
        let value = line
            .trim_start()
            .strip_prefix(key)?
            .trim_start()
            .strip_prefix('=')?;
        Some(value.trim_matches([' ', '\t', '"', '\'']))
    })
}
