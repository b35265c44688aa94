//! A TOML file read as far as it goes, so that one look tells all that is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Diagnostic, Level, nearest};

mod lists;
mod mends;

pub use lists::{Closed, close};

/// Collects what is wrong with one TOML file.
#[derive(Debug)]
pub struct Report<'a> {
    file: &'a str,
    source: &'a str,
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

/// Reads a file; what is no TOML is in the report, and the table holds the rest.
pub fn read<'a>(file: &'a str, source: &'a str) -> (Spanned<DeTable<'a>>, Report<'a>) {
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut report = Report {
        file,
        source,
        broken: BTreeMap::new(),
        findings: Vec::new(),
        more: 0,
        has_errors: false,
    };
    for error in errors {
        let span = error.span().unwrap_or_default();
        if !report.is_broken(&span) {
            let mut told = report.error_at(span.clone(), error.message());
            told.help = mends::mend(error.message(), source, &span).map(str::to_owned);
            report.tell(told);
            let line = lines_of(source, span);
            report.broken.insert(line.start, line.end);
        }
    }
    (table, report)
}

/// The same for a file whose open lists were left out, each of which is told.
pub fn read_closed<'a>(
    file: &'a str,
    source: &'a Closed<'_>,
) -> (Spanned<DeTable<'a>>, Report<'a>) {
    let (table, mut report) = read(file, &source.text);
    for list in &source.left_out {
        report.error_with(
            list.bracket.clone(),
            "this list is not closed",
            "put `]` behind its last value, and a quote on both sides of each text",
        );
        report.broken.insert(list.lines.start, list.lines.end);
    }
    (table, report)
}

impl<'a> Report<'a> {
    /// Whether the file is TOML throughout. If not, a key that seems to be missing may be there: say nothing about it.
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty()
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
        self.error_with(
            span,
            format!("unknown {what} `{name}`"),
            did_you_mean(name, known),
        );
    }

    /// The text in a value.
    pub fn text<'t>(&mut self, name: &str, value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
        let text = value.get_ref().as_str();
        self.expected(text, name, "a text in quotes", value)
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

/// The mend of a wrong name: the nearest right one, or all of them.
pub fn did_you_mean<'b>(wrong: &str, known: impl IntoIterator<Item = &'b str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    match nearest(wrong, known.iter().copied()) {
        Some(right) => format!("did you mean `{right}`?"),
        None => format!("known are: {}", known.join(", ")),
    }
}

/// What a value is, for people.
pub fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
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

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(report: Report<'_>) -> Vec<String> {
        report
            .into_findings()
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn every_syntax_error_is_told_and_the_rest_is_read() {
        let (table, report) = read("a.toml", "one = \ntwo = 2\nthree = 'x\nfour = 4\n");
        assert!(!report.is_whole());
        assert_eq!(messages(report).len(), 2);
        assert!(table.get_ref().get("two").is_some() && table.get_ref().get("four").is_some());
    }

    #[test]
    fn what_a_broken_line_leaves_behind_is_not_told_again() {
        let source = "one = \ntwo = 2\n";
        let (table, mut report) = read("a.toml", source);
        for (key, value) in table.get_ref() {
            report.unknown(key.span(), "key", key.get_ref(), ["three"]);
            report.text(key.get_ref(), value);
        }
        assert_eq!(
            messages(report).get(1..).unwrap(),
            [
                "unknown key `two`",
                "`two` must be a text in quotes, not a whole number"
            ]
        );
    }

    #[test]
    fn a_part_of_a_text_is_found_where_the_file_spells_it_plainly() {
        let source = "plain = \"a {b} c\"\nescaped = \"\\ta {b}\"\nlong = '''a {b}'''\n";
        let (table, report) = read("a.toml", source);
        let place = |key: &str, part| {
            let value = table.get_ref().get(key).unwrap();
            let text = value.get_ref().as_str().unwrap();
            source.get(report.within(value.span(), text, part)).unwrap()
        };
        assert_eq!(place("plain", 2..5), "{b}");
        assert_eq!(place("long", 2..5), "{b}");
        assert_eq!(place("escaped", 3..6), "\"\\ta {b}\"");
    }

    #[test]
    fn a_file_that_is_wrong_throughout_is_told_soon_and_at_bearable_length() {
        let source = "just words\n".repeat(100_000);
        let (_, report) = read("a.toml", &source);
        let told = messages(report);
        assert_eq!(told.len(), MOST + 1);
        assert_eq!(
            told.last().unwrap(),
            "and 99000 more are wrong in this file"
        );
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_nearest_or_with_all() {
        assert_eq!(
            did_you_mean("lissten", ["listen", "path"]),
            "did you mean `listen`?"
        );
        assert_eq!(
            did_you_mean("colour", ["listen", "path"]),
            "known are: listen, path"
        );
    }
}
