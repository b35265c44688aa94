//! Lists that are never closed: the slip that a file of words invites, and the one that a parser tells worst.
//!
//! To a parser, the keys and sections after such a list are values in it: one slip becomes a complaint about each line that
//! follows, and none of these lines is checked. No value of a list looks like `key =` or `[[section]]` at the start of a
//! line, so that is where a person sees that a `]` is missing, and so do we.

use std::borrow::Cow;
use std::ops::Range;

/// A file's text without the lists that are never closed.
#[derive(Debug)]
pub struct Closed<'a> {
    /// The text; blanks stand for what was left out, so that all else is where it was.
    pub text: Cow<'a, str>,
    /// The lines left out, each list with the key it belongs to.
    pub(super) left_out: Vec<OpenList>,
}

/// A list that is never closed.
#[derive(Debug)]
pub(super) struct OpenList {
    /// Its `[`.
    pub(super) bracket: Range<usize>,
    /// Its lines.
    pub(super) lines: Range<usize>,
}

/// Leaves out the lists that are never closed.
pub fn close(source: &str) -> Closed<'_> {
    let left_out = open_lists(source);
    let mut text = Cow::Borrowed(source);
    for list in &left_out {
        let blank = source.get(list.lines.clone()).unwrap_or_default().chars();
        let blank: String = blank
            .flat_map(|c| std::iter::repeat_n(if c == '\n' { c } else { ' ' }, c.len_utf8()))
            .collect();
        text.to_mut().replace_range(list.lines.clone(), &blank);
    }
    Closed { text, left_out }
}

fn open_lists(source: &str) -> Vec<OpenList> {
    let mut found = Vec::new();
    let mut open: Option<OpenList> = None;
    let mut scan = Scan::default();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if scan.awaits_value() && (begins_with_key(line) || begins_section(line)) {
            found.extend(open.take());
            scan = Scan::default();
        }
        let end = start + line.len();
        match (scan.line(line), &mut open) {
            (Some(at), None) => {
                let bracket = start + at..start + at + 1;
                open = Some(OpenList {
                    bracket,
                    lines: start..end,
                });
            }
            (_, Some(open)) => open.lines.end = end,
            (None, None) => {}
        }
        if scan.lists == 0 {
            open = None;
        }
        start = end;
    }
    // At the end of the file the parser's own word is as good: nothing follows that it could misread.
    found
}

/// `to = …`, with a plain key.
fn begins_with_key(line: &str) -> bool {
    let Some((key, _)) = line.split_once('=') else {
        return false;
    };
    let key = key.trim();
    !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

/// `[[rule]]`.
fn begins_section(line: &str) -> bool {
    let name = line.trim_start().strip_prefix("[[");
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Where in TOML's syntax the end of a line is: as much of it as brackets need.
#[derive(Default)]
struct Scan {
    lists: usize,
    /// Within these, lines begin with keys: no sign of an open list.
    tables: usize,
    /// Within a text over several lines: its quotes.
    long: Option<&'static str>,
}

impl Scan {
    fn awaits_value(&self) -> bool {
        self.lists > 0 && self.tables == 0 && self.long.is_none()
    }

    /// Reads a line; the offset of the bracket that opened an outermost list on it, if one did.
    fn line(&mut self, line: &str) -> Option<usize> {
        let mut bracket = None;
        let mut rest = line;
        // A section's name stands in brackets and is no list.
        if self.lists == 0
            && self.tables == 0
            && self.long.is_none()
            && line.trim_start().starts_with('[')
        {
            return None;
        }
        while let Some(c) = rest.chars().next() {
            let at = line.len() - rest.len();
            rest = match self.long {
                Some(quotes) => self.through_long(rest, quotes),
                None => self.through(rest, c),
            };
            if c == '[' && self.lists == 1 && self.long.is_none() {
                bracket = bracket.or(Some(at));
            }
        }
        bracket
    }

    fn through_long<'t>(&mut self, rest: &'t str, quotes: &str) -> &'t str {
        match rest.split_once(quotes) {
            Some((_, after)) => {
                self.long = None;
                after
            }
            None => "",
        }
    }

    /// What is left of a line after a text, a comment, or one other character.
    fn through<'t>(&mut self, rest: &'t str, c: char) -> &'t str {
        for quotes in ["\"\"\"", "'''"] {
            if let Some(after) = rest.strip_prefix(quotes) {
                self.long = Some(quotes);
                return after;
            }
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '#' => return "",
            '"' | '\'' => return after_text(after, c),
            '[' => self.lists += 1,
            ']' => self.lists = self.lists.saturating_sub(1),
            '{' => self.tables += 1,
            '}' => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
        after
    }
}

/// What follows a text whose opening quote was read. One that is not closed ends with its line.
fn after_text(text: &str, quote: char) -> &str {
    let mut escaped = false;
    let end = text.find(|c| {
        let closes = c == quote && !escaped;
        escaped = quote == '"' && c == '\\' && !escaped;
        closes
    });
    end.and_then(|end| text.get(end + 1..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first line of each list that is left out, and how many lines go with it.
    fn left_out(source: &str) -> Vec<(&str, usize)> {
        let closed = close(source);
        assert_eq!(closed.text.len(), source.len());
        assert_eq!(closed.text.lines().count(), source.lines().count());
        let lines = closed.left_out.iter().map(|list| {
            assert_eq!(source.get(list.bracket.clone()), Some("["));
            assert_eq!(closed.text.get(list.lines.clone()).map(str::trim), Some(""));
            let lines = source.get(list.lines.clone()).unwrap();
            (lines.lines().next().unwrap(), lines.lines().count())
        });
        lines.collect()
    }

    #[test]
    fn a_list_is_open_where_the_next_key_or_section_begins() {
        let source = "[[rule]]\nany = [\"é\", [1],\n  \"b\"\nto = \"x\"\nall = [\n[[rule]]\nany = [\"a\", \"b\"]\n";
        assert_eq!(
            left_out(source),
            [("any = [\"é\", [1],", 2), ("all = [", 1)]
        );
        let closed = close(source).text;
        assert!(closed.contains("to = \"x\"") && closed.ends_with("any = [\"a\", \"b\"]\n"));
    }

    #[test]
    fn a_text_without_its_end_opens_one_too() {
        let source = "any = [\"road, \"bridge\"]\nto = \"x\"\n";
        assert_eq!(left_out(source), [("any = [\"road, \"bridge\"]", 1)]);
    }

    #[test]
    fn what_is_closed_stays_as_it_is() {
        for whole in [
            "any = [ # a [remark]\n  \"[\", 'it is \\', \"\\\"[\",\n  # to = \"x\"\n  { word = \"a\",\n    sure = 1 },\n]\nto = \"x\"\n",
            "text = \"\"\"\nto = [\n\"\"\"\nb = ['''\nc = 1\n''']\n",
            "[[rule]]\n[server]\na = 1\n",
            "",
        ] {
            assert_eq!(left_out(whole), [], "{whole}");
        }
    }
}
