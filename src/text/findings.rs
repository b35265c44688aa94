//! All that is wrong with a directory of files, told like a compiler tells it: place, line, mend.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Level};
use super::lines::Lines;

/// Findings with the files that they point into.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    sources: Vec<Source>,
}

/// A file as it was read.
#[derive(Clone, Debug)]
struct Source {
    file: String,
    text: String,
    lines: Lines,
}

/// So many findings are rendered. Nobody reads on after that, and a file of 4 MiB can have a million.
const MOST: usize = 2000;
/// Lines longer than so many bytes in all are not shown, only their place: a thousand findings in one line of 4 MB would take
/// minutes.
const LONGEST: usize = 10_000;

/// Lines of a file, with marks.
type Shown<'a> = Snippet<'a, Annotation<'a>>;

/// A place as people count: lines and columns (in characters) from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Findings {
    /// Takes a file's text, so that findings in it show their line. Files are told in the order they are taken in.
    pub fn take_source(&mut self, file: &str, text: &str) {
        self.sources.push(Source {
            file: file.to_owned(),
            text: text.to_owned(),
            lines: Lines::of(text),
        });
    }

    /// Adds what was found.
    pub fn add(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(found);
        let order = |file: &str| {
            let at = self.sources.iter().position(|source| source.file == file);
            at.unwrap_or(self.sources.len())
        };
        self.list.sort_by_cached_key(|finding| {
            let start = finding.span.as_ref().map(|span| span.start);
            // What is about the whole file stands last: there it is still on the screen.
            (
                order(&finding.file),
                finding.file.clone(),
                start.unwrap_or(usize::MAX),
            )
        });
    }

    /// All of them, by file and place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// How many are of that level.
    pub fn count(&self, level: Level) -> usize {
        self.list
            .iter()
            .filter(|finding| finding.level == level)
            .count()
    }

    /// How many files have a finding of that level.
    pub fn files(&self, level: Level) -> usize {
        let mut files: Vec<_> = self
            .list
            .iter()
            .filter(|f| f.level == level)
            .map(|f| f.file.as_str())
            .collect();
        files.dedup();
        files.len()
    }

    /// Where a finding is, if it is about a place in a file.
    pub fn place(&self, finding: &Diagnostic) -> Option<Place> {
        let span = finding.span.as_ref()?;
        let (_, source) = self.source(&finding.file)?;
        Some(source.place(span.start))
    }

    /// One line a finding of that level and above, `routing.toml:12:5: error: …`, for the log and `/health`: without the file's
    /// own words, which may be a password. Past `most` lines, a last one says how many more there are.
    pub fn told(&self, at_least: Level, most: usize) -> Vec<String> {
        let mut grave = self.list.iter().filter(|found| found.level >= at_least);
        let mut told: Vec<_> = grave
            .by_ref()
            .take(most)
            .map(|one| self.line(one))
            .collect();
        match grave.count() {
            0 => {}
            more => told.push(format!("and {more} more")),
        }
        told
    }

    fn line(&self, finding: &Diagnostic) -> String {
        let place = self
            .place(finding)
            .map(|at| format!(":{}:{}", at.line, at.column))
            .unwrap_or_default();
        let (file, level) = (&finding.file, finding.level.word());
        format!("{file}{place}: {level}: {}", finding.message)
    }

    /// The whole report, a blank line after each finding. Past the first thousands, a last line says how many more there are.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut report = String::new();
        for finding in self.list.iter().take(MOST) {
            // Writing to a String cannot fail.
            let _ = writeln!(report, "{}\n", renderer.render(&[self.group(finding)]));
        }
        match self.list.len().saturating_sub(MOST) {
            0 => report,
            more => report + &format!("and {more} more\n\n"),
        }
    }

    /// One finding as the renderer takes it, with only the lines that it touches.
    fn group<'a>(&'a self, finding: &'a Diagnostic) -> Group<'a> {
        let title = finding
            .level
            .style()
            .primary_title(finding.message.as_str());
        let group = match self.snippets(finding) {
            Some(snippets) => title.elements(snippets),
            None => title.element(self.origin(finding)),
        };
        match &finding.help {
            Some(help) => group.element(annotate_snippets::Level::HELP.message(help.as_str())),
            None => group,
        }
    }

    /// Where a finding is, without its lines.
    fn origin<'a>(&self, finding: &'a Diagnostic) -> Origin<'a> {
        let origin = Origin::path(finding.file.as_str());
        match self.place(finding) {
            Some(Place { line, column }) => origin.line(line).char_column(column),
            None => origin,
        }
    }

    /// The lines of a finding, and those of the place beside it, if they are others.
    fn snippets<'a>(&'a self, finding: &'a Diagnostic) -> Option<Vec<Shown<'a>>> {
        let (file, source) = self.source(&finding.file)?;
        let (from, marked) = source.snippet(finding.span.as_ref()?)?;
        let mut shown = vec![(from, marked, AnnotationKind::Primary, None)];
        if let Some((span, what)) = finding.beside.as_deref()
            && let Some((from, marked)) = source.snippet(span)
        {
            shown.push((from, marked, AnnotationKind::Context, Some(what.as_str())));
        }
        let lines = shown.chunk_by(|a, b| a.0 == b.0).filter_map(|same| {
            let (lines, ..) = same.first()?;
            let marks = same
                .iter()
                .map(|(_, marked, kind, what)| kind.span(marked.clone()).label(*what));
            let snippet = Snippet::source(source.text.get(lines.clone())?);
            let number = source.lines.number(lines.start);
            Some(snippet.line_start(number).path(file).annotations(marks))
        });
        Some(lines.collect())
    }

    fn source(&self, file: &str) -> Option<(&str, &Source)> {
        self.sources
            .iter()
            .find(|source| source.file == file)
            .map(|source| (source.file.as_str(), source))
    }
}

impl FromIterator<Diagnostic> for Findings {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        let mut findings = Self::default();
        findings.add(found);
        findings
    }
}

impl Source {
    fn place(&self, offset: usize) -> Place {
        let line = self.lines.number(offset);
        let start = self.lines.start(line).unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        Place {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The lines of a span, and the span within them; `None` if it is not of this text, or they are too long to be shown. The
    /// renderer panics on a span that cuts a character, so it is widened to whole ones.
    fn snippet(&self, span: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
        let from = self.text.floor_char_boundary(span.start);
        let to = self.text.ceil_char_boundary(span.end);
        let first = self.lines.number(from);
        let last = self.lines.number(to.max(from + 1) - 1);
        let start = self.lines.start(first)?;
        let end = self.lines.start(last + 1).unwrap_or(self.text.len());
        let is_short = end - start <= LONGEST;
        is_short.then(|| (start..end, from - start..to.max(from) - start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "first = 1\nzwëite = \"two\"\nthird = 3\n";

    fn findings() -> Findings {
        let mut findings = Findings::default();
        findings.take_source("routing.toml", FILE);
        findings.take_source("places.csv", "");
        findings.add([
            Diagnostic::error("places.csv", None, "places.csv is empty"),
            Diagnostic::error("routing.toml", 20..25, "not this").help("that"),
            Diagnostic::error("routing.toml", 0..5, "unknown key `first`"),
        ]);
        findings
    }

    #[test]
    fn a_report_shows_place_line_and_mend_in_the_order_of_the_files() {
        let expected = r#"error: unknown key `first`
 --> routing.toml:1:1
  |
1 | first = 1
  | ^^^^^

error: not this
 --> routing.toml:2:10
  |
2 | zwëite = "two"
  |          ^^^^^
  |
  = help: that

error: places.csv is empty
--> places.csv

"#;
        assert_eq!(findings().render(false), expected);
        assert!(findings().render(true).contains("\u{1b}["));
    }

    #[test]
    fn the_place_beside_is_shown_with_what_is_there() {
        let beside = |span| {
            let mut findings = Findings::default();
            findings.take_source("routing.toml", FILE);
            let twice = Diagnostic::error("routing.toml", 20..25, "twice");
            findings.add([twice.beside(span, "here")]);
            findings.render(false)
        };
        let other_line = r#"error: twice
 --> routing.toml:2:10
  |
2 | zwëite = "two"
  |          ^^^^^
  |
 ::: routing.toml:1:1
  |
1 | first = 1
  | ----- here

"#;
        let same_line = r#"error: twice
 --> routing.toml:2:10
  |
2 | zwëite = "two"
  | ------   ^^^^^
  | |
  | here

"#;
        assert_eq!(beside(0..5), other_line);
        assert_eq!(beside(10..17), same_line);
    }

    #[test]
    fn one_line_each_tells_the_place_and_not_the_files_words() {
        assert_eq!(
            findings().told(Level::Error, 3),
            [
                "routing.toml:1:1: error: unknown key `first`",
                "routing.toml:2:10: error: not this",
                "places.csv: error: places.csv is empty",
            ]
        );
    }

    #[test]
    fn what_is_too_much_or_too_slight_is_not_told() {
        let mut findings = findings();
        let slight = Diagnostic::error("service.toml", None, "not set");
        findings.add([Diagnostic {
            level: Level::Note,
            ..slight
        }]);
        assert_eq!(findings.told(Level::Warning, 20).len(), 3);
        assert_eq!(findings.told(Level::Note, 20).len(), 4);
        let few = findings.told(Level::Note, 1);
        assert_eq!(
            few,
            ["routing.toml:1:1: error: unknown key `first`", "and 3 more"]
        );
    }

    #[test]
    fn a_very_long_line_is_named_and_not_shown_and_very_many_findings_are_counted() {
        let mut findings = Findings::default();
        findings.take_source("a.toml", &format!("é = [{}]", "1, ".repeat(5_000)));
        findings.add((0..3_000).map(|_| Diagnostic::error("a.toml", 4..5, "not this")));
        let report = findings.render(false);
        assert!(
            report.starts_with("error: not this\n--> a.toml:1:4\n\n"),
            "{report:.99}"
        );
        assert!(report.ends_with("\n\nand 1000 more\n\n"));
        assert_eq!(report.matches("not this").count(), 2_000);
    }

    #[test]
    fn errors_are_counted_by_file() {
        assert_eq!(findings().count(Level::Error), 3);
        assert_eq!(findings().files(Level::Error), 2);
        assert_eq!(findings().count(Level::Warning), 0);
    }

    #[test]
    fn a_span_at_the_end_of_a_file_or_outside_it_is_told_all_the_same() {
        let mut findings = Findings::default();
        findings.take_source("a.toml", "x = \"é");
        for span in [7..7, 5..6, 6..7, 90..99, Range { start: 3, end: 1 }] {
            let cut_off = Diagnostic::error("a.toml", span.clone(), "cut off");
            findings.add([cut_off.beside(span, "here")]);
        }
        assert_eq!(findings.render(false).matches("error: cut off").count(), 5);
        assert_eq!(findings.told(Level::Error, 9).len(), 5);
    }
}
