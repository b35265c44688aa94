//! What is wrong with one TOML file, collected while it is read: the place of each, what was expected there, and the mend.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{did_you_mean, kind, list, mends};
use crate::text::diagnostic::{Diagnostic, Level, nearest};

/// Collects what is wrong with one TOML file.
#[derive(Debug)]
pub struct Report<'a> {
    file: &'a str,
    source: &'a str,
    /// Whether it is TOML throughout.
    is_whole: bool,
    /// The lines that are no TOML, from start to end. What is found there besides is only their echo.
    broken: BTreeMap<usize, usize>,
    findings: Vec<Diagnostic>,
    /// How many findings there are beyond those kept.
    more: usize,
    /// Whether one of them is an error.
    has_errors: bool,
}

/// Nobody reads on after so many, and a file of 4 MiB can have a million.
const MOST: usize = 1000;

/// No text of a configuration has to be longer, not even the path of a file. An id of a million letters would be stored with each
/// complaint, and a word of a million makes the matcher larger than a thousand rules do.
const LONGEST: usize = 4096;
/// For so many findings the nearest right name is looked for: in a file with thousands of names that would take minutes.
const HELPED: usize = 50;

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a str, source: &'a str) -> Self {
        Self {
            file,
            source,
            is_whole: true,
            broken: BTreeMap::new(),
            findings: Vec::new(),
            more: 0,
            has_errors: false,
        }
    }

    /// Tells lines that are no TOML.
    pub(super) fn no_toml(&mut self, lines: Range<usize>, finding: Diagnostic) {
        self.tell(finding);
        self.is_whole = false;
        self.broken.insert(lines.start, lines.end);
    }

    /// Tells what the parser says.
    pub(super) fn syntax(&mut self, error: &Error) {
        let told = match error.message() {
            // It says neither where nor of what.
            "recursion limit" => return self.too_many_parts(),
            "cannot recurse further; max recursion depth met" => "brackets are nested too deeply",
            message => message,
        };
        let span = error.span().unwrap_or_default();
        if !self.is_broken(&span) {
            let help = mends::mend(error.message(), self.source, &span);
            let lines = lines_of(self.source, span.clone());
            let mut told = self.error_at(span, told);
            told.help = help.map(str::to_owned);
            self.no_toml(lines, told);
        }
    }

    fn too_many_parts(&mut self) {
        if self.is_whole {
            let help = "dots part a key: `short_names.sw` has two parts";
            self.error_in_file("a key of this file has too many parts", help);
        }
        self.is_whole = false;
    }

    /// Whether the file is TOML throughout. If not, a key that seems to be missing may be there: say nothing about it.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether a place is on a line that is no TOML: what was read there is a guess.
    pub fn is_broken(&self, place: &Range<usize>) -> bool {
        let line = self.broken.range(..=place.start).next_back();
        line.is_some_and(|(_, end)| place.start < *end)
    }

    /// Something is wrong at that place.
    pub fn error(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.tell(Diagnostic::error(self.file, span, message));
    }

    /// Something is wrong at that place, and this is the mend.
    pub fn error_with(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.tell(Diagnostic::error(self.file, span, message).help(help));
    }

    /// Something is wrong with the file as a whole, and this is the mend.
    pub fn error_in_file(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.tell(Diagnostic::error(self.file, None, message).help(help));
    }

    /// Something is wrong at that place, to be said in more words and told.
    pub fn error_at(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, span, message)
    }

    /// Something at that place is probably not what was meant: the same for a warning.
    pub fn warning_at(&self, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Level::Warning, self.file, span, message)
    }

    /// Tells the names of a table that are not known, and those that are required and not there.
    pub fn names(
        &mut self,
        what: &str,
        table: &DeTable<'_>,
        place: Option<Range<usize>>,
        known: &[&str],
        required: &[&str],
    ) {
        for name in table
            .keys()
            .filter(|name| !known.contains(&&**name.get_ref()))
        {
            self.unknown(name.span(), what, name.get_ref(), known.iter().copied());
        }
        let missing = required.iter().filter(|name| !table.contains_key(**name));
        if self.is_whole() {
            for name in missing {
                self.tell(Diagnostic::error(
                    self.file,
                    place.clone(),
                    format!("the {what} `{name}` is missing"),
                ));
            }
        }
    }

    /// A name that is not one of these: a key, a section, a placeholder.
    pub fn unknown<'b>(
        &mut self,
        span: Range<usize>,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) {
        let help = self.did_you_mean(name, known);
        self.error_with(span, format!("unknown {what} `{name}`"), help);
    }

    /// The nearest right name, if one is near. After many findings none is looked for any more.
    pub fn nearest<'b>(
        &self,
        wrong: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) -> Option<&'b str> {
        let is_helped = self.findings.len() < HELPED;
        is_helped.then(|| nearest(wrong, known)).flatten()
    }

    /// The mend of a wrong name: see [`did_you_mean`]; after many findings only what is known.
    pub fn did_you_mean<'b>(
        &self,
        wrong: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) -> String {
        if self.findings.len() < HELPED {
            did_you_mean(wrong, known)
        } else {
            list(known)
        }
    }

    /// The text in a value, if it is no longer than any has to be.
    pub fn text<'t>(&mut self, name: &str, value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
        let text = value.get_ref().as_str();
        let text = self.expected(text, name, "a text in quotes", value)?;
        if text.len() > LONGEST {
            let message = format!("`{name}` is far too long: {} bytes", text.len());
            let help = format!("{LONGEST} bytes are the most; is a quote missing above?");
            self.error_with(value.span(), message, help);
            return None;
        }
        Some(text)
    }

    /// The true or false in a value.
    pub fn flag(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        self.expected(flag, name, "true or false", value)
    }

    /// The number in a value, with a fraction or without.
    pub fn number(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Integer(whole) if whole.radix() == 10 => whole.as_str().parse().ok(),
            // The only ones that make sense here are 0x0 and 0x1, and nobody is to learn why these are none.
            DeValue::Integer(whole) => i32::from_str_radix(whole.as_str(), whole.radix())
                .ok()
                .map(f64::from),
            DeValue::Float(float) => float.as_str().parse().ok(),
            _ => None,
        };
        self.expected(number, name, "a number", value)
    }

    /// The list in a value.
    pub fn list<'t, 'd>(
        &mut self,
        name: &str,
        value: &'t Spanned<DeValue<'d>>,
    ) -> Option<&'t [Spanned<DeValue<'d>>]> {
        let list = value.get_ref().as_array().map(|array| &**array);
        self.expected(list, name, "a list", value)
    }

    /// The section in a value.
    pub fn section<'t, 'd>(
        &mut self,
        name: &str,
        value: &'t Spanned<DeValue<'d>>,
    ) -> Option<&'t DeTable<'d>> {
        let section = value.get_ref().as_table();
        self.expected(section, name, "a section", value)
    }

    /// The texts in a list.
    pub fn texts<'t, 'd>(
        &mut self,
        name: &str,
        value: &'t Spanned<DeValue<'d>>,
    ) -> Vec<(&'t str, Range<usize>)> {
        let list = self.list(name, value).unwrap_or_default();
        list.iter()
            .filter_map(|entry| Some((self.text(name, entry)?, entry.span())))
            .collect()
    }

    /// The place of a part of a text within the file. Where the file spells the text with escapes, offsets differ, and it is
    /// the whole text's place.
    pub fn within(&self, value: Range<usize>, text: &str, part: Range<usize>) -> Range<usize> {
        let written = self.source.get(value.clone()).unwrap_or_default();
        let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") {
            3
        } else {
            1
        };
        let start = value.start + quotes;
        match self.source.get(start..start + text.len()) {
            Some(spelled) if spelled == text => start + part.start..start + part.end,
            _ => value,
        }
    }

    /// Whether nothing is wrong; there may be warnings.
    pub fn is_clean(&self) -> bool {
        !self.has_errors
    }

    /// All that was found.
    pub fn into_findings(mut self) -> Vec<Diagnostic> {
        if self.more > 0 {
            let (level, message) = if self.has_errors {
                (
                    Level::Error,
                    format!("and {} more are wrong in this file", self.more),
                )
            } else {
                (
                    Level::Warning,
                    format!("and {} more in this file", self.more),
                )
            };
            self.findings
                .push(Diagnostic::new(level, self.file, None, message));
        }
        self.findings
    }

    fn expected<T>(
        &mut self,
        found: Option<T>,
        name: &str,
        expected: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<T> {
        if found.is_none() {
            let message = format!("`{name}` must be {expected}, not {}", kind(value.get_ref()));
            let mut told = self.error_at(value.span(), message);
            told.help = mends::rewrite(expected, value.get_ref()).map(str::to_owned);
            self.tell(told);
        }
        found
    }

    /// Adds a finding, unless it is the echo of a line that is no TOML.
    pub fn tell(&mut self, finding: Diagnostic) {
        let is_echo = finding
            .span
            .as_ref()
            .is_some_and(|span| self.is_broken(span));
        if is_echo {
            return;
        }
        self.has_errors |= finding.level == Level::Error;
        if self.findings.len() < MOST {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }
}

/// The whole lines that a span touches.
fn lines_of(source: &str, span: Range<usize>) -> Range<usize> {
    let start = source
        .get(..span.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let end = source
        .get(span.end..)
        .and_then(|after| after.find('\n'))
        .map_or(source.len(), |at| span.end + at);
    start..end + 1
}
