//! A source file in two halves: its code without comments and words, and its words.
//!
//! Rejected: a parser crate. The laws ask which names and which strings a file holds; they need no syntax tree, and should
//! not take longer to build than what they judge.

use std::path::Path;

/// A string literal.
pub(crate) struct Literal {
    /// The line it begins in, from 1.
    pub(crate) line: usize,
    /// What stands between its quotes, escapes and all.
    pub(crate) text: String,
}

/// A file of Rust.
pub(crate) struct Source {
    /// From the top of the package, `src/store/mod.rs`.
    pub(crate) path: String,
    /// As it is.
    pub(crate) whole: String,
    /// With blanks where comments and the insides of literals were; lines are where they were.
    pub(crate) code: String,
    /// Its string literals.
    pub(crate) literals: Vec<Literal>,
}

impl Source {
    pub(crate) fn new(path: &str, whole: &str) -> Self {
        let mut split = Split::default();
        split.read(whole);
        Self {
            path: path.to_owned(),
            whole: whole.to_owned(),
            code: split.code,
            literals: split.literals,
        }
    }

    /// The module that the file is: `src/store/mod.rs` is `store`, `src/store/keys.rs` is `store`, `keys`.
    pub(crate) fn module(&self) -> Vec<&str> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut module: Vec<&str> = inner.split('/').collect();
        if matches!(module.last(), Some(&("mod" | "lib" | "main"))) {
            module.pop();
        }
        module
    }

    /// The lines of code that hold `name` as a whole name or path: `dbg!` is not in `my_dbg!`.
    pub(crate) fn lines_with(&self, name: &str) -> Vec<usize> {
        let holds = |line: &str| {
            line.match_indices(name).any(|(at, found)| {
                let before = line[..at].chars().next_back();
                let after = line[at + found.len()..].chars().next();
                let begins = !name.starts_with(is_word) || !before.is_some_and(is_word);
                let ends = !name.ends_with(is_word) || !after.is_some_and(is_word);
                begins && ends
            })
        };
        (1..)
            .zip(self.code.lines())
            .filter(|(_, line)| holds(line))
            .map(|(number, _)| number)
            .collect()
    }
}

/// All files of Rust below `folder`, in the order of their names, but for what a build has left there.
pub(crate) fn tree(top: &Path, folder: &str) -> Vec<Source> {
    let mut names: Vec<_> = std::fs::read_dir(top.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut sources = Vec::new();
    for name in names {
        let path = format!("{folder}/{name}");
        if name == "target" {
            continue;
        } else if top.join(&path).is_dir() {
            sources.extend(tree(top, &path));
        } else if name.ends_with(".rs") {
            sources.push(Source::new(
                &path,
                &std::fs::read_to_string(top.join(&path)).unwrap(),
            ));
        }
    }
    sources
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[derive(Default)]
struct Split {
    code: String,
    literals: Vec<Literal>,
}

impl Split {
    fn read(&mut self, mut rest: &str) {
        while let Some(first) = rest.chars().next() {
            rest = if rest.starts_with("//") {
                self.blank(rest, rest.find('\n').unwrap_or(rest.len()))
            } else if rest.starts_with("/*") {
                self.blank(rest, block_comment(rest))
            } else if let Some(hashes) = self.raw_string(rest) {
                let close = format!("\"{}", "#".repeat(hashes));
                let open = "r".len() + close.len();
                let inside = rest[open..].find(&close).unwrap_or(rest.len() - open);
                self.literal(rest, open, inside, close.len())
            } else if first == '"' {
                self.literal(rest, 1, until_quote(&rest[1..], '"'), 1)
            } else if first == '\'' && is_character(rest) {
                self.blank(rest, 2 + until_quote(&rest[1..], '\''))
            } else {
                self.code.push(first);
                &rest[first.len_utf8()..]
            };
        }
    }

    fn blank<'a>(&mut self, rest: &'a str, length: usize) -> &'a str {
        let (gone, rest) = rest.split_at(length.min(rest.len()));
        self.code
            .extend(gone.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest
    }

    fn literal<'a>(&mut self, rest: &'a str, open: usize, inside: usize, close: usize) -> &'a str {
        let line = 1 + self.code.matches('\n').count();
        self.literals.push(Literal {
            line,
            text: rest[open..open + inside].to_owned(),
        });
        self.blank(rest, open + inside + close)
    }

    /// How many `#` the raw string here has, if one begins here.
    fn raw_string(&self, rest: &str) -> Option<usize> {
        let after = rest.strip_prefix('r')?;
        let hashes = after.len() - after.trim_start_matches('#').len();
        // The `r` may come after the `b` or `c` of a byte string, not after any other letter.
        let mut before = self.code.chars().rev();
        let begins = match before.next() {
            Some('b' | 'c') => !before.next().is_some_and(is_word),
            Some(other) => !is_word(other),
            None => true,
        };
        (begins && after[hashes..].starts_with('"')).then_some(hashes)
    }
}

/// Bytes of the block comment at the start of `rest`; they nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let step = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (1, 2),
            [b'*', b'/', ..] => (-1, 2),
            _ => (0, 1),
        };
        depth += step.0;
        at += step.1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Bytes up to the closing quote.
fn until_quote(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at,
            _ => {}
        }
    }
    inside.len()
}

/// Whether a quote begins a character, `'a'` or `'\n'`, and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(whole: &str) -> String {
        Source::new("src/x.rs", whole)
            .code
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn comments_are_no_code() {
        assert_eq!(code("a // b\nc /* d /* e */ f */ g"), "a c g");
        assert_eq!(code("/// [`crate::cli`]\nfn f() {}"), "fn f() {}");
    }

    #[test]
    fn what_stands_in_quotes_is_no_code() {
        assert_eq!(
            code(r##"f("a \" b", r#"c " d"#, br"e", b"g") + 'h' + '\'' + '"'"##),
            "f( , , b , b ) + + +"
        );
        assert_eq!(
            code("fn f<'a>(b: &'a str) { '\u{e9}' }"),
            "fn f<'a>(b: &'a str) { }"
        );
    }

    #[test]
    fn words_are_found_with_their_line() {
        let source = Source::new("src/x.rs", "f(\n\"one\n  two\",\n r#\"th\"ree\"#)");
        let found: Vec<_> = source
            .literals
            .iter()
            .map(|literal| (literal.line, literal.text.as_str()))
            .collect();
        assert_eq!(found, [(2, "one\n  two"), (4, "th\"ree")]);
    }

    #[test]
    fn a_name_is_found_whole() {
        let source = Source::new(
            "src/x.rs",
            "let my_dbg = 1;\n// dbg!()\ndbg!(1);\nstd::fs::read();\nstd::fsx();",
        );
        assert_eq!(source.lines_with("dbg!"), [3]);
        assert_eq!(source.lines_with("std::fs"), [4]);
    }

    #[test]
    fn a_file_knows_its_module() {
        for (path, module) in [
            ("src/lib.rs", &[][..]),
            ("src/store/mod.rs", &["store"]),
            ("src/a/b/c.rs", &["a", "b", "c"]),
        ] {
            assert_eq!(Source::new(path, "").module(), module);
        }
    }
}
