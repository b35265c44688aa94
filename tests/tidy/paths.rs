//! Which paths of the package a file names: `use crate::…`, `crate::…` in place, and `super::` wherever it leads.

use crate::source::Source;

/// A path from the top of the package, and the line it stands in.
#[derive(Debug, PartialEq)]
pub(crate) struct Named {
    /// From 1.
    pub(crate) line: usize,
    /// `crate::store::Store` is `store`, `Store`.
    pub(crate) path: Vec<String>,
}

/// All that the file names, with groups unfolded. From the binary, `jibu::` is the package too.
pub(crate) fn named(source: &Source) -> Vec<Named> {
    let tokens = tokens(&source.code);
    let mut reader = Reader {
        tokens: &tokens,
        found: Vec::new(),
    };
    // The modules we are in, each with the depth of braces it began at; those of the file stand at no brace.
    let mut modules: Vec<(String, usize)> = source
        .module()
        .into_iter()
        .map(|name| (name.to_owned(), 0))
        .collect();
    let mut depth = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = at + 1;
        match token.text {
            "{" => depth += 1,
            "}" => {
                modules.retain(|(_, began)| *began < depth || *began == 0);
                depth = depth.saturating_sub(1);
            }
            "mod" if reader.text(next + 1) == "{" => {
                modules.push((reader.text(next).to_owned(), depth + 1))
            }
            "crate" | "jibu" | "self" | "super"
                if reader.text(next) == "::" && (at == 0 || reader.text(at - 1) != "::") =>
            {
                let here = modules.iter().map(|(name, _)| name.clone()).collect();
                // What a group holds is read here; its braces are then walked over like any others.
                reader.path(here, at);
            }
            _ => {}
        }
        at = next;
    }
    reader.found
}

struct Token<'a> {
    line: usize,
    text: &'a str,
}

/// Names, `::` and single signs.
fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (line, text) in (1..).zip(code.lines()) {
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let length = if word > 0 {
                word
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (token, after) = rest.split_at(length);
            tokens.push(Token { line, text: token });
            rest = after.trim_start();
        }
    }
    tokens
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    found: Vec<Named>,
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// Reads the path at `at`, seen from `here`, and answers where it ends.
    fn path(&mut self, mut here: Vec<String>, mut at: usize) -> usize {
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        loop {
            match self.text(at) {
                "crate" | "jibu" => here.clear(),
                "super" => {
                    here.pop();
                }
                "self" => {}
                "{" => return self.group(&here, at + 1),
                name => here.push(name.to_owned()),
            }
            at += 1;
            if self.text(at) != "::" {
                self.found.push(Named { line, path: here });
                return at;
            }
            at += 1;
        }
    }

    /// Reads `a, b::c as d, e::{f}}` behind the brace that opened it.
    fn group(&mut self, here: &[String], mut at: usize) -> usize {
        loop {
            match self.text(at) {
                "}" | "" => return at + 1,
                "," => at += 1,
                "as" => at += 2,
                _ => at = self.path(here.to_vec(), at),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(file: &str, code: &str) -> Vec<String> {
        let named = named(&Source::new(file, code));
        named
            .into_iter()
            .map(|named| format!("{} {}", named.line, named.path.join("::")))
            .collect()
    }

    #[test]
    fn a_use_is_a_path() {
        assert_eq!(
            paths(
                "src/intake/places.rs",
                "use std::fmt;\nuse crate::store::Store;"
            ),
            ["2 store::Store"]
        );
    }

    #[test]
    fn a_path_in_place_is_one_too() {
        assert_eq!(
            paths("src/text/mod.rs", "fn f() {\n    crate::store::open();\n}"),
            ["2 store::open"]
        );
        assert_eq!(
            paths("src/main.rs", "fn main() { jibu::cli::run(); }"),
            ["1 cli::run"]
        );
    }

    #[test]
    fn groups_are_unfolded() {
        assert_eq!(
            paths(
                "src/text/mod.rs",
                "use crate::{store::{self, Tx as T}, clock::*};"
            ),
            ["1 store", "1 store::Tx", "1 clock::*"]
        );
    }

    #[test]
    fn super_leads_where_it_leads() {
        assert_eq!(
            paths("src/store/keys.rs", "use super::tx::Tx;"),
            ["1 store::tx::Tx"]
        );
        assert_eq!(
            paths("src/intake/mod.rs", "use super::{store, text::gsm7};"),
            ["1 store", "1 text::gsm7"]
        );
        assert_eq!(
            paths(
                "src/clock.rs",
                "mod tests { use super::Clock; }\nuse super::cli;"
            ),
            ["1 clock::Clock", "2 cli"]
        );
        assert_eq!(
            paths(
                "src/a/b.rs",
                "mod t { fn f() { super::super::super::cli::run() } }"
            ),
            ["1 cli::run"]
        );
    }

    #[test]
    fn a_visibility_and_a_value_are_no_paths() {
        assert!(
            paths(
                "src/a.rs",
                "pub(crate) fn f(&self) { self.g(); Self::h(); }"
            )
            .is_empty()
        );
    }
}
